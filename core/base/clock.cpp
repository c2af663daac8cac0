#include "core/base/clock.h"

#include <chrono>
#include <cstdio>

namespace meerstem {
namespace {

std::chrono::sys_seconds Seconds(std::int64_t milliseconds) {
  return std::chrono::floor<std::chrono::seconds>(std::chrono::sys_time(std::chrono::milliseconds(milliseconds)));
}

}  // namespace

std::int64_t SystemClock::Now() const {
  return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch()).count();
}

Date DayOf(std::int64_t milliseconds) {
  const std::chrono::year_month_day day(std::chrono::floor<std::chrono::days>(Seconds(milliseconds)));
  return {static_cast<int>(day.year()), static_cast<int>(static_cast<unsigned>(day.month())),
          static_cast<int>(static_cast<unsigned>(day.day()))};
}

std::string ToIsoTime(std::int64_t milliseconds) {
  const auto time = Seconds(milliseconds);
  const std::chrono::hh_mm_ss clock(time - std::chrono::floor<std::chrono::days>(time));
  char buffer[64];
  std::snprintf(buffer, sizeof buffer, "%sT%02d:%02d:%02dZ", ToIso(DayOf(milliseconds)).c_str(),
                static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
                static_cast<int>(clock.seconds().count()));
  return buffer;
}

}  // namespace meerstem
