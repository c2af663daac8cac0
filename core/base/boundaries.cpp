#include "core/base/boundaries.h"

#include <algorithm>
#include <array>
#include <memory>
#include <string>

#include <unicode/brkiter.h>
#include <unicode/uchar.h>
#include <unicode/utext.h>
#include <unicode/utf8.h>

#include "core/base/fold.h"

namespace meerstem {
namespace {

/// Runs ICU over UTF-8 and gives each boundary with its rule status.
template <class Visit>
void Break(bool words, const std::string& utf8, Visit visit) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Locale locale("nl");
  std::unique_ptr<icu::BreakIterator> breaks(words ? icu::BreakIterator::createWordInstance(locale, status)
                                                   : icu::BreakIterator::createSentenceInstance(locale, status));
  if (U_FAILURE(status)) return;
  UText* text = utext_openUTF8(nullptr, utf8.data(), static_cast<std::int64_t>(utf8.size()), &status);
  if (U_FAILURE(status)) return;
  breaks->setText(text, status);
  std::int32_t start = breaks->first();
  for (std::int32_t end = breaks->next(); end != icu::BreakIterator::DONE; start = end, end = breaks->next()) {
    visit(static_cast<std::size_t>(start), static_cast<std::size_t>(end), breaks->getRuleStatus());
  }
  utext_close(text);
}

/// ICU 72 has no list of Dutch abbreviations: after these no sentence ends.
bool EndsInAbbreviation(std::string_view sentence) {
  static constexpr std::array kAbbreviations = {"dhr.", "mevr.", "mw.", "dr.", "prof.", "ir.", "ing.", "bv.", "bijv.", "d.w.z.", "o.a.",
                                                "m.a.w.", "enz.", "nr.", "blz.", "p.", "ca.", "incl.", "excl.", "resp.", "st.", "v.d.", "i.p.v."};
  const std::string folded = FoldText(Trim(sentence));
  return std::any_of(kAbbreviations.begin(), kAbbreviations.end(), [&](std::string_view abbreviation) {
    if (!folded.ends_with(abbreviation)) return false;
    const std::size_t before = folded.size() - abbreviation.size();
    return before == 0 || folded[before - 1] == ' ' || folded[before - 1] == '(';
  });
}

bool IsSpaceAt(const Text& text, std::int64_t position) {
  const std::string_view one = text.Slice({position, position + 1});
  UChar32 c;
  std::int32_t i = 0;
  U8_NEXT(reinterpret_cast<const std::uint8_t*>(one.data()), i, static_cast<std::int32_t>(one.size()), c);
  return u_isUWhiteSpace(c);
}

}  // namespace

std::vector<Range> Words(const Text& text) {
  std::vector<Range> words;
  Break(true, text.utf8(), [&](std::size_t start, std::size_t end, int status) {
    if (status >= UBRK_WORD_NUMBER) words.push_back({text.CodePoint(start), text.CodePoint(end)});
  });
  return words;
}

std::int64_t CountWords(std::string_view utf8) {
  std::int64_t count = 0;
  Break(true, std::string(utf8), [&](std::size_t, std::size_t, int status) { count += status >= UBRK_WORD_NUMBER; });
  return count;
}

std::vector<Range> Sentences(const Text& text) {
  std::vector<Range> sentences;
  bool joined = false;
  Break(false, text.utf8(), [&](std::size_t start, std::size_t end, int) {
    const std::string_view piece = std::string_view(text.utf8()).substr(start, end - start);
    const Range range = TrimRange(text, {text.CodePoint(start), text.CodePoint(end)});
    if (range.empty()) {
      joined = false;
      return;
    }
    if (joined) sentences.back().end = range.end;
    else sentences.push_back(range);
    joined = EndsInAbbreviation(piece) && piece.find('\n') == std::string_view::npos;
  });
  return sentences;
}

std::vector<Range> Paragraphs(const Text& text) {
  std::vector<Range> paragraphs;
  const std::string& utf8 = text.utf8();
  for (std::size_t start = 0; start < utf8.size();) {
    const std::size_t end = std::min(utf8.find('\n', start), utf8.size());
    const Range range = TrimRange(text, {text.CodePoint(start), text.CodePoint(end)});
    if (!range.empty()) paragraphs.push_back(range);
    start = end + 1;
  }
  return paragraphs;
}

Range TrimRange(const Text& text, Range range) {
  range.start = std::max<std::int64_t>(range.start, 0);
  range.end = std::min(range.end, text.size());
  while (range.start < range.end && IsSpaceAt(text, range.start)) ++range.start;
  while (range.end > range.start && IsSpaceAt(text, range.end - 1)) --range.end;
  return range;
}

Range GrowToWords(const Text& text, Range range) {
  // Words never cross a line end, so a window of the lines around is enough.
  const std::string& utf8 = text.utf8();
  const std::size_t from = text.Byte(range.start);
  const std::size_t line = from == 0 ? 0 : utf8.rfind('\n', from - 1) + 1;
  const std::size_t line_end = std::min(utf8.find('\n', text.Byte(range.end)), utf8.size());
  const Text window(utf8.substr(line, line_end - line));
  const std::int64_t offset = text.CodePoint(line);
  Range grown = range;
  for (const auto& word : Words(window)) {
    const Range at{word.start + offset, word.end + offset};
    if (at.Contains(range.start)) grown.start = at.start;
    if (at.start < range.end && range.end < at.end) grown.end = at.end;
  }
  return grown;
}

}  // namespace meerstem
