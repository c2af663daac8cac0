#include "plugins/indices/rule_file.h"

#include <algorithm>
#include <set>

#include "core/base/error.h"
#include "core/base/json.h"

namespace meerstem::indices {
namespace {

Criterion ReadCriterion(const Json& json, std::set<std::string>& keys) {
  Criterion criterion;
  criterion.id = json.At("id").Text();
  if (!keys.insert(criterion.id).second) throw json.At("id").Wrong(Say("the criterion “{0}” stands in the file twice.", criterion.id));
  criterion.name = json.At("name").Texts();
  criterion.level = json.At("level").OneOf({"household", "adult", "child", "any"});
  std::set<std::string> items;
  for (const auto& node : json.At("items").Items()) {
    ItemRule item{node.At("item").Text(), static_cast<int>(node.At("insufficient_at_most").Int(-1000, 1000))};
    if (!items.insert(item.item).second) throw node.Wrong(Say("the item “{0}” stands there twice.", item.item));
    criterion.items.push_back(std::move(item));
  }
  if (criterion.items.empty()) throw json.At("items").Wrong(Say("a criterion has at least one item."));
  const std::string persons = json.At("persons").OneOf({"any", "all", "worst", "mean"});
  criterion.persons = persons == "any" ? Persons::kAny : persons == "all" ? Persons::kAll : persons == "worst" ? Persons::kWorst : Persons::kMean;
  const std::string across = json.At("across").OneOf({"any", "all", "mean", "share"});
  criterion.across = across == "any" ? Across::kAny : across == "all" ? Across::kAll : across == "mean" ? Across::kMean : Across::kShare;
  criterion.min_answered = static_cast<int>(json.At("min_answered").Int(1, 1000));
  const std::string without = json.At("without_persons").OneOf({"sufficient", "insufficient", "unknown"});
  criterion.without_persons = without == "sufficient" ? Verdict::kSufficient : without == "insufficient" ? Verdict::kInsufficient : Verdict::kUnknown;
  return criterion;
}

}  // namespace

RuleSet ReadRuleSet(const std::string& bytes, const std::string& name) {
  const Json json = Json::Parse(bytes, name);
  json.At("format").OneOf({"meerstem-rule-set"});
  json.At("format_version").Int(1, 1);
  RuleSet rules;
  rules.key = json.At("id").Text();
  rules.version = json.At("version").Text();
  rules.name = json.At("name").Texts();
  if (const auto source = json.Maybe("source")) rules.source = source->Text();
  rules.instrument = json.At("instrument").Text();
  json.At("baseline").OneOf({"first"});
  rules.last_follow_up = json.At("follow_up").OneOf({"first", "last"}) == "last";
  rules.follow_up_months = static_cast<int>(json.At("follow_up_months").Int(1, 600));
  if (const auto months = json.Maybe("max_carried_months")) rules.max_carried_months = static_cast<int>(months->Int(1, 600));
  std::set<std::string> keys;
  for (const auto& node : json.At("criteria").Items()) rules.criteria.push_back(ReadCriterion(node, keys));
  if (rules.criteria.empty()) throw json.At("criteria").Wrong(Say("a rule set has at least one criterion."));
  if (rules.criteria.size() > 20) throw json.At("criteria").Wrong(Say("a rule set has at most {0} criteria.", 20));
  rules.threshold = static_cast<int>(json.At("threshold").Int(1, static_cast<std::int64_t>(rules.criteria.size())));
  return rules;
}

void CheckAgainst(const RuleSet& rules, const Instrument& instrument) {
  for (const auto& criterion : rules.criteria) {
    for (const auto& rule : criterion.items) {
      const Item* item = instrument.Find(rule.item);
      if (!item) throw Refuse("The criterion “{0}” uses the item “{1}”, which “{2}” does not have.", criterion.id, rule.item, instrument.key);
      if (criterion.level != "any" && criterion.level != item->level) {
        throw Refuse("The criterion “{0}” is about the level “{1}”, but its item “{2}” is about “{3}”; use the level “any” to mix.", criterion.id,
                     criterion.level, rule.item, item->level);
      }
    }
  }
}

}  // namespace meerstem::indices
