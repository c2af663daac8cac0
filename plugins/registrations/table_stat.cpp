// SPSS and Stata files, through a small program of our own around ReadStat: whatever a file does to that library, it
// does in a child process with limits of memory, time and output, never to the study.
#include <filesystem>

#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/process.h"
#include "plugins/registrations/table_source.h"

namespace meerstem::registrations {
namespace {

using Json = nlohmann::json;

/// A number as text has a point and no more digits than it needs.
std::string Show(const Json& value) {
  if (value.is_string()) return value.get<std::string>();
  return value.is_number() ? value.dump() : std::string();
}

Error NotWhole(const std::string& path) { return Refuse("“{0}” is not a whole SPSS or Stata file; save it anew, or as CSV.", path); }

class StatSource final : public TableSource {
 public:
  StatSource(std::string output, std::string path) : output_(std::move(output)), path_(std::move(path)) {
    try {
      const Json head = Json::parse(Line());
      for (const auto& node : head.at("columns")) {
        TableColumn column{node.at("name").get<std::string>(), node.at("label").get<std::string>(), {}};
        for (const auto& pair : node.at("labels")) column.labels[Show(pair.at(0))] = pair.at(1).get<std::string>();
        node.at("missing").get_to(column.missing);
        node.at("measure").get_to(column.measure);
        node.at("format").get_to(column.format);
        node.at("text").get_to(column.text);
        columns_.push_back(std::move(column));
      }
    } catch (const Json::exception&) {
      throw NotWhole(path_);
    }
  }

  bool Next(std::vector<TableCell>& cells) override {
    cells.clear();
    const auto line = Line();
    if (line.empty()) return false;
    ++line_;
    const Json row = Json::parse(line, nullptr, false);
    if (!row.is_array() || row.size() > columns_.size()) throw NotWhole(path_);
    for (const auto& value : row) {
      if (value.is_array() && value.empty()) throw NotWhole(path_);
      auto& cell = cells.emplace_back();
      cell.missing = value.is_array();
      cell.text = Show(cell.missing ? value.at(0) : value);
      if (!cell.missing) continue;
      const auto& labels = columns_[cells.size() - 1].labels;
      if (const auto label = labels.find(cell.text); label != labels.end()) cell.text = label->second;
    }
    return true;
  }
  std::int64_t line() const override { return line_; }
  const std::vector<TableColumn>* columns() const override { return &columns_; }

 private:
  std::string_view Line() {
    const auto end = output_.find('\n', at_);
    if (end == std::string::npos) return {};
    const std::string_view line = std::string_view(output_).substr(at_, end - at_);
    at_ = end + 1;
    return line;
  }

  std::string output_;
  std::string path_;
  std::size_t at_ = 0;
  std::int64_t line_ = 0;
  std::vector<TableColumn> columns_;
};

}  // namespace

std::unique_ptr<TableSource> OpenStatFile(const std::string& path, const std::string& programs, Job& job) {
  ProcessLimits limits;
  limits.seconds = 120;
  limits.memory = std::uint64_t{1} << 30;
  limits.stop = [&job] { return job.cancelled(); };
  auto result = RunProcess({programs + "/meerstem-statfile", std::filesystem::absolute(path).string()}, {}, limits);
  if (result.stopped) job.Progress(0);
  if (result.missing) throw Error(ErrorCode::kInternal, Say("The program that reads SPSS and Stata files is missing from “{0}”.", programs));
  if (result.timed_out || result.too_much) throw Refuse("“{0}” is too large to be read here; save it in parts, or as CSV.", path);
  if (result.exit == 3) throw Refuse("“{0}” has more than {1} columns; keep those that the study needs.", path, kColumnLimit);
  if (!result.ok()) throw NotWhole(path);
  return ReadStatLines(std::move(result.out), path);
}

std::unique_ptr<TableSource> ReadStatLines(std::string lines, const std::string& path) { return std::make_unique<StatSource>(std::move(lines), path); }

}  // namespace meerstem::registrations
