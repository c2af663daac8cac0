#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/store/store.h"
#include "core/study/carrying.h"
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

/// The scores of every family of the study under the rule set in use.
struct StudyScores {
  Id rule_set;
  RuleSet rules;
  std::vector<FamilyScore> families;  ///< In the order of cases.
};

/// The rule set in use; nullopt when there is none.
std::optional<std::pair<Id, RuleSet>> ActiveRules(Reading& reading);
/// One scan over all answers. nullopt when there is no rule set or its instrument is not in the study.
std::optional<StudyScores> ScoreStudy(Reading& reading);

/// What `rules` say of one family on one date. Exposed for tests.
Score ScoreOn(const RuleSet& rules, const Instrument& instrument, const std::vector<Member>& members, Date date, const State& state);

}  // namespace meerstem::indices
