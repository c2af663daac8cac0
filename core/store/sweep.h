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

/// Once per connection, before its first Sweep.
void AllowSweeps(sqlite3* handle);

}  // namespace meerstem
