#include "core/statistics/wilcoxon.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace meerstem::statistics {
namespace {

/// P(W+ ≤ w) and P(W+ ≥ w) over all sign patterns; ranks and w doubled.
std::pair<double, double> Tails(const std::vector<std::size_t>& doubled_ranks, std::size_t doubled_w) {
  const std::size_t most = std::accumulate(doubled_ranks.begin(), doubled_ranks.end(), std::size_t{0});
  std::vector<double> probability(most + 1);
  probability[0] = 1;
  std::size_t reached = 0;
  for (const std::size_t rank : doubled_ranks) {
    reached += rank;
    // Halved at each step rather than counted: 2^n is no number for a double beyond n = 1023.
    for (std::size_t sum = reached + 1; sum-- > 0;) probability[sum] = 0.5 * (probability[sum] + (sum >= rank ? probability[sum - rank] : 0));
  }
  double below = 0, above = 0;
  for (std::size_t sum = 0; sum <= most; ++sum) {
    if (sum <= doubled_w) below += probability[sum];
    if (sum >= doubled_w) above += probability[sum];
  }
  return {below, above};
}

}  // namespace

std::vector<double> Midranks(const std::vector<double>& values) {
  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return values[a] < values[b]; });
  std::vector<double> ranks(values.size());
  for (std::size_t first = 0; first < order.size();) {
    std::size_t last = first + 1;
    while (last < order.size() && values[order[last]] == values[order[first]]) ++last;
    const double rank = static_cast<double>(first + 1 + last) / 2;
    for (std::size_t i = first; i < last; ++i) ranks[order[i]] = rank;
    first = last;
  }
  return ranks;
}

std::optional<SignedRank> TestSignedRanks(const std::vector<double>& differences, Zeros zeros, Sides sides) {
  if (differences.empty()) return std::nullopt;
  SignedRank test;
  test.n = static_cast<std::int64_t>(differences.size());
  test.zero = std::count(differences.begin(), differences.end(), 0.0);
  test.used = test.n - test.zero;
  if (test.used == 0) {
    test.degenerate = true;
    test.p_exact = 1;
    return test;
  }
  std::vector<double> ranked, sizes;
  for (const double difference : differences) {
    if (difference == 0 && zeros == Zeros::kDrop) continue;
    ranked.push_back(difference);
    sizes.push_back(std::fabs(difference));
  }
  const auto ranks = Midranks(sizes);
  std::vector<std::size_t> doubled;
  for (std::size_t i = 0; i < ranked.size(); ++i) {
    if (ranked[i] == 0) continue;
    (ranked[i] > 0 ? test.w_plus : test.w_minus) += ranks[i];
    test.variance += ranks[i] * ranks[i] / 4;
    doubled.push_back(static_cast<std::size_t>(std::llround(2 * ranks[i])));
  }
  if (test.used <= kExactRanks) {
    const auto [below, above] = Tails(doubled, static_cast<std::size_t>(std::llround(2 * test.w_plus)));
    test.p_exact = std::min(1.0, sides == Sides::kTwo ? 2 * std::min(below, above) : sides == Sides::kGreater ? above : below);
  }
  const double distance = (test.w_plus - test.w_minus) / 2, deviation = std::sqrt(test.variance);
  // Half a step towards 0; for one side always against that side, also where the ranks speak for the other one.
  const double corrected = sides == Sides::kTwo ? std::copysign(std::max(0.0, std::fabs(distance) - 0.5), distance)
                                                : distance + (sides == Sides::kGreater ? -0.5 : 0.5);
  test.z = distance / deviation;
  test.p_asymptotic = NormalP(*test.z, sides);
  test.p_corrected = NormalP(corrected / deviation, sides);
  test.rank_biserial = (test.w_plus - test.w_minus) / (test.w_plus + test.w_minus);
  return test;
}

}  // namespace meerstem::statistics
