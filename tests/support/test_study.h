#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "core/command/engine.h"
#include "core/plugin/registry.h"
#include "core/store/store.h"

namespace meerstem::testing {

/// A folder that is empty at first and gone at the end.
class TestFolder {
 public:
  TestFolder();
  ~TestFolder();
  TestFolder(const TestFolder&) = delete;
  std::string path(const std::string& name) const { return (folder_ / name).string(); }
  /// Writes a file and returns its path.
  std::string Write(const std::string& name, const std::string& bytes) const;

 private:
  std::filesystem::path folder_;
};

/// Every tracked row of a study as text, in order.
std::string DumpOf(Store& store, const Registry& registry);

/// A study in a folder of its own, with core and the given parts registered, a fixed clock and seeded ids; commands
/// and views are called the way the console calls them.
class TestStudy {
 public:
  using Part = void (*)(Registry&);
  explicit TestStudy(std::vector<Part> parts, const std::string& language = "nl");

  Registry& registry() { return registry_; }
  Store& store() { return *store_; }
  Engine& engine() { return *engine_; }
  const Id& actor() const { return actor_; }
  const TestFolder& folder() const { return folder_; }
  void SetNow(std::int64_t now) { clock_->Set(now); }

  Outcome Do(const std::string& command, const RawArguments& raw = {});
  /// The same as another researcher.
  Outcome DoAs(const std::string& researcher, const std::string& command, const RawArguments& raw = {});
  view::Model See(const std::string& view, const RawArguments& raw = {});
  /// A table's rows, all pages.
  std::vector<view::Row> Rows(const view::Model& model);
  /// A table as shown words, column ids first: easy to compare.
  std::vector<std::vector<std::string>> Words(const view::Model& model);
  /// The error's sentence in English; empty when the call succeeds.
  std::string Refusal(const std::string& command, const RawArguments& raw = {});
  void Undo() { store_->Undo(actor_); }
  void Redo() { store_->Redo(actor_); }
  /// Closes and opens the file again.
  void Reopen();
  /// DumpOf this study: two studies with equal content have equal dumps.
  std::string Dump();

 private:
  Store::Options Options();
  TestFolder folder_;
  Registry registry_;
  std::shared_ptr<FixedClock> clock_;
  std::shared_ptr<IdSource> ids_;
  std::unique_ptr<Store> store_;
  std::unique_ptr<Engine> engine_;
  Id actor_;
};

}  // namespace meerstem::testing
