#include "plugins/documents/pattern.h"

#include <unicode/regex.h>
#include <unicode/unistr.h>

#include "core/base/error.h"
#include "core/base/text.h"

namespace meerstem::documents {
namespace {

constexpr std::int32_t kSteps = 200;          ///< Of ICU's counting: some ten thousand states each.
constexpr std::int32_t kStack = 1 << 20;      ///< Bytes for going back.

std::string Utf8(const icu::UnicodeString& text) {
  std::string utf8;
  text.toUTF8String(utf8);
  return utf8;
}

}  // namespace

struct Pattern::Compiled {
  std::unique_ptr<icu::RegexPattern> regex;
  std::int32_t group = 0;
};

Pattern::Pattern(const std::string& pattern) : compiled_(std::make_unique<Compiled>()) {
  UErrorCode status = U_ZERO_ERROR;
  UParseError where;
  compiled_->regex.reset(icu::RegexPattern::compile(icu::UnicodeString::fromUTF8(pattern), 0, where, status));
  if (U_FAILURE(status)) throw Refuse("The pattern “{0}” cannot be read (at character {1}); an example is ^(?<speaker>[A-Z][a-z]+) -", pattern, where.offset);
  compiled_->group = compiled_->regex->groupNumberFromName("speaker", -1, status);
  if (U_FAILURE(status)) throw Refuse("The pattern “{0}” has no group named speaker; write the name as (?<speaker>...).", pattern);
}

Pattern::~Pattern() = default;

std::optional<Pattern::Match> Pattern::At(const std::string& line) const {
  UErrorCode status = U_ZERO_ERROR;
  const icu::UnicodeString text = icu::UnicodeString::fromUTF8(line);
  const std::unique_ptr<icu::RegexMatcher> matcher(compiled_->regex->matcher(text, status));
  if (U_FAILURE(status)) throw Error(ErrorCode::kInternal, Say("A pattern could not be applied."));
  matcher->setTimeLimit(kSteps, status);
  matcher->setStackLimit(kStack, status);
  const bool found = matcher->lookingAt(0, status);
  if (U_FAILURE(status)) throw Refuse("The pattern takes too long on a line of {0} characters; write it without repetitions inside repetitions.", text.countChar32());
  if (!found) return std::nullopt;
  Match match{Trim(Utf8(matcher->group(compiled_->group, status))), text.countChar32(0, matcher->end(status))};
  if (U_FAILURE(status) || match.name.empty() || match.length == 0) return std::nullopt;
  return match;
}

}  // namespace meerstem::documents
