#pragma once

#include "core/plugin/registry.h"

namespace meerstem::documents {

/// Everything that the plugin contributes; its one table says how speakers were found.
void Register(Registry& registry);

void RegisterImport(Registry& registry);
void RegisterImportFolder(Registry& registry);
void RegisterCorrecting(Registry& registry);
void RegisterCorrected(Registry& registry);
void RegisterSpeakers(Registry& registry);
void RegisterFindSpeakers(Registry& registry);
void RegisterEditing(Registry& registry);
void RegisterList(Registry& registry);
void RegisterOverview(Registry& registry);
void RegisterPageView(Registry& registry);
void RegisterPeople(Registry& registry);
void RegisterConsent(Registry& registry);
void RegisterNames(Registry& registry);
void RegisterExportCheck(Registry& registry);

}  // namespace meerstem::documents
