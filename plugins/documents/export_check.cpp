// What could identify somebody in what is about to leave the house, view by view.

#include "core/base/error.h"
#include "core/command/parse.h"
#include "core/study/export_check.h"
#include "plugins/documents/common.h"
#include "plugins/documents/part.h"

namespace meerstem::documents {
namespace {

/// Can it be built without being asked for anything?
bool IsReady(const View& view) {
  return std::all_of(view.parameters.begin(), view.parameters.end(), [](const Parameter& parameter) { return !parameter.required || !parameter.fallback.empty(); });
}

/// The texts that the study makes, which is what most often leaves it.
std::vector<const View*> Usual(const Registry& registry) {
  std::vector<const View*> views;
  for (const auto& view : registry.views()) {
    if (view.kind == view::Kind::kProse && IsReady(view)) views.push_back(&view);
  }
  return views;
}

view::Model Check(const Registry& registry, Reading& reading, const Arguments& arguments, Job& job) {
  std::vector<const View*> views;
  for (const auto& id : arguments.Texts("of")) {
    const View* view = registry.FindView(id);
    if (!view) throw Refuse("There is no view “{0}”; the plugin that has it may not be loaded.", id);
    views.push_back(view);
  }
  if (views.empty()) views = Usual(registry);
  const RawArguments settings = ReadSettings(JoinSettings(arguments.Texts("with")));
  std::vector<view::Row> rows;
  std::map<Identifying::Kind, std::int64_t> counts;
  for (const View* view : views) {
    const Arguments asked = ParseArguments(registry, reading, view->parameters, settings);
    view::Model model = view->build(reading, CompleteArguments(registry, reading, view->parameters, asked), job);
    for (auto& found : CheckExport(reading, model, job)) {
      ++counts[found.kind];
      view::Row line{.key = view->id + "/" + std::to_string(rows.size()), .entities = std::move(found.entities)};
      line.target = found.target ? std::move(found.target) : std::optional(view::Target{view->id, asked});
      line.cells = {{.value = IdentifyingLabel(found.kind)}, {.value = std::move(found.what)}, {.value = model.title.empty() ? view->label : model.title}, {.value = std::move(found.where)}};
      rows.push_back(std::move(line));
    }
  }
  view::Model model;
  for (const auto& [kind, n] : counts) model.population.facts.push_back({std::to_string(static_cast<int>(kind)), IdentifyingLabel(kind), n});
  model.body = view::Table{{{"kind", Say("What")}, {"words", Say("Words")}, {"view", Say("In")}, {"where", Say("Where"), view::ColumnType::kText, 50}}, view::MakeRows(std::move(rows))};
  model.notes = {Say("Found by rule: words with a capital, places, dates, counts below five, consent. What makes a story recognisable is for whoever reads it."),
                 Say("A word that names nobody goes off this list by people.ignore-name; a name is replaced by people.replace-name; counts are left out with --suppress 5.")};
  model.empty = Say("Nothing was found that could identify somebody. Read it yourself before it leaves.");
  model.actions = {{Say("Replace a name"), "people.replace-name", {}}, {Say("Say that words name nobody"), "people.ignore-name", {}}};
  return model;
}

}  // namespace

void RegisterExportCheck(Registry& registry) {
  View view{.id = "people.export-check", .kind = view::Kind::kTable, .label = Say("Export check"), .help = Say("What could identify somebody in what leaves the house: names, places, dates, small counts, consent.")};
  Parameter of{.name = "of", .type = ParameterType::kChoice, .label = Say("View"), .help = Say("Left out: every text that the study makes.")};
  of.list = true;
  of.study_choices = [&whole = registry.whole()](Reading&) {
    std::vector<Choice> choices;
    for (const auto& each : whole.views()) choices.push_back({each.id, each.label});
    return choices;
  };
  Parameter with{.name = "with", .label = Say("Settings of the view"), .help = Say("name=value, as on the console: rows=theme. May be repeated.")};
  with.list = true;
  view.parameters = {of, with};
  view.build = [&whole = registry.whole()](Reading& reading, const Arguments& arguments, Job& job) { return Check(whole, reading, arguments, job); };
  registry.Add(std::move(view));
}

}  // namespace meerstem::documents
