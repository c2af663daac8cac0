#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/command/job.h"
#include "core/plugin/registry.h"
#include "core/store/store.h"
#include "core/study/display.h"
#include "core/view/model.h"

/// The ledger as it is stored, and what its evidence comes to now.
namespace meerstem::triangulation {

/// How strands fit: one of the study's own set.
struct Label {
  Id id;
  std::string key;
  Localized name;
  Localized definition;
  std::string fit;  ///< agreement, partial, complementarity, dissonance, silence
};
std::vector<Label> Labels(Reading& reading);
/// kRefused, with what there is, when none has that key.
Label LabelOfKey(Reading& reading, const std::string& key);
Parameter LabelParameter();
/// Beside the name, as colours are never alone: = ≈ + ≠ ∅.
const char* FitGlyph(const std::string& fit);
const char* FitColour(const std::string& fit);
Message FitName(const std::string& fit);
std::vector<Choice> FitChoices();

struct Evidence {
  Id id;
  std::string kind;               ///< quote, theme, value, literature
  std::optional<Id> quote;
  std::string entity_kind;
  std::optional<Id> entity;
  std::optional<Id> stakeholder;
  std::optional<Id> source;
  std::string view, arguments, row, column;
  std::string value;              ///< As it stood when it was entered.
  std::string text;
  std::string led_to;
  std::optional<Id> seen;
  std::optional<Id> author;
  std::int64_t at = 0;
};

struct Judgement {
  Id id;
  Id researcher;
  std::string name;
  Label label;
  std::string rationale;
  Id seen;
  std::int64_t at = 0;
};

struct Silence {
  std::string state;              ///< silent, not_asked
  std::string note;
};

struct Finding {
  Id id;
  std::string construct, statement, quantitative, qualitative, quantitative_category, pillar, qualitative_category, inference;
  std::optional<Id> inference_seen;
  std::vector<Evidence> evidence;
  std::vector<Judgement> judgements;      ///< In the order in which they came.
  std::optional<Judgement> verdict;       ///< Resolved; its researcher may be nil.
  std::map<std::string, Silence> silences;  ///< By voice.
};
/// In the study's order.
std::vector<Finding> Findings(Reading& reading);
/// kRefused when it is gone.
Finding GetFinding(Reading& reading, const Id& finding);
Parameter FindingParameter();

/// So many must judge before anybody sees a judgement.
inline constexpr std::size_t kAnalysts = 2;
inline bool Revealed(const Finding& finding) { return finding.judgements.size() >= kAnalysts; }

/// One of those whose evidence is laid side by side: numbers, each stakeholder type, remarks, literature.
struct Voice {
  std::string key;
  Message label;
  bool heard = true;              ///< Anybody of it in the study?
};
std::vector<Voice> VoicesOfStudy(Reading& reading);

/// What a piece of evidence says now.
struct Shown {
  const Evidence* evidence = nullptr;
  bool quantitative = false;
  std::vector<std::string> voices;  ///< Keys.
  Message words;                    ///< The quote, the value in its view, the theme with its counts, what was found earlier.
  Message what;                     ///< Of a value: where it stands in its view ...
  std::optional<view::Cell> number; ///< ... and the value itself.
  Message reference;                ///< Who, when; whom the number is about.
  std::optional<Id> token;          ///< Nothing: it is gone or may not be used.
  view::State state = view::State::kValue;  ///< Stale: changed since it was entered. Suppressed: may not be used.
  Message why;
  std::optional<view::Target> target;
  std::vector<view::Entity> entities;
};

/// A finding with its evidence as it stands now.
struct Standing {
  Finding finding;
  std::vector<Shown> shown;         ///< As Finding::evidence.
  Id token;                         ///< The same as long as the evidence says the same.
  bool Stale(const std::optional<Id>& seen) const { return seen && *seen != token; }
};

/// Looks at evidence. Words come as `purpose` allows; for export those of the researchers too, without the names that are
/// replaced. One thread, for as long as its Reading.
class Looking {
 public:
  Looking(const Registry& registry, Reading& reading, Purpose purpose, Job& job);
  Standing At(Finding finding);
  Shown At(const Evidence& evidence);

 private:
  void Quote(const Evidence& evidence, Shown& shown);
  void Theme(const Evidence& evidence, Shown& shown);
  void Number(const Evidence& evidence, Shown& shown);
  void Literature(const Evidence& evidence, Shown& shown);
  const Registry& registry_;
  Reading& reading_;
  Purpose purpose_;
  Job& job_;
  std::map<Id, std::string> stakeholders_;  ///< Keys.
};

/// All findings with their evidence as it stands.
std::vector<Standing> TheLedger(const Registry& registry, Reading& reading, Purpose purpose, Job& job);

}  // namespace meerstem::triangulation
