#pragma once

#include "core/plugin/registry.h"

namespace meerstem {

/// Core's own commands and views: `study.set`, `study.add-researcher`, `study.journal`, `study.settings`.
/// Called by RegisterCore.
void RegisterCoreViews(Registry& registry);

}  // namespace meerstem
