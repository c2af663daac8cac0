#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/plugin/registry.h"
#include "core/store/store.h"

/// Deductive frames: themes that were expected before anyone was heard, and the themes of the study that answer to them.
namespace meerstem::themes {

struct ExpectedTheme {
  Id id;
  Id frame;
  std::optional<Id> parent;
  std::string name;
  std::string path;         ///< Frame, then what it stands below, then its name.
  std::string within;       ///< The path without the frame.
  std::string description;
  std::vector<Id> matches;  ///< Themes of the study.
};

/// Parents before children, frame by frame.
std::vector<ExpectedTheme> ExpectedThemes(Reading& reading, const std::optional<Id>& frame = {});

EntityKind FrameKind();
EntityKind ExpectedThemeKind();

void RegisterFrameCommands(Registry& registry);
void RegisterFrameView(Registry& registry);

}  // namespace meerstem::themes
