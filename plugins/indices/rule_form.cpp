// The editor of a rule set: its choices as a form, and the commands behind it. A change makes a new version; the old one
// stays, so that a result that names it can be made again.
#include <algorithm>

#include "core/base/error.h"
#include "plugins/indices/common.h"
#include "plugins/indices/rule_edit.h"

namespace meerstem::indices {
namespace {

Parameter TheRuleSet() {
  return {.name = "rule-set", .type = ParameterType::kEntity, .label = Say("Rule set"), .help = Say("Left out: the one in use."), .entity_kind = "rule-set"};
}

std::pair<Id, RuleSet> Required(Reading& reading, const Arguments& arguments) {
  auto rules = RulesAsked(reading, arguments);
  if (!rules) throw Refuse("The study has no rule set in use; add one with indices.add-rule-set.");
  return std::move(*rules);
}

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
                     .help = Say("threshold, baseline, follow_up, follow_up_months, max_carried_months, carried, roster; of a criterion persons, person, across, share_percent, missing, "
                                 "unknown, not_applicable, min_answered, without_persons."),
                     .required = true},
                    {.name = "value", .type = ParameterType::kText, .label = Say("Value")}};
  set.prepare = [](Reading& reading, const Arguments& arguments, Job&) {
    const auto [id, rules] = Required(reading, arguments);
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
    const auto [id, rules] = Required(reading, arguments);
    std::optional<int> cutoff;
    if (arguments.Has("insufficient-at-most")) cutoff = static_cast<int>(std::clamp<std::int64_t>(arguments.Int("insufficient-at-most"), -100'000, 100'000));
    return NewVersion(reading, id, rules, WithItem(rules, arguments.Text("criterion"), arguments.Text("item"), cutoff));
  };
  return set;
}

/// Builds the form of one rule set.
class RuleForm {
 public:
  RuleForm(const RuleSet& rules, const Instrument* instrument, const Arguments& asked) : rules_(rules), instrument_(instrument) {
    if (const auto id = asked.Entity("rule-set")) bound_.Set("rule-set", *id);
  }

  view::Form Build() {
    form_.sections = {{"set", Say("The whole set")}};
    Number("set", "threshold", Say("Deprived from how many criteria"), rules_.threshold);
    Choose("set", "baseline", Say("Baseline"), {{"first", Say("first registration")}, {"first_complete", Say("first on which every criterion is known")}},
           rules_.complete_baseline ? "first_complete" : "first");
    Choose("set", "follow_up", Say("Follow-up"), {{"last", Say("last registration")}, {"first", Say("first that is late enough")}}, rules_.last_follow_up ? "last" : "first");
    Number("set", "follow_up_months", Say("Months to follow-up, at least"), rules_.follow_up_months);
    Number("set", "max_carried_months", Say("Carried answers count for so many months"), rules_.max_carried_months);
    Choose("set", "carried", Say("Carried answers"), {{"count", Say("count")}, {"unknown", Say("are unknown")}}, rules_.carried_counts ? "count" : "unknown");
    Choose("set", "roster", Say("Who counts"), {{"as_is", Say("who belongs to the household on the day")}, {"fixed", Say("who belonged to it at baseline")}, {"both", Say("who belonged to it at both")}},
           RosterWords()[static_cast<std::size_t>(rules_.roster)]);
    for (const auto& criterion : rules_.criteria) AddCriterion(criterion);
    return std::move(form_);
  }

 private:
  view::Field& Add(const std::string& section, const std::string& what, Message label, ParameterType type, std::vector<Choice> choices, Value value) {
    view::Field field{.key = section + "/" + what, .section = section, .label = std::move(label), .type = type, .choices = std::move(choices)};
    if (std::holds_alternative<std::monostate>(value)) field.value.state = view::State::kEmpty;
    else field.value.value = std::move(value);
    Arguments bound = bound_;
    bound.Set("what", what);
    if (section != "set") bound.Set("criterion", section);
    field.edit = view::Edit{"indices.set-rule", std::move(bound), "value", type == ParameterType::kInteger ? ParameterType::kText : type, field.choices};
    form_.fields.push_back(std::move(field));
    return form_.fields.back();
  }
  void Choose(const std::string& section, const std::string& what, Message label, std::vector<Choice> choices, const std::string& value) {
    Add(section, what, std::move(label), ParameterType::kChoice, std::move(choices), value);
  }
  void Number(const std::string& section, const std::string& what, Message label, std::optional<int> value) {
    Add(section, what, std::move(label), ParameterType::kText, {}, value ? Value(std::to_string(*value)) : Value());
  }
  void AddCriterion(const Criterion& criterion) {
    const std::string& key = criterion.id;
    form_.sections.push_back({key, Verbatim(criterion.name)});
    Choose(key, "persons", Say("Persons"), ChoicesOf(PersonsWords(), [](std::size_t i) { return PersonsLabel(static_cast<Persons>(i)); }), PersonsWords()[static_cast<std::size_t>(criterion.persons)]);
    if (criterion.persons == Persons::kNamed) Add(key, "person", Say("Member's code"), ParameterType::kText, {}, criterion.person);
    Choose(key, "across", Say("Items"), ChoicesOf(AcrossWords(), [](std::size_t i) { return AcrossLabel(static_cast<Across>(i)); }), AcrossWords()[static_cast<std::size_t>(criterion.across)]);
    if (criterion.across == Across::kShare) Number(key, "share_percent", Say("Share of the items (%)"), criterion.share_percent);
    const std::vector<Choice> silence = {{"keep", Say("stays unknown")}, {"leave_out", Say("is left out")}};
    Choose(key, "missing", Say("An answer never given"), silence, SilenceWords()[static_cast<std::size_t>(criterion.missing)]);
    Choose(key, "unknown", Say("An answer not known"), silence, SilenceWords()[static_cast<std::size_t>(criterion.unknown)]);
    Choose(key, "not_applicable", Say("Not applicable"), {{"leave_out", Say("is left out")}, {"sufficient", Say("is sufficient")}}, criterion.not_applicable_is_sufficient ? "sufficient" : "leave_out");
    Number(key, "min_answered", Say("Known answers needed"), criterion.min_answered);
    Choose(key, "without_persons", Say("When no answer applies"), ChoicesOf(VerdictWords(), [](std::size_t i) { return VerdictLabel(static_cast<Verdict>(i)); }),
           VerdictWords()[static_cast<std::size_t>(criterion.without_persons)]);
    for (const auto& rule : criterion.items) AddItem(criterion, rule);
    AddNewItem(criterion);
  }
  void AddItem(const Criterion& criterion, const ItemRule& rule) {
    const Item* item = instrument_ ? instrument_->Find(rule.item) : nullptr;
    const Message name = item ? Verbatim(item->name) : Verbatim(rule.item);
    view::Field field{.key = criterion.id + "/item/" + rule.item, .section = criterion.id, .label = Say("{0}: insufficient up to", name), .type = ParameterType::kInteger};
    field.value.value = std::int64_t{rule.insufficient_at_most};
    Arguments bound = bound_;
    bound.Set("criterion", criterion.id);
    bound.Set("item", rule.item);
    field.actions = {{Say("Take “{0}” out", name), "indices.set-rule-item", bound}};
    field.edit = view::Edit{"indices.set-rule-item", std::move(bound), "insufficient-at-most", ParameterType::kInteger, {}};
    if (!item) field.error = Say("The instrument does not have this item.");
    else field.entities = {{"item", item->id}};
    form_.fields.push_back(std::move(field));
  }
  void AddNewItem(const Criterion& criterion) {
    if (!instrument_) return;
    view::Field field{.key = criterion.id + "/new", .section = criterion.id, .label = Say("Add an item"), .type = ParameterType::kChoice};
    for (const auto& item : instrument_->items) {
      const bool there = std::any_of(criterion.items.begin(), criterion.items.end(), [&](const ItemRule& rule) { return rule.item == item.key; });
      if (!there && (criterion.level == "any" || criterion.level == item.level)) field.choices.push_back({item.key, Verbatim(item.name)});
    }
    if (field.choices.empty()) return;
    field.value.state = view::State::kEmpty;
    Arguments bound = bound_;
    bound.Set("criterion", criterion.id);
    bound.Set("insufficient-at-most", std::int64_t{2});
    field.edit = view::Edit{"indices.set-rule-item", std::move(bound), "item", ParameterType::kChoice, field.choices};
    form_.fields.push_back(std::move(field));
  }
  template <class Label>
  static std::vector<Choice> ChoicesOf(const std::vector<std::string>& words, const Label& label) {
    std::vector<Choice> choices;
    for (std::size_t i = 0; i < words.size(); ++i) choices.push_back({words[i], label(i)});
    return choices;
  }

  const RuleSet& rules_;
  const Instrument* instrument_;
  Arguments bound_;
  view::Form form_;
};

view::Model Edit(Reading& reading, const Arguments& arguments, Job&) {
  view::Model model;
  const auto rules = RulesAsked(reading, arguments);
  if (!rules) {
    model.body = view::Form{};
    SayNoRules(model);
    return model;
  }
  const auto instrument = InstrumentOfKey(reading, rules->second.instrument);
  model.title = Say("Rule set: {0}", rules->second.name);
  model.body = RuleForm(rules->second, instrument ? &*instrument : nullptr, arguments).Build();
  model.population.description = Say("A change makes a new version; results name the version that made them.");
  model.population.facts = {{"rule_set", Say("Rule set"), rules->second.key}, {"rule_set_version", Say("Version"), rules->second.version}};
  return model;
}

}  // namespace

void AddRuleForm(Registry& registry) {
  registry.Add(SetRule());
  registry.Add(SetItem());
  View edit;
  edit.id = "indices.edit-rule-set";
  edit.kind = view::Kind::kForm;
  edit.label = Say("Edit the rule set");
  edit.help = Say("Every choice that makes a score: items, cut-offs, persons, what missing answers do, baseline and follow-up.");
  edit.parameters = {TheRuleSet()};
  edit.build = &Edit;
  registry.Add(std::move(edit));
}

}  // namespace meerstem::indices
