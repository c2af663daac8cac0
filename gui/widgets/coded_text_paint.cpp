// The painting of CodedTextCanvas: back to front tints, selection, words, stripes with names, caret.
#include <algorithm>
#include <cmath>

#include <wx/dcclient.h>
#include <wx/graphics.h>

#include "gui/widgets/coded_text_canvas.h"
#include "gui/widgets/strings.h"

namespace meerstem::gui {
namespace {

constexpr double kTint = 0.26;
constexpr double kTintDark = 0.34;
constexpr double kTintChosen = 0.5;

void SetColour(cairo_t* cairo, const wxColour& colour, double alpha = 1) {
  cairo_set_source_rgba(cairo, colour.Red() / 255.0, colour.Green() / 255.0, colour.Blue() / 255.0, alpha);
}

void RoundedRectangle(cairo_t* cairo, double x, double y, double width, double height, double radius) {
  constexpr double kQuarter = 3.14159265358979 / 2;
  cairo_new_sub_path(cairo);
  cairo_arc(cairo, x + width - radius, y + radius, radius, -kQuarter, 0);
  cairo_arc(cairo, x + width - radius, y + height - radius, radius, 0, kQuarter);
  cairo_arc(cairo, x + radius, y + height - radius, radius, kQuarter, 2 * kQuarter);
  cairo_arc(cairo, x + radius, y + radius, radius, 2 * kQuarter, 3 * kQuarter);
  cairo_close_path(cairo);
}

}  // namespace

void CodedTextCanvas::OnPaint(wxPaintEvent&) {
  wxPaintDC dc(this);
  const std::unique_ptr<wxGraphicsContext> context(wxGraphicsContext::Create(dc));
  if (!context) return;
  auto* cairo = static_cast<cairo_t*>(context->GetNativeContext());
  if (!cairo) return;
  cairo_save(cairo);
  SetColour(cairo, theme_.background.IsOk() ? theme_.background : Theme::Current().background);
  cairo_paint(cairo);
  if (index_) Draw(cairo);
  cairo_restore(cairo);
  // Laying out may have told true heights: the thumb follows, the words stay where they are.
  if (index_) CallAfter([this] { if (index_) UpdateScrollbar(); });
}

void CodedTextCanvas::Draw(cairo_t* cairo) {
  FindSeen();
  const Range selected = selection();
  for (const Seen& seen : seen_) {
    const auto& paragraph = index_->paragraphs()[seen.paragraph];
    if (paragraph.opens_turn) DrawBadge(cairo, seen);
    DrawTints(cairo, seen);
    if (!selected.empty() && selected.start <= paragraph.shown.end && selected.end > paragraph.shown.start) {
      SetColour(cairo, theme_.selection, HasFocus() ? 0.42 : 0.28);
      for (const auto& box : column_.Boxes(seen.paragraph, selected)) {
        cairo_rectangle(cairo, text_left_ + box.x, seen.y + box.y, box.width, box.height);
      }
      cairo_fill(cairo);
    }
    const auto* turn = paragraph.turn >= 0 ? &text().turns[static_cast<std::size_t>(paragraph.turn)] : nullptr;
    SetColour(cairo, turn && turn->researcher ? theme_.quiet : theme_.text);
    cairo_move_to(cairo, text_left_, seen.y);
    pango_cairo_show_layout(cairo, column_.Layout(seen.paragraph));
  }
  DrawStripes(cairo);
  DrawEnds(cairo);
  DrawBadges(cairo);
  DrawPlaces(cairo);
  const std::size_t at = index_->ParagraphAt(caret_);
  for (const Seen& seen : seen_) {
    if (seen.paragraph != at) continue;
    const auto box = column_.Caret(caret_);
    SetColour(cairo, theme_.text, HasFocus() ? 1 : 0.35);
    cairo_rectangle(cairo, text_left_ + std::round(box.x) - 0.5, seen.y + box.y, HasFocus() ? 2 : 1, box.height);
    cairo_fill(cairo);
  }
  if (HasFocus()) {
    SetColour(cairo, theme_.accent);
    cairo_set_line_width(cairo, 2);
    cairo_rectangle(cairo, 1, 1, GetClientSize().x - 2, GetClientSize().y - 2);
    cairo_stroke(cairo);
  }
}

void CodedTextCanvas::DrawBadge(cairo_t* cairo, const Seen& seen) {
  const auto& turn = text().turns[static_cast<std::size_t>(index_->paragraphs()[seen.paragraph].turn)];
  const std::string stakeholder = host_.language()(turn.stakeholder);
  const std::string speaker = host_.language()(turn.speaker);
  const double line = column_.line_height();
  // The name again only when the words do not open with it.
  const std::string_view opening = index_->shown().Slice(index_->paragraphs()[seen.paragraph].shown);
  const bool named = !speaker.empty() && opening.substr(0, speaker.size()) != speaker;
  double x = text_left_;
  if (!stakeholder.empty()) {
    const double pad = line * 0.28;
    PangoLayout* words = column_.Label(stakeholder, 0.76, true, named ? text_width_ * 2 / 3 : static_cast<int>(text_width_ - 2 * pad));
    int width = 0, height = 0;
    pango_layout_get_pixel_size(words, &width, &height);
    const double pill = height + line * 0.1;
    const double top = seen.y - pill - line * 0.14;
    RoundedRectangle(cairo, x, top, width + 2 * pad, pill, pill / 2);
    SetColour(cairo, Blend(theme_.background, theme_.text, turn.researcher ? 0.10 : 0.18));
    cairo_fill(cairo);
    SetColour(cairo, theme_.text);
    cairo_move_to(cairo, x + pad, top + line * 0.05);
    pango_cairo_show_layout(cairo, words);
    g_object_unref(words);
    x += width + 2 * pad + line * 0.35;
  }
  if (named) {
    PangoLayout* words = column_.Label(speaker, 0.82, true, std::max(40, static_cast<int>(text_left_ + text_width_ - x)));
    int height = 0;
    pango_layout_get_pixel_size(words, nullptr, &height);
    SetColour(cairo, theme_.quiet);
    cairo_move_to(cairo, x, seen.y - height - line * 0.18);
    pango_cairo_show_layout(cairo, words);
    g_object_unref(words);
  }
}

void CodedTextCanvas::DrawTints(cairo_t* cairo, const Seen& seen) {
  const Range shown = index_->paragraphs()[seen.paragraph].shown;
  std::vector<std::size_t> marks = index_->MarksIn(shown);
  // Where marks overlap each part is blended from all that cover it; order does not matter then.
  std::sort(marks.begin(), marks.end());
  std::set<std::int64_t> cuts;
  if (ends_) {
    std::erase_if(marks, [&](std::size_t mark) { return !RangeOf(mark).Overlaps(shown); });
    if (ends_->shown.Overlaps(shown) && std::find(marks.begin(), marks.end(), ends_->mark) == marks.end()) marks.push_back(ends_->mark);
  }
  for (const std::size_t mark : marks) {
    cuts.insert(std::max(shown.start, RangeOf(mark).start));
    cuts.insert(std::min(shown.end, RangeOf(mark).end));
  }
  for (auto cut = cuts.begin(); cut != cuts.end() && std::next(cut) != cuts.end(); ++cut) {
    const Range part{*cut, *std::next(cut)};
    double red = 0, green = 0, blue = 0, strength = 0;
    int count = 0;
    for (const std::size_t mark : marks) {
      if (!RangeOf(mark).Overlaps(part)) continue;
      const wxColour& colour = colours_[mark];
      red += colour.Red();
      green += colour.Green();
      blue += colour.Blue();
      strength = std::max(strength, chosen_ && *chosen_ == mark ? kTintChosen : theme_.dark ? kTintDark : kTint);
      ++count;
    }
    if (count == 0) continue;
    const auto mean = [count](double sum) { return static_cast<unsigned char>(std::lround(sum / count)); };
    const double share = std::min(0.6, strength * (1 + 0.25 * (count - 1)));
    SetColour(cairo, Blend(theme_.background, wxColour(mean(red), mean(green), mean(blue)), share));
    for (const auto& box : column_.Boxes(seen.paragraph, part)) {
      cairo_rectangle(cairo, text_left_ + box.x, seen.y + box.y, box.width, box.height);
    }
    cairo_fill(cairo);
  }
}

void CodedTextCanvas::DrawStripes(cairo_t* cairo) {
  stripes_.clear();
  if (seen_.empty()) return;
  const auto& paragraphs = index_->paragraphs();
  const Range visible{paragraphs[seen_.front().paragraph].shown.start, paragraphs[seen_.back().paragraph].shown.end + 1};
  const auto height_at = [&](std::int64_t position, bool bottom) {
    const std::size_t paragraph = index_->ParagraphAt(position);
    for (const Seen& seen : seen_) {
      if (seen.paragraph != paragraph) continue;
      const auto box = column_.Caret(position);
      return seen.y + box.y + (bottom ? box.height : 0);
    }
    return bottom ? seen_.back().top + seen_.back().height : seen_.front().top;
  };
  std::vector<std::size_t> marks = index_->MarksIn(visible);
  std::sort(marks.begin(), marks.end());
  double name_free = -1e9;
  const double line = column_.line_height();
  for (const std::size_t mark : marks) {
    const Range range = RangeOf(mark);
    const double top = range.start < visible.start ? seen_.front().top - 8 : height_at(range.start, false) + 1;
    const double bottom = range.end >= visible.end ? seen_.back().top + seen_.back().height + 8 : height_at(std::max(range.start, range.end - 1), true) - 1;
    const auto& shown = text().marks[mark];
    const wxColour& colour = colours_[mark];
    const bool chosen = chosen_ && *chosen_ == mark;
    const double x = lanes_left_ + shown.lane * lane_width_;
    const double width = std::max(3, lane_width_ - 3);
    RoundedRectangle(cairo, x, top, width, std::max(4.0, bottom - top), std::min(2.5, width / 2));
    SetColour(cairo, colour);
    cairo_fill_preserve(cairo);
    // A pale or dark colour stays visible by its edge.
    SetColour(cairo, chosen ? theme_.text : Blend(theme_.background, theme_.text, 0.35));
    cairo_set_line_width(cairo, chosen ? 2.5 : 0.8);
    cairo_stroke(cairo);
    stripes_.push_back({wxRect(static_cast<int>(x) - 1, static_cast<int>(top), lane_width_, std::max(6, static_cast<int>(bottom - top))), mark});
    if (names_width_ < 96) continue;
    // Names stand at the start of their mark and give way downwards, as long as they stay beside it or near.
    const double at = std::max({top, name_free, 2.0});
    if (at > std::max(bottom, top + 2.5 * line)) continue;
    PangoLayout* name = NameLayout(host_.language()(shown.code), chosen);
    int text_width = 0, text_height = 0;
    pango_layout_get_pixel_size(name, &text_width, &text_height);
    SetColour(cairo, colour);
    cairo_rectangle(cairo, names_left_, at + text_height * 0.3, text_height * 0.42, text_height * 0.42);
    cairo_fill_preserve(cairo);
    SetColour(cairo, Blend(theme_.background, theme_.text, 0.35));
    cairo_set_line_width(cairo, 0.8);
    cairo_stroke(cairo);
    SetColour(cairo, chosen ? theme_.text : theme_.quiet);
    cairo_move_to(cairo, names_left_ + text_height * 0.7, at);
    pango_cairo_show_layout(cairo, name);
    stripes_.push_back({wxRect(names_left_, static_cast<int>(at), names_width_, text_height), mark});
    name_free = at + text_height;
  }
}

/// Two small handles at the ends of the chosen mark: what the mouse can take hold of.
void CodedTextCanvas::DrawEnds(cairo_t* cairo) {
  if (!chosen_ || !text().ends) return;
  const Range range = RangeOf(*chosen_);
  if (range.empty()) return;
  const double line = column_.line_height();
  for (const bool start : {true, false}) {
    const std::int64_t position = start ? range.start : range.end;
    const wxPoint place = PlaceOf(position);
    if (place.y < -line || place.y > GetClientSize().y) continue;
    const double height = column_.Caret(position).height;
    SetColour(cairo, colours_[*chosen_]);
    cairo_rectangle(cairo, place.x - 1.5, place.y, 3, height);
    cairo_fill(cairo);
    cairo_arc(cairo, place.x, start ? place.y : place.y + height, line * 0.16, 0, 6.283185307);
    cairo_fill_preserve(cairo);
    SetColour(cairo, theme_.text);
    cairo_set_line_width(cairo, 1);
    cairo_stroke(cairo);
  }
}

/// A pencil in the left margin, beside the line where what the memo is about begins.
void CodedTextCanvas::DrawBadges(cairo_t* cairo) {
  badges_.clear();
  const double line = column_.line_height();
  const double size = std::min(line * 0.7, static_cast<double>(text_left_) - 6);
  for (std::size_t i = 0; i < text().badges.size(); ++i) {
    const std::int64_t position = index_->ToShown(text().badges[i].range).start;
    const std::size_t paragraph = index_->ParagraphAt(position);
    const auto seen = std::find_if(seen_.begin(), seen_.end(), [&](const Seen& each) { return each.paragraph == paragraph; });
    if (seen == seen_.end()) continue;
    const int y = static_cast<int>(seen->y + column_.Caret(position).y);
    const wxRect area(static_cast<int>(text_left_ - size - 5), y, static_cast<int>(size) + 4, static_cast<int>(line));
    const auto same = std::find_if(badges_.begin(), badges_.end(), [&](const BadgePlace& place) { return place.area == area; });
    if (same != badges_.end()) {
      same->badges.push_back(i);
      continue;
    }
    badges_.push_back({area, {i}});
    // A sheet with two lines: a shape says the same in every font.
    const double left = area.x + 2, top = y + line * 0.12, width = size * 0.8, height = size;
    cairo_rectangle(cairo, left + 0.5, top + 0.5, width, height);
    SetColour(cairo, Blend(theme_.background, theme_.accent, 0.25));
    cairo_fill_preserve(cairo);
    SetColour(cairo, theme_.quiet);
    cairo_set_line_width(cairo, 1);
    cairo_stroke(cairo);
    for (const double share : {0.35, 0.65}) {
      cairo_move_to(cairo, left + width * 0.22, top + height * share);
      cairo_line_to(cairo, left + width * 0.82, top + height * share);
    }
    cairo_stroke(cairo);
  }
}

/// Moments and pages, small, left of the line on which they begin; the first of a line.
void CodedTextCanvas::DrawPlaces(cairo_t* cairo) {
  if (seen_.empty()) return;
  const auto& places = text().places;
  const auto shown = [&](const view::PlaceMark& place) { return index_->ToShown(place.range).start; };
  const std::int64_t from = index_->paragraphs()[seen_.front().paragraph].shown.start;
  const double line = column_.line_height();
  double last = -line;
  for (auto place = std::partition_point(places.begin(), places.end(), [&](const view::PlaceMark& p) { return shown(p) < from; }); place != places.end(); ++place) {
    const std::int64_t position = shown(*place);
    const std::size_t paragraph = index_->ParagraphAt(position);
    if (paragraph > seen_.back().paragraph) break;
    const auto seen = std::find_if(seen_.begin(), seen_.end(), [&](const Seen& each) { return each.paragraph == paragraph; });
    if (seen == seen_.end()) continue;
    const double y = seen->y + column_.Caret(position).y;
    if (std::abs(y - last) < 1) continue;
    last = y;
    PangoLayout* words = column_.Label(host_.language()(place->label), 0.72, false, text_left_);
    int width = 0, height = 0;
    pango_layout_get_pixel_size(words, &width, &height);
    SetColour(cairo, theme_.quiet);
    // Left of a badge, which stands nearest to the words.
    cairo_move_to(cairo, text_left_ - line - width, y + (line - height) / 2);
    pango_cairo_show_layout(cairo, words);
    g_object_unref(words);
  }
}

PangoLayout* CodedTextCanvas::NameLayout(const std::string& words, bool bold) {
  auto& layout = names_[{words, bold}];
  if (layout) return layout;
  const int width = std::max(20, static_cast<int>(names_width_ - column_.line_height() * 0.6));
  layout = column_.Label(words, 0.8, bold, width);
  // Where the whole path has no room, the own name says more than how the path begins.
  if (const auto stroke = words.rfind('/'); stroke != std::string::npos && pango_layout_is_ellipsized(layout)) {
    g_object_unref(layout);
    layout = column_.Label(words.substr(stroke + 1), 0.8, bold, width);
  }
  return layout;
}

void CodedTextCanvas::ForgetNames() {
  for (auto& [key, layout] : names_) {
    if (layout) g_object_unref(layout);
  }
  names_.clear();
}

}  // namespace meerstem::gui
