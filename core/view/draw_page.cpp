// A page of a file as it was printed, with the ways to the pages before and after it above.
#include <algorithm>

#include <cairo.h>

#include "core/view/chart_sheet.h"

namespace meerstem::view {
namespace {

/// About as wide as paper is in the same letters.
constexpr double kPaper = 56, kNarrowest = 34;

}  // namespace

double PageWidth(const Pen& pen) { return pen.em() * kNarrowest; }

double DrawPage(const ChartSheet& sheet, double y) {
  Pen& pen = sheet.pen;
  const Chart& chart = sheet.chart;
  const double top = y, width = std::min(pen.options().width, pen.em() * kPaper);
  // What is counted of a page lies on it, the first on top.
  const auto cell = [&](const Rectangle& area, std::size_t i) {
    for (std::size_t s = chart.series.size(); s-- > 0;) sheet.Hit(area, i, s);
  };
  // Beside each other, so that both are in sight when the page is wider than its room.
  double x = 0, above = 0;
  for (std::size_t i = 0; i < chart.categories.size(); ++i) {
    if (i == chart.pictured) continue;
    const std::string named = sheet.Named(chart.categories[i]);
    const std::string label = i < chart.pictured ? "‹ " + named : named + " ›";
    const Size size = pen.Measure(label, std::nullopt);
    pen.Text(x, y, std::nullopt, label, {.colour = pen.quiet()});
    cell(Rectangle{x, y, size.width, size.height}, i);
    x += size.width + pen.em() * 2;
    above = size.height;
  }
  if (above > 0) y += above + pen.em() * 0.5;
  const int wide = chart.picture ? cairo_image_surface_get_width(chart.picture.get()) : 0;
  if (wide > 0) {
    const Rectangle area{0, y, width, width * cairo_image_surface_get_height(chart.picture.get()) / wide};
    pen.Picture(area, chart.picture.get());
    pen.Frame(area, pen.rule(), 1);
    cell(area, chart.pictured);
    y += area.height;
  }
  return y - top;
}

}  // namespace meerstem::view
