#pragma once

#include <string>

#include "core/base/message.h"

namespace meerstem::view {

/// What people read for the id of a Cell's part: people, conversations, cases, quotes, words, dates, carried. An id that is
/// not known is shown as it is.
Message PartLabel(const std::string& id);

}  // namespace meerstem::view
