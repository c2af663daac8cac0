#pragma once

#include <cstdint>
#include <optional>
#include <vector>

namespace meerstem::statistics {

/// How far two raters put the same units into the same categories. κ = (po − pe)/(1 − pe), po the share on which they agree,
/// pe = Σ p_k· p_·k what agreement by chance would give with the same margins. The standard error is for an interval around
/// κ, not for a test against 0.
/// Sources: Cohen 1960, Educ Psychol Meas 20, 37–46; Fleiss, Cohen & Everitt 1969, Psychol Bull 72, 323–327, eq. 13.
struct Agreement {
  std::int64_t n = 0;
  std::int64_t agreed = 0;
  double observed = 0;              ///< po
  double expected = 0;              ///< pe
  std::optional<double> kappa;      ///< Undefined when pe = 1: both used one and the same category throughout.
  std::optional<double> error;      ///< Asymptotic standard error of κ.
};
/// `one[i]` and `other[i]` are the categories of unit i, from 0. Undefined: no units, unequal lengths.
std::optional<Agreement> CohenKappa(const std::vector<std::size_t>& one, const std::vector<std::size_t>& other);

}  // namespace meerstem::statistics
