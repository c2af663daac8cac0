#pragma once

#include <compare>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/message.h"
#include "core/base/text.h"

/// What a number in a project's startPosition counts. The standard says code points; tools differ.
namespace meerstem::exchange {

struct OffsetRule {
  bool utf16 = false;        ///< UTF-16 code units instead of code points.
  bool bom_counted = false;  ///< A byte order mark at the start of the text is position 0.
  bool crlf_two = false;     ///< CR LF counts two.
  bool inclusive = false;    ///< endPosition is the last character instead of the one after it.
  auto operator<=>(const OffsetRule&) const = default;
};
Message ShowRule(const OffsetRule& rule);

/// A text as it came: clean for the store, with what the cleaning took away, so that positions under any rule find
/// their place.
class ForeignText {
 public:
  ForeignText() = default;
  /// UTF-8 with or without BOM, UTF-16 with BOM; what is no UTF-8 is read as windows-1252.
  explicit ForeignText(std::string_view bytes);
  const Text& text() const { return *text_; }
  const std::shared_ptr<const Text>& shared() const { return text_; }
  bool bom() const { return bom_; }
  bool has_crlf() const { return !crlf_.empty(); }
  bool beyond_bmp() const { return text_->Utf16(text_->size()) != text_->size(); }
  /// The stored position; may lie outside the text when the file's does.
  std::int64_t ToStored(std::int64_t position, const OffsetRule& rule) const;
  Range ToStored(std::int64_t start, std::int64_t end, const OffsetRule& rule) const {
    return {ToStored(start, rule), ToStored(end, rule) + (rule.inclusive ? 1 : 0)};
  }

 private:
  std::shared_ptr<const Text> text_ = std::make_shared<const Text>();
  bool bom_ = false;
  std::vector<std::int64_t> crlf_;         ///< Stored positions of the line ends that were CR LF.
  std::vector<std::int64_t> crlf_utf16_;   ///< The same in UTF-16 units.
};

/// Neither end cuts a word in two.
struct Boundaries {
  bool start = false;
  bool end = false;
};
Boundaries AtWords(const Text& text, const Range& range);

/// Is a name only the words themselves, whole or cut off, and no title that someone gave?
bool IsQuotedWords(std::string_view name, std::string_view words);

/// One selection to judge rules by.
struct Sample {
  const ForeignText* text;
  std::int64_t start;
  std::int64_t end;
  std::string_view name;  ///< Often the quoted words, sometimes cut off with "…".
};

struct ChosenRule {
  OffsetRule rule;
  OffsetRule expected;   ///< What tools of this origin do.
  double score = 1;      ///< 0 to 1, of `rule`.
  double expected_score = 1;
};

/// What tools of this origin count.
OffsetRule RuleOf(const std::string& origin);
/// The expected rule, unless another fits the words clearly better: ends on word boundaries, names that are the quoted
/// words. What makes no difference in these texts stays as it is expected.
ChosenRule ChooseRule(const OffsetRule& expected, const std::vector<Sample>& samples);

}  // namespace meerstem::exchange
