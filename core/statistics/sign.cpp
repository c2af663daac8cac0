#include "core/statistics/sign.h"

#include <algorithm>

namespace meerstem::statistics {

std::optional<SignTest> TestSigns(std::int64_t positive, std::int64_t negative, std::int64_t zero, Sides sides, double confidence) {
  if (positive < 0 || negative < 0 || zero < 0 || positive + negative + zero == 0) return std::nullopt;
  SignTest test;
  test.positive = positive;
  test.negative = negative;
  test.zero = zero;
  const std::int64_t changed = positive + negative;
  const double n = static_cast<double>(test.n());
  test.superiority = (static_cast<double>(positive) + 0.5 * static_cast<double>(zero)) / n;
  test.within_difference = static_cast<double>(positive - negative) / n;
  if (changed == 0) {
    test.degenerate = true;
    return test;
  }
  test.share_positive = static_cast<double>(positive) / static_cast<double>(changed);
  test.share_interval = ClopperPearson(positive, changed, confidence);
  const double at = HalfBinomialAt(positive, changed);
  if (sides == Sides::kTwo) {
    const double tail = HalfBinomialBelow(std::min(positive, negative), changed);
    test.p_exact = std::min(1.0, 2 * tail);
    test.p_mid = std::min(1.0, 2 * tail - at);
  } else {
    test.p_exact = sides == Sides::kGreater ? HalfBinomialAbove(positive, changed) : HalfBinomialBelow(positive, changed);
    test.p_mid = test.p_exact - at / 2;
  }
  return test;
}

std::optional<Dominance> CompareMargins(const Pairs& pairs) {
  const std::size_t n = pairs.before.size();
  if (n == 0 || pairs.after.size() != n) return std::nullopt;
  std::vector<double> before = pairs.before;
  std::sort(before.begin(), before.end());
  double above = 0, equal = 0, within = 0;
  for (std::size_t i = 0; i < n; ++i) {
    const auto [low, high] = std::equal_range(before.begin(), before.end(), pairs.after[i]);
    above += static_cast<double>(low - before.begin());
    equal += static_cast<double>(high - low);
    within += (pairs.after[i] > pairs.before[i]) - (pairs.after[i] < pairs.before[i]);
  }
  const double count = static_cast<double>(n), all = count * count;
  Dominance dominance;
  dominance.margins = (above + 0.5 * equal) / all;
  const double below = all - above - equal;
  if (n > 1) dominance.between = (above - below - within) / (count * (count - 1));
  return dominance;
}

}  // namespace meerstem::statistics
