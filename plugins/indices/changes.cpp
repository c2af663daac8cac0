#include "plugins/indices/changes.h"

#include <algorithm>
#include <unordered_map>

#include "core/base/error.h"

namespace meerstem::indices {
namespace {

std::vector<std::size_t> Asked(const Instrument& instrument, const std::vector<std::string>& keys) {
  std::vector<std::size_t> items;
  for (const auto& key : keys) {
    const Item* item = instrument.Find(key);
    if (!item) throw Refuse("The instrument “{0}” has no item “{1}”.", instrument.key, key);
    items.push_back(static_cast<std::size_t>(item - instrument.items.data()));
  }
  for (std::size_t i = 0; keys.empty() && i < instrument.items.size(); ++i) items.push_back(i);
  return items;
}

std::size_t PlaceOf(const History& history, const Registration& registration) {
  const auto found = std::find_if(history.registrations.begin(), history.registrations.end(), [&](const Registration& one) { return one.id == registration.id; });
  return static_cast<std::size_t>(found - history.registrations.begin());
}

void AddPair(ItemChange& change, std::size_t family, const std::optional<Id>& person, const Stand& before, const Stand& after) {
  ++change.members;
  const auto gone = [](const Stand& stand) { return stand.there && stand.status == AnswerStatus::kNotApplicable; };
  if (before.has_value() && after.has_value()) {
    change.pairs.push_back({family, person, before.value, after.value, after.carried});
  } else if (gone(before) || gone(after)) {
    ++change.not_applicable;
  } else {
    ++change.missing;
  }
}

}  // namespace

std::optional<Changes> CollectChanges(Reading& reading, const std::vector<std::string>& keys) {
  const auto scores = ScoreStudy(reading);
  if (!scores) return std::nullopt;
  auto instrument = InstrumentOfKey(reading, scores->rules.instrument);
  Changes changes{*scores, std::move(*instrument), {}};
  const auto items = Asked(changes.instrument, keys);
  for (const auto item : items) changes.items.push_back({.item = item});
  std::unordered_map<Id, std::size_t> places;
  for (std::size_t i = 0; i < changes.scores.families.size(); ++i) places[changes.scores.families[i].study_case] = i;
  WalkHistories(reading, changes.instrument, items, [&](const History& history) {
    const auto place = places.find(history.study_case);
    if (place == places.end()) return;
    const FamilyScore& family = changes.scores.families[place->second];
    if (!family.baseline || !family.follow_up) return;
    const std::size_t before = PlaceOf(history, *family.baseline), after = PlaceOf(history, *family.follow_up);
    for (std::size_t i = 0; i < items.size(); ++i) {
      const std::string& level = changes.instrument.items[items[i]].level;
      if (level == "household") {
        AddPair(changes.items[i], place->second, std::nullopt, history.At(before, i, 0), history.At(after, i, 0));
        continue;
      }
      for (std::size_t m = 0; m < history.members->size(); ++m) {
        const Member& member = (*history.members)[m];
        if (member.role != level || !member.PresentOn(family.baseline->date) || !member.PresentOn(family.follow_up->date)) continue;
        AddPair(changes.items[i], place->second, member.person, history.At(before, i, m + 1), history.At(after, i, m + 1));
      }
    }
  });
  return changes;
}

Directions Count(const std::vector<AnswerPair>& pairs, bool with_carried) {
  Directions directions;
  for (const auto& pair : pairs) {
    if (with_carried || !pair.carried) directions.Add(pair.change());
  }
  return directions;
}

}  // namespace meerstem::indices
