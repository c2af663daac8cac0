#include "core/store/sweep.h"

#include <gtest/gtest.h>

#include <cstring>
#include <stdexcept>

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

TEST_F(Sweeps, AreNotToBeCalledFromElsewhere) {
  EXPECT_ANY_THROW(database.Number("SELECT meerstem_sweep(n) FROM t"));
  EXPECT_ANY_THROW(database.Script("CREATE VIEW v AS SELECT meerstem_sweep(n) FROM t; SELECT * FROM v;"));
}

}  // namespace
}  // namespace meerstem
