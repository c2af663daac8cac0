#include "core/view/draw.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <functional>

#include "core/view/grid.h"
#include "core/view/pen.h"

namespace meerstem::view {

Colour ReadColour(std::string_view hex, Colour otherwise) {
  unsigned value = 0;
  if (hex.size() != 7 || hex[0] != '#') return otherwise;
  const auto [end, error] = std::from_chars(hex.data() + 1, hex.data() + 7, value, 16);
  if (error != std::errc() || end != hex.data() + 7) return otherwise;
  return {(value >> 16) / 255.0, (value >> 8 & 0xFF) / 255.0, (value & 0xFF) / 255.0};
}

std::string ToHex(Colour colour) {
  char text[8];
  const auto byte = [](double share) { return static_cast<unsigned>(std::lround(255 * std::clamp(share, 0.0, 1.0))); };
  std::snprintf(text, sizeof text, "#%02X%02X%02X", byte(colour.red), byte(colour.green), byte(colour.blue));
  return text;
}

Colour InkOn(Colour background) {
  const auto linear = [](double c) { return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4); };
  const double luminance = 0.2126 * linear(background.red) + 0.7152 * linear(background.green) + 0.0722 * linear(background.blue);
  return luminance > 0.179 ? Colour{0, 0, 0} : Colour{1, 1, 1};
}

Colour SeriesColour(const Heading& heading, std::size_t index) {
  static constexpr Colour kPalette[] = {{0.00, 0.45, 0.70}, {0.90, 0.62, 0.00}, {0.00, 0.62, 0.45}, {0.80, 0.47, 0.65},
                                        {0.34, 0.71, 0.91}, {0.84, 0.37, 0.00}, {0.94, 0.89, 0.26}, {0.45, 0.45, 0.45}};
  return ReadColour(heading.colour, kPalette[index % std::size(kPalette)]);
}

std::string SeriesGlyph(const Heading& heading, std::size_t index) {
  static constexpr const char* kGlyphs[] = {"●", "■", "▲", "◆", "▼", "○", "□", "△", "◇", "▽"};
  return heading.glyph.empty() ? kGlyphs[index % std::size(kGlyphs)] : heading.glyph;
}

Colour Mix(Colour a, Colour b, double share) {
  const auto mixed = [share](double from, double to) { return from + (to - from) * share; };
  return {mixed(a.red, b.red), mixed(a.green, b.green), mixed(a.blue, b.blue)};
}

bool HitArea::Contains(Point point) const {
  if (point.x < area.x || point.x >= area.x + area.width || point.y < area.y || point.y >= area.y + area.height) return false;
  if (outline.empty()) return true;
  bool inside = false;  // Even or odd: how often a ray to the right leaves or enters.
  for (std::size_t i = 0, j = outline.size() - 1; i < outline.size(); j = i++) {
    const Point &a = outline[i], &b = outline[j];
    if ((a.y > point.y) != (b.y > point.y) && point.x < a.x + (b.x - a.x) * (point.y - a.y) / (b.y - a.y)) inside = !inside;
  }
  return inside;
}

std::optional<double> NumberIn(const Cell& cell) {
  if (cell.state == State::kSuppressed) return std::nullopt;
  if (const auto* whole = std::get_if<std::int64_t>(&cell.value)) return static_cast<double>(*whole);
  if (const auto* real = std::get_if<double>(&cell.value); real && std::isfinite(*real)) return *real;
  return std::nullopt;
}

Pen::Pen(cairo_t* canvas, const DrawOptions& options) : options_(options) {
  own_ = canvas == nullptr;
  if (own_) {
    cairo_surface_t* surface = cairo_image_surface_create(CAIRO_FORMAT_A8, 1, 1);
    cairo_ = cairo_create(surface);
    cairo_surface_destroy(surface);
  } else {
    cairo_ = cairo_reference(canvas);
    cairo_save(cairo_);
  }
  layout_ = pango_cairo_create_layout(cairo_);
  // The same lines break at the same places on every surface: no hinting, no rounding to pixels.
  PangoContext* context = pango_layout_get_context(layout_);
  cairo_font_options_t* fonts = cairo_font_options_create();
  cairo_font_options_set_hint_style(fonts, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics(fonts, CAIRO_HINT_METRICS_OFF);
  pango_cairo_context_set_font_options(context, fonts);
  cairo_font_options_destroy(fonts);
  pango_cairo_context_set_resolution(context, 72);
  pango_context_set_round_glyph_positions(context, FALSE);
  pango_layout_context_changed(layout_);
}

Pen::~Pen() {
  g_object_unref(layout_);
  if (!own_) cairo_restore(cairo_);
  cairo_destroy(cairo_);
}

void Pen::Ink(Colour colour) { cairo_set_source_rgb(cairo_, colour.red, colour.green, colour.blue); }

void Pen::Lay(const std::string& text, std::optional<double> width, const TextStyle& style) {
  PangoFontDescription* font = pango_font_description_from_string("Sans");
  pango_font_description_set_absolute_size(font, options_.font_size * style.scale * PANGO_SCALE);
  if (style.bold) pango_font_description_set_weight(font, PANGO_WEIGHT_BOLD);
  if (style.italic) pango_font_description_set_style(font, PANGO_STYLE_ITALIC);
  pango_layout_set_font_description(layout_, font);
  pango_font_description_free(font);
  pango_layout_set_width(layout_, width ? static_cast<int>(std::max(1.0, std::ceil(*width * PANGO_SCALE))) : -1);
  pango_layout_set_wrap(layout_, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_alignment(layout_, style.align);
  pango_layout_set_text(layout_, text.data(), static_cast<int>(text.size()));
}

Size Pen::Measure(const std::string& text, std::optional<double> width, const TextStyle& style) {
  if (text.empty()) return {};
  Lay(text, width, style);
  PangoRectangle logical;
  pango_layout_get_extents(layout_, nullptr, &logical);
  return {static_cast<double>(logical.width) / PANGO_SCALE, static_cast<double>(logical.height) / PANGO_SCALE};
}

double Pen::Text(double x, double y, std::optional<double> width, const std::string& text, const TextStyle& style) {
  if (text.empty()) return 0;
  const Size size = Measure(text, width, style);
  if (options_.words) {
    PangoRectangle laid;
    pango_layout_get_extents(layout_, nullptr, &laid);
    double left = x + static_cast<double>(laid.x) / PANGO_SCALE, top = y, right = left + size.width, bottom = y + size.height;
    cairo_user_to_device(cairo_, &left, &top);
    cairo_user_to_device(cairo_, &right, &bottom);
    options_.words->push_back({std::min(left, right), std::min(top, bottom), std::abs(right - left), std::abs(bottom - top)});
  }
  Ink(style.colour.value_or(ink()));
  cairo_move_to(cairo_, x, y);
  pango_cairo_show_layout(cairo_, layout_);
  return size.height;
}

double Pen::LongestWord(const std::string& text, const TextStyle& style) {
  double longest = 0;
  for (std::size_t start = 0; start < text.size();) {
    const auto end = std::min(text.find_first_of(" \n-/", start), text.size());
    longest = std::max(longest, Measure(text.substr(start, end - start + 1), std::nullopt, style).width);
    start = end + 1;
  }
  return longest;
}

void Pen::TextUpwards(double x, double y, double length, const std::string& text, const TextStyle& style) {
  if (text.empty()) return;
  cairo_save(cairo_);
  cairo_translate(cairo_, x, y);
  cairo_rotate(cairo_, -std::acos(0.0));
  pango_cairo_update_layout(cairo_, layout_);
  Text(0, 0, length, text, style);
  cairo_restore(cairo_);
  pango_cairo_update_layout(cairo_, layout_);
}

void Pen::Fill(const Rectangle& area, Colour colour, double opacity) {
  cairo_set_source_rgba(cairo_, colour.red, colour.green, colour.blue, opacity);
  cairo_rectangle(cairo_, area.x, area.y, area.width, area.height);
  cairo_fill(cairo_);
}

void Pen::Hatch(const Rectangle& area, Colour colour) {
  cairo_save(cairo_);
  cairo_rectangle(cairo_, area.x, area.y, area.width, area.height);
  cairo_clip(cairo_);
  Ink(colour);
  cairo_set_line_width(cairo_, em() * 0.06);
  const double gap = em() * 0.4;
  // On a grid of the whole picture, so that hatching goes on from one area into the next.
  for (double x = std::floor((area.x - area.height) / gap) * gap - gap; x < area.x + area.width + gap; x += gap) {
    cairo_move_to(cairo_, x, area.y + area.height);
    cairo_line_to(cairo_, x + area.height, area.y);
  }
  cairo_stroke(cairo_);
  cairo_restore(cairo_);
}

void Pen::Disc(Point centre, double radius, Colour fill, Colour edge) {
  cairo_new_sub_path(cairo_);
  cairo_arc(cairo_, centre.x, centre.y, radius, 0, 4 * std::acos(0.0));
  Ink(fill);
  cairo_fill_preserve(cairo_);
  Ink(edge);
  cairo_set_line_width(cairo_, 0.7);
  cairo_stroke(cairo_);
}

void Pen::Trace(const std::vector<Point>& corners) {
  cairo_new_path(cairo_);
  for (const auto& corner : corners) cairo_line_to(cairo_, corner.x, corner.y);
  cairo_close_path(cairo_);
}

void Pen::Shape(const std::vector<Point>& corners, Colour fill, double opacity) {
  Trace(corners);
  cairo_set_source_rgba(cairo_, fill.red, fill.green, fill.blue, opacity);
  cairo_fill(cairo_);
}

void Pen::Outline(const std::vector<Point>& corners, Colour colour, double thickness) {
  Trace(corners);
  Ink(colour);
  cairo_set_line_width(cairo_, thickness);
  cairo_stroke(cairo_);
}

void Pen::Dashes(double x1, double y1, double x2, double y2, Colour colour, double thickness) {
  const double dash[] = {em() * 0.5, em() * 0.35};
  cairo_set_dash(cairo_, dash, 2, 0);
  Line(x1, y1, x2, y2, colour, thickness);
  cairo_set_dash(cairo_, nullptr, 0, 0);
}

void Pen::Picture(const Rectangle& area, cairo_surface_t* picture) {
  cairo_save(cairo_);
  cairo_translate(cairo_, area.x, area.y);
  cairo_scale(cairo_, area.width / cairo_image_surface_get_width(picture), area.height / cairo_image_surface_get_height(picture));
  cairo_set_source_surface(cairo_, picture, 0, 0);
  cairo_paint(cairo_);
  cairo_restore(cairo_);
}

void Pen::Frame(const Rectangle& area, Colour colour, double thickness) {
  Ink(colour);
  cairo_set_line_width(cairo_, thickness);
  cairo_rectangle(cairo_, area.x, area.y, area.width, area.height);
  cairo_stroke(cairo_);
}

void Pen::Line(double x1, double y1, double x2, double y2, Colour colour, double thickness) {
  Ink(colour);
  cairo_set_line_width(cairo_, thickness);
  cairo_move_to(cairo_, x1, y1);
  cairo_line_to(cairo_, x2, y2);
  cairo_stroke(cairo_);
}

double DrawLegend(Pen& pen, double y, const std::vector<Heading>& headings, const Language& language, bool hatched) {
  const double em = pen.em(), width = pen.options().width, swatch = em * 1.4;
  double x = 0, top = y, line = 0;
  const auto add = [&](const std::string& label, const std::function<void(const Rectangle&)>& paint) {
    Size size = pen.Measure(label, std::nullopt);
    if (x > 0 && x + swatch + size.width > width) {
      x = 0;
      top += line + em * 0.3;
      line = 0;
    }
    const double room = std::max(em * 4, width - x - swatch);
    size = pen.Measure(label, room);
    const Rectangle box{x, top + em * 0.2, em, em};
    paint(box);
    pen.Frame(box, pen.rule(), 0.5);
    pen.Text(x + swatch, top, room, label);
    line = std::max(line, size.height);
    x += swatch + size.width + em * 1.5;
  };
  for (std::size_t i = 0; i < headings.size(); ++i) {
    const auto& heading = headings[i];
    add(SeriesGlyph(heading, i) + " " + language(heading.note.empty() ? heading.label : Say("{0} ({1})", heading.label, heading.note)),
        [&](const Rectangle& box) { pen.Fill(box, SeriesColour(heading, i)); });
  }
  if (hatched) add(language(Say("hatched: carried")), [&](const Rectangle& box) { pen.Hatch(box, pen.ink()); });
  return x > 0 ? top + line - y : 0;
}

namespace {

/// Beside the title: whom it is about, and from when to when, where the population's facts hold dates.
Message PopulationAndDates(const Population& population) {
  std::optional<Date> first, last;
  for (const auto& fact : population.facts) {
    const auto* date = std::get_if<Date>(&fact.value);
    if (!date) continue;
    first = first ? std::min(*first, *date) : *date;
    last = last ? std::max(*last, *date) : *date;
  }
  if (!first) return population.description;
  const Message dates = *first == *last ? Say("{0}", *first) : Say("{0} to {1}", *first, *last);
  return population.description.empty() ? dates : Say("{0}, {1}", population.description, dates);
}

/// Below everything: n, missing, rule set, version ... and which program drew it.
std::string Footer(const Population& population, const Language& language) {
  Population numbers{.facts = population.facts};
  std::erase_if(numbers.facts, [](const Fact& fact) { return std::holds_alternative<Date>(fact.value); });
  const std::string facts = PopulationLine(numbers, language), program = "Meerstem " MEERSTEM_VERSION;
  return facts.empty() ? program : facts + " · " + program;
}

}  // namespace

double Draw(cairo_t* canvas, const Model& model, const Language& language, const DrawOptions& options, std::vector<HitArea>* hits) {
  const auto* chart = std::get_if<Chart>(&model.body);
  const auto* matrix = std::get_if<Matrix>(&model.body);
  if (!chart && !matrix) return 0;
  Pen pen(canvas, options);
  const double em = pen.em();
  double y = 0;
  if (options.title) {
    if (const std::string title = language(model.title); !title.empty()) y += pen.Text(0, y, options.width, title, {.scale = 1.3, .bold = true}) + em * 0.2;
    if (const std::string whom = language(PopulationAndDates(model.population)); !whom.empty()) {
      y += pen.Text(0, y, options.width, whom, {.scale = 0.9, .colour = pen.quiet()});
    }
    if (y > 0) y += em * 0.9;
  }
  if (IsEmpty(model)) {
    y += pen.Text(0, y, options.width, model.empty.empty() ? language(Say("There is nothing here yet.")) : language(model.empty));
  } else if (chart) {
    y += DrawChart(pen, y, *chart, language, hits);
  } else {
    y += DrawMatrix(pen, y, *matrix, language, hits);
  }
  if (options.title) {
    y += em * 0.8;
    for (const auto& note : model.notes) y += pen.Text(0, y, options.width, language(note), {.scale = 0.9, .colour = pen.quiet()}) + em * 0.15;
    y += pen.Text(0, y, options.width, Footer(model.population, language), {.scale = 0.8, .colour = pen.quiet()});
  }
  if (options.focus) {
    std::vector<HitArea> places;
    DrawOptions again = options;
    again.focus.reset();
    again.words = nullptr;
    Draw(nullptr, model, language, again, &places);
    for (const auto& hit : places) {
      if (hit.row != options.focus->first || hit.column != options.focus->second) continue;
      if (hit.outline.empty()) pen.Frame(hit.area, pen.ink(), 2.5);
      else pen.Outline(hit.outline, pen.ink(), 2.5);
    }
  }
  return y + em * 0.3;
}

double NaturalWidth(const Model& model, const Language& language, const DrawOptions& options) {
  Pen pen(nullptr, options);
  if (const auto* matrix = std::get_if<Matrix>(&model.body)) return std::max(options.width, MatrixWidth(pen, *matrix, language));
  const auto* chart = std::get_if<Chart>(&model.body);
  if (chart && chart->kind == ChartKind::kBoxes) return std::max(options.width, BoxesWidth(pen, *chart, language));
  return chart && chart->kind == ChartKind::kPage ? std::max(options.width, PageWidth(pen)) : options.width;
}

}  // namespace meerstem::view
