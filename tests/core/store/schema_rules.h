#pragma once

#include <string>
#include <vector>

#include "core/store/store.h"

namespace meerstem::testing {

/// What is wrong with the schema of an open study by the rules that SQLite and undo force, a sentence each; empty: all
/// rules are met. Works for core alone and for a whole program with all its plugins.
std::vector<std::string> SchemaFaults(Store& store, const std::vector<Component>& components);

}  // namespace meerstem::testing
