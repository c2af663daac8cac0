#pragma once

#include <optional>
#include <string>

#include "core/command/parameters.h"
#include "core/study/instruments.h"
#include "core/study/people.h"

/// One answer's place in a registration, and the rows behind it.
namespace meerstem::registrations {

struct RegistrationFacts {
  Id id;
  Id study_case;
  Id instrument;
  std::string case_code;
  std::optional<Id> site;
  Date date;
  std::string occasion;
  std::string registrar;  ///< Pseudonym of who made it; empty: not known.
};
/// kRefused when it is gone.
RegistrationFacts GetRegistration(Reading& reading, const Id& id);

/// What stood before this registration.
State StateBefore(Reading& reading, const RegistrationFacts& registration);

struct StoredAnswer {
  Id id;
  std::string status;
  std::optional<int> value;
  std::optional<Id> remark;
};
std::optional<StoredAnswer> FindAnswer(Reading& reading, const Id& registration, const AnswerKey& key);

/// An item of a registration, for the household or one member: checked to be possible.
struct Place {
  RegistrationFacts registration;
  Item item;
  AnswerKey key;
  std::string member;  ///< Pseudonym; empty for the household.
};
/// From the parameters registration, item and person. kRefused when they do not fit together.
Place ReadPlace(Reading& reading, const Arguments& arguments);

/// Stores an answer at its place, over what was entered there; a remark stays.
Id PutAnswer(Writing& writing, const Id& registration, const AnswerKey& key, const std::string& status, std::optional<int> value);
/// A remark becomes a source about the case. Returns the source.
Id AddRemark(Writing& writing, const RegistrationFacts& registration, const std::string& item_key, const std::string& member, const std::string& text);

}  // namespace meerstem::registrations
