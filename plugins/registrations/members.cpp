// Cases and their members by hand: a family or professional is added, a member joins, leaves or comes back.
#include <algorithm>

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/study/people.h"
#include "plugins/registrations/common.h"

namespace meerstem::registrations {
namespace {

Parameter TheCase() { return {.name = "case", .type = ParameterType::kEntity, .label = Say("Case"), .required = true, .entity_kind = "case"}; }
Parameter ThePerson() { return {.name = "person", .type = ParameterType::kEntity, .label = Say("Member"), .required = true, .entity_kind = "person"}; }

Command AddCaseCommand() {
  Command command;
  command.id = "registrations.add-case";
  command.label = Say("Add a family or professional");
  command.help = Say("Known by a code only; registrations can be made from then on.");
  command.parameters = {{.name = "code", .type = ParameterType::kText, .label = Say("Code"), .required = true},
                        {.name = "site", .type = ParameterType::kText, .label = Say("Site")},
                        {.name = "start", .type = ParameterType::kDate, .label = Say("Start")},
                        {.name = "subject", .type = ParameterType::kChoice, .label = Say("About"), .choices = {{"family", Say("family")}, {"professional", Say("professional")}}, .fallback = "family"}};
  command.prepare = [](Reading& reading, const Arguments& arguments, Job&) {
    const std::string code = Trim(arguments.Text("code")), site = Trim(arguments.Text("site"));
    if (code.empty()) throw Refuse("the code of the case is missing.");
    if (reading.Number("SELECT count(*) FROM study_case WHERE code = ?", code) > 0) throw Refuse("The study has a case “{0}” already.", code);
    return Simply([=, start = arguments.Day("start"), subject = arguments.Text("subject")](Writing& writing, Outcome& outcome) {
      const Id id = EnsureCase(writing, code);
      std::optional<Id> site_id;
      if (!site.empty()) site_id = EnsureSite(writing, site);
      writing.Do("UPDATE study_case SET site_id = ?, started = ?, subject = ? WHERE id = ?", site_id, start, subject, id);
      outcome.created.push_back(id);
    });
  };
  return command;
}

Command AddMemberCommand() {
  Command command;
  command.id = "registrations.add-member";
  command.label = Say("Add a member to a family");
  command.help = Say("An adult or child of the family, from a date on when they joined later.");
  command.parameters = {TheCase(),
                        {.name = "code", .type = ParameterType::kText, .label = Say("Code"), .required = true},
                        {.name = "level", .type = ParameterType::kChoice, .label = Say("Level"), .required = true, .choices = {{"adult", Say("Adult")}, {"child", Say("Child")}}},
                        {.name = "birth-year", .type = ParameterType::kInteger, .label = Say("Year of birth")},
                        {.name = "joined", .type = ParameterType::kDate, .label = Say("Joined on")}};
  command.prepare = [](Reading& reading, const Arguments& arguments, Job&) {
    const Id study_case = *arguments.Entity("case");
    const std::string code = Trim(arguments.Text("code")), level = arguments.Text("level");
    std::optional<std::int64_t> year;
    if (arguments.Has("birth-year")) year = arguments.Int("birth-year");
    if (code.empty()) throw Refuse("the code of the member is missing.");
    if (year && (*year < 1850 || *year > 2200)) throw Refuse("“{0}” is not a year of birth.", std::to_string(*year));
    if (reading.Number("SELECT count(*) FROM study_case WHERE id = ? AND subject = 'professional'", study_case) > 0) throw Refuse("A professional has no family members here.");
    if (reading.Number("SELECT (SELECT count(*) FROM membership WHERE code = ?1) + (SELECT count(*) FROM person WHERE pseudonym = ?1)", code) > 0) {
      throw Refuse("Someone in the study is called “{0}” already; choose another code.", code);
    }
    return Simply([=, joined = arguments.Day("joined")](Writing& writing, Outcome& outcome) {
      const Id person = EnsurePerson(writing, code);
      EnsureMembership(writing, person, study_case, level);
      writing.Do("UPDATE membership SET code = ?, joined = ? WHERE person_id = ? AND case_id = ?", code, joined, person, study_case);
      writing.Do("UPDATE person SET birth_year = ?, site_id = (SELECT site_id FROM study_case WHERE id = ?) WHERE id = ?", year, study_case, person);
      outcome.created.push_back(person);
    });
  };
  return command;
}

Command LeaveCommand() {
  Command command;
  command.id = "registrations.member-dates";
  command.label = Say("When a member joined or left");
  command.help = Say("A member who left is no longer asked about from that date on; what was registered stays.");
  command.parameters = {TheCase(), ThePerson(),
                        {.name = "joined", .type = ParameterType::kDate, .label = Say("Joined on")},
                        {.name = "left", .type = ParameterType::kDate, .label = Say("Left on")},
                        {.name = "stays", .type = ParameterType::kBoolean, .label = Say("Has not left after all"), .fallback = "no"}};
  command.prepare = [](Reading& reading, const Arguments& arguments, Job&) {
    const Id study_case = *arguments.Entity("case"), person = *arguments.Entity("person");
    const auto members = MembersOf(reading, study_case);
    const auto member = std::find_if(members.begin(), members.end(), [&](const Member& one) { return one.person == person && one.role != "coach"; });
    if (member == members.end()) throw Refuse("This person is not a member of {0}.", CaseCode(reading, study_case));
    const auto joined = arguments.Has("joined") ? arguments.Day("joined") : member->joined;
    const auto left = arguments.Flag("stays") ? std::nullopt : arguments.Has("left") ? arguments.Day("left") : member->left;
    if (joined && left && *left < *joined) throw Refuse("{0} leaves before joining.", member->name);
    auto outside = reading.Query("SELECT min(date), max(date) FROM answer JOIN registration ON registration.id = registration_id WHERE case_id = ? AND person_id = ?", study_case, person);
    outside.Step();
    const auto first = outside.MaybeDate(0), last = outside.MaybeDate(1);
    if (first && joined && *first < *joined) throw Refuse("{0} has answers on {1} already; choose an earlier date of joining.", member->name, *first);
    if (last && left && *last >= *left) throw Refuse("{0} still has answers on {1}; choose a later date of leaving, or take those answers back.", member->name, *last);
    return Simply([=, role = member->role](Writing& writing, Outcome&) {
      writing.Do("UPDATE membership SET joined = ?1, left_on = ?2 WHERE case_id = ?3 AND person_id = ?4 AND role = ?5 AND (joined IS NOT ?1 OR left_on IS NOT ?2)", joined, left,
                 study_case, person, role);
    });
  };
  return command;
}

}  // namespace

void AddMembers(Registry& registry) {
  registry.Add(AddCaseCommand());
  registry.Add(AddMemberCommand());
  registry.Add(LeaveCommand());
}

}  // namespace meerstem::registrations
