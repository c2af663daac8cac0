// Names that nobody gets to see: the list, and the words of the texts that look like names.
#include "core/base/error.h"
#include "core/base/fold.h"
#include "core/study/display.h"
#include "core/study/names.h"
#include "plugins/documents/common.h"
#include "plugins/documents/part.h"

namespace meerstem::documents {
namespace {

constexpr std::int64_t kContext = 45;

/// The row of `table` with these words; case and diacritics make no other name, as in the texts.
std::optional<Id> FindWords(Reading& reading, const std::string& table, const std::string& words) {
  const std::string folded = FoldText(words);
  auto rows = reading.Query("SELECT id, words FROM " + table);
  while (rows.Step()) {
    if (FoldText(rows.Text(1)) == folded) return rows.GetId(0);
  }
  return std::nullopt;
}

Plan ReplaceName(Reading&, const Arguments& arguments, Job&) {
  const std::string words = Trim(arguments.Text("words")), shown = Trim(arguments.Text("shown"));
  if (CountCodePoints(words) < 2) throw Refuse("A name to replace has at least two characters.");
  if (shown.empty() && !arguments.Has("also-word")) throw Refuse("Say with --shown what stands there instead, for example [name].");
  if (!FindFolded(FoldedText(shown), words).empty()) throw Refuse("What is shown instead still holds the name; choose other words.");
  return Simply([words, shown, arguments](Writing& writing, Outcome& outcome) {
    auto known = FindWords(writing, "replacement", words);
    if (!known && shown.empty()) throw Refuse("“{0}” is not on the list yet; say with --shown what stands there instead.", words);
    if (!known) {
      known = writing.NewId();
      outcome.created.push_back(*known);
      writing.Do("INSERT INTO replacement (id, words, shown) VALUES (?, ?, ?)", *known, words, shown);
    } else if (!shown.empty()) {
      writing.Do("UPDATE replacement SET words = ?, shown = ? WHERE id = ?", words, shown, *known);
    }
    if (arguments.Has("also-word")) writing.Do("UPDATE replacement SET capital = ? WHERE id = ?", arguments.Flag("also-word"), *known);
    if (const auto aside = FindWords(writing, "no_name", words)) writing.Do("DELETE FROM no_name WHERE id = ?", *aside);
  });
}

Plan RemoveReplacement(Reading&, const Arguments& arguments, Job&) {
  return Simply([replacement = *arguments.Entity("replacement")](Writing& writing, Outcome&) { writing.Do("DELETE FROM replacement WHERE id = ?", replacement); });
}

Message GuessLabel(NameGuess guess) {
  if (guess == NameGuess::kPlace) return Say("Place");
  if (guess == NameGuess::kAbbreviation) return Say("Abbreviation");
  return Say("Name");
}

view::Model Candidates(Reading& reading, const Arguments& arguments, Job&) {
  const std::string wanted = arguments.Text("guess");
  const auto candidates = NameCandidatesOf(reading);
  std::vector<const NameCandidate*> ordered;
  for (const auto& [folded, candidate] : candidates->found) {
    const char* guess = candidate.guess == NameGuess::kPlace ? "place" : candidate.guess == NameGuess::kAbbreviation ? "abbreviation" : "name";
    if (wanted.empty() || wanted == guess) ordered.push_back(&candidate);
  }
  std::stable_sort(ordered.begin(), ordered.end(), [](const auto* a, const auto* b) { return std::pair(a->guess, -a->places) < std::pair(b->guess, -b->places); });
  Displaying displaying(reading, Purpose::kScreen);
  std::vector<view::Row> rows;
  for (const auto* candidate : ordered) {
    const auto [source, range] = candidate->example;
    view::Row row{.key = candidate->words, .entities = {{"source", source}}};
    row.target = view::Target{"coding.search", {{"text", candidate->words}, {"mode", std::string("exact")}, {"include-researchers", std::int64_t{1}}}};
    view::Cell shown{.state = view::State::kEmpty, .edit = view::Edit{"people.replace-name", {{"words", candidate->words}}, "shown"}};
    view::Cell ignore{.value = Say("no"), .edit = view::Edit{"people.ignore-name", {{"words", candidate->words}}, "ignore", ParameterType::kBoolean}};
    row.cells = {{.value = candidate->words}, {.value = GuessLabel(candidate->guess)}, {.value = candidate->places}, {.value = candidate->sources}, std::move(shown), std::move(ignore),
                 {.value = displaying.Line({source, {std::max<std::int64_t>(0, range.start - kContext), range.end + kContext}})}};
    rows.push_back(std::move(row));
  }
  view::Model model;
  model.population.description = Say("Words with a capital inside a sentence that are not on the list, no pseudonym, site or case, and were not said to be no name");
  model.population.facts = {{"candidates", Say("To be judged"), static_cast<std::int64_t>(rows.size())}, {"ignored", Say("Said to be no name"), reading.Number("SELECT count(*) FROM no_name")}};
  model.body = view::Table{{{"words", Say("In the texts")}, {"guess", Say("Looks like")}, {"places", Say("Places"), view::ColumnType::kInteger}, {"sources", Say("Sources"), view::ColumnType::kInteger},
                            {"shown", Say("Shown instead")}, {"ignore", Say("Names nobody")}, {"example", Say("For example"), view::ColumnType::kText, 60}},
                           view::MakeRows(std::move(rows))};
  model.notes = {Say("Names in lower case, those that only open sentences, and those that are everyday words too are not found this way: read the texts as well.")};
  model.empty = Say("No word looks like a name that was not judged yet.");
  model.actions = {{Say("Replace a name"), "people.replace-name", {}}};
  return model;
}

Command IgnoreName() {
  Command command{.id = "people.ignore-name", .label = Say("Say that words name nobody"), .help = Say("Takes words off the list of those that look like names; with --ignore no, puts them back.")};
  Parameter words{.name = "words", .label = Say("Words"), .required = true};
  words.list = true;
  command.parameters = {words, {.name = "ignore", .type = ParameterType::kBoolean, .label = Say("They name nobody"), .fallback = "yes"}};
  command.prepare = [](Reading&, const Arguments& arguments, Job&) {
    return Simply([arguments](Writing& writing, Outcome& outcome) {
      for (const auto& given : arguments.Texts("words")) {
        const std::string each = Trim(given);
        if (each.empty()) throw Refuse("Say which words name nobody.");
        const auto known = FindWords(writing, "no_name", each);
        if (arguments.Flag("ignore") == known.has_value()) continue;
        if (known) {
          writing.Do("DELETE FROM no_name WHERE id = ?", *known);
        } else {
          outcome.created.push_back(writing.NewId());
          writing.Do("INSERT INTO no_name (id, words) VALUES (?, ?)", outcome.created.back(), each);
        }
      }
    });
  };
  return command;
}

view::Model Names(Reading& reading, const Arguments&, Job& job) {
  // How often each stands in the texts: by the words themselves, since the longest name wins where two overlap.
  std::map<std::string, std::int64_t> places;
  {
    std::vector<Id> sources;
    auto rows = reading.Query("SELECT id FROM source");
    while (rows.Step()) sources.push_back(rows.GetId(0));
    for (const auto& source : sources) {
      job.Progress(0.5);
      const auto found = ReplacedIn(reading, source);
      if (found.empty()) continue;
      const auto text = TextOf(reading, source);
      for (const auto& range : found) ++places[FoldText(text->Slice(range))];
    }
  }
  std::vector<view::Row> rows;
  auto found = reading.Query("SELECT id, words, shown, capital FROM replacement ORDER BY words");
  while (found.Step()) {
    const Id id = found.GetId(0);
    const Arguments bound{{"words", found.Text(1)}};
    view::Cell shown{.value = found.Text(2)}, capital{.value = found.Int(3) ? Say("yes") : Say("no")};
    shown.edit = view::Edit{"people.replace-name", bound, "shown"};
    capital.edit = view::Edit{"people.replace-name", bound, "also-word", ParameterType::kBoolean};
    rows.push_back({ToString(id), {{.value = found.Text(1), .entities = {{"replacement", id}}}, std::move(shown), {.value = places[FoldText(found.View(1))]}, std::move(capital)}, {{"replacement", id}}, {}});
  }
  view::Model model;
  model.notes = {Say("This list is itself confidential: it holds the very names that are not to be seen. Do not pass it on with a report.")};
  model.body = view::Table{{{"words", Say("In the texts")}, {"shown", Say("Shown instead")}, {"places", Say("Places"), view::ColumnType::kInteger}, {"also_word", Say("Also a word")}}, view::MakeRows(std::move(rows))};
  model.empty = Say("No names are replaced yet.");
  model.actions = {{Say("Replace a name"), "people.replace-name", {}}};
  return model;
}

}  // namespace

void RegisterNames(Registry& registry) {
  registry.Add(Command{.id = "people.replace-name",
                       .label = Say("Replace a name"),
                       .help = Say("Shows other words wherever a name stands in the texts, in its genitive too; the texts themselves stay as they are."),
                       .parameters = {{.name = "words", .label = Say("Name in the texts"), .required = true},
                                      {.name = "shown", .label = Say("Shown instead")},
                                      {.name = "also-word", .type = ParameterType::kBoolean, .label = Say("Also a word"), .help = Say("Such as Wil or Roos: a name only where it has its capital.")}},
                       .prepare = ReplaceName});
  registry.Add(Command{.id = "people.remove-replacement",
                       .label = Say("Show a name again"),
                       .help = Say("Takes a name off the list of those that are not shown."),
                       .parameters = {{.name = "replacement", .type = ParameterType::kEntity, .label = Say("Name"), .required = true, .entity_kind = "replacement"}},
                       .prepare = RemoveReplacement});
  registry.Add(IgnoreName());
  View names{.id = "people.names", .kind = view::Kind::kTable, .label = Say("Names that are not shown"), .help = Say("Names in the texts, and what every view and export shows instead.")};
  names.build = Names;
  registry.Add(std::move(names));
  View candidates{.id = "people.name-candidates", .kind = view::Kind::kTable, .label = Say("Words that look like names"), .help = Say("Say of each what is shown instead, or that it names nobody.")};
  candidates.parameters = {{.name = "guess", .type = ParameterType::kChoice, .label = Say("Looks like"), .live = true, .choices = {{"name", Say("Name")}, {"place", Say("Place")}, {"abbreviation", Say("Abbreviation")}}}};
  candidates.build = Candidates;
  registry.Add(std::move(candidates));
}

}  // namespace meerstem::documents
