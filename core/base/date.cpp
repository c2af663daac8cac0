#include "core/base/date.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdio>

namespace meerstem {
namespace {

bool ReadNumber(std::string_view text, int& out) {
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  return error == std::errc() && end == text.data() + text.size();
}

std::chrono::year_month_day Calendar(Date date) {
  return std::chrono::year(date.year) / std::chrono::month(static_cast<unsigned>(date.month)) /
         std::chrono::day(static_cast<unsigned>(date.day));
}

}  // namespace

std::string ToIso(Date date) {
  char buffer[32];
  std::snprintf(buffer, sizeof buffer, "%04d-%02d-%02d", date.year, date.month, date.day);
  return buffer;
}

std::optional<Date> ParseDate(std::string_view text) {
  const char separator = text.find('/') != std::string_view::npos ? '/' : '-';
  const auto first = text.find(separator);
  if (first == std::string_view::npos) return std::nullopt;
  const auto second = text.find(separator, first + 1);
  if (second == std::string_view::npos) return std::nullopt;
  int parts[3];
  if (!ReadNumber(text.substr(0, first), parts[0]) || !ReadNumber(text.substr(first + 1, second - first - 1), parts[1]) ||
      !ReadNumber(text.substr(second + 1), parts[2])) {
    return std::nullopt;
  }
  const Date date = separator == '/' ? Date{parts[2], parts[1], parts[0]} : Date{parts[0], parts[1], parts[2]};
  if (date.year < 1000 || date.year > 9999 || date.month < 1 || date.day < 1 || !Calendar(date).ok()) return std::nullopt;
  return date;
}

Date AddMonths(Date date, int months) {
  const int count = date.year * 12 + (date.month - 1) + months;
  const int year = count / 12;
  const int month = count % 12 + 1;
  const auto last = std::chrono::year_month_day_last(
      std::chrono::year(year), std::chrono::month_day_last(std::chrono::month(static_cast<unsigned>(month))));
  return {year, month, std::min(date.day, static_cast<int>(static_cast<unsigned>(last.day())))};
}

}  // namespace meerstem
