#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace meerstem::coding {

/// What a regular expression needs on a line.
struct Literals {
  std::vector<std::string> words = {};  ///< Letters, digits and spaces, one of which whatever it matches must hold; none: not known.
  bool first = false;                   ///< Whatever it matches begins with one of them.
};
/// For each of the alternatives the longest stretch that whatever it matches must hold, so that only the lines on which
/// one of them stands need be looked at. None where that is not certain: where a match could reach over the end of a
/// line, or see beyond it, or where an alternative needs no such stretch.
Literals LiteralsOfLines(std::string_view expression);

}  // namespace meerstem::coding
