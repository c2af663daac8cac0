#pragma once

#include "core/plugin/registry.h"

namespace meerstem::testing {

/// A small part over core's sites: a table with a live filter whose names are changed in place, the same as a matrix of
/// prose, a table of a million rows, commands that ask for a name, take a selected site, are refused or not possible, a
/// kind of thing whose list comes when the test lets it, and a view that never ends unless it is cancelled.
void RegisterToys(Registry& registry);

/// While it lives, nobody finds out what kinds of places there are.
class ShutGate {
 public:
  ShutGate();
  ~ShutGate();
};

}  // namespace meerstem::testing
