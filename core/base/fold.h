#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/text.h"

namespace meerstem {

/// `utf8` without case and diacritics, one code point for one code point, so that a position in the folded text is
/// a position in the original. Curly apostrophes and quotation marks become straight. Characters whose folding has
/// another length (ß, œ, ĳ) stay as they are, lower case. A combining mark becomes U+0001, which no query holds:
/// FindFolded steps over it. ASCII fast path.
std::string FoldText(std::string_view utf8);

/// The places of `needle` (unfolded) in `text` (whose folding is `folded`), left to right, not overlapping.
/// Combining marks in the text are ignored; ß matches ss, œ oe and ĳ ij. Empty needle: none.
std::vector<Range> FindFolded(const Text& folded, std::string_view needle);

}  // namespace meerstem
