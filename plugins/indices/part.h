#pragma once

#include "core/plugin/registry.h"

namespace meerstem::indices {

/// The whole plugin: rule sets, scores, outcomes.
void Register(Registry& registry);

}  // namespace meerstem::indices
