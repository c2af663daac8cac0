#include <algorithm>
#include <cmath>

#include "core/view/chart_sheet.h"

namespace meerstem::view {
namespace {

constexpr int kPieces = 24;  ///< A band is a polygon of so many pieces: smooth to the eye, and a click can be tested against it.

/// Slow at both ends, so that bands leave and arrive level.
double Ease(double t) { return t * t * (3 - 2 * t); }

struct Band {
  double left, right, top_from, top_to, height;
  Point Top(double t) const { return {left + (right - left) * t, top_from + (top_to - top_from) * Ease(t)}; }
  std::vector<Point> Outline() const {
    std::vector<Point> corners;
    for (int i = 0; i <= kPieces; ++i) corners.push_back(Top(static_cast<double>(i) / kPieces));
    for (int i = kPieces; i >= 0; --i) {
      const Point top = Top(static_cast<double>(i) / kPieces);
      corners.push_back({top.x, top.y + height});
    }
    return corners;
  }
};

}  // namespace

double DrawAlluvial(const ChartSheet& sheet, double y) {
  Pen& pen = sheet.pen;
  const Chart& chart = sheet.chart;
  const double em = pen.em(), top = y, width = pen.options().width;
  std::vector<std::vector<double>> counts(chart.categories.size(), std::vector<double>(chart.series.size(), 0.0));
  for (std::size_t i = 0; i < counts.size(); ++i) {
    for (std::size_t j = 0; j < chart.series.size(); ++j) counts[i][j] = std::max(0.0, sheet.NumberAt(i, j).value_or(0));
  }
  // Labels first: what they need is what the bands leave them.
  const auto label = [&](const Heading& heading, double count) { return sheet.language(Say("{0}: {1}", sheet.Named(heading), count)); };
  const AlluvialLayout plain = LayAlluvial(counts, 1, 0, 0, std::nullopt);
  const double most = width * 0.24;
  double left_room = 0, right_room = 0, line = em * 1.5;
  const auto room = [&](const std::vector<Heading>& headings, const std::vector<AlluvialNode>& nodes, double& needed) {
    for (std::size_t i = 0; i < headings.size(); ++i) needed = std::max(needed, pen.Measure(label(headings[i], nodes[i].count), std::nullopt).width + 1);
    needed = std::min(needed, most);
    for (std::size_t i = 0; i < headings.size(); ++i) line = std::max(line, pen.Measure(label(headings[i], nodes[i].count), needed).height + em * 0.2);
  };
  room(chart.categories, plain.left, left_room);
  room(chart.series, plain.right, right_room);
  const double bar = em * 0.9, left = left_room + em * 0.5 + bar, right = width - right_room - em * 0.5 - bar;
  const double middle = width / 2;
  const TextStyle bold{.bold = true};
  const std::string from = sheet.language(chart.category_title), to = sheet.language(chart.value_title);
  const double head = std::max(pen.Measure(from, middle - em, bold).height, pen.Measure(to, middle - em, bold).height);
  pen.Text(0, y, middle - em, from, bold);
  pen.Text(middle + em, y, middle - em, to, {.bold = true, .align = PANGO_ALIGN_RIGHT});
  y += head + em * 0.6;

  const AlluvialLayout layout = LayAlluvial(counts, em * 24, line, em * 0.35, chart.threshold_after);
  std::vector<Band> bands;
  for (const auto& flow : layout.flows) bands.push_back({left, right, y + flow.top_from, y + flow.top_to, flow.height});
  for (std::size_t i = 0; i < bands.size(); ++i) {
    const AlluvialFlow& flow = layout.flows[i];
    const Colour colour = ReadColour(chart.cells[flow.from][flow.to].colour, SeriesColour(chart.categories[flow.from], flow.from));
    const auto outline = bands[i].Outline();
    pen.Shape(outline, colour, 0.6);
    sheet.Hit(outline, flow.from, flow.to);
  }
  const auto nodes = [&](const std::vector<Heading>& headings, const std::vector<AlluvialNode>& all, double x, bool before) {
    for (std::size_t i = 0; i < all.size(); ++i) {
      const AlluvialNode& node = all[i];
      pen.Fill({x, y + node.top, bar, std::max(node.height, 1.0)}, node.count > 0 ? pen.ink() : pen.rule());
      const TextStyle style{.align = before ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT, .colour = node.count > 0 ? pen.ink() : pen.quiet()};
      const std::string words = label(headings[i], node.count);
      const double space = before ? left_room : right_room, tall = pen.Measure(words, space, style).height;
      pen.Text(before ? 0 : x + bar + em * 0.5, y + node.slot + (node.slot_height - tall) / 2, space, words, style);
    }
  };
  nodes(chart.categories, layout.left, left - bar, true);
  nodes(chart.series, layout.right, right, false);
  if (layout.threshold_left && layout.threshold_right) {
    pen.Line(left - bar - em * 0.5, y + *layout.threshold_left, left, y + *layout.threshold_left, pen.ink(), 1.6);
    pen.Dashes(left, y + *layout.threshold_left, right, y + *layout.threshold_right, pen.ink(), 1.6);
    pen.Line(right, y + *layout.threshold_right, right + bar + em * 0.5, y + *layout.threshold_right, pen.ink(), 1.6);
  }
  // Thick bands choose their place first; each count stands on its own band.
  std::vector<std::size_t> order(bands.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return bands[a].height > bands[b].height; });
  Places places;
  for (const auto i : order) {
    const std::string glyph = chart.cells[layout.flows[i].from][layout.flows[i].to].glyph;
    const std::string shown = (glyph.empty() ? "" : glyph + " ") + sheet.language.Number(layout.flows[i].count);
    const TextStyle style{.scale = 0.8};
    const Size size = pen.Measure(shown, std::nullopt, style);
    std::vector<Rectangle> wanted;
    for (const double t : {0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74, 0.2, 0.8, 0.15, 0.85, 0.1, 0.9, 0.06, 0.94}) {
      const Point at = bands[i].Top(t);
      wanted.push_back({at.x - size.width / 2 - 1.5, at.y + bands[i].height / 2 - size.height / 2, size.width + 3, size.height});
    }
    const Rectangle place = places.Choose(wanted);
    pen.Fill(place, pen.paper(), 0.75);
    pen.Text(place.x + 1.5, place.y, std::nullopt, shown, style);
  }
  return y + layout.height - top;
}

}  // namespace meerstem::view
