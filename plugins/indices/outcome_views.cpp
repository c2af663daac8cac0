// Baseline against follow-up: the matrix of scores, and the eight outcomes.

#include "plugins/indices/common.h"
#include "plugins/indices/palette.h"

namespace meerstem::indices {
namespace {

Arguments Narrowed(const Arguments& from, std::initializer_list<std::pair<const std::string, ArgumentValue>> more) {
  Arguments arguments(more);
  if (const auto site = from.Entity("site")) arguments.Set("site", *site);
  return arguments;
}

view::Model Outcomes(Reading& reading, const Arguments& arguments, Job&) {
  view::Model model;
  const std::vector<view::Column> columns = {{"outcome", Say("Outcome")},
                                             {"label", Say("Meaning")},
                                             {"n", Say("n"), view::ColumnType::kInteger},
                                             {"share", Say("Share"), view::ColumnType::kPercent}};
  const auto scores = ScoreStudy(reading);
  if (!scores) {
    model.body = view::Table{columns, view::MakeRows({})};
    SayNoRules(model);
    return model;
  }
  const auto families = Select(*scores, arguments.Entity("site"));
  std::vector<const FamilyScore*> by_outcome[kOutcomes];
  std::size_t n = 0;
  for (const auto* family : families) {
    if (!family->outcome) continue;
    by_outcome[static_cast<int>(*family->outcome)].push_back(family);
    ++n;
  }
  std::vector<view::Row> rows;
  for (int i = 0; i < kOutcomes; ++i) {
    const auto outcome = static_cast<Outcome>(i);
    view::Row row;
    row.key = OutcomeKey(outcome);
    row.entities = Cases(by_outcome[i]);
    row.target = view::Target{"indices.scores", Narrowed(arguments, {{"outcome", row.key}})};
    view::Cell share;
    if (n == 0) {
      share.state = view::State::kUndefined;
      share.why = Say("No family has an exact score at baseline and at follow-up.");
    } else {
      share.value = 100.0 * static_cast<double>(by_outcome[i].size()) / static_cast<double>(n);
    }
    row.cells = {{.value = row.key, .colour = OutcomeColour(outcome), .glyph = OutcomeGlyph(outcome)},
                 {.value = OutcomeLabel(outcome)},
                 {.value = static_cast<std::int64_t>(by_outcome[i].size()), .target = row.target},
                 std::move(share)};
    rows.push_back(std::move(row));
  }
  model.body = view::Table{columns, view::MakeRows(std::move(rows))};
  model.population = PopulationOf(*scores, families);
  model.notes.push_back(Say("Better and worse compare the score at follow-up with that at baseline; deprived is a score of {0} or more. There is no control group: this is change, not effect.",
                            scores->rules.threshold));
  return model;
}

view::Model Transitions(Reading& reading, const Arguments& arguments, Job&) {
  view::Model model;
  view::Matrix matrix;
  matrix.row_title = Say("Score at baseline");
  matrix.column_title = Say("Score at follow-up");
  const auto scores = ScoreStudy(reading);
  if (!scores) {
    model.body = std::move(matrix);
    SayNoRules(model);
    return model;
  }
  const auto families = Select(*scores, arguments.Entity("site"));
  const Palette palette = ThePalette(arguments);
  const std::size_t size = scores->rules.criteria.size() + 1;
  std::vector<std::vector<std::vector<const FamilyScore*>>> cells(size, std::vector<std::vector<const FamilyScore*>>(size));
  std::vector<std::int64_t> down(size), across(size);
  std::int64_t n = 0, better = 0, worse = 0;
  for (const auto* family : families) {
    if (!family->outcome) continue;
    const auto before = static_cast<std::size_t>(family->before->low), after = static_cast<std::size_t>(family->after->low);
    cells[before][after].push_back(family);
    ++down[before];
    ++across[after];
    ++n;
    better += after < before;
    worse += after > before;
  }
  const auto headings = [&](const char* parameter) {
    std::vector<view::Heading> all;
    for (std::size_t score = 0; score < size; ++score) {
      const std::string key = std::to_string(score);
      all.push_back({.key = key,
                     .label = Verbatim(key),
                     .target = view::Target{"indices.scores", Narrowed(arguments, {{"followed", std::int64_t{1}}, {parameter, static_cast<std::int64_t>(score)}})}});
    }
    return all;
  };
  matrix.rows = headings("baseline-score");
  matrix.columns = headings("follow-up-score");
  for (std::size_t before = 0; before < size; ++before) {
    auto& row = matrix.cells.emplace_back();
    for (std::size_t after = 0; after < size; ++after) {
      const auto& here = cells[before][after];
      const Outcome outcome = Classify(static_cast<int>(before), static_cast<int>(after), scores->rules.threshold);
      view::Cell cell;
      cell.colour = OutcomeColour(outcome, palette);
      cell.glyph = OutcomeGlyph(outcome);
      // Nobody here is a number too: whoever adds up the cells finds n.
      cell.value = static_cast<std::int64_t>(here.size());
      if (here.empty()) {
        cell.alternative = Say("From {0} to {1}: no family.", before, after);
      } else {
        cell.why = OutcomeLabel(outcome);
        cell.entities = Cases(here);
        cell.alternative = SayCount("{0} family, from {1} to {2}: {3}", "{0} families, from {1} to {2}: {3}", static_cast<std::int64_t>(here.size()), before, after,
                                    OutcomeLabel(outcome));
        cell.target = view::Target{"indices.scores", Narrowed(arguments, {{"baseline-score", static_cast<std::int64_t>(before)},
                                                                          {"follow-up-score", static_cast<std::int64_t>(after)}})};
      }
      row.push_back(std::move(cell));
    }
    matrix.row_totals.push_back({.value = down[before]});
    matrix.column_totals.push_back({.value = across[before]});
  }
  matrix.total = view::Cell{.value = n};
  matrix.threshold_after = static_cast<std::size_t>(scores->rules.threshold - 1);
  matrix.diagonal = true;
  matrix.blank_zeros = true;
  std::int64_t counts[kOutcomes] = {};
  for (const auto* family : families) {
    if (family->outcome) ++counts[static_cast<int>(*family->outcome)];
  }
  matrix.legend = OutcomeLegend(counts, palette);
  model.body = std::move(matrix);
  model.population = PopulationOf(*scores, families);
  AddDates(model.population, families);
  model.alternative = Say("Of {0} families {1} scored better at follow-up, {2} the same and {3} worse.", n, better, n - better - worse, worse);
  model.notes.push_back(Say("The lines stand at the threshold: a score of {0} or more is deprived.", scores->rules.threshold));
  return model;
}

}  // namespace

void AddOutcomeViews(Registry& registry) {
  View outcomes;
  outcomes.id = "indices.outcomes";
  outcomes.kind = view::Kind::kTable;
  outcomes.label = Say("Outcomes");
  outcomes.help = Say("How many families left, improved, stayed or got worse between baseline and follow-up, under the rule set in use.");
  outcomes.parameters = {SiteParameter()};
  outcomes.build = &Outcomes;
  registry.Add(std::move(outcomes));

  View transitions;
  transitions.id = "indices.transitions";
  transitions.kind = view::Kind::kMatrix;
  transitions.label = Say("Baseline against follow-up");
  transitions.help = Say("Every followed family by its score at baseline (down) and at follow-up (across).");
  transitions.parameters = {SiteParameter(), PaletteParameter()};
  transitions.build = &Transitions;
  registry.Add(std::move(transitions));
}

}  // namespace meerstem::indices
