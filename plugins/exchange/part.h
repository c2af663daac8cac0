#pragma once

#include "core/plugin/registry.h"

namespace meerstem::exchange {

/// Everything that the plugin contributes.
void Register(Registry& registry);

void RegisterImport(Registry& registry);
void RegisterExport(Registry& registry);
void RegisterExportData(Registry& registry);

}  // namespace meerstem::exchange
