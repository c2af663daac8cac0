#include "plugins/coding/word_index.h"

#include <algorithm>
#include <limits>

#include <unicode/uchar.h>
#include <unicode/utf8.h>

namespace meerstem::coding {

WordIndex::WordIndex(const Text& text) {
  const auto& utf8 = text.utf8();
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(utf8.data());
  const auto size = static_cast<std::int64_t>(utf8.size());
  bool inside = false;
  std::int32_t position = 0;
  for (std::int64_t i = 0; i < size; ++position) {
    bool letter;
    if (const auto byte = bytes[i]; byte < 0x80) {
      ++i;
      letter = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9') || (inside && byte == '\'');
      if (byte == '\n') lines_.push_back(position);
    } else {
      UChar32 c;
      U8_NEXT(bytes, i, size, c);
      letter = u_isalnum(c) || (inside && (c == 0x2019 || u_charType(c) == U_NON_SPACING_MARK));
    }
    if (letter && !inside) words_.push_back(position);
    inside = letter;
  }
}

Range WordIndex::Near(const Range& range, std::int64_t words) const {
  constexpr std::int64_t kFar = std::numeric_limits<std::int32_t>::max();
  const auto before = std::lower_bound(words_.begin(), words_.end(), range.start) - words_.begin();
  const auto after = std::lower_bound(words_.begin(), words_.end(), range.end) - words_.begin();
  // What ends at the beginning of a word has that word between; what ends one character later has not.
  const std::int64_t start = before > words ? words_[static_cast<std::size_t>(before - words - 1)] : -1;
  const std::int64_t end = after + words < static_cast<std::int64_t>(words_.size()) ? words_[static_cast<std::size_t>(after + words)] + 1 : kFar;
  return {start, end};
}

Range WordIndex::Paragraphs(const Range& range) const {
  const auto first = std::lower_bound(lines_.begin(), lines_.end(), range.start);
  const auto last = std::lower_bound(lines_.begin(), lines_.end(), std::max(range.start, range.end - 1));
  return {first == lines_.begin() ? 0 : *(first - 1) + 1, last == lines_.end() ? std::numeric_limits<std::int32_t>::max() : *last};
}

}  // namespace meerstem::coding
