#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

/// Bytes looked at many at a time: what a search of millions of words comes down to.
namespace meerstem::scan {

using Block [[gnu::vector_size(16)]] = std::uint8_t;

inline Block Load(const char* at) {
  Block block;
  std::memcpy(&block, at, sizeof block);
  return block;
}

inline Block Of(char byte) { return Block{} + static_cast<std::uint8_t>(byte); }

/// Calls `visit(offset)` for each of 16 bytes that is not 0, in order.
template <class Visit>
void EachSet(const Block& block, Visit visit) {
  std::uint64_t halves[2];
  std::memcpy(halves, &block, sizeof halves);
  for (std::size_t half = 0; half < 2; ++half) {
    std::uint64_t left = halves[half];
    if constexpr (std::endian::native == std::endian::big) left = __builtin_bswap64(left);
    while (left != 0) {
      const auto byte = static_cast<std::size_t>(std::countr_zero(left)) / 8;
      visit(half * 8 + byte);
      left &= ~(std::uint64_t{0xff} << (8 * byte));
    }
  }
}

inline bool IsAnySet(const Block& block) {
  std::uint64_t halves[2];
  std::memcpy(halves, &block, sizeof halves);
  return (halves[0] | halves[1]) != 0;
}

/// Calls `visit(position)` for every position at which `first` stands and, `gap` bytes further, `second`; in order.
template <class Visit>
void EachPair(std::string_view text, char first, std::size_t gap, char second, Visit visit) {
  constexpr std::size_t kBlocks = 4, kStride = kBlocks * sizeof(Block);
  const Block one = Of(first), other = Of(second);
  const char* data = text.data();
  std::size_t at = 0;
  for (; at + gap + kStride <= text.size(); at += kStride) {
    Block both[kBlocks], any{};
    for (std::size_t b = 0; b < kBlocks; ++b) {
      const char* here = data + at + b * sizeof(Block);
      both[b] = static_cast<Block>((Load(here) == one) & (Load(here + gap) == other));
      any |= both[b];
    }
    if (!IsAnySet(any)) continue;
    for (std::size_t b = 0; b < kBlocks; ++b) EachSet(both[b], [&](std::size_t offset) { visit(at + b * sizeof(Block) + offset); });
  }
  for (; at + gap < text.size(); ++at) {
    if (data[at] == first && data[at + gap] == second) visit(at);
  }
}

/// How many characters begin in these bytes of UTF-8.
inline std::int64_t CountLeads(const char* at, std::size_t size) {
  constexpr std::uint64_t kOnes = 0x0101010101010101;
  std::int64_t continuations = 0;
  std::size_t i = 0;
  for (; i + 8 <= size; i += 8) {
    std::uint64_t eight;
    std::memcpy(&eight, at + i, 8);
    continuations += static_cast<std::int64_t>((((eight >> 7) & (~eight >> 6) & kOnes) * kOnes) >> 56);
  }
  for (; i < size; ++i) continuations += (static_cast<unsigned char>(at[i]) & 0xC0) == 0x80;
  return static_cast<std::int64_t>(size) - continuations;
}

}  // namespace meerstem::scan
