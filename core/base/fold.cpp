#include "core/base/fold.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/utf16.h>
#include <unicode/utf8.h>

#include "core/base/scan.h"

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

/// Letters that fold to several; both spellings must find each other. PDFs are full of the joined ones.
const char* Expansion(UChar32 c) {
  switch (c) {
    case 0x00DF: return "ss";
    case 0x0153: return "oe";
    case 0x00E6: return "ae";
    case 0x0133: return "ij";
    case 0xFB00: return "ff";
    case 0xFB01: return "fi";
    case 0xFB02: return "fl";
    case 0xFB03: return "ffi";
    case 0xFB04: return "ffl";
    case 0xFB05: case 0xFB06: return "st";
    default: return nullptr;
  }
}

std::vector<char32_t> Letters(std::string_view text) {
  const std::string folded = FoldText(text);
  std::vector<char32_t> letters;
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(folded.data());
  for (std::int64_t i = 0, n = static_cast<std::int64_t>(folded.size()); i < n;) {
    UChar32 c;
    U8_NEXT(bytes, i, n, c);
    if (c == kCombining) continue;
    if (const char* several = Expansion(c)) letters.insert(letters.end(), several, several + std::strlen(several));
    else letters.push_back(static_cast<char32_t>(c));
  }
  return letters;
}

/// Does the text hold a combining mark or a letter that expands (ß æ ĳ œ ﬁ)?
bool IsUneven(std::string_view folded) {
  bool found = folded.find('\x01') != std::string_view::npos;
  const auto look = [&](char lead, char next) { scan::EachPair(folded, lead, 1, next, [&](std::size_t) { found = true; }); };
  look('\xC3', '\x9F');
  look('\xC3', '\xA6');
  look('\xC4', '\xB3');
  look('\xC5', '\x93');
  scan::EachPair(folded, '\xEF', 1, '\xAC', [&](std::size_t at) { found = found || (at + 2 < folded.size() && static_cast<unsigned char>(folded[at + 2]) <= 0x86); });
  return found;
}

/// How often a byte is met in folded text, about: letters of Dutch, French and English in the order of how seldom they are.
std::size_t Frequency(char byte) {
  static constexpr std::string_view kSeldomFirst = "qxyjzfcpwbkmuvhgldsroiatne ";
  const auto at = kSeldomFirst.find(byte);
  return at == std::string_view::npos ? 0 : at + 1;
}

bool IsWord(UChar32 c) {
  if (c < 0x80) return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == kCombining;
  return u_isalnum(c);
}

}  // namespace

std::string LowerAscii(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return text;
}

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

FoldedText::FoldedText(std::string_view text) : Text(FoldText(text)), uneven_(IsUneven(utf8())) {}

FoldedNeedle::FoldedNeedle(std::string_view words, Edges edges) : letters_(Letters(words)), edges_(edges) {
  for (const auto c : letters_) Append(bytes_, static_cast<UChar32>(c));
  for (std::size_t i = 1; i < bytes_.size(); ++i) {
    auto& [first, second] = rare_;
    const auto rarer = [&](std::size_t than) { return Frequency(bytes_[i]) < Frequency(bytes_[than]); };
    if (rarer(first)) second = std::exchange(first, i);
    else if (first == second || rarer(second)) second = i;
  }
  if (rare_[0] > rare_[1]) std::swap(rare_[0], rare_[1]);
}

void FoldedNeedle::Find(const FoldedText& text, std::vector<Range>& found) const {
  if (letters_.empty()) return;
  if (text.uneven()) FindUneven(text, found);
  else FindEven(text, found);
}

/// Are these bytes of an even text, the needle's, at the edges of words where they must be?
bool FoldedNeedle::Stands(const std::string& utf8, std::size_t start, std::size_t end) const {
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(utf8.data());
  const auto size = static_cast<std::int64_t>(utf8.size());
  auto after = static_cast<std::int64_t>(end);
  auto before = static_cast<std::int32_t>(start);
  UChar32 c;
  if (before > 0) {
    U8_PREV(bytes, 0, before, c);
    if (IsWord(c)) return false;
  }
  if (after == size) return true;
  U8_NEXT(bytes, after, size, c);
  return !IsWord(c);
}

void FoldedNeedle::FindEven(const FoldedText& text, std::vector<Range>& found) const {
  const std::string& utf8 = text.utf8();
  const auto length = static_cast<std::int64_t>(letters_.size());
  // One or two letters stand in millions of places: there is nothing left to compare, and nothing to count in bytes that
  // are letters.
  const bool is_pair = bytes_.size() <= 2, anywhere = edges_ == Edges::kAnywhere;
  const bool in_step = text.size() == static_cast<std::int64_t>(utf8.size());
  std::size_t free = 0, counted = 0;
  std::int64_t characters = 0;  // Before the byte `counted`; places that stand close are counted on from one another.
  const auto position = [&](std::size_t at) {
    constexpr std::size_t kClose = 128;
    characters = at - counted < kClose ? characters + scan::CountLeads(utf8.data() + counted, at - counted) : text.CodePoint(at);
    counted = at;
    return characters;
  };
  const auto take = [&](std::size_t at) {
    const std::size_t end = at + bytes_.size();
    if (at < free || !(is_pair || std::memcmp(utf8.data() + at, bytes_.data(), bytes_.size()) == 0) || !(anywhere || Stands(utf8, at, end))) return;
    free = end;
    const std::int64_t start = in_step ? static_cast<std::int64_t>(at) : position(at);
    found.push_back({start, start + length});
  };
  const auto [first, second] = rare_;
  if (bytes_.size() > utf8.size()) return;
  // Both bytes at once leave few places to be compared; the last ones are those where the needle just fits.
  const std::string_view within(utf8.data() + first, utf8.size() - bytes_.size() + 1 + second - first);
  scan::EachPair(within, bytes_[first], second - first, bytes_[second], take);
}

void FoldedNeedle::FindUneven(const FoldedText& text, std::vector<Range>& found) const {
  // The text as units: one letter each, expansions as several that share a position.
  struct Unit {
    char32_t letter;
    std::int64_t position;
  };
  std::vector<Unit> units;
  units.reserve(text.utf8().size());
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.utf8().data());
  std::int64_t position = 0;
  for (std::int64_t i = 0, n = static_cast<std::int64_t>(text.utf8().size()); i < n; ++position) {
    UChar32 c;
    U8_NEXT(bytes, i, n, c);
    if (c == kCombining) continue;
    if (const char* several = Expansion(c)) {
      for (; *several != '\0'; ++several) units.push_back({static_cast<char32_t>(*several), position});
    } else {
      units.push_back({static_cast<char32_t>(c), position});
    }
  }
  const auto is_word = [](const Unit& unit) { return IsWord(static_cast<UChar32>(unit.letter)); };
  for (auto at = units.begin();;) {
    at = std::search(at, units.end(), letters_.begin(), letters_.end(), [](const Unit& unit, char32_t c) { return unit.letter == c; });
    if (at == units.end()) return;
    const auto last = at + static_cast<std::ptrdiff_t>(letters_.size());
    // The end takes the combining marks that follow the last letter along.
    const std::int64_t end = last == units.end() ? text.size() : std::max(last->position, (last - 1)->position + 1);
    const bool inside = (at != units.begin() && is_word(*(at - 1))) || (last != units.end() && is_word(*last));
    if (edges_ == Edges::kWords && inside) {
      ++at;
      continue;
    }
    found.push_back({at->position, end});
    at = last;
    while (at != units.end() && at->position < end) ++at;  // The second half of an ß is the same place.
  }
}

std::vector<Range> FindFolded(const FoldedText& text, std::string_view needle) {
  std::vector<Range> found;
  FoldedNeedle(needle).Find(text, found);
  return found;
}

}  // namespace meerstem
