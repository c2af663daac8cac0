// What is not a study, or cannot be opened now, gets one sentence and stays as it was.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include <sqlite3.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/study/codes.h"
#include "tests/core/store/toy_component.h"
#include "tests/support/test_study.h"

namespace meerstem::testing {
namespace {

namespace fs = std::filesystem;

std::string Bytes(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<std::string> Beside(const std::string& path) {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(fs::path(path).parent_path())) names.push_back(entry.path().filename().string());
  std::sort(names.begin(), names.end());
  return names;
}

class OpeningTest : public ::testing::Test {
 protected:
  OpeningTest() { study_ = folder_.path("a.meerstem"); }
  std::unique_ptr<Store> Make() {
    auto store = Store::Create(study_, options_);
    AddCode(*store, "A");
    return store;
  }
  static void AddCode(Store& store, const std::string& name) {
    store.Run({"test.code", Say("Add a code"), {}}, [&](Writing& writing) { EnsureCode(writing, name); });
  }
  /// Opening refuses with a sentence that holds `part`, and leaves the file and its folder as they were.
  void ExpectRefused(const std::string& path, const std::string& part) {
    const bool file = fs::is_regular_file(path);
    const std::string before = file ? Bytes(path) : "";
    const auto beside = Beside(path);
    const std::string sentence = SentenceOf([&] { Store::Open(path, options_); });
    EXPECT_NE(sentence.find(part), std::string::npos) << sentence;
    EXPECT_NE(sentence.find(fs::path(path).filename().string()), std::string::npos) << sentence;
    if (file) {
      EXPECT_EQ(Bytes(path), before);
    }
    EXPECT_EQ(Beside(path), beside);
  }
  TestFolder folder_;
  std::string study_;
  Store::Options options_ = ToyOptions();
};

TEST_F(OpeningTest, OneFileAfterClose) {
  Make().reset();
  EXPECT_EQ(Beside(study_), std::vector<std::string>{"a.meerstem"});
  Store::Open(study_, options_).reset();
  EXPECT_EQ(Beside(study_), std::vector<std::string>{"a.meerstem"});
}

TEST_F(OpeningTest, NoStudy) {
  ExpectRefused(folder_.Write("notes.meerstem", "Just some notes, long enough to fill more than the hundred bytes that a header of a database takes, and so on."), "is not a Meerstem study");
  ExpectRefused(folder_.Write("short.meerstem", "x"), "is not a Meerstem study");
  ExpectRefused(folder_.Write("empty.meerstem", ""), "is empty");
  ExpectRefused(folder_.path("missing.meerstem"), "does not exist");
  fs::create_directory(folder_.path("folder.meerstem"));
  ExpectRefused(folder_.path("folder.meerstem"), "is not a file");
  sqlite3* other = nullptr;
  sqlite3_open(folder_.path("other.meerstem").c_str(), &other);
  sqlite3_exec(other, "CREATE TABLE t (x); INSERT INTO t VALUES (1)", nullptr, nullptr, nullptr);
  sqlite3_close(other);
  ExpectRefused(folder_.path("other.meerstem"), "is not a Meerstem study");
}

TEST_F(OpeningTest, CutOff) {
  Make().reset();
  const auto whole = fs::file_size(study_);
  for (const auto size : {whole - 1, whole - 4096, whole / 2, std::uintmax_t{4096}, std::uintmax_t{150}}) {
    const std::string bytes = Bytes(study_).substr(0, size);
    ExpectRefused(folder_.Write("cut.meerstem", bytes), "has been cut off");
  }
}

TEST_F(OpeningTest, Newer) {
  Make().reset();
  sqlite3* handle = nullptr;
  sqlite3_open(study_.c_str(), &handle);
  sqlite3_exec(handle, "UPDATE component SET version = 9 WHERE name = 'toy'", nullptr, nullptr, nullptr);
  sqlite3_close(handle);
  options_.backups = true;
  ExpectRefused(study_, "was made by a newer Meerstem (its part “toy” has version 9, this program knows 1)");
}

TEST_F(OpeningTest, CreateNeverOverwrites) {
  Make().reset();
  const std::string before = Bytes(study_);
  EXPECT_NE(SentenceOf([&] { Store::Create(study_, options_); }).find("exists already"), std::string::npos);
  EXPECT_EQ(Bytes(study_), before);
  EXPECT_NE(SentenceOf([&] { Store::Create(folder_.path("none/b.meerstem"), options_); }).find("does not exist"), std::string::npos);
}

TEST_F(OpeningTest, SecondWriterIsToldWhoAndMayRead) {
  auto store = Make();
  // In a process of its own: that is what the lock is about.
  const pid_t child = fork();
  if (child == 0) {
    const std::string sentence = SentenceOf([&] { Store::Open(study_, ToyOptions(2)); });
    auto reading_options = ToyOptions(3);
    reading_options.read_only = true;
    auto reader = Store::Open(study_, reading_options);
    const bool reads = reader->Read()->Number("SELECT count(*) FROM code") == 1;
    const bool refuses = SentenceOf([&] { AddCode(*reader, "B"); }).find("reading only") != std::string::npos &&
                         SentenceOf([&] { reader->Undo({}); }).find("reading only") != std::string::npos &&
                         SentenceOf([&] { reader->Seal(); }).find("reading only") != std::string::npos;
    const bool named = sentence.find("is being edited by") != std::string::npos && sentence.find("(" + std::to_string(getppid()) + ")") != std::string::npos;
    _exit((named ? 0 : 1) + (reads ? 0 : 2) + (refuses ? 0 : 4));
  }
  int status = 0;
  waitpid(child, &status, 0);
  EXPECT_EQ(WEXITSTATUS(status), 0) << "1: not named, 2: not read, 4: not refused";
  AddCode(*store, "C");
  store.reset();
  EXPECT_EQ(Beside(study_), std::vector<std::string>{"a.meerstem"});
}

/// Root may write everywhere, so another user tries.
TEST_F(OpeningTest, ReadOnlyFolderAndFileOpenForReading) {
  Make().reset();
  const std::string before = Bytes(study_);
  const auto try_as_other = [&](bool folder_writable) {
    fs::permissions(fs::path(study_).parent_path(), folder_writable ? fs::perms::all : fs::perms::owner_read | fs::perms::owner_exec | fs::perms::group_read | fs::perms::group_exec | fs::perms::others_read | fs::perms::others_exec);
    fs::permissions(study_, fs::perms::owner_read | fs::perms::group_read | fs::perms::others_read);
    const pid_t child = fork();
    if (child == 0) {
      if (getuid() == 0 && (setgid(65534) != 0 || setuid(65534) != 0)) _exit(9);
      int faults = 0;
      const std::string sentence = SentenceOf([&] {
        auto store = Store::Open(study_, ToyOptions(2));
        if (!store->read_only() || store->notices().empty()) faults |= 1;
        if (store->Read()->Number("SELECT count(*) FROM code") != 1) faults |= 2;
        if (SentenceOf([&] { AddCode(*store, "B"); }).find("reading only") == std::string::npos) faults |= 4;
      });
      if (!sentence.empty()) faults |= 8;
      if (!folder_writable && SentenceOf([&] { Store::Create(folder_.path("new.meerstem"), ToyOptions(3)); }).find("cannot be made here") == std::string::npos) faults |= 16;
      _exit(faults);
    }
    int status = 0;
    waitpid(child, &status, 0);
    EXPECT_EQ(WEXITSTATUS(status), 0) << "1: not read-only, 2: not read, 4: not refused, 8: not opened, 16: made";
    EXPECT_EQ(Bytes(study_), before);
    EXPECT_EQ(Beside(study_), std::vector<std::string>{"a.meerstem"});
  };
  try_as_other(false);
  try_as_other(true);
}

TEST_F(OpeningTest, BackupsRotate) {
  auto clock = std::make_shared<FixedClock>();
  options_.clock = clock;
  options_.backups = true;
  Make().reset();
  constexpr std::int64_t kDay = 86'400'000;
  const std::int64_t start = clock->Now();
  for (int day = 1; day <= 8; ++day) {
    clock->Set(start + day * kDay);
    auto store = Store::Open(study_, options_);
    EXPECT_TRUE(store->notices().empty());
    AddCode(*store, "day " + std::to_string(day));
    store.reset();
    Store::Open(study_, options_).reset();  // The same day: no second backup.
  }
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(study_ + ".backups")) names.push_back(entry.path().filename().string());
  std::sort(names.begin(), names.end());
  ASSERT_EQ(names.size(), 5u);
  EXPECT_EQ(names.back(), ToIso(DayOf(start + 8 * kDay)) + ".meerstem");
  EXPECT_EQ(names.front(), ToIso(DayOf(start + 4 * kDay)) + ".meerstem");
  // A backup is a study as it was at the day's first opening.
  fs::copy_file(study_ + ".backups/" + names.back(), folder_.path("b.meerstem"));
  options_.backups = false;
  auto backup = Store::Open(folder_.path("b.meerstem"), options_);
  EXPECT_EQ(backup->Read()->Number("SELECT count(*) FROM code"), 8);
  EXPECT_TRUE(backup->Check().empty());
}

TEST_F(OpeningTest, ReaderThatStaysDoesNotSpoilClosing) {
  auto store = Make();
  auto reading = store->Read();
  {
    auto rows = reading->Query("SELECT name FROM component");
    ASSERT_TRUE(rows.Step());
    store.reset();
    EXPECT_TRUE(rows.Step());
  }
  reading.reset();
  store = Store::Open(study_, options_);
  EXPECT_EQ(store->Read()->Number("SELECT count(*) FROM code"), 1);
  store.reset();
  EXPECT_EQ(Beside(study_), std::vector<std::string>{"a.meerstem"});
}

}  // namespace
}  // namespace meerstem::testing
