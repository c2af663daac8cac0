#include "plugins/indices/study_scores.h"

#include <algorithm>
#include <set>
#include <unordered_map>

#include "core/base/error.h"
#include "core/study/derive.h"

namespace meerstem::indices {
namespace {

Answer AnswerOf(const RuleSet& rules, const Stand& stand, Date date) {
  Answer answer;
  if (!stand.there) return answer;
  answer.kind = Answer::Kind::kUnknown;
  if (stand.carried && !rules.carried_counts) return answer;
  if (rules.max_carried_months && AddMonths(stand.since, *rules.max_carried_months) < date) return answer;
  if (stand.status == AnswerStatus::kNotApplicable) {
    answer.kind = Answer::Kind::kNotApplicable;
  } else if (stand.has_value()) {
    answer = {Answer::Kind::kKnown, stand.value, stand.carried};
  }
  return answer;
}

/// Whether a member counts at a registration.
bool Belongs(const Member& member, Roster roster, const History& history, std::size_t registration, const Window& window) {
  const auto present = [&](const std::optional<std::size_t>& at) { return !at || member.PresentOn(history.registrations[*at].date); };
  if (roster == Roster::kAsIs) return present(registration);
  return present(window.baseline) && (roster == Roster::kFixed || present(window.follow_up));
}

/// Neither those that the cleaning left out nor, for an instrument about families, the professionals.
std::vector<FamilyScore> Families(Reading& reading, const Instrument& instrument) {
  std::vector<FamilyScore> families;
  families.reserve(static_cast<std::size_t>(reading.Number("SELECT count(*) FROM study_case WHERE subject = ?", instrument.subject)));
  auto rows = reading.Query(
      "SELECT study_case.id, code, site_id, site.name FROM study_case LEFT JOIN site ON site.id = site_id WHERE subject = ? "
      "AND study_case.id NOT IN (SELECT case_id FROM excluded_case) ORDER BY study_case.order_key, code",
      instrument.subject);
  while (rows.Step()) families.push_back({.study_case = rows.GetId(0), .code = rows.Text(1), .site = rows.MaybeId(2), .site_name = rows.Text(3)});
  return families;
}

/// All that a score rests on.
const std::set<std::string>& ScoreTables() {
  static const std::set<std::string> tables = {"answer",          "excluded_answer", "excluded_case",     "excluded_registration", "instrument", "instrument_domain", "item", "membership",
                                               "person",          "registration",    "rule_set",          "scale_point",           "site",       "speaker",           "study_case"};
  return tables;
}

/// The cases whose answers or registrations were touched; nullopt when something else that scores rest on was, or so much
/// that all has to be scored again.
std::optional<std::unordered_set<Id>> Touched(Reading& reading, std::int64_t from, std::int64_t to) {
  static const std::set<std::string> kByCase = {"answer", "registration"};
  const Happened happened = Between(reading, from, to, kByCase, 500);
  if (!happened.known) return std::nullopt;
  for (const auto& table : happened.tables) {
    if (!kByCase.contains(table) && ScoreTables().contains(table)) return std::nullopt;
  }
  return CasesTouched(reading, happened);
}

void ScoreFamily(const History& history, const Scorer& scorer, int threshold, FamilyScore& family) {
  const Window window = scorer.Choose(history);
  if (window.baseline) {
    family.baseline = history.registrations[*window.baseline];
    family.before = scorer.On(history, *window.baseline, window);
  }
  if (window.follow_up) {
    family.follow_up = history.registrations[*window.follow_up];
    family.after = scorer.On(history, *window.follow_up, window);
  }
  if (family.before && family.after) family.outcome = Classify(*family.before, *family.after, threshold);
}

/// `cases` are scored again.
void ScoreAgain(Reading& reading, const std::unordered_set<Id>& cases, StudyScores& scores) {
  const auto instrument = InstrumentOfKey(reading, scores.rules.instrument);
  if (!instrument) return;
  const auto items = ItemsOf({&scores.rules}, *instrument);
  const Scorer scorer(scores.rules, *instrument, items);
  for (auto& family : scores.families) {
    if (!cases.contains(family.study_case)) continue;
    family.baseline = family.follow_up = std::nullopt;
    family.before = family.after = std::nullopt;
    family.outcome = std::nullopt;
    WalkHistory(reading, *instrument, items, family.study_case, [&](const History& history) { ScoreFamily(history, scorer, scores.rules.threshold, family); });
  }
}

}  // namespace

std::optional<std::pair<Id, RuleSet>> ActiveRules(Reading& reading) {
  auto row = reading.Query("SELECT id, json, key FROM rule_set WHERE active");
  if (!row.Step()) return std::nullopt;
  return std::pair(row.GetId(0), ReadRuleSet(row.Text(1), row.Text(2)));
}

std::optional<Instrument> InstrumentOfKey(Reading& reading, const std::string& key) {
  auto row = reading.Query("SELECT id FROM instrument WHERE key = ? ORDER BY id DESC", key);
  if (!row.Step()) return std::nullopt;
  return GetInstrument(reading, row.GetId(0));
}

std::vector<std::size_t> ItemsOf(const std::vector<const RuleSet*>& rules, const Instrument& instrument) {
  std::set<std::size_t> items;
  for (const auto* set : rules) {
    for (const auto& criterion : set->criteria) {
      for (const auto& rule : criterion.items) {
        const Item* item = instrument.Find(rule.item);
        if (!item) throw Refuse("The rule set uses the item “{0}”, which “{1}” does not have.", rule.item, instrument.key);
        items.insert(static_cast<std::size_t>(item - instrument.items.data()));
      }
    }
  }
  return {items.begin(), items.end()};
}

Scorer::Scorer(const RuleSet& rules, const Instrument& instrument, const std::vector<std::size_t>& items) : rules_(rules) {
  for (const auto& criterion : rules.criteria) {
    auto& places = places_.emplace_back();
    for (const auto& rule : criterion.items) {
      const Item* item = instrument.Find(rule.item);
      const auto found = !item ? items.end() : std::find(items.begin(), items.end(), static_cast<std::size_t>(item - instrument.items.data()));
      if (found == items.end()) throw Refuse("The rule set uses the item “{0}”, which “{1}” does not have.", rule.item, instrument.key);
      places.push_back({static_cast<std::size_t>(found - items.begin()), item->level});
    }
  }
}

Window Scorer::Choose(const History& history) const {
  const WindowRule rule{rules_.follow_up_months, rules_.last_follow_up};
  for (std::size_t first = 0; first < history.registrations.size(); ++first) {
    if (!rules_.rater.empty() && history.raters[first] != rules_.rater) continue;
    if (rules_.complete_baseline && !On(history, first, {first, std::nullopt}).exact()) continue;
    // The baseline, and what may follow it.
    std::vector<std::size_t> places;
    std::vector<Registration> registrations;
    for (std::size_t i = first; i < history.registrations.size(); ++i) {
      if (i > first && !MayFollow(history, first, i)) continue;
      places.push_back(i);
      registrations.push_back(history.registrations[i]);
    }
    Window window = ChooseWindow(registrations, rule);
    if (window.baseline) window.baseline = places[*window.baseline];
    if (window.follow_up) window.follow_up = places[*window.follow_up];
    return window;
  }
  return {};
}

bool Scorer::MayFollow(const History& history, std::size_t baseline, std::size_t later) const {
  if (!rules_.rater.empty()) return history.raters[later] == rules_.rater;
  return rules_.raters == Raters::kAnyone || (!history.raters[baseline].empty() && history.raters[later] == history.raters[baseline]);
}

Score Scorer::On(const History& history, std::size_t registration, const Window& window) const {
  const Date date = history.registrations[registration].date;
  std::vector<CriterionResult> results;
  results.reserve(places_.size());
  std::vector<std::vector<Answer>> answers;
  for (std::size_t c = 0; c < places_.size(); ++c) {
    const Criterion& criterion = rules_.criteria[c];
    answers.assign(places_[c].size(), {});
    for (std::size_t i = 0; i < places_[c].size(); ++i) {
      const Place& place = places_[c][i];
      if (place.level == "household") {
        answers[i].push_back(AnswerOf(rules_, history.At(registration, place.item, 0), date));
        continue;
      }
      for (std::size_t m = 0; m < history.members->size(); ++m) {
        const Member& member = (*history.members)[m];
        if (member.role != place.level || !Belongs(member, rules_.roster, history, registration, window)) continue;
        if (criterion.persons == Persons::kNamed && member.code != criterion.person) continue;
        answers[i].push_back(AnswerOf(rules_, history.At(registration, place.item, m + 1), date));
      }
    }
    results.push_back(Judge(criterion, answers));
  }
  return Count(std::move(results), rules_.threshold);
}

std::vector<StudyScores> ScoreStudy(Reading& reading, const std::vector<std::pair<Id, RuleSet>>& rules) {
  std::vector<StudyScores> all;
  if (rules.empty()) return all;
  const auto instrument = InstrumentOfKey(reading, rules.front().second.instrument);
  if (!instrument) return all;
  auto families = Families(reading, *instrument);
  std::unordered_map<Id, std::size_t> places(families.size());
  for (std::size_t i = 0; i < families.size(); ++i) places[families[i].study_case] = i;
  std::vector<const RuleSet*> sets;
  for (const auto& [id, set] : rules) {
    all.push_back({id, set, {}});
    sets.push_back(&set);
  }
  for (std::size_t i = 1; i < all.size(); ++i) all[i].families = families;
  all.front().families = std::move(families);
  const auto items = ItemsOf(sets, *instrument);
  std::vector<Scorer> scorers;
  for (const auto* set : sets) scorers.emplace_back(*set, *instrument, items);
  WalkHistories(reading, *instrument, items, [&](const History& history) {
    const auto place = places.find(history.study_case);
    if (place == places.end()) return;
    for (std::size_t i = 0; i < all.size(); ++i) ScoreFamily(history, scorers[i], sets[i]->threshold, all[i].families[place->second]);
  });
  return all;
}

std::shared_ptr<const StudyScores> ScoreStudy(Reading& reading) {
  const auto scores = Derive<StudyScores>(reading, "indices.scores", [&](std::shared_ptr<const StudyScores> before, std::int64_t from, std::int64_t to) {
    if (const auto touched = before ? Touched(reading, from, to) : std::nullopt) {
      if (touched->empty()) return before;
      auto fresh = std::make_shared<StudyScores>(*before);
      ScoreAgain(reading, *touched, *fresh);
      return std::shared_ptr<const StudyScores>(std::move(fresh));
    }
    auto active = ActiveRules(reading);
    if (!active) return std::shared_ptr<const StudyScores>();
    auto all = ScoreStudy(reading, {std::move(*active)});
    return all.empty() ? nullptr : std::make_shared<const StudyScores>(std::move(all.front()));
  });
  // An answer from memory rests on the same tables as one that was read.
  reading.database().AddReads(ScoreTables());
  return scores;
}

}  // namespace meerstem::indices
