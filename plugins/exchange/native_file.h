#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/base/error.h"
#include "core/command/job.h"

struct sqlite3;
struct sqlite3_stmt;

namespace meerstem::exchange {

/// A project that another tool keeps as an SQLite file, read and never trusted: nothing is written, not even a journal
/// beside it; only plain tables count, so that no view, trigger or generated column of the file ever runs; values, rows and
/// time are bounded. One thread. Every method refuses, in one sentence that names the file, what is damaged or too large.
class NativeFile {
 public:
  /// `name` is what people call the file.
  NativeFile(const std::string& path, std::string name, Job& job);
  NativeFile(const NativeFile&) = delete;

  const std::string& name() const { return name_; }
  bool Has(const std::string& table) const { return tables_.contains(table); }

  /// A row as it comes by, with the columns that were asked for, by number.
  class Row {
   public:
    /// Clean; empty for NULL.
    std::string Text(int column) const;
    /// As it stands, for a text whose places are counted.
    std::string Bytes(int column) const;
    /// nullopt for NULL and for what is no whole number.
    std::optional<std::int64_t> Number(int column) const;

   private:
    friend class NativeFile;
    explicit Row(sqlite3_stmt* statement) : statement_(statement) {}
    sqlite3_stmt* statement_;
  };
  /// `body` for every row in the order in which the table holds them; nothing when there is no such table. A column that
  /// the table lacks reads as NULL, since the tools add columns from version to version.
  void Each(const std::string& table, const std::vector<std::string>& columns, const std::function<void(const Row&)>& body);

 private:
  struct Close {
    void operator()(sqlite3* database) const;
  };
  struct Finish {
    void operator()(sqlite3_stmt* statement) const;
  };
  using Statement = std::unique_ptr<sqlite3_stmt, Finish>;
  Statement Prepare(const std::string& sql);
  bool Step(sqlite3_stmt* statement);
  void FindTables();
  Error Damaged() const;

  std::string name_;
  Job& job_;
  std::unique_ptr<sqlite3, Close> database_;
  std::map<std::string, std::set<std::string>> tables_;  ///< Columns by table; names in lower case.
  std::int64_t rows_ = 0;
  std::int64_t steps_ = 0;
  std::size_t bytes_ = 0;
};

}  // namespace meerstem::exchange
