#pragma once

#include <functional>
#include <string>
#include <vector>

#include "core/view/grid.h"
#include "core/view/markup.h"

namespace meerstem::view {

/// Writes models as HTML for a page of its own. Not across threads.
class HtmlWriter {
 public:
  HtmlWriter(const Language& language, Reading& reading) : language_(language), reading_(reading) {}
  /// Population, body and notes; headings inside begin below `level`.
  std::string Body(const Model& model, int level);
  /// Whether the prose begins with its own title.
  bool OpensWithTitle(const Model& model) const;

 private:
  struct Visit;
  std::string Table(const Grid& grid, const std::string& caption, const std::vector<int>& depths = {});
  std::string CellElement(const Cell& cell, ColumnType type, bool head);
  std::string Body(const Model& model, int level, const std::string& caption, bool drawn);
  /// An empty line parts paragraphs; `convert` makes HTML of the words of one.
  std::string Paragraphs(const std::string& text, const std::function<std::string(const std::string&)>& convert);
  std::string Marked(const std::vector<Inline>& inlines, const Numbering& numbering);
  std::string Footnotes();
  std::string Figure(const Model& model, const std::string& caption);
  const Language& language_;
  Reading& reading_;
  int pictures_ = 0;
  std::vector<std::string> footnotes_;
};

}  // namespace meerstem::view
