#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/language.h"
#include "core/view/model.h"

/// The little markup of prose: *emphasis*, **strong words**, [^a footnote], [@anchor] for "table 2"; a backslash takes the
/// meaning off the sign behind it. What does not close is text as it stands.
namespace meerstem::view {

struct Inline {
  enum class Kind { kText, kEmphasis, kStrong, kNote, kReference };
  Kind kind = Kind::kText;
  std::string text;              ///< Of a text; of a reference its anchor.
  std::vector<Inline> inside;    ///< Of emphasis, strong words and notes.
};

std::vector<Inline> ReadMarkup(std::string_view text);

/// The words alone, for counting and for plain text; a note stands in brackets, a reference as `refer` says.
std::string PlainWords(const std::vector<Inline>& inlines, const std::function<std::string(const std::string& anchor)>& refer);

/// The numbers that figures and tables of a text have by their order.
class Numbering {
 public:
  Numbering(const Prose& prose, const Language& language);
  /// "Figure 2", of a block with a figure; empty for others.
  std::string Label(const Block& block) const;
  /// Label and caption: "Table 1. Who was heard".
  std::string Caption(const Block& block) const;
  /// What stands for [@anchor]: "table 2", a heading's title, or the anchor with a question mark when nothing has it.
  std::string Refer(const std::string& anchor) const;

 private:
  const Language& language_;
  std::map<std::string, std::string> labels_;      ///< By the block's key.
  std::map<std::string, std::string> references_;  ///< By anchor.
};

}  // namespace meerstem::view
