// What moved: items that carried progress and decline, change per person, an item's points before and after, and flows
// over the threshold.
#include <algorithm>

#include "plugins/indices/changes.h"
#include "plugins/indices/common.h"

namespace meerstem::indices {
namespace {

using view::ColumnType;

constexpr std::int64_t kLeastForPercent = 10;

view::Cell Whole(std::int64_t value) { return {.value = value}; }

view::Cell Percent(std::int64_t count, std::int64_t n) {
  if (n == 0) return {.state = view::State::kUndefined, .why = Say("No one answered.")};
  if (n < kLeastForPercent) return {.state = view::State::kUndefined, .why = Say("n is below {0}: counts only.", kLeastForPercent)};
  return {.value = 100.0 * static_cast<double>(count) / static_cast<double>(n)};
}

std::vector<AnswerPair> At(const Changes& changes, const ItemChange& change, const std::optional<Id>& site) {
  std::vector<AnswerPair> pairs;
  for (const auto& pair : change.pairs) {
    if (!site || changes.scores.families[pair.family].site == site) pairs.push_back(pair);
  }
  return pairs;
}

std::size_t FamiliesOf(const std::vector<AnswerPair>& pairs) {
  std::vector<std::size_t> families;
  for (const auto& pair : pairs) families.push_back(pair.family);
  std::sort(families.begin(), families.end());
  return static_cast<std::size_t>(std::unique(families.begin(), families.end()) - families.begin());
}

view::Row ItemRow(const Changes& changes, const ItemChange& change) {
  const Item& item = changes.instrument.items[change.item];
  view::Row row{.key = item.key, .entities = {{"item", item.id}}, .target = view::Target{"indices.item-changes", {{"item", item.id}}}};
  row.cells = {{.value = Verbatim(item.name)}, {.value = LevelLabel(item.level)}};
  return row;
}

view::Model Empty(std::vector<view::Column> columns) {
  view::Model model;
  model.body = view::Table{std::move(columns), view::MakeRows({})};
  SayNoRules(model);
  return model;
}

view::Model Contributions(Reading& reading, const Arguments& arguments, Job&) {
  const std::vector<view::Column> columns = {{"item", Say("Item")},
                                             {"level", Say("Level")},
                                             {"n", Say("n"), ColumnType::kInteger},
                                             {"progress", Say("Progress"), ColumnType::kInteger},
                                             {"progress_share", Say("Progress (%)"), ColumnType::kPercent},
                                             {"decline", Say("Decline"), ColumnType::kInteger},
                                             {"decline_share", Say("Decline (%)"), ColumnType::kPercent},
                                             {"progress_in_better", Say("Progress in families that got better"), ColumnType::kInteger},
                                             {"decline_in_worse", Say("Decline in families that got worse"), ColumnType::kInteger},
                                             {"carried", Say("Carried"), ColumnType::kPercent}};
  const auto changes = CollectChanges(reading);
  if (!changes) return Empty(columns);
  const auto site = arguments.Entity("site");
  std::vector<std::pair<std::int64_t, view::Row>> ranked;
  for (const auto& change : changes->items) {
    const auto pairs = At(*changes, change, site);
    const Directions d = Count(pairs);
    std::int64_t helped = 0, hurt = 0, carried = 0;
    for (const auto& pair : pairs) {
      const FamilyScore& family = changes->scores.families[pair.family];
      const int score = family.outcome ? family.before->low - family.after->low : 0;
      helped += score > 0 && pair.change() > 0;
      hurt += score < 0 && pair.change() < 0;
      carried += pair.carried;
    }
    view::Row row = ItemRow(*changes, change);
    for (auto& cell : {Whole(d.n()), Whole(d.better), Percent(d.better, d.n()), Whole(d.worse), Percent(d.worse, d.n()), Whole(helped), Whole(hurt), Percent(carried, d.n())}) row.cells.push_back(cell);
    ranked.emplace_back(d.better, std::move(row));
  }
  std::stable_sort(ranked.begin(), ranked.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
  std::vector<view::Row> rows;
  for (auto& [progress, row] : ranked) rows.push_back(std::move(row));
  view::Model model;
  model.body = view::Table{columns, view::MakeRows(std::move(rows))};
  model.population = PopulationOf(changes->scores, Select(changes->scores, site));
  model.notes.push_back(Say("Most progress first. n counts households, adults or children with a known answer at baseline and at follow-up; a higher point is progress."));
  return model;
}

view::Model Change(Reading& reading, const Arguments& arguments, Job&) {
  const std::vector<view::Column> columns = {{"item", Say("Item")},
                                             {"level", Say("Level")},
                                             {"n", Say("n"), ColumnType::kInteger},
                                             {"families", Say("Families"), ColumnType::kInteger},
                                             {"better", Say("Better"), ColumnType::kInteger},
                                             {"same", Say("Same"), ColumnType::kInteger},
                                             {"worse", Say("Worse"), ColumnType::kInteger},
                                             {"better_share", Say("Better (%)"), ColumnType::kPercent},
                                             {"same_share", Say("Same (%)"), ColumnType::kPercent},
                                             {"worse_share", Say("Worse (%)"), ColumnType::kPercent},
                                             {"carried", Say("Carried"), ColumnType::kPercent},
                                             {"not_applicable", Say("Not applicable"), ColumnType::kInteger},
                                             {"missing", Say("Missing"), ColumnType::kInteger}};
  std::vector<std::string> keys;
  for (const auto& id : arguments.Entities("item")) {
    auto row = reading.Query("SELECT key FROM item WHERE id = ?", id);
    if (row.Step()) keys.push_back(row.Text(0));
  }
  const auto changes = CollectChanges(reading, keys);
  if (!changes) return Empty(columns);
  const auto site = arguments.Entity("site");
  std::vector<view::Row> rows;
  for (const auto& change : changes->items) {
    const auto pairs = At(*changes, change, site);
    const Directions d = Count(pairs);
    const auto carried = std::count_if(pairs.begin(), pairs.end(), [](const AnswerPair& pair) { return pair.carried; });
    view::Row row = ItemRow(*changes, change);
    for (auto& cell : {Whole(d.n()), Whole(static_cast<std::int64_t>(FamiliesOf(pairs))), Whole(d.better), Whole(d.same), Whole(d.worse), Percent(d.better, d.n()), Percent(d.same, d.n()),
                       Percent(d.worse, d.n()), Percent(carried, d.n())}) {
      row.cells.push_back(cell);
    }
    // These were counted over all sites.
    row.cells.push_back(site ? view::Cell{.state = view::State::kEmpty} : Whole(change.not_applicable));
    row.cells.push_back(site ? view::Cell{.state = view::State::kEmpty} : Whole(change.missing));
    rows.push_back(std::move(row));
  }
  view::Model model;
  model.body = view::Table{columns, view::MakeRows(std::move(rows))};
  model.population = PopulationOf(changes->scores, Select(changes->scores, site));
  model.notes.push_back(Say("Each person with a known answer at baseline and at follow-up counts once; persons of one family are not independent of each other."));
  return model;
}

view::Model ItemChanges(Reading& reading, const Arguments& arguments, Job&) {
  view::Model model;
  view::Matrix matrix;
  matrix.row_title = Say("At baseline");
  matrix.column_title = Say("At follow-up");
  matrix.diagonal = true;
  matrix.blank_zeros = true;
  auto key = reading.Query("SELECT key FROM item WHERE id = ?", *arguments.Entity("item"));
  const auto changes = key.Step() ? CollectChanges(reading, {key.Text(0)}) : std::nullopt;
  if (!changes) {
    model.body = std::move(matrix);
    SayNoRules(model);
    return model;
  }
  const ItemChange& change = changes->items.front();
  const Item& item = changes->instrument.items[change.item];
  const auto pairs = At(*changes, change, arguments.Entity("site"));
  for (const auto& point : item.points) {
    matrix.rows.push_back({.key = std::to_string(point.value), .label = Say("{0}. {1}", point.value, point.label)});
  }
  matrix.columns = matrix.rows;
  const std::size_t size = item.points.size();
  std::vector<std::vector<std::vector<view::Entity>>> behind(size, std::vector<std::vector<view::Entity>>(size));
  std::vector<std::vector<std::int64_t>> counts(size, std::vector<std::int64_t>(size));
  const auto place = [&](int value) {
    return static_cast<std::size_t>(std::find_if(item.points.begin(), item.points.end(), [&](const ScalePoint& point) { return point.value == value; }) - item.points.begin());
  };
  std::int64_t unscaled = 0;
  for (const auto& pair : pairs) {
    const std::size_t before = place(pair.before), after = place(pair.after);
    if (before == size || after == size) {
      ++unscaled;
      continue;
    }
    ++counts[before][after];
    auto& entities = behind[before][after];
    const view::Entity family{"case", changes->scores.families[pair.family].study_case};
    if (entities.empty() || entities.back() != family) entities.push_back(family);
  }
  std::int64_t n = 0;
  std::vector<std::int64_t> across(size);
  for (std::size_t before = 0; before < size; ++before) {
    auto& row = matrix.cells.emplace_back();
    std::int64_t total = 0;
    for (std::size_t after = 0; after < size; ++after) {
      view::Cell cell = Whole(counts[before][after]);
      const int moved = item.points[after].value - item.points[before].value;
      cell.colour = moved > 0 ? OutcomeColour(Outcome::kImprovedDeprived) : moved < 0 ? OutcomeColour(Outcome::kWorseDeprived) : OutcomeColour(Outcome::kSameNever);
      cell.glyph = moved > 0 ? "↑" : moved < 0 ? "↓" : "=";
      cell.entities = behind[before][after];
      total += counts[before][after];
      across[after] += counts[before][after];
      row.push_back(std::move(cell));
    }
    n += total;
    matrix.row_totals.push_back(Whole(total));
  }
  for (const auto total : across) matrix.column_totals.push_back(Whole(total));
  matrix.total = Whole(n);
  const Directions d = Count(pairs);
  model.title = Say("{0}: baseline against follow-up", ItemLabel(item));
  model.alternative = Say("Of {0} answers {1} got better, {2} stayed the same and {3} got worse.", d.n(), d.better, d.same, d.worse);
  model.body = std::move(matrix);
  model.population = PopulationOf(changes->scores, Select(changes->scores, arguments.Entity("site")));
  model.population.facts.push_back({"answers", Say("Answers at both"), d.n()});
  if (unscaled > 0) model.notes.push_back(Say("Left out because the scale has no such point: {0}", unscaled));
  return model;
}

/// Where a score lies: below the threshold, on or up to one above it, or deeper.
std::size_t Band(int score, int threshold) { return score < threshold ? 0 : score <= threshold + 1 ? 1 : 2; }

view::Model Flows(Reading& reading, const Arguments& arguments, Job&) {
  view::Model model;
  view::Matrix matrix;
  matrix.row_title = Say("At baseline");
  matrix.column_title = Say("At follow-up");
  const auto scores = ScoreStudy(reading);
  if (!scores) {
    model.body = std::move(matrix);
    SayNoRules(model);
    return model;
  }
  const int threshold = scores->rules.threshold;
  const auto families = Select(*scores, arguments.Entity("site"));
  const std::vector<view::Heading> bands = {{.key = "not", .label = Say("not deprived (below {0})", threshold)},
                                            {.key = "deprived", .label = Say("deprived ({0} or {1})", threshold, threshold + 1)},
                                            {.key = "heavily", .label = Say("heavily deprived (more than {0})", threshold + 1)}};
  matrix.rows = matrix.columns = bands;
  matrix.rows.push_back({.key = "undetermined", .label = Say("Undetermined")});
  matrix.columns.push_back({.key = "undetermined", .label = Say("Undetermined")});
  matrix.columns.push_back({.key = "not_followed", .label = Say("Not followed")});
  const auto band = [&](const Score& score) { return score.exact() ? Band(score.low, threshold) : bands.size(); };
  std::vector<std::vector<view::Cell>> cells(matrix.rows.size(), std::vector<view::Cell>(matrix.columns.size(), Whole(0)));
  std::int64_t n = 0;
  for (const auto* family : families) {
    if (!family->before) continue;
    const std::size_t before = band(*family->before), after = family->after ? band(*family->after) : bands.size() + 1;
    view::Cell& cell = cells[before][after];
    cell.value = std::get<std::int64_t>(cell.value) + 1;
    cell.entities.push_back({"case", family->study_case});
    ++n;
  }
  std::vector<std::int64_t> down(matrix.columns.size());
  for (const auto& row : cells) {
    std::int64_t total = 0;
    for (std::size_t i = 0; i < row.size(); ++i) {
      total += std::get<std::int64_t>(row[i].value);
      down[i] += std::get<std::int64_t>(row[i].value);
    }
    matrix.row_totals.push_back(Whole(total));
  }
  for (const auto total : down) matrix.column_totals.push_back(Whole(total));
  matrix.total = Whole(n);
  matrix.cells = std::move(cells);
  model.body = std::move(matrix);
  model.population = PopulationOf(*scores, families);
  model.notes.push_back(Say("Every family that was registered stands in one cell; those that were not followed have a column of their own."));
  return model;
}

Parameter ItemParameter(bool required, bool list) {
  return {.name = "item", .type = ParameterType::kEntity, .label = Say("Item"), .required = required, .list = list, .entity_kind = "item"};
}

}  // namespace

void AddChangeViews(Registry& registry) {
  View contributions;
  contributions.id = "indices.contributions";
  contributions.kind = view::Kind::kTable;
  contributions.label = Say("Items that carried change");
  contributions.help = Say("Which items moved most, and in which direction, between baseline and follow-up.");
  contributions.parameters = {SiteParameter()};
  contributions.build = &Contributions;
  registry.Add(std::move(contributions));

  View change;
  change.id = "indices.change";
  change.kind = view::Kind::kTable;
  change.label = Say("Change per person");
  change.help = Say("For stress, care, leisure or any other item: how many persons got better, stayed the same or got worse.");
  change.parameters = {ItemParameter(false, true), SiteParameter()};
  change.build = &Change;
  registry.Add(std::move(change));

  View item;
  item.id = "indices.item-changes";
  item.kind = view::Kind::kMatrix;
  item.label = Say("An item before and after");
  item.help = Say("The points of one item at baseline (down) and at follow-up (across).");
  item.parameters = {ItemParameter(true, false), SiteParameter()};
  item.build = &ItemChanges;
  item.in_navigator = false;
  registry.Add(std::move(item));

  View flows;
  flows.id = "indices.flows";
  flows.kind = view::Kind::kMatrix;
  flows.label = Say("Flows over the threshold");
  flows.help = Say("From not deprived, deprived and heavily deprived at baseline to the same at follow-up, with those who were not followed.");
  flows.parameters = {SiteParameter()};
  flows.build = &Flows;
  registry.Add(std::move(flows));
}

}  // namespace meerstem::indices
