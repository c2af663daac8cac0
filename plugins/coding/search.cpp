// coding.search: words in context, and the workspace that puts them beside the text.
#include "core/base/error.h"
#include "plugins/coding/finding.h"

namespace meerstem::coding {
namespace {

SearchMode ModeOf(const std::string& name) {
  if (name == "exact") return SearchMode::kExact;
  if (name == "whole-word") return SearchMode::kWholeWord;
  return name == "regex" ? SearchMode::kRegex : SearchMode::kFolded;
}

view::Model Build(Reading& reading, const Arguments& arguments, Job& job) {
  SearchQuery query{arguments.Text("text"), ModeOf(arguments.Text("mode")), arguments.Entities("source"), arguments.Entities("stakeholder"),
                    arguments.Flag("include-researchers")};
  auto places = FindPlaces(reading, query, job);
  std::set<Id> sources;
  for (const auto& place : places) sources.insert(place.source);
  view::Model model;
  model.population.facts = {{"places", Say("Places"), static_cast<std::int64_t>(places.size())},
                            {"sources", Say("Sources"), static_cast<std::int64_t>(sources.size())}};
  model.body = PlacesTable(std::move(places), std::nullopt);
  model.empty = query.text.empty() ? Say("Type the words to look for.") : Say("“{0}” stands nowhere in what was searched.", query.text);
  if (!query.text.empty() && query.mode != SearchMode::kExact) {
    const char* parameter = query.mode == SearchMode::kRegex ? "regex" : "text";
    Arguments bound{{parameter, query.text}};
    if (query.mode == SearchMode::kWholeWord) bound.Set("whole-word", std::int64_t{1});
    model.actions = {{Say("Code all of these"), "coding.autocode", std::move(bound)}};
  }
  return model;
}

}  // namespace

void RegisterSearch(Registry& registry) {
  View view{.id = "coding.search", .kind = view::Kind::kTable, .label = Say("Search"), .help = Say("Words in all texts, with what stands around them. Capitals and accents make no difference unless you ask.")};
  view.key = "Ctrl+Shift+F";
  Parameter text{.name = "text", .label = Say("Words")};
  text.live = true;
  Parameter mode{.name = "mode", .type = ParameterType::kChoice, .label = Say("How"), .fallback = "folded"};
  mode.live = true;
  mode.choices = {{"folded", Say("Capitals and accents make no difference")},
                  {"exact", Say("Exactly as typed")},
                  {"whole-word", Say("Whole words only")},
                  {"regex", Say("Regular expression")}};
  view.parameters = {text, mode, FilterParameter("source", "source", Say("Source")), FilterParameter("stakeholder", "stakeholder", Say("Stakeholder type")),
                     FlagParameter("include-researchers", Say("The interviewer's words too"))};
  view.build = Build;
  registry.Add(std::move(view));
  registry.Add(Workspace{"coding.search-beside-text", Say("Search beside the text"), {{"coding.search", ""}, {"coding.document", "source"}}});
}

}  // namespace meerstem::coding
