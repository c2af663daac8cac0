#pragma once

#include "core/plugin/registry.h"

namespace meerstem::triangulation {

/// Registers the ledger of findings and the displays in which the strands meet.
void Register(Registry& registry);

}  // namespace meerstem::triangulation
