#pragma once

#include "core/plugin/registry.h"

namespace meerstem::coding {

/// Everything that this plugin contributes.
void Register(Registry& registry);

}  // namespace meerstem::coding
