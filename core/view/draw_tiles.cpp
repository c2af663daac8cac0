// A document at a glance: its stretches as tiles in the order of reading, each as long as its first cell says, striped
// in the colours of the other series that it has.
#include <algorithm>
#include <cmath>

#include "core/view/chart_sheet.h"

namespace meerstem::view {

double DrawTiles(const ChartSheet& sheet, double y) {
  Pen& pen = sheet.pen;
  const Chart& chart = sheet.chart;
  const double em = pen.em(), top = y, width = pen.options().width;
  std::vector<double> lengths;
  double total = 0;
  for (std::size_t i = 0; i < chart.categories.size(); ++i) {
    lengths.push_back(std::max(0.0, sheet.NumberAt(i, 0).value_or(0)));
    total += lengths.back();
  }
  // About as many rows as give a row the length of a line or two of text; a book gets longer rows, not a longer picture.
  const auto rows = static_cast<std::size_t>(std::clamp(std::ceil(total / 160), 1.0, 24.0));
  const double tall = em * 1.35, gap = em * 0.25;
  const std::string begin = sheet.language(Say("Begin")), end = sheet.language(Say("End"));
  const double left = std::max(pen.Measure(begin, std::nullopt, {.scale = 0.8}).width, pen.Measure(end, std::nullopt, {.scale = 0.8}).width) + em * 0.6;
  const auto said = [&](const std::string& words, double at) {
    pen.Text(0, at + (tall - pen.Measure(words, std::nullopt, {.scale = 0.8}).height) / 2, std::nullopt, words, {.scale = 0.8, .colour = pen.quiet()});
  };
  said(begin, y);
  if (rows > 1) said(end, y + static_cast<double>(rows - 1) * (tall + gap));
  for (const auto& piece : CutTiles(lengths, rows)) {
    const Rectangle area{left + piece.from * (width - left), y + static_cast<double>(piece.row) * (tall + gap), (piece.to - piece.from) * (width - left), tall};
    std::vector<std::size_t> stripes;
    for (std::size_t s = 1; s < chart.series.size(); ++s) {
      if (sheet.NumberAt(piece.tile, s).value_or(0) > 0) stripes.push_back(s);
    }
    if (stripes.empty()) pen.Fill(area, pen.bare());
    for (std::size_t i = 0; i < stripes.size(); ++i) {
      const double height = tall / static_cast<double>(stripes.size());
      const Rectangle stripe{area.x, area.y + height * static_cast<double>(i), area.width, height};
      const Colour colour = SeriesColour(chart.series[stripes[i]], stripes[i] - 1);
      pen.Fill(stripe, colour);
      const std::string glyph = SeriesGlyph(chart.series[stripes[i]], stripes[i] - 1);
      const TextStyle style{.scale = std::min(0.8, height / em * 0.75), .colour = InkOn(colour)};
      const Size size = pen.Measure(glyph, std::nullopt, style);
      if (size.width + 6 < area.width && style.scale > 0.35) pen.Text(area.x + 3, stripe.y + (height - size.height) / 2, std::nullopt, glyph, style);
      sheet.Hit(stripe, piece.tile, stripes[i]);
    }
    if (stripes.empty()) sheet.Hit(area, piece.tile, 0);
    if (area.width > 2) pen.Line(area.x, area.y, area.x, area.y + tall, pen.paper(), 0.6);
  }
  return y + static_cast<double>(rows) * (tall + gap) - top;
}

}  // namespace meerstem::view
