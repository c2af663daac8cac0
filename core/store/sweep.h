#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>

#include "core/base/id.h"
#include "core/store/database.h"

struct sqlite3;
struct sqlite3_value;

namespace meerstem {

/// A row of a Sweep, good during the visit only.
class SweptRow {
 public:
  explicit SweptRow(sqlite3_value** values) : values_(values) {}
  std::int64_t Int(int column) const;      ///< 0 for NULL.
  std::string_view View(int column) const; ///< Text, or the bytes of a blob; empty for NULL.
  /// The 16 bytes of an id where they lie; nullptr for anything else.
  const std::uint8_t* IdBytes(int column) const;

 private:
  sqlite3_value** values_;
};

/// Visits every row of `SELECT columns from` as it lies in the file (an ORDER BY means nothing here), for tables of millions of rows: the rows are handed over inside SQLite's own
/// loop, which costs half of what stepping a Statement does. Columns count from 0. The visit may not use the database.
void Sweep(Database& database, std::string_view columns, std::string_view from, const std::function<void(const SweptRow&)>& visit);

/// Every row of a table of millions in two halves at the same time, each on a connection and the second on a thread of its own;
/// what `first` sees lies before what `second` sees. One after the other on this thread where no other connection can see
/// what this one does (inside a Run, outside a transaction, when somebody wrote meanwhile) and where the table has fewer
/// rows than `at_least`, for which a connection more costs what it saves. The visits change
/// nothing that the other one uses.
void SweepHalves(Database& database, std::string_view columns, const std::string& table, const std::function<void(const SweptRow&)>& first,
                 const std::function<void(const SweptRow&)>& second, std::int64_t at_least = 200'000);

/// Once per connection, before its first Sweep.
void AllowSweeps(sqlite3* handle);

}  // namespace meerstem
