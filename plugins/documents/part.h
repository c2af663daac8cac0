#pragma once

#include "core/plugin/registry.h"

namespace meerstem::documents {

/// Everything that the plugin contributes; it has no tables of its own.
void Register(Registry& registry);

void RegisterImport(Registry& registry);
void RegisterSpeakers(Registry& registry);
void RegisterEditing(Registry& registry);
void RegisterList(Registry& registry);
void RegisterOverview(Registry& registry);
void RegisterPeople(Registry& registry);
void RegisterConsent(Registry& registry);
void RegisterNames(Registry& registry);
void RegisterExportCheck(Registry& registry);

}  // namespace meerstem::documents
