// Displays that are the ledger laid out: side by side, pillars, and the thread from one strand to the other.
#include <algorithm>

#include "core/base/clock.h"
#include "plugins/triangulation/common.h"
#include "plugins/triangulation/ledger.h"
#include "plugins/triangulation/voices.h"

namespace meerstem::triangulation {
namespace {

constexpr std::int64_t kLongestQuote = 220;

Message LineOf(const Shown& shown) {
  const auto& evidence = *shown.evidence;
  if (shown.state == view::State::kSuppressed) return shown.why;
  Message words = shown.words.empty() ? shown.why : shown.words;
  if (evidence.kind == "quote" && !shown.words.empty()) words = Say("“{0}” ({1})", Shortened(std::get<std::string>(shown.words.arguments.front()), kLongestQuote), shown.reference);
  else if (evidence.kind == "literature") words = shown.reference.empty() ? Say("Earlier studies: {0}", words) : Say("Earlier studies ({1}): {0}", words, shown.reference);
  if (shown.state == view::State::kStale) return Say("{0} [changed: {1}]", words, shown.why);
  return words;
}

/// Text that was typed, and beneath it the live evidence of one strand.
view::Cell StrandCell(const Standing& standing, const std::string& text, bool quantitative) {
  Message all = Verbatim(text);
  view::Cell cell;
  for (const auto& shown : standing.shown) {
    if (shown.quantitative != quantitative) continue;
    all = OnNewLine(std::move(all), LineOf(shown));
    cell.entities.insert(cell.entities.end(), shown.entities.begin(), shown.entities.end());
    if (shown.state == view::State::kStale && cell.state == view::State::kValue) {
      cell.state = view::State::kStale;
      cell.why = Say("Evidence has changed since it was entered.");
    }
  }
  if (all.empty()) return {.state = view::State::kEmpty, .why = Say("No evidence yet.")};
  cell.value = std::move(all);
  return cell;
}

view::Cell FitCell(const Standing& standing) {
  const Finding& finding = standing.finding;
  if (!finding.verdict) return {.state = view::State::kEmpty, .why = finding.judgements.empty() ? Say("Not judged yet.") : Say("Judged; not resolved yet.")};
  view::Cell cell{.value = Verbatim(finding.verdict->label.name), .why = Verbatim(finding.verdict->rationale), .colour = FitColour(finding.verdict->label.fit), .glyph = FitGlyph(finding.verdict->label.fit)};
  if (standing.Stale(finding.verdict->seen)) {
    cell.state = view::State::kStale;
    cell.why = Say("The evidence has changed since {0}.", DayOf(finding.verdict->at));
  }
  return cell;
}

view::Cell TypedCell(const std::string& text, bool stale = false) {
  if (text.empty()) return {.state = view::State::kEmpty};
  view::Cell cell{.value = text};
  if (stale) cell = {.value = text, .state = view::State::kStale, .why = Say("The evidence has changed since it was written.")};
  return cell;
}

/// A matrix with a line for each finding.
view::Model OnFindings(const std::vector<Standing>& ledger, std::vector<view::Heading> columns, const std::function<std::vector<view::Cell>(const Standing&)>& cells) {
  view::Matrix matrix;
  matrix.row_title = Say("Construct");
  matrix.columns = std::move(columns);
  std::int64_t stale = 0;
  for (const auto& standing : ledger) {
    const view::Target target{"triangulation.finding", {{"finding", standing.finding.id}}};
    matrix.rows.push_back({.key = ToString(standing.finding.id), .label = Verbatim(standing.finding.construct), .entities = {{"finding", standing.finding.id}}, .target = target});
    auto line = cells(standing);
    for (auto& cell : line) {
      if (!cell.target) cell.target = target;
      stale += cell.state == view::State::kStale;
    }
    matrix.cells.push_back(std::move(line));
  }
  view::Model model;
  model.body = std::move(matrix);
  model.population.facts = {{"findings", Say("Findings"), static_cast<std::int64_t>(ledger.size())}, {"stale", Say("Cells whose data have changed"), stale}};
  model.alternative = SayCount("{0} finding, what each strand says of it and how they fit.", "{0} findings, what each strand says of them and how they fit.", static_cast<std::int64_t>(ledger.size()));
  model.empty = Say("The ledger is empty. A finding lays what the numbers say beside what the voices say.");
  model.actions = {{Say("New finding"), "triangulation.add-finding", {}}};
  return model;
}

View SideBySide(const Registry& registry) {
  View view{.id = "triangulation.side-by-side", .kind = view::Kind::kMatrix, .label = Say("Side by side"),
            .help = Say("For each construct what the numbers say, what the voices say, how they fit and what both mean; live, and marked where data have changed.")};
  view.parameters = {UseParameter()};
  view.build = [&whole = registry.whole()](Reading& reading, const Arguments& arguments, Job& job) {
    const auto ledger = TheLedger(whole, reading, UseOf(arguments), job);
    view::Model model = OnFindings(ledger,
                                   {{.key = "quantitative", .label = Say("Quantitative result")}, {.key = "qualitative", .label = Say("Qualitative result")}, {.key = "fit", .label = Say("Fit")},
                                    {.key = "inference", .label = Say("Meta-inference")}},
                                   [](const Standing& standing) -> std::vector<view::Cell> {
                                     return {StrandCell(standing, standing.finding.quantitative, true), StrandCell(standing, standing.finding.qualitative, false), FitCell(standing),
                                             TypedCell(standing.finding.inference, standing.Stale(standing.finding.inference_seen))};
                                   });
    model.population.description = Say("Findings of the ledger; numbers and quotes as they stand now");
    std::map<std::string, std::int64_t> fits;
    for (const auto& standing : ledger) {
      if (standing.finding.verdict) ++fits[standing.finding.verdict->label.fit];
    }
    for (const auto& choice : FitChoices()) {
      if (fits[choice.key] > 0) std::get<view::Matrix>(model.body).legend.push_back({.key = choice.key, .label = choice.label, .colour = FitColour(choice.key), .glyph = FitGlyph(choice.key), .note = Say("{0}", fits[choice.key])});
    }
    return model;
  };
  return view;
}

View Pillars(const Registry& registry) {
  View view{.id = "triangulation.pillars", .kind = view::Kind::kMatrix, .label = Say("Pillar integration"),
            .help = Say("Data and categories of both strands on either side of the pillar that carries them: listing, matching, checking, building.")};
  view.parameters = {UseParameter()};
  view.build = [&whole = registry.whole()](Reading& reading, const Arguments& arguments, Job& job) {
    view::Model model = OnFindings(TheLedger(whole, reading, UseOf(arguments), job),
                                   {{.key = "quantitative", .label = Say("Quantitative data")}, {.key = "quantitative-category", .label = Say("Quantitative category")},
                                    {.key = "pillar", .label = Say("Pillar")}, {.key = "qualitative-category", .label = Say("Qualitative category")}, {.key = "qualitative", .label = Say("Qualitative data")}},
                                   [](const Standing& standing) -> std::vector<view::Cell> {
                                     const Finding& finding = standing.finding;
                                     const auto typed = [&](const std::string& text, const char* parameter) {
                                       view::Cell cell = TypedCell(text);
                                       cell.edit = view::Edit{"triangulation.set-finding", {{"finding", finding.id}}, parameter, ParameterType::kText, {}};
                                       return cell;
                                     };
                                     return {StrandCell(standing, {}, true), typed(finding.quantitative_category, "quantitative-category"), typed(finding.pillar, "pillar"),
                                             typed(finding.qualitative_category, "qualitative-category"), StrandCell(standing, {}, false)};
                                   });
    model.population.description = Say("Listing (data), matching (categories), checking (what changed is marked) and building (the pillar)");
    return model;
  };
  return view;
}

View Thread(const Registry& registry) {
  View view{.id = "triangulation.thread", .kind = view::Kind::kTable, .label = Say("Following a thread"),
            .help = Say("A finding in the order in which it came about: from one strand to the other and back, each step with what led there.")};
  Parameter finding = FindingParameter();
  finding.required = false;
  view.parameters = {finding, UseParameter()};
  view.build = [&whole = registry.whole()](Reading& reading, const Arguments& arguments, Job& job) {
    std::map<Id, std::string> researchers;
    auto names = reading.Query("SELECT id, name FROM researcher");
    while (names.Step()) researchers[names.GetId(0)] = names.Text(1);
    Looking looking(whole, reading, UseOf(arguments), job);
    std::vector<Finding> findings;
    if (const auto one = arguments.Entity("finding")) findings.push_back(GetFinding(reading, *one));
    else findings = Findings(reading);
    std::vector<view::Row> rows;
    std::int64_t crossings = 0;
    for (auto& each : findings) {
      const Standing standing = looking.At(std::move(each));
      std::vector<const Shown*> steps;
      for (const auto& shown : standing.shown) steps.push_back(&shown);
      std::stable_sort(steps.begin(), steps.end(), [](const Shown* a, const Shown* b) { return a->evidence->at < b->evidence->at; });
      for (std::size_t i = 0; i < steps.size(); ++i) {
        const Shown& shown = *steps[i];
        const bool crosses = i > 0 && shown.quantitative != steps[i - 1]->quantitative;
        crossings += crosses;
        view::Row row{.key = ToString(shown.evidence->id), .entities = shown.entities, .target = shown.target};
        row.entities.push_back({"finding", standing.finding.id});
        view::Cell words{.value = shown.words.empty() ? Value{} : Value{LineOf(shown)}, .state = shown.state, .why = shown.why};
        view::Cell who{.state = view::State::kEmpty};
        if (shown.evidence->author && researchers.contains(*shown.evidence->author)) who = {.value = researchers[*shown.evidence->author]};
        row.cells = {{.value = standing.finding.construct}, {.value = static_cast<std::int64_t>(i + 1)}, {.value = shown.quantitative ? Say("Numbers") : shown.evidence->kind == "literature" ? Say("Literature") : Say("Voices"), .glyph = crosses ? "⇄" : ""},
                     std::move(words), shown.evidence->led_to.empty() ? view::Cell{.state = view::State::kEmpty} : view::Cell{.value = shown.evidence->led_to}, {.value = DayOf(shown.evidence->at)}, std::move(who)};
        rows.push_back(std::move(row));
      }
    }
    view::Model model;
    model.population.description = Say("Steps of evidence in the order in which they were taken; ⇄ goes over to the other strand");
    model.population.facts = {{"findings", Say("Findings"), static_cast<std::int64_t>(findings.size())}, {"steps", Say("Steps"), static_cast<std::int64_t>(rows.size())},
                              {"crossings", Say("From one strand to the other"), crossings}};
    model.body = view::Table{{{"construct", Say("Construct")}, {"step", Say("Step"), view::ColumnType::kInteger}, {"strand", Say("Strand")}, {"says", Say("What it says"), view::ColumnType::kText, 60},
                              {"led_to", Say("Why here")}, {"date", Say("Date"), view::ColumnType::kDate}, {"researcher", Say("Researcher")}},
                             view::MakeRows(std::move(rows))};
    model.empty = Say("No evidence has been gathered yet.");
    model.actions = {{Say("New finding"), "triangulation.add-finding", {}}};
    return model;
  };
  return view;
}

}  // namespace

void AddSideBySide(Registry& registry) {
  registry.Add(SideBySide(registry));
  registry.Add(Pillars(registry));
  registry.Add(Thread(registry));
}

}  // namespace meerstem::triangulation
