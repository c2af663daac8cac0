#pragma once

#include <string_view>

#include "plugins/documents/document.h"

namespace meerstem::documents {

/// Text, headings, bold names and comments of pandoc's JSON, into a document that has no text yet: emphasis gone, lists
/// with "- " and numbers, a table a line per row with tabs, notes in brackets where they are called; what tracked changes
/// took out is gone, what they put in stays; a line end that the file's author only wrapped becomes a space, unless the
/// next line begins with a speaker's label. `metadata`: title, author, date and abstract stand in the text too.
/// kRefused, naming the file, when this is not pandoc's JSON, or nested beyond reason.
void FillFromJson(std::string_view json, bool metadata, Document& document);

}  // namespace meerstem::documents
