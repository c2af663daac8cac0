// The editor of a rule set: its choices as a form. The commands behind it stand in rule_commands.cpp.
#include <algorithm>

#include "plugins/indices/common.h"

namespace meerstem::indices {
namespace {

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
    Choose("set", "rated_by", Say("Who rated"), {{"anyone", Say("anyone")}, {"same", Say("the same person at baseline and at follow-up")}}, RaterWords()[static_cast<std::size_t>(rules_.raters)]);
    Add("set", "rater", Say("Only registrations by"), ParameterType::kText, {}, rules_.rater.empty() ? Value() : Value(rules_.rater));
    for (const auto& criterion : rules_.criteria) AddCriterion(criterion);
    form_.actions = {{Say("Add a criterion"), "indices.add-criterion", bound_}, {Say("Copy this rule set"), "indices.copy-rule-set", bound_}, {Say("Write it to a file"), "indices.export-rule-set", bound_}};
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
    Arguments bound = bound_;
    bound.Set("criterion", key);
    form_.fields.back().actions.push_back({Say("Take the criterion “{0}” out", criterion.name), "indices.remove-criterion", bound});
  }
  void AddItem(const Criterion& criterion, const ItemRule& rule) {
    const Item* item = instrument_ ? instrument_->Find(rule.item) : nullptr;
    const Message name = item ? ItemLabel(*item) : Verbatim(rule.item);
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
      if (!there && (criterion.level == "any" || criterion.level == item.level)) field.choices.push_back({item.key, ItemLabel(item)});
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
