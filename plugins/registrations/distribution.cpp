#include "plugins/registrations/distribution.h"

#include <algorithm>
#include <map>

#include "core/base/error.h"
#include "core/study/exclusions.h"

namespace meerstem::registrations {
namespace {

void CountInto(Bar& bar, const Item& item, const Id& study_case, const std::vector<Id>& persons, const State& state) {
  bar.cases.resize(item.points.size());
  bar.carried_at.resize(item.points.size());
  for (const auto& person : persons) {
    const auto found = state.find({item.id, person});
    if (found == state.end()) {
      ++bar.missing;
    } else if (found->second.status == AnswerStatus::kNotApplicable) {
      ++bar.not_applicable;
    } else if (!found->second.value) {
      ++bar.unknown;
    } else {
      const auto& points = item.points;
      const auto point = std::find_if(points.begin(), points.end(), [&](const ScalePoint& p) { return p.value == *found->second.value; });
      if (point == points.end()) continue;
      const auto index = static_cast<std::size_t>(point - points.begin());
      bar.cases[index].push_back(study_case);
      bar.carried_at[index] += found->second.carried;
      bar.carried += found->second.carried;
      ++bar.n;
    }
  }
}

Split SplitByVariable(Reading& reading, const Id& variable) {
  Split split;
  std::map<std::string, std::size_t> places;
  // Numbers in their order, words in theirs.
  auto rows = reading.Query("SELECT entity_id, value FROM variable_value WHERE variable_id = ? ORDER BY CAST(value AS REAL), value", variable);
  while (rows.Step()) {
    const auto [place, fresh] = places.emplace(rows.Text(1), split.groups.size());
    if (fresh) split.groups.push_back({.key = rows.Text(1), .label = Verbatim(rows.Text(1))});
    split.of_case[rows.GetId(0)].push_back(place->second);
  }
  return split;
}

}  // namespace

std::vector<Id> WhoAnswers(const Item& item, bool first_member, const std::vector<Member>& members, Date date) {
  if (item.level == "household") return {Id{}};
  std::vector<Id> persons;
  for (const auto& member : members) {
    if (member.role != item.level || !member.PresentOn(date)) continue;
    persons.push_back(member.person);
    if (first_member) break;
  }
  return persons;
}

Id InstrumentOfItem(Reading& reading, const Id& item) {
  auto row = reading.Query("SELECT instrument_id FROM item JOIN instrument_domain ON instrument_domain.id = domain_id WHERE item.id = ?", item);
  if (!row.Step()) throw Refuse("This item is no longer in the study.");
  return row.GetId(0);
}

Parameter MemberRuleParameter() {
  return {.name = "member-rule", .type = ParameterType::kChoice, .label = Say("Members"), .live = true,
          .choices = {{"all", Say("all of the level")}, {"first", Say("the first of each family")}}, .fallback = "all"};
}

Message MomentLabel(Moment moment, const std::string& subject) {
  switch (moment) {
    case kBaseline: return Say("Baseline");
    case kFollowUp: return Say("Follow-up");
    case kEveryone: return subject == "family" ? Say("All families at baseline") : Say("All professionals at baseline");
  }
  return {};
}

Split SplitCases(const Registry& registry, Reading& reading, const std::string& subject, const std::string& id, const std::optional<Id>& variable) {
  Split split;
  if (variable) return SplitByVariable(reading, *variable);
  const Dimension* dimension = id.empty() ? nullptr : registry.FindDimension(id);
  auto cases = reading.Query("SELECT id, site_id FROM study_case WHERE subject = ?", subject);
  if (!dimension) {
    split.groups.push_back({});
    while (cases.Step()) split.of_case[cases.GetId(0)] = {0};
    return split;
  }
  if (dimension->unit != "case" && dimension->unit != "site") throw Refuse("“{0}” does not group families; split by site, outcome or another grouping of cases.", id);
  Grouping grouping = dimension->groups(reading);
  split.groups = std::move(grouping.groups);
  std::unordered_map<Id, std::vector<std::size_t>> of_unit;
  for (const auto& [unit, group] : grouping.members) of_unit[unit].push_back(group);
  while (cases.Step()) split.of_case[cases.GetId(0)] = of_unit[dimension->unit == "case" ? cases.GetId(0) : cases.GetId(1)];
  return split;
}

Distributions CountAnswers(Reading& reading, const Instrument& instrument, const std::vector<Item>& items, const Split& split, bool first_member, const WindowRule& rule) {
  Distributions found;
  found.bars.assign(items.size(), std::vector<std::array<Bar, 3>>(split.groups.size()));
  const auto registrations = RegistrationsByCase(reading, instrument.id);
  const auto members = FollowedMembers(reading, instrument.id);
  WalkStates(reading, instrument.id, [&](const Id& study_case, const Registration& registration, const State& state) {
    const auto& all = registrations.at(study_case);
    const Window window = ChooseWindow(all, rule);
    const bool baseline = all[*window.baseline].id == registration.id;
    const bool follow_up = window.follow_up && all[*window.follow_up].id == registration.id;
    if (!baseline && !follow_up) return;
    found.registered += baseline;
    found.followed += follow_up;
    const auto groups = split.of_case.find(study_case);
    if (groups == split.of_case.end()) return;
    static const std::vector<Member> kNobody;
    const auto of_case = members.find(study_case);
    for (std::size_t i = 0; i < items.size(); ++i) {
      const auto persons = WhoAnswers(items[i], first_member, of_case == members.end() ? kNobody : of_case->second, registration.date);
      for (const auto group : groups->second) {
        auto& bars = found.bars[i][group];
        if (baseline) CountInto(bars[kEveryone], items[i], study_case, persons, state);
        if (baseline && window.follow_up) CountInto(bars[kBaseline], items[i], study_case, persons, state);
        if (follow_up) CountInto(bars[kFollowUp], items[i], study_case, persons, state);
      }
    }
  });
  return found;
}

void SayWho(view::Population& population, Reading& reading, const Instrument& instrument, const Distributions& found, const WindowRule& rule) {
  const bool families = instrument.subject == "family";
  population.description = families ? Say("Families with a registration; followed: with a registration at least {0} months after the first", rule.follow_up_months)
                                    : Say("Professionals with a registration; followed: with a registration at least {0} months after the first", rule.follow_up_months);
  population.facts = {{"families", families ? Say("Families") : Say("Professionals"), CountedFamilies(reading, instrument.subject)},
                      {"excluded", Say("Left out by the cleaning"), ExcludedFamilies(reading, instrument.subject)},
                      {"registered", Say("Registered at least once"), found.registered},
                      {"followed", Say("Followed"), found.followed}};
}

std::vector<Parameter> SplitParameters(const Registry& registry) {
  Parameter split = DimensionParameter(registry, "split", Say("Split by"));
  split.required = false;
  split.live = true;
  return {split, {.name = "variable", .type = ParameterType::kEntity, .label = Say("Split by variable"), .live = true, .entity_kind = "variable"}};
}

}  // namespace meerstem::registrations
