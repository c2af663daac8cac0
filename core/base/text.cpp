#include "core/base/text.h"

#include <algorithm>

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "core/base/scan.h"

namespace meerstem {
namespace {

constexpr std::int64_t kStep = 64;

bool IsContinuation(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

std::size_t Width(char lead) {
  const auto c = static_cast<unsigned char>(lead);
  return c < 0x80 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
}

}  // namespace

Text::Text(std::string utf8) : utf8_(std::move(utf8)) {
  ascii_ = std::none_of(utf8_.begin(), utf8_.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
  if (ascii_) {
    size_ = static_cast<std::int64_t>(utf8_.size());
    return;
  }
  std::uint32_t utf16 = 0;
  for (std::size_t byte = 0; byte < utf8_.size();) {
    if (size_ % kStep == 0) checkpoints_.push_back({static_cast<std::uint32_t>(byte), utf16});
    const std::size_t width = Width(utf8_[byte]);
    byte += width;
    utf16 += width == 4 ? 2 : 1;
    ++size_;
  }
}

std::size_t Text::Byte(std::int64_t code_point) const {
  if (code_point <= 0) return 0;
  if (code_point >= size_) return utf8_.size();
  if (ascii_) return static_cast<std::size_t>(code_point);
  std::size_t byte = checkpoints_[static_cast<std::size_t>(code_point / kStep)].byte;
  for (std::int64_t i = code_point % kStep; i > 0; --i) byte += Width(utf8_[byte]);
  return byte;
}

std::int64_t Text::CodePoint(std::size_t byte) const {
  if (byte >= utf8_.size()) return size_;
  if (ascii_) return static_cast<std::int64_t>(byte);
  while (byte > 0 && IsContinuation(utf8_[byte])) --byte;
  // Where characters are as long everywhere, about, a guess is a step or two from the right checkpoint.
  constexpr int kSteps = 8;
  auto checkpoint = checkpoints_.begin() + static_cast<std::ptrdiff_t>(byte * checkpoints_.size() / utf8_.size());
  int steps = 0;
  for (; steps < kSteps && checkpoint->byte > byte; ++steps) --checkpoint;
  for (; steps < kSteps && std::next(checkpoint) != checkpoints_.end() && std::next(checkpoint)->byte <= byte; ++steps) ++checkpoint;
  if (steps == kSteps) {
    checkpoint = std::upper_bound(checkpoints_.begin(), checkpoints_.end(), byte, [](std::size_t b, const Checkpoint& c) { return b < c.byte; }) - 1;
  }
  return (checkpoint - checkpoints_.begin()) * kStep + scan::CountLeads(utf8_.data() + checkpoint->byte, byte - checkpoint->byte);
}

std::int64_t Text::Utf16(std::int64_t code_point) const {
  code_point = std::clamp<std::int64_t>(code_point, 0, size_);
  if (ascii_ || size_ == 0) return code_point;
  const std::size_t index = std::min(static_cast<std::size_t>(code_point / kStep), checkpoints_.size() - 1);
  std::int64_t unit = checkpoints_[index].utf16;
  std::size_t byte = checkpoints_[index].byte;
  for (std::int64_t i = code_point - static_cast<std::int64_t>(index) * kStep; i > 0; --i) {
    const std::size_t width = Width(utf8_[byte]);
    byte += width;
    unit += width == 4 ? 2 : 1;
  }
  return unit;
}

std::int64_t Text::FromUtf16(std::int64_t unit) const {
  if (unit <= 0) return 0;
  if (ascii_) return std::min(unit, size_);
  auto after = std::upper_bound(checkpoints_.begin(), checkpoints_.end(), unit,
                                [](std::int64_t u, const Checkpoint& c) { return u < static_cast<std::int64_t>(c.utf16); });
  const auto index = std::distance(checkpoints_.begin(), after) - 1;
  std::int64_t code_point = index * kStep;
  std::int64_t at = checkpoints_[static_cast<std::size_t>(index)].utf16;
  for (std::size_t byte = checkpoints_[static_cast<std::size_t>(index)].byte; byte < utf8_.size();) {
    const std::size_t width = Width(utf8_[byte]);
    at += width == 4 ? 2 : 1;
    if (at > unit) break;
    byte += width;
    ++code_point;
  }
  return code_point;
}

std::string_view Text::Slice(Range range) const {
  const std::size_t start = Byte(range.start);
  const std::size_t end = Byte(range.end);
  if (end <= start) return {};
  return std::string_view(utf8_).substr(start, end - start);
}

std::string CleanText(std::string_view raw) {
  if (raw.starts_with("\xEF\xBB\xBF")) raw.remove_prefix(3);
  std::string clean;
  clean.reserve(raw.size());
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(raw.data());
  const auto length = static_cast<std::int64_t>(raw.size());
  for (std::int64_t i = 0; i < length;) {
    const std::int64_t start = i;
    UChar32 c;
    U8_NEXT(bytes, i, length, c);
    if (c < 0) clean += "\xEF\xBF\xBD";
    else if (c == '\r') {
      clean += '\n';
      if (i < length && bytes[i] == '\n') ++i;
    } else if (c != 0) {
      clean.append(raw.substr(static_cast<std::size_t>(start), static_cast<std::size_t>(i - start)));
    }
  }
  return clean;
}

bool IsValidUtf8(std::string_view text) {
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  const auto length = static_cast<std::int64_t>(text.size());
  for (std::int64_t i = 0; i < length;) {
    UChar32 c;
    U8_NEXT(bytes, i, length, c);
    if (c < 0) return false;
  }
  return true;
}

std::int64_t CountCodePoints(std::string_view utf8) {
  return scan::CountLeads(utf8.data(), utf8.size());
}

std::string Trim(std::string_view text) {
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  std::int64_t start = 0;
  auto end = static_cast<std::int64_t>(text.size());
  while (start < end) {
    std::int64_t next = start;
    UChar32 c;
    U8_NEXT(bytes, next, end, c);
    if (c < 0 || !u_isUWhiteSpace(c)) break;
    start = next;
  }
  while (end > start) {
    std::int64_t before = end - 1;
    while (before > start && IsContinuation(text[static_cast<std::size_t>(before)])) --before;
    std::int64_t at = before;
    UChar32 c;
    U8_NEXT(bytes, at, end, c);
    if (c < 0 || !u_isUWhiteSpace(c)) break;
    end = before;
  }
  return std::string(text.substr(static_cast<std::size_t>(start), static_cast<std::size_t>(end - start)));
}

}  // namespace meerstem
