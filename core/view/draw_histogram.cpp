#include <algorithm>
#include <cmath>

#include "core/view/chart_sheet.h"
#include "core/view/grid.h"

namespace meerstem::view {

double DrawHistogram(const ChartSheet& sheet, double y) {
  Pen& pen = sheet.pen;
  const Chart& chart = sheet.chart;
  const double em = pen.em(), top = y, width = pen.options().width;
  double high = 0;
  bool whole = true;
  for (std::size_t i = 0; i < chart.categories.size(); ++i) {
    for (std::size_t s = 0; s < chart.series.size(); ++s) {
      const double number = sheet.NumberAt(i, s).value_or(0);
      high = std::max(high, number);
      whole &= number == std::floor(number);
    }
  }
  const Scale scale = MakeScale(0, high, whole);
  const double left = sheet.UpwardAxisRoom(scale), slot = (width - left) / static_cast<double>(chart.categories.size()), height = em * 9;
  std::vector<std::string> labels;
  for (const auto& heading : chart.categories) labels.push_back(sheet.Named(heading));
  y += pen.Text(0, y, width, sheet.language(chart.value_title), {.scale = 0.9, .colour = pen.quiet()}) + em * 0.4;
  for (std::size_t s = 0; s < chart.series.size(); ++s) {
    if (chart.series.size() > 1) y += pen.Text(left, y, width - left, sheet.Named(chart.series[s]), {.bold = true}) + em * 0.2;
    y += em * 1.4;  // Room for the number on the tallest column.
    const double bottom = y + height;
    sheet.UpwardAxis(scale, left, width, y, bottom);
    for (std::size_t i = 0; i < chart.categories.size(); ++i) {
      const Cell* cell = sheet.CellAt(i, s);
      if (!cell) continue;
      const double x = left + slot * static_cast<double>(i);
      const auto number = NumberIn(*cell);
      const double tall = scale.Place(number.value_or(0)) * height;
      const Rectangle column{x, bottom - tall, slot, tall};
      if (tall > 0) {
        pen.Fill(column, ReadColour(cell->colour, SeriesColour(chart.series[s], s)));
        pen.Frame(column, pen.paper(), 1);
      }
      const std::string shown = ShowCell(*cell, ColumnType::kReal, sheet.language);
      const TextStyle style{.scale = 0.85, .italic = !number, .align = PANGO_ALIGN_CENTER, .colour = number.value_or(0) > 0 ? pen.ink() : pen.quiet()};
      const Size size = pen.Measure(shown, std::nullopt, style);
      const double line = size.height;
      if (size.width <= slot) {
        pen.Fill({x + (slot - size.width) / 2 - 2, bottom - tall - line, size.width + 4, line}, pen.paper());
        pen.Text(x, bottom - tall - line, slot, shown, style);
      }
      sheet.Hit(Rectangle{x, bottom - std::max(tall, line), slot, std::max(tall, line)}, i, s);
    }
    pen.Line(left, bottom, width, bottom, pen.quiet(), 1);
    if (chart.threshold_after && *chart.threshold_after + 1 < chart.categories.size()) {
      const double x = left + slot * static_cast<double>(*chart.threshold_after + 1);
      pen.Dashes(x, y - em, x, bottom, pen.ink(), 1.6);
    }
    y = bottom + em * 0.3;
    y += sheet.SlotLabels(left, slot, y, labels) + em * 0.7;
  }
  y += pen.Text(left, y, width - left, sheet.language(chart.category_title), {.scale = 0.9, .align = PANGO_ALIGN_CENTER, .colour = pen.quiet()});
  return y - top;
}

}  // namespace meerstem::view
