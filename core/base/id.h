#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <random>
#include <string>
#include <string_view>

#include "core/base/clock.h"

namespace meerstem {

/// The one identity of everything in a study: a UUID, 16 bytes big-endian in the store, the GUID in REFI-QDA files.
struct Id {
  std::array<std::uint8_t, 16> bytes{};

  bool IsNil() const { return bytes == std::array<std::uint8_t, 16>{}; }
  auto operator<=>(const Id&) const = default;
};

/// Lower case, 8-4-4-4-12.
std::string ToString(const Id& id);
/// Either case, with or without braces.
std::optional<Id> ParseId(std::string_view text);

/// Makes new UUIDv7 ids (RFC 9562: 48 bits of milliseconds, then a counter and randomness), rising within one
/// source. Thread-safe. Tests give a fixed clock and a seed.
class IdSource {
 public:
  IdSource(std::shared_ptr<const Clock> clock, std::uint64_t seed);
  /// Seeded from the operating system.
  explicit IdSource(std::shared_ptr<const Clock> clock);
  Id Next();

 private:
  std::shared_ptr<const Clock> clock_;
  std::mutex mutex_;
  std::mt19937_64 random_;
  std::int64_t last_time_ = 0;
  std::uint32_t counter_ = 0;
};

}  // namespace meerstem

template <>
struct std::hash<meerstem::Id> {
  std::size_t operator()(const meerstem::Id& id) const noexcept {
    // The tail of a UUIDv7 is random; the whole of a foreign GUID may not be, so mix all.
    std::uint64_t h = 1469598103934665603ull;
    for (auto byte : id.bytes) h = (h ^ byte) * 1099511628211ull;
    return static_cast<std::size_t>(h);
  }
};
