#include <cmath>

#include <gtest/gtest.h>

#include "core/statistics/agreement.h"
#include "core/statistics/association.h"
#include "core/statistics/contingency.h"
#include "core/statistics/mcnemar.h"
#include "core/statistics/multiplicity.h"
#include "core/statistics/overlap.h"
#include "core/statistics/proportion.h"
#include "core/statistics/random.h"
#include "core/statistics/resampling.h"
#include "core/statistics/sign.h"
#include "core/statistics/square.h"
#include "core/statistics/sums.h"
#include "core/statistics/unitizing.h"
#include "core/statistics/wilcoxon.h"

namespace meerstem::statistics {
namespace {

TEST(Proportion, WhatCannotBeAShareIsUndefined) {
  EXPECT_FALSE(Wilson(0, 0));
  EXPECT_FALSE(Wilson(-1, 5));
  EXPECT_FALSE(Wilson(6, 5));
  EXPECT_FALSE(Wilson(1, 5, 1.0));
  EXPECT_FALSE(ClopperPearson(1, 0));
}

TEST(Proportion, IntervalsMirror) {
  const auto some = *Wilson(3, 17), rest = *Wilson(14, 17);
  EXPECT_NEAR(some.low, 1 - rest.high, 1e-12);
  EXPECT_NEAR(ClopperPearson(3, 17)->high, 1 - ClopperPearson(14, 17)->low, 1e-12);
  EXPECT_EQ(Wilson(5, 5)->high, 1);
  EXPECT_NEAR(Wilson(500'000'000, 1'000'000'000)->low, 0.5 - 1.959963984540054 * 0.5 / std::sqrt(1e9), 1e-9);
}

TEST(Sign, SidesAddUp) {
  const auto greater = *TestSigns(9, 3, 4, Sides::kGreater), less = *TestSigns(9, 3, 4, Sides::kLess), two = *TestSigns(9, 3, 4);
  EXPECT_NEAR(greater.p_exact, 299.0 / 4096, 1e-12) << "(1 + 12 + 66 + 220) / 2¹²";
  EXPECT_NEAR(two.p_exact, 2 * greater.p_exact, 1e-12);
  EXPECT_NEAR(greater.p_mid + less.p_mid, 1, 1e-12);
  EXPECT_FALSE(TestSigns(0, 0, 0));
  EXPECT_TRUE(TestSigns(0, 0, 3)->degenerate);
}

TEST(SignedRank, TheDroppedAndTheRankedZerosAgreeWithoutZeros) {
  const std::vector<double> d = {3, -1, 2, 2, -5, 7};
  const auto pratt = *TestSignedRanks(d, Zeros::kPratt), drop = *TestSignedRanks(d, Zeros::kDrop);
  EXPECT_EQ(pratt.w_plus, drop.w_plus);
  EXPECT_EQ(pratt.p_exact, drop.p_exact);
  const double greater = *TestSignedRanks(d, Zeros::kPratt, Sides::kGreater)->p_exact, less = *TestSignedRanks(d, Zeros::kPratt, Sides::kLess)->p_exact;
  EXPECT_GT(greater + less, 1) << "both hold the observed point";
  EXPECT_NEAR(*pratt.p_exact, 2 * std::min(greater, less), 1e-12);
}

/// R 4: wilcox.test(c(-2, 0, 0, -1), alternative =, exact = FALSE, correct = TRUE), and of c(2, -2).
TEST(SignedRank, TheContinuityCorrectionGoesAgainstTheChosenSide) {
  const auto corrected = [](const std::vector<double>& d, Sides sides) { return *TestSignedRanks(d, Zeros::kDrop, sides)->p_corrected; };
  EXPECT_NEAR(corrected({-2, 0, 0, -1}, Sides::kGreater), 0.96318086494, 1e-10);
  EXPECT_NEAR(corrected({-2, 0, 0, -1}, Sides::kLess), 0.185546684761, 1e-10);
  EXPECT_NEAR(corrected({-2, 0, 0, -1}, Sides::kTwo), 0.371093369523, 1e-10);
  EXPECT_NEAR(corrected({2, -2}, Sides::kGreater), 0.681324055883, 1e-10);
}

TEST(SignedRank, ManyPairsHaveAnExactPNearTheAsymptoticOne) {
  std::vector<double> d;
  for (int i = 1; i <= 1000; ++i) d.push_back(i % 2 ? i : -i);
  const auto test = *TestSignedRanks(d);
  EXPECT_NEAR(*test.p_exact, *test.p_asymptotic, 1e-3);
  d.push_back(1001);
  EXPECT_FALSE(TestSignedRanks(d)->p_exact);
  EXPECT_TRUE(TestSignedRanks(d)->p_asymptotic);
}

TEST(McNemar, IntervalsMirrorAndHold) {
  const PairedTable one{10, 7, 2, 30}, other{10, 2, 7, 30};
  EXPECT_NEAR(Tango(one)->low, -Tango(other)->high, 1e-9);
  EXPECT_NEAR(Newcombe(one)->low, -Newcombe(other)->high, 1e-12);
  EXPECT_LT(Tango(one, 0.9)->high, Tango(one, 0.99)->high);
  EXPECT_NEAR(Tango({5, 0, 0, 5})->low, -Tango({5, 0, 0, 5})->high, 1e-9) << "nobody changed: around 0, not a point";
  EXPECT_GT(Tango({5, 0, 0, 5})->high, 0.2);
}

TEST(Square, WhatIsNoTableIsUndefined) {
  EXPECT_FALSE(TestMargins({}));
  EXPECT_FALSE(TestMargins({{3}}));
  EXPECT_FALSE(TestMargins({{1, 2}, {3}}));
  EXPECT_FALSE(TestMargins({{1, -2}, {3, 4}}));
  EXPECT_FALSE(TestSymmetry({{0, 0}, {0, 0}}));
  EXPECT_TRUE(TestMargins({{4, 0}, {0, 3}})->degenerate);
  EXPECT_EQ(TestMargins({{4, 0}, {0, 3}})->df, 0);
  EXPECT_EQ(TestMargins({{4, 0}, {0, 3}})->bhapkar_p, 1.0) << "S = 0 is far from n";
  EXPECT_FALSE(TestMargins({{0, 5}, {0, 0}})->bhapkar) << "all changed one way: S = n";
}

TEST(Square, TwoByTwoIsMcNemar) {
  const auto margins = *TestMargins({{4, 9}, {2, 5}});
  EXPECT_NEAR(margins.stuart, 49.0 / 11, 1e-12);
  EXPECT_NEAR(TestSymmetry({{4, 9}, {2, 5}})->statistic, 49.0 / 11, 1e-12);
}

TEST(Square, DrawsComeNearTheAsymptoticPAndStayTheSame) {
  const Counts vision = {{0, 266, 124, 66}, {234, 0, 432, 78}, {117, 362, 0, 205}, {36, 82, 179, 0}};
  const auto drawn = *FlipSymmetry(vision, 7, 9'999);
  EXPECT_FALSE(drawn.exact);
  EXPECT_NEAR(drawn.p, TestSymmetry(vision)->p, 0.003);
  EXPECT_EQ(drawn.p, FlipSymmetry(vision, 7, 9'999)->p);
  EXPECT_FALSE(FlipSymmetry({{0, 100'000}, {1, 0}}, 1));
}

TEST(SignFlip, AHouseholdIsOneWitness) {
  const std::vector<double> d = {1, 1, 1, 1, 1, 1};
  EXPECT_NEAR(FlipSigns(d, {}, 1)->p, 2.0 / 64, 1e-12);
  EXPECT_NEAR(FlipSigns(d, {1, 1, 2, 2, 3, 3}, 1)->p, 2.0 / 8, 1e-12);
  EXPECT_NEAR(FlipSigns(d, {1, 1, 2, 2, 3, 3}, 1, Sides::kGreater)->p, 1.0 / 8, 1e-12);
  EXPECT_FALSE(FlipSigns({}, {}, 1));
  EXPECT_FALSE(FlipSigns(d, {1, 2}, 1));
}

TEST(SignFlip, DrawsComeNearTheExactP) {
  std::vector<double> whole, broken;
  for (int i = 1; i <= 40; ++i) {
    whole.push_back(i % 3 ? i : -i);
    broken.push_back(whole.back() + 1e-4 * std::sqrt(i));
  }
  const auto exact = *FlipSigns(whole, {}, 5), drawn = *FlipSigns(broken, {}, 5, Sides::kTwo, 20'000);
  EXPECT_TRUE(exact.exact);
  EXPECT_FALSE(drawn.exact);
  EXPECT_NEAR(exact.p, drawn.p, 0.01);
}

TEST(Bootstrap, TheSameSeedGivesTheSameSamples) {
  const std::vector<double> data = {1, 2, 3, 5, 8, 13, 21};
  EXPECT_EQ(Bootstrap(data, &Mean, 3, 500), Bootstrap(data, &Mean, 3, 500));
  EXPECT_NE(Bootstrap(data, &Mean, 3, 500), Bootstrap(data, &Mean, 4, 500));
  const auto intervals = *IntervalsFrom(data, &Mean, Bootstrap(data, &Mean, 3, 9'999));
  ASSERT_TRUE(intervals.bca);
  EXPECT_LT(intervals.bca->low, intervals.t0);
  EXPECT_GT(intervals.bca->high, intervals.t0);
  EXPECT_GT(*intervals.acceleration, 0) << "skewed to the right";
  EXPECT_FALSE(IntervalsFrom({4, 4, 4}, &Mean, {4, 4, 4, 4}));
  EXPECT_FALSE(IntervalsFrom(data, &Mean, {9, 10, 11})->bca) << "all on one side of the mean";
}

TEST(Bootstrap, AllSamplesAgreeWithDraws) {
  const std::vector<double> data = {-2, -1, 0, 1, -1, 4};
  const auto all = *AllMeans(data);
  const auto drawn = Bootstrap(data, &Mean, 11, 20'000);
  double below = 0;
  for (const double mean : drawn) below += mean < -1e-12;
  EXPECT_NEAR(all.below_zero, below / 20'000, 0.01);
  EXPECT_NEAR(all.samples, 46'656, 1e-6);
}

TEST(Association, KendallCountsWhatPairByPairCountingFinds) {
  Random random(9);
  std::vector<double> x, y;
  for (int i = 0; i < 60; ++i) {
    x.push_back(static_cast<double>(random.Below(5)));
    y.push_back(static_cast<double>(random.Below(4)) + x.back() / 2);
  }
  double s = 0, in_x = 0, in_y = 0, pairs = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      const double product = (x[i] - x[j]) * (y[i] - y[j]);
      s += (product > 0) - (product < 0);
      in_x += x[i] == x[j];
      in_y += y[i] == y[j];
      ++pairs;
    }
  }
  EXPECT_NEAR(KendallTau(x, y)->tau_b, s / std::sqrt((pairs - in_x) * (pairs - in_y)), 1e-12);
  EXPECT_FALSE(KendallTau(x, y)->p_exact);
  EXPECT_FALSE(KendallTau({1}, {2}));
  EXPECT_FALSE(SpearmanRho({1, 2}, {1}));
  EXPECT_NEAR(SpearmanRho({1, 2, 3}, {3, 2, 1})->rho, -1, 1e-12);
  EXPECT_EQ(SpearmanRho({1, 2, 3}, {3, 2, 1})->p_t, 0);
}

TEST(Contingency, FisherExactByHandAndByDrawing) {
  // 2 × 3 with margins 3, 3 and 2, 2, 2: 20 ways; the tables as likely as the one seen or less are {2 1 0}-like: 6 × 2 of 20.
  EXPECT_NEAR(TestFisher({{2, 1, 0}, {0, 1, 2}}, 1)->p, 12.0 / 20, 1e-12);
  EXPECT_NEAR(TestFisher({{2, 0}, {1, 0}, {0, 4}}, 1)->p, 1.0 / 35, 1e-12) << "the empty column counts for nothing";
  Counts large(6, std::vector<std::int64_t>(6));
  for (int i = 0; i < 6; ++i) {
    for (int j = 0; j < 6; ++j) large[static_cast<std::size_t>(i)][static_cast<std::size_t>(j)] = 40 + (i * j * 7) % 11;
  }
  const auto drawn = *TestFisher(large, 1, 4'000);
  EXPECT_FALSE(drawn.exact);
  EXPECT_NEAR(drawn.p, TestIndependence(large)->p, 0.03);
  EXPECT_EQ(drawn.p, TestFisher(large, 1, 4'000)->p);
  EXPECT_FALSE(TestFisher({{1, 2}, {0, 0}}, 1));
}

TEST(Contingency, UndefinedWhereOneRowOrColumnIsLeft) {
  EXPECT_FALSE(TestIndependence({}));
  EXPECT_FALSE(TestIndependence({{0, 0}, {0, 0}}));
  EXPECT_FALSE(TestIndependence({{1, 0}, {2, 0}}));
  EXPECT_FALSE(TestIndependence({{1, 2}, {3}}));
  EXPECT_FALSE(TestIndependence({{1, 0}, {0, 1}})->v_corrected) << "two units leave nothing to correct with";
}

TEST(Multiplicity, NothingToAdjust) {
  EXPECT_TRUE(Holm({}).empty());
  EXPECT_EQ(Holm({std::nullopt, 0.2})[1], 0.2);
  EXPECT_FALSE(BenjaminiHochberg({std::nullopt, 0.2})[0]);
}

TEST(Overlap, CountsThatCannotBeAreUndefined) {
  EXPECT_FALSE(MeasureOverlap(3, 2, 3, 10));
  EXPECT_FALSE(MeasureOverlap(6, 6, 1, 10));
  EXPECT_FALSE(MeasureOverlap(0, 0, 0, 0));
  EXPECT_FALSE(MeasureOverlap(0, 0, 0, 5)->jaccard);
  EXPECT_FALSE(MeasureOverlap(0, 4, 0, 5)->phi);
}

TEST(Unitizing, SymmetricAndUndefined) {
  const std::vector<Unit> one = {{0, 4, "a"}, {6, 9, "b"}}, other = {{1, 4, "a"}, {20, 24, "b"}, {30, 31, "c"}};
  EXPECT_NEAR(ObservedDisorder(one, other)->total, ObservedDisorder(other, one)->total, 1e-12);
  EXPECT_EQ(ObservedDisorder(one, {})->total, 2);
  EXPECT_EQ(ObservedDisorder(one, one)->total, 0);
  EXPECT_FALSE(ObservedDisorder({}, {}));
  EXPECT_FALSE(ObservedDisorder({{4, 1, "a"}}, one));
}

TEST(Random, TheSameEverywhere) {
  Random random(20230614);
  std::vector<std::size_t> draws;
  for (int i = 0; i < 1000; ++i) draws.push_back(random.Below(6));
  for (const auto draw : draws) EXPECT_LT(draw, 6u);
  std::vector<int> counts(6);
  for (const auto draw : draws) ++counts[draw];
  for (const int count : counts) EXPECT_NEAR(count, 167, 50);
  std::mt19937_64 engine(20230614);
  EXPECT_EQ(draws[0], engine() % 6) << "no distribution of the library stands between";
  EXPECT_EQ(Random(1).Heads(0), 0);
}

TEST(Sums, ADieThrownTwice) {
  SumDistribution dice(100);
  std::vector<std::pair<double, double>> die;
  for (int i = 1; i <= 6; ++i) die.emplace_back(i, 1.0 / 6);
  ASSERT_TRUE(dice.Add(die) && dice.Add(die));
  EXPECT_NEAR(dice.AtLeast(11), 3.0 / 36, 1e-12);
  EXPECT_NEAR(dice.AtMost(2), 1.0 / 36, 1e-12);
  EXPECT_NEAR(dice.Mean(), 7, 1e-12);
  EXPECT_NEAR(dice.Variance(), 35.0 / 6, 1e-12);
  EXPECT_EQ(dice.Quantile(0.5), 7);
  SumDistribution few(3);
  EXPECT_FALSE(few.Add(die));
}

/// The units of a table of counts, rater by rater.
std::pair<std::vector<std::size_t>, std::vector<std::size_t>> UnitsOf(const std::vector<std::vector<int>>& table) {
  std::pair<std::vector<std::size_t>, std::vector<std::size_t>> units;
  for (std::size_t i = 0; i < table.size(); ++i) {
    for (std::size_t j = 0; j < table[i].size(); ++j) {
      units.first.insert(units.first.end(), static_cast<std::size_t>(table[i][j]), i);
      units.second.insert(units.second.end(), static_cast<std::size_t>(table[i][j]), j);
    }
  }
  return units;
}

TEST(Agreement, KappaIsThatOfThePublishedTables) {
  // Cohen 1960, p. 45, and p. 37.
  const auto [one, other] = UnitsOf({{88, 14, 18}, {10, 40, 10}, {2, 6, 12}});
  const auto first = CohenKappa(one, other);
  ASSERT_TRUE(first && first->kappa && first->error);
  EXPECT_NEAR(*first->kappa, .491525, 1e-6);
  EXPECT_NEAR(*first->error, .051002, 1e-6);
  EXPECT_EQ(first->agreed, 140);
  const auto [worse, than] = UnitsOf({{25, 12, 3}, {13, 2, 15}, {12, 16, 2}});
  const auto second = CohenKappa(worse, than);
  EXPECT_NEAR(second->observed, .29, 1e-12);
  EXPECT_NEAR(second->expected, .35, 1e-12);
  EXPECT_NEAR(*second->kappa, -0.0923076923076923, 1e-12);
  EXPECT_NEAR(*second->error, 0.056641436882514, 1e-9);
}

TEST(Agreement, IsUndefinedWhereChanceIsCertainAndWithoutUnits) {
  const auto same = CohenKappa({1, 1, 1}, {1, 1, 1});
  ASSERT_TRUE(same);
  EXPECT_EQ(same->agreed, 3);
  EXPECT_FALSE(same->kappa);
  EXPECT_FALSE(CohenKappa({}, {}));
  EXPECT_FALSE(CohenKappa({0}, {0, 1}));
  // One who never varies: no more than chance.
  EXPECT_DOUBLE_EQ(*CohenKappa({0, 1, 0, 1}, {0, 0, 0, 0})->kappa, 0);
}

}  // namespace
}  // namespace meerstem::statistics
