#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/store/store.h"
#include "plugins/indices/panel.h"
#include "plugins/indices/rule_file.h"
#include "plugins/indices/scoring.h"

namespace meerstem::indices {

struct FamilyScore {
  Id study_case;
  std::string code;
  std::optional<Id> site;
  std::string site_name;
  std::optional<Registration> baseline, follow_up;
  std::optional<Score> before, after;
  std::optional<Outcome> outcome;   ///< None: not followed, or a score is not exact.
};

/// The scores of every family of the study under a rule set.
struct StudyScores {
  Id rule_set;
  RuleSet rules;
  std::vector<FamilyScore> families;  ///< In the order of cases.
};

/// The rule set in use; nullopt when there is none.
std::optional<std::pair<Id, RuleSet>> ActiveRules(Reading& reading);
/// The study's newest instrument of that key.
std::optional<Instrument> InstrumentOfKey(Reading& reading, const std::string& key);

/// What the rule set in use makes of the study; kept, and after a changed answer only its family is scored again. nullptr
/// when there is none or its instrument is not in the study.
std::shared_ptr<const StudyScores> ScoreStudy(Reading& reading);
/// What several rule sets of one instrument make of it, by one scan over all answers; in their order.
std::vector<StudyScores> ScoreStudy(Reading& reading, const std::vector<std::pair<Id, RuleSet>>& rules);

/// Where a rule set's items lie in a history that was walked with `items`.
class Scorer {
 public:
  /// kRefused when an item is not in the instrument.
  Scorer(const RuleSet& rules, const Instrument& instrument, const std::vector<std::size_t>& items);
  /// The registrations that stand for before and after.
  Window Choose(const History& history) const;
  /// What the rules say of one registration; `window` tells the roster.
  Score On(const History& history, std::size_t registration, const Window& window) const;

 private:
  struct Place {
    std::size_t item = 0;   ///< In the history.
    std::string level;
  };
  bool MayFollow(const History& history, std::size_t baseline, std::size_t later) const;
  const RuleSet& rules_;
  std::vector<std::vector<Place>> places_;  ///< [criterion][item]
};

/// The indices of the items that `rules` use.
std::vector<std::size_t> ItemsOf(const std::vector<const RuleSet*>& rules, const Instrument& instrument);

}  // namespace meerstem::indices
