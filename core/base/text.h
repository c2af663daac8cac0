#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace meerstem {

/// A half-open range [start, end) of Unicode code points in a stored text, as in REFI-QDA and SQLite's substr.
struct Range {
  std::int64_t start = 0;
  std::int64_t end = 0;

  std::int64_t size() const { return end - start; }
  bool empty() const { return end <= start; }
  bool Contains(std::int64_t position) const { return start <= position && position < end; }
  bool Overlaps(const Range& other) const { return start < other.end && other.start < end; }
  auto operator<=>(const Range&) const = default;
};

/// An immutable UTF-8 text with an index of its code points: every conversion between code points, bytes and
/// UTF-16 units is constant time by checkpoints (one per 64 code points; none at all for pure ASCII).
/// Positions beyond the end are clamped to it; a byte inside a character belongs to that character.
/// Safe to read from several threads.
class Text {
 public:
  Text() = default;
  /// `utf8` must be valid UTF-8 (CleanText makes it so).
  explicit Text(std::string utf8);

  const std::string& utf8() const { return utf8_; }
  /// In code points.
  std::int64_t size() const { return size_; }

  std::size_t Byte(std::int64_t code_point) const;
  std::int64_t CodePoint(std::size_t byte) const;
  std::int64_t Utf16(std::int64_t code_point) const;
  std::int64_t FromUtf16(std::int64_t unit) const;
  std::string_view Slice(Range range) const;

 private:
  struct Checkpoint {
    std::uint32_t byte;
    std::uint32_t utf16;
  };
  std::string utf8_;
  std::int64_t size_ = 0;
  bool ascii_ = true;
  std::vector<Checkpoint> checkpoints_;
};

/// The form in which texts are stored: CR LF and CR become LF, a leading BOM and all NULs go, invalid UTF-8 becomes
/// U+FFFD; nothing else is touched (no normalisation).
std::string CleanText(std::string_view raw);
bool IsValidUtf8(std::string_view text);
/// Number of code points of valid UTF-8.
std::int64_t CountCodePoints(std::string_view utf8);
/// White space of Unicode off both ends.
std::string Trim(std::string_view text);

}  // namespace meerstem
