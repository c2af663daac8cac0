#include "plugins/exchange/moment.h"

#include <charconv>
#include <chrono>
#include <cstdio>

#include "core/base/clock.h"
#include "core/base/date.h"

namespace meerstem::exchange {
namespace {

constexpr std::int64_t kMinute = 60'000;

/// Digits at the front of `text`, which go.
std::optional<int> Take(std::string_view& text, std::size_t digits) {
  if (text.size() < digits) return std::nullopt;
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + digits, value);
  if (error != std::errc() || end != text.data() + digits || text[0] == '-') return std::nullopt;
  text.remove_prefix(digits);
  return value;
}

bool Skip(std::string_view& text, char c) {
  if (text.empty() || text.front() != c) return false;
  text.remove_prefix(1);
  return true;
}

std::int64_t DaysOf(Date date) {
  namespace chrono = std::chrono;
  return chrono::sys_days(chrono::year(date.year) / chrono::month(static_cast<unsigned>(date.month)) / chrono::day(static_cast<unsigned>(date.day))).time_since_epoch().count();
}

}  // namespace

std::optional<std::int64_t> ParseMoment(std::string_view text) {
  if (text.size() < 10) return std::nullopt;
  const auto day = ParseDate(text.substr(0, 10));
  if (!day) return std::nullopt;
  std::int64_t moment = DaysOf(*day) * 24 * 60 * kMinute;
  text.remove_prefix(10);
  if (text.empty()) return moment;
  if (!Skip(text, 'T') && !Skip(text, ' ')) return std::nullopt;
  const auto hour = Take(text, 2);
  if (!hour || !Skip(text, ':')) return std::nullopt;
  const auto minute = Take(text, 2);
  if (!minute || *hour > 24 || *minute > 59) return std::nullopt;
  moment += (*hour * 60 + *minute) * kMinute;
  if (Skip(text, ':')) {
    const auto second = Take(text, 2);
    if (!second || *second > 60) return std::nullopt;
    moment += *second * 1000;
    if (Skip(text, '.')) {
      for (int scale = 100; !text.empty() && text.front() >= '0' && text.front() <= '9'; scale /= 10) moment += scale * *Take(text, 1);
    }
  }
  if (text.empty() || text == "Z") return moment;
  const char sign = text.front();
  text.remove_prefix(1);
  const auto hours = Take(text, 2);
  Skip(text, ':');
  const auto minutes = Take(text, 2);
  if ((sign != '+' && sign != '-') || !hours || !minutes || !text.empty()) return std::nullopt;
  const std::int64_t offset = (*hours * 60 + *minutes) * kMinute;
  return sign == '+' ? moment - offset : moment + offset;
}

std::string ShowMoment(std::int64_t milliseconds) {
  std::string text = ToIsoTime(milliseconds);
  const auto rest = ((milliseconds % 1000) + 1000) % 1000;
  if (rest == 0) return text;
  char buffer[8];
  std::snprintf(buffer, sizeof buffer, ".%03dZ", static_cast<int>(rest));
  return text.substr(0, text.size() - 1) + buffer;
}

}  // namespace meerstem::exchange
