// The session API is declared only with these, and Debian's SQLite is built with both (Store checks it).
#define SQLITE_ENABLE_SESSION 1
#define SQLITE_ENABLE_PREUPDATE_HOOK 1
#include <sqlite3.h>

#include "core/store/changeset.h"

#include <cstring>
#include <new>
#include <utility>

#include <nlohmann/json.hpp>

namespace meerstem {
namespace {

constexpr std::size_t kNamedIds = 20;

/// Calls `visit(table, operation, id or nullptr)` for each row that changed.
template <class Visit>
void Each(const void* bytes, int size, Visit visit) {
  sqlite3_changeset_iter* rows = nullptr;
  if (sqlite3changeset_start(&rows, size, const_cast<void*>(bytes)) != SQLITE_OK) return;
  while (sqlite3changeset_next(rows) == SQLITE_ROW) {
    const char* table = nullptr;
    int columns = 0, operation = 0, indirect = 0;
    sqlite3changeset_op(rows, &table, &columns, &operation, &indirect);
    unsigned char* key = nullptr;
    sqlite3changeset_pk(rows, &key, &columns);
    Id id;
    bool has_id = false;
    for (int i = 0; i < columns && !has_id; ++i) {
      if (!key[i]) continue;
      sqlite3_value* value = nullptr;
      if (operation == SQLITE_INSERT) sqlite3changeset_new(rows, i, &value);
      else sqlite3changeset_old(rows, i, &value);
      if (value && sqlite3_value_type(value) == SQLITE_BLOB && sqlite3_value_bytes(value) == 16) {
        std::memcpy(id.bytes.data(), sqlite3_value_blob(value), 16);
        has_id = true;
      }
    }
    visit(std::string(table), operation, has_id ? &id : nullptr);
  }
  sqlite3changeset_finalize(rows);
}

const char* Name(int operation) {
  return operation == SQLITE_INSERT ? "insert" : operation == SQLITE_DELETE ? "delete" : "update";
}

}  // namespace

Changeset::Changeset(Changeset&& other) noexcept
    : bytes_(std::exchange(other.bytes_, nullptr)), size_(std::exchange(other.size_, 0)) {}

Changeset& Changeset::operator=(Changeset&& other) noexcept {
  std::swap(bytes_, other.bytes_);
  std::swap(size_, other.size_);
  return *this;
}

Changeset::~Changeset() { sqlite3_free(bytes_); }

Changeset Changeset::Copy(const void* bytes, std::size_t size) {
  void* copy = sqlite3_malloc64(size > 0 ? size : 1);
  if (!copy) throw std::bad_alloc();
  if (size > 0) std::memcpy(copy, bytes, size);
  return Changeset(copy, static_cast<int>(size));
}

Changeset Changeset::Inverted() const {
  void* bytes = nullptr;
  int size = 0;
  if (sqlite3changeset_invert(size_, bytes_, &size, &bytes) != SQLITE_OK) {
    throw Error(ErrorCode::kDamaged, Say("This entry of the journal cannot be read, so it cannot be undone; nothing was changed."));
  }
  return Changeset(bytes, size);
}

Change Changeset::Summary() const {
  Change change;
  Each(bytes_, size_, [&](const std::string& table, int operation, const Id*) {
    Change::Count& count = change.tables[table];
    if (operation == SQLITE_INSERT) ++count.inserted;
    else if (operation == SQLITE_DELETE) ++count.deleted;
    else ++count.updated;
  });
  return change;
}

std::string Changeset::Entities() const {
  nlohmann::json summary = nlohmann::json::object();
  Each(bytes_, size_, [&](const std::string& table, int operation, const Id* id) {
    auto& entry = summary[table];
    auto& count = entry[Name(operation)];
    count = count.is_null() ? 1 : count.get<int>() + 1;
    auto& ids = entry["ids"];
    if (id && ids.size() < kNamedIds) ids.push_back(ToString(*id));
  });
  return summary.dump();
}

void Changeset::ApplyTo(Database& database) const {
  const int code = sqlite3changeset_apply(
      database.handle(), size_, bytes_, nullptr, [](void*, int, sqlite3_changeset_iter*) { return SQLITE_CHANGESET_ABORT; }, nullptr);
  if (code == SQLITE_ABORT || code == SQLITE_CONSTRAINT || (code & 0xff) == SQLITE_CONSTRAINT) {
    throw Error(ErrorCode::kConflict, Say("What this step touched has changed since, so it cannot be taken back on its own; nothing was changed."));
  }
  if (code != SQLITE_OK) database.Fail(code);
}

void EachChangedRow(const void* bytes, std::size_t size, const std::function<void(const std::string& table, const std::vector<Id>& ids)>& visit) {
  sqlite3_changeset_iter* rows = nullptr;
  if (sqlite3changeset_start(&rows, static_cast<int>(size), const_cast<void*>(bytes)) != SQLITE_OK) return;
  while (sqlite3changeset_next(rows) == SQLITE_ROW) {
    const char* table = nullptr;
    int columns = 0, operation = 0, indirect = 0;
    sqlite3changeset_op(rows, &table, &columns, &operation, &indirect);
    std::vector<Id> ids;
    const auto take = [&](sqlite3_value* value) {
      if (!value || sqlite3_value_type(value) != SQLITE_BLOB || sqlite3_value_bytes(value) != 16) return;
      std::memcpy(ids.emplace_back().bytes.data(), sqlite3_value_blob(value), 16);
    };
    for (int i = 0; i < columns; ++i) {
      sqlite3_value* value = nullptr;
      if (operation != SQLITE_INSERT && sqlite3changeset_old(rows, i, &value) == SQLITE_OK) take(value);
      value = nullptr;
      if (operation != SQLITE_DELETE && sqlite3changeset_new(rows, i, &value) == SQLITE_OK) take(value);
    }
    visit(table, ids);
  }
  sqlite3changeset_finalize(rows);
}

bool VisitChanges(Reading& reading, std::int64_t sequence, const std::set<std::string>& tables, const std::function<void(const RowChange&)>& visit) {
  auto row = reading.Query("SELECT changes FROM journal_change WHERE seq = ?", sequence);
  if (!row.Step()) return false;
  const auto [bytes, size] = row.Blob(0);
  sqlite3_changeset_iter* rows = nullptr;
  if (sqlite3changeset_start(&rows, static_cast<int>(size), const_cast<void*>(static_cast<const void*>(bytes))) != SQLITE_OK) return false;
  const auto value_of = [](sqlite3_value* value) -> std::optional<std::string> {
    if (!value || sqlite3_value_type(value) == SQLITE_NULL) return std::nullopt;
    const auto* data = static_cast<const char*>(sqlite3_value_type(value) == SQLITE_BLOB ? sqlite3_value_blob(value) : sqlite3_value_text(value));
    return data ? std::string(data, static_cast<std::size_t>(sqlite3_value_bytes(value))) : std::string();
  };
  try {
    while (sqlite3changeset_next(rows) == SQLITE_ROW) {
      const char* table = nullptr;
      int columns = 0, operation = 0, indirect = 0;
      sqlite3changeset_op(rows, &table, &columns, &operation, &indirect);
      if (!tables.contains(table)) continue;
      RowChange change{.table = table};
      change.kind = operation == SQLITE_INSERT ? RowChange::Kind::kInserted : operation == SQLITE_DELETE ? RowChange::Kind::kDeleted : RowChange::Kind::kUpdated;
      for (int i = 0; i < columns; ++i) {
        sqlite3_value* value = nullptr;
        if (operation != SQLITE_INSERT) sqlite3changeset_old(rows, i, &value);
        change.before.push_back(value_of(value));
        value = nullptr;
        if (operation != SQLITE_DELETE) sqlite3changeset_new(rows, i, &value);
        change.after.push_back(value_of(value));
      }
      visit(change);
    }
  } catch (...) {
    sqlite3changeset_finalize(rows);
    throw;
  }
  sqlite3changeset_finalize(rows);
  return true;
}

Recorder::Recorder(Database& database, const std::vector<std::string>& tables) : database_(database) {
  int code = sqlite3session_create(database.handle(), "main", &session_);
  for (std::size_t i = 0; code == SQLITE_OK && i < tables.size(); ++i) code = sqlite3session_attach(session_, tables[i].c_str());
  if (code != SQLITE_OK) database.Fail(code);
}

Recorder::~Recorder() { sqlite3session_delete(session_); }

Changeset Recorder::Take() {
  void* bytes = nullptr;
  int size = 0;
  const int code = sqlite3session_changeset(session_, &size, &bytes);
  if (code != SQLITE_OK) database_.Fail(code);
  return Changeset(bytes, size);
}

}  // namespace meerstem
