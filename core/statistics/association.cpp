#include "core/statistics/association.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include "core/statistics/distributions.h"
#include "core/statistics/wilcoxon.h"

namespace meerstem::statistics {
namespace {

bool Varies(const std::vector<double>& values) {
  return std::any_of(values.begin(), values.end(), [&](double value) { return value != values.front(); });
}

/// What ties do to the variance: Σ t(t−1), Σ t(t−1)(t−2), Σ t(t−1)(2t+5).
struct Ties {
  double pairs = 0, triples = 0, spread = 0;
};
template <class Key>
Ties CountTies(std::vector<Key> values) {
  std::sort(values.begin(), values.end());
  Ties ties;
  for (std::size_t first = 0; first < values.size();) {
    std::size_t last = first + 1;
    while (last < values.size() && values[last] == values[first]) ++last;
    const double t = static_cast<double>(last - first);
    ties.pairs += t * (t - 1);
    ties.triples += t * (t - 1) * (t - 2);
    ties.spread += t * (t - 1) * (2 * t + 5);
    first = last;
  }
  return ties;
}

/// Sorts `values` and says how many pairs stood the wrong way round.
double Inversions(std::vector<double>& values, std::vector<double>& room, std::size_t begin, std::size_t end) {
  if (end - begin < 2) return 0;
  const std::size_t middle = begin + (end - begin) / 2;
  double count = Inversions(values, room, begin, middle) + Inversions(values, room, middle, end);
  std::size_t left = begin, right = middle;
  for (std::size_t to = begin; to < end; ++to) {
    if (right == end || (left < middle && values[left] <= values[right])) {
      room[to] = values[left++];
    } else {
      count += static_cast<double>(middle - left);
      room[to] = values[right++];
    }
  }
  std::copy(room.begin() + static_cast<std::ptrdiff_t>(begin), room.begin() + static_cast<std::ptrdiff_t>(end), values.begin() + static_cast<std::ptrdiff_t>(begin));
  return count;
}

/// Two-sided p of `concordant` pairs among n values without ties: the number of inversions of a random order.
double KendallExact(double concordant, std::size_t n) {
  std::vector<double> probability{1};
  for (std::size_t size = 2; size <= n; ++size) {
    std::vector<double> next(probability.size() + size - 1);
    for (std::size_t sum = 0; sum < probability.size(); ++sum) {
      for (std::size_t more = 0; more < size; ++more) next[sum + more] += probability[sum] / static_cast<double>(size);
    }
    probability = std::move(next);
  }
  const auto at = static_cast<std::size_t>(std::llround(concordant));
  const double below = std::accumulate(probability.begin(), probability.begin() + static_cast<std::ptrdiff_t>(at) + 1, 0.0);
  const double above = std::accumulate(probability.begin() + static_cast<std::ptrdiff_t>(at), probability.end(), 0.0);
  return std::min(1.0, 2 * std::min(below, above));
}

/// Two-sided p of Σ d² over all orders of n values: which places are taken, and which sums came of it in how many ways.
double SpearmanExact(std::size_t squares, std::size_t n) {
  std::vector<std::map<std::size_t, double>> ways(std::size_t{1} << n);
  ways[0][0] = 1;
  for (std::size_t taken = 0; taken + 1 < ways.size(); ++taken) {
    const auto next = static_cast<std::size_t>(__builtin_popcountll(taken));
    for (std::size_t place = 0; place < n; ++place) {
      if (taken >> place & 1) continue;
      const std::size_t d = place > next ? place - next : next - place;
      auto& to = ways[taken | std::size_t{1} << place];
      for (const auto& [sum, count] : ways[taken]) to[sum + d * d] += count;
    }
    ways[taken].clear();
  }
  double below = 0, above = 0, all = 0;
  for (const auto& [sum, count] : ways.back()) {
    all += count;
    if (sum <= squares) below += count;
    if (sum >= squares) above += count;
  }
  return std::min(1.0, 2 * std::min(below, above) / all);
}

}  // namespace

std::optional<Kendall> KendallTau(const std::vector<double>& x, const std::vector<double>& y) {
  const std::size_t size = x.size();
  if (size != y.size() || size < 2 || !Varies(x) || !Varies(y)) return std::nullopt;
  std::vector<std::pair<double, double>> points;
  for (std::size_t i = 0; i < size; ++i) points.emplace_back(x[i], y[i]);
  std::sort(points.begin(), points.end());
  const double n = static_cast<double>(size), pairs = n * (n - 1) / 2;
  const Ties in_x = CountTies(x), in_y = CountTies(y), in_both = CountTies(points);
  std::vector<double> sorted(size), room(size);
  for (std::size_t i = 0; i < size; ++i) sorted[i] = points[i].second;
  const double discordant = Inversions(sorted, room, 0, size);
  const double concordant = pairs - in_x.pairs / 2 - in_y.pairs / 2 + in_both.pairs / 2 - discordant;
  const double s = concordant - discordant;
  Kendall kendall;
  kendall.tau_b = s / std::sqrt((pairs - in_x.pairs / 2) * (pairs - in_y.pairs / 2));
  double variance = (n * (n - 1) * (2 * n + 5) - in_x.spread - in_y.spread) / 18 + in_x.pairs * in_y.pairs / (2 * n * (n - 1));
  if (size > 2) variance += in_x.triples * in_y.triples / (9 * n * (n - 1) * (n - 2));
  kendall.z = s / std::sqrt(variance);
  kendall.p = NormalP(kendall.z);
  if (in_x.pairs == 0 && in_y.pairs == 0 && size <= 100) kendall.p_exact = KendallExact(concordant, size);
  return kendall;
}

std::optional<Spearman> SpearmanRho(const std::vector<double>& x, const std::vector<double>& y) {
  const std::size_t size = x.size();
  if (size != y.size() || size < 2 || !Varies(x) || !Varies(y)) return std::nullopt;
  const auto rank_x = Midranks(x), rank_y = Midranks(y);
  const double n = static_cast<double>(size), mean = (n + 1) / 2;
  double xx = 0, yy = 0, xy = 0, squares = 0;
  for (std::size_t i = 0; i < size; ++i) {
    xx += (rank_x[i] - mean) * (rank_x[i] - mean);
    yy += (rank_y[i] - mean) * (rank_y[i] - mean);
    xy += (rank_x[i] - mean) * (rank_y[i] - mean);
    squares += (rank_x[i] - rank_y[i]) * (rank_x[i] - rank_y[i]);
  }
  Spearman spearman;
  spearman.rho = std::clamp(xy / std::sqrt(xx * yy), -1.0, 1.0);
  if (size > 2) {
    const double rest = 1 - spearman.rho * spearman.rho;
    spearman.p_t = StudentTwoSided(rest <= 0 ? INFINITY : spearman.rho * std::sqrt((n - 2) / rest), n - 2);
  }
  const bool tied = CountTies(x).pairs > 0 || CountTies(y).pairs > 0;
  if (!tied && size <= kExactSpearman) spearman.p_exact = SpearmanExact(static_cast<std::size_t>(std::llround(squares)), size);
  return spearman;
}

}  // namespace meerstem::statistics
