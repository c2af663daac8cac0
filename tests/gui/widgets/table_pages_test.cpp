#include "gui/widgets/table_pages.h"

#include <gtest/gtest.h>

#include "tests/support/test_study.h"

namespace meerstem::gui {
namespace {

struct CountedRows final : view::Rows {
  explicit CountedRows(std::size_t n) : count(n) {}
  std::size_t Count() const override { return count; }
  std::string Key(std::size_t index) const override { return "k" + std::to_string(index); }
  std::vector<view::Row> Page(Reading&, std::size_t first, std::size_t n) const override {
    std::vector<view::Row> rows;
    for (std::size_t i = first; i < std::min(count, first + n); ++i) rows.push_back({.key = Key(i)});
    return rows;
  }
  std::size_t count;
};

TEST(TablePagesTest, AMillionRowsCostNothingUntilSeen) {
  meerstem::testing::TestStudy study({});
  TablePages pages(std::make_shared<CountedRows>(1'000'000), [&] { return study.store().Read(); });
  EXPECT_EQ(pages.Count(), 1'000'000u);
  EXPECT_EQ(pages.fetched(), 0u);
  EXPECT_EQ(pages.At(999'999).key, "k999999");
  EXPECT_EQ(pages.At(999'998).key, "k999998");
  EXPECT_EQ(pages.fetched(), 1u);
  EXPECT_EQ(pages.At(1'000'000).key, "");
  for (std::size_t page = 0; page < TablePages::kKeptPages + 5; ++page) pages.At(page * TablePages::kPageSize);
  const std::size_t before = pages.fetched();
  EXPECT_EQ(pages.At((TablePages::kKeptPages + 4) * TablePages::kPageSize + 1).key, "k" + std::to_string((TablePages::kKeptPages + 4) * TablePages::kPageSize + 1));
  EXPECT_EQ(pages.fetched(), before);
  pages.At(0);  // Let go by now, fetched again.
  EXPECT_EQ(pages.fetched(), before + 1);
}

TEST(TablePagesTest, FindsAKeyOnEitherSideOfTheHint) {
  const TablePages pages(std::make_shared<CountedRows>(1000), nullptr);
  EXPECT_EQ(pages.Find("k10", 500), 10u);
  EXPECT_EQ(pages.Find("k990", 500), 990u);
  EXPECT_EQ(pages.Find("k0", 5000), 0u);
  EXPECT_EQ(pages.Find("none"), 1000u);
}

TEST(TablePagesTest, AFailingPageShowsEmptyRowsAndSaysWhy) {
  TablePages pages(std::make_shared<CountedRows>(10), []() -> std::unique_ptr<Reading> { throw Refuse("The study is closed."); });
  EXPECT_EQ(pages.At(3).key, "");
  EXPECT_EQ(pages.fault().id, "The study is closed.");
}

}  // namespace
}  // namespace meerstem::gui
