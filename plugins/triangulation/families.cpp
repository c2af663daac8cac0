#include "plugins/triangulation/families.h"

#include <algorithm>
#include <charconv>
#include <functional>
#include <set>
#include <unordered_set>

#include "core/base/error.h"
#include "core/study/carrying.h"
#include "core/study/derive.h"
#include "core/study/exclusions.h"
#include "plugins/triangulation/view_value.h"

namespace meerstem::triangulation {
namespace {

/// Calls `put(family, key of its group)` for every family that lies in a group of the dimension.
void EachInGroup(const Registry& registry, Reading& reading, const char* id, Families& families, const std::function<void(Family&, const Group&)>& put) {
  const Dimension* dimension = registry.FindDimension(id);
  if (!dimension) return;
  const auto grouping = GroupsOf(reading, *dimension);
  for (const auto& [study_case, group] : grouping->members) {
    const auto place = families.places.find(study_case);
    if (place != families.places.end()) put(families.list[place->second], grouping->groups[group]);
  }
}

std::optional<std::int64_t> NumberOf(const std::string& key) {
  std::int64_t number = 0;
  return std::from_chars(key.data(), key.data() + key.size(), number).ec == std::errc() ? std::optional(number) : std::nullopt;
}

Families ReadFamilies(const Registry& registry, Reading& reading, Job& job) {
  Families families;
  const Exclusions excluded = ReadExclusions(reading);
  auto rows = reading.Query(
      "SELECT study_case.id, code, ifnull(site.name, ''), site.id FROM study_case LEFT JOIN site ON site.id = site_id WHERE subject = 'family' ORDER BY study_case.order_key, study_case.id");
  while (rows.Step()) {
    if (excluded.cases.contains(rows.GetId(0))) continue;
    families.places[rows.GetId(0)] = families.list.size();
    families.list.push_back({.study_case = rows.GetId(0), .code = rows.Text(1), .site = rows.Text(2), .site_id = rows.MaybeId(3)});
  }
  if (const Dimension* outcome = registry.FindDimension("outcome")) families.outcomes = GroupsOf(reading, *outcome)->groups;
  for (auto& group : families.outcomes) group.entities.clear();
  EachInGroup(registry, reading, "outcome", families, [](Family& family, const Group& group) { family.outcome = group.key; });
  EachInGroup(registry, reading, "baseline-date", families, [](Family& family, const Group& group) { family.baseline = ParseDate(group.key); });
  EachInGroup(registry, reading, "follow-up-date", families, [](Family& family, const Group& group) { family.follow_up = ParseDate(group.key); });
  EachInGroup(registry, reading, "score-baseline", families, [](Family& family, const Group& group) { family.before = NumberOf(group.key); });
  EachInGroup(registry, reading, "score-follow-up", families, [](Family& family, const Group& group) { family.after = NumberOf(group.key); });
  // The rules behind the scores are told by whoever makes them.
  if (registry.FindView("indices.outcomes")) families.population = Seen(registry, reading, "indices.outcomes", {}, job)->population;
  return families;
}

/// The answers that differ, most decline first; of members who were there at both.
std::vector<AnswerChange> Differences(const Family& family, const State& before, const State& after, const std::vector<Member>& members) {
  std::vector<AnswerChange> found;
  for (const auto& [key, standing] : after) {
    const auto earlier = before.find(key);
    if (!standing.value || earlier == before.end() || !earlier->second.value || *standing.value == *earlier->second.value) continue;
    const bool there = key.person.IsNil() || std::any_of(members.begin(), members.end(), [&](const Member& member) {
                         return member.person == key.person && member.PresentOn(*family.baseline) && member.PresentOn(*family.follow_up);
                       });
    if (there) found.push_back({key, *earlier->second.value, *standing.value, standing.since, standing.carried});
  }
  return found;
}

void SortByDecline(std::vector<AnswerChange>& changes) {
  std::sort(changes.begin(), changes.end(), [](const AnswerChange& a, const AnswerChange& b) { return std::make_tuple(a.points(), a.key) < std::make_tuple(b.points(), b.key); });
}

/// The changes of one case, read alone: for one whose answers were touched.
std::vector<AnswerChange> ChangesOfCase(Reading& reading, const Family& family, const std::vector<Id>& instruments, const Exclusions& excluded) {
  std::vector<AnswerChange> changes;
  for (const auto& instrument : instruments) {
    State state, before;
    bool had_baseline = false, had_follow_up = false;
    for (const auto& registration : RegistrationsOf(reading, family.study_case, instrument)) {
      if (excluded.registrations.contains(registration.id) || registration.date > *family.follow_up) continue;
      for (auto& [key, standing] : state) standing.carried = true;
      auto rows = reading.Query("SELECT item_id, person_id, status, value, id FROM answer WHERE registration_id = ? AND status <> 'remark'", registration.id);
      while (rows.Step()) {
        if (excluded.answers.contains(rows.GetId(4))) continue;
        meerstem::Standing standing{.status = ReadStatus(rows.View(2)), .value = std::nullopt, .since = registration.date};
        if (const auto value = rows.MaybeInt(3)) standing.value = static_cast<int>(*value);
        standing.carried = standing.status == AnswerStatus::kCopied;
        state[{rows.GetId(0), rows.GetId(1)}] = standing;
      }
      if (registration.date == *family.baseline && !had_baseline) {
        before = state;
        had_baseline = true;
      }
      had_follow_up |= registration.date == *family.follow_up;
    }
    if (!had_baseline || !had_follow_up) continue;
    const auto found = Differences(family, before, state, FollowedMembers(reading, instrument, family.study_case));
    changes.insert(changes.end(), found.begin(), found.end());
  }
  SortByDecline(changes);
  return changes;
}

std::vector<Id> FamilyInstruments(Reading& reading) {
  std::vector<Id> instruments;
  auto rows = reading.Query("SELECT id FROM instrument WHERE subject = 'family' ORDER BY id");
  while (rows.Step()) instruments.push_back(rows.GetId(0));
  return instruments;
}

Changes ReadChanges(const Families& families, Reading& reading, Job& job) {
  Changes changes;
  for (const auto& instrument : FamilyInstruments(reading)) {
    const auto members = FollowedMembers(reading, instrument);
    std::unordered_map<Id, State> baselines;
    std::unordered_map<Id, std::vector<AnswerChange>> latest;  // Two registrations on one day: the later one stands.
    WalkStates(reading, instrument, [&](const Id& study_case, const Registration& registration, const State& state) {
      const Family* family = families.Find(study_case);
      if (!family || !family->baseline || !family->follow_up) return;
      if (registration.date == *family->baseline && !baselines.contains(study_case)) baselines[study_case] = state;
      if (registration.date != *family->follow_up) return;
      job.Progress(0.5);
      const auto before = baselines.find(study_case);
      const auto own = members.find(study_case);
      if (before != baselines.end()) latest[study_case] = Differences(*family, before->second, state, own == members.end() ? std::vector<Member>{} : own->second);
    });
    for (auto& [study_case, found] : latest) {
      auto& all = changes[study_case];
      all.insert(all.end(), found.begin(), found.end());
    }
  }
  for (auto& [study_case, found] : changes) SortByDecline(found);
  return changes;
}

/// What is kept of changes, with what it was made of.
struct KeptChanges {
  std::shared_ptr<const Families> families;
  Changes changes;
  std::set<std::string> reads;
};

/// The cases whose answers or registrations were touched since, or whose baseline or follow-up is another now; nothing when
/// more than that changed and all has to be read again.
std::optional<std::unordered_set<Id>> Touched(Reading& reading, const KeptChanges& before, const Families& now, std::int64_t from, std::int64_t to) {
  static const std::set<std::string> kByCase = {"answer", "registration"};
  const Happened happened = Between(reading, from, to, kByCase, 500);
  if (!happened.known) return std::nullopt;
  for (const auto& table : happened.tables) {
    if (!kByCase.contains(table) && before.reads.contains(table)) return std::nullopt;
  }
  auto cases = CasesTouched(reading, happened);
  for (const auto& family : now.list) {
    const Family* earlier = before.families->Find(family.study_case);
    if (!earlier || earlier->baseline != family.baseline || earlier->follow_up != family.follow_up) cases.insert(family.study_case);
  }
  return cases;
}

}  // namespace

const Family* Families::Find(const Id& study_case) const {
  const auto found = places.find(study_case);
  return found == places.end() ? nullptr : &list[found->second];
}

const Group* Families::Outcome(const std::string& key) const {
  const auto found = std::find_if(outcomes.begin(), outcomes.end(), [&](const Group& group) { return group.key == key; });
  return found == outcomes.end() ? nullptr : &*found;
}

std::shared_ptr<const Grouping> GroupsOf(Reading& reading, const Dimension& dimension) {
  return Keep<Grouping>(reading, "triangulation.groups/" + dimension.id, [&] { return dimension.groups(reading); });
}

std::vector<Group> GroupNames(Reading& reading, const Dimension& dimension) {
  return dimension.by_code ? dimension.by_code(reading).groups : GroupsOf(reading, dimension)->groups;
}

std::shared_ptr<const Families> FamiliesOf(const Registry& registry, Reading& reading, Job& job) {
  return Keep<Families>(reading, "triangulation.families", [&] { return ReadFamilies(registry, reading, job); });
}

std::shared_ptr<const Changes> ChangesOf(const Registry& registry, Reading& reading, Job& job) {
  const auto kept = Derive<KeptChanges>(reading, "triangulation.changes", [&](std::shared_ptr<const KeptChanges> before, std::int64_t from, std::int64_t to) {
    auto fresh = std::make_shared<KeptChanges>();
    Database& database = reading.database();
    const auto earlier = database.reads();
    database.ForgetReads();
    fresh->families = FamiliesOf(registry, reading, job);
    const auto touched = before ? Touched(reading, *before, *fresh->families, from, to) : std::nullopt;
    if (touched && touched->empty() && before->families == fresh->families) return before;
    if (touched) {
      fresh->changes = before->changes;
      fresh->reads = before->reads;
      const Exclusions excluded = ReadExclusions(reading);
      const auto instruments = FamilyInstruments(reading);
      for (const auto& study_case : *touched) {
        fresh->changes.erase(study_case);
        const Family* family = fresh->families->Find(study_case);
        if (!family || !family->baseline || !family->follow_up) continue;
        auto found = ChangesOfCase(reading, *family, instruments, excluded);
        if (!found.empty()) fresh->changes[study_case] = std::move(found);
      }
      return std::shared_ptr<const KeptChanges>(std::move(fresh));
    }
    fresh->changes = ReadChanges(*fresh->families, reading, job);
    fresh->reads = database.reads();
    database.AddReads(earlier);
    return std::shared_ptr<const KeptChanges>(std::move(fresh));
  });
  reading.database().AddReads(kept->reads);
  return {kept, &kept->changes};
}

Items::Items(Reading& reading) {
  for (const auto& id : Instruments(reading)) instruments_.push_back(GetInstrument(reading, id));
  for (const auto& instrument : instruments_) {
    for (const auto& item : instrument.items) items_[item.id] = &item;
    for (const auto& domain : instrument.domains) domains_[domain.id] = &domain;
  }
}

const Item* Items::Find(const Id& id) const {
  const auto found = items_.find(id);
  return found == items_.end() ? nullptr : found->second;
}

const InstrumentDomain* Items::DomainOf(const Item& item) const {
  const auto found = domains_.find(item.domain);
  return found == domains_.end() ? nullptr : found->second;
}

view::Cell OutcomeCell(const Families& families, const Family& family) {
  if (const Group* group = families.Outcome(family.outcome)) return {.value = group->label, .colour = group->colour, .glyph = group->glyph};
  return {.state = view::State::kEmpty, .why = Say("This family has no outcome.")};
}

view::Cell ScoresCell(const Family& family) {
  if (family.before && family.after) return {.value = Say("{0} → {1}", *family.before, *family.after), .glyph = *family.change() > 0 ? "↓" : *family.change() < 0 ? "↑" : "="};
  if (family.before) return {.value = Say("{0} at baseline", *family.before)};
  return {.state = view::State::kEmpty, .why = family.baseline ? Say("The score is not exact.") : Say("Nothing was registered.")};
}

view::Population About(const Families& families, Message description, std::int64_t n) {
  view::Population population{.description = std::move(description), .facts = {{"n", Say("Families"), n}}};
  for (const auto& fact : families.population.facts) {
    if (fact.id == "rule_set" || fact.id == "rule_set_version") population.facts.push_back(fact);
    else if (fact.id == "n") population.facts.push_back({"scored", Say("Families with an exact score at both"), fact.value});
  }
  return population;
}

void SayNoScores(const Registry& registry, view::Model& model) {
  model.empty = Say("There are no outcomes yet: families need registrations, and a rule set that makes scores of them.");
  if (registry.FindCommand("indices.add-rule-set")) model.actions.push_back({Say("Add a rule set"), "indices.add-rule-set", {}});
}

Parameter OutcomeParameter(const Registry& registry) {
  Parameter parameter{.name = "outcome", .type = ParameterType::kChoice, .label = Say("Outcome of the family"), .live = true};
  parameter.study_choices = [&whole = registry.whole()](Reading& reading) {
    std::vector<Choice> choices = {{"worse", Say("worse")}, {"better", Say("better")}, {"same", Say("the same")}};
    if (const Dimension* dimension = whole.FindDimension("outcome")) {
      for (const auto& group : GroupsOf(reading, *dimension)->groups) choices.push_back({group.key, group.label});
    }
    return choices;
  };
  return parameter;
}

bool Wanted(const Family& family, const std::string& outcome) {
  const auto change = family.change();
  if (outcome == "worse") return change && *change > 0;
  if (outcome == "better") return change && *change < 0;
  if (outcome == "same") return change && *change == 0;
  return outcome.empty() || family.outcome == outcome;
}

}  // namespace meerstem::triangulation
