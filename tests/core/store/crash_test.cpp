// The process ends just before its k-th commit, for every k there is: in a group, while the group closes, in the middle
// of undoing it, in the middle of doing it again. The next opening finds all of the edit or nothing of it.
#include <gtest/gtest.h>

#include <functional>

#include <sqlite3.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/study/codes.h"
#include "tests/core/store/toy_component.h"
#include "tests/support/test_study.h"

namespace meerstem::testing {
namespace {

constexpr int kRuns = 6;
constexpr int kFinished = 0, kCrashed = 42, kFailed = 1;

int commits_left = -1;  ///< Of the child; negative: it may commit for ever.

int BeforeCommit(void*) {
  if (commits_left > 0 && --commits_left == 0) _exit(kCrashed);
  return 0;
}

/// Called by SQLite for each connection that is opened.
int Watch(sqlite3* connection, char**, const sqlite3_api_routines*) {
  sqlite3_commit_hook(connection, &BeforeCommit, nullptr);
  return SQLITE_OK;
}

/// Opens the study in a child that ends just before commit `k` of `edit`.
int CrashAt(const std::string& study, int k, const std::function<void(Store&)>& edit) {
  const pid_t child = fork();
  if (child == 0) {
    try {
      sqlite3_auto_extension(reinterpret_cast<void (*)()>(&Watch));
      auto store = Store::Open(study, ToyOptions(static_cast<std::uint64_t>(k) + 100));
      commits_left = k;
      edit(*store);
      _exit(kFinished);
    } catch (...) {
      _exit(kFailed);
    }
  }
  int status = 0;
  waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

void AddMany(Store& store) {
  Store::Group group(store, {"test.group", Say("Many codes"), {}});
  for (int i = 0; i < kRuns; ++i) {
    store.Run({"test.code", Say("Add a code"), {}}, [&](Writing& writing) { EnsureCode(writing, "many " + std::to_string(i)); });
  }
  group.Close();
}

class CrashTest : public ::testing::Test {
 protected:
  /// A study with one code, and what `before` does to it.
  std::string Fresh(int k, const std::function<void(Store&)>& before) {
    const std::string study = folder_.path(std::to_string(k) + ".meerstem");
    auto store = Store::Create(study, ToyOptions());
    store->Run({"test.code", Say("Add a code"), {}}, [](Writing& writing) { EnsureCode(writing, "first"); });
    before(*store);
    return study;
  }
  /// How many of the group's codes stand after the next opening; the file is whole and the first code is there.
  int Standing(const std::string& study) {
    auto store = Store::Open(study, ToyOptions(7));
    for (const auto& fault : store->Check()) ADD_FAILURE() << fault;
    EXPECT_EQ(store->Read()->Number("SELECT count(*) FROM code WHERE name = 'first'"), 1);
    return static_cast<int>(store->Read()->Number("SELECT count(*) FROM code WHERE name LIKE 'many %'"));
  }
  /// Crashes at every commit of `edit` in turn, and hands what stood afterwards to `judge`; returns the commits there were.
  int AtEveryCommit(const std::function<void(Store&)>& before, const std::function<void(Store&)>& edit, const std::function<void(int k, int standing)>& judge) {
    for (int k = 1; k < 100; ++k) {
      SCOPED_TRACE("before commit " + std::to_string(k));
      const std::string study = Fresh(k, before);
      const int ended = CrashAt(study, k, edit);
      if (ended == kFinished) return k - 1;
      EXPECT_EQ(ended, kCrashed);
      judge(k, Standing(study));
      if (HasFailure()) break;
    }
    return 0;
  }
  TestFolder folder_;
};

TEST_F(CrashTest, AGroupThatWasBrokenOffIsTakenBackWhole) {
  const int commits = AtEveryCommit([](Store&) {}, &AddMany, [](int, int standing) { EXPECT_EQ(standing, 0); });
  EXPECT_EQ(commits, kRuns + 2) << "the group's beginning, its runs, its close";
}

TEST_F(CrashTest, AnUndoThatWasBrokenOffIsFinished) {
  int untouched = 0;
  const int commits = AtEveryCommit(&AddMany, [](Store& store) { store.Undo({}); }, [&](int k, int standing) {
    // Before anything of it was committed, it has not begun.
    untouched += standing == kRuns;
    if (standing != 0) {
      EXPECT_EQ(standing, kRuns);
      EXPECT_LE(k, 2);
    }
  });
  EXPECT_GE(commits, kRuns);
  EXPECT_GE(untouched, 1);
}

TEST_F(CrashTest, ARedoThatWasBrokenOffGoesWhole) {
  const auto undone = [](Store& store) {
    AddMany(store);
    store.Undo({});
  };
  const int commits = AtEveryCommit(undone, [](Store& store) { store.Redo({}); }, [](int, int standing) { EXPECT_EQ(standing, 0); });
  EXPECT_GE(commits, kRuns);
}

}  // namespace
}  // namespace meerstem::testing
