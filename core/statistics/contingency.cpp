#include "core/statistics/contingency.h"

#include <algorithm>
#include <cmath>

#include "core/statistics/distributions.h"

namespace meerstem::statistics {

Counts WithoutEmpty(const Counts& table) {
  if (table.empty()) return {};
  std::vector<bool> filled(table.front().size());
  for (const auto& row : table) {
    if (row.size() != filled.size()) return {};
    for (std::size_t j = 0; j < row.size(); ++j) {
      if (row[j] < 0) return {};
      if (row[j] > 0) filled[j] = true;
    }
  }
  Counts kept;
  for (const auto& row : table) {
    if (std::all_of(row.begin(), row.end(), [](std::int64_t count) { return count == 0; })) continue;
    auto& to = kept.emplace_back();
    for (std::size_t j = 0; j < row.size(); ++j) {
      if (filled[j]) to.push_back(row[j]);
    }
  }
  return kept;
}

std::optional<Independence> TestIndependence(const Counts& all) {
  const Counts table = WithoutEmpty(all);
  if (table.size() < 2 || table.front().size() < 2) return std::nullopt;
  std::vector<double> rows(table.size()), columns(table.front().size());
  double n = 0;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    for (std::size_t j = 0; j < columns.size(); ++j) {
      const double count = static_cast<double>(table[i][j]);
      rows[i] += count;
      columns[j] += count;
      n += count;
    }
  }
  Independence test;
  test.least_expected = *std::min_element(rows.begin(), rows.end()) * *std::min_element(columns.begin(), columns.end()) / n;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    for (std::size_t j = 0; j < columns.size(); ++j) {
      const double expected = rows[i] * columns[j] / n, distance = static_cast<double>(table[i][j]) - expected;
      test.chi_square += distance * distance / expected;
    }
  }
  const double r = static_cast<double>(rows.size()), c = static_cast<double>(columns.size()), phi = test.chi_square / n;
  test.df = static_cast<std::int64_t>((rows.size() - 1) * (columns.size() - 1));
  test.p = ChiSquareAbove(test.chi_square, static_cast<double>(test.df));
  test.v = std::min(1.0, std::sqrt(phi / std::min(r - 1, c - 1)));
  const double rest = std::min(r - (r - 1) * (r - 1) / (n - 1), c - (c - 1) * (c - 1) / (n - 1)) - 1;
  if (rest > 1e-12) test.v_corrected = std::min(1.0, std::sqrt(std::max(0.0, phi - (r - 1) * (c - 1) / (n - 1)) / rest));
  return test;
}

}  // namespace meerstem::statistics
