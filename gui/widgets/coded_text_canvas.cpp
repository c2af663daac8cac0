#include "gui/widgets/coded_text_canvas.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include <wx/clipbrd.h>
#include <wx/dcclient.h>
#include <wx/settings.h>

#include "gui/widgets/entity_drag.h"
#include "gui/widgets/strings.h"

namespace meerstem::gui {
namespace {

constexpr double kPoints = 12.5;         // Prose, at 100 %.
constexpr int kPageOverlapLines = 2;
constexpr long kTripleClick = 400;       // Milliseconds after a double click.
constexpr int kMinimumColumn = 220;

}  // namespace

CodedTextCanvas::CodedTextCanvas(wxWindow* parent, WidgetHost& host, Listener listener)
    : host_(host), listener_(std::move(listener)), drag_timer_(this) {
  MakeMoves();
  SetBackgroundStyle(wxBG_STYLE_PAINT);
  Create(parent, wxID_ANY, wxDefaultPosition, wxDefaultSize, wxVSCROLL | wxWANTS_CHARS | wxFULL_REPAINT_ON_RESIZE);
  SetCursor(wxCursor(wxCURSOR_IBEAM));
  Bind(wxEVT_PAINT, &CodedTextCanvas::OnPaint, this);
  Bind(wxEVT_KEY_DOWN, &CodedTextCanvas::OnKey, this);
  // Before the window takes it as the way to its next part.
  Bind(wxEVT_CHAR_HOOK, [this](wxKeyEvent& event) {
    if (event.GetKeyCode() == WXK_F6 && !event.HasAnyModifiers()) listener_.leave();
    else event.Skip();
  });
  for (const auto& type : {wxEVT_SCROLLWIN_TOP, wxEVT_SCROLLWIN_BOTTOM, wxEVT_SCROLLWIN_LINEUP, wxEVT_SCROLLWIN_LINEDOWN,
                           wxEVT_SCROLLWIN_PAGEUP, wxEVT_SCROLLWIN_PAGEDOWN, wxEVT_SCROLLWIN_THUMBTRACK, wxEVT_SCROLLWIN_THUMBRELEASE}) {
    Bind(type, &CodedTextCanvas::OnScroll, this);
  }
  for (const auto& type : {wxEVT_LEFT_DOWN, wxEVT_LEFT_UP, wxEVT_LEFT_DCLICK, wxEVT_RIGHT_DOWN, wxEVT_MOTION, wxEVT_LEAVE_WINDOW}) {
    Bind(type, &CodedTextCanvas::OnMouse, this);
  }
  Bind(wxEVT_CONTEXT_MENU, [this](wxContextMenuEvent&) { listener_.menu(); });
  Bind(wxEVT_MOUSEWHEEL, [this](wxMouseEvent& event) {
    if (event.ControlDown() || event.GetWheelAxis() != wxMOUSE_WHEEL_VERTICAL || event.GetWheelDelta() == 0) {
      event.Skip();
      return;
    }
    revealed_.reset();
    ScrollBy(-static_cast<double>(event.GetWheelRotation()) / event.GetWheelDelta() * 3 * column_.line_height());
  });
  Bind(wxEVT_SIZE, [this](wxSizeEvent& event) {
    event.Skip();
    if (!index_) return;
    Measure();
    // What was asked for before the window had its size is looked up again at the size it got.
    if (revealed_) PlaceRevealed();
  });
  Bind(wxEVT_SET_FOCUS, [this](wxFocusEvent& event) {
    event.Skip();
    Refresh();
  });
  Bind(wxEVT_KILL_FOCUS, [this](wxFocusEvent& event) {
    event.Skip();
    SendEnds();
    Refresh();
  });
  Bind(wxEVT_SYS_COLOUR_CHANGED, [this](wxSysColourChangedEvent& event) {
    event.Skip();
    if (index_) Restyle();
  });
  ends_timer_.Bind(wxEVT_TIMER, [this](wxTimerEvent&) {
    if (ends_ && !ends_->sent) return SendEnds();
    // Refused, or nothing differs: what the study holds is shown again.
    ends_.reset();
    Refresh();
  });
  Bind(wxEVT_MOUSE_CAPTURE_LOST, [this](wxMouseCaptureLostEvent&) {
    dragging_ = false;
    dragged_end_ = 0;
    ends_.reset();
    drag_timer_.Stop();
  });
  Bind(wxEVT_TIMER, [this](wxTimerEvent&) {
    const int height = GetClientSize().GetHeight();
    if (drag_point_.y < 0) ScrollBy(drag_point_.y / 2.0);
    else if (drag_point_.y > height) ScrollBy((drag_point_.y - height) / 2.0);
    else return;
    MoveTo(HitPosition({drag_point_.x, std::clamp(drag_point_.y, 0, height - 1)}), true);
  });
  SetDropTarget(new EntityDropTarget(
      [this](wxCoord x, wxCoord y) { return index_ && listener_.takes_drops() && Hidden({x, y}) == false; },
      [this](wxCoord x, wxCoord y, const Dragged& dragged) {
        if (!index_) return false;
        listener_.dropped(index_->DropRange(HitPosition({x, y}), selection()), dragged.entities);
        return true;
      }));
}

CodedTextCanvas::~CodedTextCanvas() { ForgetNames(); }

void CodedTextCanvas::SetModel(std::shared_ptr<const view::Model> model) {
  // The same place in the new text, by what is stored: pseudonyms may have changed its length.
  std::optional<Range> kept, top;
  std::string chosen_key;
  std::optional<Range> shown_before;
  if (index_) {
    kept = index_->ToStored(selection());
    top = index_->ToStored({index_->paragraphs()[top_paragraph_].shown.start, index_->paragraphs()[top_paragraph_].shown.start});
    if (chosen_ && *chosen_ < text().marks.size()) chosen_key = text().marks[*chosen_].key;
    shown_before = text().show;
    if (std::get<view::CodedText>(model->body).source != text().source) kept.reset();
  }
  const bool same = kept.has_value();
  const bool backwards = caret_ < anchor_;
  column_.SetText(nullptr);
  model_ = std::move(model);
  index_ = std::make_unique<CodedTextIndex>(text());
  column_.SetText(index_.get());
  chosen_.reset();
  ends_.reset();
  ends_timer_.Stop();
  for (std::size_t i = 0; i < text().marks.size() && !chosen_key.empty(); ++i) {
    if (text().marks[i].key == chosen_key) chosen_ = i;
  }
  if (same) {
    const Range range = index_->ToShown(*kept);
    anchor_ = backwards ? range.end : range.start;
    caret_ = backwards ? range.start : range.end;
    top_paragraph_ = index_->ParagraphAt(index_->ToShown(*top).start);
  } else {
    anchor_ = caret_ = 0;
    top_paragraph_ = 0;
    top_offset_ = 0;
    revealed_.reset();
  }
  Restyle();
  if (text().show && (!same || text().show != shown_before)) Reveal(*text().show);
}

void CodedTextCanvas::Restyle() {
  theme_ = Theme::Current();
  ForgetNames();
  colours_.clear();
  for (const auto& mark : text().marks) {
    const wxColour colour = ParseColour(mark.colour);
    colours_.push_back(colour.IsOk() ? colour : theme_.accent);
  }
  Measure();
}

void CodedTextCanvas::Measure() {
  const wxSize size = GetClientSize();
  const wxFont& font = DesktopFont();
  const double pixels_per_point = font.GetFractionalPointSize() > 0 ? static_cast<double>(font.GetPixelSize().y) / font.GetFractionalPointSize() : 96.0 / 72;
  // GTK's default size is 10 or 11 points; prose is set somewhat larger than the desktop's own.
  const double points = std::max(kPoints, font.GetFractionalPointSize() * 1.18) * host_.zoom();
  TextColumn::Style style;
  style.family = FromWx(font.GetFaceName());
  style.font_pixels = points * std::clamp(pixels_per_point, 1.0, 4.0);
  style.quiet = static_cast<std::uint32_t>(theme_.quiet.Red() << 16 | theme_.quiet.Green() << 8 | theme_.quiet.Blue());
  style.width = text_width_;
  bool changed = column_.SetStyle(style);

  const int lanes = std::max(1, text().lanes);
  lane_width_ = std::clamp(static_cast<int>(style.font_pixels * 0.55), 5, 18);
  if (lanes > 10) lane_width_ = std::max(4, lane_width_ * 10 / lanes);
  const int margin = static_cast<int>(style.font_pixels * 1.3);
  const int stripes = text().marks.empty() ? 0 : lanes * lane_width_ + margin / 2;
  const int places = text().places.empty() ? 0 : static_cast<int>(style.font_pixels * 3.2);
  const int room = size.GetWidth() - 2 * margin - stripes - places;
  const auto names = [&](double ems) { return text().marks.empty() ? 0 : static_cast<int>(style.font_pixels * ems); };
  // Beside many lanes there is room for the names of codes, if not for their paths.
  const int wanted_names = room - names(11) < column_.Measure() / 2 ? names(7) : names(11);
  text_width_ = std::clamp(room - wanted_names, kMinimumColumn, std::max(kMinimumColumn, column_.Measure()));
  if (text_width_ < column_.Measure() / 2) text_width_ = std::clamp(room, std::min(kMinimumColumn, std::max(60, room)), column_.Measure());
  // Wide windows centre the column a little, so that lines start where the eye is.
  const int spare = size.GetWidth() - 2 * margin - stripes - text_width_ - wanted_names - places;
  text_left_ = margin + places + std::clamp(spare / 3, 0, 8 * margin);
  lanes_left_ = text_left_ + text_width_ + margin / 2;
  names_left_ = lanes_left_ + lanes * lane_width_ + margin / 3;
  const int names_width = std::exchange(names_width_, size.GetWidth() - names_left_ - margin / 3);
  style.width = text_width_;
  changed = column_.SetStyle(style) || changed;
  if (changed || names_width != names_width_) ForgetNames();
  if (changed || heights_.size() != index_->paragraphs().size()) {
    std::vector<double> heights(index_->paragraphs().size());
    for (std::size_t i = 0; i < heights.size(); ++i) heights[i] = SpaceAbove(i) + column_.EstimateHeight(i);
    heights_.Reset(heights);
  }
  Normalise();
  UpdateScrollbar();
  Refresh();
}

double CodedTextCanvas::SpaceAbove(std::size_t paragraph) const {
  const auto& shown = index_->paragraphs()[paragraph];
  const double line = column_.line_height();
  if (!shown.opens_turn) return std::round(line * 0.12);
  const auto& turn = text().turns[static_cast<std::size_t>(shown.turn)];
  return std::round(turn.stakeholder.empty() && turn.speaker.empty() ? line * 0.5 : line * 1.35);
}

double CodedTextCanvas::HeightOf(std::size_t paragraph) {
  const double height = SpaceAbove(paragraph) + column_.TextHeight(paragraph);
  heights_.Set(paragraph, height);
  return height;
}

void CodedTextCanvas::PlaceTop(std::size_t paragraph, double offset) {
  top_paragraph_ = paragraph;
  top_offset_ = offset;
  Normalise();
  UpdateScrollbar();
  Refresh();
}

void CodedTextCanvas::ScrollBy(double pixels) {
  if (!index_) return;
  PlaceTop(top_paragraph_, top_offset_ + pixels);
}

void CodedTextCanvas::Normalise() {
  const std::size_t count = index_->paragraphs().size();
  const double view = GetClientSize().GetHeight();
  top_paragraph_ = std::min(top_paragraph_, count - 1);
  while (top_offset_ < 0 && top_paragraph_ > 0) top_offset_ += HeightOf(--top_paragraph_);
  top_offset_ = std::max(0.0, top_offset_);
  while (top_paragraph_ + 1 < count) {
    const double height = HeightOf(top_paragraph_);
    if (top_offset_ < height) break;
    top_offset_ -= height;
    ++top_paragraph_;
  }
  // Not beyond the end: a line of air remains below the last words.
  const double air = column_.line_height() * 2;
  double below = air - top_offset_;
  for (std::size_t p = top_paragraph_; p < count && below < view; ++p) below += HeightOf(p);
  if (below >= view) return;
  top_offset_ -= view - below;
  while (top_offset_ < 0 && top_paragraph_ > 0) top_offset_ += HeightOf(--top_paragraph_);
  top_offset_ = std::max(0.0, top_offset_);
}

void CodedTextCanvas::FindSeen() {
  seen_.clear();
  double y = -top_offset_;
  const double view = GetClientSize().GetHeight();
  for (std::size_t p = top_paragraph_; p < index_->paragraphs().size() && y < view; ++p) {
    const double height = HeightOf(p);
    seen_.push_back({p, y + SpaceAbove(p), y, height});
    y += height;
  }
}

void CodedTextCanvas::UpdateScrollbar() {
  const int view = std::max(1, GetClientSize().GetHeight());
  const int range = static_cast<int>(heights_.Total() + column_.line_height() * 2);
  const int position = static_cast<int>(heights_.Top(top_paragraph_) + top_offset_);
  if (GetScrollPos(wxVERTICAL) != position || GetScrollRange(wxVERTICAL) != range || GetScrollThumb(wxVERTICAL) != view) {
    SetScrollbar(wxVERTICAL, position, std::min(view, range), range);
  }
}

std::optional<double> CodedTextCanvas::TopOf(std::size_t paragraph) {
  constexpr std::size_t kNear = 400;
  double y = -top_offset_;
  if (paragraph < top_paragraph_ || paragraph > top_paragraph_ + kNear) return std::nullopt;
  for (std::size_t p = top_paragraph_; p < paragraph; ++p) y += HeightOf(p);
  return y;
}

void CodedTextCanvas::EnsureVisible(std::int64_t position) {
  const std::size_t paragraph = index_->ParagraphAt(position);
  const double view = GetClientSize().GetHeight();
  const auto top = TopOf(paragraph);
  const auto caret = column_.Caret(position);
  const double line = column_.line_height();
  const double inside = SpaceAbove(paragraph) + caret.y;
  if (!top || *top + inside > 2 * view || *top + inside < -view) {
    // Far away: a third from the top, so that what goes before can be read too.
    PlaceTop(paragraph, inside - view / 3);
  } else if (*top + inside < line / 2) {
    ScrollBy(*top + inside - line);
  } else if (*top + inside + caret.height > view - line / 2) {
    ScrollBy(*top + inside + caret.height - view + line);
  }
}

std::int64_t CodedTextCanvas::HitPosition(const wxPoint& point) {
  FindSeen();
  if (seen_.empty()) return 0;
  for (const Seen& seen : seen_) {
    if (point.y < seen.top + seen.height || &seen == &seen_.back()) {
      return column_.PositionAt(seen.paragraph, point.x - text_left_, std::max(0.0, point.y - seen.y));
    }
  }
  return 0;
}

std::optional<std::size_t> CodedTextCanvas::HitStripe(const wxPoint& point) const {
  for (const Stripe& stripe : stripes_) {
    if (stripe.area.Contains(point)) return stripe.mark;
  }
  return std::nullopt;
}

std::optional<std::size_t> CodedTextCanvas::HitTint(const wxPoint& point) {
  if (point.x < text_left_ || point.x > text_left_ + text_width_) return std::nullopt;
  const auto marks = index_->MarksAt(HitPosition(point));
  if (marks.empty()) return std::nullopt;
  return marks.front();
}

bool CodedTextCanvas::Hidden(const wxPoint& point) const { return !GetClientRect().Contains(point); }

std::string CodedTextCanvas::SelectedText() const {
  if (!index_) return {};
  return std::string(index_->shown().Slice(selection()));
}

void CodedTextCanvas::Choose(std::size_t mark) {
  revealed_.reset();
  chosen_ = mark;
  anchor_ = caret_ = index_->marks()[mark].start;
  column_x_.reset();
  EnsureVisible(caret_);
  Refresh();
  listener_.moved();
}

void CodedTextCanvas::Point(std::size_t mark) {
  chosen_ = mark;
  Refresh();
  listener_.moved();
}

void CodedTextCanvas::Reveal(Range stored) {
  const Range range = index_->ToShown(stored);
  anchor_ = range.start;
  caret_ = range.end;
  chosen_.reset();
  for (std::size_t i = 0; i < text().marks.size() && !chosen_; ++i) {
    if (text().marks[i].range == stored) chosen_ = i;
  }
  revealed_ = range.start;
  PlaceRevealed();
  listener_.moved();
}

void CodedTextCanvas::PlaceRevealed() {
  const std::size_t paragraph = index_->ParagraphAt(*revealed_);
  PlaceTop(paragraph, SpaceAbove(paragraph) + column_.Caret(*revealed_).y - GetClientSize().GetHeight() / 3.0);
}

void CodedTextCanvas::MoveTo(std::int64_t position, bool extend, bool keep_column) {
  revealed_.reset();
  caret_ = std::clamp<std::int64_t>(position, 0, index_->size());
  if (!extend) anchor_ = caret_;
  if (!keep_column) column_x_.reset();
  chosen_.reset();
  if (!dragging_) EnsureVisible(caret_);
  Refresh();
  listener_.moved();
}

void CodedTextCanvas::MoveLines(int lines, bool extend) {
  const auto start = column_.Caret(caret_);
  if (!column_x_) column_x_ = start.x;
  std::size_t paragraph = index_->ParagraphAt(caret_);
  double y = start.y + start.height / 2 + lines * column_.line_height();
  // Walk over paragraphs until the height falls inside one; one line never skips a paragraph.
  const bool down = lines > 0;
  while (true) {
    const double height = column_.TextHeight(paragraph);
    if (y < 0 && paragraph > 0) {
      --paragraph;
      y = std::abs(lines) == 1 ? column_.TextHeight(paragraph) - 1 : y + column_.TextHeight(paragraph) + SpaceAbove(paragraph + 1);
    } else if (y >= height && paragraph + 1 < index_->paragraphs().size()) {
      ++paragraph;
      y = std::abs(lines) == 1 ? 1 : std::max(0.0, y - height - SpaceAbove(paragraph));
    } else {
      break;
    }
    if (std::abs(lines) == 1) break;
  }
  std::int64_t target = column_.PositionAt(paragraph, *column_x_, std::max(0.0, y));
  if (target == caret_ && paragraph == index_->ParagraphAt(caret_)) target = down ? index_->paragraphs()[paragraph].shown.end : index_->paragraphs()[paragraph].shown.start;
  MoveTo(target, extend, true);
}

void CodedTextCanvas::Copy() const {
  const std::string words = SelectedText();
  if (words.empty() || !wxTheClipboard->Open()) return;
  wxTheClipboard->SetData(new wxTextDataObject(ToWx(words)));
  wxTheClipboard->Close();
}

void CodedTextCanvas::OnKey(wxKeyEvent& event) {
  if (!index_) {
    event.Skip();
    return;
  }
  const bool extend = event.ShiftDown();
  const bool control = event.ControlDown();
  const int page = std::max(1, static_cast<int>(GetClientSize().GetHeight() / column_.line_height()) - kPageOverlapLines);
  if (RunMove(event)) return;
  switch (event.GetKeyCode()) {
    case WXK_LEFT: case WXK_NUMPAD_LEFT:
      if (!extend && !control && !selection().empty()) MoveTo(selection().start, false);
      else MoveTo(control ? column_.NextWord(caret_, false) : column_.NextCharacter(caret_, false), extend);
      return;
    case WXK_RIGHT: case WXK_NUMPAD_RIGHT:
      if (!extend && !control && !selection().empty()) MoveTo(selection().end, false);
      else MoveTo(control ? column_.NextWord(caret_, true) : column_.NextCharacter(caret_, true), extend);
      return;
    case WXK_UP: case WXK_NUMPAD_UP:
      if (control) MoveTo(index_->PreviousTurn(caret_), extend);
      else MoveLines(-1, extend);
      return;
    case WXK_DOWN: case WXK_NUMPAD_DOWN:
      if (control) MoveTo(index_->NextTurn(caret_), extend);
      else MoveLines(1, extend);
      return;
    case WXK_PAGEUP: case WXK_NUMPAD_PAGEUP: MoveLines(-page, extend); return;
    case WXK_PAGEDOWN: case WXK_NUMPAD_PAGEDOWN: MoveLines(page, extend); return;
    case WXK_HOME: case WXK_NUMPAD_HOME: MoveTo(control ? 0 : column_.LineAt(caret_).start, extend); return;
    case WXK_END: case WXK_NUMPAD_END: MoveTo(control ? index_->size() : column_.LineAt(caret_).end, extend); return;
    case WXK_TAB: Navigate(event.ShiftDown() ? wxNavigationKeyEvent::IsBackward : wxNavigationKeyEvent::IsForward); return;
    case WXK_DELETE: case WXK_NUMPAD_DELETE:
      // What stands at the cursor is chosen first, so that one sees what goes: whatever is chosen the window deletes.
      if (const auto marks = index_->MarksAt(caret_); !marks.empty() && !chosen_) Point(marks.front());
      else wxBell();
      return;
    case WXK_MENU: case WXK_WINDOWS_MENU: case WXK_RETURN: case WXK_NUMPAD_ENTER: listener_.menu(); return;
    case WXK_ESCAPE:
      if (ends_ && !ends_->sent) {
        ends_.reset();
        ends_timer_.Stop();
        Refresh();
      } else if (selection().empty() && !chosen_) event.Skip();
      else MoveTo(caret_, false);
      return;
    default: break;
  }
  if (control && !event.ShiftDown() && event.GetKeyCode() == 'A') {
    anchor_ = 0;
    caret_ = index_->size();
    chosen_.reset();
    Refresh();
    listener_.moved();
  } else if (control && !event.ShiftDown() && (event.GetKeyCode() == 'C' || event.GetKeyCode() == WXK_INSERT)) {
    Copy();
  } else {
    event.Skip();
  }
}

void CodedTextCanvas::OnMouse(wxMouseEvent& event) {
  if (!index_) return;
  const wxPoint point = event.GetPosition();
  if (event.LeftDown() || event.RightDown()) SetFocus();
  if (event.LeftDClick()) {
    const Range word = column_.WordAt(HitPosition(point));
    anchor_ = word.start;
    MoveTo(word.end, true);
    last_double_ = wxGetUTCTimeMillis().ToLong();
  } else if (event.LeftDown()) {
    if (const auto stripe = HitStripe(point)) {
      Choose(*stripe);
      return;
    }
    for (const auto& place : badges_) {
      if (place.area.Contains(point)) return listener_.badges(place.badges);
    }
    if (const int end = HitEnd(point)) {
      dragged_end_ = end;
      CaptureMouse();
      return;
    }
    if (!selection().empty() && !event.ShiftDown() && last_double_ == 0 && point.x >= text_left_ && selection().Contains(HitPosition(point))) {
      pressed_in_selection_ = point;
      return;
    }
    const std::int64_t position = HitPosition(point);
    if (last_double_ && wxGetUTCTimeMillis().ToLong() - last_double_ < kTripleClick) {
      const Range paragraph = index_->paragraphs()[index_->ParagraphAt(position)].shown;
      anchor_ = paragraph.start;
      MoveTo(paragraph.end, true);
    } else {
      dragging_ = true;
      CaptureMouse();
      drag_point_ = point;
      drag_timer_.Start(40);
      MoveTo(position, event.ShiftDown());
    }
    last_double_ = 0;
  } else if (event.LeftUp()) {
    if (dragged_end_) {
      dragged_end_ = 0;
      if (HasCapture()) ReleaseMouse();
      return SendEnds();
    }
    if (pressed_in_selection_) {
      pressed_in_selection_.reset();
      return MoveTo(HitPosition(point), false);
    }
    if (!dragging_) return;
    dragging_ = false;
    drag_timer_.Stop();
    if (HasCapture()) ReleaseMouse();
    // A plain click on coded words chooses the narrowest of their marks.
    if (selection().empty()) {
      if (const auto mark = HitTint(point)) Point(*mark);
    }
  } else if (event.RightDown()) {
    const std::int64_t position = HitPosition(point);
    if (const auto stripe = HitStripe(point)) Choose(*stripe);
    else if (!selection().Contains(position)) {
      MoveTo(position, false);
      if (const auto mark = HitTint(point)) Point(*mark);
    }
    // GTK sends the context menu event itself after this one.
    event.Skip();
  } else if (event.Dragging() && dragged_end_) {
    DragEnd(point);
  } else if (event.Dragging() && pressed_in_selection_) {
    constexpr int kHold = 4;  // Pixels: less is a hand that trembles.
    const wxPoint moved = point - *pressed_in_selection_;
    if (std::abs(moved.x) > kHold || std::abs(moved.y) > kHold) DragSelection();
  } else if (event.Dragging() && dragging_) {
    drag_point_ = point;
    MoveTo(HitPosition({point.x, std::clamp(point.y, 0, std::max(0, GetClientSize().GetHeight() - 1))}), true);
  } else if (event.Moving()) {
    ShowTip(point);
  }
}

void CodedTextCanvas::ShowTip(const wxPoint& point) {
  std::string tip;
  std::vector<std::size_t> marks;
  const auto stripe = HitStripe(point);
  const auto badge = std::find_if(badges_.begin(), badges_.end(), [&](const BadgePlace& place) { return place.area.Contains(point); });
  if (badge != badges_.end()) {
    for (const std::size_t i : badge->badges) tip += (tip.empty() ? "" : "\n") + host_.language()(text().badges[i].words);
  }
  SetCursor(wxCursor(stripe || badge != badges_.end() ? wxCURSOR_HAND : HitEnd(point) ? wxCURSOR_SIZEWE : wxCURSOR_IBEAM));
  if (stripe) marks.push_back(*stripe);
  else if (point.x >= text_left_ && point.x <= text_left_ + text_width_) marks = index_->MarksAt(HitPosition(point));
  for (const std::size_t mark : marks) {
    const auto& shown = text().marks[mark];
    if (!tip.empty()) tip += "\n";
    tip += host_.language()(shown.code);
    if (!shown.coder.empty()) tip += " (" + host_.language()(shown.coder) + ")";
  }
  if (tip == tip_) return;
  tip_ = tip;
  if (tip.empty()) UnsetToolTip();
  else SetToolTip(ToWx(tip));
}

void CodedTextCanvas::OnScroll(wxScrollWinEvent& event) {
  if (!index_ || event.GetOrientation() != wxVERTICAL) return;
  const auto type = event.GetEventType();
  const double view = GetClientSize().GetHeight();
  revealed_.reset();
  if (type == wxEVT_SCROLLWIN_TOP) PlaceTop(0, 0);
  else if (type == wxEVT_SCROLLWIN_BOTTOM) PlaceTop(index_->paragraphs().size() - 1, view);
  else if (type == wxEVT_SCROLLWIN_LINEUP) ScrollBy(-3 * column_.line_height());
  else if (type == wxEVT_SCROLLWIN_LINEDOWN) ScrollBy(3 * column_.line_height());
  else if (type == wxEVT_SCROLLWIN_PAGEUP) ScrollBy(-view + kPageOverlapLines * column_.line_height());
  else if (type == wxEVT_SCROLLWIN_PAGEDOWN) ScrollBy(view - kPageOverlapLines * column_.line_height());
  else {
    const std::size_t paragraph = heights_.IndexAt(event.GetPosition());
    PlaceTop(paragraph, event.GetPosition() - heights_.Top(paragraph));
  }
}

}  // namespace meerstem::gui
