#include <algorithm>
#include <cmath>

#include "core/view/chart_sheet.h"

namespace meerstem::view {

namespace {

constexpr double kRoomOfANode = 40;  ///< With its label, in square em.

/// What stands in brackets at the end stays on one line.
std::string Unbroken(std::string words) {
  auto at = words.rfind(" (");
  if (at == std::string::npos) return words;
  while ((at = words.find(' ', at + 1)) != std::string::npos) words.replace(at, 1, "\u00a0");
  return words;
}

}  // namespace

double DrawNetwork(const ChartSheet& sheet, double y) {
  Pen& pen = sheet.pen;
  const Chart& chart = sheet.chart;
  const std::size_t n = std::min(chart.categories.size(), chart.series.size());
  // Large letters on a narrow sheet need room below what they would beside each other.
  const double em = pen.em(), top = y, width = pen.options().width, nodes = static_cast<double>(std::min<std::size_t>(n, 40));
  const double least = em * std::max(12 + 0.6 * nodes, nodes * kRoomOfANode * em / width), height = std::max(least, std::min(width * 0.7, em * 44));
  std::vector<std::vector<double>> weights(n, std::vector<double>(n, 0.0));
  double strongest = 0, largest = 0;
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) {
      const double weight = std::max(sheet.NumberAt(i, j).value_or(0), sheet.NumberAt(j, i).value_or(0));
      if (i == j) largest = std::max(largest, weight);
      else if (weight < static_cast<double>(std::max<std::int64_t>(chart.least, 1))) continue;
      else strongest = std::max(strongest, weight);
      weights[i][j] = weight;
    }
  }
  // Large letters on a narrow sheet leave the nodes less of it.
  const double scale = std::clamp(width / (em * 45), 0.5, 1.0);
  const auto radius = [&](std::size_t i) { return scale * em * (0.45 + 1.1 * std::sqrt(largest > 0 ? weights[i][i] / largest : 0)); };
  // Labels stand below their node; the margin keeps those of the outermost on the sheet.
  const double across = em * 5, down = em * 1.8;
  std::vector<Point> at = LayNetwork(weights, static_cast<std::uint64_t>(chart.seed));
  for (auto& point : at) point = {across + point.x * (width - 2 * across), y + down + point.y * (height - 2 * down - em * 2)};
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = i + 1; j < n; ++j) {
      if (weights[i][j] <= 0) continue;
      pen.Line(at[i].x, at[i].y, at[j].x, at[j].y, pen.rule(), 0.8 + em * 0.45 * weights[i][j] / strongest);
      const double x = at[j].x - at[i].x, down_by = at[j].y - at[i].y, length = std::max(1e-6, std::hypot(x, down_by)), side = 3;
      const double nx = -down_by / length * side, ny = x / length * side;
      sheet.Hit({{at[i].x + nx, at[i].y + ny}, {at[j].x + nx, at[j].y + ny}, {at[j].x - nx, at[j].y - ny}, {at[i].x - nx, at[i].y - ny}}, i, j);
    }
  }
  Places places;
  for (std::size_t i = 0; i < n; ++i) {
    const double r = radius(i);
    pen.Disc(at[i], r, SeriesColour(chart.categories[i], 0), pen.paper());
    sheet.Hit(Rectangle{at[i].x - r, at[i].y - r, 2 * r, 2 * r}, i, i);
    places.Take({at[i].x - r, at[i].y - r, 2 * r, 2 * r});
  }
  for (std::size_t i = 0; i < n; ++i) {
    const std::string words = Unbroken(sheet.Named(chart.categories[i]));
    const TextStyle style{.scale = 0.85, .align = PANGO_ALIGN_CENTER};
    Size size = pen.Measure(words, std::nullopt, style);
    size.width = std::min(size.width + 1, std::max(em * 9, pen.LongestWord(words, style) + 1));
    size.height = pen.Measure(words, size.width, style).height;
    const double r = radius(i) + 2;
    std::vector<Rectangle> wanted;
    for (const double far : {0.0, em, em * 2, em * 3.5, em * 5, em * 7}) {
      const double left = -r - size.width - far, right = r + far, above = -r - size.height - far, below = r + far;
      for (const Point by : {Point{-size.width / 2, below}, Point{-size.width / 2, above}, Point{right, -size.height / 2}, Point{left, -size.height / 2}, Point{0, below}, Point{-size.width, below},
                             Point{0, above}, Point{-size.width, above}}) {
        wanted.push_back({std::clamp(at[i].x + by.x, 0.0, std::max(0.0, width - size.width)), std::clamp(at[i].y + by.y, y, y + height - size.height), size.width, size.height});
      }
    }
    const Rectangle place = places.Choose(wanted);
    // From a label that found its place further away a line leads to the node.
    const Point near{std::clamp(at[i].x, place.x, place.x + place.width), std::clamp(at[i].y, place.y, place.y + place.height)};
    const double away = std::hypot(near.x - at[i].x, near.y - at[i].y);
    if (away > r + em * 1.2) pen.Line(near.x, near.y, at[i].x + (near.x - at[i].x) * r / away, at[i].y + (near.y - at[i].y) * r / away, pen.quiet(), 1);
    pen.Fill(place, pen.paper(), 0.7);
    pen.Text(place.x, place.y, size.width, words, style);
  }
  // Counts on the ties, where there is room: the table has them all.
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = i + 1; j < n; ++j) {
      if (weights[i][j] <= 0) continue;
      const std::string shown = sheet.language.Number(weights[i][j]);
      const Size size = pen.Measure(shown, std::nullopt, {.scale = 0.75});
      for (const double t : {0.5, 0.4, 0.6, 0.3, 0.7}) {
        const Rectangle place{at[i].x + (at[j].x - at[i].x) * t - size.width / 2, at[i].y + (at[j].y - at[i].y) * t - size.height / 2, size.width, size.height};
        if (!places.Free(place)) continue;
        places.Take(place);
        pen.Fill(place, pen.paper(), 0.8);
        pen.Text(place.x, place.y, std::nullopt, shown, {.scale = 0.75, .colour = pen.quiet()});
        break;
      }
    }
  }
  y += height + em * 0.4;
  y += pen.Text(0, y, width,
                sheet.language(Say("Drawn are ties of at least {0}; a node's area shows its own count. Layout: Fruchterman and Reingold, seed {1}.", chart.least, chart.seed)),
                {.scale = 0.85, .colour = pen.quiet()});
  return y - top;
}

}  // namespace meerstem::view
