#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/base/message.h"
#include "core/store/store.h"

/// Instruments as data, registrations, and the answers that stand on a date.
namespace meerstem {

struct ScalePoint {
  int value = 0;
  Localized label;
};

struct Item {
  Id id;
  std::string key;    ///< household.dwelling
  std::string level;  ///< household, adult, child
  Localized name;
  Localized question;
  bool not_applicable = false;
  Id domain;
  std::vector<ScalePoint> points;
};

struct InstrumentDomain {
  Id id;
  std::string key;
  std::string level;
  Localized name;
  std::vector<std::size_t> items;  ///< Indices into Instrument::items.
};

struct Instrument {
  Id id;
  std::string key;
  std::string version;
  Localized name;
  std::vector<InstrumentDomain> domains;
  std::vector<Item> items;
  std::string subject = "family";  ///< Or professional: then the level “household” is the professional.
  const Item* Find(const std::string& key) const;
  const Item* Find(const Id& id) const;
};

/// JSON object of texts by language, as the store keeps names in several languages.
Localized ReadLocalized(const std::string& json);
std::string ToJson(const Localized& texts);

Instrument GetInstrument(Reading& reading, const Id& id);
/// The study's instruments in order of entry.
std::vector<Id> Instruments(Reading& reading);

enum class AnswerStatus { kRated, kConfirmed, kCopied, kNotApplicable, kUnknown };
/// As the store spells it: rated, confirmed, copied, not_applicable, unknown.
AnswerStatus ReadStatus(std::string_view status);
const char* StatusName(AnswerStatus status);

/// What is known of an item at some moment. `carried`: it was not entered at the registration looked at, but earlier.
struct Standing {
  AnswerStatus status = AnswerStatus::kUnknown;
  std::optional<int> value;
  Date since;         ///< When it was last entered.
  bool carried = false;
};

/// (item, person); a nil person for the household.
struct AnswerKey {
  Id item;
  Id person;
  auto operator<=>(const AnswerKey&) const = default;
};
struct AnswerKeyHash {
  std::size_t operator()(const AnswerKey& key) const noexcept { return std::hash<Id>()(key.item) * 31 + std::hash<Id>()(key.person); }
};
using State = std::unordered_map<AnswerKey, Standing, AnswerKeyHash>;

struct Registration {
  Id id;
  Date date;
  std::string occasion;
};
/// By date.
std::vector<Registration> RegistrationsOf(Reading& reading, const Id& study_case, const Id& instrument);

/// Last observation carried forward: what stands at the end of `registration`, from all registrations of its case up
/// to it. Rated, confirmed, copied and not applicable carry; unknown stops the carrying. A copied answer counts as
/// carried. Derived at every call, never stored.
State StateAt(Reading& reading, const Id& study_case, const Id& instrument, const Registration& registration);

}  // namespace meerstem
