#include "core/base/fold.h"

#include <algorithm>

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/utf16.h>
#include <unicode/utf8.h>

namespace meerstem {
namespace {

constexpr UChar32 kCombining = 1;

UChar32 FoldOne(UChar32 c) {
  if (c < 0x80) return c >= 'A' && c <= 'Z' ? c + 32 : c;
  switch (c) {
    case 0x2018: case 0x2019: case 0x201A: case 0x02BC: case 0x00B4: return '\'';
    case 0x201C: case 0x201D: case 0x201E: case 0x00AB: case 0x00BB: return '"';
    case 0x2010: case 0x2011: case 0x2012: case 0x2013: case 0x2014: return '-';
    case 0x00A0: case 0x202F: case 0x2009: return ' ';
    default: break;
  }
  if (u_charType(c) == U_NON_SPACING_MARK) return kCombining;
  c = u_foldCase(c, U_FOLD_CASE_DEFAULT);
  UErrorCode status = U_ZERO_ERROR;
  static const icu::Normalizer2* nfd = icu::Normalizer2::getNFDInstance(status);
  icu::UnicodeString decomposed;
  if (nfd && nfd->getDecomposition(c, decomposed)) {
    const UChar32 base = decomposed.char32At(0);
    bool only_marks = true;
    for (int i = U16_LENGTH(base); i < decomposed.length(); i += U16_LENGTH(decomposed.char32At(i))) {
      only_marks = only_marks && u_charType(decomposed.char32At(i)) == U_NON_SPACING_MARK;
    }
    if (only_marks) return u_foldCase(base, U_FOLD_CASE_DEFAULT);
  }
  return c;
}

void Append(std::string& out, UChar32 c) {
  std::uint8_t buffer[U8_MAX_LENGTH];
  std::int32_t length = 0;
  U8_APPEND_UNSAFE(buffer, length, c);
  out.append(reinterpret_cast<const char*>(buffer), static_cast<std::size_t>(length));
}

/// Letters that fold to two; both spellings must find each other.
const char* Expansion(UChar32 c) {
  switch (c) {
    case 0x00DF: return "ss";
    case 0x0153: return "oe";
    case 0x00E6: return "ae";
    case 0x0133: return "ij";
    default: return nullptr;
  }
}

/// The folded text as units: one letter each, expansions as two that share a position.
struct Unit {
  UChar32 letter;
  std::int64_t position;
};

std::vector<UChar32> Needle(std::string_view text) {
  const std::string folded = FoldText(text);
  std::vector<UChar32> letters;
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(folded.data());
  for (std::int64_t i = 0, n = static_cast<std::int64_t>(folded.size()); i < n;) {
    UChar32 c;
    U8_NEXT(bytes, i, n, c);
    if (c == kCombining) continue;
    if (const char* two = Expansion(c)) letters.insert(letters.end(), two, two + 2);
    else letters.push_back(c);
  }
  return letters;
}

bool NeedsUnits(const std::string& folded) {
  return std::any_of(folded.begin(), folded.end(), [](char c) { return c == 1; }) || folded.find("\xC3\x9F") != std::string::npos ||
         folded.find("\xC5\x93") != std::string::npos || folded.find("\xC3\xA6") != std::string::npos ||
         folded.find("\xC4\xB3") != std::string::npos;
}

}  // namespace

std::string FoldText(std::string_view utf8) {
  std::string folded;
  folded.reserve(utf8.size());
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(utf8.data());
  for (std::int64_t i = 0, n = static_cast<std::int64_t>(utf8.size()); i < n;) {
    const unsigned char lead = bytes[i];
    if (lead < 0x80) {
      folded += static_cast<char>(lead >= 'A' && lead <= 'Z' ? lead + 32 : lead);
      ++i;
      continue;
    }
    UChar32 c;
    U8_NEXT(bytes, i, n, c);
    Append(folded, FoldOne(c < 0 ? 0xFFFD : c));
  }
  return folded;
}

std::vector<Range> FindFolded(const Text& folded, std::string_view needle) {
  std::vector<Range> found;
  const auto letters = Needle(needle);
  if (letters.empty()) return found;
  if (!NeedsUnits(folded.utf8())) {
    std::string bytes;
    for (const auto c : letters) Append(bytes, c);
    for (std::size_t at = 0; (at = folded.utf8().find(bytes, at)) != std::string::npos; at += bytes.size()) {
      found.push_back({folded.CodePoint(at), folded.CodePoint(at + bytes.size())});
    }
    return found;
  }
  std::vector<Unit> units;
  units.reserve(folded.utf8().size());
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(folded.utf8().data());
  std::int64_t position = 0;
  for (std::int64_t i = 0, n = static_cast<std::int64_t>(folded.utf8().size()); i < n; ++position) {
    UChar32 c;
    U8_NEXT(bytes, i, n, c);
    if (c == kCombining) continue;
    if (const char* two = Expansion(c)) {
      units.push_back({two[0], position});
      units.push_back({two[1], position});
    } else {
      units.push_back({c, position});
    }
  }
  for (auto at = units.begin();;) {
    at = std::search(at, units.end(), letters.begin(), letters.end(), [](const Unit& unit, UChar32 c) { return unit.letter == c; });
    if (at == units.end()) return found;
    const auto last = at + static_cast<std::ptrdiff_t>(letters.size());
    // The end takes the combining marks that follow the last letter along.
    const std::int64_t end = last == units.end() ? folded.size() : std::max(last->position, (last - 1)->position + 1);
    found.push_back({at->position, end});
    at = last;
    while (at != units.end() && at->position < end) ++at;  // The second half of an ß is the same place.
  }
}

}  // namespace meerstem
