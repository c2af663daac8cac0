#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/statistics/distributions.h"
#include "core/statistics/proportion.h"

namespace meerstem::statistics {

/// The sign test on n pairs of which `positive` went up, `negative` down and `zero` stayed.
/// Exact: X = positive ~ Binomial(positive + negative, ½); p_exact is the doubled smaller tail, at most 1 (or the tail of
/// the chosen side); p_mid counts the observed point half.
/// Sources: Dixon & Mood 1946, JASA 41, 557–566; mid-p: Lancaster 1961, JASA 56, 223–234.
struct SignTest {
  std::int64_t positive = 0, negative = 0, zero = 0;
  bool degenerate = false;              ///< No pair changed: p is 1 by convention.
  double p_exact = 1;
  double p_mid = 1;
  std::optional<double> share_positive;  ///< positive / (positive + negative). Undefined when no pair changed.
  std::optional<Interval> share_interval;  ///< Clopper–Pearson of it.
  double superiority = 0;               ///< PSdep = (positive + ½ zero) / n: the chance that a pair goes up. Grissom & Kim 2012, ch. 5.
  double within_difference = 0;         ///< d_w = (positive − negative) / n. Cliff 1996, ch. 6.
  std::int64_t n() const { return positive + negative + zero; }
};
/// Undefined: no pairs at all, or a negative count.
std::optional<SignTest> TestSigns(std::int64_t positive, std::int64_t negative, std::int64_t zero, Sides sides = Sides::kTwo, double confidence = 0.95);

/// Values measured twice on the same units.
struct Pairs {
  std::vector<double> before;
  std::vector<double> after;  ///< As many as before.
};

/// How the two margins lie to each other, whoever they belong to.
struct Dominance {
  /// Cliff's d between the margins, without the pairs themselves: Σ_{i≠j} sign(after_j − before_i) / (n(n−1)).
  /// Cliff 1996, eq. 6.3. Undefined for n < 2.
  std::optional<double> between;
  /// Vargha & Delaney's A over all n² combinations: P(after > before) + ½ P(equal). JEBS 25 (2000), 101–132.
  double margins = 0;
};
/// O(n log n). Undefined: no pairs.
std::optional<Dominance> CompareMargins(const Pairs& pairs);

}  // namespace meerstem::statistics
