// The analysis plan: recorded, shown as a form, and held against the moment when the results were revealed.
#include "plugins/indices/plan.h"

#include <algorithm>
#include <charconv>

#include "core/base/clock.h"
#include "core/base/error.h"
#include "plugins/indices/common.h"

namespace meerstem::indices {
namespace {

using Words = std::vector<std::string>;
using Test = AnalysisPlan::Test;
using Correction = AnalysisPlan::Correction;
using statistics::Sides;
using statistics::Zeros;

const Words kTests = {"sign", "wilcoxon", "permutation"};
const Words kZeros = {"pratt", "drop"};
const Words kSides = {"two", "greater", "less"};
const Words kCorrections = {"holm", "bh", "none"};

template <class Choice>
Choice ChoiceOf(const Words& words, const std::string& word) {
  return static_cast<Choice>(std::find(words.begin(), words.end(), word) - words.begin());
}
template <class Choice>
const std::string& WordOf(const Words& words, Choice choice) {
  return words[static_cast<std::size_t>(choice)];
}

std::vector<Choice> TestChoices() {
  return {{"sign", TestLabel(Test::kSign)}, {"wilcoxon", TestLabel(Test::kWilcoxon)}, {"permutation", TestLabel(Test::kPermutation)}};
}
std::vector<Choice> ZeroChoices() { return {{"pratt", Say("ranked with the others (Pratt)")}, {"drop", Say("left out before ranking")}}; }
std::vector<Choice> SideChoices() { return {{"two", Say("two-sided")}, {"greater", Say("better is expected")}, {"less", Say("worse is expected")}}; }
std::vector<Choice> CorrectionChoices() {
  return {{"holm", CorrectionLabel(Correction::kHolm)}, {"bh", CorrectionLabel(Correction::kBenjaminiHochberg)}, {"none", CorrectionLabel(Correction::kNone)}};
}

std::vector<Parameter> PlanParameters() {
  return {{.name = "test", .type = ParameterType::kChoice, .label = Say("Test of the change"), .choices = TestChoices()},
          {.name = "zeros", .type = ParameterType::kChoice, .label = Say("Families that stayed the same (Wilcoxon)"), .choices = ZeroChoices()},
          {.name = "sides", .type = ParameterType::kChoice, .label = Say("Direction"), .choices = SideChoices()},
          {.name = "confidence", .type = ParameterType::kNumber, .label = Say("Confidence of intervals")},
          {.name = "criteria-correction", .type = ParameterType::kChoice, .label = Say("Correction over the criteria"), .choices = CorrectionChoices()},
          {.name = "items-correction", .type = ParameterType::kChoice, .label = Say("Correction over the items of a level"), .choices = CorrectionChoices()},
          {.name = "seed", .type = ParameterType::kInteger, .label = Say("Seed of random draws")},
          {.name = "replicates", .type = ParameterType::kInteger, .label = Say("Number of random draws")}};
}

AnalysisPlan With(AnalysisPlan plan, const Arguments& arguments) {
  if (arguments.Has("test")) plan.test = ChoiceOf<Test>(kTests, arguments.Text("test"));
  if (arguments.Has("zeros")) plan.zeros = ChoiceOf<Zeros>(kZeros, arguments.Text("zeros"));
  if (arguments.Has("sides")) plan.sides = ChoiceOf<Sides>(kSides, arguments.Text("sides"));
  if (arguments.Has("confidence")) plan.confidence = arguments.Number("confidence");
  if (arguments.Has("criteria-correction")) plan.criteria = ChoiceOf<Correction>(kCorrections, arguments.Text("criteria-correction"));
  if (arguments.Has("items-correction")) plan.items = ChoiceOf<Correction>(kCorrections, arguments.Text("items-correction"));
  if (arguments.Has("seed")) plan.seed = arguments.Int("seed");
  if (arguments.Has("replicates")) {
    const auto replicates = arguments.Int("replicates");
    if (replicates < 999 || replicates > 99'999) throw Refuse("The number of random draws is {0}; from 999 to 99,999 are possible.", replicates);
    plan.replicates = static_cast<int>(replicates);
  }
  if (!(plan.confidence >= 0.5 && plan.confidence <= 0.999)) throw Refuse("The confidence of intervals is from 0.5 to 0.999, as in 0.95.");
  return plan;
}

bool Same(const AnalysisPlan& a, const AnalysisPlan& b) {
  return std::tie(a.test, a.zeros, a.sides, a.confidence, a.criteria, a.items, a.seed, a.replicates) ==
         std::tie(b.test, b.zeros, b.sides, b.confidence, b.criteria, b.items, b.seed, b.replicates);
}

std::optional<Id> Researcher(Writing& writing) { return writing.actor().IsNil() ? std::nullopt : std::optional(writing.actor()); }

Id StorePlan(Writing& writing, const AnalysisPlan& plan) {
  const Id id = writing.NewId();
  writing.Do(
      "INSERT INTO analysis_plan (id, version, at, researcher_id, test, zeros, sides, confidence, criteria_correction, items_correction, seed, replicates) "
      "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      id, plan.version, writing.now(), Researcher(writing), WordOf(kTests, plan.test), WordOf(kZeros, plan.zeros), WordOf(kSides, plan.sides), plan.confidence,
      WordOf(kCorrections, plan.criteria), WordOf(kCorrections, plan.items), plan.seed, plan.replicates);
  return id;
}

/// A Run that stands outside undo: what was promised and what was looked at cannot be taken back.
Plan ForGood(std::function<void(Writing&, meerstem::Outcome&)> body) {
  Plan plan;
  plan.apply = [body = std::move(body)](Applying& applying) {
    Act act = applying.act();
    act.undoable = false;
    applying.outcome.changed.Add(applying.store().Run(act, [&](Writing& writing) { body(writing, applying.outcome); }));
  };
  return plan;
}

Command PlanCommand() {
  Command record;
  record.id = "indices.set-plan";
  record.label = Say("Record the analysis plan");
  record.help = Say("Writes down how change will be tested, before the results are revealed. Each change is a version of its own and stays; it cannot be undone.");
  record.parameters = PlanParameters();
  record.prepare = [](Reading& reading, const Arguments& arguments, Job&) {
    const AnalysisPlan before = CurrentPlan(reading);
    AnalysisPlan plan = With(before, arguments);
    if (before.version > 0 && Same(before, plan)) throw Refuse("That is what the plan says already.");
    plan.version = before.version + 1;
    const bool late = TheReveal(reading).has_value();
    return ForGood([plan, late](Writing& writing, meerstem::Outcome& outcome) {
      outcome.created.push_back(StorePlan(writing, plan));
      if (late) outcome.notes.push_back(Say("The results were revealed before: they will say that the plan was changed afterwards."));
    });
  };
  return record;
}

Command RevealCommand() {
  Command reveal;
  reveal.id = "indices.reveal";
  reveal.label = Say("Reveal the tests");
  reveal.help = Say("Shows tests and intervals from now on, by the plan as it stands. This is written in the journal for good and cannot be undone.");
  reveal.impossible = [](Reading& reading, const Arguments&) {
    return TheReveal(reading) ? Say("The results are revealed already.") : Message();
  };
  reveal.prepare = [](Reading& reading, const Arguments&, Job&) {
    if (TheReveal(reading)) throw Refuse("The results are revealed already.");
    const auto rules = ActiveRules(reading);
    if (!rules) throw Refuse("The study has no rule set in use; add one with indices.add-rule-set.");
    AnalysisPlan plan = CurrentPlan(reading);
    // Revealing under the defaults records them: a result always has a plan.
    const bool record = plan.version == 0;
    if (record) plan.version = 1;
    return ForGood([plan, record, rule_set = NameOf(rules->second)](Writing& writing, meerstem::Outcome& outcome) {
      Id id;
      if (record) {
        id = StorePlan(writing, plan);
      } else {
        auto row = writing.Query("SELECT id FROM analysis_plan WHERE version = ?", plan.version);
        row.Step();
        id = row.GetId(0);
      }
      writing.Do("INSERT INTO analysis_reveal (id, plan_id, at, researcher_id, rule_set) VALUES (?, ?, ?, ?, ?)", writing.NewId(), id, writing.now(), Researcher(writing), rule_set);
      outcome.notes.push_back(Say("Revealed by plan {0} and rule set {1}.", plan.version, rule_set));
      outcome.show = view::Target{"indices.tests", {}};
    });
  };
  return reveal;
}

view::Model ShowPlan(Reading& reading, const Arguments&, Job&) {
  view::Model model;
  const AnalysisPlan plan = CurrentPlan(reading);
  const auto reveal = TheReveal(reading);
  view::Form form;
  form.sections = {{"plan", Say("Analysis plan")}};
  const Value values[] = {WordOf(kTests, plan.test), WordOf(kZeros, plan.zeros), WordOf(kSides, plan.sides), plan.confidence, WordOf(kCorrections, plan.criteria),
                          WordOf(kCorrections, plan.items), plan.seed, std::int64_t{plan.replicates}};
  const auto parameters = PlanParameters();
  for (std::size_t i = 0; i < parameters.size(); ++i) {
    const Parameter& parameter = parameters[i];
    view::Field field{.key = parameter.name, .section = "plan", .label = parameter.label, .type = parameter.type, .choices = parameter.choices};
    field.value.value = values[i];
    field.edit = view::Edit{"indices.set-plan", {}, parameter.name, parameter.type, parameter.choices};
    form.fields.push_back(std::move(field));
  }
  if (!reveal) form.actions = {{Say("Reveal the tests"), "indices.reveal", {}}};
  model.body = std::move(form);
  model.population.description = Say("Decided before the results are looked at. Each change is kept as a version; the journal tells who made it and when.");
  SayPlan(model, plan, reveal, ActiveRules(reading).value_or(std::pair<Id, RuleSet>()).second);
  if (!reveal) model.notes.push_back(Say("The results are not revealed yet."));
  return model;
}

}  // namespace

std::string NameOf(const RuleSet& rules) { return rules.key + " " + rules.version; }

AnalysisPlan CurrentPlan(Reading& reading) {
  AnalysisPlan plan;
  auto row = reading.Query(
      "SELECT version, at, test, zeros, sides, confidence, criteria_correction, items_correction, seed, replicates FROM analysis_plan ORDER BY version DESC LIMIT 1");
  if (!row.Step()) return plan;
  plan.version = row.Int(0);
  plan.at = row.Int(1);
  plan.test = ChoiceOf<Test>(kTests, row.Text(2));
  plan.zeros = ChoiceOf<Zeros>(kZeros, row.Text(3));
  plan.sides = ChoiceOf<Sides>(kSides, row.Text(4));
  plan.confidence = row.Real(5);
  plan.criteria = ChoiceOf<Correction>(kCorrections, row.Text(6));
  plan.items = ChoiceOf<Correction>(kCorrections, row.Text(7));
  plan.seed = row.Int(8);
  plan.replicates = static_cast<int>(row.Int(9));
  return plan;
}

std::optional<Reveal> TheReveal(Reading& reading) {
  auto row = reading.Query(
      "SELECT analysis_reveal.at, version, rule_set FROM analysis_reveal JOIN analysis_plan ON analysis_plan.id = plan_id ORDER BY analysis_reveal.at, analysis_reveal.id LIMIT 1");
  if (!row.Step()) return std::nullopt;
  return Reveal{row.Int(0), row.Int(1), row.Text(2)};
}

statistics::PValues Adjust(Correction correction, const statistics::PValues& p) {
  return correction == Correction::kHolm ? statistics::Holm(p) : correction == Correction::kBenjaminiHochberg ? statistics::BenjaminiHochberg(p) : p;
}

Message TestLabel(Test test) {
  switch (test) {
    case Test::kSign: return Say("exact sign test");
    case Test::kWilcoxon: return Say("Wilcoxon signed-rank test");
    case Test::kPermutation: return Say("sign-flip permutation of the mean");
  }
  return {};
}

Message CorrectionLabel(Correction correction) {
  switch (correction) {
    case Correction::kHolm: return Say("Holm");
    case Correction::kBenjaminiHochberg: return Say("Benjamini–Hochberg");
    case Correction::kNone: return Say("no correction");
  }
  return {};
}

void SayPlan(view::Model& model, const AnalysisPlan& plan, const std::optional<Reveal>& reveal, const RuleSet& rules) {
  auto& facts = model.population.facts;
  if (plan.version > 0) {
    facts.push_back({"plan", Say("Analysis plan"), plan.version});
    facts.push_back({"plan_date", Say("Recorded on"), DayOf(plan.at)});
  } else {
    facts.push_back({"plan", Say("Analysis plan"), Say("defaults, not recorded yet")});
  }
  if (!reveal) return;
  facts.push_back({"revealed", Say("Revealed on"), DayOf(reveal->first_at)});
  if (reveal->first_plan != plan.version) {
    model.notes.push_back(Say("The plan was changed after the results were revealed: version {0} stood then, version {1} stands now.", reveal->first_plan, plan.version));
  }
  if (!rules.key.empty() && reveal->first_rule_set != NameOf(rules)) {
    model.notes.push_back(Say("The rule set was changed after the results were revealed: {0} stood then, {1} stands now.", reveal->first_rule_set, NameOf(rules)));
  }
}

void AddPlan(Registry& registry) {
  registry.Add(PlanCommand());
  registry.Add(RevealCommand());
  View plan;
  plan.id = "indices.plan";
  plan.kind = view::Kind::kForm;
  plan.label = Say("Analysis plan");
  plan.help = Say("How change will be tested: test, direction, corrections, seed; recorded before the results are revealed.");
  plan.build = &ShowPlan;
  registry.Add(std::move(plan));
}

}  // namespace meerstem::indices
