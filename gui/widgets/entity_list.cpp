#include "gui/widgets/entity_list.h"

#include <algorithm>
#include <sstream>

namespace meerstem::gui {
namespace {

const view::Entity* First(const std::vector<view::Entity>& entities, const std::string& kind) {
  const auto found = std::find_if(entities.begin(), entities.end(), [&](const view::Entity& e) { return e.kind == kind; });
  return found == entities.end() ? nullptr : &*found;
}

/// All of the kind that the drop takes; empty: it takes none of these.
std::vector<Id> Taken(const view::Drop& drop, const std::vector<view::Entity>& from) {
  std::vector<Id> ids;
  for (const auto& entity : from) {
    if (entity.kind == drop.from && std::find(ids.begin(), ids.end(), entity.id) == ids.end()) ids.push_back(entity.id);
  }
  return ids;
}

BoundDrop Bind(const view::Drop& drop, const std::vector<Id>& taken, const ArgumentValue& onto) {
  BoundDrop bound{drop.command, {}};
  for (const auto& id : taken) bound.arguments.Add(drop.from_parameter, id);
  bound.arguments.Set(drop.onto_parameter, onto);
  return bound;
}

}  // namespace

std::vector<view::Entity> OneOfEach(const std::vector<std::vector<view::Entity>>& rows) {
  std::vector<view::Entity> all;
  for (const auto& row : rows) {
    for (const auto& entity : row) {
      if (First(row, entity.kind) == &entity) all.push_back(entity);
    }
  }
  return all;
}

std::string WriteEntities(const std::vector<view::Entity>& entities, const std::optional<SourceSpan>& span) {
  std::string text;
  if (span) text = "span " + ToString(span->source) + " " + std::to_string(span->range.start) + " " + std::to_string(span->range.end) + "\n";
  for (const auto& entity : entities) text += entity.kind + " " + ToString(entity.id) + "\n";
  return text;
}

std::vector<view::Entity> ReadEntities(const std::string& text) {
  std::vector<view::Entity> entities;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    std::istringstream words(line);
    std::string kind, id;
    words >> kind >> id;
    if (const auto parsed = ParseId(id); parsed && kind != "span") entities.push_back({kind, *parsed});
  }
  return entities;
}

std::optional<SourceSpan> ReadSpan(const std::string& text) {
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    std::istringstream words(line);
    std::string kind, id;
    Range range;
    if (!(words >> kind >> id >> range.start >> range.end) || kind != "span") continue;
    if (const auto source = ParseId(id); source && range.start >= 0 && range.end > range.start) return SourceSpan{*source, range};
  }
  return std::nullopt;
}

std::optional<BoundDrop> MatchDrop(const std::vector<view::Drop>& drops, const std::vector<view::Entity>& from,
                                   const std::vector<view::Entity>& onto) {
  for (const auto& drop : drops) {
    const auto taken = Taken(drop, from);
    const view::Entity* target = First(onto, drop.onto);
    // Onto one of themselves is nothing.
    if (taken.empty() || !target || (drop.from == drop.onto && std::find(taken.begin(), taken.end(), target->id) != taken.end())) continue;
    return Bind(drop, taken, target->id);
  }
  return std::nullopt;
}

std::optional<BoundDrop> MatchDrop(const std::vector<view::Drop>& drops, const SourceSpan& from, const std::vector<view::Entity>& onto) {
  for (const auto& drop : drops) {
    const view::Entity* target = First(onto, drop.onto);
    if (drop.from != "span" || !target) continue;
    BoundDrop bound{drop.command, {}};
    bound.arguments.Set(drop.from_parameter, from);
    bound.arguments.Set(drop.onto_parameter, target->id);
    return bound;
  }
  return std::nullopt;
}

std::optional<BoundDrop> MatchDrop(const std::vector<view::Drop>& drops, const Dragged& from, const std::vector<view::Entity>& onto) {
  return from.span ? MatchDrop(drops, *from.span, onto) : MatchDrop(drops, from.entities, onto);
}

std::optional<BoundDrop> MatchDrop(const std::vector<view::Drop>& drops, const std::vector<view::Entity>& from,
                                   const SourceSpan& onto) {
  for (const auto& drop : drops) {
    const auto taken = Taken(drop, from);
    if (!taken.empty() && drop.onto == "span") return Bind(drop, taken, onto);
  }
  return std::nullopt;
}

bool TakesDrops(const std::vector<view::Drop>& drops, const std::vector<view::Entity>& onto) {
  return std::any_of(drops.begin(), drops.end(), [&](const view::Drop& drop) { return First(onto, drop.onto) != nullptr; });
}

}  // namespace meerstem::gui
