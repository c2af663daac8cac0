#include "plugins/exchange/offsets.h"

#include <algorithm>

#include <unicode/uchar.h>
#include <unicode/ucnv.h>
#include <unicode/utf8.h>

namespace meerstem::exchange {
namespace {

/// How much better another rule must fit before the origin's is given up.
constexpr double kClearly = 0.03;
constexpr double kEnough = 3;  ///< In points, so that one odd selection in a small project decides nothing.
constexpr std::size_t kNameLength = 6;

std::string FromEncoding(std::string_view bytes, const char* encoding) {
  UErrorCode error = U_ZERO_ERROR;
  std::string out;
  const auto source = static_cast<std::int32_t>(bytes.size());
  const auto needed = ucnv_convert("UTF-8", encoding, nullptr, 0, bytes.data(), source, &error);
  error = U_ZERO_ERROR;
  out.resize(static_cast<std::size_t>(std::max(needed, 0)) + 1);
  const auto size = ucnv_convert("UTF-8", encoding, out.data(), static_cast<std::int32_t>(out.size()), bytes.data(), source, &error);
  out.resize(U_SUCCESS(error) ? static_cast<std::size_t>(size) : 0);
  return out;
}

std::string ToUtf8(std::string_view bytes) {
  if (bytes.starts_with("\xFF\xFE")) return "\xEF\xBB\xBF" + FromEncoding(bytes.substr(2), "UTF-16LE");
  if (bytes.starts_with("\xFE\xFF")) return "\xEF\xBB\xBF" + FromEncoding(bytes.substr(2), "UTF-16BE");
  if (IsValidUtf8(bytes)) return std::string(bytes);
  return FromEncoding(bytes, "windows-1252");
}

bool IsWordAt(const Text& text, std::int64_t position) {
  if (position < 0 || position >= text.size()) return false;
  const auto slice = text.Slice({position, position + 1});
  std::int32_t at = 0;
  UChar32 c;
  U8_NEXT(reinterpret_cast<const std::uint8_t*>(slice.data()), at, static_cast<std::int32_t>(slice.size()), c);
  return c >= 0 && u_isalnum(c);
}

/// Words only: tools differ in the white space they keep in a name.
std::string Squeezed(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (static_cast<unsigned char>(c) > ' ') out += c;
  }
  return out;
}

/// nullopt: the name says nothing about the words.
std::optional<std::string> QuotedPart(std::string_view name) {
  std::string words = Squeezed(name);
  for (const std::string_view dots : {"…", "..."}) {
    if (words.ends_with(dots)) words.erase(words.size() - dots.size());
  }
  if (words.size() < kNameLength) return std::nullopt;
  return words;
}

struct Score {
  double points = 0;
  double most = 0;
  double share() const { return most == 0 ? 1 : points / most; }
};

Score Judge(const OffsetRule& rule, const std::vector<Sample>& samples, const std::vector<bool>& named) {
  Score score;
  for (std::size_t i = 0; i < samples.size(); ++i) {
    const auto& sample = samples[i];
    const Text& text = sample.text->text();
    const Range range = sample.text->ToStored(sample.start, sample.end, rule);
    score.most += 2;
    const bool inside = range.start >= 0 && range.end <= text.size() && !range.empty();
    if (inside) {
      const auto ends = AtWords(text, range);
      score.points += ends.start + ends.end;
    }
    if (!named[i]) continue;
    // A name that is the quoted words says more than a boundary, which one place in five is by chance.
    score.most += 4;
    if (inside && Squeezed(text.Slice(range)).starts_with(*QuotedPart(sample.name))) score.points += 4;
  }
  return score;
}

}  // namespace

OffsetRule RuleOf(const std::string& origin) {
  if (origin.starts_with("NVivo") || origin.ends_with("places as in NVivo")) return {.utf16 = true, .crlf_two = true};
  return {};
}

Message ShowRule(const OffsetRule& rule) {
  const Message unit = rule.utf16 ? Say("UTF-16 units") : Say("code points");
  const Message lines = rule.crlf_two ? Say("a line end of two characters counts two") : Say("a line end counts one");
  const Message end = rule.inclusive ? Say("the end is the last character") : Say("the end is the character after the last");
  if (rule.bom_counted) return Say("{0}; {1}; {2}; a byte order mark counts", unit, lines, end);
  return Say("{0}; {1}; {2}", unit, lines, end);
}

ForeignText::ForeignText(std::string_view bytes) {
  const std::string utf8 = ToUtf8(bytes);
  bom_ = utf8.starts_with("\xEF\xBB\xBF");
  text_ = std::make_shared<const Text>(CleanText(utf8));
  if (utf8.find("\r\n") == std::string::npos) return;
  std::int64_t position = 0;
  for (std::size_t i = bom_ ? 3 : 0; i < utf8.size(); ++i) {
    const char c = utf8[i];
    if (c == '\r' && i + 1 < utf8.size() && utf8[i + 1] == '\n') {
      crlf_.push_back(position);
      crlf_utf16_.push_back(text_->Utf16(position));
      continue;  // The LF is the stored character.
    }
    if (c != '\0' && (static_cast<unsigned char>(c) & 0xC0) != 0x80) ++position;
  }
}

std::int64_t ForeignText::ToStored(std::int64_t position, const OffsetRule& rule) const {
  if (bom_ && rule.bom_counted && position > 0) --position;
  if (rule.crlf_two) {
    const auto& ends = rule.utf16 ? crlf_utf16_ : crlf_;
    // The k-th CR LF stands at ends[k] + k in the file: count those whose LF lies at or before the position.
    std::size_t low = 0, high = ends.size();
    while (low < high) {
      const std::size_t middle = (low + high) / 2;
      if (ends[middle] + static_cast<std::int64_t>(middle) + 1 <= position) low = middle + 1;
      else high = middle;
    }
    position -= static_cast<std::int64_t>(low);
  }
  if (!rule.utf16 || position <= 0) return position;
  const std::int64_t units = text_->Utf16(text_->size());
  return position > units ? text_->size() + position - units : text_->FromUtf16(position);
}

Boundaries AtWords(const Text& text, const Range& range) {
  return {!(IsWordAt(text, range.start - 1) && IsWordAt(text, range.start)), !(IsWordAt(text, range.end - 1) && IsWordAt(text, range.end))};
}

bool IsQuotedWords(std::string_view name, std::string_view words) {
  if (words.starts_with(name)) return true;
  std::string squeezed = Squeezed(name);
  for (const std::string_view dots : {"…", "..."}) {
    if (squeezed.ends_with(dots)) squeezed.erase(squeezed.size() - dots.size());
  }
  return Squeezed(words.substr(0, 2 * name.size() + 64)).starts_with(squeezed);
}

ChosenRule ChooseRule(const OffsetRule& expected, const std::vector<Sample>& samples) {
  bool bom = false, crlf = false, wide = false;
  std::vector<bool> named;
  for (const auto& sample : samples) {
    bom |= sample.text->bom();
    crlf |= sample.text->has_crlf();
    wide |= sample.text->beyond_bmp();
    const auto words = QuotedPart(sample.name);
    // A name that stands nowhere in the text is a title.
    named.push_back(words && Squeezed(sample.text->text().Slice({sample.start - 2000, sample.end + 2000})).find(*words) != std::string::npos);
  }
  ChosenRule chosen{expected, expected};
  const Score as_expected = Judge(expected, samples, named);
  chosen.score = chosen.expected_score = as_expected.share();
  double best = chosen.expected_score + kClearly;
  for (int bits = 0; bits < 16; ++bits) {
    const OffsetRule rule{(bits & 1) != 0, (bits & 2) != 0, (bits & 4) != 0, (bits & 8) != 0};
    // What makes no difference in these texts is left as the origin has it.
    if ((!wide && rule.utf16 != expected.utf16) || (!bom && rule.bom_counted != expected.bom_counted) || (!crlf && rule.crlf_two != expected.crlf_two)) continue;
    const Score score = Judge(rule, samples, named);
    if (score.share() > best && score.points - as_expected.points >= kEnough) {
      best = score.share();
      chosen.rule = rule;
      chosen.score = best;
    }
  }
  return chosen;
}

}  // namespace meerstem::exchange
