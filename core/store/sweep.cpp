#include "core/store/sweep.h"

#include <exception>
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

void AllowSweeps(sqlite3* handle) {
  // Direct only: a schema from elsewhere cannot reach it.
  sqlite3_create_function_v2(handle, kFunction, -1, SQLITE_UTF8 | SQLITE_DIRECTONLY, nullptr, nullptr, &Row, &Done, nullptr);
}

}  // namespace meerstem
