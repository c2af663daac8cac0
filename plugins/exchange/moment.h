#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace meerstem::exchange {

/// Milliseconds since 1970 UTC of a date and time as projects write them: `2023-06-14T09:30:00.5Z`, with an offset or
/// without a zone (then as UTC), with a blank instead of T, or a date alone.
std::optional<std::int64_t> ParseMoment(std::string_view text);
/// xsd:dateTime in UTC, with milliseconds only where there are any.
std::string ShowMoment(std::int64_t milliseconds);

}  // namespace meerstem::exchange
