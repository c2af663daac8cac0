#pragma once

#include "core/plugin/registry.h"

namespace meerstem::themes {

/// Registers themes and chapters: schema, kinds, the dimension "theme", commands and views.
void Register(Registry& registry);

void RegisterThemeCommands(Registry& registry);
void RegisterThemeViews(Registry& registry);
void RegisterEvidence(Registry& registry);
void RegisterComparison(Registry& registry);
void RegisterTypeBySite(Registry& registry);
void RegisterFrames(Registry& registry);
void RegisterGuides(Registry& registry);
void RegisterFramework(Registry& registry);
void RegisterNewCodes(Registry& registry);
void RegisterMemberChecks(Registry& registry);
void RegisterTranslations(Registry& registry);
void RegisterFindQuote(Registry& registry);
void RegisterChapterCommands(Registry& registry);
void RegisterChapterViews(Registry& registry);
void RegisterChecklists(Registry& registry);

}  // namespace meerstem::themes
