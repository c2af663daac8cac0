#include "core/statistics/random.h"

#include <bit>
#include <limits>

namespace meerstem::statistics {

std::size_t Random::Below(std::size_t n) {
  constexpr std::uint64_t kMost = std::numeric_limits<std::uint64_t>::max();
  // The last, incomplete round of 2^64 would favour small numbers.
  const std::uint64_t fair = kMost - kMost % n;
  std::uint64_t draw = engine_();
  while (draw >= fair) draw = engine_();
  return static_cast<std::size_t>(draw % n);
}

std::int64_t Random::Heads(std::int64_t n) {
  std::int64_t heads = 0;
  for (; n >= 64; n -= 64) heads += std::popcount(engine_());
  return n > 0 ? heads + std::popcount(engine_() >> (64 - n)) : heads;
}

}  // namespace meerstem::statistics
