#pragma once

#include <cstddef>
#include <utility>
#include <vector>

namespace meerstem::statistics {

/// The exact distribution of a sum of independent variables, built one variable at a time. Sums that differ by less than
/// rounding does are one.
class SumDistribution {
 public:
  /// `limit`: more different sums than that are not kept.
  explicit SumDistribution(std::size_t limit) : limit_(limit) {}
  /// Adds a variable that takes each value with its probability. False, and of no further use, beyond the limit.
  bool Add(const std::vector<std::pair<double, double>>& outcomes);

  double AtLeast(double x) const;
  double AtMost(double x) const;
  double Mean() const;
  double Variance() const;
  /// The smallest sum whose cumulative probability reaches p (type 1 of Hyndman & Fan 1996).
  double Quantile(double p) const;

 private:
  double Slack() const;
  std::vector<std::pair<double, double>> points_{{0.0, 1.0}};  ///< (sum, probability), ascending.
  std::size_t limit_;
  double reach_ = 0;  ///< No sum is farther from 0.
};

}  // namespace meerstem::statistics
