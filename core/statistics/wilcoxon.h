#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/statistics/distributions.h"

namespace meerstem::statistics {

/// Ranks 1 … n in the order of `values`; equal values share the mean of theirs.
std::vector<double> Midranks(const std::vector<double>& values);

/// What becomes of pairs without a difference.
enum class Zeros {
  kPratt,  ///< Ranked with the others, then left out: their number counts. Pratt 1959, JASA 54, 655–667.
  kDrop,   ///< Left out before ranking. Wilcoxon 1945, Biometrics Bulletin 1, 80–83.
};

/// The signed-rank test on differences. W+ and W− sum the midranks of |d|. Exact: the permutation distribution of W+ over
/// all sign patterns of the observed midranks, ties included (doubled ranks are whole numbers, counted by dynamic
/// programming; up to kExactRanks differences). Asymptotic: z = (W+ − W−)/2 / √(Σ r²/4), `corrected` with |·| − ½,
/// one-sided with the ½ against the chosen side.
struct SignedRank {
  std::int64_t n = 0, zero = 0, used = 0;  ///< `used` differ from zero.
  bool degenerate = false;              ///< No difference: p is 1 by convention, z and the effect size undefined.
  double w_plus = 0, w_minus = 0, variance = 0;
  std::optional<double> p_exact;        ///< Absent beyond kExactRanks.
  std::optional<double> z, p_asymptotic, p_corrected;
  /// (W+ − W−)/(W+ + W−). Kerby 2014, Comprehensive Psychology 3:1; King, Rosopa & Minium 2011.
  std::optional<double> rank_biserial;
};
inline constexpr std::int64_t kExactRanks = 1000;
/// Undefined: no differences at all.
std::optional<SignedRank> TestSignedRanks(const std::vector<double>& differences, Zeros zeros = Zeros::kPratt, Sides sides = Sides::kTwo);

}  // namespace meerstem::statistics
