#pragma once

#include <fstream>
#include <string>
#include <utility>
#include <vector>

#include "core/base/language.h"
#include "core/store/store.h"
#include "plugins/exchange/package.h"

/// A study as tables for statistics: plain CSV files, a dictionary that says what each column holds, and scripts that read
/// them with their types and labels.
namespace meerstem::exchange {

enum class DataType { kText, kInteger, kDate };

struct DataColumn {
  std::string name;                                        ///< Plain ASCII, the same in every language.
  DataType type = DataType::kText;
  Message meaning;
  std::vector<std::pair<std::string, Message>> labels = {};  ///< Value and what it means.
};

/// A table while it is written, row by row; knows afterwards what a script must know of it.
class DataFile {
 public:
  DataFile(Package& package, std::string name, Message label, std::vector<DataColumn> columns);
  /// As many cells as columns; an empty one is missing. Line ends become spaces, so that a line is a row everywhere.
  void Add(const std::vector<std::string>& cells);
  /// kDisk when it could not be written.
  void Close();

  const std::string& name() const { return name_; }
  const Message& label() const { return label_; }
  const std::vector<DataColumn>& columns() const { return columns_; }
  std::int64_t rows() const { return rows_; }
  std::size_t width(std::size_t column) const { return widths_[column]; }  ///< Of the longest cell, in bytes.

 private:
  std::string name_;
  Message label_;
  std::vector<DataColumn> columns_;
  std::vector<std::size_t> widths_;
  std::int64_t rows_ = 0;
  std::ofstream file_;
};

/// The tables of the study, closed.
std::vector<DataFile> WriteData(Reading& reading, Package& package, Job& job);
/// dictionary.csv, README.txt, read.R, read.py and read.sps.
void WriteScripts(const std::vector<DataFile>& files, const std::string& study, const Language& language, Package& package);

/// One line of CSV.
std::string CsvLine(const std::vector<std::string>& cells);

}  // namespace meerstem::exchange
