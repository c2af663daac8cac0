#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

/// Bytes looked at many at a time: what a search of millions of words comes down to.
namespace meerstem::scan {

using Block [[gnu::vector_size(16)]] = std::uint8_t;

inline Block Load(const char* at) {
  Block block;
  std::memcpy(&block, at, sizeof block);
  return block;
}

inline Block Of(char byte) { return Block{} + static_cast<std::uint8_t>(byte); }

/// A bit for each of the 16 bytes, all of whose bits are equal, in order from the lowest.
inline std::uint64_t BitsOf(const Block& block) {
#ifdef __SSE2__
  return static_cast<std::uint64_t>(_mm_movemask_epi8(reinterpret_cast<__m128i>(block)));
#else
  std::uint64_t bits = 0;
  for (std::size_t i = 0; i < sizeof block; ++i) bits |= static_cast<std::uint64_t>(block[i] & 1) << i;
  return bits;
#endif
}

/// Calls `visit(position)` for every position at which `first` stands and, `gap` bytes further, `second`; in order.
template <class Visit>
void EachPair(std::string_view text, char first, std::size_t gap, char second, Visit visit) {
  constexpr std::size_t kBlocks = 4, kStride = kBlocks * sizeof(Block);
  const Block one = Of(first), other = Of(second);
  const char* data = text.data();
  std::size_t at = 0;
  for (; at + gap + kStride <= text.size(); at += kStride) {
    std::uint64_t places = 0;
    for (std::size_t b = 0; b < kBlocks; ++b) {
      const char* here = data + at + b * sizeof(Block);
      places |= BitsOf(static_cast<Block>((Load(here) == one) & (Load(here + gap) == other))) << (b * sizeof(Block));
    }
    for (; places != 0; places &= places - 1) visit(at + static_cast<std::size_t>(std::countr_zero(places)));
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
