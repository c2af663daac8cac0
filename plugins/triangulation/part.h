#pragma once

#include "core/plugin/registry.h"

namespace meerstem::triangulation {

/// Registers the joint display and the table of what is behind one of its cells.
void Register(Registry& registry);

}  // namespace meerstem::triangulation
