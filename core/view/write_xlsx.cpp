// XLSX: one sheet with the rows, numbers as numbers and dates as dates; a second with title, population and notes.
#include <cstdlib>
#include <fstream>
#include <map>
#include <memory>
#include <sstream>

#include <xlsxwriter.h>

#include "core/base/error.h"
#include "core/view/grid.h"
#include "core/view/private_folder.h"

namespace meerstem::view {
namespace {

constexpr std::size_t kMostRows = LXW_ROW_MAX - 1;
constexpr std::int64_t kLongest = 32'767 - 8;  ///< Excel's limit for one cell.

void Require(lxw_error error) {
  if (error != LXW_NO_ERROR) throw Refuse("The spreadsheet could not be made ({0}); write csv instead.", std::string(lxw_strerror(error)));
}

struct Sheet {
  lxw_workbook* workbook;
  const Language& language;
  lxw_format* day;
  lxw_format* state;
  bool shortened = false;
  std::map<std::string, lxw_format*> colours;

  lxw_format* FormatOf(const Cell& cell) {
    if (cell.colour.size() == 7 && cell.colour[0] == '#') {
      lxw_format*& format = colours[cell.colour];
      if (!format) {
        const auto colour = static_cast<lxw_color_t>(std::strtoul(cell.colour.c_str() + 1, nullptr, 16));
        format = workbook_add_format(workbook);
        format_set_bg_color(format, colour);
        const auto light = 299 * (colour >> 16) + 587 * (colour >> 8 & 0xFF) + 114 * (colour & 0xFF) > 128000;
        format_set_font_color(format, light ? LXW_COLOR_BLACK : LXW_COLOR_WHITE);
      }
      return format;
    }
    return cell.state == State::kValue ? nullptr : state;
  }

  void Put(lxw_worksheet* sheet, lxw_row_t row, lxw_col_t column, const Cell& cell, ColumnType type) {
    lxw_format* format = FormatOf(cell);
    if (HasValue(cell) && cell.state == State::kValue && cell.glyph.empty()) {
      if (const auto* whole = std::get_if<std::int64_t>(&cell.value)) return Require(worksheet_write_number(sheet, row, column, static_cast<double>(*whole), format));
      if (const auto* real = std::get_if<double>(&cell.value)) return Require(worksheet_write_number(sheet, row, column, *real, format));
      if (const auto* date = std::get_if<Date>(&cell.value); date && date->year >= 1900) {
        lxw_datetime at{date->year, date->month, date->day, 0, 0, 0};
        return Require(worksheet_write_datetime(sheet, row, column, &at, format ? format : day));
      }
    }
    std::string text = ShowCell(cell, type, language);
    if (cell.state == State::kValue && !HasValue(cell)) text.clear();
    if (!cell.glyph.empty()) text = text.empty() ? cell.glyph : cell.glyph + " " + text;
    Words(sheet, row, column, text, format);
  }

  void Words(lxw_worksheet* sheet, lxw_row_t row, lxw_col_t column, const std::string& text, lxw_format* format) {
    if (text.empty()) return;
    // Excel counts UTF-16 units; a text beyond its limit is shortened there, and the second sheet says so.
    const class Text words(text);
    if (words.Utf16(words.size()) > kLongest) {
      shortened = true;
      const std::string kept = std::string(words.Slice({0, words.FromUtf16(kLongest - 2)})) + "…";
      return Require(worksheet_write_string(sheet, row, column, kept.c_str(), format));
    }
    Require(worksheet_write_string(sheet, row, column, text.c_str(), format));
  }
};

}  // namespace

std::string WriteXlsx(const Model& model, const Language& language, Reading& reading) {
  const Grid grid = MakeGrid(model, language, reading);
  if (grid.count > kMostRows) throw Refuse("A sheet holds {0} rows at most and this has {1}; write csv instead.", kMostRows, grid.count);
  if (grid.columns.size() > LXW_COL_MAX) throw Refuse("A sheet holds {0} columns at most and this has {1}; write csv instead.", std::size_t{LXW_COL_MAX}, grid.columns.size());
  const PrivateFolder folder;
  const std::string path = (folder / "sheet.xlsx").string();
  lxw_workbook* workbook = workbook_new(path.c_str());
  if (!workbook) throw Refuse("The spreadsheet could not be made ({0}); write csv instead.", "libxlsxwriter");
  std::unique_ptr<lxw_workbook, void (*)(lxw_workbook*)> unfinished(workbook, lxw_workbook_free);
  lxw_doc_properties properties{};
  std::string title = language(model.title);
  if (title.size() > 250) title = std::string(Text(title).Slice({0, 60}));
  properties.title = title.data();
  Require(workbook_set_properties(workbook, &properties));

  lxw_worksheet* rows = workbook_add_worksheet(workbook, language(Say("Data")).c_str());
  lxw_worksheet* about = workbook_add_worksheet(workbook, language(Say("About")).c_str());
  if (!rows || !about) throw Refuse("The spreadsheet could not be made ({0}); write csv instead.", "libxlsxwriter");
  lxw_format* bold = workbook_add_format(workbook);
  format_set_bold(bold);
  Sheet sheet{workbook, language, workbook_add_format(workbook), workbook_add_format(workbook), false, {}};
  format_set_num_format(sheet.day, "dd/mm/yyyy");
  format_set_italic(sheet.state);
  format_set_font_color(sheet.state, 0x555555);

  for (std::size_t i = 0; i < grid.columns.size(); ++i) {
    const auto column = static_cast<lxw_col_t>(i);
    const std::string head = language(grid.columns[i].title);
    sheet.Words(rows, 0, column, head.empty() && !grid.row_heads ? grid.columns[i].id : head, bold);
    const double width = grid.columns[i].width > 0 ? grid.columns[i].width : IsNumeric(grid.columns[i].type) ? 12 : 24;
    worksheet_set_column(rows, column, column, width, nullptr);
  }
  worksheet_freeze_panes(rows, 1, grid.row_heads ? 1 : 0);
  lxw_row_t at = 1;
  grid.Each([&](const std::vector<Cell>& row) {
    for (std::size_t i = 0; i < row.size(); ++i) sheet.Put(rows, at, static_cast<lxw_col_t>(i), row[i], grid.columns[i].type);
    ++at;
  });
  worksheet_set_column(about, 0, 0, 90, nullptr);
  lxw_row_t line = 0;
  sheet.Words(about, line++, 0, language(model.title), bold);
  sheet.Words(about, line++, 0, PopulationLine(model.population, language), nullptr);
  for (const auto& note : SaidBelow(model)) sheet.Words(about, line++, 0, language(note), nullptr);
  if (sheet.shortened) sheet.Words(about, line++, 0, language(Say("Texts longer than a cell can hold end in …; they are whole in csv and json.")), nullptr);
  unfinished.release();
  Require(workbook_close(workbook));
  std::ifstream file(path, std::ios::binary);
  std::ostringstream bytes;
  bytes << file.rdbuf();
  if (!file) throw Error(ErrorCode::kDisk, Say("A temporary file could not be read; look whether the disk is full."));
  return bytes.str();
}

}  // namespace meerstem::view
