// The whole mixed-methods report as one text: methods and sample, chapters, numbers, joint displays, ledger, limits and
// checklists. It is composed of the views of the registry, each built anew, so that it says what the window says.
#include <algorithm>
#include <map>

#include "core/base/error.h"
#include "core/command/parse.h"
#include "plugins/triangulation/common.h"
#include "plugins/triangulation/families.h"
#include "plugins/triangulation/ledger.h"
#include "plugins/triangulation/view_value.h"

namespace meerstem::triangulation {
namespace {

using Kind = view::Block::Kind;

/// A view in the report.
struct Part {
  const char* view;
  RawArguments settings;
  bool table = true;
};

class Composing {
 public:
  Composing(const Registry& registry, Reading& reading, Job& job) : registry_(registry), reading_(reading), job_(job) {}

  void Heading(Message text, int level) { prose_.blocks.push_back({.key = NextKey(), .kind = Kind::kHeading, .level = level, .text = std::move(text)}); }
  void Paragraph(Message text) { prose_.blocks.push_back({.key = NextKey(), .kind = Kind::kParagraph, .text = std::move(text)}); }

  /// What is not there, or has nothing to say, is left out.
  void Add(const Part& part) {
    const View* view = registry_.FindView(part.view);
    if (!view) return;
    job_.Progress(std::min(0.95, static_cast<double>(prose_.blocks.size()) / 250));
    view::Block block{.key = NextKey(), .kind = part.table ? Kind::kTable : Kind::kFigure, .anchor = part.view};
    try {
      const Arguments arguments = ParseArguments(registry_, reading_, view->parameters, part.settings);
      auto model = std::make_shared<view::Model>(view->build(reading_, arguments, job_));
      model->view = view->id;
      model->arguments = arguments;
      if (model->title.empty()) model->title = view->label;
      if (view::IsEmpty(*model)) return;
      for (const auto& note : model->notes) {
        if (std::find(notes_.begin(), notes_.end(), note) == notes_.end()) notes_.push_back(note);
      }
      block.text = model->title;
      block.target = view::Target{view->id, arguments};
      block.figure = std::move(model);
    } catch (const Error& error) {
      if (error.code() == ErrorCode::kCancelled) throw;
      block.text = view->label;
      block.state = view::State::kStale;
      block.why = error.message();
    }
    prose_.blocks.push_back(std::move(block));
  }
  void Add(std::initializer_list<Part> parts) {
    for (const auto& part : parts) Add(part);
  }

  void AddTable(Message caption, view::Table table) {
    auto model = std::make_shared<view::Model>();
    model->view = "triangulation.report";
    model->title = caption;
    model->body = std::move(table);
    view::Block block{.key = NextKey(), .kind = Kind::kTable, .text = std::move(caption)};
    block.figure = std::move(model);
    prose_.blocks.push_back(std::move(block));
  }

  /// The blocks of another text, below a heading of this one.
  void Chapters(const char* id) {
    const View* view = registry_.FindView(id);
    if (!view) return;
    const view::Model model = view->build(reading_, ParseArguments(registry_, reading_, view->parameters, {{"appendices", "no"}}), job_);
    for (auto block : std::get<view::Prose>(model.body).blocks) {
      if (block.kind == Kind::kHeading) ++block.level;
      block.key = "chapters/" + block.key;
      prose_.blocks.push_back(std::move(block));
    }
  }

  const std::vector<Message>& notes() const { return notes_; }
  view::Prose Take() { return std::move(prose_); }

 private:
  std::string NextKey() { return "report/" + std::to_string(++blocks_); }
  const Registry& registry_;
  Reading& reading_;
  Job& job_;
  view::Prose prose_;
  std::vector<Message> notes_;
  int blocks_ = 0;
};

view::Row Line(std::string key, Message label, Value value) { return {.key = std::move(key), .cells = {{.value = std::move(label)}, {.value = std::move(value)}}}; }

/// Better, same, worse and the outcomes, with what they rest on.
void InShort(const Families& families, Composing& report) {
  std::int64_t better = 0, same = 0, worse = 0;
  std::map<std::string, std::int64_t> outcomes;
  for (const auto& family : families.list) {
    ++outcomes[family.outcome];
    const auto change = family.change();
    if (!change) continue;
    ++(*change < 0 ? better : *change == 0 ? same : worse);
  }
  std::vector<view::Row> rows = {Line("families", Say("Families"), static_cast<std::int64_t>(families.list.size())), Line("n", Say("With an exact score at baseline and at follow-up"), better + same + worse),
                                 Line("better", Say("better"), better), Line("same", Say("the same"), same), Line("worse", Say("worse"), worse)};
  for (const auto& group : families.outcomes) rows.push_back(Line("outcome/" + group.key, group.glyph.empty() ? group.label : Say("{0} {1}", group.glyph, group.label), outcomes[group.key]));
  for (const auto& fact : families.population.facts) {
    if (fact.id == "rule_set" || fact.id == "rule_set_version" || fact.id == "carried") rows.push_back(Line(fact.id, fact.label, fact.value));
  }
  report.AddTable(Say("How families fared, in short"), {{{"what", Say("What")}, {"n", Say("n")}}, view::MakeRows(std::move(rows))});
}

/// Of the items that were asked for: in how many families somebody's answer rose or fell, and how many ever met the lowest point.
void ItemsInFamilies(const Registry& registry, Reading& reading, const std::vector<Id>& wanted, Job& job, Composing& report) {
  if (wanted.empty()) return;
  const Items items(reading);
  const auto changes = ChangesOf(registry, reading, job);
  std::vector<view::Row> rows;
  for (const auto& id : wanted) {
    const Item* item = items.Find(id);
    if (!item || item->points.empty()) continue;
    std::int64_t rose = 0, fell = 0;
    for (const auto& [study_case, all] : *changes) {
      const auto any = [&](auto direction) { return std::any_of(all.begin(), all.end(), [&](const AnswerChange& change) { return change.key.item == id && direction(change.points()); }); };
      rose += any([](int points) { return points > 0; });
      fell += any([](int points) { return points < 0; });
    }
    const auto lowest = std::min_element(item->points.begin(), item->points.end(), [](const ScalePoint& a, const ScalePoint& b) { return a.value < b.value; });
    view::Cell ever{.state = view::State::kEmpty};
    if (registry.FindView("registrations.item-answers")) {
      const auto seen = Seen(registry, reading, "registrations.item-answers", "item=" + ToString(id) + "\nmoment=ever\nanswer=" + std::to_string(lowest->value), job);
      for (const auto& fact : seen->population.facts) {
        if (fact.id == "families") ever = {.value = fact.value};
      }
    }
    rows.push_back({.key = item->key, .cells = {{.value = Verbatim(item->name)}, {.value = rose}, {.value = fell}, {.value = Verbatim(lowest->label)}, std::move(ever)}});
  }
  report.AddTable(Say("Items in families"), {{{"item", Say("Item")}, {"rose", Say("Families in which an answer rose"), view::ColumnType::kInteger}, {"fell", Say("Families in which an answer fell"), view::ColumnType::kInteger},
                                              {"lowest", Say("Lowest point")}, {"ever", Say("Families that ever met it"), view::ColumnType::kInteger}}, view::MakeRows(std::move(rows))});
}

void Limits(const std::vector<Standing>& ledger, Composing& report) {
  report.Heading(Say("Limits"), 1);
  std::int64_t dissonant = 0, stale = 0, unresolved = 0;
  for (const auto& standing : ledger) {
    unresolved += !standing.finding.verdict;
    stale += standing.finding.verdict && standing.Stale(standing.finding.verdict->seen);
    if (!standing.finding.verdict || standing.finding.verdict->label.fit != "dissonance") continue;
    ++dissonant;
    report.Paragraph(Say("The strands contradict each other on “{0}”: {1}", standing.finding.construct, standing.finding.verdict->rationale));
  }
  report.Paragraph(Say("{0} findings, {1} of them dissonant; {2} without a verdict, {3} whose evidence has changed since.", ledger.size(), dissonant, unresolved, stale));
  // By value: what is written does not become part of what is read.
  for (const auto notes = report.notes(); const auto& note : notes) report.Paragraph(note);
}

/// Those that the study reports by, as whoever keeps them shows them.
void Checklists(const Registry& registry, Reading& reading, Composing& report) {
  const EntityKind* kind = registry.FindKind("checklist");
  const auto lists = kind && kind->list ? kind->list(reading) : std::vector<std::pair<Id, std::string>>{};
  if (lists.empty()) return;
  report.Heading(Say("Checklists"), 1);
  for (const auto& [id, name] : lists) report.Add({"themes.checklist", {{"checklist", ToString(id)}}});
}

view::Model Build(const Registry& registry, Reading& reading, const Arguments& arguments, Job& job) {
  Composing report(registry, reading, job);
  const auto families = FamiliesOf(registry, reading, job);
  const RawArguments leaves = {{"for", "export"}};
  report.Heading(Say("In short"), 1);
  if (!families->population.facts.empty()) InShort(*families, report);
  report.Heading(Say("Methods and sample"), 1);
  report.Paragraph(Say("Two strands were gathered and merged: conversations that were coded and themed, and repeated registrations that a rule set turns into scores. They meet in the ledger, in which two analysts judged independently how the strands fit."));
  report.Add({{"triangulation.flow", {}, false}, {"documents.overview", {}}, {"registrations.flow", {}, false}, {"registrations.composition", {}}, {"indices.rule-set", {}}, {"coding.codebook", {}}});
  report.Heading(Say("What the voices say"), 1);
  report.Chapters("themes.report");
  report.Add({{"themes.matrix", {}}});
  report.Heading(Say("What the numbers say"), 1);
  report.Add({{"indices.outcomes", {}}, {"indices.transitions", {}, false}, {"indices.flows", {}}, {"indices.contributions", {}}, {"indices.change", {}}, {"registrations.describe", {}}, {"indices.tests", {}}, {"indices.what-if", {}}});
  ItemsInFamilies(registry, reading, arguments.Entities("item"), job, report);
  for (const auto& item : arguments.Entities("item")) report.Add({"indices.item-changes", {{"item", ToString(item)}}});
  report.Heading(Say("Numbers and voices side by side"), 1);
  report.Add({{"triangulation.display", {{"columns", "outcome"}}, false},
              {"triangulation.display", {{"columns", "score-change"}}},
              {"triangulation.types", {}},
              {"triangulation.extremes", leaves},
              {"triangulation.explain", leaves},
              {"triangulation.disconfirming", leaves},
              {"triangulation.association", {}},
              {"triangulation.cases", {{"for", "export"}, {"heard", "yes"}}}});
  report.Heading(Say("Ledger of findings"), 1);
  report.Add({{"triangulation.side-by-side", leaves}, {"triangulation.ledger", {}}, {"triangulation.completeness", {}}, {"triangulation.agreement", {}}, {"triangulation.pillars", leaves}, {"triangulation.thread", leaves}});
  const auto ledger = TheLedger(registry, reading, Purpose::kExport, job);
  Limits(ledger, report);
  Checklists(registry, reading, report);
  view::Model model;
  model.title = arguments.Text("title").empty() ? Say("Mixed-methods report") : Verbatim(arguments.Text("title"));
  model.population = About(*families, Say("The whole study"), static_cast<std::int64_t>(families->list.size()));
  model.population.facts.push_back({"findings", Say("Findings"), static_cast<std::int64_t>(ledger.size())});
  model.house_style = arguments.Text("house-style");
  model.body = report.Take();
  return model;
}

}  // namespace

void AddReport(Registry& registry) {
  View view{.id = "triangulation.report", .kind = view::Kind::kProse, .label = Say("Mixed-methods report"),
            .help = Say("Methods with the sample, chapters, numbers, joint displays, ledger, limits and checklists as one text; written as DOCX, ODT, PDF or HTML.")};
  view.parameters = {{.name = "title", .label = Say("Title")},
                     {.name = "item", .type = ParameterType::kEntity, .label = Say("Item"), .help = Say("Items whose answers at baseline and follow-up stand in the report."), .list = true, .entity_kind = "item"},
                     {.name = "house-style", .type = ParameterType::kFile, .label = Say("House style"), .help = Say("A DOCX or ODT file whose styles the export takes.")}};
  view.build = [&whole = registry.whole()](Reading& reading, const Arguments& arguments, Job& job) { return Build(whole, reading, arguments, job); };
  registry.Add(std::move(view));
}

}  // namespace meerstem::triangulation
