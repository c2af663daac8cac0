#include "plugins/registrations/table_file.h"

#include <algorithm>

#include "core/base/error.h"
#include "core/base/fold.h"
#include "core/base/read_file.h"
#include "core/base/text.h"

namespace meerstem::registrations {
namespace {

constexpr std::size_t kFileLimit = std::size_t{1} << 30;

}  // namespace

TableFile::TableFile(const std::string& path, const std::vector<std::string>& required, const std::vector<std::string>& optional)
    : reader_(ReadFile(path, kFileLimit)) {
  std::vector<std::string> header;
  if (!reader_.Next(header)) throw Refuse("“{0}” is empty.", path);
  width_ = header.size();
  const auto known = [&](const std::vector<std::string>& names, const std::string& name) {
    return std::find(names.begin(), names.end(), name) != names.end();
  };
  for (std::size_t i = 0; i < header.size(); ++i) {
    const std::string name = FoldText(Trim(header[i]));
    if (!known(required, name) && !known(optional, name)) {
      unread_ += (unread_.empty() ? "" : ", ") + name;
    } else if (!columns_.emplace(name, i).second) {
      throw Refuse("“{0}” has two columns “{1}”.", path, name);
    }
  }
  for (const auto& name : required) {
    if (columns_.contains(name)) continue;
    std::string all;
    for (const auto& one : required) all += (all.empty() ? "" : ", ") + one;
    throw Refuse("“{0}” has no column “{1}”; its first line must name the columns {2}.", path, name, all);
  }
}

bool TableFile::Next() {
  if (!reader_.Next(cells_)) return false;
  if (cells_.size() > width_) {
    throw Refuse("Line {0} has {1} cells, the first line names {2} columns; put a text with a separator in it between quotation marks.",
                 reader_.line(), cells_.size(), width_);
  }
  cells_.resize(width_);
  for (auto& cell : cells_) {
    if (!cell.empty()) cell = Trim(cell);
  }
  return true;
}

const std::string& TableFile::Get(const std::string& column) const {
  static const std::string kEmpty;
  const auto found = columns_.find(column);
  return found == columns_.end() ? kEmpty : cells_[found->second];
}

std::vector<Message> TableFile::notes() const {
  std::vector<Message> notes;
  if (reader_.encoding() != "utf-8") notes.push_back(Say("The file is not UTF-8 and was read as Windows-1252."));
  if (!unread_.empty()) notes.push_back(Say("Columns that are not read: {0}.", unread_));
  return notes;
}

Message StayOut(std::size_t rows) {
  return SayCount("{0} row would stay out.", "{0} rows would stay out.", static_cast<std::int64_t>(rows));
}

view::Model DryRun(const std::vector<BadRow>& bad, std::vector<Message> notes) {
  std::vector<view::Row> rows;
  for (const auto& row : bad) {
    rows.push_back({std::to_string(row.line),
                    {{.value = row.line}, {.value = row.study_case}, {.value = row.member}, {.value = row.item}, {.value = row.date}, {.value = row.value}, {.value = row.why}},
                    {},
                    {}});
  }
  view::Model model;
  model.body = view::Table{{{"line", Say("Line"), view::ColumnType::kInteger},
                            {"case", Say("Case")},
                            {"member", Say("Member")},
                            {"item", Say("Item")},
                            {"date", Say("Date")},
                            {"value", Say("Value")},
                            {"why", Say("Why it would stay out")}},
                           view::MakeRows(std::move(rows))};
  model.notes = std::move(notes);
  model.empty = Say("Every row comes in.");
  return model;
}

void RefuseBadRows(const std::vector<BadRow>& bad, bool skip) {
  if (bad.empty() || skip) return;
  throw Refuse("{0} rows cannot come in, the first on line {1}: {2} See them all with --preview, mend the file, or leave them out with --skip-bad.", bad.size(),
               bad.front().line, bad.front().why);
}

}  // namespace meerstem::registrations
