#pragma once

#include <array>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/plugin/registry.h"
#include "core/study/carrying.h"

/// How answers lie over the points of their items: at baseline and follow-up of the same families, and at baseline of
/// everyone; whole or by group. What the cleaning left out is not there.
namespace meerstem::registrations {

enum Moment { kBaseline, kFollowUp, kEveryone };
constexpr std::array<const char*, 3> kMoments = {"baseline", "follow_up", "all"};
Message MomentLabel(Moment moment, const std::string& subject = "family");

struct Bar {
  std::vector<std::vector<Id>> cases;   ///< By point: one entry for each answer.
  std::vector<std::int64_t> carried_at;
  std::int64_t n = 0, not_applicable = 0, unknown = 0, missing = 0, carried = 0;
  bool empty() const { return n + not_applicable + unknown + missing == 0; }
};

/// Which group of the split each case lies in; without a split, all in one.
struct Split {
  std::vector<Group> groups;
  std::unordered_map<Id, std::vector<std::size_t>> of_case;
};
/// The families, or the professionals, by a dimension of cases or sites, or by a variable of cases; by nothing when both are empty. kRefused when the
/// dimension groups something else.
Split SplitCases(const Registry& registry, Reading& reading, const std::string& subject, const std::string& dimension, const std::optional<Id>& variable = {});

struct Distributions {
  std::vector<std::vector<std::array<Bar, 3>>> bars;  ///< By item asked for, group and moment.
  std::int64_t registered = 0, followed = 0;
};
Distributions CountAnswers(Reading& reading, const Instrument& instrument, const std::vector<Item>& items, const Split& split, bool first_member, const WindowRule& rule);

/// Who was counted, with how many: families, or the professionals that the instrument is about.
void SayWho(view::Population& population, Reading& reading, const Instrument& instrument, const Distributions& found, const WindowRule& rule);

/// Whose answers an item counts: the household (a nil id), every present member of its level, or the first of them.
std::vector<Id> WhoAnswers(const Item& item, bool first_member, const std::vector<Member>& members, Date date);
/// kRefused when the item is gone.
Id InstrumentOfItem(Reading& reading, const Id& item);
/// `--member-rule`.
Parameter MemberRuleParameter();
/// The parameters by which a view splits families.
std::vector<Parameter> SplitParameters(const Registry& registry);

}  // namespace meerstem::registrations
