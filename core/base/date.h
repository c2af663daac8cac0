#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>

namespace meerstem {

/// A calendar date without time or zone, proleptic Gregorian. In the store: ISO text `yyyy-mm-dd`.
struct Date {
  int year = 1970;
  int month = 1;
  int day = 1;

  auto operator<=>(const Date&) const = default;
};

std::string ToIso(Date date);
/// `yyyy-mm-dd`, and Belgian `dd/mm/yyyy` as people type it; nullopt for anything that is not a day of the calendar.
std::optional<Date> ParseDate(std::string_view text);
/// The same day `months` later; a day that the month lacks becomes its last day (31/08 + 6 = 28/02 or 29/02).
Date AddMonths(Date date, int months);

}  // namespace meerstem
