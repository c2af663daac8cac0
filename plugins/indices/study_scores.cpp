#include "plugins/indices/study_scores.h"

#include <unordered_map>

#include "core/base/error.h"

namespace meerstem::indices {
namespace {

Answer AnswerOf(const RuleSet& rules, const State& state, const AnswerKey& key, Date date) {
  Answer answer;
  const auto found = state.find(key);
  if (found == state.end()) return answer;
  const Standing& standing = found->second;
  answer.kind = Answer::Kind::kUnknown;
  if (standing.carried && !rules.carried_counts) return answer;
  if (rules.max_carried_months && AddMonths(standing.since, *rules.max_carried_months) < date) return answer;
  if (standing.status == AnswerStatus::kNotApplicable) {
    answer.kind = Answer::Kind::kNotApplicable;
  } else if (standing.value) {
    answer = {Answer::Kind::kKnown, *standing.value, standing.carried};
  }
  return answer;
}

/// The study's instrument of that key, the newest version.
std::optional<Id> InstrumentOf(Reading& reading, const std::string& key) {
  auto row = reading.Query("SELECT id FROM instrument WHERE key = ? ORDER BY id DESC", key);
  return row.Step() ? std::optional(row.GetId(0)) : std::nullopt;
}

}  // namespace

std::optional<std::pair<Id, RuleSet>> ActiveRules(Reading& reading) {
  auto row = reading.Query("SELECT id, json, key FROM rule_set WHERE active");
  if (!row.Step()) return std::nullopt;
  return std::pair(row.GetId(0), ReadRuleSet(row.Text(1), row.Text(2)));
}

Score ScoreOn(const RuleSet& rules, const Instrument& instrument, const std::vector<Member>& members, Date date, const State& state) {
  std::vector<CriterionResult> results;
  for (const auto& criterion : rules.criteria) {
    std::vector<std::vector<Answer>> answers;
    for (const auto& rule : criterion.items) {
      auto& of_item = answers.emplace_back();
      const Item* item = instrument.Find(rule.item);
      if (!item) throw Refuse("The rule set uses the item “{0}”, which “{1}” does not have.", rule.item, instrument.key);
      if (item->level == "household") {
        of_item.push_back(AnswerOf(rules, state, {item->id, {}}, date));
        continue;
      }
      for (const auto& member : members) {
        if (member.role == item->level && member.PresentOn(date)) of_item.push_back(AnswerOf(rules, state, {item->id, member.person}, date));
      }
    }
    results.push_back(Judge(criterion, answers));
  }
  return Count(std::move(results), rules.threshold);
}

std::optional<StudyScores> ScoreStudy(Reading& reading) {
  auto active = ActiveRules(reading);
  if (!active) return std::nullopt;
  const auto instrument_id = InstrumentOf(reading, active->second.instrument);
  if (!instrument_id) return std::nullopt;
  const Instrument instrument = GetInstrument(reading, *instrument_id);
  StudyScores scores{active->first, std::move(active->second), {}};
  std::unordered_map<Id, std::size_t> places;
  {
    // Neither those that the cleaning left out nor, for an instrument about families, the professionals.
    auto rows = reading.Query(
        "SELECT study_case.id, code, site_id, site.name FROM study_case LEFT JOIN site ON site.id = site_id WHERE subject = ? "
        "AND study_case.id NOT IN (SELECT case_id FROM excluded_case) ORDER BY study_case.order_key, code",
        instrument.subject);
    while (rows.Step()) {
      places[rows.GetId(0)] = scores.families.size();
      scores.families.push_back({.study_case = rows.GetId(0), .code = rows.Text(1), .site = rows.MaybeId(2), .site_name = rows.Text(3)});
    }
  }
  const WindowRule window_rule{scores.rules.follow_up_months, scores.rules.last_follow_up};
  for (const auto& [study_case, registrations] : RegistrationsByCase(reading, *instrument_id)) {
    FamilyScore& family = scores.families[places.at(study_case)];
    const Window window = ChooseWindow(registrations, window_rule);
    if (window.baseline) family.baseline = registrations[*window.baseline];
    if (window.follow_up) family.follow_up = registrations[*window.follow_up];
  }
  const auto members = FollowedMembers(reading, *instrument_id);
  WalkStates(reading, *instrument_id, [&](const Id& study_case, const Registration& registration, const State& state) {
    FamilyScore& family = scores.families[places.at(study_case)];
    const bool before = family.baseline && family.baseline->id == registration.id;
    const bool after = family.follow_up && family.follow_up->id == registration.id;
    if (!before && !after) return;
    static const std::vector<Member> kNobody;
    const auto found = members.find(study_case);
    (before ? family.before : family.after) = ScoreOn(scores.rules, instrument, found == members.end() ? kNobody : found->second, registration.date, state);
  });
  for (auto& family : scores.families) {
    if (family.before && family.after) family.outcome = Classify(*family.before, *family.after, scores.rules.threshold);
  }
  return scores;
}

}  // namespace meerstem::indices
