// What can be changed about a source once it is in.
#include "core/base/error.h"
#include "core/study/deletion.h"
#include "core/study/people.h"
#include "plugins/documents/common.h"
#include "plugins/documents/part.h"

namespace meerstem::documents {
namespace {

Plan Rename(Reading& reading, const Arguments& arguments, Job&) {
  const Id source = *arguments.Entity("source");
  const std::string title = Trim(arguments.Text("title"));
  if (title.empty()) throw Refuse("A source needs a title; it is named by it.");
  RefuseTakenTitle(reading, title, source);
  return Simply([source, title](Writing& writing, Outcome&) {
    RefuseTakenTitle(writing, title, source);
    writing.Do("UPDATE source SET title = ? WHERE id = ?", title, source);
  });
}

Plan Set(Reading& reading, const Arguments& arguments, Job&) {
  const Id source = *arguments.Entity("source");
  if (GetSource(reading, source).kind == "remark") throw Refuse("A registration remark follows its registration; change it there.");
  bool anything = false;
  for (const char* name : {"kind", "stakeholder", "site", "date", "language"}) anything |= arguments.Has(name);
  if (!anything) throw Refuse("Say what to change: --kind, --stakeholder, --site, --date or --language.");
  if (const std::string language = Trim(arguments.Text("language")); !language.empty()) CheckedLanguage(language);
  return Simply([source, arguments](Writing& writing, Outcome& outcome) {
    if (const auto stakeholder = arguments.Entity("stakeholder")) writing.Do("UPDATE source SET stakeholder_id = ? WHERE id = ?", *stakeholder, source);
    if (const auto date = arguments.Day("date")) writing.Do("UPDATE source SET date = ? WHERE id = ?", *date, source);
    if (arguments.Has("language")) writing.Do("UPDATE source SET language = ? WHERE id = ?", Trim(arguments.Text("language")), source);
    if (arguments.Has("site")) {
      const std::string name = Trim(arguments.Text("site"));
      std::optional<Id> site;
      if (!name.empty()) site = EnsureSite(writing, name);
      writing.Do("UPDATE source SET site_id = ? WHERE id = ?", site, source);
    }
    const std::string kind = arguments.Text("kind");
    if (kind.empty()) return;
    writing.Do("UPDATE source SET kind = ? WHERE id = ?", kind, source);
    // A text that came in as a document has no turns yet; as a conversation it has.
    if (!HasTurns(kind) || writing.Number("SELECT count(*) FROM speaker WHERE source_id = ?", source) > 0) return;
    const Conversation conversation = FindTurns(*TextOf(writing, source));
    std::vector<std::optional<Id>> people;
    for (const auto& speaker : conversation.speakers) people.push_back(speaker.interviewer ? std::optional(InterviewerPerson(writing)) : std::nullopt);
    StoreTurns(writing, source, conversation, people);
    const auto turns = static_cast<std::int64_t>(conversation.turns.size());
    if (turns > 0) outcome.notes.push_back(SayCount("{0} turn was found in the text.", "{0} turns were found in the text.", turns));
  });
}

Plan Remove(Reading& reading, const Arguments& arguments, Job&) {
  const Id source = *arguments.Entity("source");
  const Source facts = GetSource(reading, source);
  if (facts.kind == "remark") throw Refuse("A registration remark goes with its registration; remove it there.");
  const std::int64_t quotes = reading.Number("SELECT count(*) FROM quote JOIN span ON span.id = span_id WHERE source_id = ?", source);
  const std::int64_t codings = reading.Number(
      "SELECT count(*) FROM coding JOIN quote ON quote.id = quote_id JOIN span ON span.id = span_id WHERE source_id = ?", source);
  const std::int64_t turns = reading.Number("SELECT count(*) FROM turn JOIN speaker ON speaker.id = speaker_id WHERE source_id = ?", source);
  Plan plan = Simply([source, quotes, codings](Writing& writing, Outcome& outcome) {
    DeleteEntity(writing, "source", source);
    if (quotes > 0) {
      outcome.notes.push_back(SayCount("{0} quote went with it, with {1}.", "{0} quotes went with it, with {1}.", quotes, SayCount("{0} coding", "{0} codings", codings)));
    }
  });
  view::Model preview;
  preview.title = Say("What goes with “{0}”", facts.title);
  const std::pair<const char*, std::pair<Message, std::int64_t>> lines[] = {
      {"turns", {Say("Turns"), turns}}, {"quotes", {Say("Quotes"), quotes}}, {"codings", {Say("Codings"), codings}}};
  std::vector<view::Row> rows;
  for (const auto& [key, line] : lines) rows.push_back({key, {{.value = line.first}, {.value = line.second}}, {}, {}});
  preview.body = view::Table{{{"what", Say("What")}, {"number", Say("Number"), view::ColumnType::kInteger}}, view::MakeRows(std::move(rows))};
  preview.notes.push_back(Say("Undo brings all of it back."));
  plan.preview = std::move(preview);
  return plan;
}

Plan About(Reading&, const Arguments& arguments, Job&) {
  const Id source = *arguments.Entity("source");
  const std::string code = Trim(arguments.Text("case"));
  if (code.empty()) throw Refuse("Say with --case which case the source is about.");
  return Simply([source, code, remove = arguments.Flag("remove")](Writing& writing, Outcome&) {
    if (remove) {
      writing.Do("DELETE FROM source_about WHERE source_id = ? AND case_id IN (SELECT id FROM study_case WHERE code = ?)", source, code);
      return;
    }
    const Id about = EnsureCase(writing, code);
    if (writing.Number("SELECT count(*) FROM source_about WHERE source_id = ? AND case_id = ?", source, about) > 0) return;
    writing.Do("INSERT INTO source_about (id, source_id, case_id) VALUES (?, ?, ?)", writing.NewId(), source, about);
  });
}

}  // namespace

void RegisterEditing(Registry& registry) {
  registry.Add(Command{.id = "documents.rename",
                       .label = Say("Rename a source"),
                       .help = Say("Gives a source another title."),
                       .parameters = {SourceParameter(), {.name = "title", .label = Say("Title"), .required = true}},
                       .prepare = Rename});
  registry.Add(Command{.id = "documents.set",
                       .label = Say("Change what is known of a source"),
                       .help = Say("Its kind, stakeholder type, site, date or language."),
                       .parameters = {SourceParameter(),
                                      {.name = "kind", .type = ParameterType::kChoice, .label = Say("Kind"), .choices = KindChoices()},
                                      {.name = "stakeholder", .type = ParameterType::kEntity, .label = Say("Stakeholder type"), .entity_kind = "stakeholder"},
                                      {.name = "site", .label = Say("Site"), .help = Say("Made when new; empty: no site."), .study_choices = SiteChoices},
                                      {.name = "date", .type = ParameterType::kDate, .label = Say("Date")},
                                      {.name = "language", .label = Say("Language"), .help = Say("nl, en, de, fr ...")}},
                       .prepare = Set});
  registry.Add(Command{.id = "documents.remove",
                       .label = Say("Remove a source"),
                       .help = Say("Removes a text with its turns, quotes and codings. Undo brings it back."),
                       .parameters = {SourceParameter()},
                       .prepare = Remove});
  registry.Add(Command{.id = "documents.about",
                       .label = Say("Say which case a source is about"),
                       .help = Say("So that a conversation with a coach can be set beside the case that it is about."),
                       .parameters = {SourceParameter(),
                                      {.name = "case", .label = Say("Case"), .help = Say("Code of the case; made when new."), .required = true, .study_choices = CaseChoices},
                                      {.name = "remove", .type = ParameterType::kBoolean, .label = Say("No longer"), .help = Say("The source is not about this case.")}},
                       .prepare = About});
}

}  // namespace meerstem::documents
