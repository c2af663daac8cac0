// What people agreed to, and the names that nobody gets to see.
#include "core/base/error.h"
#include "core/base/fold.h"
#include "plugins/documents/common.h"
#include "plugins/documents/part.h"

namespace meerstem::documents {
namespace {

Plan SetConsent(Reading&, const Arguments& arguments, Job&) {
  const Id person = *arguments.Entity("person");
  if (!arguments.Has("may-analyse") && !arguments.Has("may-quote")) throw Refuse("Say what this person agrees to: --may-analyse yes|no, --may-quote yes|no.");
  return Simply([person, arguments](Writing& writing, Outcome&) {
    if (arguments.Has("may-analyse")) writing.Do("UPDATE person SET may_analyse = ? WHERE id = ?", arguments.Flag("may-analyse"), person);
    if (arguments.Has("may-quote")) writing.Do("UPDATE person SET may_quote = ? WHERE id = ?", arguments.Flag("may-quote"), person);
  });
}

/// The entry for these words; case and diacritics make no other name, as in the texts.
std::optional<Id> FindReplacement(Reading& reading, const std::string& words) {
  const std::string folded = FoldText(words);
  auto rows = reading.Query("SELECT id, words FROM replacement");
  while (rows.Step()) {
    if (FoldText(rows.Text(1)) == folded) return rows.GetId(0);
  }
  return std::nullopt;
}

Plan ReplaceName(Reading&, const Arguments& arguments, Job&) {
  const std::string words = Trim(arguments.Text("words")), shown = Trim(arguments.Text("shown"));
  if (CountCodePoints(words) < 2) throw Refuse("A name to replace has at least two characters.");
  if (shown.empty()) throw Refuse("Say with --shown what stands there instead, for example [name].");
  if (!FindFolded(FoldedText(shown), words).empty()) throw Refuse("What is shown instead still holds the name; choose other words.");
  return Simply([words, shown](Writing& writing, Outcome& outcome) {
    if (const auto known = FindReplacement(writing, words)) {
      writing.Do("UPDATE replacement SET words = ?, shown = ? WHERE id = ?", words, shown, *known);
      return;
    }
    outcome.created.push_back(writing.NewId());
    writing.Do("INSERT INTO replacement (id, words, shown) VALUES (?, ?, ?)", outcome.created.back(), words, shown);
  });
}

Plan RemoveReplacement(Reading&, const Arguments& arguments, Job&) {
  return Simply([replacement = *arguments.Entity("replacement")](Writing& writing, Outcome&) {
    writing.Do("DELETE FROM replacement WHERE id = ?", replacement);
  });
}

}  // namespace

void RegisterConsent(Registry& registry) {
  registry.Add(Command{.id = "people.consent",
                       .label = Say("Record consent"),
                       .help = Say("What a person agrees to; withdrawn consent reaches every table, chapter and export."),
                       .parameters = {{.name = "person", .type = ParameterType::kEntity, .label = Say("Person"), .required = true, .entity_kind = "person"},
                                      {.name = "may-analyse", .type = ParameterType::kBoolean, .label = Say("May be analysed")},
                                      {.name = "may-quote", .type = ParameterType::kBoolean, .label = Say("May be quoted")}},
                       .prepare = SetConsent});
  registry.Add(Command{.id = "people.replace-name",
                       .label = Say("Replace a name"),
                       .help = Say("Shows other words wherever a name stands in the texts; the texts themselves stay as they are."),
                       .parameters = {{.name = "words", .label = Say("Name in the texts"), .required = true}, {.name = "shown", .label = Say("Shown instead"), .required = true}},
                       .prepare = ReplaceName});
  registry.Add(Command{.id = "people.remove-replacement",
                       .label = Say("Show a name again"),
                       .help = Say("Takes a name off the list of those that are not shown."),
                       .parameters = {{.name = "replacement", .type = ParameterType::kEntity, .label = Say("Name"), .required = true, .entity_kind = "replacement"}},
                       .prepare = RemoveReplacement});
}

}  // namespace meerstem::documents
