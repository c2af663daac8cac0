// coding.autocode: one code on every place where words stand, looked at before it is done and undone as one step.
#include <algorithm>

#include "core/base/error.h"
#include "plugins/coding/finding.h"

namespace meerstem::coding {
namespace {

/// So many codings go into one Run: short enough for others to write in between and for memory to stay flat.
constexpr std::size_t kChunk = 500;

Extent ExtentOf(const std::string& name) {
  if (name == "sentence") return Extent::kSentence;
  if (name == "paragraph") return Extent::kParagraph;
  return name == "turn" ? Extent::kTurn : Extent::kMatch;
}

SearchQuery QueryOf(const Arguments& arguments) {
  const std::string text = arguments.Text("text"), regex = arguments.Text("regex");
  if (text.empty() == regex.empty()) throw Error(ErrorCode::kUsage, Say("Say what to look for: either words (--text) or a regular expression (--regex)."));
  SearchQuery query{text + regex, SearchMode::kFolded, arguments.Entities("source"), arguments.Entities("stakeholder"),
                    arguments.Flag("include-researchers"), arguments.Texts("source-kind")};
  if (!regex.empty()) query.mode = SearchMode::kRegex;
  else if (arguments.Flag("whole-word")) query.mode = SearchMode::kWholeWord;
  return query;
}

void ApplyAll(Applying& applying, const std::vector<SourceSpan>& places, const Id& code) {
  std::int64_t made = 0;
  for (std::size_t first = 0; first < places.size(); first += kChunk) {
    applying.job().Progress(static_cast<double>(first) / static_cast<double>(places.size()), Say("{0} of {1}", first, places.size()));
    const std::size_t last = std::min(places.size(), first + kChunk);
    applying.Run([&](Writing& writing) {
      for (std::size_t i = first; i < last; ++i) made += AddCoding(writing, EnsureQuote(writing, places[i]), code, "search").has_value();
    });
  }
  applying.outcome.notes.push_back(SayCount("{0} place is coded.", "{0} places are coded.", made));
  const auto had = static_cast<std::int64_t>(places.size()) - made;
  if (had > 0) applying.outcome.notes.push_back(SayCount("{0} place had your coding already.", "{0} places had your coding already.", had));
  applying.outcome.show = RetrieveOf(code);
}

Plan Prepare(Reading& reading, const Arguments& arguments, Job& job) {
  const Code code = GetCode(reading, *arguments.Entity("code"));
  if (!code.codable) throw Refuse("“{0}” is a heading of the codebook and not for coding; choose a code below it.", code.path);
  auto places = Grow(reading, FindPlaces(reading, QueryOf(arguments), job), ExtentOf(arguments.Text("extent")));
  if (const auto chosen = arguments.Texts("rows"); !chosen.empty()) {
    const std::set<std::string> keys(chosen.begin(), chosen.end());
    std::erase_if(places, [&](const SourceSpan& place) { return !keys.contains(PlaceKey(place)); });
    if (places.empty()) throw Refuse("None of the chosen places is found any more; look at the preview again.");
  }
  std::set<Id> sources;
  for (const auto& place : places) sources.insert(place.source);
  Plan plan;
  plan.group = true;
  view::Model preview;
  preview.population.facts = {{"places", Say("Places"), static_cast<std::int64_t>(places.size())},
                              {"sources", Say("Sources"), static_cast<std::int64_t>(sources.size())}};
  preview.empty = Say("These words stand nowhere in what was searched; nothing would be coded.");
  preview.body = PlacesTable(places, code.id);
  plan.preview = std::move(preview);
  plan.apply = [places = std::move(places), id = code.id](Applying& applying) { ApplyAll(applying, places, id); };
  return plan;
}

}  // namespace

void RegisterAutocode(Registry& registry) {
  Command command{.id = "coding.autocode", .label = Say("Code by search"), .help = Say("Puts a code on every place where words stand, or on the sentence, paragraph or turn around them. Look at the preview first.")};
  command.key = "Ctrl+Shift+A";
  Parameter extent{.name = "extent", .type = ParameterType::kChoice, .label = Say("How much to code"), .fallback = "match"};
  extent.choices = {{"match", Say("The words found")}, {"sentence", Say("The sentence")}, {"paragraph", Say("The paragraph")}, {"turn", Say("The whole turn")}};
  Parameter rows{.name = "rows", .type = ParameterType::kRows, .label = Say("Chosen places")};
  rows.list = true;
  command.parameters = {EntityParameter("code", "code", Say("Code")),
                        {.name = "text", .label = Say("Words")},
                        {.name = "regex", .label = Say("Regular expression")},
                        extent,
                        FilterParameter("source", "source", Say("Source")),
                        FilterParameter("stakeholder", "stakeholder", Say("Stakeholder type")),
                        SourceKindParameter(),
                        FlagParameter("whole-word", Say("Whole words only"), false),
                        FlagParameter("include-researchers", Say("The interviewer's words too"), false),
                        rows};
  command.impossible = [](Reading& reading, const Arguments&) -> Message {
    if (!reading.Number("SELECT EXISTS (SELECT 1 FROM source)")) return Say("There is no source yet; import one first.");
    return NoCodes(reading);
  };
  command.prepare = Prepare;
  registry.Add(std::move(command));
}

}  // namespace meerstem::coding
