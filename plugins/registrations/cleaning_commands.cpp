// Cleaning: what is left out of every count, by whom, when and why; and what happened to a case before its
// registrations. Nothing is deleted: what was left out can be taken in again.
#include "core/base/error.h"
#include "core/base/text.h"
#include "core/study/deletion.h"
#include "plugins/registrations/answers.h"
#include "plugins/registrations/common.h"

namespace meerstem::registrations {
namespace {

Parameter CaseParameter() { return {.name = "case", .type = ParameterType::kEntity, .label = Say("Case"), .entity_kind = "case"}; }

std::vector<Parameter> WhatParameters() {
  return {CaseParameter(),
          {.name = "registration", .type = ParameterType::kEntity, .label = Say("Registration"), .help = Say("Alone: the whole registration, as when it was made twice."),
           .entity_kind = "registration"},
          {.name = "item", .type = ParameterType::kEntity, .label = Say("Item"), .help = Say("With a registration: the one answer."), .entity_kind = "item"},
          {.name = "person", .type = ParameterType::kEntity, .label = Say("Member"), .entity_kind = "person"}};
}

/// What is to be left out or taken in: a row of `table`, whose exclusions point at it with `column`.
struct Target {
  std::string table, column;
  Id id;
  Message name;
};

Target ReadTarget(Reading& reading, const Arguments& arguments) {
  const auto study_case = arguments.Entity("case"), registration = arguments.Entity("registration");
  if (arguments.Has("item")) {
    if (!registration) throw Usage("An answer belongs to a registration; say which one with --registration.");
    const Place place = ReadPlace(reading, arguments);
    const auto answer = FindAnswer(reading, *registration, place.key);
    if (!answer || answer->status == "remark") throw Refuse("Nothing was entered for “{0}” at this registration.", place.item.key);
    const std::string item = place.item.key + (place.member.empty() ? "" : "/" + place.member);
    return {"excluded_answer", "answer_id", answer->id, Say("{0}, {1}, {2}", place.registration.case_code, place.registration.date, item)};
  }
  if (registration) {
    const RegistrationFacts facts = GetRegistration(reading, *registration);
    return {"excluded_registration", "registration_id", facts.id, Say("{0}, {1}", facts.case_code, facts.date)};
  }
  if (!study_case) throw Usage("Say what: --case, --registration, or --registration with --item.");
  return {"excluded_case", "case_id", *study_case, Verbatim(CaseCode(reading, *study_case))};
}

bool IsExcluded(Reading& reading, const Target& target) {
  return reading.Number("SELECT count(*) FROM " + target.table + " WHERE " + target.column + " = ?", target.id) > 0;
}

Command ExcludeCommand() {
  Command exclude;
  exclude.id = "registrations.exclude";
  exclude.label = Say("Leave out of every count");
  exclude.help = Say("Leaves a case, a registration or one answer out of every count, with the reason; it stays in the study and can be taken in again.");
  exclude.parameters = WhatParameters();
  exclude.parameters.push_back({.name = "reason", .type = ParameterType::kText, .label = Say("Reason"), .required = true});
  exclude.prepare = [](Reading& reading, const Arguments& arguments, Job&) {
    const Target target = ReadTarget(reading, arguments);
    const std::string reason = Trim(arguments.Text("reason"));
    if (reason.empty()) throw Refuse("Say why with --reason; the cleaning log shows it.");
    if (IsExcluded(reading, target)) throw Refuse("“{0}” is left out already.", target.name);
    return Simply([target, reason](Writing& writing, Outcome& outcome) {
      const std::optional<Id> author = writing.actor().IsNil() ? std::nullopt : std::optional(writing.actor());
      const Id id = writing.NewId();
      writing.Do("INSERT INTO " + target.table + " (id, " + target.column + ", reason, author_id, at) VALUES (?, ?, ?, ?, ?)", id, target.id, reason, author, writing.now());
      outcome.created.push_back(id);
      outcome.notes.push_back(Say("“{0}” no longer counts.", target.name));
    });
  };
  return exclude;
}

Command IncludeCommand() {
  Command include;
  include.id = "registrations.include";
  include.label = Say("Take in again");
  include.help = Say("What was left out counts again; the journal keeps that it was left out.");
  include.parameters = WhatParameters();
  include.prepare = [](Reading& reading, const Arguments& arguments, Job&) {
    const Target target = ReadTarget(reading, arguments);
    if (!IsExcluded(reading, target)) throw Refuse("“{0}” was not left out.", target.name);
    return Simply([target](Writing& writing, Outcome& outcome) {
      writing.Do("DELETE FROM " + target.table + " WHERE " + target.column + " = ?", target.id);
      outcome.notes.push_back(Say("“{0}” counts again.", target.name));
    });
  };
  return include;
}

std::vector<Choice> Steps() {
  std::vector<Choice> choices;
  for (const char* step : {"approached", "referred", "waiting", "declined"}) choices.push_back({step, StepLabel(step)});
  return choices;
}

Command StepCommand() {
  Command step;
  step.id = "registrations.step";
  step.label = Say("Note a step of a case");
  step.help = Say("When a family was approached, referred and by whom, put on a waiting list, or declined; a step noted before gets the new date.");
  Parameter study_case = CaseParameter();
  study_case.required = true;
  step.parameters = {study_case,
                     {.name = "step", .type = ParameterType::kChoice, .label = Say("Step"), .required = true, .choices = Steps()},
                     {.name = "date", .type = ParameterType::kDate, .label = Say("Date"), .help = Say("Left out, the step is taken away.")},
                     {.name = "through", .type = ParameterType::kText, .label = Say("Through whom"), .help = Say("The service or person who brought the family in.")}};
  step.prepare = [](Reading& reading, const Arguments& arguments, Job&) {
    const Id study_case_id = *arguments.Entity("case");
    const std::string name = arguments.Text("step");
    const auto date = arguments.Day("date");
    std::optional<Id> there;
    {
      auto row = reading.Query("SELECT id FROM case_step WHERE case_id = ? AND step = ?", study_case_id, name);
      if (row.Step()) there = row.GetId(0);
    }
    if (!date && !there) throw Refuse("Nothing was noted of this step; say when with --date.");
    return Simply([=, through = arguments.Text("through")](Writing& writing, Outcome& outcome) {
      if (!date) return writing.Do("DELETE FROM case_step WHERE id = ?", *there);
      if (there) return writing.Do("UPDATE case_step SET date = ?, through = ? WHERE id = ?", *date, through, *there);
      outcome.created.push_back(writing.NewId());
      writing.Do("INSERT INTO case_step (id, case_id, step, date, through) VALUES (?, ?, ?, ?, ?)", outcome.created.back(), study_case_id, name, *date, through);
    });
  };
  return step;
}

Command PeriodCommand() {
  Command period;
  period.id = "registrations.set-period";
  period.label = Say("Start and end of a case");
  period.help = Say("When the support of a family started and ended; a date that is left out stays as it was.");
  Parameter study_case = CaseParameter();
  study_case.required = true;
  period.parameters = {study_case,
                       {.name = "start", .type = ParameterType::kDate, .label = Say("Start")},
                       {.name = "end", .type = ParameterType::kDate, .label = Say("End")},
                       {.name = "no-end", .type = ParameterType::kBoolean, .label = Say("Not ended"), .fallback = "no"}};
  period.prepare = [](Reading& reading, const Arguments& arguments, Job&) {
    const Id id = *arguments.Entity("case");
    auto row = reading.Query("SELECT started, ended, code FROM study_case WHERE id = ?", id);
    if (!row.Step()) throw Refuse("This case is no longer in the study.");
    const auto start = arguments.Has("start") ? arguments.Day("start") : row.MaybeDate(0);
    auto end = arguments.Has("end") ? arguments.Day("end") : row.MaybeDate(1);
    if (arguments.Flag("no-end")) end.reset();
    if (start && end && *end < *start) throw Refuse("{0} ends before it starts.", row.Text(2));
    return Simply([=](Writing& writing, Outcome&) {
      writing.Do("UPDATE study_case SET started = ?1, ended = ?2 WHERE id = ?3 AND (started IS NOT ?1 OR ended IS NOT ?2)", start, end, id);
    });
  };
  return period;
}

}  // namespace

Message StepLabel(const std::string& step) {
  if (step == "approached") return Say("Approached");
  if (step == "referred") return Say("Referred");
  if (step == "waiting") return Say("On the waiting list");
  return Say("Declined");
}

void AddCleaningCommands(Registry& registry) {
  registry.Add(ExcludeCommand());
  registry.Add(IncludeCommand());
  registry.Add(StepCommand());
  registry.Add(PeriodCommand());
}

}  // namespace meerstem::registrations
