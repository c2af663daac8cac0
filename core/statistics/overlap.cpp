#include "core/statistics/overlap.h"

#include <algorithm>
#include <cmath>

namespace meerstem::statistics {

std::optional<Overlap> MeasureOverlap(std::int64_t first, std::int64_t second, std::int64_t both, std::int64_t n) {
  if (n <= 0 || both < 0 || both > std::min(first, second) || first + second - both > n) return std::nullopt;
  const double a = static_cast<double>(first), b = static_cast<double>(second), ab = static_cast<double>(both), all = static_cast<double>(n);
  Overlap overlap;
  if (a + b > 0) {
    overlap.jaccard = ab / (a + b - ab);
    overlap.dice = 2 * ab / (a + b);
  }
  if (a > 0 && b > 0) overlap.coefficient = ab / std::min(a, b);
  const double spread = a * b * (all - a) * (all - b);
  if (spread > 0) overlap.phi = (all * ab - a * b) / std::sqrt(spread);
  overlap.expected = a * b / all;
  return overlap;
}

}  // namespace meerstem::statistics
