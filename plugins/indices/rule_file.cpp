#include "plugins/indices/rule_file.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "core/base/error.h"
#include "core/base/json.h"

namespace meerstem::indices {
namespace {

using Words = std::vector<std::string>;

std::size_t IndexOf(const std::string& word, const Words& words) { return static_cast<std::size_t>(std::find(words.begin(), words.end(), word) - words.begin()); }

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
  criterion.persons = static_cast<Persons>(IndexOf(json.At("persons").OneOf(PersonsWords()), PersonsWords()));
  if (criterion.persons == Persons::kNamed) criterion.person = json.At("person").Text();
  criterion.across = static_cast<Across>(IndexOf(json.At("across").OneOf(AcrossWords()), AcrossWords()));
  if (const auto share = json.Maybe("share_percent")) criterion.share_percent = static_cast<int>(share->Int(1, 100));
  if (const auto missing = json.Maybe("missing")) criterion.missing = static_cast<Silence>(IndexOf(missing->OneOf(SilenceWords()), SilenceWords()));
  if (const auto unknown = json.Maybe("unknown")) criterion.unknown = static_cast<Silence>(IndexOf(unknown->OneOf(SilenceWords()), SilenceWords()));
  if (const auto gone = json.Maybe("not_applicable")) criterion.not_applicable_is_sufficient = gone->OneOf({"leave_out", "sufficient"}) == "sufficient";
  criterion.min_answered = static_cast<int>(json.At("min_answered").Int(1, 1000));
  criterion.without_persons = static_cast<Verdict>(IndexOf(json.At("without_persons").OneOf(VerdictWords()), VerdictWords()));
  return criterion;
}

}  // namespace

const Words& PersonsWords() {
  static const Words words = {"any", "all", "worst", "mean", "named"};
  return words;
}
const Words& AcrossWords() {
  static const Words words = {"any", "all", "mean", "median", "share"};
  return words;
}
const Words& SilenceWords() {
  static const Words words = {"keep", "leave_out"};
  return words;
}
const Words& VerdictWords() {
  static const Words words = {"sufficient", "insufficient", "unknown"};
  return words;
}
const Words& RosterWords() {
  static const Words words = {"as_is", "fixed", "both"};
  return words;
}
const Words& RaterWords() {
  static const Words words = {"anyone", "same"};
  return words;
}

RuleSet ReadRuleSet(const std::string& bytes, const std::string& name) {
  const Json json = Json::Parse(bytes, name);
  json.At("format").OneOf({"meerstem-rule-set"});
  json.At("format_version").Int(1, 1);
  RuleSet rules;
  rules.key = json.At("id").Text();
  rules.version = json.At("version").Text();
  rules.name = json.At("name").Texts();
  if (const auto source = json.Maybe("source")) rules.source = source->TextsOrText();
  rules.instrument = json.At("instrument").Text();
  rules.complete_baseline = json.At("baseline").OneOf({"first", "first_complete"}) == "first_complete";
  rules.last_follow_up = json.At("follow_up").OneOf({"first", "last"}) == "last";
  rules.follow_up_months = static_cast<int>(json.At("follow_up_months").Int(1, 600));
  if (const auto months = json.Maybe("max_carried_months")) rules.max_carried_months = static_cast<int>(months->Int(1, 600));
  if (const auto carried = json.Maybe("carried")) rules.carried_counts = carried->OneOf({"count", "unknown"}) == "count";
  if (const auto roster = json.Maybe("roster")) rules.roster = static_cast<Roster>(IndexOf(roster->OneOf(RosterWords()), RosterWords()));
  if (const auto raters = json.Maybe("rated_by")) rules.raters = static_cast<Raters>(IndexOf(raters->OneOf(RaterWords()), RaterWords()));
  if (const auto rater = json.Maybe("rater")) rules.rater = rater->Text();
  std::set<std::string> keys;
  for (const auto& node : json.At("criteria").Items()) rules.criteria.push_back(ReadCriterion(node, keys));
  if (rules.criteria.empty()) throw json.At("criteria").Wrong(Say("a rule set has at least one criterion."));
  if (rules.criteria.size() > 20) throw json.At("criteria").Wrong(Say("a rule set has at most {0} criteria.", 20));
  rules.threshold = static_cast<int>(json.At("threshold").Int(1, static_cast<std::int64_t>(rules.criteria.size())));
  return rules;
}

std::string WriteRuleSet(const RuleSet& rules) {
  using nlohmann::ordered_json;
  const auto texts = [](const Localized& localized) {
    ordered_json object = ordered_json::object();
    for (const auto& [language, text] : localized.texts) object[language] = text;
    return object;
  };
  ordered_json json = {{"format", "meerstem-rule-set"}, {"format_version", 1}, {"id", rules.key}, {"version", rules.version}, {"name", texts(rules.name)}};
  if (!rules.source.texts.empty()) json["source"] = texts(rules.source);
  json["instrument"] = rules.instrument;
  json["threshold"] = rules.threshold;
  json["baseline"] = rules.complete_baseline ? "first_complete" : "first";
  json["follow_up"] = rules.last_follow_up ? "last" : "first";
  json["follow_up_months"] = rules.follow_up_months;
  json["max_carried_months"] = rules.max_carried_months ? ordered_json(*rules.max_carried_months) : ordered_json(nullptr);
  json["carried"] = rules.carried_counts ? "count" : "unknown";
  json["roster"] = RosterWords()[static_cast<std::size_t>(rules.roster)];
  json["rated_by"] = RaterWords()[static_cast<std::size_t>(rules.raters)];
  if (!rules.rater.empty()) json["rater"] = rules.rater;
  json["criteria"] = ordered_json::array();
  for (const auto& criterion : rules.criteria) {
    ordered_json node = {{"id", criterion.id}, {"name", texts(criterion.name)}, {"level", criterion.level}, {"items", ordered_json::array()}};
    for (const auto& item : criterion.items) node["items"].push_back({{"item", item.item}, {"insufficient_at_most", item.insufficient_at_most}});
    node["persons"] = PersonsWords()[static_cast<std::size_t>(criterion.persons)];
    if (criterion.persons == Persons::kNamed) node["person"] = criterion.person;
    node["across"] = AcrossWords()[static_cast<std::size_t>(criterion.across)];
    if (criterion.across == Across::kShare) node["share_percent"] = criterion.share_percent;
    node["missing"] = SilenceWords()[static_cast<std::size_t>(criterion.missing)];
    node["unknown"] = SilenceWords()[static_cast<std::size_t>(criterion.unknown)];
    node["not_applicable"] = criterion.not_applicable_is_sufficient ? "sufficient" : "leave_out";
    node["min_answered"] = criterion.min_answered;
    node["without_persons"] = VerdictWords()[static_cast<std::size_t>(criterion.without_persons)];
    json["criteria"].push_back(std::move(node));
  }
  return json.dump(1);
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
