// Scores as pictures: flows from baseline to follow-up, a line for each family, how the scores are spread.
#include <algorithm>

#include "plugins/indices/common.h"
#include "plugins/indices/palette.h"

namespace meerstem::indices {
namespace {

constexpr std::size_t kMostLines = 60;  ///< More lines than this are a cloud, not a chart.

view::Target ScoresWith(const Arguments& from, Arguments more) {
  if (const auto site = from.Entity("site")) more.Set("site", *site);
  return {"indices.scores", std::move(more)};
}

std::vector<view::Heading> ScoreHeadings(const RuleSet& rules) {
  std::vector<view::Heading> headings;
  for (std::size_t score = 0; score <= rules.criteria.size(); ++score) headings.push_back({.key = std::to_string(score), .label = Verbatim(std::to_string(score))});
  return headings;
}

/// What all three charts share: the model around the chart, or why there is none.
view::Model Around(const StudyScores& scores, const std::vector<const FamilyScore*>& families, view::Chart chart) {
  view::Model model;
  model.body = std::move(chart);
  model.population = PopulationOf(scores, families);
  AddDates(model.population, families);
  return model;
}

void CountOutcomes(const std::vector<const FamilyScore*>& families, std::int64_t (&counts)[kOutcomes]) {
  for (const auto* family : families) {
    if (family->outcome) ++counts[static_cast<int>(*family->outcome)];
  }
}

Message ThresholdNote(const RuleSet& rules) { return Say("The line stands at the threshold: a score of {0} or more is deprived.", rules.threshold); }

/// The line between the last score that is not deprived and the first that is; none where every score is on one side.
std::optional<std::size_t> ThresholdAfter(const RuleSet& rules) {
  if (rules.threshold < 1 || static_cast<std::size_t>(rules.threshold) > rules.criteria.size()) return std::nullopt;
  return static_cast<std::size_t>(rules.threshold - 1);
}

view::Model Alluvial(Reading& reading, const Arguments& arguments, Job&) {
  const auto scores = ScoreStudy(reading);
  view::Chart chart{.kind = view::ChartKind::kAlluvial, .category_title = Say("Score at baseline"), .value_title = Say("Score at follow-up")};
  if (!scores) {
    view::Model model;
    model.body = std::move(chart);
    SayNoRules(model);
    return model;
  }
  const auto families = Select(*scores, arguments.Entity("site"));
  const Palette palette = ThePalette(arguments);
  const std::size_t size = scores->rules.criteria.size() + 1;
  // Behind the scores stand those who have none: before, not exact; after, not exact or not followed.
  std::vector<std::vector<std::vector<const FamilyScore*>>> cells(size + 1, std::vector<std::vector<const FamilyScore*>>(size + 2));
  std::int64_t registered = 0, followed = 0;
  for (const auto* family : families) {
    if (!family->before) continue;
    ++registered;
    followed += family->after.has_value();
    const std::size_t before = family->before->exact() ? static_cast<std::size_t>(family->before->low) : size;
    const std::size_t after = !family->after ? size + 1 : family->after->exact() ? static_cast<std::size_t>(family->after->low) : size;
    cells[before][after].push_back(family);
  }
  const auto any_row = [&](std::size_t row) { return std::any_of(cells[row].begin(), cells[row].end(), [](const auto& here) { return !here.empty(); }); };
  const auto any_column = [&](std::size_t column) { return std::any_of(cells.begin(), cells.end(), [&](const auto& row) { return !row[column].empty(); }); };
  chart.categories = ScoreHeadings(scores->rules);
  chart.series = ScoreHeadings(scores->rules);
  if (any_row(size)) chart.categories.push_back({.key = "undetermined", .label = Say("Undetermined")});
  const bool undetermined = any_column(size), dropped = any_column(size + 1);
  if (undetermined) chart.series.push_back({.key = "undetermined", .label = Say("Undetermined")});
  if (dropped) chart.series.push_back({.key = "not_followed", .label = Say("Not followed")});
  for (std::size_t before = 0; registered > 0 && before < chart.categories.size(); ++before) {
    auto& row = chart.cells.emplace_back();
    for (std::size_t after = 0; after < size + 2; ++after) {
      if ((after == size && !undetermined) || (after == size + 1 && !dropped)) continue;
      const auto& here = cells[before][after];
      view::Cell cell{.value = static_cast<std::int64_t>(here.size()), .entities = Cases(here)};
      cell.colour = "#A0A0A0";
      Arguments behind;
      if (before < size) behind.Set("baseline-score", static_cast<std::int64_t>(before));
      if (before < size && after < size) {
        const Outcome outcome = Classify(static_cast<int>(before), static_cast<int>(after), scores->rules.threshold);
        cell.colour = OutcomeColour(outcome, palette);
        cell.glyph = OutcomeGlyph(outcome);
        if (!here.empty()) cell.why = OutcomeLabel(outcome);
        behind.Set("follow-up-score", static_cast<std::int64_t>(after));
      } else {
        behind.Set("outcome", std::string(after == size + 1 ? "not_followed" : "undetermined"));
      }
      if (!here.empty()) cell.target = ScoresWith(arguments, std::move(behind));
      row.push_back(std::move(cell));
    }
  }
  if (registered == 0) chart.categories.clear();
  std::int64_t counts[kOutcomes] = {};
  CountOutcomes(families, counts);
  chart.legend = OutcomeLegend(counts, palette);
  if (undetermined || dropped) chart.legend.push_back({.key = "without", .label = Say("Without a score at both"), .colour = "#A0A0A0", .glyph = "–"});
  chart.threshold_after = ThresholdAfter(scores->rules);
  view::Model model = Around(*scores, families, std::move(chart));
  model.population.description = Say("Families with a baseline; a follow-up lies at least {0} months later", scores->rules.follow_up_months);
  model.alternative = Say("Of {0} families with a baseline {1} were followed; bands as wide as their number lead from the score at baseline to the score at follow-up.", registered, followed);
  model.notes = {Say("A band is as wide as the number of families on it, which stands beside its sign."), ThresholdNote(scores->rules)};
  model.empty = Say("No family has a baseline yet.");
  return model;
}

view::Model Slopes(Reading& reading, const Arguments& arguments, Job&) {
  const auto scores = ScoreStudy(reading);
  view::Chart chart{.kind = view::ChartKind::kSlopes, .category_title = Say("Case"), .value_title = Say("Score")};
  chart.series = {{.key = "baseline", .label = Say("Baseline")}, {.key = "follow_up", .label = Say("Follow-up")}};
  if (!scores) {
    view::Model model;
    model.body = std::move(chart);
    SayNoRules(model);
    return model;
  }
  const auto families = Select(*scores, arguments.Entity("site"));
  const Palette palette = ThePalette(arguments);
  std::vector<const FamilyScore*> followed;
  std::copy_if(families.begin(), families.end(), std::back_inserter(followed), [](const FamilyScore* family) { return family->outcome.has_value(); });
  const bool too_many = followed.size() > kMostLines;
  std::int64_t better = 0, worse = 0;
  for (const auto* family : followed) {
    better += family->after->low < family->before->low;
    worse += family->after->low > family->before->low;
    if (too_many) continue;
    view::Heading heading{.key = ToString(family->study_case), .label = Verbatim(family->code), .entities = {{"case", family->study_case}},
                          .colour = OutcomeColour(family->after->low < family->before->low ? Outcome::kLeft : Outcome::kWorseDeprived, palette),
                          .note = OutcomeLabel(*family->outcome)};
    const view::Target behind{"registrations.case", {{"case", family->study_case}}};
    chart.cells.push_back({{.value = std::int64_t{family->before->low}, .entities = heading.entities, .target = behind},
                           {.value = std::int64_t{family->after->low}, .entities = heading.entities, .target = behind, .glyph = OutcomeGlyph(*family->outcome)}});
    chart.categories.push_back(std::move(heading));
  }
  const auto n = static_cast<std::int64_t>(followed.size());
  chart.legend = {{.key = "better", .label = Say("Better"), .colour = OutcomeColour(Outcome::kLeft, palette), .glyph = "↓", .note = Say("{0}", better)},
                  {.key = "same", .label = Say("Same"), .colour = "#BFBFBF", .glyph = "→", .note = Say("{0}", n - better - worse)},
                  {.key = "worse", .label = Say("Worse"), .colour = OutcomeColour(Outcome::kWorseDeprived, palette), .glyph = "↑", .note = Say("{0}", worse)}};
  chart.threshold_after = ThresholdAfter(scores->rules);
  view::Model model = Around(*scores, families, std::move(chart));
  model.alternative = Say("Of {0} families {1} scored better at follow-up, {2} the same and {3} worse.", n, better, n - better - worse, worse);
  model.notes = {Say("A lower score is better: so many criteria are insufficient."), ThresholdNote(scores->rules)};
  if (too_many) {
    model.empty = Say("{0} families are too many for a line each (at most {1}): choose a site, or look at the flows.", n, kMostLines);
    model.actions.push_back({Say("Flows of the scores"), "indices.alluvial", {}});
    model.notes.clear();
  } else {
    model.empty = Say("No family has an exact score at baseline and at follow-up.");
  }
  return model;
}

view::Model Histogram(Reading& reading, const Arguments& arguments, Job&) {
  const auto scores = ScoreStudy(reading);
  view::Chart chart{.kind = view::ChartKind::kHistogram, .category_title = Say("Score"), .value_title = Say("Families")};
  if (!scores) {
    view::Model model;
    model.body = std::move(chart);
    SayNoRules(model);
    return model;
  }
  const auto families = Select(*scores, arguments.Entity("site"));
  const bool same = arguments.Text("families") != "all";
  chart.categories = ScoreHeadings(scores->rules);
  chart.cells.resize(chart.categories.size());
  std::int64_t n_before = 0, n_after = 0;
  for (std::size_t score = 0; score < chart.categories.size(); ++score) {
    std::vector<const FamilyScore*> before, after;
    for (const auto* family : families) {
      if (same && !family->outcome) continue;
      if (family->before && family->before->exact() && family->before->low == static_cast<int>(score)) before.push_back(family);
      if (family->after && family->after->exact() && family->after->low == static_cast<int>(score)) after.push_back(family);
    }
    const auto cell = [&](const std::vector<const FamilyScore*>& here, const char* parameter) {
      Arguments behind{{parameter, static_cast<std::int64_t>(score)}};
      if (same) behind.Set("followed", std::int64_t{1});
      view::Cell one{.value = static_cast<std::int64_t>(here.size()), .entities = Cases(here)};
      if (!here.empty()) one.target = ScoresWith(arguments, std::move(behind));
      return one;
    };
    chart.cells[score] = {cell(before, "baseline-score"), cell(after, "follow-up-score")};
    n_before += static_cast<std::int64_t>(before.size());
    n_after += static_cast<std::int64_t>(after.size());
  }
  chart.series = {{.key = "baseline", .label = Say("Baseline"), .colour = "#0072B2", .note = Say("n = {0}", n_before)},
                  {.key = "follow_up", .label = Say("Follow-up"), .colour = "#E69F00", .note = Say("n = {0}", n_after)}};
  if (n_before + n_after == 0) chart.categories.clear();
  chart.threshold_after = ThresholdAfter(scores->rules);
  view::Model model = Around(*scores, families, std::move(chart));
  if (!same) model.population.description = Say("Families of the study with an exact score");
  model.alternative = Say("How many families have each score: {0} at baseline, {1} at follow-up.", n_before, n_after);
  model.notes = {ThresholdNote(scores->rules)};
  model.empty = Say("No family has an exact score at baseline and at follow-up.");
  return model;
}

void Add(Registry& registry, std::string id, Message label, Message help, Parameter parameter, view::Model (*build)(Reading&, const Arguments&, Job&)) {
  View view;
  view.id = std::move(id);
  view.kind = view::Kind::kChart;
  view.label = std::move(label);
  view.help = std::move(help);
  view.parameters = {SiteParameter(), std::move(parameter)};
  view.build = build;
  registry.Add(std::move(view));
}

}  // namespace

void AddFlowCharts(Registry& registry) {
  Add(registry, "indices.alluvial", Say("Flows of the scores"), Say("From which score at baseline to which at follow-up families went, and how many were not followed."), PaletteParameter(), &Alluvial);
  Add(registry, "indices.slopes", Say("A line for each family"), Say("Each followed family from its score at baseline to its score at follow-up; at most 60 of them."), PaletteParameter(), &Slopes);
  Add(registry, "indices.histogram", Say("How the scores are spread"), Say("How many families have each score, at baseline and at follow-up."),
      {.name = "families", .type = ParameterType::kChoice, .label = Say("Families"), .live = true,
       .choices = {{"followed", Say("the same at both")}, {"all", Say("all with a score")}}, .fallback = "followed"},
      &Histogram);
}

}  // namespace meerstem::indices
