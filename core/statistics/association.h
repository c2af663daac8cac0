#pragma once

#include <cstdint>
#include <optional>
#include <vector>

namespace meerstem::statistics {

/// Kendall's τ_b of two ordinals: S / √((n0 − n1)(n0 − n2)), S concordant minus discordant pairs, n0 = n(n−1)/2 pairs,
/// n1 and n2 those tied in x and y. z = S / √v with the tie-corrected variance, no continuity correction.
/// Sources: Kendall 1938, Biometrika 30, 81–93; Kendall & Gibbons 1990, ch. 5. O(n log n) by Knight 1966, JASA 61, 436–439.
struct Kendall {
  double tau_b = 0, z = 0, p = 1;
  /// Of S without ties, up to 100 values: the exact distribution of inversions. Undefined with ties.
  std::optional<double> p_exact;
};
/// Undefined: unequal lengths, fewer than 2 values, or x or y constant.
std::optional<Kendall> KendallTau(const std::vector<double>& x, const std::vector<double>& y);

/// Spearman's ρ: Pearson's r of the midranks. p_t from t = ρ √((n−2)/(1−ρ²)) on n − 2 df.
/// Sources: Spearman 1904, Am J Psychol 15, 72–101; Kendall & Gibbons 1990, ch. 4.
struct Spearman {
  double rho = 0;
  std::optional<double> p_t;      ///< Undefined for n < 3.
  /// The doubled smaller tail of Σ d² over all orders. Undefined with ties or beyond kExactSpearman values.
  std::optional<double> p_exact;
};
inline constexpr std::size_t kExactSpearman = 12;
/// Undefined: as KendallTau.
std::optional<Spearman> SpearmanRho(const std::vector<double>& x, const std::vector<double>& y);

}  // namespace meerstem::statistics
