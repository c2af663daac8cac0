#include "tests/support/test_study.h"

#include <atomic>
#include <fstream>

#include <unistd.h>

#include "core/base/error.h"
#include "core/base/language.h"
#include "core/study/people.h"

namespace meerstem::testing {

namespace fs = std::filesystem;

TestFolder::TestFolder() {
  static std::atomic<int> count = 0;
  folder_ = fs::temp_directory_path() / ("meerstem-test-" + std::to_string(getpid()) + "-" + std::to_string(++count));
  fs::create_directories(folder_);
}

TestFolder::~TestFolder() {
  std::error_code ignored;
  fs::remove_all(folder_, ignored);
}

std::string TestFolder::Write(const std::string& name, const std::string& bytes) const {
  const fs::path file = folder_ / name;
  fs::create_directories(file.parent_path());
  std::ofstream(file, std::ios::binary) << bytes;
  return file.string();
}

TestStudy::TestStudy(std::vector<Part> parts, const std::string& language)
    : clock_(std::make_shared<FixedClock>()), ids_(std::make_shared<IdSource>(clock_, 1)) {
  registry_.SetDataFolder(MEERSTEM_DATA_DIR);
  RegisterCore(registry_);
  for (const auto part : parts) part(registry_);
  store_ = Store::Create(folder_.path("study.meerstem"), Options());
  engine_ = std::make_unique<Engine>(registry_, *store_);
  actor_ = EnsureResearcher(*store_, "Ada");
  store_->Run({"study.new", Say("New study"), actor_}, [&](Writing& writing) { SeedStudy(writing, language); });
  store_->Seal();
}

Store::Options TestStudy::Options() { return {.backups = false, .clock = clock_, .ids = ids_, .components = registry_.components()}; }

Outcome TestStudy::Do(const std::string& command, const RawArguments& raw) {
  Job job;
  return engine_->Execute(command, engine_->Parse(engine_->CommandOf(command).parameters, raw), actor_, job);
}

Outcome TestStudy::DoAs(const std::string& researcher, const std::string& command, const RawArguments& raw) {
  Job job;
  const Id other = EnsureResearcher(*store_, researcher);
  return engine_->Execute(command, engine_->Parse(engine_->CommandOf(command).parameters, raw), other, job);
}

view::Model TestStudy::See(const std::string& view, const RawArguments& raw) {
  Job job;
  return engine_->Build(view, engine_->Parse(engine_->ViewOf(view).parameters, raw), job);
}

std::vector<view::Row> TestStudy::Rows(const view::Model& model) {
  const auto& table = std::get<view::Table>(model.body);
  auto reading = store_->Read();
  return table.rows->Page(*reading, 0, table.rows->Count());
}

std::vector<std::vector<std::string>> TestStudy::Words(const view::Model& model) {
  const auto language = Language::English();
  std::vector<std::vector<std::string>> words(1);
  for (const auto& column : std::get<view::Table>(model.body).columns) words[0].push_back(column.id);
  for (const auto& row : Rows(model)) {
    auto& line = words.emplace_back();
    for (const auto& cell : row.cells) {
      const std::string value = language->Show(cell.value);
      line.push_back(value.empty() && cell.state != view::State::kValue ? std::string("<") + view::StateName(cell.state) + ">" : value);
    }
  }
  return words;
}

std::string TestStudy::Refusal(const std::string& command, const RawArguments& raw) {
  try {
    Do(command, raw);
    return {};
  } catch (const Error& error) {
    return (*Language::English())(error.message());
  }
}

void TestStudy::Reopen() {
  engine_.reset();
  store_.reset();
  store_ = Store::Open(folder_.path("study.meerstem"), Options());
  engine_ = std::make_unique<Engine>(registry_, *store_);
}

std::string DumpOf(Store& store, const Registry& registry) {
  std::string dump;
  auto reading = store.Read();
  for (const auto& component : registry.components()) {
    for (const auto& table : component.tables) {
      std::string columns, key;
      {
        auto rows = reading->Query("SELECT name, pk FROM pragma_table_info(?)", table);
        while (rows.Step()) {
          columns += (columns.empty() ? "quote(" : " || '|' || quote(") + rows.Text(0) + ")";
          if (rows.Int(1) > 0) key = rows.Text(0);
        }
      }
      auto rows = reading->Query("SELECT " + columns + " FROM " + table + " ORDER BY " + key);
      while (rows.Step()) dump += table + ": " + rows.Text(0) + "\n";
    }
  }
  return dump;
}

std::string TestStudy::Dump() { return DumpOf(*store_, registry_); }

}  // namespace meerstem::testing
