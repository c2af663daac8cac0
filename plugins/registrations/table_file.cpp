#include "plugins/registrations/table_file.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdlib>

#include "core/base/error.h"
#include "core/base/fold.h"
#include "core/base/text.h"

namespace meerstem::registrations {
namespace {

/// How far below titles the line that names the columns is looked for.
constexpr std::size_t kTitleRows = 100;

/// What a dry run lists and keeps in memory.
constexpr std::size_t kMostBadRows = 10'000;

/// Before and after 1960, for a number that stands for a day: two hundred years.
constexpr int kMostDays = 73'050;

std::string Join(const std::vector<std::string>& names) {
  std::string all;
  for (const auto& name : names) all += (all.empty() ? "" : ", ") + name;
  return all;
}

std::vector<TableColumn> Named(const std::vector<TableCell>& cells) {
  std::vector<TableColumn> columns;
  for (const auto& cell : cells) columns.push_back({Trim(cell.text), {}, {}});
  return columns;
}

std::size_t Filled(const std::vector<TableColumn>& columns) {
  return static_cast<std::size_t>(std::count_if(columns.begin(), columns.end(), [](const TableColumn& column) { return !column.name.empty(); }));
}

}  // namespace

TableFile::TableFile(const std::string& path, const Mapping& mapping, const std::vector<std::string>& required, const std::vector<std::string>& optional,
                     const std::string& programs, Job& job)
    : path_(path), source_(OpenTable(path, mapping.options, programs, job)) {
  FindColumns(mapping, required);
  for (const auto* names : {&required, &optional}) {
    for (const auto& role : *names) {
      if (const auto column = ColumnOf(mapping, columns_, role)) roles_[role] = *column;
    }
  }
  read_.resize(columns_.size());
  for (const auto& [role, column] : roles_) read_[column] = true;
  Require(required);
}

void TableFile::FindColumns(const Mapping& mapping, const std::vector<std::string>& required) {
  if (const auto* columns = source_->columns()) {
    columns_ = *columns;
    return;
  }
  const auto has_all = [&](const std::vector<TableColumn>& columns) {
    try {
      return std::all_of(required.begin(), required.end(), [&](const std::string& role) { return ColumnOf(mapping, columns, role).has_value(); });
    } catch (const Error&) {
      return false;  // A title may repeat itself; the line that is taken in the end is checked again.
    }
  };
  std::vector<TableCell> cells;
  std::size_t rows = 0;
  for (; rows < kTitleRows && source_->Next(cells); ++rows) {
    auto columns = Named(cells);
    const bool asked = mapping.options.header == source_->line();
    if (asked || (mapping.options.header == 0 && !required.empty() && has_all(columns))) {
      columns_ = std::move(columns);
      return;
    }
    // Until a line names what is asked for, the one that names most is the likeliest.
    if (mapping.options.header == 0 && Filled(columns) > Filled(columns_)) columns_ = std::move(columns);
  }
  if (rows == 0) throw Refuse("“{0}” is empty.", path_);
  if (mapping.options.header > 0) throw Refuse("“{0}” has nothing on line {1} that could name its columns.", path_, mapping.options.header);
}

void TableFile::Require(const std::vector<std::string>& roles) const {
  for (const auto& role : roles) {
    if (!roles_.contains(role)) throw Refuse("“{0}” has no column “{1}”; its first line must name the columns {2}, or say with --map which column is which.", path_, role, Join(roles));
  }
}

bool TableFile::Next() {
  if (!source_->Next(cells_)) return false;
  while (cells_.size() > columns_.size() && Trim(cells_.back().text).empty()) cells_.pop_back();
  if (cells_.size() > columns_.size()) {
    throw Refuse("Line {0} has {1} cells, the first line names {2} columns; put a text with a separator in it between quotation marks.",
                 source_->line(), cells_.size(), columns_.size());
  }
  cells_.resize(columns_.size());
  for (auto& cell : cells_) {
    if (!cell.text.empty()) cell.text = Trim(cell.text);
  }
  return true;
}

const std::string& TableFile::Get(const std::string& role) const {
  static const std::string kEmpty;
  const auto found = roles_.find(role);
  return found == roles_.end() ? kEmpty : cells_[found->second].text;
}

std::optional<Date> TableFile::Day(const std::string& role) const {
  const auto found = roles_.find(role);
  if (found == roles_.end()) return std::nullopt;
  const std::string& text = cells_[found->second].text;
  if (const auto date = ReadTableDay(text)) return date;
  // R writes dates for Stata as Stata counts them, in days from 1960, without saying that they are dates.
  int days = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), days);
  if (!columns_[found->second].format.starts_with('%') || error != std::errc() || end != text.data() + text.size() || std::abs(days) > kMostDays) return std::nullopt;
  using namespace std::chrono;
  const year_month_day day(sys_days(year(1960) / January / 1) + std::chrono::days(days));
  return Date{static_cast<int>(day.year()), static_cast<int>(static_cast<unsigned>(day.month())), static_cast<int>(static_cast<unsigned>(day.day()))};
}

std::vector<Message> TableFile::notes() const {
  std::vector<Message> notes = source_->notes();
  std::vector<std::string> unread;
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    if (!read_[i] && !columns_[i].name.empty()) unread.push_back(columns_[i].name);
  }
  if (unread.size() > 20) {
    unread.resize(20);
    unread.emplace_back("...");
  }
  if (!unread.empty()) notes.push_back(Say("Columns that are not read: {0}.", Join(unread)));
  return notes;
}

std::string ProgramsOf(const Registry& registry) { return registry.data_folder() + "/../lib"; }

std::optional<Date> ReadTableDay(const std::string& text) {
  std::string day = text;
  if (const auto time = day.find_first_of(" T"); time != std::string::npos && day.find(':', time) != std::string::npos) day.resize(time);
  if (const auto date = ParseDate(day)) return date;
  std::replace_if(day.begin(), day.end(), [](char c) { return c == '-' || c == '.'; }, '/');
  return ParseDate(day);
}

void NoteBadRow(std::vector<BadRow>& bad, BadRow row) {
  bad.push_back(std::move(row));
  if (bad.size() <= kMostBadRows) return;
  throw Refuse("More than {0} rows cannot come in, the first on line {1}: {2} Mend the file; nobody reads a longer list.", kMostBadRows, bad.front().line,
               bad.front().why);
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
  throw Error(ErrorCode::kRefused,
              SayCount("{0} row cannot come in, line {1}: {2} Mend the file, or leave the row out with --skip-bad.",
                       "{0} rows cannot come in, the first on line {1}: {2} See them all with --preview, mend the file, or leave them out with --skip-bad.",
                       static_cast<std::int64_t>(bad.size()), bad.front().line, bad.front().why));
}

}  // namespace meerstem::registrations
