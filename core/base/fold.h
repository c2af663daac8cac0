#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/text.h"

namespace meerstem {

/// `utf8` without case and diacritics, one code point for one code point, so that a position in the folded text is
/// a position in the original. Curly apostrophes and quotation marks become straight. Characters whose folding has
/// another length (ß, œ, ĳ, ﬁ) stay as they are, lower case. A combining mark becomes U+0001, which no query holds:
/// FindFolded steps over it. ASCII fast path.
std::string FoldText(std::string_view utf8);

/// ASCII letters in lower case, all else as it is: for endings of files and words of a format, which no language touches.
std::string LowerAscii(std::string text);

/// A text as it is searched: folded, with the positions of the original.
class FoldedText : public Text {
 public:
  explicit FoldedText(std::string_view utf8);
  /// Holds combining marks or letters that stand for several (ß, œ, ﬁ), so that letters and characters do not run in step.
  bool uneven() const { return uneven_; }

 private:
  bool uneven_;
};

/// Words (unfolded) prepared once, to be looked for in many texts. Immutable; safe to use from several threads.
class FoldedNeedle {
 public:
  enum class Edges { kAnywhere, kWords };
  explicit FoldedNeedle(std::string_view words, Edges edges = Edges::kAnywhere);
  /// Appends the places in `text`, left to right, not overlapping. Combining marks in the text are ignored; ß matches
  /// ss, œ oe, ĳ ij and ﬁ fi. Words without letters or signs: none.
  void Find(const FoldedText& text, std::vector<Range>& found) const;

 private:
  void FindEven(const FoldedText& text, std::vector<Range>& found) const;
  void FindUneven(const FoldedText& text, std::vector<Range>& found) const;
  bool Stands(const std::string& utf8, std::size_t start, std::size_t end) const;

  std::vector<char32_t> letters_;
  std::string bytes_;
  std::array<std::size_t, 2> rare_{};  ///< Where its two bytes stand that are seldom in a text.
  Edges edges_;
};

/// The places of `needle` in one text.
std::vector<Range> FindFolded(const FoldedText& text, std::string_view needle);

}  // namespace meerstem
