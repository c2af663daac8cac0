#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace meerstem::exchange {

/// The words of a page of HTML, and where they stand among the bytes of its text nodes alone, which is what Taguette
/// counts: where one paragraph follows another without a line end between them, the words have one that it does not.
struct HtmlText {
  std::string words;
  /// Byte of the text nodes to byte of `words`.
  std::size_t Place(std::size_t byte, bool end) const;
  std::vector<std::size_t> breaks;  ///< Bytes of the text nodes before which a line end was put in.
};

/// Any HTML; bounded by its own size. Scripts and styles have no words.
HtmlText WordsOfHtml(std::string_view html);

}  // namespace meerstem::exchange
