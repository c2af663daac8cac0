#pragma once

#include <functional>
#include <string>

#include "core/view/grid.h"

namespace meerstem::view {

/// Writes models as HTML: for a page of its own, and for pandoc, which makes a document of it. Not across threads.
class HtmlWriter {
 public:
  HtmlWriter(const Language& language, Reading& reading) : language_(language), reading_(reading) {}
  /// Puts a chart where pandoc finds it and returns the file's name; unset: charts stand in the page as SVG.
  std::function<std::string(const Model&)> picture;

  /// Population, body and notes; headings inside begin below `level`.
  std::string Body(const Model& model, int level);
  /// Whether the prose begins with its own title.
  bool OpensWithTitle(const Model& model) const;

 private:
  struct Visit;
  std::string Table(const Grid& grid, const std::string& caption, const std::vector<int>& depths = {});
  std::string CellElement(const Cell& cell, ColumnType type, bool head);
  std::string Paragraphs(const std::string& text, const std::string& attributes = {});
  std::string Figure(const Model& model);
  const Language& language_;
  Reading& reading_;
  int pictures_ = 0;
};

}  // namespace meerstem::view
