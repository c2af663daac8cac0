#include "core/statistics/unitizing.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace meerstem::statistics {
namespace {

double Difference(const Unit& a, const Unit& b, const UnitCosts& costs) {
  const double lengths = (a.end - a.start) + (b.end - b.start), moved = std::fabs(a.start - b.start) + std::fabs(a.end - b.end);
  // Two points: at one place they are the same, elsewhere they have nothing in common.
  const double ratio = moved == 0 ? 0 : lengths > 0 ? moved / lengths : std::numeric_limits<double>::max();
  const double place = ratio > 1e100 ? 1e200 : ratio * ratio;
  return costs.alpha * place * costs.empty + (a.code == b.code ? 0 : costs.beta * costs.empty);
}

/// The cheapest way to give each row a column of its own (Kuhn 1955, in the shortest-path form of Jonker & Volgenant 1987).
std::vector<std::size_t> Assign(const std::vector<std::vector<double>>& cost) {
  const std::size_t n = cost.size();
  constexpr double kFar = std::numeric_limits<double>::infinity();
  std::vector<double> row_price(n + 1), column_price(n + 1);
  std::vector<std::size_t> row_of(n + 1), way(n + 1);
  for (std::size_t row = 1; row <= n; ++row) {
    std::vector<double> distance(n + 1, kFar);
    std::vector<bool> seen(n + 1);
    std::size_t column = 0;
    row_of[0] = row;
    do {
      seen[column] = true;
      const std::size_t from = row_of[column];
      double nearest = kFar;
      std::size_t next = 0;
      for (std::size_t j = 1; j <= n; ++j) {
        if (seen[j]) continue;
        const double reduced = cost[from - 1][j - 1] - row_price[from] - column_price[j];
        if (reduced < distance[j]) {
          distance[j] = reduced;
          way[j] = column;
        }
        if (distance[j] < nearest) {
          nearest = distance[j];
          next = j;
        }
      }
      for (std::size_t j = 0; j <= n; ++j) {
        if (seen[j]) {
          row_price[row_of[j]] += nearest;
          column_price[j] -= nearest;
        } else {
          distance[j] -= nearest;
        }
      }
      column = next;
    } while (row_of[column] != 0);
    do {
      const std::size_t before = way[column];
      row_of[column] = row_of[before];
      column = before;
    } while (column != 0);
  }
  std::vector<std::size_t> column_of(n);
  for (std::size_t j = 1; j <= n; ++j) column_of[row_of[j] - 1] = j - 1;
  return column_of;
}

}  // namespace

std::optional<Disorder> ObservedDisorder(const std::vector<Unit>& one, const std::vector<Unit>& other, const UnitCosts& costs) {
  const auto backwards = [](const Unit& unit) { return !(unit.start <= unit.end); };
  const std::size_t n = one.size(), m = other.size();
  if (n + m == 0 || std::any_of(one.begin(), one.end(), backwards) || std::any_of(other.begin(), other.end(), backwards)) return std::nullopt;
  // Beside the units stand as many places to be left alone in. A pair that costs more than two of those is never wanted.
  std::vector<std::vector<double>> cost(n + m, std::vector<double>(n + m, costs.empty));
  for (std::size_t i = 0; i < n + m; ++i) {
    for (std::size_t j = 0; j < n + m; ++j) {
      if (i < n && j < m) cost[i][j] = std::min(Difference(one[i], other[j], costs), 3 * costs.empty);
      if (i >= n && j >= m) cost[i][j] = 0;
    }
  }
  const auto column_of = Assign(cost);
  Disorder disorder;
  for (std::size_t i = 0; i < n + m; ++i) {
    disorder.total += cost[i][column_of[i]];
    disorder.pairs += i < n && column_of[i] < m;
  }
  disorder.observed = disorder.total / (static_cast<double>(n + m) / 2);
  return disorder;
}

}  // namespace meerstem::statistics
