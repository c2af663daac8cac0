#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "core/base/date.h"
#include "core/base/id.h"
#include "core/store/derived.h"

struct sqlite3;
struct sqlite3_stmt;

namespace meerstem {

class Database;

/// One running statement, leased from its Database's cache and given back (reset) at the end of its life.
/// Same thread as its Database. Throws Error. Columns count from 0, parameters are bound in order.
class Statement {
 public:
  Statement(Statement&& other) noexcept;
  Statement& operator=(Statement&&) = delete;
  ~Statement();

  /// True while there is a row.
  bool Step();
  /// Steps to the end; for statements without rows.
  void Finish();

  bool IsNull(int column) const;
  std::int64_t Int(int column) const;
  double Real(int column) const;
  std::string Text(int column) const;
  std::string_view View(int column) const;  ///< Valid until the next Step.
  std::optional<std::string> MaybeText(int column) const;
  Id GetId(int column) const;               ///< Nil for NULL.
  std::optional<Id> MaybeId(int column) const;
  std::optional<Date> MaybeDate(int column) const;
  std::optional<std::int64_t> MaybeInt(int column) const;
  /// The first column of all rows that are left.
  std::vector<Id> Ids();
  std::unordered_set<Id> IdSet();

  void Bind(int index, std::nullptr_t);
  void Bind(int index, std::nullopt_t) { Bind(index, nullptr); }
  void Bind(int index, bool value) { Bind(index, static_cast<std::int64_t>(value)); }
  void Bind(int index, int value) { Bind(index, static_cast<std::int64_t>(value)); }
  void Bind(int index, std::int64_t value);
  void Bind(int index, std::size_t value) { Bind(index, static_cast<std::int64_t>(value)); }
  void Bind(int index, double value);
  void Bind(int index, std::string_view value);
  void Bind(int index, const std::string& value) { Bind(index, std::string_view(value)); }
  void Bind(int index, const char* value) { Bind(index, std::string_view(value)); }
  void Bind(int index, const Id& value);
  void Bind(int index, Date value) { Bind(index, std::string_view(ToIso(value))); }
  void BindBlob(int index, const void* bytes, std::size_t size);
  /// Without copying: the bytes must stay until the statement is finished or bound again.
  void BindKept(int index, const void* bytes, std::size_t size);
  template <class T>
  void Bind(int index, const std::optional<T>& value) {
    if (value) Bind(index, *value);
    else Bind(index, nullptr);
  }
  std::pair<const void*, std::size_t> Blob(int column) const;

 private:
  friend class Database;
  Statement(Database* database, std::string sql, sqlite3_stmt* statement);
  void Require(int code);
  Database* database_;
  std::string sql_;
  sqlite3_stmt* statement_;
};

/// One SQLite connection: foreign keys on, extended errors, a cache of prepared statements, and the record of which
/// tables its statements read (told by SQLite's authorizer). Not thread-safe: one thread at a time.
class Database {
 public:
  enum class Mode { kCreate, kWrite, kRead };
  /// `vfs` empty: the default one.
  Database(const std::string& path, Mode mode, const std::string& vfs = {});
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  sqlite3* handle() const { return handle_; }
  /// Prepares (or takes from the cache) and binds `values` in order.
  template <class... Values>
  Statement Query(std::string_view sql, const Values&... values) {
    Statement statement = Prepare(sql);
    int index = 0;
    (statement.Bind(++index, values), ...);
    return statement;
  }
  /// Runs a statement to its end.
  template <class... Values>
  void Do(std::string_view sql, const Values&... values) {
    Query(sql, values...).Finish();
  }
  /// The first column of the first row, 0 when there is no row.
  template <class... Values>
  std::int64_t Number(std::string_view sql, const Values&... values) {
    Statement statement = Query(sql, values...);
    return statement.Step() ? statement.Int(0) : 0;
  }
  /// Several statements at once, not cached: migrations and pragmas.
  void Script(const std::string& sql);
  /// Rows changed by the last statement.
  std::int64_t Changes() const;

  /// Tables read since the last call of ForgetReads, views resolved to their tables.
  const std::set<std::string>& reads() const { return reads_; }
  void ForgetReads() { reads_.clear(); }
  /// For an answer that comes from memory: what was read when it was computed.
  void AddReads(const std::set<std::string>& tables) { reads_.insert(tables.begin(), tables.end()); }
  /// What the Store keeps in memory for its reading connections; nullptr for any other.
  Derived* derived() const { return derived_.get(); }
  void Share(std::shared_ptr<Derived> derived) { derived_ = std::move(derived); }
  /// While set, a statement stops with kCancelled once `stop` says true. Asked every few thousand steps.
  void StopWhen(std::function<bool()> stop);
  const std::function<bool()>& stop() const { return stop_; }

  /// How long a statement waits for another connection before it gives up.
  void WaitAtMost(int milliseconds);

  /// Throws the Error that fits SQLite's code; `where` is for logs.
  [[noreturn]] void Fail(int code) const;

 private:
  friend class Statement;
  Statement Prepare(std::string_view sql);
  struct Cached {
    sqlite3_stmt* statement;
    std::set<std::string> reads;
  };
  sqlite3* handle_ = nullptr;
  std::string path_;
  std::unordered_multimap<std::string, Cached> cache_;
  std::unordered_map<sqlite3_stmt*, std::set<std::string>> leased_;
  std::set<std::string>* collecting_ = nullptr;
  std::set<std::string> reads_;
  std::function<bool()> stop_;
  std::shared_ptr<Derived> derived_;
};

/// BEGIN IMMEDIATE ... COMMIT; rolled back when it goes out of scope without Commit.
class Transaction {
 public:
  explicit Transaction(Database& database);
  ~Transaction();
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  void Commit();

 private:
  Database& database_;
  bool open_ = true;
};

/// A part of a transaction that can be taken back on its own: rolled back when it goes out of scope without Release.
class Savepoint {
 public:
  explicit Savepoint(Database& database);
  ~Savepoint();
  Savepoint(const Savepoint&) = delete;
  void Release();

 private:
  Database& database_;
  bool open_ = true;
};

}  // namespace meerstem
