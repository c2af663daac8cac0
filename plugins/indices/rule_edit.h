#pragma once

#include <optional>
#include <string>
#include <vector>

#include "plugins/indices/rule_file.h"

namespace meerstem::indices {

/// The rule set with one of its choices changed. `criterion` empty: a choice of the whole set. An empty `value` of
/// max_carried_months takes the limit away. kRefused in a sentence for what is not a choice or not a value of it.
RuleSet WithRule(const RuleSet& rules, const std::string& criterion, const std::string& what, const std::string& value);

/// The rule set with an item's cut-off changed, the item added, or (without a cut-off) taken from the criterion.
RuleSet WithItem(const RuleSet& rules, const std::string& criterion, const std::string& item, std::optional<int> insufficient_at_most);

/// The rule set with one criterion more, or one less. kRefused as a file with it would be.
RuleSet WithCriterion(RuleSet rules, Criterion criterion);
RuleSet WithoutCriterion(const RuleSet& rules, const std::string& criterion);

/// The version after the highest whole number among `versions`.
std::string NextVersion(const std::vector<std::string>& versions);

}  // namespace meerstem::indices
