#include "core/statistics/resampling.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include "core/statistics/random.h"
#include "core/statistics/sums.h"

namespace meerstem::statistics {
namespace {

// Above 2^20, so that twenty households are always exact.
constexpr std::size_t kMostSums = 1'100'000;
/// Beyond, building the exact distribution takes longer than it is worth.
constexpr std::size_t kMostExactHouseholds = 2'000;

std::vector<double> HouseholdSums(const std::vector<double>& differences, const std::vector<std::size_t>& household) {
  if (household.empty()) return differences;
  std::map<std::size_t, double> sums;
  for (std::size_t i = 0; i < differences.size(); ++i) sums[household[i]] += differences[i];
  std::vector<double> all;
  for (const auto& [which, sum] : sums) all.push_back(sum);
  return all;
}

/// The quantile of sorted replicates at `alpha`.
double Interpolated(const std::vector<double>& sorted, double alpha) {
  const double count = static_cast<double>(sorted.size()), rank = (count + 1) * alpha, k = std::floor(rank);
  if (k < 1) return sorted.front();
  if (k >= count) return sorted.back();
  const auto at = static_cast<std::size_t>(k);
  if (rank == k) return sorted[at - 1];
  const double low = NormalQuantile(k / (count + 1)), high = NormalQuantile((k + 1) / (count + 1));
  return sorted[at - 1] + (NormalQuantile(alpha) - low) / (high - low) * (sorted[at] - sorted[at - 1]);
}

std::optional<double> Acceleration(const std::vector<double>& data, const StatisticOf& statistic) {
  std::vector<double> left_out(data.begin() + 1, data.end()), values;
  for (std::size_t i = 0; i < data.size(); ++i) {
    values.push_back(statistic(left_out));
    if (i + 1 < data.size()) left_out[i] = data[i];
  }
  const double mean = Mean(values);
  double squares = 0, cubes = 0;
  for (const double value : values) {
    const double influence = static_cast<double>(data.size() - 1) * (mean - value);
    squares += influence * influence;
    cubes += influence * influence * influence;
  }
  if (squares <= 0) return std::nullopt;
  return cubes / (6 * std::pow(squares, 1.5));
}

}  // namespace

double Mean(const std::vector<double>& values) { return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size()); }

std::optional<SignFlip> FlipSigns(const std::vector<double>& differences, const std::vector<std::size_t>& household, std::uint64_t seed, Sides sides, int draws) {
  if (differences.empty() || (!household.empty() && household.size() != differences.size())) return std::nullopt;
  SignFlip test;
  test.mean = Mean(differences);
  std::vector<double> sums = HouseholdSums(differences, household);
  std::erase(sums, 0.0);
  test.degenerate = sums.empty();
  if (test.degenerate) return test;
  const double observed = std::accumulate(sums.begin(), sums.end(), 0.0);
  SumDistribution distribution(kMostSums);
  test.exact = sums.size() <= kMostExactHouseholds;
  for (std::size_t i = 0; test.exact && i < sums.size(); ++i) test.exact = distribution.Add({{-std::fabs(sums[i]), 0.5}, {std::fabs(sums[i]), 0.5}});
  if (test.exact) {
    if (sides == Sides::kTwo) {
      test.p = std::min(1.0, distribution.AtLeast(std::fabs(observed)) + distribution.AtMost(-std::fabs(observed)));
    } else {
      test.p = sides == Sides::kGreater ? distribution.AtLeast(observed) : distribution.AtMost(observed);
    }
    return test;
  }
  Random random(seed);
  double reach = 0;
  for (const double sum : sums) reach += std::fabs(sum);
  const double slack = 1e-11 * reach;
  std::int64_t extreme = 0;
  for (int draw = 0; draw < draws; ++draw) {
    double sum = 0;
    for (const double part : sums) sum += random.Coin() ? part : -part;
    extreme += sides == Sides::kTwo ? std::fabs(sum) >= std::fabs(observed) - slack : sides == Sides::kGreater ? sum >= observed - slack : sum <= observed + slack;
  }
  test.p = static_cast<double>(extreme + 1) / static_cast<double>(draws + 1);
  return test;
}

std::vector<double> Bootstrap(const std::vector<double>& data, const StatisticOf& statistic, std::uint64_t seed, int replicates) {
  std::vector<double> values;
  if (data.empty()) return values;
  Random random(seed);
  std::vector<double> sample(data.size());
  for (int i = 0; i < replicates; ++i) {
    for (auto& value : sample) value = data[random.Below(data.size())];
    values.push_back(statistic(sample));
  }
  return values;
}

std::optional<BootstrapIntervals> IntervalsFrom(const std::vector<double>& data, const StatisticOf& statistic, std::vector<double> replicates, double confidence) {
  if (data.size() < 2 || replicates.size() < 2 || confidence <= 0 || confidence >= 1) return std::nullopt;
  std::sort(replicates.begin(), replicates.end());
  if (replicates.front() == replicates.back()) return std::nullopt;
  BootstrapIntervals intervals;
  intervals.t0 = statistic(data);
  const double low = (1 - confidence) / 2, high = (1 + confidence) / 2, count = static_cast<double>(replicates.size());
  intervals.percentile = {Interpolated(replicates, low), Interpolated(replicates, high)};
  intervals.basic = {2 * intervals.t0 - intervals.percentile.high, 2 * intervals.t0 - intervals.percentile.low};
  intervals.acceleration = Acceleration(data, statistic);
  const auto below = static_cast<double>(std::lower_bound(replicates.begin(), replicates.end(), intervals.t0) - replicates.begin());
  if (below == 0 || below == count) return intervals;
  const double z0 = NormalQuantile(below / count);
  intervals.z0 = z0;
  if (!intervals.acceleration) return intervals;
  const auto level = [&](double alpha) {
    const double z = z0 + NormalQuantile(alpha);
    return NormalBelow(z0 + z / (1 - *intervals.acceleration * z));
  };
  const double bca_low = level(low), bca_high = level(high);
  intervals.rank_low = (count + 1) * bca_low;
  intervals.rank_high = (count + 1) * bca_high;
  intervals.bca = Interval{Interpolated(replicates, bca_low), Interpolated(replicates, bca_high)};
  return intervals;
}

std::optional<ExhaustiveMean> AllMeans(const std::vector<double>& data, double confidence) {
  if (data.empty() || confidence <= 0 || confidence >= 1) return std::nullopt;
  const double n = static_cast<double>(data.size());
  std::map<double, double> shares;
  for (const double value : data) shares[value] += 1 / n;
  const std::vector<std::pair<double, double>> outcomes(shares.begin(), shares.end());
  SumDistribution sums(kMostSums);
  for (std::size_t i = 0; i < data.size(); ++i) {
    if (!sums.Add(outcomes)) return std::nullopt;
  }
  ExhaustiveMean all;
  all.samples = std::pow(n, n);
  all.deviation = std::sqrt(sums.Variance()) / n;
  const double not_above = sums.AtMost(0), not_below = sums.AtLeast(0);
  all.zero = std::max(0.0, not_above + not_below - 1);
  all.below_zero = not_above - all.zero;
  all.low = sums.Quantile((1 - confidence) / 2) / n;
  all.high = sums.Quantile((1 + confidence) / 2) / n;
  return all;
}

}  // namespace meerstem::statistics
