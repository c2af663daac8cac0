#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/base/csv.h"
#include "core/command/command.h"
#include "core/command/job.h"

namespace meerstem::registrations {

/// A CSV file whose first record names its columns. Cells by column name, trimmed; a column that is absent is empty.
class TableFile {
 public:
  /// kRefused when a column of `required` is missing. Columns that are in neither list are told in notes().
  TableFile(const std::string& path, const std::vector<std::string>& required, const std::vector<std::string>& optional);
  bool Next();
  const std::string& Get(const std::string& column) const;
  std::int64_t line() const { return reader_.line(); }
  std::vector<Message> notes() const;

 private:
  CsvReader reader_;
  std::map<std::string, std::size_t> columns_;
  std::size_t width_ = 0;
  std::string unread_;
  std::vector<std::string> cells_;
};

/// A row of the file that cannot come in, and why.
struct BadRow {
  std::int64_t line = 0;
  std::string study_case, member, item, date, value;
  Message why;
};

/// The dry run: every row that would stay out, and the summary.
/// "3 rows would stay out."
Message StayOut(std::size_t rows);
view::Model DryRun(const std::vector<BadRow>& bad, std::vector<Message> notes);
/// kRefused, naming the first of them, when there are any and they may not be skipped.
void RefuseBadRows(const std::vector<BadRow>& bad, bool skip);

}  // namespace meerstem::registrations
