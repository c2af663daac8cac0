// coding.autocode, coding.code-speakers, coding.code-answers: one code on every place where words stand, where somebody
// speaks, or where a question is answered; looked at before it is done and undone as one step.
#include <algorithm>

#include "core/base/boundaries.h"
#include "core/base/error.h"
#include "core/base/fold.h"
#include "core/study/coded_study.h"
#include "plugins/coding/answered.h"
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

SearchQuery QueryOf(Reading& reading, const Arguments& arguments) {
  const std::string text = arguments.Text("text"), regex = arguments.Text("regex");
  SearchQuery query = QueryFrom(reading, arguments);
  if (text.empty() == regex.empty() && (query.forms.empty() || !text.empty())) {
    throw Usage("Say what to look for: words (--text), a regular expression (--regex) or a word list (--list).");
  }
  query.text = text + regex;
  query.mode = !regex.empty() ? SearchMode::kRegex : arguments.Flag("whole-word") ? SearchMode::kWholeWord : ModeOf(arguments.Text("mode"));
  return query;
}

void ApplyAll(Applying& applying, const Places& places, const Id& code) {
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
}

/// The places whose keys are given.
Places Chosen(const Places& places, const std::vector<std::string>& rows) {
  const std::set<std::string> keys(rows.begin(), rows.end());
  Places chosen;
  for (const auto& in : places.sources()) {
    auto spots = in.spots;
    std::erase_if(spots, [&](const Places::Spot& spot) { return !keys.contains(PlaceKey({in.source, spot.range()})); });
    chosen.Add(in.source, std::move(spots));
  }
  return chosen;
}

/// The plan that puts a code on places, or on those of them that were chosen in its preview.
Plan PlanFor(Reading& reading, const Arguments& arguments, Places places, Message none) {
  const Code code = GetCode(reading, *arguments.Entity("code"));
  if (!code.codable) throw Refuse("“{0}” is a heading of the codebook and not for coding; choose a code below it.", code.path);

  if (const auto rows = arguments.Texts("rows"); !rows.empty()) {
    places = Chosen(places, rows);
    if (places.empty()) throw Refuse("None of the chosen places is found any more; look at the preview again.");
  }
  Plan plan;
  plan.group = true;
  view::Model preview;
  preview.population.facts = {{"places", Say("Places"), static_cast<std::int64_t>(places.size())},
                              {"sources", Say("Sources"), static_cast<std::int64_t>(places.sources().size())}};
  preview.empty = std::move(none);
  preview.body = PlacesTable(places, code.id);
  plan.preview = std::move(preview);
  plan.apply = [places = std::move(places), id = code.id](Applying& applying) { ApplyAll(applying, places, id); };
  return plan;
}

Plan Prepare(Reading& reading, const Arguments& arguments, Job& job) {
  auto places = Grow(reading, FindPlaces(reading, QueryOf(reading, arguments), job), ExtentOf(arguments.Text("extent")));
  return PlanFor(reading, arguments, std::move(places), Say("These words stand nowhere in what was searched; nothing would be coded."));
}

Message NotYet(Reading& reading, const Arguments&) {
  if (!reading.Number("SELECT EXISTS (SELECT 1 FROM source)")) return Say("There is no source yet; import one first.");
  return NoCodes(reading);
}

Parameter RowsParameter() {
  Parameter rows{.name = "rows", .type = ParameterType::kRows, .label = Say("Chosen places")};
  rows.list = true;
  return rows;
}

/// Calls `visit(source, stock)` for the sources that are asked for.
template <class Visit>
void EachSource(const CodedStudy& study, const Arguments& arguments, Visit visit) {
  const auto asked = arguments.Entities("source");
  const auto kinds = arguments.Texts("source-kind");
  for (std::size_t i = 0; i < study.size(); ++i) {
    const auto& source = study.source(i);
    if (!asked.empty() && std::find(asked.begin(), asked.end(), source.id) == asked.end()) continue;
    if (!kinds.empty() && std::find(kinds.begin(), kinds.end(), source.kind) == kinds.end()) continue;
    visit(source, study.stock(i));
  }
}

void AddTrimmed(const Text& text, const Range& words, std::vector<Places::Spot>& spots) {
  const Range range = TrimRange(text, words);
  if (!range.empty()) spots.push_back({static_cast<std::int32_t>(range.start), static_cast<std::int32_t>(range.end)});
}

Command CodeSpeakers() {
  Command command{.id = "coding.code-speakers", .label = Say("Code by speaker"), .help = Say("Puts a code on every turn of chosen people or types of people. Look at the preview first.")};
  command.parameters = {EntityParameter("code", "code", Say("Code")), FilterParameter("person", "person", Say("Speaker")),
                        FilterParameter("stakeholder", "stakeholder", Say("Stakeholder type")), FilterParameter("source", "source", Say("Source")), SourceKindParameter(),
                        RowsParameter()};
  command.impossible = NotYet;
  command.prepare = [](Reading& reading, const Arguments& arguments, Job&) {
    const auto study = CodedStudyOf(reading);
    std::set<std::uint32_t> persons, types;
    for (const auto& id : arguments.Entities("person")) persons.insert(study->frame->persons.Find(id));
    for (const auto& id : arguments.Entities("stakeholder")) types.insert(study->frame->stakeholders.Find(id));
    if (persons.empty() && types.empty()) throw Usage("Say whose turns: --person, --stakeholder or both.");
    Places places;
    EachSource(*study, arguments, [&](const CodedStudy::Source& source, const CodedStudy::Stock& stock) {
      const auto text = TextOf(reading, source.id);
      std::vector<Places::Spot> spots;
      for (const auto& turn : stock.turns) {
        const auto& voice = source.voices[turn.voice];
        const bool theirs = (persons.empty() || persons.contains(voice.person)) && (types.empty() || types.contains(voice.stakeholder));
        if (theirs) AddTrimmed(*text, turn.words(), spots);
      }
      places.Add(source.id, std::move(spots));
    });
    return PlanFor(reading, arguments, std::move(places), Say("Nobody of these speaks in what was looked at; nothing would be coded."));
  };
  return command;
}

Command CodeAnswers() {
  Command command{.id = "coding.code-answers", .label = Say("Code by question"),
                  .help = Say("Puts a code on what is answered to the interviewer's questions that hold certain words: everything up to the next question. Look at the preview first.")};
  command.parameters = {EntityParameter("code", "code", Say("Code")), {.name = "question", .label = Say("Words of the question")},
                        FlagParameter("with-question", Say("The question too"), false), FilterParameter("source", "source", Say("Source")), SourceKindParameter(), RowsParameter()};
  command.parameters[1].help = Say("Part of the question, in whatever capitals and accents; nothing: all questions.");
  command.impossible = NotYet;
  command.prepare = [](Reading& reading, const Arguments& arguments, Job&) {
    const auto study = CodedStudyOf(reading);
    const std::string words = Trim(arguments.Text("question"));
    Places places;
    EachSource(*study, arguments, [&](const CodedStudy::Source& source, const CodedStudy::Stock& stock) {
      const auto text = TextOf(reading, source.id);
      std::vector<Places::Spot> spots;
      const auto found = words.empty() ? std::vector<Range>() : FindFolded(*FoldedTextOf(reading, source.id), words);
      for (const auto& [question, answer] : AnsweredIn(source, stock)) {
        const auto in_question = [&, asked = question](const Range& range) { return asked.start <= range.start && range.end <= asked.end; };
        const bool wanted = words.empty() || std::any_of(found.begin(), found.end(), in_question);
        if (wanted) AddTrimmed(*text, {arguments.Flag("with-question") ? question.start : answer.start, answer.end}, spots);
      }
      places.Add(source.id, std::move(spots));
    });
    return PlanFor(reading, arguments, std::move(places), Say("No question of the interviewer holds these words and is answered; nothing would be coded."));
  };
  return command;
}

}  // namespace

void RegisterAutocode(Registry& registry) {
  Command command{.id = "coding.autocode", .label = Say("Code by search"), .help = Say("Puts a code on every place where words stand, or on the sentence, paragraph or turn around them. Look at the preview first.")};
  command.key = "Ctrl+Shift+A";
  Parameter extent{.name = "extent", .type = ParameterType::kChoice, .label = Say("How much to code"), .fallback = "match"};
  extent.choices = {{"match", Say("The words found")}, {"sentence", Say("The sentence")}, {"paragraph", Say("The paragraph")}, {"turn", Say("The whole turn")}};
  command.parameters = {EntityParameter("code", "code", Say("Code")), {.name = "text", .label = Say("Words")}, ModeParameter(), {.name = "regex", .label = Say("Regular expression")}, extent};
  for (auto& parameter : ScopeParameters()) command.parameters.push_back(std::move(parameter));
  command.parameters.push_back(FlagParameter("whole-word", Say("Whole words only"), false));
  command.parameters.push_back(FlagParameter("include-researchers", Say("The interviewer's words too"), false));
  command.parameters.push_back(RowsParameter());
  command.impossible = NotYet;
  command.prepare = Prepare;
  registry.Add(std::move(command));
  registry.Add(CodeSpeakers());
  registry.Add(CodeAnswers());
}

}  // namespace meerstem::coding
