#pragma once

#include "core/plugin/registry.h"

/// Topic guides: what was meant to be asked in which conversation. Without them nobody can tell silence from a question
/// that was never put.
namespace meerstem::themes {

void RegisterGuideCommands(Registry& registry);
void RegisterGuideViews(Registry& registry);

}  // namespace meerstem::themes
