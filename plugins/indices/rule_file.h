#pragma once

#include <string>
#include <vector>

#include "core/store/store.h"
#include "core/study/instruments.h"
#include "plugins/indices/scoring.h"

namespace meerstem::indices {

/// A rule set from the bytes of its JSON file. kRefused in one sentence that names the path of what is wrong; `name`
/// is what the sentence calls the file.
RuleSet ReadRuleSet(const std::string& bytes, const std::string& name);

/// The same rule set as such a file; what ReadRuleSet makes of it is equal.
std::string WriteRuleSet(const RuleSet& rules);

/// How the file spells each choice, in the order of its enumeration.
const std::vector<std::string>& PersonsWords();
const std::vector<std::string>& AcrossWords();
const std::vector<std::string>& SilenceWords();
const std::vector<std::string>& VerdictWords();
const std::vector<std::string>& RosterWords();
const std::vector<std::string>& RaterWords();

/// Items that the instrument does not have, or of another level than their criterion: kRefused.
void CheckAgainst(const RuleSet& rules, const Instrument& instrument);

}  // namespace meerstem::indices
