// The ledger as a list, its labels, and what each voice covers.
#include <algorithm>

#include "core/base/clock.h"
#include "plugins/triangulation/common.h"
#include "plugins/triangulation/ledger.h"

namespace meerstem::triangulation {
namespace {

view::Cell LabelCell(const Judgement& judgement, bool stale) {
  view::Cell cell{.value = Verbatim(judgement.label.name), .colour = FitColour(judgement.label.fit), .glyph = FitGlyph(judgement.label.fit)};
  cell.why = Verbatim(judgement.rationale);
  if (stale) {
    cell.state = view::State::kStale;
    cell.why = Say("The evidence has changed since {0}.", DayOf(judgement.at));
  }
  return cell;
}

view::Cell JudgedCell(const Standing& standing) {
  const Finding& finding = standing.finding;
  if (finding.judgements.empty()) return {.state = view::State::kEmpty, .why = Say("Nobody has judged it yet.")};
  if (!Revealed(finding)) return {.value = Say("{0} (hidden until a second has judged)", finding.judgements.front().name)};
  Message all;
  bool stale = false;
  for (const auto& judgement : finding.judgements) {
    stale |= standing.Stale(judgement.seen);
    Message one = Say("{0}: {1}", judgement.name, judgement.label.name);
    all = all.empty() ? std::move(one) : Say("{0}; {1}", std::move(all), std::move(one));
  }
  view::Cell cell{.value = std::move(all)};
  if (stale) cell = {.value = cell.value, .state = view::State::kStale, .why = Say("The evidence has changed since it was judged.")};
  return cell;
}

view::Model Ledger(const Registry& registry, Reading& reading, Job& job) {
  const auto ledger = TheLedger(registry, reading, Purpose::kAnalysis, job);
  std::vector<view::Row> rows;
  std::int64_t resolved = 0, stale = 0, judged = 0;
  for (const auto& standing : ledger) {
    const Finding& finding = standing.finding;
    view::Row row{.key = ToString(finding.id), .entities = {{"finding", finding.id}}, .target = view::Target{"triangulation.finding", {{"finding", finding.id}}}};
    std::int64_t numbers = 0, voices = 0, literature = 0, changed = 0;
    for (const auto& shown : standing.shown) {
      ++(shown.quantitative ? numbers : shown.evidence->kind == "literature" ? literature : voices);
      changed += shown.state == view::State::kStale;
    }
    view::Cell inference{.value = finding.inference};
    if (finding.inference.empty()) inference = {.state = view::State::kEmpty};
    else if (standing.Stale(finding.inference_seen)) inference = {.value = finding.inference, .state = view::State::kStale, .why = Say("The evidence has changed since it was written.")};
    view::Cell changes{.value = changed};
    if (changed > 0) changes = {.value = changed, .state = view::State::kStale, .why = Say("Evidence that has changed or is gone since it was entered.")};
    row.cells = {{.value = finding.construct}, {.value = finding.statement}, {.value = numbers}, {.value = voices}, {.value = literature}, changes, JudgedCell(standing)};
    if (finding.verdict) row.cells.push_back(LabelCell(*finding.verdict, standing.Stale(finding.verdict->seen)));
    else row.cells.push_back({.state = view::State::kEmpty, .why = Say("Not resolved yet.")});
    row.cells.push_back(std::move(inference));
    rows.push_back(std::move(row));
    resolved += finding.verdict.has_value();
    judged += Revealed(finding);
    stale += changed > 0 || (finding.verdict && standing.Stale(finding.verdict->seen));
  }
  view::Model model;
  model.body = view::Table{{{"construct", Say("Construct")},
                            {"statement", Say("Finding"), view::ColumnType::kText, 40},
                            {"numbers", Say("Numbers"), view::ColumnType::kInteger},
                            {"voices", Say("Voices"), view::ColumnType::kInteger},
                            {"literature", Say("Literature"), view::ColumnType::kInteger},
                            {"changed", Say("Changed evidence"), view::ColumnType::kInteger},
                            {"judged", Say("Judged independently")},
                            {"verdict", Say("Verdict")},
                            {"inference", Say("Meta-inference"), view::ColumnType::kText, 40}},
                           view::MakeRows(std::move(rows))};
  model.population.description = Say("Findings with the evidence of each strand");
  model.population.facts = {{"findings", Say("Findings"), static_cast<std::int64_t>(ledger.size())}, {"judged", Say("Judged by two"), judged}, {"resolved", Say("Resolved"), resolved},
                            {"stale", Say("With changed evidence"), stale}};
  model.empty = Say("The ledger is empty. A finding lays what the numbers say beside what the voices say.");
  model.actions = {{Say("New finding"), "triangulation.add-finding", {}}};
  return model;
}

view::Model LabelsOf(Reading& reading) {
  std::vector<view::Row> rows;
  for (const auto& label : Labels(reading)) {
    const auto used = reading.Number("SELECT count(*) FROM finding_verdict WHERE label_id = ?", label.id);
    view::Row row{.key = label.key, .entities = {{"finding-label", label.id}}};
    const auto edit = [&](const char* parameter, ParameterType type, std::vector<Choice> choices = {}) {
      return view::Edit{"triangulation.set-label", {{"label", label.key}}, parameter, type, std::move(choices)};
    };
    row.cells = {{.value = Verbatim(label.name), .edit = edit("name", ParameterType::kText), .colour = FitColour(label.fit), .glyph = FitGlyph(label.fit)},
                 {.value = label.key},
                 {.value = Verbatim(label.definition), .edit = edit("definition", ParameterType::kProse)},
                 {.value = FitName(label.fit), .edit = edit("fit", ParameterType::kChoice, FitChoices())},
                 {.value = used}};
    rows.push_back(std::move(row));
  }
  view::Model model;
  model.body = view::Table{{{"name", Say("Name")}, {"key", Say("Key")}, {"definition", Say("Definition"), view::ColumnType::kText, 60}, {"fit", Say("Kind of fit")},
                            {"used", Say("Verdicts"), view::ColumnType::kInteger}},
                           view::MakeRows(std::move(rows))};
  model.population.description = Say("How strands can fit");
  model.notes = {Say("“Not asked” is no label: it is said of a voice that was never asked (triangulation.mark-silent).")};
  model.actions = {{Say("New label"), "triangulation.add-label", {}}};
  model.empty = Say("There is no label; without one nothing can be judged.");
  return model;
}

view::Model Completeness(const Registry& registry, Reading& reading, Job& job) {
  const auto ledger = TheLedger(registry, reading, Purpose::kAnalysis, job);
  const auto voices = VoicesOfStudy(reading);
  view::Matrix matrix;
  matrix.row_title = Say("Finding");
  matrix.column_title = Say("Voice");
  for (const auto& voice : voices) matrix.columns.push_back({.key = voice.key, .label = voice.label});
  std::vector<std::int64_t> covers(voices.size()), alone(voices.size());
  for (const auto& standing : ledger) {
    const view::Target target{"triangulation.finding", {{"finding", standing.finding.id}}};
    matrix.rows.push_back({.key = ToString(standing.finding.id), .label = Verbatim(standing.finding.construct), .entities = {{"finding", standing.finding.id}}, .target = target});
    auto& line = matrix.cells.emplace_back();
    std::size_t speaking = 0, last = 0;
    for (std::size_t v = 0; v < voices.size(); ++v) {
      const auto count = std::count_if(standing.shown.begin(), standing.shown.end(), [&](const Shown& shown) {
        return shown.token && std::find(shown.voices.begin(), shown.voices.end(), voices[v].key) != shown.voices.end();
      });
      view::Cell cell{.target = target};
      const auto silence = standing.finding.silences.find(voices[v].key);
      if (count > 0) {
        cell.value = static_cast<std::int64_t>(count);
        cell.colour = "#D5EEF9";
        ++covers[v];
        ++speaking;
        last = v;
      } else if (silence != standing.finding.silences.end()) {
        cell.state = silence->second.state == "silent" ? view::State::kSilent : view::State::kNotAsked;
        cell.why = Verbatim(silence->second.note);
      } else {
        cell.state = view::State::kEmpty;
        cell.why = voices[v].heard ? Say("No evidence, and not marked as silent or not asked.") : Say("Nobody heard.");
      }
      line.push_back(std::move(cell));
    }
    if (speaking == 1) ++alone[last];
    matrix.row_totals.push_back({.value = static_cast<std::int64_t>(speaking)});
  }
  for (std::size_t v = 0; v < voices.size(); ++v) {
    view::Cell cell{.value = covers[v]};
    if (alone[v] > 0) cell.why = SayCount("{0} finding that no other voice speaks of", "{0} findings that no other voice speaks of", alone[v]);
    matrix.column_totals.push_back(std::move(cell));
  }
  matrix.total = view::Cell{.value = static_cast<std::int64_t>(ledger.size())};
  view::Model model;
  model.population.description = Say("Pieces of evidence by voice; totals count findings, and voices of a finding");
  model.population.facts = {{"findings", Say("Findings"), static_cast<std::int64_t>(ledger.size())}};
  model.alternative = SayCount("{0} finding by the voices that speak of it.", "{0} findings by the voices that speak of them.", static_cast<std::int64_t>(ledger.size()));
  for (std::size_t v = 0; v < voices.size(); ++v) {
    if (alone[v] > 0) model.notes.push_back(SayCount("{1}: {0} finding of which no other voice speaks.", "{1}: {0} findings of which no other voice speaks.", alone[v], voices[v].label));
  }
  model.body = std::move(matrix);
  model.empty = Say("The ledger is empty. A finding lays what the numbers say beside what the voices say.");
  model.actions = {{Say("New finding"), "triangulation.add-finding", {}}};
  return model;
}

}  // namespace

void AddLedgerViews(Registry& registry) {
  View ledger{.id = "triangulation.ledger", .kind = view::Kind::kTable, .label = Say("Ledger of findings"),
              .help = Say("Each finding with its evidence, who judged it, whether they agree, and what has changed since.")};
  ledger.build = [&whole = registry.whole()](Reading& reading, const Arguments&, Job& job) { return Ledger(whole, reading, job); };
  registry.Add(std::move(ledger));
  View labels{.id = "triangulation.labels", .kind = view::Kind::kTable, .label = Say("Labels of fit"), .help = Say("How the fit of strands is called in this study.")};
  labels.build = [](Reading& reading, const Arguments&, Job&) { return LabelsOf(reading); };
  registry.Add(std::move(labels));
  View completeness{.id = "triangulation.completeness", .kind = view::Kind::kMatrix, .label = Say("Completeness of voices"),
                    .help = Say("Which voice speaks of which finding; silent and not asked apart.")};
  completeness.build = [&whole = registry.whole()](Reading& reading, const Arguments&, Job& job) { return Completeness(whole, reading, job); };
  registry.Add(std::move(completeness));
}

}  // namespace meerstem::triangulation
