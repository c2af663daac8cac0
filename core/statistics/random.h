#pragma once

#include <cstddef>
#include <cstdint>
#include <random>
#include <vector>

namespace meerstem::statistics {

/// Draws that are the same on every machine for the same seed: mt19937_64 is fixed by the standard, the standard's
/// distributions are not, so they are made here.
class Random {
 public:
  explicit Random(std::uint64_t seed) : engine_(seed) {}
  bool Coin() { return engine_() >> 63; }
  /// How many of n fair coins fall on one side.
  std::int64_t Heads(std::int64_t n);
  /// 0 … n − 1, each equally likely; n > 0.
  std::size_t Below(std::size_t n);
  /// In [0, 1).
  double Unit() { return static_cast<double>(engine_() >> 11) * 0x1p-53; }
  template <class T>
  void Shuffle(std::vector<T>& values) {
    for (std::size_t i = values.size(); i > 1; --i) std::swap(values[i - 1], values[Below(i)]);
  }

 private:
  std::mt19937_64 engine_;
};

}  // namespace meerstem::statistics
