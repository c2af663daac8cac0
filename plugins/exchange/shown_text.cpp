#include "plugins/exchange/shown_text.h"

#include <algorithm>

#include "core/study/display.h"
#include "core/study/sources.h"

namespace meerstem::exchange {
namespace {

/// Stands where words were withheld; the same in every language, like the three dots of a quote.
constexpr std::string_view kWithheld = "[…]";

/// Ranges that may not leave, apart from each other, in order.
std::vector<Range> WithheldIn(Reading& reading, const Id& source, Purpose purpose) {
  std::vector<Range> withheld;
  for (const auto& turn : TurnsOf(reading, source)) {
    if (turn.words.empty() || MayUse(reading, {source, turn.words}, purpose)) continue;
    if (!withheld.empty() && turn.words.start < withheld.back().end) withheld.back().end = std::max(withheld.back().end, turn.words.end);
    else withheld.push_back(turn.words);
  }
  return withheld;
}

}  // namespace

bool ShownText::AnyWithheld(Reading& reading) {
  return reading.Number(
             "SELECT EXISTS (SELECT 1 FROM person WHERE may_analyse = 0 OR may_quote = 0 OR may_archive = 0 OR withdrawn IS NOT NULL) "
             "OR EXISTS (SELECT 1 FROM unguarded_person)") != 0;
}

ShownText::ShownText(Reading& reading, const Id& source, Purpose purpose, bool as_stored) : text_(TextOf(reading, source)) {
  if (as_stored) return;
  if (AnyWithheld(reading)) withheld_ = WithheldIn(reading, source, purpose);
  const std::int64_t size = text_->size();
  std::string shown;
  std::int64_t at = 0, length = 0;
  bool same = withheld_.empty();
  const auto add = [&](Range stored, std::string_view words, bool verbatim) {
    const std::int64_t count = verbatim ? stored.size() : CountCodePoints(words);
    pieces_.push_back({stored, {length, length + count}, verbatim});
    length += count;
    shown += words;
    same &= verbatim;
  };
  const auto run = [&](std::int64_t end) {
    if (at >= end) return;
    for (const auto& part : DisplayRuns(reading, {source, {at, end}}, purpose)) add(part.stored, part.text, part.role == view::Run::Role::kWords);
  };
  for (const auto& range : withheld_) {
    run(range.start);
    add(range, kWithheld, false);
    at = range.end;
  }
  run(size);
  if (same) pieces_.clear();
  else text_ = std::make_shared<const Text>(shown);
}

bool ShownText::Withheld(const Range& range) const {
  return std::any_of(withheld_.begin(), withheld_.end(), [&](const Range& withheld) { return withheld.Overlaps(range); });
}

std::int64_t ShownText::Place(std::int64_t position, bool end) const {
  if (pieces_.empty()) return position;
  // The piece that holds the position; an end belongs to the piece that it closes.
  auto piece = std::lower_bound(pieces_.begin(), pieces_.end(), position, [&](const Piece& p, std::int64_t value) { return end ? p.stored.end < value : p.stored.end <= value; });
  if (piece == pieces_.end()) return pieces_.back().shown.end;
  if (piece->verbatim) return piece->shown.start + std::max<std::int64_t>(0, position - piece->stored.start);
  return end ? piece->shown.end : piece->shown.start;
}

Counting::Counting(const Text& text, bool nvivo) : text_(text), nvivo_(nvivo) {
  if (!nvivo_) return;
  std::int64_t position = 0;
  for (const char c : text.utf8()) {
    if (c == '\n') lines_.push_back(position);
    if ((static_cast<unsigned char>(c) & 0xC0) != 0x80) ++position;
  }
}

std::int64_t Counting::operator()(std::int64_t position) const {
  if (!nvivo_) return position;
  return text_.Utf16(position) + (std::lower_bound(lines_.begin(), lines_.end(), position) - lines_.begin());
}

std::string Counting::Bytes() const {
  if (!nvivo_) return text_.utf8();
  std::string bytes = "\xEF\xBB\xBF";
  for (const char c : text_.utf8()) {
    if (c == '\n') bytes += '\r';
    bytes += c;
  }
  return bytes;
}

}  // namespace meerstem::exchange
