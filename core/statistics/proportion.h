#pragma once

#include <cstdint>
#include <optional>

namespace meerstem::statistics {

struct Interval {
  double low = 0;
  double high = 0;
};

/// The score interval of a share x / n: all π with |x/n − π| ≤ z √(π(1−π)/n), without continuity correction. Unlike
/// x/n ± z·se it says something at 0 and at n: 0 of 5 is [0; 43.4 %].
/// Source: Wilson 1927, JASA 22, 209–212. Undefined: n = 0, x outside 0 … n, confidence outside (0, 1).
std::optional<Interval> Wilson(std::int64_t x, std::int64_t n, double confidence = 0.95);

/// The exact interval of a share: both binomial tails at (1 − confidence)/2, by beta quantiles. Never covers too little.
/// Source: Clopper & Pearson 1934, Biometrika 26, 404–413. Undefined: as Wilson.
std::optional<Interval> ClopperPearson(std::int64_t x, std::int64_t n, double confidence = 0.95);

}  // namespace meerstem::statistics
