#include <xlsxwriter.h>

#include <memory>

#include "core/base/error.h"
#include "core/base/text.h"
#include "plugins/registrations/export_table.h"

namespace meerstem::registrations {
namespace {

constexpr std::int64_t kLongest = 32'767;  ///< Excel's limit for one cell, in UTF-16 units.

void Require(lxw_error error) {
  if (error != LXW_NO_ERROR) throw Refuse("The spreadsheet could not be made ({0}); write csv instead.", std::string(lxw_strerror(error)));
}

void Words(lxw_worksheet* sheet, lxw_row_t row, lxw_col_t column, const std::string& text, lxw_format* format = nullptr) {
  if (text.empty()) return;
  if (const Text words(text); words.Utf16(words.size()) > kLongest) throw Refuse("A cell of a sheet holds {0} characters at most, and a remark is longer; write csv or sav instead.", kLongest);
  Require(worksheet_write_string(sheet, row, column, text.c_str(), format));
}

void PutCell(const ExportTable& table, lxw_worksheet* sheet, lxw_row_t row, lxw_col_t column, const ExportCell& cell, lxw_format* day) {
  if (const auto* text = std::get_if<std::string>(&cell)) Words(sheet, row, column, *text);
  if (const auto* number = std::get_if<int>(&cell)) Require(worksheet_write_number(sheet, row, column, *number, nullptr));
  if (const auto* real = std::get_if<double>(&cell)) Require(worksheet_write_number(sheet, row, column, *real, nullptr));
  if (const auto* state = std::get_if<NoPoint>(&cell)) Words(sheet, row, column, *state == NoPoint::kNotApplicable ? table.not_applicable : table.unknown);
  const auto* date = std::get_if<Date>(&cell);
  if (!date) return;
  lxw_datetime at{date->year, date->month, date->day, 0, 0, 0};
  if (date->year < 1900) Words(sheet, row, column, ToIso(*date));
  else Require(worksheet_write_datetime(sheet, row, column, &at, day));
}

}  // namespace

void WriteXlsxFile(const ExportTable& table, const std::string& path) {
  lxw_workbook_options options{};
  options.constant_memory = LXW_TRUE;
  lxw_workbook* workbook = workbook_new_opt(path.c_str(), &options);
  if (!workbook) throw Refuse("The spreadsheet could not be made ({0}); write csv instead.", "libxlsxwriter");
  std::unique_ptr<lxw_workbook, void (*)(lxw_workbook*)> unfinished(workbook, lxw_workbook_free);
  lxw_worksheet* data = workbook_add_worksheet(workbook, "data");
  lxw_worksheet* codebook = workbook_add_worksheet(workbook, "codebook");
  if (!data || !codebook) throw Refuse("The spreadsheet could not be made ({0}); write csv instead.", "libxlsxwriter");
  lxw_format* day = workbook_add_format(workbook);
  format_set_num_format(day, "dd/mm/yyyy");
  lxw_format* bold = workbook_add_format(workbook);
  format_set_bold(bold);
  for (std::size_t i = 0; i < table.columns.size(); ++i) Words(data, 0, static_cast<lxw_col_t>(i), table.columns[i].name, bold);
  lxw_row_t at = 1;
  table.each([&](const std::vector<ExportCell>& row) {
    if (at >= LXW_ROW_MAX) throw Refuse("A sheet holds {0} rows at most; write csv or sav instead.", std::int64_t{LXW_ROW_MAX});
    for (std::size_t i = 0; i < row.size(); ++i) PutCell(table, data, at, static_cast<lxw_col_t>(i), row[i], day);
    ++at;
  });
  const char* const head[] = {"variable", "label", "value", "meaning"};
  for (lxw_col_t i = 0; i < 4; ++i) Words(codebook, 0, i, head[i], bold);
  lxw_row_t line = 1;
  for (const auto& column : table.columns) {
    Words(codebook, line, 0, column.name);
    Words(codebook, line, 1, column.label);
    for (const auto& [value, meaning] : column.labels) {
      Require(worksheet_write_number(codebook, line, 2, value, nullptr));
      Words(codebook, line++, 3, meaning);
    }
    if (column.labels.empty()) ++line;
  }
  unfinished.release();
  Require(workbook_close(workbook));
}

}  // namespace meerstem::registrations
