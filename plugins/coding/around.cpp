#include "plugins/coding/around.h"

#include <algorithm>
#include <limits>

#include <unicode/uchar.h>
#include <unicode/utf8.h>

namespace meerstem::coding {
namespace {

/// A walk over the characters of a text, a step at a time, that knows where words begin.
class Walk {
 public:
  Walk(const Text& text, std::int64_t position)
      : bytes_(reinterpret_cast<const std::uint8_t*>(text.utf8().data())), size_(static_cast<std::int64_t>(text.utf8().size())),
        byte_(static_cast<std::int64_t>(text.Byte(position))), position_(position) {}
  std::int64_t position() const { return position_; }
  bool Forth() {
    if (byte_ >= size_) return false;
    U8_FWD_1(bytes_, byte_, size_);
    ++position_;
    return true;
  }
  bool Back() {
    if (byte_ <= 0) return false;
    U8_BACK_1(bytes_, 0, byte_);
    --position_;
    return true;
  }
  bool AtEnd() const { return byte_ >= size_; }
  /// Does a word begin at the character that stands here?
  bool BeginsWord() const { return !AtEnd() && IsLetter(byte_) && !IsInside(byte_); }

 private:
  UChar32 At(std::int64_t byte) const {
    if (bytes_[byte] < 0x80) return bytes_[byte];
    UChar32 c;
    U8_NEXT(bytes_, byte, size_, c);
    return c;
  }
  bool IsLetter(std::int64_t byte) const {
    const UChar32 c = At(byte);
    if (c < 0x80) return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    return u_isalnum(c);
  }
  /// Does the word before reach up to this byte? An apostrophe or a combining mark goes on with it.
  bool IsInside(std::int64_t byte) const {
    while (byte > 0) {
      U8_BACK_1(bytes_, 0, byte);
      if (IsLetter(byte)) return true;
      const UChar32 c = At(byte);
      if (c != '\'' && c != 0x2019 && u_charType(c) != U_NON_SPACING_MARK) return false;
    }
    return false;
  }

  const std::uint8_t* bytes_;
  std::int64_t size_;
  std::int64_t byte_;
  std::int64_t position_;
};

constexpr std::int64_t kFar = std::numeric_limits<std::int32_t>::max();

}  // namespace

Range WordsAround(const Text& text, const Range& range, std::int64_t words) {
  Range around{-1, kFar};
  std::int64_t passed = 0;
  // What ends at the beginning of a word has that word between; what ends one character later has not.
  for (Walk back(text, range.start); back.Back();) {
    if (!back.BeginsWord() || passed++ < words) continue;
    around.start = back.position();
    break;
  }
  passed = 0;
  for (Walk forth(text, range.end); !forth.AtEnd(); forth.Forth()) {
    if (!forth.BeginsWord() || passed++ < words) continue;
    around.end = forth.position() + 1;
    break;
  }
  return around;
}

Range LinesAround(const Text& text, const Range& range) {
  const auto& utf8 = text.utf8();
  const std::size_t first = text.Byte(range.start), last = text.Byte(std::max(range.start, range.end - 1));
  const std::size_t before = first == 0 ? std::string::npos : utf8.rfind('\n', first - 1), after = utf8.find('\n', last);
  return {before == std::string::npos ? 0 : text.CodePoint(before) + 1, after == std::string::npos ? kFar : text.CodePoint(after)};
}

}  // namespace meerstem::coding
