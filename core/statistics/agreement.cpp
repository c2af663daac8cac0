#include "core/statistics/agreement.h"

#include <algorithm>
#include <cmath>

namespace meerstem::statistics {

std::optional<Agreement> CohenKappa(const std::vector<std::size_t>& one, const std::vector<std::size_t>& other) {
  if (one.empty() || one.size() != other.size()) return std::nullopt;
  std::size_t categories = 0;
  for (const auto* rater : {&one, &other}) categories = std::max(categories, 1 + *std::max_element(rater->begin(), rater->end()));
  const auto n = static_cast<double>(one.size());
  std::vector<std::vector<double>> share(categories, std::vector<double>(categories));
  std::vector<double> first(categories), second(categories);
  Agreement agreement{.n = static_cast<std::int64_t>(one.size())};
  for (std::size_t i = 0; i < one.size(); ++i) {
    share[one[i]][other[i]] += 1 / n;
    first[one[i]] += 1 / n;
    second[other[i]] += 1 / n;
    agreement.agreed += one[i] == other[i];
  }
  agreement.observed = static_cast<double>(agreement.agreed) / n;
  for (std::size_t k = 0; k < categories; ++k) agreement.expected += first[k] * second[k];
  // One category throughout makes pe 1 up to rounding.
  if (1 - agreement.expected < 1e-12) return agreement;
  const double chance = 1 - agreement.expected, kappa = (agreement.observed - agreement.expected) / chance;
  agreement.kappa = kappa;
  double on = 0, off = 0;
  for (std::size_t i = 0; i < categories; ++i) {
    on += share[i][i] * std::pow(1 - (first[i] + second[i]) * (1 - kappa), 2);
    for (std::size_t j = 0; j < categories; ++j) {
      if (i != j) off += share[i][j] * std::pow(second[i] + first[j], 2);
    }
  }
  const double variance = (on + std::pow(1 - kappa, 2) * off - std::pow(kappa - agreement.expected * (1 - kappa), 2)) / (n * chance * chance);
  if (variance >= 0) agreement.error = std::sqrt(variance);
  return agreement;
}

}  // namespace meerstem::statistics
