#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/command/command.h"
#include "plugins/registrations/mapping.h"
#include "plugins/registrations/table_source.h"

namespace meerstem::registrations {

/// A table whose columns are known: cells by role or column, trimmed; a role without a column is empty.
class TableFile {
 public:
  /// Looks for the line that names the columns below any titles. kRefused when no line names all of `required`.
  TableFile(const std::string& path, const Mapping& mapping, const std::vector<std::string>& required, const std::vector<std::string>& optional,
            const std::string& programs, Job& job);
  bool Next();
  const std::string& Get(const std::string& role) const;
  /// nullopt for a cell that is empty or no date.
  std::optional<Date> Day(const std::string& role) const;
  const TableCell& Cell(std::size_t column) const { return cells_[column]; }
  bool Has(const std::string& role) const { return roles_.contains(role); }
  /// kRefused, as the constructor does, when there is no column for one of these.
  void Require(const std::vector<std::string>& roles) const;
  const std::vector<TableColumn>& columns() const { return columns_; }
  std::int64_t line() const { return source_->line(); }
  /// A column that is read beside those with a role.
  void Reads(std::size_t column) { read_[column] = true; }
  std::vector<Message> notes() const;

 private:
  void FindColumns(const Mapping& mapping, const std::vector<std::string>& required);
  std::string path_;
  std::unique_ptr<TableSource> source_;
  std::vector<TableColumn> columns_;
  std::map<std::string, std::size_t, std::less<>> roles_;
  std::vector<bool> read_;
  std::vector<TableCell> cells_;
};

/// The folder of Meerstem's helper programs, beside its data.
std::string ProgramsOf(const Registry& registry);

/// A date as tables write it: also 14-06-2023, 14.06.2023, and with a time behind it.
std::optional<Date> ReadTableDay(const std::string& text);

/// A row of the file that cannot come in, and why.
struct BadRow {
  std::int64_t line = 0;
  std::string study_case, member, item, date, value;
  Message why;
};

/// Keeps a row that cannot come in; kRefused when there are more of them than a list can hold.
void NoteBadRow(std::vector<BadRow>& bad, BadRow row);
/// "3 rows would stay out."
Message StayOut(std::size_t rows);
/// The dry run: every row that would stay out, and the summary.
view::Model DryRun(const std::vector<BadRow>& bad, std::vector<Message> notes);
/// kRefused, naming the first of them, when there are any and they may not be skipped.
void RefuseBadRows(const std::vector<BadRow>& bad, bool skip);

}  // namespace meerstem::registrations
