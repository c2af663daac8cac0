// What changed, tested: counts and effect sizes first, intervals and p-values only once they are revealed.
#include <cmath>
#include <map>

#include "core/statistics/mcnemar.h"
#include "core/statistics/resampling.h"
#include "core/statistics/sign.h"
#include "core/statistics/square.h"
#include "plugins/indices/changes.h"
#include "plugins/indices/common.h"
#include "plugins/indices/plan.h"

namespace meerstem::indices {
namespace {

using statistics::Interval;
using statistics::Sides;

constexpr std::int64_t kLeastForTests = 10;
/// Below, a two-sided exact test cannot reach .05.
constexpr std::int64_t kLeastDiscordant = 6;

/// A line of the table before it is shown.
struct Line {
  std::string key;
  std::string scope;        ///< score, criterion, or an item's level: what is adjusted together.
  Message what;
  Message test;
  Directions directions;
  Message effect_name;
  std::optional<double> effect;
  bool effect_is_test = false;     ///< A test statistic, not a size: behind the reveal like its p.
  std::optional<Interval> interval;
  std::optional<double> p;
  std::optional<double> adjusted;
  Message refused;          ///< Why there is no test.
  std::optional<double> carried;   ///< Percent of the pairs.
  std::optional<Directions> without_carried;
  std::optional<view::Target> target;
  std::vector<view::Entity> entities;
};

/// Fewer than these are counted, not tested.
Message Refusal(const Directions& directions, bool changes_matter) {
  if (directions.n() < kLeastForTests) return Say("n is below {0}: counts only.", kLeastForTests);
  if (changes_matter && directions.better + directions.worse < kLeastDiscordant) return Say("Too few changes to test: {0}, of at least {1}.", directions.better + directions.worse, kLeastDiscordant);
  return {};
}

class Tester {
 public:
  Tester(const Changes& changes, const AnalysisPlan& plan, const std::optional<Id>& site) : changes_(changes), plan_(plan) {
    for (std::size_t i = 0; i < changes.scores.families.size(); ++i) in_.push_back(!site || changes.scores.families[i].site == site);
  }

  std::vector<Line> Run(const std::optional<StudyScores>& without_carried) {
    Score(without_carried);
    for (std::size_t i = 0; i < changes_.scores.rules.criteria.size(); ++i) Criterion(i);
    for (const auto& item : changes_.items) ItemLine(item);
    Adjust();
    return std::move(lines_);
  }

 private:
  const RuleSet& rules() const { return changes_.scores.rules; }
  std::uint64_t seed() const { return static_cast<std::uint64_t>(plan_.seed); }

  /// The change of the score by the planned test and by the others, better counted as positive.
  void Score(const std::optional<StudyScores>& without_carried) {
    std::vector<double> differences;
    Directions directions, left, got_better;
    const std::size_t size = rules().criteria.size() + 1;
    statistics::Counts matrix(size, std::vector<std::int64_t>(size));
    statistics::PairedTable deprived;
    for (std::size_t i = 0; i < in_.size(); ++i) {
      const FamilyScore& family = changes_.scores.families[i];
      if (!in_[i] || !family.outcome) continue;
      const int change = family.before->low - family.after->low;
      differences.push_back(change);
      directions.Add(change);
      ++matrix[static_cast<std::size_t>(family.before->low)][static_cast<std::size_t>(family.after->low)];
      const bool before = family.before->deprived == Deprivation::kYes, after = family.after->deprived == Deprivation::kYes;
      ++(before ? (after ? deprived.n11 : deprived.n12) : (after ? deprived.n21 : deprived.n22));
    }
    Line shared{.scope = "score", .what = Say("Criteria score"), .directions = directions, .target = view::Target{"indices.transitions", {}}};
    if (without_carried) shared.without_carried = DirectionsOf(*without_carried);
    for (const auto test : {AnalysisPlan::Test::kSign, AnalysisPlan::Test::kWilcoxon, AnalysisPlan::Test::kPermutation}) {
      Line line = shared;
      line.test = test == plan_.test ? Say("{0} (planned)", TestLabel(test)) : Say("{0} (for comparison)", TestLabel(test));
      line.key = test == AnalysisPlan::Test::kSign ? "score/sign" : test == AnalysisPlan::Test::kWilcoxon ? "score/wilcoxon" : "score/mean";
      Fill(line, test, differences, {});
      lines_.push_back(std::move(line));
    }
    Share(shared, "better", Say("Share that got better"), directions.better);
    Share(shared, "worse", Say("Share that got worse"), directions.worse);
    Share(shared, "left", Say("Share that left deprivation"), deprived.n12);
    Line threshold = shared;
    threshold.key = "score/deprived";
    threshold.what = Say("Deprived or not");
    threshold.without_carried.reset();
    FillPaired(threshold, deprived);
    lines_.push_back(std::move(threshold));
    Line margins = shared;
    margins.key = "score/margins";
    margins.what = Say("Distribution of the score");
    margins.test = Say("Stuart–Maxwell");
    margins.refused = Refusal(directions, true);
    if (const auto result = statistics::TestMargins(matrix); result && margins.refused.empty()) {
      margins.effect_name = Say("χ² on {0} df", result->df);
      margins.effect = result->stuart;
      margins.effect_is_test = true;
      margins.p = result->stuart_p;
    }
    lines_.push_back(std::move(margins));
  }

  Directions DirectionsOf(const StudyScores& scores) const {
    Directions directions;
    for (std::size_t i = 0; i < in_.size(); ++i) {
      const FamilyScore& family = scores.families[i];
      if (in_[i] && family.outcome) directions.Add(family.before->low - family.after->low);
    }
    return directions;
  }

  void Share(const Line& shared, const std::string& key, Message what, std::int64_t count) {
    Line line = shared;
    line.key = "score/" + key;
    line.what = std::move(what);
    line.test = Say("Wilson interval");
    line.without_carried.reset();
    line.refused = Refusal(shared.directions, false);
    if (line.refused.empty()) {
      line.effect_name = Say("share");
      line.effect = static_cast<double>(count) / static_cast<double>(shared.directions.n());
      line.interval = statistics::Wilson(count, shared.directions.n(), plan_.confidence);
    }
    lines_.push_back(std::move(line));
  }

  /// One test of differences; `household` tells which flip together.
  void Fill(Line& line, AnalysisPlan::Test test, const std::vector<double>& differences, const std::vector<std::size_t>& household) {
    line.refused = Refusal(line.directions, true);
    if (line.directions.n() < kLeastForTests) return;
    const auto signs = statistics::TestSigns(line.directions.better, line.directions.worse, line.directions.same, plan_.sides, plan_.confidence);
    switch (test) {
      case AnalysisPlan::Test::kSign:
        line.effect_name = Say("PSdep (better + ½ same)");
        line.effect = signs->superiority;
        if (line.refused.empty()) line.p = signs->p_exact;
        break;
      case AnalysisPlan::Test::kWilcoxon: {
        const auto ranks = statistics::TestSignedRanks(differences, plan_.zeros, plan_.sides);
        line.effect_name = Say("rank-biserial r");
        line.effect = ranks->rank_biserial;
        if (line.refused.empty()) line.p = ranks->p_exact ? ranks->p_exact : ranks->p_asymptotic;
        break;
      }
      case AnalysisPlan::Test::kPermutation: {
        line.effect_name = Say("mean improvement");
        line.effect = statistics::Mean(differences);
        line.interval = household.empty() ? IntervalOfMean(differences) : IntervalOfMean(differences, household);
        if (line.refused.empty()) line.p = statistics::FlipSigns(differences, household, seed(), plan_.sides, plan_.replicates)->p;
        break;
      }
    }
  }

  /// BCa, or the percentile interval where that does not exist.
  std::optional<Interval> IntervalOfMean(const std::vector<double>& differences) const {
    const auto replicates = statistics::Bootstrap(differences, &statistics::Mean, seed(), plan_.replicates);
    const auto intervals = statistics::IntervalsFrom(differences, &statistics::Mean, replicates, plan_.confidence);
    if (!intervals) return std::nullopt;
    return intervals->bca ? intervals->bca : intervals->percentile;
  }

  /// The same with whole households drawn, not persons: members of one household are no separate witnesses.
  std::optional<Interval> IntervalOfMean(const std::vector<double>& differences, const std::vector<std::size_t>& household) const {
    std::map<std::size_t, std::pair<double, double>> households;  // Sum and number of the differences.
    for (std::size_t i = 0; i < differences.size(); ++i) {
      auto& [sum, count] = households[household[i]];
      sum += differences[i];
      ++count;
    }
    std::vector<std::pair<double, double>> clusters;
    std::vector<double> places;
    for (const auto& [key, cluster] : households) {
      places.push_back(static_cast<double>(clusters.size()));
      clusters.push_back(cluster);
    }
    const auto mean = [&](const std::vector<double>& drawn) {
      double sum = 0, count = 0;
      for (const double place : drawn) {
        sum += clusters[static_cast<std::size_t>(place)].first;
        count += clusters[static_cast<std::size_t>(place)].second;
      }
      return sum / count;
    };
    const auto intervals = statistics::IntervalsFrom(places, mean, statistics::Bootstrap(places, mean, seed(), plan_.replicates), plan_.confidence);
    if (!intervals) return std::nullopt;
    return intervals->bca ? intervals->bca : intervals->percentile;
  }

  /// Yes/no before and after; yes is what should go.
  void FillPaired(Line& line, const statistics::PairedTable& table) {
    line.directions = {table.n12, table.n11 + table.n22, table.n21};
    line.test = Say("McNemar, mid-p");
    line.refused = Refusal(line.directions, true);
    if (line.directions.n() < kLeastForTests) return;
    const auto test = statistics::TestMcNemar(table, plan_.sides);
    line.effect_name = Say("difference of shares");
    line.effect = test->difference;
    line.interval = statistics::Tango(table, plan_.confidence);
    if (line.refused.empty()) line.p = test->p_mid;
  }

  void Criterion(std::size_t which) {
    const auto& criterion = rules().criteria[which];
    statistics::PairedTable table;
    for (std::size_t i = 0; i < in_.size(); ++i) {
      const FamilyScore& family = changes_.scores.families[i];
      if (!in_[i] || !family.before || !family.after) continue;
      const Verdict before = family.before->criteria[which].verdict, after = family.after->criteria[which].verdict;
      if (before == Verdict::kUnknown || after == Verdict::kUnknown) continue;
      const bool was = before == Verdict::kInsufficient, is = after == Verdict::kInsufficient;
      ++(was ? (is ? table.n11 : table.n12) : (is ? table.n21 : table.n22));
    }
    Line line{.key = "criterion/" + criterion.id, .scope = "criterion", .what = Say("Criterion: {0}", criterion.name)};
    FillPaired(line, table);
    lines_.push_back(std::move(line));
  }

  void ItemLine(const ItemChange& change) {
    const Item& item = changes_.instrument.items[change.item];
    Line line{.key = "item/" + item.key, .scope = item.level, .what = ItemLabel(item), .target = view::Target{"indices.item-changes", {{"item", item.id}}}, .entities = {{"item", item.id}}};
    std::vector<double> differences;
    std::vector<std::size_t> household;
    std::vector<AnswerPair> pairs;
    std::int64_t carried = 0;
    for (const auto& pair : change.pairs) {
      if (!in_[pair.family]) continue;
      pairs.push_back(pair);
      differences.push_back(pair.change());
      household.push_back(pair.family);
      carried += pair.carried;
    }
    line.directions = indices::Count(pairs);
    line.without_carried = indices::Count(pairs, false);
    if (!pairs.empty()) line.carried = 100.0 * static_cast<double>(carried) / static_cast<double>(pairs.size());
    if (item.level == "household") {
      line.test = TestLabel(plan_.test);
      Fill(line, plan_.test, differences, {});
    } else {
      // Members of one household are no separate witnesses: their signs flip together.
      line.test = Say("permutation, households flipped together");
      Fill(line, AnalysisPlan::Test::kPermutation, differences, household);
    }
    lines_.push_back(std::move(line));
  }

  void Adjust() {
    for (const char* scope : {"criterion", "household", "adult", "child"}) {
      statistics::PValues p;
      for (const auto& line : lines_) {
        if (line.scope == scope) p.push_back(line.p);
      }
      const auto adjusted = indices::Adjust(scope == std::string("criterion") ? plan_.criteria : plan_.items, p);
      std::size_t at = 0;
      for (auto& line : lines_) {
        if (line.scope == scope) line.adjusted = adjusted[at++];
      }
    }
  }

  const Changes& changes_;
  const AnalysisPlan& plan_;
  std::vector<bool> in_;
  std::vector<Line> lines_;
};

std::vector<view::Column> TestColumns() {
  using view::ColumnType;
  return {{"what", Say("What")},
          {"n", Say("n"), ColumnType::kInteger},
          {"better", Say("Better"), ColumnType::kInteger},
          {"same", Say("Same"), ColumnType::kInteger},
          {"worse", Say("Worse"), ColumnType::kInteger},
          {"effect", Say("Effect"), ColumnType::kReal},
          {"effect_name", Say("Effect size")},
          {"low", Say("from"), ColumnType::kReal},
          {"high", Say("to"), ColumnType::kReal},
          {"test", Say("Test")},
          {"p", Say("p"), ColumnType::kReal},
          {"p_adjusted", Say("p, adjusted"), ColumnType::kReal},
          {"carried", Say("Carried"), ColumnType::kPercent},
          {"n_without", Say("n without carried"), ColumnType::kInteger},
          {"better_without", Say("Better without carried"), ColumnType::kInteger},
          {"same_without", Say("Same without carried"), ColumnType::kInteger},
          {"worse_without", Say("Worse without carried"), ColumnType::kInteger}};
}

view::Cell Number(const std::optional<double>& value, const Message& why) {
  if (value) return {.value = *value};
  return why.empty() ? view::Cell{.state = view::State::kEmpty} : view::Cell{.state = view::State::kUndefined, .why = why};
}

/// What stands behind the reveal.
view::Cell Veiled(bool revealed, const std::optional<double>& value, const Message& why) {
  if (revealed || !value) return Number(value, why);
  return {.state = view::State::kSuppressed, .why = Say("Not revealed yet: indices.reveal shows it.")};
}

view::Row RowOf(const Line& line, bool revealed) {
  view::Row row{.key = line.key, .entities = line.entities, .target = line.target};
  const auto count = [](std::int64_t value) { return view::Cell{.value = value}; };
  const Message no_test = line.refused;
  row.cells = {{.value = line.what}, count(line.directions.n()), count(line.directions.better), count(line.directions.same), count(line.directions.worse),
               Veiled(revealed || !line.effect_is_test, line.effect, line.refused), line.effect_name.empty() ? view::Cell{.state = view::State::kEmpty} : view::Cell{.value = line.effect_name},
               Veiled(revealed, line.interval ? std::optional(line.interval->low) : std::nullopt, {}),
               Veiled(revealed, line.interval ? std::optional(line.interval->high) : std::nullopt, {}),
               {.value = line.test}, Veiled(revealed, line.p, no_test), Veiled(revealed, line.adjusted, line.scope == "score" ? Message() : no_test),
               Number(line.carried, {})};
  for (int i = 0; i < 4; ++i) {
    if (!line.without_carried) {
      row.cells.push_back({.state = view::State::kEmpty});
      continue;
    }
    const Directions& d = *line.without_carried;
    row.cells.push_back(count(i == 0 ? d.n() : i == 1 ? d.better : i == 2 ? d.same : d.worse));
  }
  return row;
}

view::Model Tests(Reading& reading, const Arguments& arguments, Job&) {
  view::Model model;
  const auto changes = CollectChanges(reading);
  if (!changes) {
    model.body = view::Table{TestColumns(), view::MakeRows({})};
    SayNoRules(model);
    return model;
  }
  const AnalysisPlan plan = CurrentPlan(reading);
  const auto reveal = TheReveal(reading);
  // A rule set that already says so has nothing beside it.
  std::optional<StudyScores> without;
  if (changes->scores.rules.carried_counts) {
    RuleSet rules = changes->scores.rules;
    rules.carried_counts = false;
    without = std::move(ScoreStudy(reading, {{changes->scores.rule_set, rules}}).front());
  }
  const auto site = arguments.Entity("site");
  const std::string what = arguments.Text("scope");
  std::vector<view::Row> rows;
  for (const auto& line : Tester(*changes, plan, site).Run(without)) {
    const std::string group = line.scope == "score" || line.scope == "criterion" ? line.scope : "items";
    if (what.empty() || what == group) rows.push_back(RowOf(line, reveal.has_value()));
  }
  model.body = view::Table{TestColumns(), view::MakeRows(std::move(rows))};
  model.population = PopulationOf(changes->scores, Select(changes->scores, site));
  SayPlan(model, plan, reveal, changes->scores.rules);
  model.population.facts.push_back({"seed", Say("Seed"), std::to_string(plan.seed)});
  model.population.facts.push_back({"replicates", Say("Random draws"), std::int64_t{plan.replicates}});
  if (!reveal) {
    model.notes.push_back(Say("Intervals and p-values are not revealed yet. Record the plan with indices.set-plan, then reveal them with indices.reveal; that moment stands in the journal."));
    model.actions.push_back({Say("Reveal the tests"), "indices.reveal", {}});
  }
  model.notes.push_back(Say("This is change, not effect: there is no control group. Families enter at a low point and tend to move back towards the middle by themselves (regression to the mean), "
                            "and the same coach rated before and after."));
  model.notes.push_back(Say("For items about adults or children whole households are drawn and flipped, not persons: members of one household are not independent of each other."));
  model.notes.push_back(Say("Criteria are adjusted together ({0}), items within their level ({1}). Intervals are at {2} %.", CorrectionLabel(plan.criteria), CorrectionLabel(plan.items),
                            std::round(1000 * plan.confidence) / 10));
  model.notes.push_back(Say("Carried answers were not given at follow-up but stood from before, which pulls towards “same”; the last columns leave them out."));
  return model;
}

}  // namespace

void AddTests(Registry& registry) {
  View tests;
  tests.id = "indices.tests";
  tests.kind = view::Kind::kTable;
  tests.label = Say("Tests of change");
  tests.help = Say("The score, each criterion and each item: how many got better, stayed or got worse, effect sizes, and, once revealed, intervals and tests by the analysis plan.");
  tests.parameters = {SiteParameter(),
                      {.name = "scope", .type = ParameterType::kChoice, .label = Say("Of what"), .live = true,
                       .choices = {{"score", Say("the score")}, {"criterion", Say("the criteria")}, {"items", Say("the items")}}}};
  tests.build = &Tests;
  registry.Add(std::move(tests));
}

}  // namespace meerstem::indices
