#pragma once

#include <string>
#include <utility>
#include <vector>

#include "core/view/model.h"

namespace meerstem::view {

/// What people read for the id of a Cell's part: people, conversations, cases, quotes, words, remarks, dates, carried. An id that is
/// not known is shown as it is.
Message PartLabel(const std::string& id);

/// What people see of a cell's parts: none where there is no value to be a part of, and none that are empty.
std::vector<std::pair<std::string, Value>> PartsShown(const Cell& cell);

}  // namespace meerstem::view
