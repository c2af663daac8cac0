#include "core/store/sweep.h"

#include <exception>
#include <future>
#include <memory>
#include <string>

#include <sqlite3.h>

namespace meerstem {
namespace {

constexpr const char* kFunction = "meerstem_sweep";

/// The sweep that runs on this thread. SQLite calls the function on the thread that steps the statement.
struct Running {
  const std::function<void(const SweptRow&)>* visit = nullptr;
  std::exception_ptr thrown;
};
thread_local Running* running = nullptr;

class Installed {
 public:
  explicit Installed(Running& mine) : before_(running) { running = &mine; }
  ~Installed() { running = before_; }
  Installed(const Installed&) = delete;

 private:
  Running* before_;
};

void Row(sqlite3_context* context, int, sqlite3_value** values) {
  // No exception may pass through SQLite.
  if (!running) {
    sqlite3_result_error(context, "only a sweep may call this", -1);
    return;
  }
  if (running->thrown) return;
  try {
    (*running->visit)(SweptRow(values));
  } catch (...) {
    running->thrown = std::current_exception();
    sqlite3_result_error(context, "stopped by the visit", -1);
  }
}

void Done(sqlite3_context*) {}

/// Another connection that sees what `database` sees; nullptr where there is none. The journal's last number tells.
std::unique_ptr<Database> Beside(Database& database) {
  constexpr const char* kVersion = "SELECT ifnull(max(seq), 0) FROM journal";
  // The writer sees what is not committed yet, and without a transaction nothing holds the moment.
  const bool holds_a_moment = database.derived() && !sqlite3_get_autocommit(database.handle());
  const char* path = sqlite3_db_filename(database.handle(), "main");
  if (!holds_a_moment || !path || !*path) return nullptr;
  auto other = std::make_unique<Database>(path, Database::Mode::kRead);
  // A sweep comes to each page once: the few that it keeps are used again, where a new one would have to be asked for.
  other->Script("PRAGMA cache_size = -1024");
  other->Do("BEGIN");
  return other->Number(kVersion) == database.Number(kVersion) ? std::move(other) : nullptr;
}

}  // namespace

std::int64_t SweptRow::Int(int column) const { return sqlite3_value_int64(values_[column]); }

std::string_view SweptRow::View(int column) const {
  const auto* bytes = static_cast<const char*>(sqlite3_value_blob(values_[column]));
  return bytes ? std::string_view(bytes, static_cast<std::size_t>(sqlite3_value_bytes(values_[column]))) : std::string_view();
}

const std::uint8_t* SweptRow::IdBytes(int column) const {
  const auto bytes = View(column);
  return bytes.size() == sizeof(Id::bytes) ? reinterpret_cast<const std::uint8_t*>(bytes.data()) : nullptr;
}

void Sweep(Database& database, std::string_view columns, std::string_view from, const std::function<void(const SweptRow&)>& visit) {
  Running mine{&visit, nullptr};
  const Installed installed(mine);
  try {
    database.Query("SELECT " + std::string(kFunction) + "(" + std::string(columns) + ") " + std::string(from)).Step();
  } catch (...) {
    if (!mine.thrown) throw;
  }
  if (mine.thrown) std::rethrow_exception(mine.thrown);
}

void SweepHalves(Database& database, std::string_view columns, const std::string& table, const std::function<void(const SweptRow&)>& first,
                 const std::function<void(const SweptRow&)>& second, std::int64_t at_least) {
  const std::int64_t begin = database.Number("SELECT min(rowid) FROM " + table), end = database.Number("SELECT max(rowid) FROM " + table);
  const std::string middle = std::to_string(begin + (end - begin) / 2);
  const std::string before = "FROM " + table + " NOT INDEXED WHERE rowid <= " + middle, after = "FROM " + table + " NOT INDEXED WHERE rowid > " + middle;
  // Both on connections of their own, so that what this one keeps of other tables stays.
  const auto one = end - begin >= at_least ? Beside(database) : nullptr, other = one ? Beside(database) : nullptr;
  if (!other) {
    Sweep(database, columns, before, first);
    Sweep(database, columns, after, second);
    return;
  }
  for (auto* beside : {one.get(), other.get()}) beside->StopWhen(database.stop());
  auto half = std::async(std::launch::async, [&] { Sweep(*other, columns, after, second); });
  Sweep(*one, columns, before, first);
  half.get();
  database.AddReads(one->reads());
}

void AllowSweeps(sqlite3* handle) {
  // Direct only: a schema from elsewhere cannot reach it.
  sqlite3_create_function_v2(handle, kFunction, -1, SQLITE_UTF8 | SQLITE_DIRECTONLY, nullptr, nullptr, &Row, &Done, nullptr);
}

}  // namespace meerstem
