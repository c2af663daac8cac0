// What poppler says of pages.
#include "plugins/documents/pages.h"
#include "tests/fuzz/target.h"

void meerstem::fuzz::Try(std::string_view input) {
  auto pages = documents::ParsePages(input, "fuzz.pdf");
  documents::Document document;
  documents::DropFurniture(pages, document.notes);
  documents::FillFrom(pages, document);
  const Text text(document.text);
  std::int64_t before = 0;
  for (const auto& page : document.pages) {
    Hold(page.range.start >= before && page.range.end >= page.range.start && page.range.end <= text.size(), "pages follow each other");
    before = page.range.start;
  }
}
