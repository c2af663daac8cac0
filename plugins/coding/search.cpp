// coding.search: words in context, and the workspace that puts them beside the text.
#include "core/base/error.h"
#include "plugins/coding/finding.h"

namespace meerstem::coding {
namespace {

/// What the search asks, for the command that codes what it finds.
Arguments Bound(const Arguments& arguments) {
  Arguments bound;
  std::vector<Parameter> parameters = ScopeParameters();
  for (const auto* name : {"text", "mode", "include-researchers"}) parameters.push_back({.name = name, .label = {}});
  for (const auto& parameter : parameters) {
    const auto found = arguments.all().find(parameter.name);
    if (found == arguments.all().end()) continue;
    for (const auto& value : found->second) bound.Add(parameter.name, value);
  }
  return bound;
}

view::Model BuildSearch(Reading& reading, const Arguments& arguments, Job& job) {
  SearchQuery query = QueryFrom(reading, arguments);
  query.text = arguments.Text("text");
  query.mode = ModeOf(arguments.Text("mode"));
  auto places = FindPlaces(reading, query, job);
  view::Model model;
  model.population.facts = {{"places", Say("Places"), static_cast<std::int64_t>(places.size())},
                            {"sources", Say("Sources"), static_cast<std::int64_t>(places.sources().size())}};
  model.body = PlacesTable(std::move(places), std::nullopt);
  const bool asked = !query.text.empty() || !query.forms.empty();
  model.empty = !asked ? Say("Type the words to look for.") : query.text.empty() ? Say("No word of the list stands in what was searched.") : Say("“{0}” stands nowhere in what was searched.", query.text);
  if (asked) model.actions = {{Say("Code all of these"), "coding.autocode", Bound(arguments)}};
  if (!query.text.empty()) model.actions.push_back({Say("Choose among the forms found, as a word list"), "coding.save-word-list", Bound(arguments)});
  return model;
}

}  // namespace

void RegisterSearch(Registry& registry) {
  View view{.id = "coding.search", .kind = view::Kind::kTable, .label = Say("Search"), .help = Say("Words in all texts, with what stands around them. Capitals and accents make no difference unless you ask.")};
  view.key = "Ctrl+Shift+F";
  Parameter text{.name = "text", .label = Say("Words")};
  text.live = true;
  view.parameters = {text, ModeParameter()};
  for (auto& parameter : ScopeParameters()) view.parameters.push_back(std::move(parameter));
  view.parameters.push_back(FlagParameter("include-researchers", Say("The interviewer's words too")));
  view.build = BuildSearch;
  registry.Add(std::move(view));
  registry.Add(Workspace{"coding.search-beside-text", Say("Search beside the text"), {{"coding.search", ""}, {"coding.document", "source"}}});
}

}  // namespace meerstem::coding
