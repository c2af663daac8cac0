#include "plugins/triangulation/presence.h"

#include <algorithm>

#include "core/study/derive.h"
#include "core/study/display.h"
#include "core/study/quotes.h"
#include "core/study/sorting.h"

namespace meerstem::triangulation {
namespace {

Presence ReadPresence(Reading& reading, const Dimension& dimension) {
  Presence presence;
  const auto study = CodedStudyOf(reading);
  const Sorting sorting(reading, dimension, *study);
  const auto& frame = *study->frame;
  presence.groups = sorting.groups();
  // Of few cases anything is said: only those have a place in the counts.
  std::vector<std::vector<std::int64_t>> counts(presence.groups.size());
  std::vector<std::uint32_t> place_of(frame.cases.size(), CodedStudy::kNone), seen;
  std::vector<char> linked(frame.cases.size());
  QuoteNumbers numbers;
  std::vector<std::uint32_t> groups;
  for (const auto& place : QuotePlaces(*study, {.include_remarks = false})) {
    const auto& source = study->source(place.source);
    const auto& stock = study->stock(place.source);
    const auto& quote = stock.quotes[place.quote];
    if (!CodedStudy::MayUse(source, stock, quote.turn, quote.range(), Purpose::kAnalysis)) {
      ++presence.withheld;
      continue;
    }
    NumbersOf(*study, source, stock, quote, false, numbers);
    if (numbers.cases.empty()) continue;
    sorting.Of(place.source, stock, quote, numbers, groups);
    for (const auto number : numbers.cases) {
      linked[number] = 1;
      if (place_of[number] == CodedStudy::kNone) {
        place_of[number] = static_cast<std::uint32_t>(seen.size());
        seen.push_back(number);
      }
      for (const auto group : groups) {
        auto& line = counts[group];
        if (line.size() <= place_of[number]) line.resize(place_of[number] + 1);
        ++line[place_of[number]];
      }
    }
  }
  // Whoever speaks in a conversation is heard, coded or not.
  for (std::uint32_t s = 0; s < study->size(); ++s) {
    const auto& source = study->source(s);
    if (source.kind == "remark") continue;
    for (const auto number : source.cases) linked[number] = 1;
    for (const auto& voice : source.voices) {
      if (voice.researcher || voice.person == CodedStudy::kNone) continue;
      for (const auto number : frame.cases_of_person[voice.person]) linked[number] = 1;
    }
  }
  for (const auto& of_group : counts) {
    auto& heard = presence.heard.emplace_back();
    for (std::size_t i = 0; i < of_group.size(); ++i) {
      if (of_group[i] > 0) heard.emplace_back(frame.cases.ids[seen[i]], of_group[i]);
    }
    std::sort(heard.begin(), heard.end());
  }
  for (std::size_t i = 0; i < linked.size(); ++i) {
    if (linked[i]) presence.linked.push_back(frame.cases.ids[i]);
  }
  std::sort(presence.linked.begin(), presence.linked.end());
  return presence;
}

}  // namespace

std::int64_t Presence::In(std::size_t group, const Id& study_case) const {
  const auto& all = heard[group];
  const auto found = std::lower_bound(all.begin(), all.end(), study_case, [](const auto& each, const Id& id) { return each.first < id; });
  return found != all.end() && found->first == study_case ? found->second : 0;
}

bool Presence::Linked(const Id& study_case) const { return std::binary_search(linked.begin(), linked.end(), study_case); }

std::shared_ptr<const Presence> PresenceOf(Reading& reading, const Dimension& dimension) {
  return Keep<Presence>(reading, "triangulation.presence/" + dimension.id, [&] { return ReadPresence(reading, dimension); });
}

Parameter TypesParameter(const Registry& registry, Message label) {
  Parameter parameter{.name = "types", .type = ParameterType::kChoice, .label = std::move(label), .fallback = "theme"};
  parameter.study_choices = [&whole = registry.whole()](Reading&) {
    std::vector<Choice> choices;
    for (const auto& dimension : whole.dimensions()) {
      if (dimension.unit == "quote") choices.push_back({dimension.id, dimension.label});
    }
    return choices;
  };
  return parameter;
}

}  // namespace meerstem::triangulation
