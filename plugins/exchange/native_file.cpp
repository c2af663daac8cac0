#include "plugins/exchange/native_file.h"

#include <charconv>
#include <cmath>
#include <filesystem>

#include <sqlite3.h>

#include "core/base/fold.h"
#include "core/base/text.h"

namespace meerstem::exchange {
namespace {

constexpr int kLongest = 64 << 20;                         ///< Of one value, in bytes.
constexpr std::size_t kAll = std::size_t{512} << 20;       ///< Of all values together.
constexpr std::int64_t kMostRows = 4'000'000;
constexpr std::int64_t kMostSteps = 4'000;                 ///< Of a million of SQLite's own instructions each: minutes.
constexpr std::size_t kMostTables = 1'000;

/// A path as SQLite's file: URIs spell it.
std::string Uri(const std::string& path) {
  static constexpr char kDigits[] = "0123456789ABCDEF";
  std::string uri = "file:";
  for (const char c : std::filesystem::absolute(path).string()) {
    const auto byte = static_cast<unsigned char>(c);
    if (std::isalnum(byte) || c == '/' || c == '-' || c == '_' || c == '.') {
      uri += c;
    } else {
      uri += '%';
      uri += kDigits[byte / 16];
      uri += kDigits[byte % 16];
    }
  }
  // Immutable: without a look at locks or journals, so that nothing appears beside the file.
  return uri + "?mode=ro&immutable=1";
}

std::string Column(sqlite3_stmt* statement, int column) {
  const void* bytes = sqlite3_column_type(statement, column) == SQLITE_BLOB ? sqlite3_column_blob(statement, column) : sqlite3_column_text(statement, column);
  const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement, column));
  return bytes ? std::string(static_cast<const char*>(bytes), size) : std::string();
}

}  // namespace

void NativeFile::Close::operator()(sqlite3* database) const { sqlite3_close_v2(database); }
void NativeFile::Finish::operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }

NativeFile::NativeFile(const std::string& path, std::string name, Job& job) : name_(std::move(name)), job_(job) {
  std::error_code error;
  if (const auto size = std::filesystem::file_size(path + "-wal", error); !error && size > 0) {
    throw Refuse("“{0}” is still open in another program; close it there first.", name_);
  }
  sqlite3* database = nullptr;
  const int code = sqlite3_open_v2(Uri(path).c_str(), &database, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_PRIVATECACHE, nullptr);
  database_.reset(database);
  if (code != SQLITE_OK) throw Refuse("“{0}” cannot be read; look whether you may open it.", name_);
  sqlite3_db_config(database, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(database, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  sqlite3_db_config(database, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, nullptr);
  sqlite3_db_config(database, SQLITE_DBCONFIG_ENABLE_VIEW, 0, nullptr);
  sqlite3_db_config(database, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, nullptr);
  for (const auto& [limit, value] : {std::pair{SQLITE_LIMIT_LENGTH, kLongest}, {SQLITE_LIMIT_SQL_LENGTH, 1 << 20}, {SQLITE_LIMIT_COLUMN, 500}, {SQLITE_LIMIT_EXPR_DEPTH, 100},
                                     {SQLITE_LIMIT_COMPOUND_SELECT, 10}, {SQLITE_LIMIT_ATTACHED, 0}, {SQLITE_LIMIT_TRIGGER_DEPTH, 1}, {SQLITE_LIMIT_WORKER_THREADS, 0}}) {
    sqlite3_limit(database, limit, value);
  }
  sqlite3_progress_handler(
      database, 1'000'000,
      [](void* self) {
        auto& file = *static_cast<NativeFile*>(self);
        return ++file.steps_ > kMostSteps || file.job_.cancelled() ? 1 : 0;
      },
      this);
  while (Step(Prepare("PRAGMA cell_size_check = ON").get())) {
  }
  FindTables();
}

Error NativeFile::Damaged() const { return Refuse("“{0}” is damaged or not a whole file; copy it again, or let its own program mend it.", name_); }

NativeFile::Statement NativeFile::Prepare(const std::string& sql) {
  sqlite3_stmt* statement = nullptr;
  const int code = sqlite3_prepare_v3(database_.get(), sql.c_str(), static_cast<int>(sql.size()), 0, &statement, nullptr);
  if (code != SQLITE_OK) throw Damaged();
  return Statement(statement);
}

bool NativeFile::Step(sqlite3_stmt* statement) {
  const int code = sqlite3_step(statement);
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  job_.Progress(0.1);  // A stop that was asked for says so itself.
  if (code == SQLITE_INTERRUPT) throw Refuse("“{0}” holds more than a project can; it is not read.", name_);
  if (code == SQLITE_TOOBIG || code == SQLITE_NOMEM) throw Refuse("“{0}” holds a single value of more than {1} MB, which no project does; it is not read.", name_, kLongest >> 20);
  throw Damaged();
}

void NativeFile::FindTables() {
  // Virtual tables run code of their own; a table's words always begin like this, as SQLite itself writes them.
  const auto tables = Prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND sql LIKE 'CREATE TABLE%'");
  while (Step(tables.get())) {
    if (tables_.size() > kMostTables) throw Refuse("“{0}” holds more than a project can; it is not read.", name_);
    tables_[LowerAscii(Column(tables.get(), 0))];
  }
  const auto columns = Prepare("SELECT name FROM pragma_table_xinfo(?) WHERE hidden = 0");
  for (auto& [table, names] : tables_) {
    sqlite3_bind_text(columns.get(), 1, table.data(), static_cast<int>(table.size()), SQLITE_STATIC);
    while (Step(columns.get())) names.insert(LowerAscii(Column(columns.get(), 0)));
    sqlite3_reset(columns.get());
  }
}

void NativeFile::Each(const std::string& table, const std::vector<std::string>& columns, const std::function<void(const Row&)>& body) {
  const auto found = tables_.find(table);
  if (found == tables_.end()) return;
  std::string sql;
  for (const auto& column : columns) sql += (sql.empty() ? "SELECT " : ", ") + (found->second.contains(LowerAscii(column)) ? "\"" + column + "\"" : std::string("NULL"));
  // An index of the file may say something else than its table.
  const auto statement = Prepare(sql + " FROM \"" + table + "\" NOT INDEXED");
  while (Step(statement.get())) {
    for (int column = 0; column < sqlite3_column_count(statement.get()); ++column) {
      const int type = sqlite3_column_type(statement.get(), column);
      if (type == SQLITE_TEXT || type == SQLITE_BLOB) bytes_ += static_cast<std::size_t>(sqlite3_column_bytes(statement.get(), column));
    }
    if (++rows_ > kMostRows || bytes_ > kAll) throw Refuse("“{0}” holds more than a project can; it is not read.", name_);
    body(Row(statement.get()));
  }
}

std::string NativeFile::Row::Text(int column) const { return CleanText(Bytes(column)); }
std::string NativeFile::Row::Bytes(int column) const { return Column(statement_, column); }

std::optional<std::int64_t> NativeFile::Row::Number(int column) const {
  switch (sqlite3_column_type(statement_, column)) {
    case SQLITE_INTEGER: return sqlite3_column_int64(statement_, column);
    case SQLITE_FLOAT: {
      const double value = sqlite3_column_double(statement_, column);
      if (std::nearbyint(value) != value || std::fabs(value) > 1e15) return std::nullopt;
      return static_cast<std::int64_t>(value);
    }
    case SQLITE_TEXT: {
      const std::string text = Bytes(column);
      std::int64_t value = 0;
      const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
      return error == std::errc() && end == text.data() + text.size() ? std::optional(value) : std::nullopt;
    }
    default: return std::nullopt;
  }
}

}  // namespace meerstem::exchange
