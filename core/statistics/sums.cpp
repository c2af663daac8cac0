#include "core/statistics/sums.h"

#include <algorithm>
#include <cmath>

namespace meerstem::statistics {

double SumDistribution::Slack() const { return 1e-11 * reach_; }

bool SumDistribution::Add(const std::vector<std::pair<double, double>>& outcomes) {
  double farthest = 0;
  for (const auto& [value, probability] : outcomes) farthest = std::max(farthest, std::fabs(value));
  reach_ += farthest;
  std::vector<std::pair<double, double>> all, shifted, merged;
  for (const auto& [value, probability] : outcomes) {
    shifted.clear();
    for (const auto& [sum, before] : points_) shifted.emplace_back(sum + value, before * probability);
    merged.clear();
    merged.reserve(all.size() + shifted.size());
    std::merge(all.begin(), all.end(), shifted.begin(), shifted.end(), std::back_inserter(merged));
    all.clear();
    for (const auto& point : merged) {
      if (!all.empty() && point.first - all.back().first <= Slack()) {
        all.back().second += point.second;
      } else {
        all.push_back(point);
      }
    }
    if (all.size() > limit_) return false;
  }
  points_ = std::move(all);
  return true;
}

double SumDistribution::AtLeast(double x) const {
  double total = 0;
  for (const auto& [sum, probability] : points_) total += sum >= x - Slack() ? probability : 0;
  return std::min(1.0, total);
}

double SumDistribution::AtMost(double x) const {
  double total = 0;
  for (const auto& [sum, probability] : points_) total += sum <= x + Slack() ? probability : 0;
  return std::min(1.0, total);
}

double SumDistribution::Mean() const {
  double mean = 0;
  for (const auto& [sum, probability] : points_) mean += sum * probability;
  return mean;
}

double SumDistribution::Variance() const {
  const double mean = Mean();
  double variance = 0;
  for (const auto& [sum, probability] : points_) variance += (sum - mean) * (sum - mean) * probability;
  return variance;
}

double SumDistribution::Quantile(double p) const {
  double cumulative = 0;
  for (const auto& [sum, probability] : points_) {
    cumulative += probability;
    if (cumulative >= p - 1e-12) return sum;
  }
  return points_.back().first;
}

}  // namespace meerstem::statistics
