#pragma once

#include <cstdint>
#include <vector>

#include "core/base/text.h"

namespace meerstem::coding {

/// Where the words of a text begin and its lines end, to tell how far apart two places are. A word is a run of letters
/// and digits, as in ICU's rules but for what stands around an apostrophe or a point: fast enough for a whole project.
class WordIndex {
 public:
  explicit WordIndex(const Text& text);
  /// What lies at most `words` words away from `range`, on either side: whatever shares a character with it does.
  Range Near(const Range& range, std::int64_t words) const;
  /// The lines that `range` touches.
  Range Paragraphs(const Range& range) const;

 private:
  std::vector<std::int32_t> words_;
  std::vector<std::int32_t> lines_;  ///< Ends of lines.
};

}  // namespace meerstem::coding
