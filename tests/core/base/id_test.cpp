#include "core/base/id.h"

#include <algorithm>
#include <thread>
#include <unordered_set>
#include <vector>

#include <gtest/gtest.h>

namespace meerstem {
namespace {

TEST(Id, TextAndBack) {
  const Id id = *ParseId("0190d3A0-1b2c-7def-8123-456789ABCDEF");
  EXPECT_EQ(ToString(id), "0190d3a0-1b2c-7def-8123-456789abcdef");
  EXPECT_EQ(ParseId("{" + ToString(id) + "}"), id);
  for (const char* wrong : {"", "0190d3a0", "0190d3a0-1b2c-7def-8123-456789abcdeg", "0190d3a0x1b2c-7def-8123-456789abcdef", "{0190d3a0-1b2c-7def-8123-456789abcdef"}) {
    EXPECT_FALSE(ParseId(wrong)) << wrong;
  }
}

TEST(Id, RiseWhileTheClockStandsStillAndRunsBack) {
  const auto clock = std::make_shared<FixedClock>(1'700'000'000'000);
  IdSource ids(clock, 42);
  Id last;
  for (int i = 0; i < 600000; ++i) {  // More than the counter of one millisecond holds.
    if (i == 400000) clock->Set(1'600'000'000'000);
    if (i == 500000) clock->Set(1'700'000'900'000);
    const Id next = ids.Next();
    ASSERT_LT(last, next) << i;
    last = next;
  }
}

TEST(Id, VersionVariantAndTime) {
  IdSource ids(std::make_shared<FixedClock>(0x0190d3a01b2c), 1);
  const std::string text = ToString(ids.Next());
  EXPECT_EQ(text.substr(0, 13), "0190d3a0-1b2c");
  EXPECT_EQ(text[14], '7');
  EXPECT_NE(std::string("89ab").find(text[19]), std::string::npos);
}

TEST(Id, ASeedRepeatsAndOthersDiffer) {
  const auto clock = std::make_shared<FixedClock>();
  IdSource a(clock, 5), b(clock, 5), c(clock, 6);
  const Id first = a.Next();
  EXPECT_EQ(first, b.Next());
  EXPECT_NE(first, c.Next());
}

TEST(Id, UniqueOverThreads) {
  IdSource ids(std::make_shared<SystemClock>());
  std::vector<std::vector<Id>> made(4);
  std::vector<std::thread> threads;
  for (auto& mine : made) {
    threads.emplace_back([&ids, &mine] {
      for (int i = 0; i < 50000; ++i) mine.push_back(ids.Next());
    });
  }
  for (auto& thread : threads) thread.join();
  std::unordered_set<Id> all;
  for (const auto& mine : made) {
    EXPECT_TRUE(std::is_sorted(mine.begin(), mine.end()));
    all.insert(mine.begin(), mine.end());
  }
  EXPECT_EQ(all.size(), 200000u);
}

}  // namespace
}  // namespace meerstem
