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

std::string WriteEntities(const std::vector<view::Entity>& entities) {
  std::string text;
  for (const auto& entity : entities) text += entity.kind + " " + ToString(entity.id) + "\n";
  return text;
}

std::vector<view::Entity> ReadEntities(const std::string& text) {
  std::vector<view::Entity> entities;
  std::istringstream lines(text);
  std::string kind, id;
  while (lines >> kind >> id) {
    if (const auto parsed = ParseId(id)) entities.push_back({kind, *parsed});
  }
  return entities;
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

}  // namespace meerstem::gui
