// A codebook as a table: Taguette's CSV, or anyone's with a column for the code and one for what it means.
#include <algorithm>
#include <filesystem>

#include "core/base/csv.h"
#include "core/base/error.h"
#include "core/base/fold.h"
#include "core/base/read_file.h"
#include "plugins/exchange/native.h"

namespace meerstem::exchange {
namespace {

constexpr std::size_t kLargest = std::size_t{8} << 20;
constexpr std::size_t kMostCodes = 100'000;

struct Columns {
  std::optional<std::size_t> name, description, colour;
};

Columns ColumnsOf(std::vector<std::string> head) {
  Columns columns;
  for (std::size_t i = 0; i < head.size(); ++i) {
    const std::string name = LowerAscii(Trim(head[i]));
    const auto is = [&](std::initializer_list<std::string_view> words) { return std::find(words.begin(), words.end(), name) != words.end(); };
    if (!columns.name && is({"tag", "code"})) columns.name = i;
    else if (!columns.description && is({"description", "definition", "memo", "beschrijving", "definitie", "omschrijving"})) columns.description = i;
    else if (!columns.colour && is({"colour", "color", "kleur"})) columns.colour = i;
  }
  return columns;
}

std::string Cell(const std::vector<std::string>& cells, const std::optional<std::size_t>& column) {
  return column && *column < cells.size() ? Trim(cells[*column]) : std::string();
}

}  // namespace

bool IsCodebookTable(const std::string& path) {
  const std::string ending = LowerAscii(std::filesystem::path(path).extension().string());
  std::error_code error;
  return (ending == ".csv" || ending == ".tsv") && std::filesystem::is_regular_file(path, error);
}

Project ReadCodebookTable(const std::string& path, std::string bytes) {
  const std::string name = std::filesystem::path(path).filename().string();
  CsvReader reader(std::move(bytes));
  std::vector<std::string> cells;
  const Columns columns = reader.Next(cells) ? ColumnsOf(cells) : Columns{};
  if (!columns.name) throw Refuse("“{0}” is a table, but no codebook: a column of codes must be called “code” or “tag”.", name);
  NativeProject into("CSV", name);
  into.project.name = name;
  into.project.codebook_only = true;
  std::map<std::string, std::size_t> seen;
  while (reader.Next(cells)) {
    const std::string code = Cell(cells, columns.name);
    if (code.empty()) continue;
    if (!seen.emplace(code, seen.size()).second) {
      into.project.Drop("same-code", code);
      continue;
    }
    if (seen.size() > kMostCodes) throw Refuse("“{0}” holds more than a project can; it is not read.", name);
    into.project.codes.push_back({.id = into.IdOf("code", code), .name = code, .colour = Cell(cells, columns.colour), .description = Cell(cells, columns.description)});
  }
  if (into.project.codes.empty()) throw Refuse("“{0}” is a codebook without codes; there is nothing to bring in.", name);
  return std::move(into.project);
}

Project ReadCodebookTable(const std::string& path) { return ReadCodebookTable(path, ReadFile(path, kLargest)); }

}  // namespace meerstem::exchange
