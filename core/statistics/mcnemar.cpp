#include "core/statistics/mcnemar.h"

#include <algorithm>
#include <cmath>

#include "core/statistics/sign.h"

namespace meerstem::statistics {
namespace {

bool IsTable(const PairedTable& table, double confidence) {
  return table.n11 >= 0 && table.n12 >= 0 && table.n21 >= 0 && table.n22 >= 0 && table.n() > 0 && confidence > 0 && confidence < 1;
}

/// Tango's standardised statistic under the hypothesis that the difference is `delta`; falls as delta rises.
double TangoScore(const PairedTable& table, double delta) {
  const double n = static_cast<double>(table.n()), b = static_cast<double>(table.n12), c = static_cast<double>(table.n21);
  const double distance = b - c - n * delta;
  const double linear = -b - c + (2 * n - b + c) * delta;
  const double root = std::sqrt(std::max(0.0, linear * linear + 8 * n * c * delta * (1 - delta)));
  // The root that is a probability, in the form that does not cancel.
  const double q21 = linear > 0 ? (root + linear == 0 ? 0 : 2 * c * delta * (1 - delta) / (root + linear)) : (root - linear) / (4 * n);
  const double variance = n * (2 * q21 + delta * (1 - delta));
  if (distance == 0) return 0;
  return variance <= 0 ? std::copysign(INFINITY, distance) : distance / std::sqrt(variance);
}

/// Where TangoScore crosses `z`, between `low` and `high`.
double Cross(const PairedTable& table, double z, double low, double high) {
  for (int i = 0; i < 200 && low < high; ++i) {
    const double middle = low + (high - low) / 2;
    if (middle == low || middle == high) break;
    (TangoScore(table, middle) > z ? low : high) = middle;
  }
  return low + (high - low) / 2;
}

}  // namespace

std::optional<McNemar> TestMcNemar(const PairedTable& table, Sides sides) {
  if (!IsTable(table, 0.95)) return std::nullopt;
  McNemar test;
  test.discordant = table.n12 + table.n21;
  const auto signs = TestSigns(table.n12, table.n21, table.n11 + table.n22, sides);
  test.p_exact = signs->p_exact;
  test.p_mid = signs->p_mid;
  test.difference = signs->within_difference;
  test.degenerate = test.discordant == 0;
  if (test.degenerate) return test;
  const double difference = static_cast<double>(table.n12 - table.n21), changed = static_cast<double>(test.discordant);
  const double corrected = std::copysign(std::max(0.0, std::fabs(difference) - 1), difference);
  test.chi_square = difference * difference / changed;
  test.p_asymptotic = NormalP(difference / std::sqrt(changed), sides);
  test.chi_square_corrected = corrected * corrected / changed;
  test.p_corrected = NormalP(corrected / std::sqrt(changed), sides);
  return test;
}

std::optional<Interval> Newcombe(const PairedTable& table, double confidence) {
  if (!IsTable(table, confidence)) return std::nullopt;
  const double n = static_cast<double>(table.n());
  const std::int64_t before = table.n11 + table.n12, after = table.n11 + table.n21;
  const double p1 = static_cast<double>(before) / n, p2 = static_cast<double>(after) / n;
  const auto first = Wilson(before, table.n(), confidence), second = Wilson(after, table.n(), confidence);
  const double product = static_cast<double>(before) * static_cast<double>(table.n() - before) * static_cast<double>(after) * static_cast<double>(table.n() - after);
  double correlation = 0;
  if (product > 0) {
    double numerator = static_cast<double>(table.n11) * static_cast<double>(table.n22) - static_cast<double>(table.n12) * static_cast<double>(table.n21);
    if (numerator > 0) numerator = std::max(0.0, numerator - n / 2);
    correlation = numerator / std::sqrt(product);
  }
  const double l1 = p1 - first->low, u1 = first->high - p1, l2 = p2 - second->low, u2 = second->high - p2;
  const auto reach = [&](double a, double b) { return std::sqrt(std::max(0.0, a * a - 2 * correlation * a * b + b * b)); };
  return Interval{std::max(-1.0, p1 - p2 - reach(l1, u2)), std::min(1.0, p1 - p2 + reach(u1, l2))};
}

std::optional<Interval> Tango(const PairedTable& table, double confidence) {
  if (!IsTable(table, confidence)) return std::nullopt;
  const double z = NormalQuantile(0.5 + confidence / 2);
  const double difference = static_cast<double>(table.n12 - table.n21) / static_cast<double>(table.n());
  return Interval{Cross(table, z, -1, difference), Cross(table, -z, difference, 1)};
}

}  // namespace meerstem::statistics
