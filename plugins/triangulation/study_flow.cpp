// The flow of the whole study: from families that were approached and people who spoke to findings, drawn and as a table.
#include <algorithm>

#include "core/study/exclusions.h"
#include "plugins/triangulation/common.h"
#include "plugins/triangulation/families.h"
#include "plugins/triangulation/voices.h"

namespace meerstem::triangulation {
namespace {

enum class Strand { kNumbers, kBoth, kVoices };

Message StrandLabel(Strand strand) { return strand == Strand::kNumbers ? Say("Numbers") : strand == Strand::kVoices ? Say("Voices") : Say("Both"); }
const char* StrandColour(Strand strand) { return strand == Strand::kNumbers ? "#0072B2" : strand == Strand::kVoices ? "#E69F00" : "#009E73"; }

/// One box of the figure, one line of the table.
struct Step {
  std::string key;
  Strand strand = Strand::kNumbers;
  Message label;
  std::int64_t n = 0;
  Message note;
  view::Target target;
  std::vector<std::string> next;  ///< Keys of the steps that it leads to.
};

std::int64_t Spoken(Reading& reading) {
  return reading.Number(
      "SELECT count(DISTINCT person.id) FROM person JOIN speaker ON speaker.person_id = person.id LEFT JOIN stakeholder_type type ON type.id = person.stakeholder_id WHERE ifnull(type.researcher, 0) = 0");
}

/// "coordinator: 3", a line for each type.
Message SpokenByType(Reading& reading) {
  auto types = reading.Query(
      "SELECT type.name, count(DISTINCT person.id) FROM stakeholder_type type JOIN person ON person.stakeholder_id = type.id JOIN speaker ON speaker.person_id = person.id "
      "WHERE type.researcher = 0 GROUP BY type.id ORDER BY type.order_key");
  std::string lines;
  while (types.Step()) lines += (lines.empty() ? "" : "\n") + types.Text(0) + ": " + std::to_string(types.Int(1));
  return Verbatim(lines);
}

/// Families with an exact score at both of which somebody speaks, or about whom something is said.
std::int64_t Heard(Reading& reading, const Families& families) {
  std::int64_t n = 0;
  auto linked = reading.Query(
      "SELECT case_id FROM membership JOIN speaker ON speaker.person_id = membership.person_id WHERE role <> 'coach' UNION SELECT case_id FROM quote_about UNION "
      "SELECT case_id FROM source_about JOIN source ON source.id = source_id WHERE kind <> 'remark'");
  while (linked.Step()) {
    const Family* family = families.Find(linked.GetId(0));
    n += family && family->change();
  }
  return n;
}

std::vector<Step> Steps(const Registry& registry, Reading& reading, const Families& families) {
  const auto count = [&](const char* sql) { return reading.Number(sql); };
  std::int64_t followed = 0, better = 0, same = 0, worse = 0;
  for (const auto& family : families.list) {
    followed += family.follow_up.has_value();
    if (const auto change = family.change()) ++(*change < 0 ? better : *change == 0 ? same : worse);
  }
  const Dimension* themes = registry.FindDimension("theme");
  return {
      {"approached", Strand::kNumbers, Say("Families approached"), count("SELECT count(*) FROM study_case WHERE subject = 'family'"), {}, {"registrations.flow", {}}, {"registered"}},
      {"registered", Strand::kNumbers, Say("Families registered"), count("SELECT count(*) FROM study_case WHERE subject = 'family' AND id IN (SELECT case_id FROM registration)"),
       Say("{0}, {1}", SayCount("{0} registration", "{0} registrations", count("SELECT count(*) FROM registration")), SayCount("{0} remark", "{0} remarks", count("SELECT count(*) FROM source WHERE kind = 'remark'"))),
       {"registrations.flow", {}}, {"kept"}},
      {"kept", Strand::kNumbers, Say("Families kept after cleaning"), CountedFamilies(reading), SayCount("{0} left out", "{0} left out", ExcludedFamilies(reading)), {"registrations.cleaning", {}}, {"followed"}},
      {"followed", Strand::kNumbers, Say("Families followed long enough"), followed, {}, {"indices.scores", {}}, {"scored"}},
      {"scored", Strand::kNumbers, Say("Families with an exact score at both"), better + same + worse, Say("{0} better, {1} the same, {2} worse", better, same, worse), {"indices.outcomes", {}}, {"linked", "findings"}},
      {"linked", Strand::kBoth, Say("Families with a voice and an outcome"), Heard(reading, families), {}, {"triangulation.cases", {{"heard", std::int64_t{1}}}}, {"findings"}},
      {"findings", Strand::kBoth, Say("Findings"), count("SELECT count(*) FROM finding"), {}, {"triangulation.ledger", {}}, {"resolved"}},
      {"resolved", Strand::kBoth, Say("Findings with a verdict"), count("SELECT count(DISTINCT finding_id) FROM finding_verdict"), {}, {"triangulation.ledger", {}}, {}},
      {"people", Strand::kVoices, Say("People who spoke"), Spoken(reading), SpokenByType(reading), {"documents.overview", {}}, {"conversations"}},
      {"conversations", Strand::kVoices, Say("Conversations"), count("SELECT count(*) FROM source WHERE kind IN ('interview', 'focus_group')"), {}, {"documents.overview", {}}, {"quotes", "linked"}},
      {"quotes", Strand::kVoices, Say("Quotes"), count("SELECT count(*) FROM quote"), SayCount("{0} coding", "{0} codings", count("SELECT count(*) FROM coding")), {"coding.retrieve", {}}, {"themes"}},
      {"themes", Strand::kVoices, Say("Themes"), themes ? static_cast<std::int64_t>(GroupNames(reading, *themes).size()) : 0, {}, {"themes.list", {}}, {"findings"}},
  };
}

std::int64_t CountOf(const std::vector<Step>& steps, const char* key) {
  return std::find_if(steps.begin(), steps.end(), [&](const Step& step) { return step.key == key; })->n;
}

view::Model About(const Families& families) {
  view::Model model;
  model.population = About(families, Say("From families and people to findings"), static_cast<std::int64_t>(families.list.size()));
  return model;
}

view::Model Figure(const Registry& registry, Reading& reading, Job& job) {
  const auto families = FamiliesOf(registry, reading, job);
  const auto steps = Steps(registry, reading, *families);
  view::Chart chart{.kind = view::ChartKind::kBoxes, .category_title = Say("Step"), .value_title = Say("Leads to"), .group_title = Say("Strand")};
  for (const auto& step : steps) {
    const Message number = Say("n = {0}", step.n);
    chart.categories.push_back({.key = step.key, .label = step.label, .target = step.target, .colour = StrandColour(step.strand), .note = OnNewLine(number, step.note), .group = StrandLabel(step.strand)});
    chart.series.push_back({.key = step.key, .label = step.label});
  }
  chart.cells.assign(steps.size(), std::vector<view::Cell>(steps.size(), view::Cell{.state = view::State::kEmpty}));
  for (std::size_t i = 0; i < steps.size(); ++i) {
    chart.cells[i][i] = {.value = steps[i].n, .why = chart.categories[i].note, .target = steps[i].target};
    chart.cells[i][i].alternative = Say("{0}: {1}", steps[i].label, steps[i].n);
    for (std::size_t j = 0; j < steps.size(); ++j) {
      if (std::find(steps[i].next.begin(), steps[i].next.end(), steps[j].key) == steps[i].next.end()) continue;
      chart.cells[i][j] = {.value = steps[j].n};
      chart.cells[i][j].alternative = Say("“{0}” leads to “{1}”", steps[i].label, steps[j].label);
    }
  }
  view::Model model = About(*families);
  model.alternative = Say("{0} families were approached, {1} registered, {2} kept after cleaning and {3} followed long enough; {4} people spoke in {5} conversations, out of which come {6} quotes; {7} findings bring both together.",
                          CountOf(steps, "approached"), CountOf(steps, "registered"), CountOf(steps, "kept"), CountOf(steps, "followed"), CountOf(steps, "people"), CountOf(steps, "conversations"),
                          CountOf(steps, "quotes"), CountOf(steps, "findings"));
  model.body = std::move(chart);
  return model;
}

view::Model List(const Registry& registry, Reading& reading, Job& job) {
  const auto families = FamiliesOf(registry, reading, job);
  std::vector<view::Row> rows;
  for (auto& step : Steps(registry, reading, *families)) {
    view::Cell note{.value = step.note};
    if (step.note.empty()) note = {.state = view::State::kEmpty};
    rows.push_back({.key = step.key, .cells = {{.value = StrandLabel(step.strand)}, {.value = step.label}, {.value = step.n, .target = step.target}, std::move(note)}, .target = step.target});
  }
  view::Model model = About(*families);
  model.body = view::Table{{{"strand", Say("Strand")}, {"step", Say("Step")}, {"n", Say("n"), view::ColumnType::kInteger}, {"note", Say("Of which")}}, view::MakeRows(std::move(rows))};
  return model;
}

}  // namespace

void AddStudyFlow(Registry& registry) {
  View figure{.id = "triangulation.flow", .kind = view::Kind::kChart, .label = Say("Flow of the study"), .help = Say("Both strands from families and people to findings, drawn: how many at each step.")};
  figure.build = [&whole = registry.whole()](Reading& reading, const Arguments&, Job& job) { return Figure(whole, reading, job); };
  registry.Add(std::move(figure));
  View list{.id = "triangulation.flow-steps", .kind = view::Kind::kTable, .label = Say("Flow of the study, step by step"), .help = Say("Both strands from families and people to findings: how many at each step.")};
  list.build = [&whole = registry.whole()](Reading& reading, const Arguments&, Job& job) { return List(whole, reading, job); };
  registry.Add(std::move(list));
}

}  // namespace meerstem::triangulation
