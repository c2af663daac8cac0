#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/base/message.h"
#include "core/command/job.h"

/// Tables of foreign files, row by row: CSV, XLSX, SPSS (.sav, .zsav) and Stata (.dta). The bytes say which it is, not
/// the name. Nothing here trusts the file: memory and time are bounded, and what is wrong is said in one sentence.
namespace meerstem::registrations {

/// What the bytes cannot always tell; empty: told by the file.
struct TableOptions {
  std::string separator;   ///< Of a CSV file: one character, or `tab`.
  std::string encoding;    ///< Of a CSV file: utf-8, utf-16, windows-1252.
  std::string sheet;       ///< Of a workbook; empty: the first.
  std::int64_t header = 0; ///< The line that names the columns; 0: found.
  bool operator==(const TableOptions&) const = default;
};

struct TableColumn {
  std::string name;
  std::string label;                          ///< SPSS and Stata: the question behind the name.
  std::map<std::string, std::string> labels;  ///< By value, as the cells show it.
  std::vector<std::pair<std::string, std::string>> missing{};  ///< SPSS: values declared missing, from and to.
  std::string measure{};                      ///< SPSS: nominal, ordinal, scale; empty: not said.
  std::string format{};                       ///< SPSS and Stata: how numbers are shown, as the file spells it.
  bool text = false;                          ///< SPSS and Stata: a column of texts.
};

struct TableCell {
  std::string text;      ///< Numbers with a point; dates as yyyy-mm-dd.
  bool missing = false;  ///< A value that the file itself declares missing; `text` is its label, or the value.
};

class TableSource {
 public:
  virtual ~TableSource() = default;
  /// The next row that is not empty; false at the end.
  virtual bool Next(std::vector<TableCell>& cells) = 0;
  /// Of the last row, from 1: the line of a CSV file, the row of a sheet, the number of a record.
  virtual std::int64_t line() const = 0;
  /// The columns, where the format itself names them; nullptr where one of the rows does.
  virtual const std::vector<TableColumn>* columns() const { return nullptr; }
  /// How it was read, when that is not a matter of course.
  virtual std::vector<Message> notes() const { return {}; }
};

/// `programs` is the folder of Meerstem's own helper programs. kRefused for what is no such table.
std::unique_ptr<TableSource> OpenTable(const std::string& path, const TableOptions& options, const std::string& programs, Job& job);

/// The readers of each format, behind OpenTable.
std::unique_ptr<TableSource> OpenWorkbook(const std::string& path, const TableOptions& options);
std::unique_ptr<TableSource> OpenStatFile(const std::string& path, const std::string& programs, Job& job);
/// What the program behind OpenStatFile prints, as a table.
std::unique_ptr<TableSource> ReadStatLines(std::string lines, const std::string& path);

constexpr std::size_t kTableLimit = std::size_t{64} << 20;  ///< Of a file, in bytes.
constexpr std::size_t kColumnLimit = 1'000;

}  // namespace meerstem::registrations
