#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/store/store.h"

struct sqlite3_session;

namespace meerstem {

/// SQLite's record of what a transaction did to the tracked tables. Owns its bytes.
class Changeset {
 public:
  Changeset() = default;
  Changeset(void* bytes, int size) : bytes_(bytes), size_(size) {}
  Changeset(Changeset&& other) noexcept;
  Changeset& operator=(Changeset&& other) noexcept;
  ~Changeset();

  static Changeset Copy(const void* bytes, std::size_t size);
  const void* data() const { return bytes_; }
  std::size_t size() const { return static_cast<std::size_t>(size_); }
  Changeset Inverted() const;
  Change Summary() const;
  /// What changed, for the journal: `{"coding":{"insert":1,"ids":["..."]}}`, at most 20 ids per table.
  std::string Entities() const;
  /// Applies it; content that is not as expected: Error kConflict, and the caller's transaction must be rolled back.
  void ApplyTo(Database& database) const;

 private:
  void* bytes_ = nullptr;
  int size_ = 0;
};

/// Calls `visit(table, ids)` for each row of a recorded changeset, with every id in the row's key and in what changed of
/// it, before and after.
void EachChangedRow(const void* bytes, std::size_t size, const std::function<void(const std::string& table, const std::vector<Id>& ids)>& visit);

/// One row that an entry of the journal changed, column by column in the table's order, each as its bytes (numbers as
/// words); nullopt: NULL, or not touched by an update. Both sides of an update hold the key.
struct RowChange {
  std::string table;
  enum class Kind { kInserted, kUpdated, kDeleted } kind = Kind::kUpdated;
  std::vector<std::optional<std::string>> before;
  std::vector<std::optional<std::string>> after;
};
/// Visits the rows of `tables` that an entry changed, as recorded when it was done. False: its record was purged.
bool VisitChanges(Reading& reading, std::int64_t sequence, const std::set<std::string>& tables, const std::function<void(const RowChange&)>& visit);

/// Records from construction to Take. Lives inside one transaction.
class Recorder {
 public:
  Recorder(Database& database, const std::vector<std::string>& tables);
  ~Recorder();
  Recorder(const Recorder&) = delete;
  Changeset Take();

 private:
  Database& database_;
  sqlite3_session* session_ = nullptr;
};

}  // namespace meerstem
