#include "core/view/column_fit.h"

#include <gtest/gtest.h>

#include <numeric>

namespace meerstem::view {
namespace {

using Lines = std::vector<std::vector<std::string>>;

double Sum(const std::vector<double>& shares) { return std::accumulate(shares.begin(), shares.end(), 0.0); }

TEST(ColumnFit, ThePageIsFilledAndNoShortWordIsBroken) {
  const Lines lines{{"Code", "Count"}, {"Trust", "12"}, {"Neighbourhood", "3"}};
  const ColumnFit fit(lines);
  const auto shares = fit.Shares({0, 1});
  EXPECT_NEAR(Sum(shares), 1, 1e-6);
  EXPECT_GE(shares[0] * ColumnFit::kPage, fit.Least(0));
  EXPECT_GE(fit.Least(0), 13) << "thirteen letters and the margins";
  EXPECT_GE(shares[1] * ColumnFit::kPage, fit.Least(1));
}

TEST(ColumnFit, WhatIsLeftGoesToTheColumnThatMakesTheTableLong) {
  Lines lines{{"Code", "Quotes", "Definition"}};
  for (int i = 0; i < 30; ++i) lines.push_back({"Trust and time", "12", std::string(40, 'a') + " " + std::string(8, 'b') + std::string(20 * 8, ' ') + "c"});
  lines[1][2].clear();
  const ColumnFit fit(lines);
  const auto shares = fit.Shares({0, 1, 2});
  EXPECT_GT(shares[2], 0.6);
  EXPECT_LT(shares[1], 0.2);
}

TEST(ColumnFit, OfTwoLongColumnsTheLongerIsTheWider) {
  Lines lines{{"One", "Other"}};
  std::string words;
  for (int i = 0; i < 40; ++i) words += "word ";
  for (int i = 0; i < 10; ++i) lines.push_back({words, words + words + words});
  const auto shares = ColumnFit(lines).Shares({0, 1});
  EXPECT_GT(shares[1], 1.7 * shares[0]);
  EXPECT_GT(shares[0], 0.12);
}

TEST(ColumnFit, AWordWithoutEndLeavesRoomForTheOthers) {
  const ColumnFit fit({{"A", "B"}, {std::string(500, 'x'), "word"}});
  EXPECT_LT(fit.Least(0), 35);
  EXPECT_GE(fit.Shares({0, 1})[1] * ColumnFit::kPage, fit.Least(1));
  const ColumnFit paths({{"A"}, {"Relatie/Vertrouwen/Tijd-en-nabijheid"}});
  EXPECT_LT(paths.Least(0), 20) << "broken behind a stroke";
}

TEST(ColumnFit, WhereNotEverythingFitsOnlyTheLongestWordsAreBroken) {
  Lines lines(2, std::vector<std::string>(7, "thirteen-long"));
  lines[1][3] = "twentysixletterslongatonce";
  std::vector<std::size_t> all(7);
  std::iota(all.begin(), all.end(), std::size_t{0});
  const ColumnFit fit(lines);
  ASSERT_GT(fit.Least(all), ColumnFit::kPage);
  const auto shares = fit.Shares(all);
  EXPECT_NEAR(shares[0] * ColumnFit::kPage, std::min(fit.Least(0), shares[3] * ColumnFit::kPage), 1e-6);
  EXPECT_LT(shares[3] * ColumnFit::kPage, fit.Least(3));
}

TEST(ColumnFit, MoreThanAPageIsSqueezedByTheSameShare) {
  Lines lines(2);
  for (int i = 0; i < 20; ++i) {
    lines[0].push_back("Heading");
    lines[1].push_back("1");
  }
  std::vector<std::size_t> all(20);
  std::iota(all.begin(), all.end(), std::size_t{0});
  const auto shares = ColumnFit(lines).Shares(all);
  EXPECT_NEAR(Sum(shares), 1, 1e-6);
  EXPECT_NEAR(shares.front(), shares.back(), 1e-6);
}

}  // namespace
}  // namespace meerstem::view
