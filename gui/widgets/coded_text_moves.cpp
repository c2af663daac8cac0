// What CodedTextCanvas does at its cursor by keys of its own: from quote to quote, turn to turn and to what is not coded
// yet, codes at hand, the ends of a quote, and the drag of words onto a code.
#include <algorithm>

#include <wx/dnd.h>
#include <wx/settings.h>

#include "gui/widgets/coded_text_canvas.h"
#include "gui/widgets/digit_key.h"

namespace meerstem::gui {
namespace {

constexpr int kRest = 450;       // Milliseconds without a key: the ends stand where they were meant.
constexpr int kAnswer = 2000;    // For the study to show what came of it.
constexpr int kHold = 6;         // Pixels beside an end in which the mouse takes hold of it.
constexpr std::size_t kQuickKeys = 9;

std::string KeyName(const wxKeyEvent& event) {
  std::string name;
  if (event.ControlDown()) name += "Ctrl+";
  if (event.AltDown()) name += "Alt+";
  if (event.ShiftDown()) name += "Shift+";
  switch (event.GetKeyCode()) {
    case WXK_UP: case WXK_NUMPAD_UP: return name + "Up";
    case WXK_DOWN: case WXK_NUMPAD_DOWN: return name + "Down";
    case WXK_PAGEUP: case WXK_NUMPAD_PAGEUP: return name + "PageUp";
    case WXK_PAGEDOWN: case WXK_NUMPAD_PAGEDOWN: return name + "PageDown";
    case WXK_F7: return name + "F7";
    case WXK_F8: return name + "F8";
    default: return {};
  }
}

}  // namespace

void CodedTextCanvas::MakeMoves() {
  moves_ = {
      {Say("Next quote"), "Alt+Down", [this] { StepMark(true); }},
      {Say("Previous quote"), "Alt+Up", [this] { StepMark(false); }},
      {Say("Next turn"), "Ctrl+Down", [this] { MoveTo(index_->NextTurn(caret_), false); }},
      {Say("Previous turn"), "Ctrl+Up", [this] { MoveTo(index_->PreviousTurn(caret_), false); }},
      {Say("Next passage that is not coded"), "Alt+PageDown", [this] { StepUncoded(true); }},
      {Say("Previous passage that is not coded"), "Alt+PageUp", [this] { StepUncoded(false); }},
      {Say("Let the quote begin a word earlier"), "F7", [this] { MoveEnd(true, false); }},
      {Say("Let the quote begin a word later"), "Shift+F7", [this] { MoveEnd(true, true); }},
      {Say("Let the quote end a word later"), "F8", [this] { MoveEnd(false, true); }},
      {Say("Let the quote end a word earlier"), "Shift+F8", [this] { MoveEnd(false, false); }},
  };
}

bool CodedTextCanvas::RunMove(const wxKeyEvent& event) {
  if (const int digit = DigitOf(event)) {
    if (static_cast<std::size_t>(digit) > text().quick.size()) wxBell();
    else listener_.quick(static_cast<std::size_t>(digit - 1));
    return true;
  }
  const std::string key = KeyName(event);
  const auto move = std::find_if(moves_.begin(), moves_.end(), [&](const WidgetAction& each) { return !key.empty() && each.key == key; });
  if (move == moves_.end()) return false;
  move->run();
  return true;
}

void CodedTextCanvas::StepMark(bool forward) {
  const auto mark = forward ? index_->NextMark(caret_, chosen_) : index_->PreviousMark(caret_, chosen_);
  if (mark) Choose(*mark);
  else wxBell();
}

void CodedTextCanvas::StepUncoded(bool forward) {
  // With nothing selected the passage that begins right here is the next one.
  const std::int64_t from = selection().start - (selection().empty() ? 1 : 0);
  const auto passage = forward ? index_->NextUncoded(from) : index_->PreviousUncoded(selection().start);
  if (!passage) return wxBell();
  // Selected, so that a code can be put on it at once; the caret at its start, where reading begins.
  anchor_ = passage->end;
  MoveTo(passage->start, true);
}

Range CodedTextCanvas::RangeOf(std::size_t mark) const {
  const Range range = index_->marks()[mark];
  if (!ends_) return range;
  // Every code on the same quote moves along.
  const auto same = [&](const view::Entity& entity) {
    const auto& moved = text().marks[ends_->mark].entities;
    return entity.kind == text().ends->entity_kind && std::find(moved.begin(), moved.end(), entity) != moved.end();
  };
  const auto& entities = text().marks[mark].entities;
  return std::any_of(entities.begin(), entities.end(), same) ? ends_->shown : range;
}

void CodedTextCanvas::MoveEnd(bool start, bool forward) {
  if (!chosen_) {
    // None is chosen: the one at the cursor is meant.
    if (const auto marks = index_->MarksAt(caret_); !marks.empty()) chosen_ = marks.front();
  }
  if (!chosen_ || !text().ends) return wxBell();
  Range range = RangeOf(*chosen_);
  std::int64_t& end = start ? range.start : range.end;
  const std::int64_t before = end;
  end = column_.NextWord(end, forward);
  // The end of a word is where a quote ends, not the beginning of the next.
  const auto words = [&](Range part) { return index_->shown().Slice(part).find_first_not_of(" \n\t") != std::string_view::npos; };
  if (!start && forward) {
    end = column_.WordAt(std::min(before + 1, index_->size() - 1)).end;
    if (end <= before) end = column_.WordAt(column_.NextWord(before, true)).end;
  } else if (!start) {
    end = column_.NextWord(before, false);
    while (end > range.start && !words({end - 1, end})) --end;
  }
  if (range.empty() || !words(range)) return wxBell();
  DraftEnds(range);
  EnsureVisible(end);
}

void CodedTextCanvas::DraftEnds(Range shown) {
  ends_ = EndsDraft{*chosen_, shown};
  ends_timer_.StartOnce(kRest);
  Refresh();
}

void CodedTextCanvas::SendEnds() {
  if (!ends_ || ends_->sent) return;
  if (dragged_end_) return ends_timer_.Stop();  // The hand still holds it.
  ends_->sent = true;
  ends_timer_.StartOnce(kAnswer);
  listener_.ends(ends_->mark, index_->ToStored(ends_->shown));
}

wxPoint CodedTextCanvas::PlaceOf(std::int64_t position) {
  const std::size_t paragraph = index_->ParagraphAt(position);
  for (const Seen& seen : seen_) {
    if (seen.paragraph != paragraph) continue;
    const auto box = column_.Caret(position);
    return {text_left_ + static_cast<int>(box.x), static_cast<int>(seen.y + box.y)};
  }
  return {-1000, -1000};
}

int CodedTextCanvas::HitEnd(const wxPoint& point) {
  if (!chosen_ || !text().ends) return 0;
  const Range range = RangeOf(*chosen_);
  for (const int end : {2, 1}) {
    const wxPoint place = PlaceOf(end == 1 ? range.start : range.end);
    if (std::abs(point.x - place.x) <= kHold && point.y >= place.y - kHold && point.y <= place.y + column_.line_height() + kHold) return end;
  }
  return 0;
}

void CodedTextCanvas::DragEnd(const wxPoint& point) {
  const std::int64_t position = HitPosition({point.x, std::clamp(point.y, 0, std::max(0, GetClientSize().GetHeight() - 1))});
  Range range = RangeOf(*chosen_);
  if (dragged_end_ == 1) range.start = std::min(position, range.end - 1);
  else range.end = std::max(position, range.start + 1);
  if (range != RangeOf(*chosen_)) DraftEnds(range);
}

void CodedTextCanvas::DragSelection() {
  pressed_in_selection_.reset();
  const std::unique_ptr<wxCustomDataObject> data(listener_.dragged());
  if (!data) return;
  wxDropSource source(*data, this);
  source.DoDragDrop(wxDrag_CopyOnly);
}

}  // namespace meerstem::gui
