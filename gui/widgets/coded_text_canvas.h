#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>

#include <wx/dataobj.h>
#include <wx/panel.h>
#include <wx/timer.h>

#include "gui/widgets/coded_text_layout.h"
#include "gui/widgets/text_column.h"
#include "gui/widgets/theme.h"
#include "gui/widgets/view_widget.h"

namespace meerstem::gui {

/// The drawn part of a coded text: words in a column, tinted where they are coded, a stripe and a name for each mark
/// beside it, a badge over each turn. Only what is seen is laid out; where the view stands is a paragraph and an offset
/// in it, so that estimated heights elsewhere never move what is read. Selection and caret are shown code points.
class CodedTextCanvas final : public wxPanel {
 public:
  struct Listener {
    std::function<void()> moved;    ///< Caret, selection or chosen mark changed.
    std::function<void()> menu;
    std::function<void(Range, const std::vector<view::Entity>&)> dropped;
    std::function<bool()> takes_drops;
    std::function<void()> leave;    ///< F6: to the native twin.
    std::function<void(std::size_t, Range)> ends;    ///< The quote of a mark is to have these stored ends.
    std::function<void(std::size_t)> quick;          ///< A code at hand, by its place in CodedText::quick.
    std::function<void(const std::vector<std::size_t>&)> badges;  ///< Badges that were clicked.
    std::function<wxCustomDataObject*()> dragged;    ///< What a drag of the selection takes along.
  };
  CodedTextCanvas(wxWindow* parent, WidgetHost& host, Listener listener);
  ~CodedTextCanvas() override;

  /// Keeps caret and place by stored positions.
  void SetModel(std::shared_ptr<const view::Model> model);
  void Restyle();
  const CodedTextIndex* index() const { return index_.get(); }
  std::int64_t caret() const { return caret_; }
  Range selection() const { return {std::min(anchor_, caret_), std::max(anchor_, caret_)}; }
  std::optional<std::size_t> chosen() const { return chosen_; }
  std::string SelectedText() const;
  /// Goes to a mark and chooses it.
  void Choose(std::size_t mark);
  /// Selects a stored range and scrolls to it.
  void Reveal(Range stored);
  /// Where a shown position stands in the window; far outside when it is not seen.
  wxPoint PlaceOf(std::int64_t position);
  /// The moves under keys, with what they are called.
  const std::vector<WidgetAction>& moves() const { return moves_; }

 private:
  /// Ends that are being moved, seen at once and sent when the hand rests: one step to undo, not one a key.
  struct EndsDraft {
    std::size_t mark;
    Range shown;
    bool sent = false;
  };
  struct BadgePlace {
    wxRect area;
    std::vector<std::size_t> badges;
  };
  struct Seen {
    std::size_t paragraph;
    double y;         ///< Of its words.
    double top;       ///< Of its space, with the badge.
    double height;    ///< With the space above.
  };
  struct Stripe {
    wxRect area;
    std::size_t mark;
  };
  const view::CodedText& text() const { return std::get<view::CodedText>(model_->body); }
  void Measure();
  double SpaceAbove(std::size_t paragraph) const;
  double HeightOf(std::size_t paragraph);
  void PlaceTop(std::size_t paragraph, double offset);
  void ScrollBy(double pixels);
  void Normalise();
  void FindSeen();
  void UpdateScrollbar();
  void EnsureVisible(std::int64_t position);
  void PlaceRevealed();
  std::optional<double> TopOf(std::size_t paragraph);
  std::int64_t HitPosition(const wxPoint& point);
  std::optional<std::size_t> HitStripe(const wxPoint& point) const;
  std::optional<std::size_t> HitTint(const wxPoint& point);
  bool Hidden(const wxPoint& point) const;
  void MoveTo(std::int64_t position, bool extend, bool keep_column = false);
  void MoveLines(int lines, bool extend);
  void Copy() const;
  void MakeMoves();
  bool RunMove(const wxKeyEvent& event);
  /// Chooses a mark where one is.
  void Point(std::size_t mark);
  void StepMark(bool forward);
  void StepUncoded(bool forward);
  /// Where a mark stands now, its ends being moved or not.
  Range RangeOf(std::size_t mark) const;
  void MoveEnd(bool start, bool forward);
  void DraftEnds(Range shown);
  void SendEnds();
  /// Which end of the chosen mark is under the mouse: 1 its start, 2 its end.
  int HitEnd(const wxPoint& point);
  void DragEnd(const wxPoint& point);
  void DragSelection();

  void OnPaint(wxPaintEvent& event);
  void Draw(cairo_t* cairo);
  void DrawBadge(cairo_t* cairo, const Seen& seen);
  void DrawTints(cairo_t* cairo, const Seen& seen);
  void DrawStripes(cairo_t* cairo);
  void DrawEnds(cairo_t* cairo);
  void DrawBadges(cairo_t* cairo);
  void DrawPlaces(cairo_t* cairo);
  /// A name beside the stripes, laid out once.
  PangoLayout* NameLayout(const std::string& words, bool bold);
  void ForgetNames();
  void OnKey(wxKeyEvent& event);
  void OnMouse(wxMouseEvent& event);
  void OnScroll(wxScrollWinEvent& event);
  void ShowTip(const wxPoint& point);

  WidgetHost& host_;
  Listener listener_;
  std::shared_ptr<const view::Model> model_;
  std::unique_ptr<CodedTextIndex> index_;
  TextColumn column_;
  ScrollHeights heights_;
  Theme theme_;
  int text_left_ = 24;
  int text_width_ = 600;
  int lanes_left_ = 640;
  int lane_width_ = 9;
  int names_left_ = 0;
  int names_width_ = 0;
  std::size_t top_paragraph_ = 0;
  double top_offset_ = 0;
  std::vector<Seen> seen_;
  std::vector<Stripe> stripes_;
  std::int64_t anchor_ = 0;
  std::int64_t caret_ = 0;
  std::optional<std::size_t> chosen_;
  std::optional<std::int64_t> revealed_;  ///< Where the view was asked to open, until the user goes elsewhere.
  std::optional<double> column_x_;   ///< Kept while moving up and down.
  bool dragging_ = false;
  long last_double_ = 0;
  wxPoint drag_point_;
  wxTimer drag_timer_;               ///< Scrolls while the mouse is held outside.
  std::string tip_;
  std::vector<WidgetAction> moves_;
  std::optional<EndsDraft> ends_;
  wxTimer ends_timer_;
  int dragged_end_ = 0;              ///< As HitEnd.
  std::optional<wxPoint> pressed_in_selection_;
  std::vector<BadgePlace> badges_;
  std::vector<wxColour> colours_;    ///< Of the marks.
  std::map<std::pair<std::string, bool>, PangoLayout*> names_;
};

}  // namespace meerstem::gui
