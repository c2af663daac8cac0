// Changing a rule set. A change makes a new version; the old one stays, so that a result that names it can be made again.
#include <algorithm>

#include "core/base/error.h"
#include "plugins/indices/common.h"
#include "plugins/indices/rule_edit.h"

namespace meerstem::indices {
namespace {

/// Stores `changed` as a new version of `from`, in use when that was.
Plan NewVersion(Reading& reading, const Id& from, const RuleSet& before, RuleSet changed) {
  const auto instrument = InstrumentOfKey(reading, changed.instrument);
  if (!instrument) throw Refuse("The rule set “{0}” needs the instrument “{1}”, which is not in the study; add it first with registrations.add-instrument.", changed.key, changed.instrument);
  CheckAgainst(changed, *instrument);
  if (WriteRuleSet(changed) == WriteRuleSet(before)) throw Refuse("That is what the rule set says already.");
  std::vector<std::string> versions;
  auto rows = reading.Query("SELECT version FROM rule_set WHERE key = ?", changed.key);
  while (rows.Step()) versions.push_back(rows.Text(0));
  changed.version = NextVersion(versions);
  const bool active = reading.Number("SELECT active FROM rule_set WHERE id = ?", from) != 0;
  return Simply([changed, active](Writing& writing, meerstem::Outcome& outcome) {
    const Id id = writing.NewId();
    if (active) writing.Do("UPDATE rule_set SET active = 0 WHERE active");
    writing.Do("INSERT INTO rule_set (id, key, version, name, json, active) VALUES (?, ?, ?, ?, ?, ?)", id, changed.key, changed.version, ToJson(changed.name), WriteRuleSet(changed), active);
    outcome.created.push_back(id);
    outcome.notes.push_back(Say("“{0}” has a new version {1}; the ones before stay.", changed.key, changed.version));
    if (!active) outcome.show = view::Target{"indices.edit-rule-set", {{"rule-set", id}}};
  });
}

Command SetRule() {
  Command set;
  set.id = "indices.set-rule";
  set.label = Say("Change a rule");
  set.help = Say("Changes one choice of a rule set, or of one of its criteria, and keeps the result as a new version.");
  set.parameters = {TheRuleSet(),
                    {.name = "criterion", .type = ParameterType::kText, .label = Say("Criterion"), .help = Say("Left out: a choice of the whole set.")},
                    {.name = "what", .type = ParameterType::kText, .label = Say("Choice"),
                     .help = Say("threshold, baseline, follow_up, follow_up_months, max_carried_months, carried, roster, rated_by, rater; of a criterion persons, person, across, share_percent, missing, "
                                 "unknown, not_applicable, min_answered, without_persons."),
                     .required = true},
                    {.name = "value", .type = ParameterType::kText, .label = Say("Value")}};
  set.prepare = [](Reading& reading, const Arguments& arguments, Job&) {
    const auto [id, rules] = RequiredRules(reading, arguments);
    return NewVersion(reading, id, rules, WithRule(rules, arguments.Text("criterion"), arguments.Text("what"), arguments.Text("value")));
  };
  return set;
}

Command SetItem() {
  Command set;
  set.id = "indices.set-rule-item";
  set.label = Say("Change an item of a criterion");
  set.help = Say("Gives an item its cut-off, which adds it where it was not; without a cut-off the item is taken out. Kept as a new version.");
  set.parameters = {TheRuleSet(),
                    {.name = "criterion", .type = ParameterType::kText, .label = Say("Criterion"), .required = true},
                    {.name = "item", .type = ParameterType::kText, .label = Say("Item"), .required = true},
                    {.name = "insufficient-at-most", .type = ParameterType::kInteger, .label = Say("Insufficient up to")}};
  set.prepare = [](Reading& reading, const Arguments& arguments, Job&) {
    const auto [id, rules] = RequiredRules(reading, arguments);
    std::optional<int> cutoff;
    if (arguments.Has("insufficient-at-most")) cutoff = static_cast<int>(std::clamp<std::int64_t>(arguments.Int("insufficient-at-most"), -100'000, 100'000));
    return NewVersion(reading, id, rules, WithItem(rules, arguments.Text("criterion"), arguments.Text("item"), cutoff));
  };
  return set;
}

Command AddCriterion() {
  Command add;
  add.id = "indices.add-criterion";
  add.label = Say("Add a criterion");
  add.help = Say("A criterion of its own with a first item; its other choices begin as one person and one item are enough. Kept as a new version.");
  add.parameters = {TheRuleSet(),
                    {.name = "key", .type = ParameterType::kText, .label = Say("Key"), .required = true},
                    {.name = "name", .type = ParameterType::kText, .label = Say("Name"), .required = true},
                    {.name = "level", .type = ParameterType::kChoice, .label = Say("Level"),
                     .choices = {{"household", Say("household")}, {"adult", Say("adult")}, {"child", Say("child")}, {"any", Say("any level")}}, .fallback = "household"},
                    {.name = "item", .type = ParameterType::kText, .label = Say("Item"), .required = true},
                    {.name = "insufficient-at-most", .type = ParameterType::kInteger, .label = Say("Insufficient up to"), .fallback = "2"},
                    {.name = "language", .type = ParameterType::kChoice, .label = Say("Language of the text"), .choices = {{"nl", Say("Dutch")}, {"en", Say("English")}}, .fallback = "nl"}};
  add.prepare = [](Reading& reading, const Arguments& arguments, Job&) {
    const auto [id, rules] = RequiredRules(reading, arguments);
    Criterion criterion{.id = arguments.Text("key"), .name = {{{arguments.Text("language"), arguments.Text("name")}}}, .level = arguments.Text("level")};
    criterion.items = {{arguments.Text("item"), static_cast<int>(std::clamp<std::int64_t>(arguments.Int("insufficient-at-most"), -100'000, 100'000))}};
    return NewVersion(reading, id, rules, WithCriterion(rules, std::move(criterion)));
  };
  return add;
}

Command RemoveCriterion() {
  Command remove;
  remove.id = "indices.remove-criterion";
  remove.label = Say("Take a criterion out");
  remove.help = Say("The rule set goes on without it, as a new version.");
  remove.parameters = {TheRuleSet(), {.name = "criterion", .type = ParameterType::kText, .label = Say("Criterion"), .required = true}};
  remove.prepare = [](Reading& reading, const Arguments& arguments, Job&) {
    const auto [id, rules] = RequiredRules(reading, arguments);
    return NewVersion(reading, id, rules, WithoutCriterion(rules, arguments.Text("criterion")));
  };
  return remove;
}

}  // namespace

Parameter TheRuleSet() {
  return {.name = "rule-set", .type = ParameterType::kEntity, .label = Say("Rule set"), .help = Say("Left out: the one in use."), .entity_kind = "rule-set"};
}

std::pair<Id, RuleSet> RequiredRules(Reading& reading, const Arguments& arguments) {
  auto rules = RulesAsked(reading, arguments);
  if (!rules) throw Refuse("The study has no rule set in use; add one with indices.add-rule-set.");
  return std::move(*rules);
}

void AddRuleCommands(Registry& registry) {
  registry.Add(SetRule());
  registry.Add(SetItem());
  registry.Add(AddCriterion());
  registry.Add(RemoveCriterion());
}

}  // namespace meerstem::indices
