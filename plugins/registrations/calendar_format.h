#pragma once

#include <chrono>
#include <string_view>

namespace meerstem::registrations {

/// How a number that SPSS or Stata shows as a date or moment is counted: so many for a day, from when.
struct Calendar {
  double per_day = 0;  ///< 0: the format shows no date.
  std::chrono::sys_days zero;
  bool moments = false;  ///< With the time of day.
};

inline Calendar CalendarOf(std::string_view format) {
  using namespace std::chrono;
  constexpr sys_days kSpss = year(1582) / October / 14, kStata = year(1960) / January / 1;
  const auto starts = [&](const char* with) { return format.starts_with(with); };
  if (starts("%td") || starts("%d")) return {1, kStata};
  if (starts("%tc") || starts("%tC")) return {86'400'000, kStata, true};
  if (starts("DATETIME") || starts("YMDHMS")) return {86'400, kSpss, true};
  for (const char* spss : {"DATE", "ADATE", "EDATE", "JDATE", "SDATE"}) {
    if (starts(spss)) return {86'400, kSpss};
  }
  return {};
}

}  // namespace meerstem::registrations
