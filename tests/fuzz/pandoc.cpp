// What pandoc says of a document.
#include "plugins/documents/pandoc.h"
#include "tests/fuzz/target.h"

void meerstem::fuzz::Try(std::string_view input) {
  documents::Document document;
  documents::FillFromJson(input, true, document);
  const Text text(document.text);
  for (const auto& comment : document.comments) Hold(comment.range.start >= 0 && comment.range.end <= text.size(), "a comment lies in the text");
  for (const auto& name : document.names) Hold(!name.empty() && name.end <= text.size(), "a name lies in the text");
}
