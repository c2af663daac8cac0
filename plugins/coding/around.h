#pragma once

#include <cstdint>

#include "core/base/text.h"

namespace meerstem::coding {

/// What lies at most `words` words away from `range`, on either side: whatever shares a character with the answer does.
/// A word is a run of letters and digits, with the apostrophes inside it. Looks no further than it has to, so that a
/// few questions about a long text cost little.
Range WordsAround(const Text& text, const Range& range, std::int64_t words);
/// The lines that `range` touches.
Range LinesAround(const Text& text, const Range& range);

}  // namespace meerstem::coding
