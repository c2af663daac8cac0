// What people agreed to, what they took back, and what is then taken out for good.
#include <filesystem>

#include "core/base/error.h"
#include "core/study/consent.h"
#include "core/study/purge.h"
#include "plugins/documents/common.h"
#include "plugins/documents/part.h"

namespace meerstem::documents {
namespace {

struct Use {
  const char* parameter;
  const char* purpose;
};
constexpr Use kUses[] = {{"may-analyse", "analysis"}, {"may-quote", "quotation"}, {"may-archive", "archive"}};

Parameter PersonParameter() {
  return {.name = "person", .type = ParameterType::kEntity, .label = Say("Person"), .required = true, .entity_kind = "person"};
}
Parameter DayParameter(Message help) { return {.name = "date", .type = ParameterType::kDate, .label = Say("On"), .help = std::move(help)}; }

Plan SetConsent(Reading&, const Arguments& arguments, Job&) {
  bool any = false;
  for (const auto& use : kUses) any |= arguments.Has(use.parameter);
  if (!any) throw Refuse("Say what this person agrees to: --may-analyse yes|no, --may-quote yes|no, --may-archive yes|no.");
  return Simply([arguments](Writing& writing, Outcome&) {
    const Date day = arguments.Day("date").value_or(DayOf(writing.now()));
    for (const auto& use : kUses) {
      if (arguments.Has(use.parameter)) RecordConsent(writing, *arguments.Entity("person"), use.purpose, arguments.Flag(use.parameter), day, Trim(arguments.Text("guardian")));
    }
  });
}

Message HasNotWithdrawn(Reading& reading, const Arguments& arguments) {
  const auto person = arguments.Entity("person");
  if (!person || reading.Number("SELECT count(*) FROM person WHERE id = ? AND withdrawn IS NOT NULL", *person) > 0) return {};
  return Say("This person has not withdrawn; purging follows a withdrawal.");
}

Command WithdrawCommand() {
  Command command{.id = "people.withdraw", .label = Say("Withdraw"),
                  .help = Say("A person takes everything back: no view and no export shows a word of theirs from now on. Undo brings it back until it is purged.")};
  command.parameters = {PersonParameter(), DayParameter(Say("The day on which they said so; default: today."))};
  command.impossible = [](Reading& reading, const Arguments& arguments) -> Message {
    const auto person = arguments.Entity("person");
    if (!person || reading.Number("SELECT count(*) FROM person WHERE id = ? AND withdrawn IS NOT NULL", *person) == 0) return {};
    return Say("This person has withdrawn already.");
  };
  command.prepare = [](Reading&, const Arguments& arguments, Job&) {
    return Simply([arguments](Writing& writing, Outcome& outcome) {
      Withdraw(writing, *arguments.Entity("person"), arguments.Day("date").value_or(DayOf(writing.now())));
      outcome.notes.push_back(Say("Their words are shown nowhere any more, and still stand in the file until they are purged."));
    });
  };
  return command;
}

/// What would go, line by line; backups by their file.
view::Model PurgingTable(const Registry& registry, const Purging& purging) {
  std::vector<view::Row> rows;
  const auto line = [&](std::string key, Message what, std::int64_t number, view::Cell where = {.state = view::State::kEmpty}) {
    rows.push_back({std::move(key), {{.value = std::move(what)}, {.value = number}, std::move(where)}, {}, {}});
  };
  line("conversations", Say("Conversations in which they speak"), purging.conversations);
  line("turns", Say("Turns that become blocks"), purging.turns);
  line("words", Say("Words"), purging.words);
  line("quotes", Say("Quotes that go, with their codings"), purging.quotes);
  line("memos", Say("Memos about them or their quotes that go"), purging.memos);
  line("names", Say("Names of theirs that become blocks wherever they stand"), purging.names);
  line("other_texts", Say("Other texts that repeat their words, blocked there too"), purging.other_texts);
  line("pdfs", Say("Pages as they were printed: PDFs that name or repeat them, or that cannot be looked through"), purging.pdfs);
  for (const auto& copied : purging.copied) {
    const EntityKind* kind = nullptr;
    for (const auto& each : registry.kinds()) {
      if (each.table == copied.table) kind = &each;
    }
    view::Cell where{.value = kind ? kind->label : Verbatim(copied.table)};
    if (kind) where.entities = {{kind->kind, copied.entity.id}};
    if (kind && kind->open) where.target = kind->open(copied.entity.id);
    line("copied/" + copied.table + "/" + copied.column + "/" + ToString(copied.entity.id), Say("Copied from them elsewhere: replaced by […]"), 1, std::move(where));
  }
  for (const auto& path : purging.backups) line("backup/" + path, Say("Backup that still holds them"), 1, {.value = path});
  for (const auto& path : purging.unreadable) line("unread/" + path, Say("Backup that cannot be read, so look yourself"), 1, {.value = path});
  view::Model model;
  model.title = Say("What goes with {0}", purging.pseudonym);
  model.body = view::Table{{{"what", Say("What")}, {"number", Say("Number"), view::ColumnType::kInteger}, {"where", Say("Where"), view::ColumnType::kText, 60}}, view::MakeRows(std::move(rows))};
  model.notes = {Say("This cannot be undone, and undo reaches no further back than this. The journal keeps that it was done, and when.")};
  return model;
}

Command PurgeCommand(const Registry& registry) {
  Command command{.id = "people.purge", .label = Say("Purge for good"),
                  .help = Say("Takes the words and names of a person who withdrew out of the file: texts, quotes, memos, copies, older versions, the journal's record. It cannot be undone.")};
  command.parameters = {PersonParameter(),
                        {.name = "delete-backups", .type = ParameterType::kBoolean, .label = Say("Delete the backups that hold them"), .help = Say("Otherwise they are listed, and stay.")},
                        {.name = "confirm", .type = ParameterType::kBoolean, .label = Say("I know that this cannot be undone"), .required = true}};
  command.impossible = HasNotWithdrawn;
  command.prepare = [&whole = registry.whole()](Reading& reading, const Arguments& arguments, Job& job) {
    Plan plan;
    const Purging purging = LookAtPurging(reading, *arguments.Entity("person"), job);
    plan.preview = PurgingTable(whole, purging);
    plan.apply = [purging, arguments](Applying& applying) {
      if (!arguments.Flag("confirm")) throw Refuse("Purging cannot be undone; say --confirm yes when you are sure.");
      applying.outcome.changed.Add(Purge(applying.store(), applying.act(), purging.person, applying.job()));
      auto& notes = applying.outcome.notes;
      notes.push_back(SayCount("{0} word was taken out of the texts.", "{0} words were taken out of the texts.", purging.words));
      for (const auto& path : purging.backups) {
        std::error_code error;
        if (arguments.Flag("delete-backups") && std::filesystem::remove(path, error)) notes.push_back(Say("Deleted: {0}", path));
        else notes.push_back(Say("This backup still holds them: {0}", path));
      }
      for (const auto& path : purging.unreadable) notes.push_back(Say("This backup cannot be read, so look yourself: {0}", path));
      notes.push_back(Say("Copies that were made by hand, sent or exported are out of reach of this."));
    };
    return plan;
  };
  return command;
}

Message UseLabel(const std::string& purpose) {
  if (purpose == "analysis") return Say("Analysis");
  if (purpose == "quotation") return Say("Quoting");
  if (purpose == "archive") return Say("Archive");
  return Say("Everything");
}
Message AnswerLabel(const std::string& answer) {
  if (answer == "given") return Say("agreed");
  if (answer == "refused") return Say("refused");
  if (answer == "withdrawn") return Say("withdrawn");
  return Say("purged");
}

view::Model Consents(Reading& reading, const Arguments& arguments, Job&) {
  std::vector<view::Row> rows;
  auto found = reading.Query(
      "SELECT consent.id, person.id, pseudonym, purpose, answer, consent.date, guardian, researcher.name FROM consent JOIN person ON person.id = person_id "
      "LEFT JOIN researcher ON researcher.id = recorded_by WHERE ?1 IS NULL OR person.id = ?1 ORDER BY pseudonym, consent.at DESC, consent.id DESC",
      arguments.Entity("person"));
  std::int64_t people = 0;
  Id last;
  while (found.Step()) {
    people += found.GetId(1) != last;
    last = found.GetId(1);
    const auto text = [&](int column) { return found.IsNull(column) || found.View(column).empty() ? view::Cell{.state = view::State::kEmpty} : view::Cell{.value = found.Text(column)}; };
    view::Row row{.key = ToString(found.GetId(0)), .entities = {{"person", last}}};
    row.cells = {{.value = found.Text(2), .entities = {{"person", last}}}, {.value = UseLabel(found.Text(3))}, {.value = AnswerLabel(found.Text(4))},
                 {.value = found.MaybeDate(5).value_or(Date{})}, text(6), text(7)};
    rows.push_back(std::move(row));
  }
  view::Model model;
  model.population.facts = {{"people", Say("People"), people}, {"answers", Say("Answers"), static_cast<std::int64_t>(rows.size())}};
  model.body = view::Table{{{"person", Say("Person")}, {"use", Say("Use")}, {"answer", Say("Answer")}, {"date", Say("Date"), view::ColumnType::kDate}, {"guardian", Say("Guardian")}, {"recorded_by", Say("Recorded by")}},
                           view::MakeRows(std::move(rows))};
  model.notes = {Say("The newest answer of a use is in force. What was not recorded counts as agreed; for minors, words leave the house only with a guardian's consent.")};
  model.empty = Say("No consent was recorded yet.");
  model.actions = {{Say("Record consent"), "people.consent", {}}};
  return model;
}

}  // namespace

void RegisterConsent(Registry& registry) {
  registry.Add(Command{.id = "people.consent",
                       .label = Say("Record consent"),
                       .help = Say("What a person agrees to, use by use, with its date; it reaches every table, chapter and export."),
                       .parameters = {PersonParameter(),
                                      {.name = "may-analyse", .type = ParameterType::kBoolean, .label = Say("May be analysed")},
                                      {.name = "may-quote", .type = ParameterType::kBoolean, .label = Say("May be quoted")},
                                      {.name = "may-archive", .type = ParameterType::kBoolean, .label = Say("May be archived")},
                                      DayParameter(Say("The day of the answer; default: today.")),
                                      {.name = "guardian", .label = Say("Guardian"), .help = Say("Who consents for a minor: mother, father, guardian; not a name.")}},
                       .prepare = SetConsent});
  registry.Add(WithdrawCommand());
  registry.Add(PurgeCommand(registry));
  View consents{.id = "people.consents", .kind = view::Kind::kTable, .label = Say("Consents"), .help = Say("Every answer that people gave, use by use, the newest first.")};
  consents.parameters = {{.name = "person", .type = ParameterType::kEntity, .label = Say("Person"), .live = true, .entity_kind = "person"}};
  consents.build = Consents;
  registry.Add(std::move(consents));
}

}  // namespace meerstem::documents
