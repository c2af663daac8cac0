#include "plugins/documents/stamps.h"

#include <algorithm>

#include "core/base/boundaries.h"
#include "plugins/documents/transcript.h"

namespace meerstem::documents {
namespace {

constexpr std::size_t kFewest = 3;

bool IsTimeCharacter(char c) { return (c >= '0' && c <= '9') || c == ':' || c == '.' || c == ','; }

struct Stamp {
  std::int64_t position;   ///< Where the words of that moment begin or, at the end of a line, where it stands.
  std::int64_t from;
};

/// A time at this byte of a line; `end` gets where it ends.
std::optional<std::int64_t> TimeAt(std::string_view line, std::size_t at, std::size_t& end) {
  end = at;
  while (end < line.size() && end - at < 14 && IsTimeCharacter(line[end])) ++end;
  std::string_view time = line.substr(at, end - at);
  while (!time.empty() && (time.back() == '.' || time.back() == ',' || time.back() == ':')) time.remove_suffix(1);
  const auto colon = time.find(':');
  if (colon == std::string_view::npos || colon == 0 || time.size() < colon + 3) return std::nullopt;
  return ReadTime(time);
}

void StampsOfLine(const Text& text, const Range& range, std::vector<Stamp>& stamps) {
  const std::string_view line = text.Slice(range);
  const std::size_t base = text.Byte(range.start);
  for (std::size_t at = 0; at < line.size(); ++at) {
    const char c = line[at];
    const bool bracket = c == '[' || c == '(' || c == '#' || c == '{';
    const bool digit = c >= '0' && c <= '9';
    if (!bracket && !(digit && (at == 0 || line[at - 1] == ' ' || line[at - 1] == '\t'))) continue;
    std::size_t end = 0;
    const auto time = TimeAt(line, at + bracket, end);
    if (!time) continue;
    bool counts = at == 0 || end == line.size();
    if (bracket) {
      // "#00:12:03-5#" has tenths of seconds behind it, "[00:12:03 --> ...]" another time.
      const auto close = line.substr(end, 24).find(c == '[' ? ']' : c == '(' ? ')' : c == '{' ? '}' : '#');
      counts = close != std::string_view::npos;
      if (counts) end += close + 1;
    }
    if (counts) stamps.push_back({text.CodePoint(base + at), *time});
    at = std::max(at, end - 1);
  }
}

}  // namespace

std::vector<Moment> FindStamps(const Text& text) {
  std::vector<Stamp> stamps;
  for (const Range& paragraph : Paragraphs(text)) StampsOfLine(text, paragraph, stamps);
  std::size_t forward = 0;
  for (std::size_t i = 1; i < stamps.size(); ++i) forward += stamps[i].from >= stamps[i - 1].from;
  std::vector<Moment> moments;
  if (stamps.size() < kFewest || forward * 10 < (stamps.size() - 1) * 9) return moments;
  for (std::size_t i = 0; i < stamps.size(); ++i) {
    const bool last = i + 1 == stamps.size();
    const Range range = TrimRange(text, {stamps[i].position, last ? text.size() : stamps[i + 1].position});
    if (range.empty()) continue;
    moments.push_back({range, stamps[i].from, last || stamps[i + 1].from < stamps[i].from ? std::nullopt : std::optional(stamps[i + 1].from)});
  }
  return moments;
}

}  // namespace meerstem::documents
