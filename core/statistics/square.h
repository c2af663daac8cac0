#pragma once

#include <cstdint>
#include <optional>
#include <vector>

namespace meerstem::statistics {

/// Counts by row and column.
using Counts = std::vector<std::vector<std::int64_t>>;

/// Equal margins of a k × k table of the same units before (rows) and after (columns).
/// d_i = n_i· − n_·i; V_ii = n_i· + n_·i − 2 n_ii, V_ij = −(n_ij + n_ji); Stuart–Maxwell: dᵀ V⁺ d, χ² on df = rank V.
/// V is the Laplacian of the graph of changes, so its rank is k minus the number of connected components: exact, also
/// with empty categories. Bhapkar uses the covariance under the alternative: S / (1 − S/n).
/// Sources: Stuart 1955, Biometrika 42, 412–416; Maxwell 1970, Br J Psychiatry 116, 651–655; Bhapkar 1966, JASA 61, 228–235.
struct MarginTest {
  bool degenerate = false;          ///< Nobody changed: statistics 0 on 0 df, p is 1 by convention.
  double stuart = 0, stuart_p = 1;
  int df = 0;
  std::optional<double> bhapkar, bhapkar_p;  ///< Undefined when S = n.
};
/// Undefined: not square, fewer than 2 categories, n = 0 or a negative count.
std::optional<MarginTest> TestMargins(const Counts& table);

/// Symmetry: Σ_{i<j} (n_ij − n_ji)²/(n_ij + n_ji) over the pairs that are not empty, which are also the df.
/// Source: Bowker 1948, JASA 43, 572–574. `df_full` is k(k−1)/2, which counts empty pairs and makes p too large.
struct SymmetryTest {
  bool degenerate = false;          ///< Nobody changed: p is 1 by convention.
  double statistic = 0, p = 1, p_full = 1;
  int df = 0, df_full = 0;
};
/// Undefined: as TestMargins.
std::optional<SymmetryTest> TestSymmetry(const Counts& table);

/// The same statistic against its own distribution, when each pair's n_ij + n_ji changes fall to either side with
/// chance ½. Exact as long as the distribution has at most half a million points, else `draws` of it with (b + 1)/(B + 1).
struct SymmetryFlip {
  bool degenerate = false;
  bool exact = true;
  double statistic = 0, p = 1;
};
inline constexpr std::int64_t kMostFlips = 100'000;
/// Undefined: as TestMargins; and beyond kMostFlips changes, where TestSymmetry is as good as exact.
std::optional<SymmetryFlip> FlipSymmetry(const Counts& table, std::uint64_t seed, int draws = 99'999);

}  // namespace meerstem::statistics
