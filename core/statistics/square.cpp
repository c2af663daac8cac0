#include "core/statistics/square.h"

#include <Eigen/Dense>
#include <cmath>
#include <functional>
#include <numeric>

#include "core/statistics/distributions.h"
#include "core/statistics/random.h"
#include "core/statistics/sums.h"

namespace meerstem::statistics {
namespace {

bool IsSquare(const Counts& table) {
  if (table.size() < 2) return false;
  std::int64_t n = 0;
  for (const auto& row : table) {
    if (row.size() != table.size()) return false;
    for (const auto count : row) {
      if (count < 0) return false;
      n += count;
    }
  }
  return n > 0;
}

/// The category that stands for each one's component of categories between which somebody changed.
std::vector<std::size_t> Components(const Counts& table) {
  std::vector<std::size_t> parent(table.size());
  std::iota(parent.begin(), parent.end(), std::size_t{0});
  const std::function<std::size_t(std::size_t)> find = [&](std::size_t i) { return parent[i] == i ? i : parent[i] = find(parent[i]); };
  for (std::size_t i = 0; i < table.size(); ++i) {
    for (std::size_t j = i + 1; j < table.size(); ++j) {
      if (table[i][j] + table[j][i] > 0) parent[find(j)] = find(i);
    }
  }
  for (std::size_t i = 0; i < table.size(); ++i) parent[i] = find(i);
  return parent;
}

struct Pair {
  std::int64_t one = 0, other = 0;
  std::int64_t n() const { return one + other; }
};

std::vector<Pair> FilledPairs(const Counts& table) {
  std::vector<Pair> pairs;
  for (std::size_t i = 0; i < table.size(); ++i) {
    for (std::size_t j = i + 1; j < table.size(); ++j) {
      if (table[i][j] + table[j][i] > 0) pairs.push_back({table[i][j], table[j][i]});
    }
  }
  return pairs;
}

double PairTerm(double one, double n) { return (2 * one - n) * (2 * one - n) / n; }

}  // namespace

std::optional<MarginTest> TestMargins(const Counts& table) {
  if (!IsSquare(table)) return std::nullopt;
  const std::size_t k = table.size();
  const auto component = Components(table);
  // One category of each component is held fixed; what is left of V has full rank.
  std::vector<std::size_t> free;
  for (std::size_t i = 0; i < k; ++i) {
    if (component[i] != i) free.push_back(i);
  }
  MarginTest test;
  test.df = static_cast<int>(free.size());
  test.degenerate = free.empty();
  if (test.degenerate) {
    test.bhapkar = 0;
    test.bhapkar_p = 1;
    return test;
  }
  double n = 0;
  Eigen::VectorXd d = Eigen::VectorXd::Zero(static_cast<Eigen::Index>(free.size()));
  Eigen::MatrixXd v = Eigen::MatrixXd::Zero(d.size(), d.size());
  for (const auto& row : table) n += static_cast<double>(std::accumulate(row.begin(), row.end(), std::int64_t{0}));
  for (std::size_t a = 0; a < free.size(); ++a) {
    const std::size_t i = free[a];
    const auto at = static_cast<Eigen::Index>(a);
    for (std::size_t j = 0; j < k; ++j) {
      if (j == i) continue;
      d(at) += static_cast<double>(table[i][j] - table[j][i]);
      v(at, at) += static_cast<double>(table[i][j] + table[j][i]);
    }
    for (std::size_t b = 0; b < free.size(); ++b) {
      if (b != a) v(at, static_cast<Eigen::Index>(b)) = -static_cast<double>(table[i][free[b]] + table[free[b]][i]);
    }
  }
  test.stuart = d.dot(v.ldlt().solve(d));
  test.stuart_p = ChiSquareAbove(test.stuart, test.df);
  // All units changing in one direction leaves no variance under the alternative.
  if (n - test.stuart > 1e-9 * n) {
    test.bhapkar = test.stuart / (1 - test.stuart / n);
    test.bhapkar_p = ChiSquareAbove(*test.bhapkar, test.df);
  }
  return test;
}

std::optional<SymmetryTest> TestSymmetry(const Counts& table) {
  if (!IsSquare(table)) return std::nullopt;
  SymmetryTest test;
  test.df_full = static_cast<int>(table.size() * (table.size() - 1) / 2);
  for (const auto& pair : FilledPairs(table)) {
    test.statistic += PairTerm(static_cast<double>(pair.one), static_cast<double>(pair.n()));
    ++test.df;
  }
  test.degenerate = test.df == 0;
  if (!test.degenerate) {
    test.p = ChiSquareAbove(test.statistic, test.df);
    test.p_full = ChiSquareAbove(test.statistic, test.df_full);
  }
  return test;
}

std::optional<SymmetryFlip> FlipSymmetry(const Counts& table, std::uint64_t seed, int draws) {
  constexpr std::size_t kMostPoints = 500'000;
  constexpr std::int64_t kMostOfPair = 1000;
  if (!IsSquare(table)) return std::nullopt;
  SymmetryFlip test;
  const auto pairs = FilledPairs(table);
  std::int64_t changes = 0;
  for (const auto& pair : pairs) changes += pair.n();
  if (changes > kMostFlips) return std::nullopt;
  test.degenerate = pairs.empty();
  SumDistribution distribution(kMostPoints);
  for (const auto& pair : pairs) {
    const double n = static_cast<double>(pair.n());
    test.statistic += PairTerm(static_cast<double>(pair.one), n);
    test.exact = test.exact && pair.n() <= kMostOfPair;
    if (!test.exact) continue;
    std::vector<std::pair<double, double>> outcomes;
    for (std::int64_t one = 0; one <= pair.n(); ++one) outcomes.emplace_back(PairTerm(static_cast<double>(one), n), HalfBinomialAt(one, pair.n()));
    test.exact = distribution.Add(outcomes);
  }
  if (test.exact) {
    test.p = distribution.AtLeast(test.statistic);
    return test;
  }
  Random random(seed);
  std::int64_t extreme = 0;
  for (int draw = 0; draw < draws; ++draw) {
    double statistic = 0;
    for (const auto& pair : pairs) {
      statistic += PairTerm(static_cast<double>(random.Heads(pair.n())), static_cast<double>(pair.n()));
    }
    extreme += statistic >= test.statistic * (1 - 1e-11);
  }
  test.p = static_cast<double>(extreme + 1) / static_cast<double>(draws + 1);
  return test;
}

}  // namespace meerstem::statistics
