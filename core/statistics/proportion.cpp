#include "core/statistics/proportion.h"

#include <algorithm>
#include <cmath>

#include "core/statistics/distributions.h"

namespace meerstem::statistics {
namespace {

bool IsShare(std::int64_t x, std::int64_t n, double confidence) { return n > 0 && x >= 0 && x <= n && confidence > 0 && confidence < 1; }

}  // namespace

std::optional<Interval> Wilson(std::int64_t x, std::int64_t n, double confidence) {
  if (!IsShare(x, n, confidence)) return std::nullopt;
  const double z = NormalQuantile(0.5 + confidence / 2), count = static_cast<double>(n), share = static_cast<double>(x) / count;
  const double middle = share + z * z / (2 * count), reach = z * std::sqrt((share * (1 - share) + z * z / (4 * count)) / count);
  const double scale = 1 + z * z / count;
  // At the ends the two terms cancel to a speck on the wrong side.
  return Interval{x == 0 ? 0 : std::max(0.0, (middle - reach) / scale), x == n ? 1 : std::min(1.0, (middle + reach) / scale)};
}

std::optional<Interval> ClopperPearson(std::int64_t x, std::int64_t n, double confidence) {
  if (!IsShare(x, n, confidence)) return std::nullopt;
  const double tail = (1 - confidence) / 2, yes = static_cast<double>(x), no = static_cast<double>(n - x);
  return Interval{x == 0 ? 0 : BetaQuantile(tail, yes, no + 1), x == n ? 1 : BetaQuantile(1 - tail, yes + 1, no)};
}

}  // namespace meerstem::statistics
