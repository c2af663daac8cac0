// SPSS files through ReadStat: labels, measurement levels and missing values go with the numbers, so that the file opens
// as it is meant, without syntax.
#include <readstat.h>

#include <algorithm>
#include <chrono>
#include <fstream>
#include <memory>
#include <set>

#include "core/base/error.h"
#include "plugins/registrations/export_table.h"

namespace meerstem::registrations {
namespace {

constexpr std::size_t kLongestText = 32'767;  ///< SPSS's limit for a text, in bytes.
constexpr std::size_t kLongestName = 64;
constexpr std::size_t kLongestLabel = 255;

/// As much of a text as fits into so many bytes, whole characters only.
std::string Cut(const std::string& text, std::size_t bytes) {
  if (text.size() <= bytes) return text;
  std::size_t end = bytes;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return text.substr(0, end);
}

/// A name that SPSS takes: a letter first, then letters, digits, . and _, no point at the end, none twice.
std::string NameFor(const std::string& name, std::set<std::string>& taken) {
  static const std::set<std::string> kReserved = {"all", "and", "by", "eq", "ge", "gt", "le", "lt", "ne", "not", "or", "to", "with"};
  std::string made;
  for (const char c : Cut(name, kLongestName - 4)) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if (made.empty() && !letter) made = "v";
    made += letter || (c >= '0' && c <= '9') || c == '.' || c == '_' ? c : '_';
  }
  while (!made.empty() && made.back() == '.') made.back() = '_';
  if (made.empty()) made = "v";
  const auto folded = [](std::string text) {
    std::transform(text.begin(), text.end(), text.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return text;
  };
  std::string one = kReserved.contains(folded(made)) ? made + "_" : made;
  for (int n = 2; !taken.insert(folded(one)).second; ++n) one = made + "_" + std::to_string(n);
  return one;
}

/// SPSS counts seconds from 14 October 1582.
double Seconds(Date date) {
  using namespace std::chrono;
  const sys_days zero = year(1582) / October / 14;
  const sys_days day = year(date.year) / month(static_cast<unsigned>(date.month)) / std::chrono::day(static_cast<unsigned>(date.day));
  return static_cast<double>((day - zero).count()) * 86'400.0;
}

ssize_t WriteBytes(const void* data, std::size_t size, void* file) {
  auto& stream = *static_cast<std::ofstream*>(file);
  stream.write(static_cast<const char*>(data), static_cast<std::streamsize>(size));
  return stream ? static_cast<ssize_t>(size) : -1;
}

void Require(readstat_error_t error) {
  if (error != READSTAT_OK) throw Refuse("The SPSS file could not be made ({0}); write csv instead.", std::string(readstat_error_message(error)));
}

readstat_variable_t* AddColumn(readstat_writer_t* writer, const ExportTable& table, const ExportColumn& column, std::size_t width, std::set<std::string>& taken) {
  const bool text = column.type == ExportColumn::Type::kText;
  readstat_variable_t* variable = readstat_add_variable(writer, NameFor(column.name, taken).c_str(), text ? READSTAT_TYPE_STRING : READSTAT_TYPE_DOUBLE, text ? width : 0);
  readstat_variable_set_label(variable, Cut(column.label, kLongestLabel).c_str());
  readstat_variable_set_measure(variable, column.answers ? READSTAT_MEASURE_ORDINAL : text ? READSTAT_MEASURE_NOMINAL : READSTAT_MEASURE_SCALE);
  if (column.type == ExportColumn::Type::kDate) readstat_variable_set_format(variable, "EDATE10");
  if (column.type == ExportColumn::Type::kNumber) readstat_variable_set_format(variable, "F8.0");
  if (column.type == ExportColumn::Type::kReal) readstat_variable_set_format(variable, "F16.4");
  if (!column.answers) return variable;
  readstat_label_set_t* labels = readstat_add_label_set(writer, READSTAT_TYPE_DOUBLE, ("labels" + std::to_string(taken.size())).c_str());
  for (const auto& [value, meaning] : column.labels) readstat_label_double_value(labels, value, Cut(meaning, 120).c_str());
  readstat_label_double_value(labels, kNotApplicableCode, table.not_applicable.c_str());
  readstat_label_double_value(labels, kUnknownCode, table.unknown.c_str());
  readstat_variable_set_label_set(variable, labels);
  Require(readstat_variable_add_missing_double_value(variable, kNotApplicableCode));
  Require(readstat_variable_add_missing_double_value(variable, kUnknownCode));
  return variable;
}

void Insert(readstat_writer_t* writer, const readstat_variable_t* variable, const ExportColumn& column, const ExportCell& cell) {
  if (column.type == ExportColumn::Type::kText) {
    const auto* text = std::get_if<std::string>(&cell);
    return Require(readstat_insert_string_value(writer, variable, text ? Cut(*text, kLongestText).c_str() : ""));
  }
  if (const auto* number = std::get_if<int>(&cell)) return Require(readstat_insert_double_value(writer, variable, *number));
  if (const auto* real = std::get_if<double>(&cell)) return Require(readstat_insert_double_value(writer, variable, *real));
  if (const auto* date = std::get_if<Date>(&cell)) return Require(readstat_insert_double_value(writer, variable, Seconds(*date)));
  if (const auto* state = std::get_if<NoPoint>(&cell)) {
    return Require(readstat_insert_double_value(writer, variable, *state == NoPoint::kNotApplicable ? kNotApplicableCode : kUnknownCode));
  }
  Require(readstat_insert_missing_value(writer, variable));
}

}  // namespace

void WriteSavFile(const ExportTable& table, const std::string& path, bool compressed) {
  std::vector<std::size_t> widths(table.columns.size(), 1);
  long rows = 0;
  table.each([&](const std::vector<ExportCell>& row) {
    ++rows;
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (const auto* text = std::get_if<std::string>(&row[i])) widths[i] = std::max(widths[i], std::min(text->size(), kLongestText));
    }
  });
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  std::unique_ptr<readstat_writer_t, void (*)(readstat_writer_t*)> writer(readstat_writer_init(), &readstat_writer_free);
  Require(readstat_set_data_writer(writer.get(), &WriteBytes));
  Require(readstat_writer_set_compression(writer.get(), compressed ? READSTAT_COMPRESS_BINARY : READSTAT_COMPRESS_ROWS));
  Require(readstat_writer_set_file_label(writer.get(), Cut(table.title, 64).c_str()));
  std::vector<readstat_variable_t*> variables;
  std::set<std::string> taken;
  for (std::size_t i = 0; i < table.columns.size(); ++i) variables.push_back(AddColumn(writer.get(), table, table.columns[i], widths[i], taken));
  Require(readstat_begin_writing_sav(writer.get(), &file, rows));
  table.each([&](const std::vector<ExportCell>& row) {
    Require(readstat_begin_row(writer.get()));
    for (std::size_t i = 0; i < row.size(); ++i) Insert(writer.get(), variables[i], table.columns[i], row[i]);
    Require(readstat_end_row(writer.get()));
  });
  Require(readstat_end_writing(writer.get()));
  file.close();
  if (!file) throw Error(ErrorCode::kDisk, Say("“{0}” could not be written; look whether the disk is full or the folder can only be read.", path));
}

}  // namespace meerstem::registrations
