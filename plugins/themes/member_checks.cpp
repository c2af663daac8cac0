// Back to those who spoke: per conversation whether it was given back, when, and what they answered, as a source.
#include <algorithm>

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/study/deletion.h"
#include "plugins/themes/part.h"
#include "plugins/themes/themes.h"

namespace meerstem::themes {
namespace {

std::vector<Choice> Statuses() {
  return {{"planned", Say("Planned")},          {"sent", Say("Given to read")},  {"confirmed", Say("Confirmed")},        {"corrected", Say("Corrected or added to")},
          {"no_reply", Say("No answer")},       {"declined", Say("Did not want to")},   {"not_possible", Say("Not possible")}};
}

Message StatusLabel(const std::string& status) {
  for (auto& choice : Statuses()) {
    if (choice.key == status) return choice.label;
  }
  return {};
}

Parameter CheckParameter() {
  return {.name = "check", .type = ParameterType::kEntity, .label = Say("Member check"), .required = true, .entity_kind = "member-check"};
}

/// What a member check says, apart from its conversation.
std::vector<Parameter> FactParameters(bool required) {
  return {{.name = "status", .type = ParameterType::kChoice, .label = Say("Status"), .required = required, .choices = Statuses()},
          {.name = "date", .type = ParameterType::kDate, .label = Say("Date")},
          {.name = "person", .type = ParameterType::kEntity, .label = Say("Person"), .help = Say("Who was asked; left out: all who spoke."), .entity_kind = "person"},
          {.name = "reply", .type = ParameterType::kEntity, .label = Say("Answer"), .help = Say("The source that holds what they answered."), .entity_kind = "source"},
          {.name = "note", .type = ParameterType::kProse, .label = Say("Note")}};
}

EntityKind CheckKind() {
  EntityKind kind{.kind = "member-check", .table = "member_check", .label = Say("member check")};
  // Its conversation names it, and its place among the checks of that one.
  kind.list = [](Reading& reading) {
    std::vector<std::pair<Id, std::string>> all;
    auto rows = reading.Query(
        "SELECT member_check.id, title || '/' || row_number() OVER (PARTITION BY source.id ORDER BY member_check.id) FROM member_check JOIN source ON source.id = source_id "
        "ORDER BY source.order_key, member_check.id");
    while (rows.Step()) all.emplace_back(rows.GetId(0), rows.Text(1));
    return all;
  };
  kind.name = [list = kind.list](Reading& reading, const Id& id) -> std::optional<std::string> {
    for (auto& [check, name] : list(reading)) {
      if (check == id) return name;
    }
    return std::nullopt;
  };
  kind.open = [](const Id&) { return view::Target{"themes.member-checks", {}}; };
  return kind;
}

void RequireReply(Reading& reading, const Arguments& arguments, const Id& source) {
  if (const auto reply = arguments.Entity("reply"); reply && *reply == source) throw Refuse("An answer is a source of its own, not the conversation itself; import it first.");
  const auto person = arguments.Entity("person");
  if (person && reading.Number("SELECT count(*) FROM speaker WHERE source_id = ? AND person_id = ?", source, *person) == 0) throw Refuse("This person does not speak in that conversation.");
}

Command AddCheck() {
  Command command{.id = "themes.member-check", .label = Say("Record a member check"), .help = Say("What became of giving a conversation back to those who spoke; each step may be recorded, the last one counts.")};
  command.parameters = {{.name = "source", .type = ParameterType::kEntity, .label = Say("Conversation"), .required = true, .entity_kind = "source"}};
  for (auto& parameter : FactParameters(true)) command.parameters.push_back(std::move(parameter));
  command.prepare = [](Reading& reading, const Arguments& arguments, Job&) {
    RequireReply(reading, arguments, *arguments.Entity("source"));
    return Simply([arguments](Writing& writing, Outcome& outcome) {
      outcome.created.push_back(writing.NewId());
      writing.Do("INSERT INTO member_check (id, source_id, person_id, status, date, note, reply_id) VALUES (?, ?, ?, ?, ?, ?, ?)", outcome.created.back(), *arguments.Entity("source"),
                 arguments.Entity("person"), arguments.Text("status"), arguments.Day("date"), Trim(arguments.Text("note")), arguments.Entity("reply"));
    });
  };
  return command;
}

Command SetCheck() {
  Command command{.id = "themes.set-member-check", .label = Say("Change a member check"), .help = Say("Changes what is given; the rest stays.")};
  command.parameters = {CheckParameter()};
  for (auto& parameter : FactParameters(false)) command.parameters.push_back(std::move(parameter));
  command.prepare = [](Reading& reading, const Arguments& arguments, Job&) {
    const Id check = *arguments.Entity("check");
    auto row = reading.Query("SELECT source_id FROM member_check WHERE id = ?", check);
    if (row.Step()) RequireReply(reading, arguments, row.GetId(0));
    return Simply([arguments, check](Writing& writing, Outcome&) {
      if (arguments.Has("status")) writing.Do("UPDATE member_check SET status = ? WHERE id = ?", arguments.Text("status"), check);
      if (arguments.Has("date")) writing.Do("UPDATE member_check SET date = ? WHERE id = ?", arguments.Day("date"), check);
      if (arguments.Has("person")) writing.Do("UPDATE member_check SET person_id = ? WHERE id = ?", arguments.Entity("person"), check);
      if (arguments.Has("reply")) writing.Do("UPDATE member_check SET reply_id = ? WHERE id = ?", arguments.Entity("reply"), check);
      if (arguments.Has("note")) writing.Do("UPDATE member_check SET note = ? WHERE id = ?", Trim(arguments.Text("note")), check);
    });
  };
  return command;
}

Command DeleteCheck() {
  Command command{.id = "themes.delete-member-check", .label = Say("Delete a member check"), .help = Say("The conversation and the answer stay.")};
  command.parameters = {CheckParameter()};
  command.prepare = [](Reading&, const Arguments& arguments, Job&) {
    return Simply([check = *arguments.Entity("check")](Writing& writing, Outcome&) { DeleteEntity(writing, "member_check", check); });
  };
  return command;
}

/// A text that may be missing.
view::Cell TextOrEmpty(std::string text) {
  if (text.empty()) return {.state = view::State::kEmpty};
  return {.value = std::move(text)};
}

view::Row CheckRow(Statement& row) {
  const Id check = row.GetId(2);
  const auto edit = [&](const std::string& parameter, ParameterType type, std::vector<Choice> choices = {}) {
    return view::Edit{"themes.set-member-check", {{"check", check}}, parameter, type, std::move(choices)};
  };
  view::Row shown{.key = ToString(check)};
  view::Cell status{.value = StatusLabel(row.Text(4)), .edit = edit("status", ParameterType::kChoice, Statuses())};
  view::Cell date{.state = view::State::kEmpty, .edit = edit("date", ParameterType::kDate)};
  if (const auto day = row.MaybeDate(5)) {
    date.value = *day;
    date.state = view::State::kValue;
  }
  view::Cell note = TextOrEmpty(row.Text(6));
  note.edit = edit("note", ParameterType::kProse);
  view::Cell reply = TextOrEmpty(row.Text(8));
  if (const auto source = row.MaybeId(7)) {
    reply.target = view::Target{"coding.document", {{"source", *source}}};
    reply.entities = {{"source", *source}};
  }
  shown.cells = {{.value = row.Text(1)}, std::move(status), std::move(date), {.value = row.IsNull(3) ? Value(Say("everyone")) : Value(row.Text(3))}, std::move(reply), std::move(note)};
  shown.entities = {{"source", row.GetId(0)}, {"member-check", check}};
  return shown;
}

View Checks() {
  View view{.id = "themes.member-checks", .kind = view::Kind::kTable, .label = Say("Member checks"), .help = Say("Per conversation whether it was given back to those who spoke, when, and what they answered.")};
  view.build = [](Reading& reading, const Arguments&, Job&) {
    std::vector<view::Row> rows;
    std::map<std::string, std::int64_t> last;
    std::int64_t conversations = 0, replies = 0;
    auto all = reading.Query(
        "SELECT source.id, source.title, member_check.id, person.pseudonym, status, member_check.date, note, reply.id, reply.title FROM source "
        "LEFT JOIN member_check ON member_check.source_id = source.id LEFT JOIN person ON person.id = person_id LEFT JOIN source reply ON reply.id = reply_id "
        "WHERE source.kind IN ('interview', 'focus_group') OR member_check.id IS NOT NULL ORDER BY source.order_key, source.id, ifnull(member_check.date, ''), member_check.id");
    Id source;
    std::string status;
    const auto finish = [&] {
      if (!source.IsNil()) ++last[status];
    };
    while (all.Step()) {
      if (all.GetId(0) != source) {
        finish();
        source = all.GetId(0);
        ++conversations;
      }
      if (all.IsNull(2)) {
        status.clear();
        view::Row row{.key = ToString(source)};
        row.cells = {{.value = all.Text(1)}, {.state = view::State::kEmpty, .why = Say("Nothing is recorded.")}, {.state = view::State::kEmpty}, {.state = view::State::kEmpty}, {.state = view::State::kEmpty}, {.state = view::State::kEmpty}};
        row.entities = {{"source", source}};
        row.target = view::Target{"coding.document", {{"source", source}}};
        rows.push_back(std::move(row));
        continue;
      }
      status = all.Text(4);
      replies += !all.IsNull(7);
      rows.push_back(CheckRow(all));
      rows.back().target = view::Target{"coding.document", {{"source", source}}};
    }
    finish();
    view::Model model;
    model.population.description = Say("Interviews and focus groups; of each conversation the last step counts");
    model.population.facts = {{"conversations", Say("Conversations"), conversations}, {"none", Say("Nothing recorded"), last[""]}};
    for (const auto& choice : Statuses()) {
      if (last[choice.key] > 0) model.population.facts.push_back({choice.key, choice.label, last[choice.key]});
    }
    model.population.facts.push_back({"replies", Say("Answers kept as sources"), replies});
    model.body = view::Table{{{"source", Say("Conversation")}, {"status", Say("Status")}, {"date", Say("Date"), view::ColumnType::kDate}, {"person", Say("Who was asked")}, {"reply", Say("Answer")}, {"note", Say("Note"), view::ColumnType::kText, 40}},
                             view::MakeRows(std::move(rows))};
    model.drops = {{"source", "member-check", "themes.set-member-check", "reply", "check"}};
    model.actions = {{Say("Record a member check"), "themes.member-check", {}}};
    model.empty = Say("There are no conversations yet.");
    return model;
  };
  return view;
}

}  // namespace

void RegisterMemberChecks(Registry& registry) {
  registry.Add(CheckKind());
  registry.Add(AddCheck());
  registry.Add(SetCheck());
  registry.Add(DeleteCheck());
  registry.Add(Checks());
}

}  // namespace meerstem::themes
