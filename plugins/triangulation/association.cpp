// Association with care: whether a theme is heard against how families fared. Families are the unit, counts and effect
// sizes stand first, tests come after they were asked for, and what was not expected beforehand is called exploratory.
#include <algorithm>
#include <cmath>

#include "core/base/clock.h"
#include "core/base/error.h"
#include "core/statistics/association.h"
#include "core/statistics/contingency.h"
#include "core/statistics/multiplicity.h"
#include "plugins/triangulation/common.h"
#include "plugins/triangulation/families.h"
#include "plugins/triangulation/presence.h"

namespace meerstem::triangulation {
namespace {

using view::ColumnType;

constexpr std::int64_t kLeastFamilies = 10;
constexpr std::int64_t kLeastEach = 3;
constexpr std::uint64_t kSeed = 20'230'614;
constexpr int kDraws = 9'999;

/// When, and within the same moment by the order of ids.
using When = std::pair<std::int64_t, Id>;

std::optional<When> RevealedAt(Reading& reading) {
  auto row = reading.Query("SELECT at, id FROM association_reveal ORDER BY at, id LIMIT 1");
  return row.Step() ? std::optional(When{row.Int(0), row.GetId(1)}) : std::nullopt;
}

Command SetHypothesis(const Registry& registry) {
  Command command{.id = "triangulation.set-hypothesis", .label = Say("Record a hypothesis"),
                  .help = Say("What is expected of a theme or code and how families fared, before the tests are looked at. It stays, and cannot be undone.")};
  command.parameters = {TypesParameter(registry, Say("Types")), {.name = "row", .label = Say("Theme or code"), .help = Say("Its key, as in the view."), .required = true},
                        {.name = "text", .type = ParameterType::kProse, .label = Say("What is expected"), .required = true}};
  command.prepare = [&whole = registry.whole()](Reading& reading, const Arguments& arguments, Job&) {
    const Dimension& dimension = *whole.FindDimension(arguments.Text("types"));
    const auto groups = GroupNames(reading, dimension);
    const std::string key = arguments.Text("row");
    if (std::none_of(groups.begin(), groups.end(), [&](const Group& group) { return group.key == key; })) {
      throw Refuse("“{0}” is not a group of {1}; the group's key stands in the matrix.", key, dimension.label);
    }
    const std::string text = RequireText(arguments, "text", Say("Say with --text what is expected."));
    const bool late = RevealedAt(reading).has_value();
    return ForGood([=, id = dimension.id](Writing& writing, Outcome& outcome) {
      outcome.created.push_back(writing.NewId());
      writing.Do("INSERT INTO hypothesis (id, row_dimension, row_key, column_dimension, text, researcher_id, at) VALUES (?, ?, ?, 'outcome', ?, ?, ?)", outcome.created.back(), id, key, text,
                 Actor(writing), writing.now());
      if (late) outcome.notes.push_back(Say("The tests were revealed before: the result stays exploratory."));
    });
  };
  return command;
}

Command Reveal() {
  Command command{.id = "triangulation.reveal-associations", .label = Say("Reveal the tests of association"),
                  .help = Say("Shows p-values of associations from now on. This is written in the journal for good; a hypothesis recorded later stays exploratory.")};
  command.impossible = [](Reading& reading, const Arguments&) { return RevealedAt(reading) ? Say("The tests are revealed already.") : Message(); };
  command.prepare = [](Reading& reading, const Arguments&, Job&) {
    if (RevealedAt(reading)) throw Refuse("The tests are revealed already.");
    return ForGood([](Writing& writing, Outcome& outcome) {
      writing.Do("INSERT INTO association_reveal (id, researcher_id, at) VALUES (?, ?, ?)", writing.NewId(), Actor(writing), writing.now());
      outcome.show = view::Target{"triangulation.association", {}};
    });
  };
  return command;
}

/// One theme against better, same and worse.
struct Line {
  const Group* group = nullptr;
  statistics::Counts table{{0, 0, 0}, {0, 0, 0}};  ///< Heard, not heard.
  std::optional<double> v, tau, p;
  bool exact = true;
  Message why_not, no_v, no_tau;
  std::optional<When> hypothesis_at;
  std::string hypothesis;
  std::int64_t Sum(std::size_t row) const { return table[row][0] + table[row][1] + table[row][2]; }
};

void Test(Line& line, const std::vector<double>& heard, const std::vector<double>& improvement, bool revealed) {
  const std::int64_t n = line.Sum(0) + line.Sum(1);
  if (n < kLeastFamilies) {
    line.why_not = Say("{0} families are linked to a voice and have an outcome; a test needs {1}.", n, kLeastFamilies);
  } else if (line.Sum(0) < kLeastEach) {
    line.why_not = Say("It is heard of {0} families; a test needs {1}.", line.Sum(0), kLeastEach);
  } else if (line.Sum(1) < kLeastEach) {
    line.why_not = Say("It is missing in {0} families; a test needs {1}.", line.Sum(1), kLeastEach);
  }
  line.no_v = line.no_tau = line.why_not;
  if (!line.why_not.empty()) return;
  const auto independence = statistics::TestIndependence(line.table);
  if (independence) line.v = independence->v_corrected;
  if (!line.v) line.no_v = independence ? Say("n is too small for the correction.") : Say("All families fared the same.");
  if (const auto kendall = statistics::KendallTau(heard, improvement)) line.tau = kendall->tau_b;
  else line.no_tau = Say("All scores changed by the same.");
  if (!independence) line.why_not = Say("All families fared the same.");
  if (!independence || !revealed) return;
  if (const auto fisher = statistics::TestFisher(line.table, kSeed, kDraws)) {
    line.p = fisher->p;
    line.exact = fisher->exact;
  }
}

view::Cell Number(const std::optional<double>& value, const Message& why) {
  if (!value) return {.state = view::State::kUndefined, .why = why};
  return {.value = std::round(10'000 * *value) / 10'000};
}

view::Model Build(const Registry& registry, Reading& reading, const Arguments& arguments, Job& job) {
  const Dimension& dimension = *registry.FindDimension(arguments.Text("types"));
  const auto families = FamiliesOf(registry, reading, job);
  const auto presence = PresenceOf(reading, dimension);
  const auto revealed = RevealedAt(reading);
  std::vector<const Family*> linked;
  for (const auto& family : families->list) {
    if (family.change() && presence->Linked(family.study_case)) linked.push_back(&family);
  }
  std::vector<Line> lines;
  std::vector<double> improvement;
  for (const auto* family : linked) improvement.push_back(static_cast<double>(-*family->change()));
  for (std::size_t g = 0; g < presence->groups.size(); ++g) {
    job.Progress(static_cast<double>(g) / static_cast<double>(presence->groups.size()));
    Line line{.group = &presence->groups[g]};
    std::vector<double> heard;
    for (const auto* family : linked) {
      const bool here = presence->In(g, family->study_case) > 0;
      heard.push_back(here);
      ++line.table[here ? 0 : 1][*family->change() < 0 ? 0 : *family->change() == 0 ? 1 : 2];
    }
    auto expected = reading.Query("SELECT at, text, id FROM hypothesis WHERE row_dimension = ? AND row_key = ? ORDER BY at, id LIMIT 1", dimension.id, line.group->key);
    if (expected.Step()) {
      line.hypothesis_at = When{expected.Int(0), expected.GetId(2)};
      line.hypothesis = expected.Text(1);
    }
    Test(line, heard, improvement, revealed.has_value());
    lines.push_back(std::move(line));
  }
  statistics::PValues p;
  for (const auto& line : lines) p.push_back(line.p);
  const auto holm = statistics::Holm(p);
  std::vector<view::Row> rows;
  std::int64_t tested = 0;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const Line& line = lines[i];
    tested += line.p.has_value();
    view::Row row{.key = line.group->key, .entities = line.group->entities, .target = view::Target{"triangulation.behind", {{"rows", dimension.id}, {"row", line.group->key}, {"columns", std::string("outcome")}}}};
    row.cells = {{.value = line.group->label}};
    for (std::size_t heard = 0; heard < 2; ++heard) {
      for (const auto count : line.table[heard]) row.cells.push_back({.value = count});
    }
    row.cells.push_back(Number(line.v, line.no_v));
    row.cells.push_back(Number(line.tau, line.no_tau));
    const Message hidden = !line.why_not.empty() ? line.why_not : Say("Not revealed yet.");
    view::Cell tail = Number(line.p, hidden);
    if (line.p && !line.exact) tail.why = Say("Monte Carlo, {0} draws", kDraws);
    row.cells.push_back(std::move(tail));
    row.cells.push_back(Number(holm[i], hidden));
    const bool before = line.hypothesis_at && (!revealed || *line.hypothesis_at < *revealed);
    view::Cell status{.value = before ? Say("expected beforehand: {0}", line.hypothesis) : Say("exploratory")};
    if (line.hypothesis_at && !before) status.why = Say("The hypothesis was recorded on {0}, after the tests were revealed.", DayOf(line.hypothesis_at->first));
    row.cells.push_back(std::move(status));
    rows.push_back(std::move(row));
  }
  view::Model model;
  model.population = About(*families, Say("Families with an exact score at both and a linked voice; heard is at least one quote"), static_cast<std::int64_t>(linked.size()));
  model.population.facts.insert(model.population.facts.end(), {{"without_voice", Say("Families with an outcome and no linked voice"), static_cast<std::int64_t>(std::count_if(families->list.begin(), families->list.end(), [&](const Family& family) {
                                                                 return family.change() && !presence->Linked(family.study_case);
                                                               }))},
                                                               {"tests", Say("Tests"), tested}, {"seed", Say("Seed"), std::to_string(kSeed)}});
  if (revealed) model.population.facts.push_back({"revealed", Say("Revealed on"), DayOf(revealed->first)});
  model.notes = {Say("A family is one unit, however many of its members speak. A test needs {0} families, {1} in which it is heard and {1} in which it is not; what has fewer is refused in words.", kLeastFamilies, kLeastEach),
                 Say("V is Cramér's, corrected for bias (Bergsma); τ-b goes with the improvement of the score, above 0: heard where families got better. p is Fisher's, exact or by Monte Carlo, adjusted over all rows by Holm."),
                 Say("Who was heard was not drawn at random, and there is no control group: this is no effect. Every row is exploratory unless its hypothesis was recorded before the tests were revealed.")};
  if (!revealed) {
    model.notes.push_back(Say("The p-values are not revealed yet. Record what is expected with triangulation.set-hypothesis, then reveal them with triangulation.reveal-associations."));
    model.actions = {{Say("Record a hypothesis"), "triangulation.set-hypothesis", {}}, {Say("Reveal the tests of association"), "triangulation.reveal-associations", {}}};
  }
  model.body = view::Table{{{"name", dimension.label}, {"heard_better", Say("Heard, better"), ColumnType::kInteger}, {"heard_same", Say("Heard, same"), ColumnType::kInteger},
                            {"heard_worse", Say("Heard, worse"), ColumnType::kInteger}, {"not_better", Say("Not heard, better"), ColumnType::kInteger}, {"not_same", Say("Not heard, same"), ColumnType::kInteger},
                            {"not_worse", Say("Not heard, worse"), ColumnType::kInteger}, {"v", Say("V (corrected)"), ColumnType::kReal}, {"tau_b", Say("τ-b with improvement"), ColumnType::kReal},
                            {"p", Say("p (Fisher)"), ColumnType::kReal}, {"p_holm", Say("p (Holm)"), ColumnType::kReal}, {"status", Say("Status")}},
                           view::MakeRows(std::move(rows))};
  model.empty = Say("There is nothing to lay side by side yet: themes come from coding, outcomes from registrations.");
  if (families->population.facts.empty()) SayNoScores(registry, model);
  return model;
}

}  // namespace

void AddAssociation(Registry& registry) {
  registry.Add(SetHypothesis(registry));
  registry.Add(Reveal());
  View view{.id = "triangulation.association", .kind = view::Kind::kTable, .label = Say("Association of voices and outcomes"),
            .help = Say("Whether families in which a theme is heard fared otherwise: counts and effect sizes, tests once revealed, exploratory unless expected beforehand.")};
  view.parameters = {TypesParameter(registry, Say("Types"))};
  view.build = [&whole = registry.whole()](Reading& reading, const Arguments& arguments, Job& job) { return Build(whole, reading, arguments, job); };
  registry.Add(std::move(view));
}

}  // namespace meerstem::triangulation
