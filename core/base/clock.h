#pragma once

#include <cstdint>
#include <string>

#include "core/base/date.h"

namespace meerstem {

/// Where the time comes from. Injected everywhere, so that a test decides what time it is. Thread-safe.
class Clock {
 public:
  virtual ~Clock() = default;
  /// Milliseconds since 1970-01-01 UTC.
  virtual std::int64_t Now() const = 0;
};

/// The machine's clock.
class SystemClock final : public Clock {
 public:
  std::int64_t Now() const override;
};

/// A clock that stands still until it is set.
class FixedClock final : public Clock {
 public:
  explicit FixedClock(std::int64_t now = 1'700'000'000'000) : now_(now) {}
  std::int64_t Now() const override { return now_; }
  void Set(std::int64_t now) { now_ = now; }

 private:
  std::int64_t now_;
};

/// `2023-06-14T09:30:00Z` (UTC, whole seconds).
std::string ToIsoTime(std::int64_t milliseconds);
Date DayOf(std::int64_t milliseconds);

}  // namespace meerstem
