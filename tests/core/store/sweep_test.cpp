#include "core/store/sweep.h"

#include <gtest/gtest.h>

#include <cstring>
#include <stdexcept>
#include <thread>

#include "tests/support/test_study.h"

namespace meerstem {
namespace {

class Sweeps : public ::testing::Test {
 protected:
  Sweeps() : database(":memory:", Database::Mode::kCreate) {
    database.Script("CREATE TABLE t (id BLOB, n INTEGER, word TEXT)");
    for (int i = 1; i <= 3; ++i) {
      Id id;
      id.bytes[15] = static_cast<std::uint8_t>(i);
      database.Do("INSERT INTO t VALUES (?, ?, ?)", id, 10 * i, i == 2 ? "" : "w" + std::to_string(i));
    }
    database.Do("INSERT INTO t VALUES (NULL, NULL, NULL)");
    database.ForgetReads();
  }
  Database database;
};

TEST_F(Sweeps, SeeEveryRowAndTellWhatTheyRead) {
  std::string seen;
  Sweep(database, "id, n, word", "FROM t", [&](const SweptRow& row) {
    const auto* id = row.IdBytes(0);
    seen += (id ? std::to_string(id[15]) : "-") + ":" + std::to_string(row.Int(1)) + ":" + std::string(row.View(2)) + " ";
    EXPECT_EQ(row.IdBytes(2), nullptr) << "a word is no id";
  });
  EXPECT_EQ(seen, "1:10:w1 2:20: 3:30:w3 -:0: ");
  EXPECT_EQ(database.reads(), std::set<std::string>{"t"});
}

TEST_F(Sweeps, EndWithWhatTheVisitThrew) {
  int seen = 0;
  const auto sweep = [&] {
    Sweep(database, "n", "FROM t", [&](const SweptRow&) {
      if (++seen == 2) throw std::runtime_error("enough");
    });
  };
  EXPECT_THROW(sweep(), std::runtime_error);
  EXPECT_EQ(seen, 2);
  Sweep(database, "n", "FROM t", [&](const SweptRow&) { ++seen; });
  EXPECT_EQ(seen, 6) << "and the next one is whole";
}

/// A file as a study has it: with a log beside it, and a journal that numbers every change.
class Halves : public ::testing::Test {
 protected:
  Halves() {
    writer.Script("PRAGMA journal_mode = WAL; CREATE TABLE journal (seq INTEGER PRIMARY KEY); CREATE TABLE t (n INTEGER)");
    for (int i = 1; i <= 9; ++i) writer.Do("INSERT INTO t VALUES (?)", i);
    reader.Share(std::make_shared<Derived>());
  }
  /// What both halves saw, with the threads that saw it.
  std::vector<std::int64_t> Numbers() {
    std::vector<std::int64_t> first, second;
    SweepHalves(
        reader, "n", "t",
        [&](const SweptRow& row) {
          first.push_back(row.Int(0));
          first_thread = std::this_thread::get_id();
        },
        [&](const SweptRow& row) {
          second.push_back(row.Int(0));
          second_thread = std::this_thread::get_id();
        },
        1);
    EXPECT_FALSE(first.empty() || second.empty());
    first.insert(first.end(), second.begin(), second.end());
    return first;
  }
  testing::TestFolder folder;
  Database writer{folder.path("t.db"), Database::Mode::kCreate};
  Database reader{folder.path("t.db"), Database::Mode::kRead};
  std::thread::id first_thread, second_thread;
  const std::vector<std::int64_t> kAll{1, 2, 3, 4, 5, 6, 7, 8, 9};
};

TEST_F(Halves, GoBesideEachOtherOverOneMoment) {
  reader.Do("BEGIN");
  EXPECT_EQ(Numbers(), kAll);
  EXPECT_NE(first_thread, second_thread);
  // Another connection would see the tenth already.
  writer.Do("INSERT INTO t VALUES (10)");
  writer.Do("INSERT INTO journal DEFAULT VALUES");
  EXPECT_EQ(Numbers(), kAll);
  EXPECT_EQ(first_thread, second_thread);
  reader.Do("COMMIT");
}

TEST_F(Halves, StayOnOneThreadWhereNothingHoldsTheMoment) {
  EXPECT_EQ(Numbers(), kAll);
  EXPECT_EQ(first_thread, second_thread);
}

TEST_F(Halves, EndWithWhatEitherThrew) {
  reader.Do("BEGIN");
  const auto throws = [](const SweptRow&) { throw std::runtime_error("enough"); };
  const auto looks = [](const SweptRow&) {};
  EXPECT_THROW(SweepHalves(reader, "n", "t", throws, looks, 1), std::runtime_error);
  EXPECT_THROW(SweepHalves(reader, "n", "t", looks, throws, 1), std::runtime_error);
  reader.Do("COMMIT");
}

TEST_F(Sweeps, AreNotToBeCalledFromElsewhere) {
  EXPECT_ANY_THROW(database.Number("SELECT meerstem_sweep(n) FROM t"));
  EXPECT_ANY_THROW(database.Script("CREATE VIEW v AS SELECT meerstem_sweep(n) FROM t; SELECT * FROM v;"));
}

}  // namespace
}  // namespace meerstem
