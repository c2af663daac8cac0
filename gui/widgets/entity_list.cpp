#include "gui/widgets/entity_list.h"

#include <algorithm>
#include <sstream>

namespace meerstem::gui {
namespace {

const view::Entity* First(const std::vector<view::Entity>& entities, const std::string& kind) {
  const auto found = std::find_if(entities.begin(), entities.end(), [&](const view::Entity& e) { return e.kind == kind; });
  return found == entities.end() ? nullptr : &*found;
}

}  // namespace

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
    const view::Entity* source = First(from, drop.from);
    const view::Entity* target = First(onto, drop.onto);
    if (!source || !target || *source == *target) continue;
    BoundDrop bound{drop.command, {}};
    bound.arguments.Set(drop.from_parameter, source->id);
    bound.arguments.Set(drop.onto_parameter, target->id);
    return bound;
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
    const view::Entity* source = First(from, drop.from);
    if (!source || drop.onto != "span") continue;
    BoundDrop bound{drop.command, {}};
    bound.arguments.Set(drop.from_parameter, source->id);
    bound.arguments.Set(drop.onto_parameter, onto);
    return bound;
  }
  return std::nullopt;
}

bool TakesDrops(const std::vector<view::Drop>& drops, const std::vector<view::Entity>& onto) {
  return std::any_of(drops.begin(), drops.end(), [&](const view::Drop& drop) { return First(onto, drop.onto) != nullptr; });
}

}  // namespace meerstem::gui
