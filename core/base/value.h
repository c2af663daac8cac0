#pragma once

#include <cstdint>
#include <string>
#include <variant>

#include "core/base/date.h"
#include "core/base/message.h"

namespace meerstem {

/// What a cell can hold. monostate: nothing. Message: a text that still has to become language.
using Value = std::variant<std::monostate, std::int64_t, double, std::string, Date, Message>;

}  // namespace meerstem
