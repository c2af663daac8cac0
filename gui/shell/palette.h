#pragma once

#include <functional>
#include <string>
#include <vector>

#include "gui/shell/keys.h"
#include "gui/shell/runner.h"

namespace meerstem::gui {

/// Type to find over everything that can be done or opened. What was chosen runs after the palette has closed.
struct PaletteDoors {
  std::function<void(const std::string&)> command;
  std::function<void(const std::string&, bool workspace)> open;
};
/// `runner` nullptr: no study is open, so only what needs none can be chosen.
void ShowPalette(wxWindow* parent, const std::vector<ShellAction>& actions, const Registry& registry, const Keys& keys, const std::vector<WidgetAction>& moves, Runner* runner,
                 const Selection& selection, const PaletteDoors& doors);

}  // namespace meerstem::gui
