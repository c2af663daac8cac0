#include "core/base/id.h"

#include <utility>

namespace meerstem {

std::string ToString(const Id& id) {
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string text;
  text.reserve(36);
  for (std::size_t i = 0; i < 16; ++i) {
    if (i == 4 || i == 6 || i == 8 || i == 10) text += '-';
    text += kDigits[id.bytes[i] >> 4];
    text += kDigits[id.bytes[i] & 15];
  }
  return text;
}

std::optional<Id> ParseId(std::string_view text) {
  if (text.size() == 38 && text.front() == '{' && text.back() == '}') text = text.substr(1, 36);
  if (text.size() != 36) return std::nullopt;
  Id id;
  std::size_t nibble = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (i == 8 || i == 13 || i == 18 || i == 23) {
      if (c != '-') return std::nullopt;
      continue;
    }
    int digit;
    if (c >= '0' && c <= '9') digit = c - '0';
    else if (c >= 'a' && c <= 'f') digit = c - 'a' + 10;
    else if (c >= 'A' && c <= 'F') digit = c - 'A' + 10;
    else return std::nullopt;
    id.bytes[nibble / 2] = static_cast<std::uint8_t>(id.bytes[nibble / 2] << 4 | digit);
    ++nibble;
  }
  return id;
}

IdSource::IdSource(std::shared_ptr<const Clock> clock, std::uint64_t seed) : clock_(std::move(clock)), random_(seed) {}

IdSource::IdSource(std::shared_ptr<const Clock> clock) : clock_(std::move(clock)) {
  std::random_device device;
  std::seed_seq seed{device(), device(), device(), device(), device(), device()};
  random_.seed(seed);
}

Id IdSource::Next() {
  std::lock_guard lock(mutex_);
  std::int64_t now = clock_->Now();
  if (now > last_time_) {
    last_time_ = now;
    counter_ = static_cast<std::uint32_t>(random_() & 0x1ffff);
  } else if (++counter_ >= 1u << 18) {
    ++last_time_;  // More ids in one millisecond than the counter holds: borrow from the next.
    counter_ = 0;
  }
  const std::uint64_t time = static_cast<std::uint64_t>(last_time_);
  Id id;
  for (int i = 0; i < 6; ++i) id.bytes[static_cast<std::size_t>(i)] = static_cast<std::uint8_t>(time >> (40 - 8 * i));
  const std::uint64_t tail = random_();
  id.bytes[6] = static_cast<std::uint8_t>(0x70 | (counter_ >> 14 & 0x0f));
  id.bytes[7] = static_cast<std::uint8_t>(counter_ >> 6);
  id.bytes[8] = static_cast<std::uint8_t>(0x80 | (counter_ & 0x3f));
  for (int i = 9; i < 16; ++i) id.bytes[static_cast<std::size_t>(i)] = static_cast<std::uint8_t>(tail >> (8 * (i - 9)));
  return id;
}

}  // namespace meerstem
