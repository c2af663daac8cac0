#pragma once

#include <string>
#include <vector>

#include "core/base/message.h"
#include "core/plugin/registry.h"

namespace meerstem::gui {

/// The groups in which commands, views and workspaces are offered: one per id prefix, in the order of registration.
struct Section {
  std::string prefix;
  Message label;
  std::vector<const Command*> commands;
  std::vector<const View*> views;
  std::vector<const Workspace*> workspaces;
};

std::vector<Section> SectionsOf(const Registry& registry);
std::string PrefixOf(const std::string& id);

}  // namespace meerstem::gui
