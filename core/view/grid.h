#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/language.h"
#include "core/store/store.h"
#include "core/view/model.h"

/// What the writers share; nothing outside core/view needs it.
namespace meerstem::view {

/// Any kind of model laid out as rows and columns: what a table on paper, a CSV file or a sheet needs. A Table's rows
/// are still pulled in pages; the other kinds are at hand. Valid as long as its model and reading are.
struct Grid {
  std::vector<Column> columns;
  bool row_heads = false;            ///< The first column names its row.
  std::size_t count = 0;
  std::function<std::vector<std::vector<Cell>>(std::size_t first, std::size_t count)> page;

  /// Calls `visit` for each row, pulled 1000 at a time; a row has exactly one cell for each column.
  void Each(const std::function<void(const std::vector<Cell>&)>& visit) const;
};

Grid MakeGrid(const Model& model, const Language& language, Reading& reading);
Grid MakeGrid(const Table& table, Reading& reading);

/// Words for people: the value in the language, the state beside it or instead of it. A suppressed value never shows.
std::string ShowCell(const Cell& cell, ColumnType type, const Language& language);
/// Words for machines: numbers by to_chars, dates ISO; empty for no value or a suppressed one.
std::string PlainValue(const Value& value, const Language& language);
/// Whether there is a value that may be seen.
bool HasValue(const Cell& cell);
bool IsNumeric(ColumnType type);
/// The type that all cells of a column of a matrix or chart share.
ColumnType TypeOf(const std::vector<std::vector<Cell>>& cells, std::size_t column);

/// "Description (n = 90, missing = 3)"; empty without a population.
std::string PopulationLine(const Population& population, const Language& language);
/// What stands below a chart or matrix for those who do not see its colours: its legend, then the notes.
std::vector<Message> SaidBelow(const Model& model);
/// A sentence for those who do not see the picture: Model::alternative, or one made from title and size.
std::string AlternativeText(const Model& model, const Language& language);

/// `text` for an element or an attribute of HTML, XML or SVG; characters that XML forbids are left out.
std::string Escape(std::string_view text);

/// The part of a text that a CodedText's turn or gap covers, with the codes upon it.
struct Stretch {
  Range range;
  std::string speaker;
  std::string stakeholder;
  bool label = false;       ///< The label of a turn, not words.
  bool researcher = false;
  std::string text;
  std::vector<std::string> codes;
  std::vector<std::string> notes;  ///< Words of badges that begin here.
  std::string place;               ///< Of the place with which it begins, or that begins first in it.
};
std::vector<Stretch> StretchesOf(const CodedText& text, const Language& language);

std::string WriteText(const Model& model, const Language& language, Reading& reading);
std::string WriteCsv(const Model& model, const Language& language, Reading& reading);
std::string WriteJson(const Model& model, const Language& language, Reading& reading);
std::string WriteHtml(const Model& model, const Language& language, Reading& reading);
/// HTML of a model that has a page.
std::string WritePage(const Model& model, const Language& language);
std::string WriteXlsx(const Model& model, const Language& language, Reading& reading);
std::string WriteMarkdown(const Model& model, const Language& language, Reading& reading);
/// docx, odt, pdf of a text.
std::string WriteOffice(const Model& model, const std::string& format, const Language& language, Reading& reading);
/// svg, png, pdf.
std::string WritePicture(const Model& model, const std::string& format, const Language& language);
/// Its measures, margins included.
struct PictureSize {
  double width = 0, height = 0;  ///< In points.
};
PictureSize SizeOfPicture(const Model& model, const Language& language);

}  // namespace meerstem::view
