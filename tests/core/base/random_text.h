#pragma once

#include <random>
#include <string>
#include <vector>

namespace meerstem::testing {

/// Texts of `length` code points from everything that makes offsets hard: letters of one to four bytes, combining
/// marks, emoji with joiners, white space of several kinds.
inline std::string RandomText(std::mt19937& random, int length) {
  static const std::vector<std::string> pieces = {"a", "B", "z", " ", "\n", ".", "é", "ß", "ĳ", "œ", "€", "’", "\u00A0", "\u0301", "\u0308", "\u200D",
                                                  "🙂", "👩", "𝄞", "漢", "я", "ﬁ", "\t", "1", "\uFE0F"};
  std::string text;
  for (int i = 0; i < length; ++i) text += pieces[random() % pieces.size()];
  return text;
}

}  // namespace meerstem::testing
