#include "core/study/carrying.h"

#include <set>
#include <unordered_set>
#include <utility>

#include "core/study/exclusions.h"

namespace meerstem {
namespace {

/// For each role, whether someone of the case is registered; who speaks but was never registered.
std::vector<Member> Followed(std::vector<Member> members, const std::unordered_set<Id>& registered, const std::unordered_set<Id>& speakers) {
  std::set<std::string> roles;
  for (const auto& member : members) {
    if (registered.contains(member.person)) roles.insert(member.role);
  }
  std::erase_if(members, [&](const Member& member) {
    if (member.role != "adult" && member.role != "child") return true;
    return roles.contains(member.role) && !registered.contains(member.person) && speakers.contains(member.person);
  });
  return members;
}

}  // namespace

void WalkStates(Reading& reading, const Id& instrument, const StateVisit& visit) {
  const Exclusions excluded = ReadExclusions(reading);
  auto rows = reading.Query(
      "SELECT registration.case_id, registration.id, registration.date, registration.occasion, answer.item_id, answer.person_id, "
      "answer.status, answer.value, answer.id FROM registration LEFT JOIN answer ON answer.registration_id = registration.id AND answer.status <> 'remark' "
      "WHERE registration.instrument_id = ? ORDER BY registration.case_id, registration.date, registration.id",
      instrument);
  Id study_case;
  Registration registration;
  State state;
  bool any = false;
  while (rows.Step()) {
    const Id row_case = rows.GetId(0), row_registration = rows.GetId(1);
    if (excluded.cases.contains(row_case) || excluded.registrations.contains(row_registration)) continue;
    if (!any || row_registration != registration.id) {
      if (any) visit(study_case, registration, state);
      if (!any || row_case != study_case) state.clear();
      for (auto& [key, standing] : state) standing.carried = true;
      study_case = row_case;
      registration = {row_registration, rows.MaybeDate(2).value_or(Date{}), rows.Text(3)};
      any = true;
    }
    if (rows.IsNull(6) || (!excluded.answers.empty() && excluded.answers.contains(rows.GetId(8)))) continue;
    Standing standing;
    standing.status = ReadStatus(rows.View(6));
    if (const auto value = rows.MaybeInt(7)) standing.value = static_cast<int>(*value);
    standing.since = registration.date;
    standing.carried = standing.status == AnswerStatus::kCopied;
    state[{rows.GetId(4), rows.GetId(5)}] = standing;
  }
  if (any) visit(study_case, registration, state);
}

std::unordered_map<Id, std::vector<Registration>> RegistrationsByCase(Reading& reading, const Id& instrument) {
  std::unordered_map<Id, std::vector<Registration>> all;
  auto rows = reading.Query("SELECT case_id, id, date, occasion FROM registration WHERE instrument_id = ? ORDER BY case_id, date, id", instrument);
  const Exclusions excluded = ReadExclusions(reading);
  while (rows.Step()) {
    if (excluded.cases.contains(rows.GetId(0)) || excluded.registrations.contains(rows.GetId(1))) continue;
    all[rows.GetId(0)].push_back({rows.GetId(1), rows.MaybeDate(2).value_or(Date{}), rows.Text(3)});
  }
  return all;
}

std::unordered_map<Id, std::vector<Member>> FollowedMembers(Reading& reading, const Id& instrument) {
  std::unordered_map<Id, std::vector<Member>> all;
  {
    auto rows = reading.Query(
        "SELECT case_id, person.id, pseudonym, role, birth_year, joined, left_on, membership.code FROM membership JOIN person ON person.id = person_id "
        "ORDER BY case_id, CASE role WHEN 'adult' THEN 0 WHEN 'child' THEN 1 ELSE 2 END, order_key");
    while (rows.Step()) {
      const auto birth = rows.MaybeInt(4);
      all[rows.GetId(0)].push_back({rows.GetId(1), rows.Text(2), rows.Text(3), birth ? std::optional(static_cast<int>(*birth)) : std::nullopt,
                                    rows.MaybeDate(5), rows.MaybeDate(6), rows.Text(7)});
    }
  }
  // Only where someone speaks does it matter who is registered; all answers of a large study need not be read for that.
  // CROSS JOIN: from the few who speak on, where SQLite would begin with all registrations.
  const auto registered = reading.Query(
      "SELECT DISTINCT answer.person_id FROM (SELECT DISTINCT case_id FROM speaker CROSS JOIN membership ON membership.person_id = speaker.person_id) AS spoken "
      "CROSS JOIN registration ON registration.case_id = spoken.case_id CROSS JOIN answer ON answer.registration_id = registration.id "
      "WHERE +instrument_id = ? AND answer.person_id IS NOT NULL",
      instrument).IdSet();
  const auto speakers = reading.Query("SELECT DISTINCT person_id FROM speaker WHERE person_id IS NOT NULL").IdSet();
  for (auto& [study_case, members] : all) members = Followed(std::move(members), registered, speakers);
  return all;
}

std::vector<Member> FollowedMembers(Reading& reading, const Id& instrument, const Id& study_case) {
  // The plus keeps SQLite from going through all registrations of the instrument.
  const auto registered = reading.Query(
      "SELECT DISTINCT person_id FROM registration JOIN answer ON answer.registration_id = registration.id "
      "WHERE case_id = ? AND +instrument_id = ? AND person_id IS NOT NULL",
      study_case, instrument).IdSet();
  const auto speakers = reading.Query(
      "SELECT DISTINCT speaker.person_id FROM membership JOIN speaker ON speaker.person_id = membership.person_id WHERE case_id = ?", study_case).IdSet();
  return Followed(MembersOf(reading, study_case), registered, speakers);
}

std::unordered_set<Id> CasesTouched(Reading& reading, const Happened& happened) {
  std::unordered_set<Id> cases;
  for (const auto& [table, ids] : happened.rows) {
    for (const auto& id : ids) {
      // A change tells the key of a row and what changed in it, not the rest; of one that is gone it tells everything.
      auto rows = reading.Query(
          "SELECT case_id FROM registration WHERE id = ?1 UNION SELECT case_id FROM answer JOIN registration ON registration.id = registration_id WHERE answer.id = ?1 "
          "UNION SELECT id FROM study_case WHERE id = ?1",
          id);
      while (rows.Step()) cases.insert(rows.GetId(0));
    }
  }
  return cases;
}

Window ChooseWindow(const std::vector<Registration>& registrations, const WindowRule& rule) {
  Window window;
  if (registrations.empty()) return window;
  window.baseline = 0;
  const Date earliest = AddMonths(registrations.front().date, rule.follow_up_months);
  for (std::size_t i = 1; i < registrations.size(); ++i) {
    if (registrations[i].date < earliest) continue;
    window.follow_up = i;
    if (!rule.last_follow_up) break;
  }
  return window;
}

}  // namespace meerstem
