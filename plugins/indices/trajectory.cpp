// One family's score at each of its registrations, and the dimensions that group families by their scores.
#include <algorithm>
#include <functional>
#include <map>

#include "plugins/indices/common.h"

namespace meerstem::indices {
namespace {

view::Model Trajectory(Reading& reading, const Arguments& arguments, Job&) {
  const std::vector<view::Column> columns = {{"date", Say("Date"), view::ColumnType::kDate}, {"occasion", Say("Occasion")},     {"role", Say("Stands for")},
                                             {"score", Say("Score"), view::ColumnType::kInteger}, {"deprived", Say("Deprived")}, {"carried", Say("Carried answers"), view::ColumnType::kInteger}};
  view::Model model;
  const auto active = ActiveRules(reading);
  const auto instrument = active ? InstrumentOfKey(reading, active->second.instrument) : std::nullopt;
  if (!instrument) {
    model.body = view::Table{columns, view::MakeRows({})};
    SayNoRules(model);
    return model;
  }
  const RuleSet& rules = active->second;
  const Id study_case = *arguments.Entity("case");
  const auto items = ItemsOf({&rules}, *instrument);
  const Scorer scorer(rules, *instrument, items);
  std::vector<view::Row> rows;
  WalkHistory(reading, *instrument, items, study_case, [&](const History& history) {
    const Window window = scorer.Choose(history);
    for (std::size_t i = 0; i < history.registrations.size(); ++i) {
      const auto& registration = history.registrations[i];
      const Score score = scorer.On(history, i, window);
      view::Row row{.key = ToString(registration.id), .entities = {{"registration", registration.id}, {"case", study_case}}, .target = view::Target{"registrations.entry", {{"registration", registration.id}}}};
      view::Cell number{.value = std::int64_t{score.low}};
      if (!score.exact()) {
        number = {.value = "[" + std::to_string(score.low) + "–" + std::to_string(score.high) + "]", .state = view::State::kUndefined,
                  .why = SayCount("{0} criterion is not known.", "{0} criteria are not known.", score.high - score.low)};
      }
      view::Cell deprived{.state = view::State::kUndefined, .why = Say("The bounds {0} to {1} lie on both sides of the threshold {2}.", score.low, score.high, rules.threshold)};
      if (score.deprived != Deprivation::kUndetermined) deprived = {.value = score.deprived == Deprivation::kYes ? Say("yes") : Say("no")};
      std::int64_t carried = 0;
      for (const auto& criterion : score.criteria) carried += criterion.carried;
      view::Cell role{.state = view::State::kEmpty};
      if (window.baseline == i) role = {.value = Say("Baseline")};
      else if (window.follow_up == i) role = {.value = Say("Follow-up")};
      row.cells = {{.value = registration.date}, registration.occasion.empty() ? view::Cell{.state = view::State::kEmpty} : view::Cell{.value = registration.occasion}, std::move(role), std::move(number),
                   std::move(deprived), {.value = carried}};
      rows.push_back(std::move(row));
    }
  });
  auto code = reading.Query("SELECT code FROM study_case WHERE id = ?", study_case);
  if (code.Step()) model.title = Say("Scores of {0}", code.Text(0));
  model.population.description = Say("Every registration of one family, what was not entered carried from before");
  model.population.facts = {{"registrations", Say("Registrations"), static_cast<std::int64_t>(rows.size())}, {"rule_set", Say("Rule set"), rules.key}, {"rule_set_version", Say("Version"), rules.version}};
  model.body = view::Table{columns, view::MakeRows(std::move(rows))};
  model.empty = Say("Nothing was registered.");
  return model;
}

std::string KeyOf(int number) { return std::to_string(number); }
std::string KeyOf(Date date) { return ToIso(date); }

/// Families by what their scores say, in its order; who has none is in no group.
template <class Said>
Grouping By(Reading& reading, const std::function<std::optional<Said>(const FamilyScore&)>& said) {
  Grouping grouping;
  const auto scores = ScoreStudy(reading);
  if (!scores) return grouping;
  std::map<Said, std::vector<Id>> cases;
  for (const auto& family : scores->families) {
    if (const auto one = said(family)) cases[*one].push_back(family.study_case);
  }
  for (const auto& [one, members] : cases) {
    Group group{.key = KeyOf(one), .label = Say("{0}", one)};
    for (const auto& study_case : members) {
      grouping.members.emplace_back(study_case, grouping.groups.size());
      group.entities.push_back({"case", study_case});
    }
    grouping.groups.push_back(std::move(group));
  }
  return grouping;
}

template <class Said>
void AddDimension(Registry& registry, std::string id, Message label, std::function<std::optional<Said>(const FamilyScore&)> said) {
  registry.Add(Dimension{std::move(id), std::move(label), "case", [said = std::move(said)](Reading& reading) { return By<Said>(reading, said); }});
}

std::optional<int> Exact(const std::optional<Score>& score) { return score && score->exact() ? std::optional(score->low) : std::nullopt; }
std::optional<Date> DateOf(const std::optional<Registration>& registration) { return registration ? std::optional(registration->date) : std::nullopt; }

}  // namespace

void AddTrajectory(Registry& registry) {
  View trajectory;
  trajectory.id = "indices.trajectory";
  trajectory.kind = view::Kind::kTable;
  trajectory.label = Say("Scores of a family over time");
  trajectory.help = Say("The score of one family at each of its registrations.");
  trajectory.parameters = {{.name = "case", .type = ParameterType::kEntity, .label = Say("Case"), .required = true, .entity_kind = "case"}};
  trajectory.in_navigator = false;
  trajectory.build = &Trajectory;
  registry.Add(std::move(trajectory));

  AddDimension<int>(registry, "score-baseline", Say("Score at baseline"), [](const FamilyScore& family) { return Exact(family.before); });
  AddDimension<int>(registry, "score-follow-up", Say("Score at follow-up"), [](const FamilyScore& family) { return Exact(family.after); });
  AddDimension<int>(registry, "score-change", Say("Change of the score"),
                    [](const FamilyScore& family) { return family.outcome ? std::optional(family.after->low - family.before->low) : std::nullopt; });
  AddDimension<Date>(registry, "baseline-date", Say("Date of the baseline"), [](const FamilyScore& family) { return DateOf(family.baseline); });
  AddDimension<Date>(registry, "follow-up-date", Say("Date of the follow-up"), [](const FamilyScore& family) { return DateOf(family.follow_up); });
}

}  // namespace meerstem::indices
