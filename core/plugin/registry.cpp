#include "core/plugin/registry.h"

#include <algorithm>

#include "core/base/error.h"
#include "core/view/sorted.h"

namespace meerstem {
namespace {

template <class Things>
auto* Find(Things& things, const std::string& id, std::string std::remove_reference_t<decltype(things.front())>::*member) {
  auto found = std::find_if(things.begin(), things.end(), [&](const auto& thing) { return thing.*member == id; });
  return found == things.end() ? nullptr : &*found;
}

void RequireNew(const void* present, const std::string& id) {
  if (present) throw Error(ErrorCode::kInternal, Say("“{0}” is registered twice.", id));
}

}  // namespace

const Command* Registry::FindCommand(const std::string& id) const { return Find(commands_, id, &Command::id); }
const View* Registry::FindView(const std::string& id) const { return Find(views_, id, &View::id); }
const EntityKind* Registry::FindKind(const std::string& kind) const { return Find(kinds_, kind, &EntityKind::kind); }
const Dimension* Registry::FindDimension(const std::string& id) const { return Find(dimensions_, id, &Dimension::id); }

void Registry::Add(Command command) {
  RequireNew(FindCommand(command.id), command.id);
  RequireNew(FindView(command.id), command.id);
  if (command.group.empty()) command.group = group_;
  commands_.push_back(std::move(command));
}

void Registry::Add(View view) {
  RequireNew(FindView(view.id), view.id);
  RequireNew(FindCommand(view.id), view.id);
  if (view.kind == view::Kind::kTable) {
    view.parameters.push_back({.name = view::kSort, .label = Say("Order"), .help = Say("A column's id; with “-” before it from high to low."), .live = true});
  }
  views_.push_back(std::move(view));
}

void Registry::Add(EntityKind kind) {
  RequireNew(FindKind(kind.kind), kind.kind);
  kinds_.push_back(std::move(kind));
}

void Registry::Add(Dimension dimension) {
  RequireNew(FindDimension(dimension.id), dimension.id);
  dimensions_.push_back(std::move(dimension));
}

void Registry::Add(Workspace workspace) {
  RequireNew(Find(workspaces_, workspace.id, &Workspace::id), workspace.id);
  workspaces_.push_back(std::move(workspace));
}

void Registry::Add(Component component) {
  RequireNew(Find(components_, component.name, &Component::name), component.name);
  components_.push_back(std::move(component));
}

Parameter DimensionParameter(const Registry& registry, std::string name, Message label, std::string fallback) {
  Parameter parameter{.name = std::move(name), .type = ParameterType::kChoice, .label = std::move(label)};
  parameter.required = fallback.empty();
  parameter.fallback = std::move(fallback);
  // Asked when needed: plugins that load later add dimensions too.
  parameter.study_choices = [&registry = registry.whole()](Reading&) {
    std::vector<Choice> choices;
    for (const auto& dimension : registry.dimensions()) choices.push_back({dimension.id, dimension.label});
    return choices;
  };
  return parameter;
}

}  // namespace meerstem
