// The rule set as a tree: criteria, their items and cut-offs, and how answers are combined.
#include "plugins/indices/common.h"

namespace meerstem::indices {

Message LevelLabel(const std::string& level) { return level == "household" ? Say("household") : level == "adult" ? Say("adult") : Say("child"); }

Message ItemLabel(const Item& item) { return item.level == "household" ? Verbatim(item.name) : Say("{0} ({1})", item.name, LevelLabel(item.level)); }

Message PersonsLabel(Persons persons) {
  switch (persons) {
    case Persons::kAny: return Say("one person is enough");
    case Persons::kAll: return Say("all persons");
    case Persons::kWorst: return Say("the lowest known answer");
    case Persons::kMean: return Say("the mean of the known answers");
    case Persons::kNamed: return Say("one member, by code");
  }
  return {};
}

Message AcrossLabel(Across across) {
  switch (across) {
    case Across::kAny: return Say("one item is enough");
    case Across::kAll: return Say("all items");
    case Across::kMean: return Say("the mean of the items");
    case Across::kMedian: return Say("the median of the items");
    case Across::kShare: return Say("a share of the items");
  }
  return {};
}

Message VerdictLabel(Verdict verdict) {
  switch (verdict) {
    case Verdict::kSufficient: return Say("sufficient");
    case Verdict::kInsufficient: return Say("insufficient");
    case Verdict::kUnknown: return Say("unknown");
  }
  return {};
}

std::optional<std::pair<Id, RuleSet>> RulesAsked(Reading& reading, const Arguments& arguments) {
  const auto id = arguments.Entity("rule-set");
  if (!id) return ActiveRules(reading);
  auto row = reading.Query("SELECT json, key FROM rule_set WHERE id = ?", *id);
  if (!row.Step()) return std::nullopt;
  return std::pair(*id, ReadRuleSet(row.Text(0), row.Text(1)));
}

namespace {

view::Model Rules(Reading& reading, const Arguments& arguments, Job&) {
  view::Model model;
  view::Tree tree;
  tree.label_title = Say("Criterion");
  tree.columns = {{"cutoff", Say("Insufficient up to"), view::ColumnType::kInteger}, {"persons", Say("Persons")}, {"across", Say("Items")},
                  {"min_answered", Say("Known answers needed"), view::ColumnType::kInteger}, {"without", Say("When no answer applies")}};
  const auto rules = RulesAsked(reading, arguments);
  if (!rules) {
    model.body = std::move(tree);
    SayNoRules(model);
    return model;
  }
  const auto instrument = InstrumentOfKey(reading, rules->second.instrument);
  for (const auto& criterion : rules->second.criteria) {
    tree.nodes.push_back({.key = criterion.id,
                          .label = Verbatim(criterion.name),
                          .cells = {{},
                                    {.value = PersonsLabel(criterion.persons)},
                                    {.value = AcrossLabel(criterion.across)},
                                    {.value = std::int64_t{criterion.min_answered}},
                                    {.value = VerdictLabel(criterion.without_persons)}}});
    for (const auto& rule : criterion.items) {
      const Item* item = instrument ? instrument->Find(rule.item) : nullptr;
      view::Node node{.key = criterion.id + "/" + rule.item, .parent = criterion.id, .label = item ? ItemLabel(*item) : Verbatim(rule.item)};
      node.cells = {{.value = std::int64_t{rule.insufficient_at_most}}, {}, {}, {}, {}};
      if (item) {
        node.entities = {{"item", item->id}};
        node.target = view::Target{"registrations.item", {{"item", item->id}}};
      }
      tree.nodes.push_back(std::move(node));
    }
  }
  model.title = Say("Rule set: {0}", rules->second.name);
  model.body = std::move(tree);
  model.population.description = Say("A family is deprived when it is insufficient on at least {0} criteria.", rules->second.threshold);
  model.population.facts = {{"rule_set", Say("Rule set"), rules->second.key},
                            {"rule_set_version", Say("Version"), rules->second.version},
                            {"instrument", Say("Instrument"), rules->second.instrument},
                            {"threshold", Say("Threshold"), std::int64_t{rules->second.threshold}},
                            {"follow_up_months", Say("Months to follow-up, at least"), std::int64_t{rules->second.follow_up_months}}};
  model.population.facts.push_back({"baseline", Say("Baseline"), rules->second.complete_baseline ? Say("first on which every criterion is known") : Say("first registration")});
  model.population.facts.push_back({"follow_up", Say("Follow-up"), rules->second.last_follow_up ? Say("last registration") : Say("first that is late enough")});
  if (rules->second.raters == Raters::kSame) model.population.facts.push_back({"rated_by", Say("Who rated"), Say("the same person at baseline and at follow-up")});
  if (!rules->second.rater.empty()) model.population.facts.push_back({"rater", Say("Only registrations by"), rules->second.rater});
  if (!rules->second.carried_counts) model.population.facts.push_back({"carried", Say("Carried answers"), Say("are unknown")});
  if (rules->second.max_carried_months) {
    model.population.facts.push_back({"max_carried_months", Say("Carried answers count for so many months"), std::int64_t{*rules->second.max_carried_months}});
  }
  if (!rules->second.source.texts.empty()) model.notes.push_back(Verbatim(rules->second.source));
  return model;
}

}  // namespace

void AddRuleView(Registry& registry) {
  View rules;
  rules.id = "indices.rule-set";
  rules.kind = view::Kind::kTree;
  rules.label = Say("Rule set");
  rules.help = Say("The rule set in use: which items make which criterion, with cut-offs.");
  rules.parameters = {{.name = "rule-set", .type = ParameterType::kEntity, .label = Say("Rule set"), .help = Say("Left out: the one in use."), .entity_kind = "rule-set"}};
  rules.build = &Rules;
  registry.Add(std::move(rules));
}

}  // namespace meerstem::indices
