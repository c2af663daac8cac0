#include "gui/widgets/coded_text_layout.h"

#include <algorithm>
#include <cctype>

namespace meerstem::gui {

CodedTextIndex::CodedTextIndex(const view::CodedText& text) {
  std::string words;
  std::int64_t at = 0;
  for (const auto& run : text.runs) {
    const std::int64_t length = CountCodePoints(run.text);
    const bool plain = run.role == view::Run::Role::kWords || run.role == view::Run::Role::kLabel;
    pieces_.push_back({{at, at + length}, run.stored, run.role, !plain || length != run.stored.size()});
    words += run.text;
    at += length;
  }
  shown_ = Text(std::move(words));

  for (const auto& turn : text.turns) {
    Range whole = turn.words;
    if (!turn.label.empty()) whole = {std::min(turn.label.start, turn.words.start), std::max(turn.label.end, turn.words.end)};
    turns_.push_back(ToShown(whole));
    words_.push_back(ToShown(turn.words));
    asking_.push_back(turn.researcher);
  }
  for (const auto& mark : text.marks) {
    marks_.push_back(ToShown(mark.range));
    reaches_.push_back(std::max(marks_.back().end, reaches_.empty() ? 0 : reaches_.back()));
  }
  FindUncoded();

  const std::string& utf8 = shown_.utf8();
  std::size_t byte = 0;
  std::size_t turn = 0;
  std::int64_t start = 0;
  while (true) {
    const std::size_t line_end = std::min(utf8.find('\n', byte), utf8.size());
    Paragraph paragraph{{start, shown_.CodePoint(line_end)}};
    while (turn < turns_.size() && turns_[turn].end <= start && turns_[turn].end < paragraph.shown.end) ++turn;
    if (turn < turns_.size() && turns_[turn].start <= paragraph.shown.end && turns_[turn].end > start) {
      paragraph.turn = static_cast<std::ptrdiff_t>(turn);
      paragraph.opens_turn = turns_[turn].start >= start;
    }
    paragraphs_.push_back(paragraph);
    if (line_end >= utf8.size()) break;
    byte = line_end + 1;
    start = paragraph.shown.end + 1;
  }
}

std::size_t CodedTextIndex::ParagraphAt(std::int64_t position) const {
  const auto after = std::upper_bound(paragraphs_.begin(), paragraphs_.end(), position,
                                      [](std::int64_t p, const Paragraph& paragraph) { return p < paragraph.shown.start; });
  return after == paragraphs_.begin() ? 0 : static_cast<std::size_t>(after - paragraphs_.begin() - 1);
}

Range CodedTextIndex::ToStored(Range shown) const {
  if (pieces_.empty()) return {};
  const auto first = std::find_if(
      std::lower_bound(pieces_.begin(), pieces_.end(), shown.start, [](const Piece& p, std::int64_t at) { return p.shown.end <= at; }),
      pieces_.end(), [&](const Piece& p) { return p.shown.end > shown.start; });
  Range stored;
  if (first == pieces_.end()) stored.start = pieces_.back().stored.end;
  else stored.start = first->whole ? first->stored.start : first->stored.start + std::max<std::int64_t>(0, shown.start - first->shown.start);
  if (shown.empty()) return {stored.start, stored.start};
  auto last = std::lower_bound(pieces_.begin(), pieces_.end(), shown.end, [](const Piece& p, std::int64_t at) { return p.shown.start < at; });
  // The last piece that starts before the end and shows something: a hidden label after it is not selected.
  while (last != pieces_.begin()) {
    --last;
    if (!last->shown.empty()) {
      stored.end = last->whole ? last->stored.end : last->stored.start + std::min(shown.end, last->shown.end) - last->shown.start;
      break;
    }
  }
  stored.end = std::max(stored.start, stored.end);
  return stored;
}

Range CodedTextIndex::ToShown(Range stored) const {
  if (pieces_.empty()) return {};
  const auto first = std::lower_bound(pieces_.begin(), pieces_.end(), stored.start, [](const Piece& p, std::int64_t at) { return p.stored.end <= at; });
  Range shown;
  if (first == pieces_.end()) shown.start = pieces_.back().shown.end;
  else shown.start = first->whole ? first->shown.start : first->shown.start + std::max<std::int64_t>(0, stored.start - first->stored.start);
  if (stored.empty()) return {shown.start, shown.start};
  auto last = std::lower_bound(pieces_.begin(), pieces_.end(), stored.end, [](const Piece& p, std::int64_t at) { return p.stored.start < at; });
  if (last != pieces_.begin()) {
    --last;
    shown.end = last->whole ? last->shown.end : last->shown.start + std::min(stored.end, last->stored.end) - last->stored.start;
  }
  shown.end = std::max(shown.start, shown.end);
  return shown;
}

std::vector<std::size_t> CodedTextIndex::MarksAt(std::int64_t position) const { return MarksIn({position, position + 1}); }

std::vector<std::size_t> CodedTextIndex::MarksIn(Range shown) const {
  std::vector<std::size_t> found;
  const auto first = std::upper_bound(reaches_.begin(), reaches_.end(), shown.start) - reaches_.begin();
  for (auto i = static_cast<std::size_t>(first); i < marks_.size() && marks_[i].start < std::max(shown.end, shown.start + 1); ++i) {
    if (marks_[i].Overlaps(shown)) found.push_back(i);
  }
  std::stable_sort(found.begin(), found.end(), [this](std::size_t a, std::size_t b) { return marks_[a].size() < marks_[b].size(); });
  return found;
}

void CodedTextIndex::FindUncoded() {
  const std::string& utf8 = shown_.utf8();
  const auto blank = [&](std::int64_t position) {
    const char c = utf8[shown_.Byte(position)];
    return c == ' ' || c == '\n' || c == '\t';
  };
  const auto add = [&](Range part) {
    while (!part.empty() && blank(part.start)) ++part.start;
    while (!part.empty() && blank(part.end - 1)) --part.end;
    const auto letters = shown_.Slice(part);
    // A full stop that is left between two quotes is nothing that was overlooked.
    if (std::any_of(letters.begin(), letters.end(), [](unsigned char c) { return c >= 0x80 || std::isalnum(c); })) uncoded_.push_back(part);
  };
  std::vector<Range> places;
  for (std::size_t i = 0; i < words_.size(); ++i) {
    if (!asking_[i]) places.push_back(words_[i]);
  }
  if (turns_.empty()) places.push_back({0, size()});
  for (const Range& place : places) {
    std::int64_t at = place.start;
    // By start: what is left between the furthest end so far and the next beginning.
    std::vector<std::size_t> marks = MarksIn(place);
    std::sort(marks.begin(), marks.end());
    for (const std::size_t mark : marks) {
      if (marks_[mark].start > at) add({at, std::min(marks_[mark].start, place.end)});
      at = std::max(at, marks_[mark].end);
    }
    if (at < place.end) add({at, place.end});
  }
}

std::optional<Range> CodedTextIndex::NextUncoded(std::int64_t position) const {
  const auto next = std::upper_bound(uncoded_.begin(), uncoded_.end(), position, [](std::int64_t p, const Range& r) { return p < r.start; });
  return next == uncoded_.end() ? std::nullopt : std::optional(*next);
}

std::optional<Range> CodedTextIndex::PreviousUncoded(std::int64_t position) const {
  auto next = std::lower_bound(uncoded_.begin(), uncoded_.end(), position, [](const Range& r, std::int64_t p) { return r.start < p; });
  return next == uncoded_.begin() ? std::nullopt : std::optional(*--next);
}

std::optional<std::size_t> CodedTextIndex::NextMark(std::int64_t position, std::optional<std::size_t> current) const {
  std::optional<std::size_t> best;
  for (std::size_t i = 0; i < marks_.size(); ++i) {
    // One that begins right here is the next, as long as none is chosen.
    const bool after = marks_[i].start == position ? !current || i > *current : marks_[i].start > position;
    if (after && (!best || marks_[i].start < marks_[*best].start)) best = i;
  }
  return best;
}

std::optional<std::size_t> CodedTextIndex::PreviousMark(std::int64_t position, std::optional<std::size_t> current) const {
  std::optional<std::size_t> best;
  for (std::size_t i = 0; i < marks_.size(); ++i) {
    const bool before = current && marks_[i].start == position ? i < *current : marks_[i].start < position;
    if (before && (!best || marks_[i].start >= marks_[*best].start)) best = i;
  }
  return best;
}

std::ptrdiff_t CodedTextIndex::TurnAt(std::int64_t position) const {
  const auto after = std::upper_bound(turns_.begin(), turns_.end(), position, [](std::int64_t p, const Range& r) { return p < r.start; });
  if (after == turns_.begin()) return -1;
  const auto turn = after - turns_.begin() - 1;
  return position <= turns_[static_cast<std::size_t>(turn)].end ? turn : -1;
}

std::int64_t CodedTextIndex::NextTurn(std::int64_t position) const {
  const auto next = std::upper_bound(turns_.begin(), turns_.end(), position, [](std::int64_t p, const Range& r) { return p < r.start; });
  return next == turns_.end() ? size() : next->start;
}

std::int64_t CodedTextIndex::PreviousTurn(std::int64_t position) const {
  auto here = std::lower_bound(turns_.begin(), turns_.end(), position, [](const Range& r, std::int64_t p) { return r.start < p; });
  return here == turns_.begin() ? 0 : (--here)->start;
}

Range CodedTextIndex::DropRange(std::int64_t position, Range selection) const {
  if (!selection.empty() && selection.Contains(position)) return selection;
  const auto& paragraph = paragraphs_[ParagraphAt(position)];
  if (paragraph.turn >= 0) return words_[static_cast<std::size_t>(paragraph.turn)];
  return paragraph.shown;
}

void ScrollHeights::Reset(const std::vector<double>& heights) {
  heights_ = heights;
  sums_.assign(heights.size() + 1, 0);
  for (std::size_t i = 1; i <= heights.size(); ++i) {
    sums_[i] += heights[i - 1];
    const std::size_t above = i + (i & (~i + 1));
    if (above <= heights.size()) sums_[above] += sums_[i];
  }
}

void ScrollHeights::Set(std::size_t index, double height) {
  const double difference = height - heights_[index];
  if (difference == 0) return;
  heights_[index] = height;
  for (std::size_t i = index + 1; i < sums_.size(); i += i & (~i + 1)) sums_[i] += difference;
}

double ScrollHeights::Top(std::size_t index) const {
  double sum = 0;
  for (std::size_t i = std::min(index, heights_.size()); i > 0; i -= i & (~i + 1)) sum += sums_[i];
  return sum;
}

std::size_t ScrollHeights::IndexAt(double y) const {
  std::size_t index = 0;
  std::size_t step = 1;
  while (step * 2 < sums_.size()) step *= 2;
  for (; step > 0; step /= 2) {
    if (index + step < sums_.size() && sums_[index + step] <= y) {
      index += step;
      y -= sums_[index];
    }
  }
  return heights_.empty() ? 0 : std::min(index, heights_.size() - 1);
}

}  // namespace meerstem::gui
