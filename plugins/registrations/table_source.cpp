#include "plugins/registrations/table_source.h"

#include <filesystem>
#include <fstream>

#include "core/base/csv.h"
#include "core/base/error.h"
#include "core/base/read_file.h"

namespace meerstem::registrations {
namespace {

namespace fs = std::filesystem;

class CsvSource final : public TableSource {
 public:
  CsvSource(std::string bytes, const CsvOptions& options) : reader_(std::move(bytes), options) {}
  bool Next(std::vector<TableCell>& cells) override {
    if (!reader_.Next(record_)) return false;
    cells.resize(record_.size());
    for (std::size_t i = 0; i < record_.size(); ++i) {
      // The mark before what a spreadsheet would take for a formula, as our own tables have it, is no part of the words.
      if (record_[i].size() > 1 && record_[i][0] == '\'' && std::string_view("=+-@").find(record_[i][1]) != std::string_view::npos) record_[i].erase(0, 1);
      cells[i] = {std::move(record_[i]), false};
    }
    return true;
  }
  std::int64_t line() const override { return reader_.line(); }
  std::vector<Message> notes() const override {
    if (reader_.encoding() == "windows-1252") return {Say("The file is not UTF-8 and was read as Windows-1252.")};
    if (reader_.encoding() == "utf-16") return {Say("The file is UTF-16.")};
    return {};
  }

 private:
  CsvReader reader_;
  std::vector<std::string> record_;
};

CsvOptions ReadOptions(const TableOptions& options) {
  CsvOptions csv{0, options.encoding};
  if (options.separator == "tab") csv.separator = '\t';
  else if (options.separator.size() == 1 && options.separator != "\"") csv.separator = options.separator.front();
  else if (!options.separator.empty()) throw Refuse("“{0}” separates nothing; a separator is one character such as ; or | or the word tab.", options.separator);
  return csv;
}

}  // namespace

std::unique_ptr<TableSource> OpenTable(const std::string& path, const TableOptions& options, const std::string& programs, Job& job) {
  std::string head(8, '\0');
  {
    std::ifstream stream(path, std::ios::binary);
    stream.read(head.data(), static_cast<std::streamsize>(head.size()));
    head.resize(static_cast<std::size_t>(stream.gcount()));
  }
  std::error_code error;
  if (const auto size = fs::is_regular_file(path, error) ? fs::file_size(path, error) : 0; !error && size > kTableLimit) {
    throw Refuse("“{0}” has {1} bytes; files of this kind are read up to {2} bytes.", path, size, kTableLimit);
  }
  if (head.starts_with("PK")) return OpenWorkbook(path, options);
  const auto first = head.empty() ? 0 : static_cast<unsigned char>(head[0]);
  const bool old_stata = head.size() > 3 && first >= 104 && first <= 115 && (head[1] == 1 || head[1] == 2) && head[2] == 1;
  if (head.starts_with("$FL2") || head.starts_with("$FL3") || head.starts_with("<stata_d") || old_stata) return OpenStatFile(path, programs, job);
  if (head.starts_with("\xD0\xCF\x11\xE0")) throw Refuse("“{0}” is a workbook in the old format of Excel; save it as .xlsx or as CSV.", path);
  return std::make_unique<CsvSource>(ReadFile(path, kTableLimit), ReadOptions(options));
}

}  // namespace meerstem::registrations
