#include "core/store/database.h"

#include <cstring>
#include <utility>

#include <sqlite3.h>

#include "core/base/error.h"
#include "core/store/statement_watch.h"
#include "core/store/sweep.h"

namespace meerstem {
namespace {

thread_local std::function<void(std::string_view)> watcher;

/// Nobody asks how much memory SQLite has, and counting it takes a lock that all connections share: two that read
/// millions of rows beside each other would mostly wait. Before the first connection.
void CountNoMemory() { [[maybe_unused]] static const int code = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0); }

}  // namespace

void WatchStatements(std::function<void(std::string_view)> told) { watcher = std::move(told); }

Statement::Statement(Database* database, std::string sql, sqlite3_stmt* statement)
    : database_(database), sql_(std::move(sql)), statement_(statement) {}

Statement::Statement(Statement&& other) noexcept
    : database_(other.database_), sql_(std::move(other.sql_)), statement_(std::exchange(other.statement_, nullptr)) {}

Statement::~Statement() {
  if (!statement_) return;
  sqlite3_reset(statement_);
  sqlite3_clear_bindings(statement_);
  auto leased = database_->leased_.extract(statement_);
  database_->cache_.emplace(std::move(sql_), Database::Cached{statement_, std::move(leased.mapped())});
}

bool Statement::Step() {
  const int code = sqlite3_step(statement_);
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  database_->Fail(code);
}

std::vector<Id> Statement::Ids() {
  std::vector<Id> ids;
  while (Step()) ids.push_back(GetId(0));
  return ids;
}

std::unordered_set<Id> Statement::IdSet() {
  std::unordered_set<Id> ids;
  while (Step()) ids.insert(GetId(0));
  return ids;
}

void Statement::Finish() {
  while (Step()) {
  }
}

bool Statement::IsNull(int column) const { return sqlite3_column_type(statement_, column) == SQLITE_NULL; }
std::int64_t Statement::Int(int column) const { return sqlite3_column_int64(statement_, column); }
double Statement::Real(int column) const { return sqlite3_column_double(statement_, column); }

std::string_view Statement::View(int column) const {
  const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
  return text ? std::string_view(text, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))) : std::string_view();
}

std::string Statement::Text(int column) const { return std::string(View(column)); }

std::optional<std::string> Statement::MaybeText(int column) const {
  if (IsNull(column)) return std::nullopt;
  return Text(column);
}

Id Statement::GetId(int column) const { return MaybeId(column).value_or(Id{}); }

std::optional<Id> Statement::MaybeId(int column) const {
  const auto [bytes, size] = Blob(column);
  if (size != 16) return std::nullopt;
  Id id;
  std::memcpy(id.bytes.data(), bytes, 16);
  return id;
}

std::optional<Date> Statement::MaybeDate(int column) const { return ParseDate(View(column)); }

std::optional<std::int64_t> Statement::MaybeInt(int column) const {
  if (IsNull(column)) return std::nullopt;
  return Int(column);
}

std::pair<const void*, std::size_t> Statement::Blob(int column) const {
  const void* bytes = sqlite3_column_blob(statement_, column);
  return {bytes, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}

void Statement::Require(int code) {
  if (code != SQLITE_OK) database_->Fail(code);
}

void Statement::Bind(int index, std::nullptr_t) { Require(sqlite3_bind_null(statement_, index)); }
void Statement::Bind(int index, std::int64_t value) { Require(sqlite3_bind_int64(statement_, index, value)); }
void Statement::Bind(int index, double value) { Require(sqlite3_bind_double(statement_, index, value)); }

void Statement::Bind(int index, std::string_view value) {
  Require(sqlite3_bind_text64(statement_, index, value.data() ? value.data() : "", value.size(), SQLITE_TRANSIENT, SQLITE_UTF8));
}

void Statement::Bind(int index, const Id& value) { BindBlob(index, value.bytes.data(), value.bytes.size()); }

void Statement::BindBlob(int index, const void* bytes, std::size_t size) {
  Require(sqlite3_bind_blob64(statement_, index, bytes, size, SQLITE_TRANSIENT));
}

void Statement::BindKept(int index, const void* bytes, std::size_t size) {
  Require(sqlite3_bind_blob64(statement_, index, bytes, size, SQLITE_STATIC));
}

Database::Database(const std::string& path, Mode mode, const std::string& vfs) : path_(path) {
  CountNoMemory();
  const int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE |
                    (mode == Mode::kRead ? SQLITE_OPEN_READONLY
                                         : SQLITE_OPEN_READWRITE | (mode == Mode::kCreate ? SQLITE_OPEN_CREATE : 0));
  const int code = sqlite3_open_v2(path.c_str(), &handle_, flags, vfs.empty() ? nullptr : vfs.c_str());
  try {
    if (code != SQLITE_OK) Fail(code);
    sqlite3_busy_timeout(handle_, 5000);
    // A file from elsewhere must not call functions from its schema, nor reach outside itself.
    sqlite3_db_config(handle_, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    sqlite3_db_config(handle_, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    Script("PRAGMA foreign_keys = ON; PRAGMA cell_size_check = ON; PRAGMA cache_size = -65536;");
    AllowSweeps(handle_);
    sqlite3_set_authorizer(
        handle_,
        [](void* self, int action, const char* table, const char*, const char*, const char*) {
          auto* collecting = static_cast<Database*>(self)->collecting_;
          if (collecting && action == SQLITE_READ && table && std::strncmp(table, "sqlite_", 7) != 0) collecting->insert(table);
          return SQLITE_OK;
        },
        this);
  } catch (...) {
    sqlite3_close_v2(handle_);
    throw;
  }
}

Database::~Database() {
  for (auto& [sql, cached] : cache_) sqlite3_finalize(cached.statement);
  sqlite3_close_v2(handle_);
}

Statement Database::Prepare(std::string_view sql) {
  if (watcher) watcher(sql);
  std::string key(sql);
  Cached cached{nullptr, {}};
  if (auto found = cache_.find(key); found != cache_.end()) {
    cached = std::move(found->second);
    cache_.erase(found);
  } else {
    collecting_ = &cached.reads;
    const int code = sqlite3_prepare_v3(handle_, key.data(), static_cast<int>(key.size()), SQLITE_PREPARE_PERSISTENT,
                                        &cached.statement, nullptr);
    collecting_ = nullptr;
    if (code != SQLITE_OK) Fail(code);
  }
  reads_.insert(cached.reads.begin(), cached.reads.end());
  leased_.emplace(cached.statement, std::move(cached.reads));
  return Statement(this, std::move(key), cached.statement);
}

void Database::Script(const std::string& sql) {
  if (watcher) watcher(sql);
  const int code = sqlite3_exec(handle_, sql.c_str(), nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) Fail(code);
}

std::int64_t Database::Changes() const { return sqlite3_changes64(handle_); }

void Database::StopWhen(std::function<bool()> stop) {
  stop_ = std::move(stop);
  if (!stop_) {
    sqlite3_progress_handler(handle_, 0, nullptr, nullptr);
    return;
  }
  sqlite3_progress_handler(
      handle_, 4000, [](void* self) { return static_cast<Database*>(self)->stop_() ? 1 : 0; }, this);
}

void Database::WaitAtMost(int milliseconds) { sqlite3_busy_timeout(handle_, milliseconds); }

void Database::Fail(int code) const {
  const std::string detail = handle_ ? sqlite3_errmsg(handle_) : sqlite3_errstr(code);
  switch (code & 0xff) {
    case SQLITE_FULL:
      throw Error(ErrorCode::kDisk, Say("The disk is full, so nothing was changed in “{0}”; free some space and try again.", path_));
    case SQLITE_IOERR:
      throw Error(ErrorCode::kDisk, Say("The disk gave an error at “{0}” ({1}); nothing was changed.", path_, detail));
    case SQLITE_READONLY:
      throw Error(ErrorCode::kDisk, Say("“{0}” can only be read here, so nothing was changed; copy it to a folder of your own.", path_));
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      throw Error(ErrorCode::kBusy, Say("Another program is using “{0}”; try again when it is done.", path_));
    case SQLITE_NOTADB:
    case SQLITE_CORRUPT:
      throw Error(ErrorCode::kDamaged, Say("“{0}” is not a whole study ({1}); open one of its backups.", path_, detail));
    case SQLITE_CANTOPEN:
      throw Error(ErrorCode::kDisk, Say("“{0}” cannot be opened; check that the file and its folder exist and may be read.", path_));
    case SQLITE_INTERRUPT:
      throw Error(ErrorCode::kCancelled, Say("Stopped; nothing was changed."));
    case SQLITE_CONSTRAINT:
      throw Error(ErrorCode::kRefused, Say("The study does not allow this ({0}); nothing was changed.", detail));
    default:
      throw Error(ErrorCode::kInternal, Say("The store refused a statement: {0}.", detail));
  }
}

Transaction::Transaction(Database& database) : database_(database) { database_.Do("BEGIN IMMEDIATE"); }

Transaction::~Transaction() {
  if (!open_) return;
  // A failing disk may have rolled back already; there is nothing left to say then.
  sqlite3_exec(database_.handle(), "ROLLBACK", nullptr, nullptr, nullptr);
}

void Transaction::Commit() {
  database_.Do("COMMIT");
  open_ = false;
}

Savepoint::Savepoint(Database& database) : database_(database) { database_.Do("SAVEPOINT inner_run"); }

Savepoint::~Savepoint() {
  if (open_) sqlite3_exec(database_.handle(), "ROLLBACK TO inner_run; RELEASE inner_run", nullptr, nullptr, nullptr);
}

void Savepoint::Release() {
  database_.Do("RELEASE inner_run");
  open_ = false;
}

}  // namespace meerstem
