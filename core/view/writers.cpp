#include "core/view/writers.h"

#include <algorithm>

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/view/grid.h"

namespace meerstem::view {

namespace {

/// Of more rows a word processor makes no text that anybody reads.
constexpr std::size_t kWrittenRows = 2000;

/// A display as a text of its own, for a report that is written elsewhere: a chart is drawn, others are a table.
Model AsText(const Model& model, const Language& language) {
  const auto* table = std::get_if<Table>(&model.body);
  if (const std::size_t rows = table && table->rows ? table->rows->Count() : 0; rows > kWrittenRows) {
    throw Refuse("“{0}” has {1} rows, too many for a text; filter it first, or write csv or xlsx.", model.title, rows);
  }
  Model text{.view = model.view, .title = model.title, .house_style = model.house_style};
  auto figure = std::make_shared<Model>(model);
  figure->alternative = Verbatim(AlternativeText(model, language));
  figure->title = {};  // It is that of the text.
  Prose prose;
  prose.blocks.push_back({.key = "display", .figure = std::move(figure)});
  text.body = std::move(prose);
  return text;
}

/// A picture is to be seen at a glance: so many rows, so many characters in a cell; the rest is for other formats.
constexpr std::size_t kDrawnRows = 60;
constexpr std::int64_t kDrawnCharacters = 160;

std::string Shortened(const std::string& words) {
  const Text text(words);
  if (text.size() <= kDrawnCharacters) return words;
  return std::string(text.Slice({0, kDrawnCharacters})) + "…";
}

/// A table as it is drawn: its first column names the rows.
Model Drawable(const Model& model, const Language& language, Reading& reading) {
  const auto& table = std::get<Table>(model.body);
  Matrix matrix;
  if (!table.columns.empty()) matrix.row_title = table.columns.front().title;
  for (std::size_t c = 1; c < table.columns.size(); ++c) matrix.columns.push_back({.key = table.columns[c].id, .label = table.columns[c].title});
  const std::size_t count = table.rows->Count();
  for (auto& row : table.rows->Page(reading, 0, kDrawnRows)) {
    row.cells.resize(table.columns.size());
    matrix.rows.push_back({.key = row.key});
    if (!row.cells.empty()) {
      matrix.rows.back().label = Verbatim(Shortened(ShowCell(row.cells.front(), table.columns.front().type, language)));
      matrix.rows.back().glyph = row.cells.front().glyph;
    }
    auto& line = matrix.cells.emplace_back();
    for (std::size_t c = 1; c < table.columns.size(); ++c) {
      Cell cell = row.cells[c];
      // As the table shows it: a matrix does not know the types of its columns.
      if (HasValue(cell) && cell.state == State::kValue) cell.value = Verbatim(Shortened(ShowCell(cell, table.columns[c].type, language)));
      line.push_back(std::move(cell));
    }
  }
  Model drawn = model;
  drawn.body = std::move(matrix);
  if (count > kDrawnRows) drawn.notes.push_back(Say("The first {0} of {1} rows are drawn.", kDrawnRows, count));
  return drawn;
}

}  // namespace

std::vector<std::string> FormatsOf(Kind kind) {
  std::vector<std::string> formats{"table", "csv", "json", "html"};
  const auto also = [&](std::initializer_list<const char*> more) { formats.insert(formats.end(), more.begin(), more.end()); };
  if (kind == Kind::kTable || kind == Kind::kMatrix || kind == Kind::kChart) also({"xlsx", "svg", "png", "pdf"});
  if (kind == Kind::kTable || kind == Kind::kMatrix || kind == Kind::kChart || kind == Kind::kTree) also({"docx", "odt"});
  if (kind == Kind::kProse) also({"md", "docx", "odt", "pdf"});
  return formats;
}

std::string Write(const Model& model, const std::string& format, const Language& language, Reading& reading) {
  const auto formats = FormatsOf(model.kind());
  if (std::find(formats.begin(), formats.end(), format) == formats.end()) {
    std::string known;
    for (const auto& one : formats) known += (known.empty() ? "" : ", ") + one;
    throw Error(ErrorCode::kUsage, Say("“{0}” cannot be written as {1}; there is {2}.", model.view, format, known));
  }
  if (format == "table") return WriteText(model, language, reading);
  if (format == "csv") return WriteCsv(model, language, reading);
  if (format == "json") return WriteJson(model, language, reading);
  if (format == "html") return WriteHtml(model, language, reading);
  if (format == "xlsx") return WriteXlsx(model, language, reading);
  if (format == "md") return WriteMarkdown(model, language, reading);
  if (format == "docx" || format == "odt") return WriteOffice(model.kind() == Kind::kProse ? model : AsText(model, language), format, language, reading);
  if (model.kind() == Kind::kProse) return WriteOffice(model, format, language, reading);
  return WritePicture(model.kind() == Kind::kTable ? Drawable(model, language, reading) : model, format, language);
}

}  // namespace meerstem::view
