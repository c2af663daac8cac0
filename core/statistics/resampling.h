#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "core/statistics/distributions.h"
#include "core/statistics/proportion.h"

namespace meerstem::statistics {

/// Is the mean difference 0? Under that hypothesis each household's differences might as well have had the other sign;
/// differences of one household flip together. Exact over all sign patterns as long as their sums take at most a million
/// different values (always up to 20 households, and for whole numbers far beyond), else `draws` patterns with
/// p = (b + 1)/(B + 1). Sources: Fisher 1935, ch. 21; Phipson & Smyth 2010, SAGMB 9:39.
struct SignFlip {
  double mean = 0;
  double p = 1;
  bool exact = true;
  bool degenerate = false;  ///< No household differs from 0: p is 1 by convention.
};
/// `household[i]` says which household difference i belongs to; empty: each its own. Undefined: no differences, or as
/// many households as there are not differences.
std::optional<SignFlip> FlipSigns(const std::vector<double>& differences, const std::vector<std::size_t>& household, std::uint64_t seed,
                                  Sides sides = Sides::kTwo, int draws = 99'999);

using StatisticOf = std::function<double(const std::vector<double>&)>;
double Mean(const std::vector<double>& values);

/// `replicates` values of a statistic on samples of the same size drawn with replacement; the same for the same seed.
std::vector<double> Bootstrap(const std::vector<double>& data, const StatisticOf& statistic, std::uint64_t seed, int replicates = 9'999);

/// Intervals from bootstrap replicates t* of t0. percentile: their quantiles; basic: 2 t0 minus those; bca: quantiles at
/// levels Φ(z0 + (z0 + z)/(1 − a(z0 + z))), with z0 = Φ⁻¹(share of t* < t0) and the acceleration a = Σ L³ / (6 (Σ L²)^1.5)
/// of the jackknife influences L_i = (n−1)(t̄ − t_(−i)). A quantile at α interpolates between the order statistics
/// around (R + 1)α on the normal quantile scale.
/// Sources: Efron 1987, JASA 82, 171–185; Davison & Hinkley 1997, eq. 5.8 and ch. 5.3.
struct BootstrapIntervals {
  double t0 = 0;
  Interval percentile, basic;
  /// Undefined when all replicates lie on one side of t0, or the data have no spread.
  std::optional<double> z0, acceleration;
  std::optional<Interval> bca;
  double rank_low = 0, rank_high = 0;  ///< (R + 1)α of the BCa ends.
};
/// Undefined: fewer than 2 values or replicates, or all replicates equal: report the value without an interval.
std::optional<BootstrapIntervals> IntervalsFrom(const std::vector<double>& data, const StatisticOf& statistic, std::vector<double> replicates,
                                                double confidence = 0.95);

/// The whole bootstrap distribution of the mean: every one of n^n samples, by convolution.
struct ExhaustiveMean {
  double samples = 0;       ///< n^n
  double deviation = 0;     ///< Of the distribution itself.
  double below_zero = 0, zero = 0;  ///< P(mean < 0), P(mean = 0).
  double low = 0, high = 0; ///< Its quantiles at (1 ∓ confidence)/2, type 1.
};
/// Undefined: no data, or sums of more than a million different values.
std::optional<ExhaustiveMean> AllMeans(const std::vector<double>& data, double confidence = 0.95);

}  // namespace meerstem::statistics
