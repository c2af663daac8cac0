// CSV after RFC 4180, as core's own tables are written: UTF-8, CR LF, quotes where needed, numbers with a point and dates
// as yyyy-mm-dd, and a `'` before what a spreadsheet would take for a formula.
#include <charconv>
#include <fstream>
#include <string_view>

#include "core/base/error.h"
#include "plugins/registrations/export_table.h"

namespace meerstem::registrations {
namespace {

std::string Words(const std::string& text) {
  if (!text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos) return "'" + text;
  return text;
}

std::string Show(const ExportCell& cell) {
  if (const auto* text = std::get_if<std::string>(&cell)) return Words(*text);
  if (const auto* number = std::get_if<int>(&cell)) return std::to_string(*number);
  if (const auto* real = std::get_if<double>(&cell)) {
    char shortest[64];
    return {shortest, std::to_chars(shortest, shortest + sizeof shortest, *real).ptr};
  }
  if (const auto* date = std::get_if<Date>(&cell)) return ToIso(*date);
  if (const auto* state = std::get_if<NoPoint>(&cell)) return *state == NoPoint::kNotApplicable ? "n/a" : "unknown";
  return {};
}

void Put(std::ofstream& file, const std::string& text, bool first) {
  if (!first) file << ',';
  if (text.find_first_of(",\"\r\n") == std::string::npos) {
    file << text;
    return;
  }
  file << '"';
  for (const char c : text) {
    if (c == '"') file << '"';
    file << c;
  }
  file << '"';
}

}  // namespace

void WriteCsvFile(const ExportTable& table, const std::string& path) {
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  for (std::size_t i = 0; i < table.columns.size(); ++i) Put(file, Words(table.columns[i].name), i == 0);
  file << "\r\n";
  table.each([&](const std::vector<ExportCell>& row) {
    for (std::size_t i = 0; i < row.size(); ++i) Put(file, Show(row[i]), i == 0);
    file << "\r\n";
  });
  file.close();
  if (!file) throw Error(ErrorCode::kDisk, Say("“{0}” could not be written; look whether the disk is full or the folder can only be read.", path));
}

}  // namespace meerstem::registrations
