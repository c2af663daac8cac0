#pragma once

#include <string>

#include "core/store/store.h"
#include "core/study/instruments.h"
#include "plugins/indices/scoring.h"

namespace meerstem::indices {

/// A rule set from the bytes of its JSON file. kRefused in one sentence that names the path of what is wrong; `name`
/// is what the sentence calls the file.
RuleSet ReadRuleSet(const std::string& bytes, const std::string& name);

/// Items that the instrument does not have, or of another level than their criterion: kRefused.
void CheckAgainst(const RuleSet& rules, const Instrument& instrument);

}  // namespace meerstem::indices
