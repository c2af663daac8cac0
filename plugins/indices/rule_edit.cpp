#include "plugins/indices/rule_edit.h"

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>

#include "core/base/error.h"

namespace meerstem::indices {
namespace {

using nlohmann::ordered_json;

const std::vector<std::string> kNumbers = {"threshold", "follow_up_months", "max_carried_months", "share_percent", "min_answered"};
const std::vector<std::string> kOfTheSet = {"threshold", "baseline", "follow_up", "follow_up_months", "max_carried_months", "carried", "roster", "rated_by", "rater"};
const std::vector<std::string> kOfACriterion = {"persons", "person", "across", "share_percent", "missing", "unknown", "not_applicable", "min_answered", "without_persons"};

bool Among(const std::vector<std::string>& words, const std::string& word) { return std::find(words.begin(), words.end(), word) != words.end(); }

std::string Joined(const std::vector<std::string>& words) {
  std::string all;
  for (const auto& word : words) all += (all.empty() ? "" : ", ") + word;
  return all;
}

std::optional<std::int64_t> Whole(const std::string& text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

ordered_json& CriterionNamed(ordered_json& json, const std::string& key) {
  std::vector<std::string> keys;
  for (auto& criterion : json["criteria"]) {
    if (criterion["id"] == key) return criterion;
    keys.push_back(criterion["id"]);
  }
  throw Refuse("The rule set has no criterion “{0}”; it has {1}.", key, Joined(keys));
}

/// Reading the file again checks the change as it checks any file.
RuleSet Checked(const ordered_json& json, const RuleSet& rules) { return ReadRuleSet(json.dump(), rules.key); }

}  // namespace

RuleSet WithRule(const RuleSet& rules, const std::string& criterion, const std::string& what, const std::string& value) {
  const auto& choices = criterion.empty() ? kOfTheSet : kOfACriterion;
  if (!Among(choices, what)) {
    throw criterion.empty() ? Refuse("A rule set has no choice “{0}”; it has {1}.", what, Joined(kOfTheSet))
                            : Refuse("A criterion has no choice “{0}”; it has {1}.", what, Joined(kOfACriterion));
  }
  ordered_json json = ordered_json::parse(WriteRuleSet(rules));
  ordered_json& node = criterion.empty() ? json : CriterionNamed(json, criterion);
  if (!Among(kNumbers, what)) {
    node[what] = value;
    if (what == "rater" && value.empty()) node.erase(what);
    // A member must be named for “named” to mean anything: the first adult until another is.
    if (what == "persons" && value == "named" && !node.contains("person")) node["person"] = "A1";
  } else if (value.empty() && what == "max_carried_months") {
    node[what] = nullptr;
  } else {
    const auto number = Whole(value);
    if (!number) throw Refuse("“{0}” is not a whole number.", value);
    node[what] = *number;
  }
  return Checked(json, rules);
}

RuleSet WithItem(const RuleSet& rules, const std::string& criterion, const std::string& item, std::optional<int> insufficient_at_most) {
  ordered_json json = ordered_json::parse(WriteRuleSet(rules));
  auto& items = CriterionNamed(json, criterion)["items"];
  const auto found = std::find_if(items.begin(), items.end(), [&](const ordered_json& node) { return node["item"] == item; });
  if (insufficient_at_most) {
    if (found != items.end()) (*found)["insufficient_at_most"] = *insufficient_at_most;
    else items.push_back({{"item", item}, {"insufficient_at_most", *insufficient_at_most}});
  } else {
    if (found == items.end()) throw Refuse("The criterion “{0}” does not use the item “{1}”.", criterion, item);
    items.erase(found);
  }
  return Checked(json, rules);
}

RuleSet WithCriterion(RuleSet rules, Criterion criterion) {
  rules.criteria.push_back(std::move(criterion));
  return ReadRuleSet(WriteRuleSet(rules), rules.key);
}

RuleSet WithoutCriterion(const RuleSet& rules, const std::string& criterion) {
  ordered_json json = ordered_json::parse(WriteRuleSet(rules));
  CriterionNamed(json, criterion);
  auto& criteria = json["criteria"];
  criteria.erase(std::find_if(criteria.begin(), criteria.end(), [&](const ordered_json& node) { return node["id"] == criterion; }));
  return Checked(json, rules);
}

std::string NextVersion(const std::vector<std::string>& versions) {
  std::int64_t highest = 0;
  for (const auto& version : versions) highest = std::max(highest, Whole(version).value_or(0));
  return std::to_string(highest + 1);
}

}  // namespace meerstem::indices
