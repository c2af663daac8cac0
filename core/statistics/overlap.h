#pragma once

#include <cstdint>
#include <optional>

namespace meerstem::statistics {

/// How two codes meet in n units: one in `first`, the other in `second`, both in `both`.
struct Overlap {
  std::optional<double> jaccard;      ///< both / (first + second − both). Jaccard 1912. Undefined when neither is used.
  std::optional<double> dice;         ///< 2 both / (first + second). Dice 1945. Undefined when neither is used.
  std::optional<double> coefficient;  ///< both / min(first, second). Szymkiewicz–Simpson. Undefined when one is unused.
  /// (n·both − first·second) / √(first·second·(n−first)(n−second)). Undefined when one is in no unit or in all.
  std::optional<double> phi;
  double expected = 0;                ///< first·second / n: both, if they were independent.
};
/// Undefined: n = 0, a negative count, or counts that cannot be (both > first, first + second − both > n).
std::optional<Overlap> MeasureOverlap(std::int64_t first, std::int64_t second, std::int64_t both, std::int64_t n);

}  // namespace meerstem::statistics
