#pragma once

#include <string>
#include <string_view>

namespace meerstem::view {

/// How many columns of a terminal `utf8` takes: wide characters and emoji two, combining marks none.
int DisplayWidth(std::string_view utf8);
/// `utf8` on one line, cut between characters to at most `width` columns; what was cut shows as "…".
std::string FitWidth(std::string_view utf8, int width);

}  // namespace meerstem::view
