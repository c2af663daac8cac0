#pragma once

#include "core/plugin/registry.h"

namespace meerstem::themes {

/// Registers themes and chapters: schema, kinds, the dimension "theme", commands and views.
void Register(Registry& registry);

void RegisterThemeCommands(Registry& registry);
void RegisterThemeViews(Registry& registry);
void RegisterChapterCommands(Registry& registry);
void RegisterChapterViews(Registry& registry);
void RegisterChecklists(Registry& registry);

}  // namespace meerstem::themes
