#pragma once

#include <string>

#include "core/base/message.h"
#include "core/plugin/registry.h"

namespace meerstem {

/// What people call the rows of a table of the study: the label of its entity kind, core's word for what has none; a
/// plugin's table without a kind is called by its name with spaces.
Message RowsLabel(const Registry& registry, const std::string& table);

}  // namespace meerstem
