#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace meerstem::coding {

/// What a regular expression needs on a line: for each of its alternatives the longest stretch of letters, digits and
/// spaces that whatever it matches must hold, so that only the lines on which one of them stands need be looked at.
/// None where that is not certain: where a match could reach over the end of a line, or see beyond it, or where an
/// alternative needs no such stretch.
std::vector<std::string> LiteralsOfLines(std::string_view expression);

}  // namespace meerstem::coding
