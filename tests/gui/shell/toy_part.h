#pragma once

#include "core/plugin/registry.h"

namespace meerstem::testing {

/// A small part over core's sites: a table with a live filter, a command that asks for a name, one that takes a
/// selected site, one that is refused, and a view that never ends unless it is cancelled.
void RegisterToys(Registry& registry);

}  // namespace meerstem::testing
