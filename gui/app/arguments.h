#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/command/engine.h"

namespace meerstem::gui {

/// What the command line of the window says: `[STUDY] [--language nl|en] [--view ID [--parameter value ...]] ...`.
struct StartArguments {
  struct Shown {
    std::string id;  ///< Of a view or a workspace.
    RawArguments raw;
  };
  std::string study;
  std::string language;
  std::vector<Shown> views;
};

/// kUsage for what cannot be read.
StartArguments ReadArguments(const std::vector<std::string>& words);

}  // namespace meerstem::gui
