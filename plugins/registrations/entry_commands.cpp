// Entering a registration: it starts from what stood before, and only what is entered is stored.
#include <algorithm>
#include <charconv>
#include <set>

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/study/deletion.h"
#include "core/study/sources.h"
#include "plugins/registrations/answers.h"
#include "plugins/registrations/common.h"

namespace meerstem::registrations {
namespace {

Parameter RegistrationParameter() {
  return {.name = "registration", .type = ParameterType::kEntity, .label = Say("Registration"), .required = true, .entity_kind = "registration"};
}

std::vector<Parameter> PlaceParameters() {
  return {RegistrationParameter(),
          {.name = "item", .type = ParameterType::kEntity, .label = Say("Item"), .required = true, .entity_kind = "item"},
          {.name = "person", .type = ParameterType::kEntity, .label = Say("Member"), .help = Say("For items about an adult or a child."),
           .entity_kind = "person"}};
}

using PlaceEdit = std::function<void(Writing&, Outcome&)>;

/// A command on one place: `plan` checks it and says what to write.
Command OnPlace(std::string id, Message label, Message help, std::function<PlaceEdit(Reading&, const Place&, const Arguments&)> plan) {
  Command command;
  command.id = std::move(id);
  command.label = std::move(label);
  command.help = std::move(help);
  command.parameters = PlaceParameters();
  command.prepare = [plan = std::move(plan)](Reading& reading, const Arguments& arguments, Job&) {
    return Simply(plan(reading, ReadPlace(reading, arguments), arguments));
  };
  return command;
}

PlaceEdit Entering(const Place& place, std::string status, std::optional<int> value) {
  return [registration = place.registration.id, key = place.key, status = std::move(status), value](Writing& writing, Outcome& outcome) {
    outcome.created.push_back(PutAnswer(writing, registration, key, status, value));
  };
}

/// The points that some item of the study has.
std::vector<Choice> AllPoints(Reading& reading) {
  std::vector<Choice> choices;
  auto rows = reading.Query("SELECT DISTINCT value FROM scale_point ORDER BY value");
  while (rows.Step()) choices.push_back({std::to_string(rows.Int(0)), Verbatim(std::to_string(rows.Int(0)))});
  return choices;
}

Command StartCommand() {
  Command start;
  start.id = "registrations.start";
  start.label = Say("Start a registration");
  start.help = Say("A new registration of a family on a date; it opens on what was known last, and stores only what you enter.");
  start.parameters = {{.name = "case", .type = ParameterType::kEntity, .label = Say("Case"), .required = true, .entity_kind = "case"},
                      {.name = "date", .type = ParameterType::kDate, .label = Say("Date"), .required = true},
                      InstrumentParameter(),
                      {.name = "occasion", .type = ParameterType::kText, .label = Say("Occasion"), .help = Say("Intake, three months, closing ...")},
                      {.name = "by", .type = ParameterType::kEntity, .label = Say("Registered by"), .entity_kind = "person"}};
  start.impossible = [](Reading& reading, const Arguments&) {
    if (reading.Number("SELECT count(*) FROM instrument") == 0) return Say("The study has no instrument yet; add one with registrations.add-instrument.");
    return Message{};
  };
  start.prepare = [](Reading& reading, const Arguments& arguments, Job&) {
    const Id study_case = *arguments.Entity("case");
    const Id instrument = TheInstrument(reading, arguments);
    const Date date = *arguments.Day("date");
    if (reading.Number("SELECT count(*) FROM instrument, study_case WHERE instrument.id = ? AND study_case.id = ? AND instrument.subject <> study_case.subject", instrument, study_case) > 0) {
      throw Refuse("This instrument and this case do not go together: one is about families, the other about professionals.");
    }
    if (reading.Number("SELECT count(*) FROM registration WHERE case_id = ? AND instrument_id = ? AND date = ?", study_case, instrument, date) > 0) {
      throw Refuse("{0} has a registration on {1} already; open that one.", CaseCode(reading, study_case), date);
    }
    return Simply([study_case, instrument, date, occasion = arguments.Text("occasion"), by = arguments.Entity("by")](Writing& writing, Outcome& outcome) {
      const Id id = writing.NewId();
      writing.Do("INSERT INTO registration (id, case_id, instrument_id, date, occasion, registrar_id) VALUES (?, ?, ?, ?, ?, ?)", id, study_case, instrument, date, occasion, by);
      outcome.created.push_back(id);
      outcome.show = view::Target{"registrations.entry", {{"registration", id}}};
    });
  };
  return start;
}

Command AnswerCommand() {
  Command answer = OnPlace("registrations.answer", Say("Enter an answer"), Say("Stores a point of the scale for an item at a registration."),
                           [](Reading&, const Place& place, const Arguments& arguments) {
                             const std::string text = arguments.Text("value");
                             int value = 0;
                             std::from_chars(text.data(), text.data() + text.size(), value);
                             const auto& points = place.item.points;
                             if (std::none_of(points.begin(), points.end(), [&](const ScalePoint& p) { return p.value == value; })) {
                               throw Refuse("“{0}” is not a point of “{1}”.", text, place.item.key);
                             }
                             return Entering(place, "rated", value);
                           });
  answer.parameters.push_back({.name = "value", .type = ParameterType::kChoice, .label = Say("Value"), .required = true, .study_choices = &AllPoints});
  return answer;
}

PlaceEdit Confirming(Reading& reading, const Place& place, const Arguments&) {
  const State before = StateBefore(reading, place.registration);
  const auto standing = before.find(place.key);
  if (standing == before.end() || standing->second.status == AnswerStatus::kUnknown) {
    throw Refuse("“{0}” has no earlier answer that still stands, so there is nothing to confirm.", place.item.key);
  }
  if (!standing->second.value) return Entering(place, "not_applicable", std::nullopt);
  return Entering(place, "confirmed", standing->second.value);
}

/// Words that quotes point at cannot be replaced: the quotes would say something else.
void RefuseQuoted(Reading& reading, const Id& remark) {
  if (reading.Number("SELECT count(*) FROM span WHERE source_id = ?", remark) > 0) {
    throw Refuse("This remark has been quoted or coded; take the codings off before you change its words.");
  }
}

PlaceEdit Remarking(Reading& reading, const Place& place, const Arguments& arguments) {
  const std::string text = Trim(CleanText(arguments.Text("text")));
  const auto stored = FindAnswer(reading, place.registration.id, place.key);
  if (text.empty() && (!stored || !stored->remark)) throw Refuse("There is no remark to take away here; write one with --text.");
  if (stored && stored->remark) RefuseQuoted(reading, *stored->remark);
  return [place, text](Writing& writing, Outcome& outcome) {
    auto answer = FindAnswer(writing, place.registration.id, place.key);
    if (text.empty()) {
      if (answer->status == "remark") writing.Do("DELETE FROM answer WHERE id = ?", answer->id);
      DeleteEntity(writing, "source", *answer->remark);
    } else if (answer && answer->remark) {
      writing.Do("UPDATE source SET content_hash = ? WHERE id = ?", StoreContent(writing, text), *answer->remark);
    } else {
      const Id remark = AddRemark(writing, place.registration, place.item.key, place.member, text);
      const Id id = answer ? answer->id : PutAnswer(writing, place.registration.id, place.key, "remark", std::nullopt);
      writing.Do("UPDATE answer SET remark_id = ? WHERE id = ?", remark, id);
      outcome.created.push_back(remark);
    }
  };
}

PlaceEdit Clearing(Reading& reading, const Place& place, const Arguments&) {
  const auto stored = FindAnswer(reading, place.registration.id, place.key);
  if (!stored || stored->status == "remark") throw Refuse("Nothing was entered for “{0}” at this registration.", place.item.key);
  return [stored](Writing& writing, Outcome&) {
    writing.Do("DELETE FROM excluded_answer WHERE answer_id = ?", stored->id);
    if (stored->remark) {
      writing.Do("UPDATE answer SET status = 'remark', value = NULL WHERE id = ?", stored->id);
    } else {
      writing.Do("DELETE FROM answer WHERE id = ?", stored->id);
    }
  };
}

Command ByCommand() {
  Command by;
  by.id = "registrations.registered-by";
  by.label = Say("Say who registered");
  by.help = Say("Who made a registration: a rule set can ask for the same person at baseline and at follow-up. Without a person, nobody is known.");
  by.parameters = {RegistrationParameter(), {.name = "person", .type = ParameterType::kEntity, .label = Say("Registered by"), .entity_kind = "person"}};
  by.prepare = [](Reading&, const Arguments& arguments, Job&) {
    return Simply([id = *arguments.Entity("registration"), person = arguments.Entity("person")](Writing& writing, Outcome&) {
      writing.Do("UPDATE registration SET registrar_id = ?1 WHERE id = ?2 AND registrar_id IS NOT ?1", person, id);
    });
  };
  return by;
}

Command DeleteCommand() {
  Command remove;
  remove.id = "registrations.delete";
  remove.label = Say("Delete a registration");
  remove.help = Say("Takes a registration away with its answers and remarks; what other registrations hold stays.");
  remove.parameters = {RegistrationParameter()};
  remove.prepare = [](Reading& reading, const Arguments& arguments, Job&) {
    const RegistrationFacts registration = GetRegistration(reading, *arguments.Entity("registration"));
    return Simply([registration](Writing& writing, Outcome& outcome) {
      std::vector<Id> remarks;
      {
        auto rows = writing.Query("SELECT remark_id FROM answer WHERE registration_id = ? AND remark_id IS NOT NULL", registration.id);
        while (rows.Step()) remarks.push_back(rows.GetId(0));
      }
      DeleteEntity(writing, "registration", registration.id);
      for (const auto& remark : remarks) DeleteEntity(writing, "source", remark);
      outcome.notes.push_back(Say("The registration of {0} on {1} is gone, with {2} remarks.", registration.case_code, registration.date, remarks.size()));
      outcome.show = view::Target{"registrations.case", {{"case", registration.study_case}}};
    });
  };
  return remove;
}

}  // namespace

void AddEntryCommands(Registry& registry) {
  registry.Add(StartCommand());
  registry.Add(AnswerCommand());
  registry.Add(OnPlace("registrations.confirm", Say("Confirm an answer"), Say("Says that the earlier answer was looked at and still holds."), &Confirming));
  registry.Add(OnPlace("registrations.not-applicable", Say("Mark as not applicable"), Say("The item does not concern this family or member."),
                       [](Reading&, const Place& place, const Arguments&) {
                         if (!place.item.not_applicable) throw Refuse("“{0}” applies to everyone; it cannot be “not applicable”.", place.item.key);
                         return Entering(place, "not_applicable", std::nullopt);
                       }));
  registry.Add(OnPlace("registrations.unknown", Say("Mark as unknown"), Say("Not known any more: an earlier answer is not carried further."),
                       [](Reading&, const Place& place, const Arguments&) { return Entering(place, "unknown", std::nullopt); }));
  Command remark = OnPlace("registrations.remark", Say("Write a remark"),
                           Say("An open remark with an answer; it becomes a source that can be searched, coded and quoted. Empty: takes it away."), &Remarking);
  remark.parameters.push_back({.name = "text", .type = ParameterType::kProse, .label = Say("Remark"), .required = true});
  registry.Add(std::move(remark));
  registry.Add(OnPlace("registrations.clear", Say("Take an answer back"), Say("What was known before stands again; a remark stays."), &Clearing));
  registry.Add(ByCommand());
  registry.Add(DeleteCommand());
}

}  // namespace meerstem::registrations
