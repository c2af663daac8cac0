#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/message.h"
#include "plugins/documents/document.h"

namespace meerstem::documents {

/// A line of a page as poppler found it; coordinates in points from the top left.
struct PageLine {
  std::size_t page = 0;
  double left = 0, top = 0, right = 0, bottom = 0;
  struct Word {
    double left = 0, right = 0;
    std::string text;
  };
  std::vector<Word> words;
  std::string Text() const;
};

struct PdfPages {
  struct Size {
    double width = 0, height = 0;
  };
  std::vector<Size> pages;
  std::vector<PageLine> lines;   ///< In the order of reading.
};

/// What `pdftotext -bbox-layout` writes. Any text; kRefused, naming the file, when it cannot be understood.
PdfPages ParsePages(std::string_view xhtml, const std::string& file_name);

/// What belongs to the page and not to the words goes: numbers of lines in the left margin, and the heads, feet and page
/// numbers that come back at the same height on most pages; what went is told in `notes`. Then columns are put one behind
/// the other, where poppler did not see them.
void DropFurniture(PdfPages& pages, std::vector<Message>& notes);

/// The lines as paragraphs, over the ends of columns and pages, words that were broken at the end of a line made whole;
/// fills text and pages.
void FillFrom(const PdfPages& pages, Document& document);

}  // namespace meerstem::documents
