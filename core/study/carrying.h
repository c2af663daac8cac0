#pragma once

#include <functional>
#include <optional>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "core/study/derive.h"
#include "core/study/instruments.h"
#include "core/study/people.h"

/// The answers of a whole study on their dates, in one scan: what distributions and scores are made of.
namespace meerstem {

/// Visits every registration of `instrument`, case by case and by date, with what stands at its end. The state is
/// good during the call only. Cases, registrations and answers that the cleaning left out are not there. One ordered read,
/// no query per case.
using StateVisit = std::function<void(const Id& study_case, const Registration& registration, const State& state)>;
void WalkStates(Reading& reading, const Id& instrument, const StateVisit& visit);

/// All registrations of an instrument by case, each case's by date, without those that the cleaning left out.
std::unordered_map<Id, std::vector<Registration>> RegistrationsByCase(Reading& reading, const Id& instrument);

/// Whose answers or registrations something happened to; `happened` watched both tables.
std::unordered_set<Id> CasesTouched(Reading& reading, const Happened& happened);

/// Whom an instrument follows: the adults and children of each case. People who were made members because they speak
/// in a source, and of whom nothing was ever registered, are left out where others of that role are registered.
std::unordered_map<Id, std::vector<Member>> FollowedMembers(Reading& reading, const Id& instrument);
std::vector<Member> FollowedMembers(Reading& reading, const Id& instrument, const Id& study_case);

/// Which registrations stand for "before" and "after".
struct WindowRule {
  int follow_up_months = 6;         ///< Calendar months between the two, at least.
  bool last_follow_up = true;       ///< Else the first that is late enough.
};
/// Indices into a case's registrations; the baseline is the first.
struct Window {
  std::optional<std::size_t> baseline;
  std::optional<std::size_t> follow_up;
};
/// Six months after 31 August is the last day of February.
Window ChooseWindow(const std::vector<Registration>& registrations, const WindowRule& rule);

}  // namespace meerstem
