#include "core/view/width.h"

#include <algorithm>
#include <memory>

#include <unicode/brkiter.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

namespace meerstem::view {
namespace {

int WidthOf(UChar32 c) {
  switch (u_charType(c)) {
    case U_NON_SPACING_MARK:
    case U_ENCLOSING_MARK:
    case U_FORMAT_CHAR:
    case U_CONTROL_CHAR: return 0;
    default: break;
  }
  if (u_hasBinaryProperty(c, UCHAR_EMOJI_PRESENTATION)) return 2;
  const int width = u_getIntPropertyValue(c, UCHAR_EAST_ASIAN_WIDTH);
  return width == U_EA_WIDE || width == U_EA_FULLWIDTH ? 2 : 1;
}

/// A grapheme is as wide as its widest character; the emoji selector makes a narrow sign wide.
int WidthOf(const icu::UnicodeString& text, int start, int end) {
  int width = 0;
  for (int i = start; i < end; i = text.moveIndex32(i, 1)) {
    const UChar32 c = text.char32At(i);
    if (c == 0xFE0F && width > 0) width = 2;
    width = std::max(width, WidthOf(c));
  }
  return width;
}

bool IsPlain(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= 0x20 && c < 0x7F; });
}

std::unique_ptr<icu::BreakIterator> Graphemes(const icu::UnicodeString& text) {
  UErrorCode status = U_ZERO_ERROR;
  std::unique_ptr<icu::BreakIterator> graphemes(icu::BreakIterator::createCharacterInstance(icu::Locale::getRoot(), status));
  if (U_FAILURE(status)) return nullptr;
  graphemes->setText(text);
  return graphemes;
}

}  // namespace

int DisplayWidth(std::string_view utf8) {
  if (IsPlain(utf8)) return static_cast<int>(utf8.size());
  const auto text = icu::UnicodeString::fromUTF8(icu::StringPiece(utf8.data(), static_cast<int>(utf8.size())));
  const auto graphemes = Graphemes(text);
  if (!graphemes) return text.countChar32();
  int width = 0;
  for (int start = graphemes->first(), end = graphemes->next(); end != icu::BreakIterator::DONE; start = end, end = graphemes->next()) {
    width += WidthOf(text, start, end);
  }
  return width;
}

std::string FitWidth(std::string_view utf8, int limit) {
  std::string line(utf8);
  for (char& c : line) {
    if (static_cast<unsigned char>(c) < 0x20) c = ' ';
  }
  if (static_cast<int>(line.size()) <= limit || DisplayWidth(line) <= limit) return line;
  const auto text = icu::UnicodeString::fromUTF8(line);
  const auto graphemes = Graphemes(text);
  if (!graphemes) return line;
  int width = 0, kept = 0;
  for (int start = graphemes->first(), end = graphemes->next(); end != icu::BreakIterator::DONE; start = end, end = graphemes->next()) {
    width += WidthOf(text, start, end);
    if (width > limit - 1) break;
    kept = end;
  }
  std::string cut;
  text.tempSubString(0, kept).toUTF8String(cut);
  cut.resize(cut.find_last_not_of(' ') + 1);
  return cut + "…";
}

}  // namespace meerstem::view
