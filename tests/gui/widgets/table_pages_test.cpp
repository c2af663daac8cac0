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

/// A worker that works when it is told to.
class TablePagesTest : public ::testing::Test {
 protected:
  TablePages::Ask Asker() {
    return [this](auto look, auto answered) {
      auto asked = std::make_shared<int>(0);
      asked_.push_back({std::move(look), std::move(answered), asked});
      return std::shared_ptr<void>(asked);
    };
  }
  std::function<void(std::size_t, std::size_t)> Noting() {
    return [this](std::size_t first, std::size_t count) { arrived_.emplace_back(first, count); };
  }
  void Work() {
    for (auto& question : std::exchange(asked_, {})) {
      if (question.asker.expired()) continue;
      Job job;
      try {
        question.look(*study_.store().Read(), job);
        if (const auto asker = question.asker.lock()) question.answered(nullptr);
      } catch (const Error& error) {
        question.answered(&error);
      }
    }
  }
  std::string KeyAt(TablePages& pages, std::size_t index) {
    if (!pages.At(index)) Work();
    const view::Row* row = pages.At(index);
    return row ? row->key : "not there";
  }

  struct Question {
    std::function<void(Reading&, Job&)> look;
    std::function<void(const Error*)> answered;
    std::weak_ptr<int> asker;
  };
  meerstem::testing::TestStudy study_{{}};
  std::vector<Question> asked_;
  std::vector<std::pair<std::size_t, std::size_t>> arrived_;
};

TEST_F(TablePagesTest, AMillionRowsCostNothingUntilSeen) {
  TablePages pages(std::make_shared<CountedRows>(1'000'000), Asker(), Noting());
  EXPECT_EQ(pages.Count(), 1'000'000u);
  EXPECT_EQ(pages.fetched(), 0u);
  EXPECT_EQ(pages.At(999'999), nullptr);
  EXPECT_EQ(KeyAt(pages, 999'999), "k999999");
  EXPECT_EQ(arrived_, (std::vector<std::pair<std::size_t, std::size_t>>{{999'936, 64}}));
  EXPECT_EQ(KeyAt(pages, 999'998), "k999998");
  EXPECT_EQ(pages.fetched(), 1u);
  EXPECT_EQ(KeyAt(pages, 1'000'000), "");
  for (std::size_t page = 0; page < TablePages::kKeptPages + 5; ++page) KeyAt(pages, page * TablePages::kPageSize);
  const std::size_t before = pages.fetched();
  EXPECT_EQ(KeyAt(pages, (TablePages::kKeptPages + 4) * TablePages::kPageSize + 1), "k" + std::to_string((TablePages::kKeptPages + 4) * TablePages::kPageSize + 1));
  EXPECT_EQ(pages.fetched(), before);
  KeyAt(pages, 0);  // Let go by now, fetched again.
  EXPECT_EQ(pages.fetched(), before + 1);
}

TEST_F(TablePagesTest, OfWhatIsScrolledByOnlyTheNewestIsFetched) {
  TablePages pages(std::make_shared<CountedRows>(1'000'000), Asker(), Noting());
  for (std::size_t page = 0; page < 1000; ++page) pages.At(page * TablePages::kPageSize);
  Work();
  Work();
  Work();
  EXPECT_EQ(pages.fetched(), 1 + TablePages::kWantedPages);
  EXPECT_NE(pages.At(999 * TablePages::kPageSize), nullptr);
}

TEST_F(TablePagesTest, WhatIsAskedForTogetherComesInOneLook) {
  TablePages pages(std::make_shared<CountedRows>(1000), Asker(), Noting());
  int there = 0;
  pages.Bring({0, 5, 300}, [&] { ++there; });
  EXPECT_EQ(there, 0);
  ASSERT_EQ(asked_.size(), 1u);
  Work();
  EXPECT_EQ(there, 1);
  EXPECT_EQ(pages.At(300)->key, "k300");
  pages.Bring({1, 301}, [&] { ++there; });
  EXPECT_EQ(there, 2);  // At hand: at once.
  // A newer question takes the place of the older.
  pages.Bring({500}, [&] { there += 10; });
  pages.Bring({900}, [&] { there += 100; });
  Work();
  EXPECT_EQ(there, 102);
}

TEST_F(TablePagesTest, PagesThatAreGoneAreNotAnswered) {
  {
    TablePages pages(std::make_shared<CountedRows>(1000), Asker(), Noting());
    pages.At(0);
  }
  Work();
  EXPECT_TRUE(arrived_.empty());
}

TEST_F(TablePagesTest, FindsAKeyOnEitherSideOfTheHint) {
  const TablePages pages(std::make_shared<CountedRows>(1000), nullptr, {});
  EXPECT_EQ(pages.Find("k10", 500), 10u);
  EXPECT_EQ(pages.Find("k990", 500), 990u);
  EXPECT_EQ(pages.Find("k0", 5000), 0u);
  EXPECT_EQ(pages.Find("none"), 1000u);
}

TEST_F(TablePagesTest, AFailingPageShowsEmptyRowsAndSaysWhy) {
  struct Failing final : view::Rows {
    std::size_t Count() const override { return 10; }
    std::string Key(std::size_t) const override { return "k"; }
    std::vector<view::Row> Page(Reading&, std::size_t, std::size_t) const override { throw Refuse("The study is closed."); }
  };
  TablePages pages(std::make_shared<Failing>(), Asker(), Noting());
  EXPECT_EQ(KeyAt(pages, 3), "");
  EXPECT_EQ(pages.fault().id, "The study is closed.");
}

TEST_F(TablePagesTest, RowsApartAreReadInRuns) {
  std::vector<std::string> keys;
  Job job;
  ReadRows(CountedRows(1000), *study_.store().Read(), job, {1, 2, 3, 500, 900}, [&](const view::Row& row) { keys.push_back(row.key); });
  EXPECT_EQ(keys, (std::vector<std::string>{"k1", "k2", "k3", "k500", "k900"}));
}

}  // namespace
}  // namespace meerstem::gui
