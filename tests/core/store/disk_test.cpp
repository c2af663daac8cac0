// A disk that is full or fails at every possible moment: one sentence, nothing half done, and a whole file afterwards.
#include <gtest/gtest.h>

#include <filesystem>

#include "core/study/codes.h"
#include "tests/core/store/faulty_vfs.h"
#include "tests/core/store/toy_component.h"
#include "tests/support/test_study.h"

namespace meerstem::testing {
namespace {

namespace fs = std::filesystem;

constexpr int kEnough = 3000;

class DiskTest : public ::testing::Test {
 protected:
  DiskTest() {
    options_.vfs = FaultyVfs::Name();
    auto store = Store::Create(study_, options_);
    Add(*store, "first", 40);
    store.reset();
  }
  ~DiskTest() override { FaultyVfs::Heal(); }

  static void Add(Store& store, const std::string& name, int count) {
    store.Run({"test.code", Say("Add codes"), {}}, [&](Writing& writing) {
      for (int i = 0; i < count; ++i) EnsureCode(writing, name + std::to_string(i), {}, std::string(500, 'x'));
    });
  }
  std::string Dump() {
    auto plain = options_;
    plain.vfs.clear();
    auto store = Store::Open(study_, plain);
    for (const auto& fault : store->Check()) ADD_FAILURE() << fault;
    return DumpOf(*store, options_.components);
  }

  /// Tries `edit` with room for 0, 1, 2 ... operations of a kind until it succeeds: every failure is a sentence, and
  /// the file is as before or as after.
  void FailEverywhere(std::atomic<int>& left, const std::function<void(Store&)>& edit, bool fault_stays_while_closing) {
    const std::string before = Dump();
    const std::string copy = folder_.path("copy");
    fs::copy_file(study_, copy, fs::copy_options::overwrite_existing);
    std::string after;
    {
      auto store = Store::Open(study_, options_);
      edit(*store);
      after = DumpOf(*store, options_.components);
    }
    int failures = 0, room = 0;
    for (bool succeeded = false; !succeeded && room < kEnough; ++room) {
      fs::copy_file(copy, study_, fs::copy_options::overwrite_existing);
      auto store = Store::Open(study_, options_);
      left = room;
      std::string sentence;
      try {
        sentence = SentenceOf([&] { edit(*store); });
      } catch (const std::exception& other) {
        ADD_FAILURE() << "not an Error: " << other.what();
      }
      succeeded = sentence.empty();
      failures += !succeeded;
      if (!succeeded) {
        EXPECT_TRUE(sentence.find("disk") != std::string::npos) << sentence;
        if (!fault_stays_while_closing) {
          FaultyVfs::Heal();
          // The same session goes on: the edit can be done again, or was done. A part of it never stays.
          const std::string now = DumpOf(*store, options_.components);
          EXPECT_TRUE(now == before || in_steps_) << "room " << room;
          edit(*store);
          EXPECT_EQ(DumpOf(*store, options_.components).size(), after.size()) << "room " << room;
        }
      }
      store.reset();
      FaultyVfs::Heal();
      const std::string result = Dump();
      EXPECT_TRUE(succeeded || !fault_stays_while_closing ? result.size() == after.size() : result == before || result.size() == after.size())
          << "room " << room << ": neither before nor after";
      if (HasFailure()) return;
    }
    EXPECT_GT(failures, 0);
    EXPECT_LT(room, kEnough);
  }

  static void Group(Store& store, const std::string& name) {
    Store::Group group(store, {"test.group", Say("Many codes"), {}});
    for (int i = 0; i < 3; ++i) Add(store, name + std::to_string(i) + "-", 4);
    group.Close();
  }

  TestFolder folder_;
  std::string study_ = folder_.path("a.meerstem");
  Store::Options options_ = ToyOptions();
  bool in_steps_ = false;
};

TEST_F(DiskTest, FullDuringARun) {
  for (const bool closing : {false, true}) FailEverywhere(FaultyVfs::writes_left, [&](Store& store) { Add(store, closing ? "x" : "y", 10); }, closing);
}

TEST_F(DiskTest, SyncFailsDuringARun) {
  for (const bool closing : {false, true}) FailEverywhere(FaultyVfs::syncs_left, [&](Store& store) { Add(store, closing ? "x" : "y", 10); }, closing);
}

TEST_F(DiskTest, ReadFailsDuringARun) {
  for (const bool closing : {false, true}) FailEverywhere(FaultyVfs::reads_left, [&](Store& store) { Add(store, closing ? "x" : "y", 10); }, closing);
}

TEST_F(DiskTest, FullDuringAGroup) {
  in_steps_ = true;  // What the full disk refuses to take back is taken back before the next edit.
  for (const bool closing : {false, true}) FailEverywhere(FaultyVfs::writes_left, [&](Store& store) { Group(store, closing ? "x" : "y"); }, closing);
}

TEST_F(DiskTest, FullDuringUndoOfAGroup) {
  {
    auto store = Store::Open(study_, options_);
    Group(*store, "g");
  }
  in_steps_ = true;
  FailEverywhere(FaultyVfs::writes_left, [](Store& store) {
    if (store.NextUndo() && store.NextUndo()->entry.group) store.Undo({});
  }, false);
}

TEST_F(DiskTest, FullWhileMaking) {
  bool succeeded = false;
  int room = 0;
  for (; !succeeded && room < kEnough; ++room) {
    const std::string path = folder_.path("new.meerstem");
    FaultyVfs::writes_left = room;
    const std::string sentence = SentenceOf([&] { Store::Create(path, options_); });
    FaultyVfs::Heal();
    succeeded = sentence.empty();
    if (!succeeded) {
      EXPECT_NE(sentence.find("The disk is full"), std::string::npos) << sentence;
      EXPECT_FALSE(fs::exists(path)) << room;
      EXPECT_FALSE(fs::exists(path + "-journal")) << room;
    }
  }
  EXPECT_GT(room, 2);
  EXPECT_LT(room, kEnough);
}

TEST_F(DiskTest, FullDuringAMigration) {
  const std::string before = Dump();
  const std::string copy = folder_.path("copy");
  fs::copy_file(study_, copy);
  for (const bool backups : {false, true}) {
    auto next = options_;
    next.backups = backups;
    next.components.back().migrations.push_back("CREATE TABLE toy_more (id BLOB NOT NULL PRIMARY KEY); UPDATE code SET definition = 'new';");
    bool succeeded = false;
    int failures = 0, room = 0;
    for (; !succeeded && room < kEnough && !HasFailure(); room += 1 + room / 8) {
      fs::remove_all(study_ + ".backups");
      fs::copy_file(copy, study_, fs::copy_options::overwrite_existing);
      FaultyVfs::writes_left = room;
      const std::string sentence = SentenceOf([&] { Store::Open(study_, next); });
      FaultyVfs::Heal();
      succeeded = sentence.empty();
      failures += !succeeded;
      if (succeeded) continue;
      EXPECT_NE(sentence.find("disk"), std::string::npos) << sentence;
      auto plain = next;
      plain.vfs.clear();
      plain.backups = false;
      auto store = Store::Open(study_, plain);  // Brings it up to date, from before or after.
      EXPECT_TRUE(store->Check().empty()) << room;
      EXPECT_EQ(store->Read()->Number("SELECT count(*) FROM code WHERE definition = 'new'"), 40);
    }
    EXPECT_GT(failures, 0);
    EXPECT_TRUE(succeeded);
  }
}

}  // namespace
}  // namespace meerstem::testing
