// What goes together: better, same and worse over groups of families, and two items over each other. Counts and effect sizes
// first, p-values once they are revealed.
#include <algorithm>
#include <unordered_map>

#include "core/base/error.h"
#include "core/statistics/association.h"
#include "core/statistics/contingency.h"
#include "plugins/indices/changes.h"
#include "plugins/indices/common.h"
#include "plugins/indices/plan.h"

namespace meerstem::indices {
namespace {

constexpr std::int64_t kLeastForTests = 10;
/// Below, the χ² approximation is not to be trusted.
constexpr double kLeastExpected = 5;

/// A p-value, or why there is none.
Value PValue(bool revealed, std::int64_t n, const std::optional<double>& p) {
  if (n < kLeastForTests) return Say("n is below {0}: counts only.", kLeastForTests);
  if (!p) return Say("does not exist here: one of the two does not vary");
  if (!revealed) return Say("not revealed yet");
  return *p;
}

Value Effect(const std::optional<double>& value) {
  if (!value) return Say("does not exist here: one of the two does not vary");
  return *value;
}

void AddTotals(view::Matrix& matrix, const statistics::Counts& counts) {
  std::vector<std::int64_t> across(matrix.columns.size());
  std::int64_t n = 0;
  for (const auto& row : counts) {
    std::int64_t total = 0;
    for (std::size_t i = 0; i < row.size(); ++i) {
      total += row[i];
      across[i] += row[i];
    }
    n += total;
    matrix.row_totals.push_back({.value = total});
  }
  for (const auto total : across) matrix.column_totals.push_back({.value = total});
  matrix.total = view::Cell{.value = n};
}

/// The group of each family, and the groups.
struct Groups {
  std::vector<Group> groups;
  std::unordered_map<Id, std::size_t> of;  ///< By case or by site.
  bool by_site = false;
};

Groups GroupsBy(const Registry& registry, Reading& reading, const std::string& id) {
  const Dimension* dimension = registry.FindDimension(id);
  if (!dimension || (dimension->unit != "case" && dimension->unit != "site")) {
    throw Refuse("“{0}” does not group families; split by site, outcome or another grouping of cases.", id);
  }
  Grouping grouping = dimension->groups(reading);
  Groups groups{std::move(grouping.groups), {}, dimension->unit == "site"};
  for (const auto& [member, group] : grouping.members) groups.of.emplace(member, group);
  return groups;
}

view::Model ByGroup(const Registry& registry, Reading& reading, const Arguments& arguments, Job&) {
  view::Model model;
  view::Matrix matrix;
  matrix.row_title = Say("Group");
  matrix.column_title = Say("Change");
  const auto scores = ScoreStudy(reading);
  if (!scores) {
    model.body = std::move(matrix);
    SayNoRules(model);
    return model;
  }
  const Groups groups = GroupsBy(registry, reading, arguments.Text("by"));
  const std::pair<const char*, Message> kColumns[] = {{"better", Say("Better")}, {"same", Say("Same")}, {"worse", Say("Worse")}};
  for (const auto& [key, label] : kColumns) matrix.columns.push_back({.key = key, .label = label});
  for (const auto& group : groups.groups) matrix.rows.push_back({.key = group.key, .label = group.label, .entities = group.entities, .colour = group.colour, .glyph = group.glyph});
  statistics::Counts counts(matrix.rows.size(), std::vector<std::int64_t>(3));
  matrix.cells.assign(matrix.rows.size(), std::vector<view::Cell>(3, view::Cell{.value = std::int64_t{0}}));
  std::int64_t n = 0, outside = 0;
  for (const auto& family : scores->families) {
    if (!family.outcome) continue;
    const auto unit = groups.by_site ? family.site : std::optional(family.study_case);
    const auto group = unit ? groups.of.find(*unit) : groups.of.end();
    if (group == groups.of.end()) {
      ++outside;
      continue;
    }
    const int change = family.before->low - family.after->low;
    const std::size_t column = change > 0 ? 0 : change == 0 ? 1 : 2;
    ++counts[group->second][column];
    ++n;
    auto& cell = matrix.cells[group->second][column];
    cell.value = counts[group->second][column];
    cell.entities.push_back({"case", family.study_case});
  }
  AddTotals(matrix, counts);
  const AnalysisPlan plan = CurrentPlan(reading);
  const auto reveal = TheReveal(reading);
  model.population = PopulationOf(*scores, Select(*scores, std::nullopt));
  auto& facts = model.population.facts;
  const auto independence = statistics::TestIndependence(counts);
  facts.push_back({"v", Say("Cramér's V, corrected for bias"), Effect(independence ? independence->v_corrected : std::nullopt)});
  const auto fisher = independence && n >= kLeastForTests ? statistics::TestFisher(counts, static_cast<std::uint64_t>(plan.seed)) : std::nullopt;
  facts.push_back({"fisher_p", fisher && !fisher->exact ? Say("Fisher's exact test, p (Monte Carlo, 99,999 tables)") : Say("Fisher's exact test, p"),
                   PValue(reveal.has_value(), n, fisher ? std::optional(fisher->p) : std::nullopt)});
  if (independence && independence->least_expected >= kLeastExpected) {
    facts.push_back({"chi_square_p", Say("χ² on {0} df, p", independence->df), PValue(reveal.has_value(), n, independence->p)});
  }
  SayPlan(model, plan, reveal, scores->rules);
  model.alternative = Say("Of {0} families, better, same and worse by group.", n);
  model.notes.push_back(Say("An association between groups is not an effect: families were not assigned to them."));
  if (outside > 0) model.notes.push_back(SayCount("{0} family is in none of the groups.", "{0} families are in none of the groups.", outside));
  model.empty = Say("No family has an exact score at baseline and at follow-up.");
  model.body = std::move(matrix);
  return model;
}

/// Two items of the same household or person at one moment.
struct Paired {
  std::size_t family = 0;
  int first = 0, second = 0;
};

struct Items {
  const Item* first = nullptr;
  const Item* second = nullptr;
};

Items ItemsAsked(const Instrument& instrument, const Arguments& arguments) {
  const Items items{instrument.Find(*arguments.Entity("item")), instrument.Find(*arguments.Entity("with"))};
  if (!items.first || !items.second) throw Refuse("Both items must belong to “{0}”, the instrument of the rule set in use.", instrument.key);
  if (items.first == items.second) throw Refuse("Choose two different items.");
  const std::string &one = items.first->level, &other = items.second->level;
  if (one != other && one != "household" && other != "household") throw Refuse("An item about adults and one about children have no person in common.");
  return items;
}

std::vector<Paired> Pairs(Reading& reading, const StudyScores& scores, const Instrument& instrument, const Items& items, bool follow_up, const std::optional<Id>& site) {
  std::unordered_map<Id, std::size_t> places;
  for (std::size_t i = 0; i < scores.families.size(); ++i) places[scores.families[i].study_case] = i;
  std::vector<Paired> pairs;
  const std::vector<std::size_t> wanted = {static_cast<std::size_t>(items.first - instrument.items.data()), static_cast<std::size_t>(items.second - instrument.items.data())};
  WalkHistories(reading, instrument, wanted, [&](const History& history) {
    const auto place = places.find(history.study_case);
    if (place == places.end()) return;
    const FamilyScore& family = scores.families[place->second];
    const auto& when = follow_up ? family.follow_up : family.baseline;
    if (!when || (site && family.site != site)) return;
    const auto at = static_cast<std::size_t>(std::find_if(history.registrations.begin(), history.registrations.end(), [&](const Registration& one) { return one.id == when->id; }) -
                                             history.registrations.begin());
    const std::string& level = items.first->level == "household" ? items.second->level : items.first->level;
    for (std::size_t slot = 0; slot < history.slots(); ++slot) {
      if (level == "household" ? slot > 0 : slot == 0) continue;
      if (slot > 0 && ((*history.members)[slot - 1].role != level || !(*history.members)[slot - 1].PresentOn(when->date))) continue;
      const Stand& first = history.At(at, 0, items.first->level == "household" ? 0 : slot);
      const Stand& second = history.At(at, 1, items.second->level == "household" ? 0 : slot);
      if (first.has_value() && second.has_value()) pairs.push_back({place->second, first.value, second.value});
    }
  });
  return pairs;
}

view::Model Association(Reading& reading, const Arguments& arguments, Job&) {
  view::Model model;
  view::Matrix matrix;
  matrix.blank_zeros = true;
  const auto scores = ScoreStudy(reading);
  const auto instrument = scores ? InstrumentOfKey(reading, scores->rules.instrument) : std::nullopt;
  if (!instrument) {
    model.body = std::move(matrix);
    SayNoRules(model);
    return model;
  }
  const Items items = ItemsAsked(*instrument, arguments);
  const bool follow_up = arguments.Text("moment") == "follow_up";
  const auto pairs = Pairs(reading, *scores, *instrument, items, follow_up, arguments.Entity("site"));
  const auto headings = [](const Item& item) {
    std::vector<view::Heading> all;
    for (const auto& point : item.points) all.push_back({.key = std::to_string(point.value), .label = Say("{0}. {1}", point.value, point.label)});
    return all;
  };
  matrix.row_title = ItemLabel(*items.first);
  matrix.column_title = ItemLabel(*items.second);
  matrix.rows = headings(*items.first);
  matrix.columns = headings(*items.second);
  statistics::Counts counts(matrix.rows.size(), std::vector<std::int64_t>(matrix.columns.size()));
  matrix.cells.assign(matrix.rows.size(), std::vector<view::Cell>(matrix.columns.size(), view::Cell{.value = std::int64_t{0}}));
  const auto place = [](const Item& item, int value) {
    return static_cast<std::size_t>(std::find_if(item.points.begin(), item.points.end(), [&](const ScalePoint& point) { return point.value == value; }) - item.points.begin());
  };
  std::vector<double> first, second;
  for (const auto& pair : pairs) {
    const std::size_t row = place(*items.first, pair.first), column = place(*items.second, pair.second);
    if (row == matrix.rows.size() || column == matrix.columns.size()) continue;
    first.push_back(pair.first);
    second.push_back(pair.second);
    auto& cell = matrix.cells[row][column];
    cell.value = ++counts[row][column];
    const view::Entity family{"case", scores->families[pair.family].study_case};
    if (cell.entities.empty() || cell.entities.back() != family) cell.entities.push_back(family);
  }
  AddTotals(matrix, counts);
  const auto n = static_cast<std::int64_t>(first.size());
  const AnalysisPlan plan = CurrentPlan(reading);
  const auto reveal = TheReveal(reading);
  const auto kendall = statistics::KendallTau(first, second);
  const auto spearman = statistics::SpearmanRho(first, second);
  model.population = PopulationOf(*scores, Select(*scores, arguments.Entity("site")));
  auto& facts = model.population.facts;
  facts.push_back({"pairs", Say("Answers to both"), n});
  facts.push_back({"tau_b", Say("Kendall's τ-b"), Effect(kendall ? std::optional(kendall->tau_b) : std::nullopt)});
  facts.push_back({"tau_b_p", Say("Kendall's τ-b, p"), PValue(reveal.has_value(), n, kendall ? std::optional(kendall->p) : std::nullopt)});
  facts.push_back({"rho", Say("Spearman's ρ"), Effect(spearman ? std::optional(spearman->rho) : std::nullopt)});
  SayPlan(model, plan, reveal, scores->rules);
  model.title = Say("{0} and {1}", items.first->name, items.second->name);
  model.alternative = Say("Of {0} answers to both items, how many stand at each pair of points.", n);
  if (items.first->level != "household" || items.second->level != "household") {
    model.notes.push_back(Say("Each person counts once, and persons of one family are not independent of each other: the p is too small where families have several."));
  }
  model.empty = Say("Nobody has an answer to both items.");
  model.body = n == 0 ? view::Matrix{} : std::move(matrix);
  return model;
}

Parameter OneItem(std::string name, Message label) {
  return {.name = std::move(name), .type = ParameterType::kEntity, .label = std::move(label), .required = true, .entity_kind = "item"};
}

}  // namespace

void AddAssociationViews(Registry& registry) {
  View groups;
  groups.id = "indices.by-group";
  groups.kind = view::Kind::kMatrix;
  groups.label = Say("Change by group");
  groups.help = Say("Better, same and worse in each group of families, with Fisher's exact test and Cramér's V.");
  groups.parameters = {DimensionParameter(registry.whole(), "by", Say("Group by"), "site")};
  groups.parameters.front().live = true;
  groups.build = [&whole = registry.whole()](Reading& reading, const Arguments& arguments, Job& job) { return ByGroup(whole, reading, arguments, job); };
  registry.Add(std::move(groups));

  View association;
  association.id = "indices.association";
  association.kind = view::Kind::kMatrix;
  association.label = Say("Two items over each other");
  association.help = Say("How the points of two items go together at baseline or at follow-up, with Kendall's τ-b and Spearman's ρ.");
  association.parameters = {OneItem("item", Say("Item")), OneItem("with", Say("With")),
                            {.name = "moment", .type = ParameterType::kChoice, .label = Say("Moment"), .live = true,
                             .choices = {{"baseline", Say("Baseline")}, {"follow_up", Say("Follow-up")}}, .fallback = "baseline"},
                            SiteParameter()};
  association.in_navigator = false;
  association.build = &Association;
  registry.Add(std::move(association));
}

}  // namespace meerstem::indices
