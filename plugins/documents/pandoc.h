#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace meerstem::documents {

struct Paragraph {
  std::string text;      ///< May hold line ends (a list, a table, a poem).
  bool heading = false;
};

/// The paragraphs of pandoc's JSON: emphasis gone, lists with "- " and numbers, a table a line per row with tabs, notes
/// in brackets where they are called; a line end that the file's author only wrapped becomes a space, unless the next
/// line begins with a speaker's label. kRefused when this is not pandoc's JSON.
std::vector<Paragraph> ParagraphsOfJson(std::string_view json, const std::string& file_name);

}  // namespace meerstem::documents
