#include <algorithm>
#include <cmath>
#include <map>

#include "core/view/chart_sheet.h"

namespace meerstem::view {
namespace {

const TextStyle kName{.bold = true}, kNote{.scale = 0.85}, kTitle{.scale = 0.95, .bold = true, .align = PANGO_ALIGN_CENTER};
/// In em: the margin inside a box, between boxes above each other, and the room for arrows between columns.
constexpr double kInner = 0.6, kBetween = 1.8, kAcross = 2.6;

std::string WordsOf(const Heading& box, const Language& language) { return (box.glyph.empty() ? "" : box.glyph + " ") + language(box.label); }

/// The titles of the columns, in the order of their first box.
std::vector<std::string> Titles(const Chart& chart, const Language& language) {
  std::vector<std::string> titles;
  for (const auto& box : chart.categories) {
    std::string title = language(box.group);
    if (std::find(titles.begin(), titles.end(), title) == titles.end()) titles.push_back(std::move(title));
  }
  return titles;
}

/// A line from one box to another that ends in a head.
void Arrow(const ChartSheet& sheet, Point from, Point to, std::size_t i, std::size_t j) {
  Pen& pen = sheet.pen;
  const double x = to.x - from.x, y = to.y - from.y, length = std::max(1e-6, std::hypot(x, y)), head = pen.em() * 0.6;
  const Point along{x / length, y / length}, side{-along.y, along.x};
  pen.Line(from.x, from.y, to.x - along.x * head, to.y - along.y * head, pen.quiet(), 1.4);
  const Point base{to.x - along.x * head, to.y - along.y * head};
  pen.Shape({to, {base.x + side.x * head * 0.5, base.y + side.y * head * 0.5}, {base.x - side.x * head * 0.5, base.y - side.y * head * 0.5}}, pen.quiet(), 1);
  const double reach = 3;
  sheet.Hit({{from.x + side.x * reach, from.y + side.y * reach}, {to.x + side.x * reach, to.y + side.y * reach}, {to.x - side.x * reach, to.y - side.y * reach}, {from.x - side.x * reach, from.y - side.y * reach}}, i, j);
}

}  // namespace

double BoxesWidth(Pen& pen, const Chart& chart, const Language& language) {
  const auto titles = Titles(chart, language);
  if (titles.empty()) return 0;
  double box = 0;
  for (const auto& title : titles) box = std::max(box, pen.LongestWord(title, kTitle));
  for (const auto& each : chart.categories) {
    box = std::max({box, pen.LongestWord(WordsOf(each, language), kName) + 2 * kInner * pen.em(), pen.LongestWord(language(each.note), kNote) + 2 * kInner * pen.em()});
  }
  const auto columns = static_cast<double>(titles.size());
  return columns * (box + 2) + (columns - 1) * kAcross * pen.em();
}

double DrawBoxes(const ChartSheet& sheet, double y) {
  Pen& pen = sheet.pen;
  const Chart& chart = sheet.chart;
  const double em = pen.em(), top = y, inner = em * kInner, between = em * kBetween, across = em * kAcross;
  const std::size_t n = chart.categories.size();
  const auto titles = Titles(chart, sheet.language);
  if (titles.empty()) return 0;
  std::vector<std::size_t> column(n);
  for (std::size_t i = 0; i < n; ++i) column[i] = static_cast<std::size_t>(std::find(titles.begin(), titles.end(), sheet.language(chart.categories[i].group)) - titles.begin());
  const double width = (pen.options().width - across * static_cast<double>(titles.size() - 1)) / static_cast<double>(titles.size());
  const auto left = [&](std::size_t c) { return static_cast<double>(c) * (width + across); };

  double heads = 0;
  for (std::size_t c = 0; c < titles.size(); ++c) {
    heads = std::max(heads, pen.Text(left(c), y, width, titles[c], {.scale = kTitle.scale, .bold = true, .align = kTitle.align, .colour = pen.quiet()}));
  }
  y += heads + em * 0.5;

  std::vector<Rectangle> boxes(n);
  std::vector<double> filled(titles.size(), 0), next(titles.size(), 0);
  std::vector<std::size_t> count(titles.size(), 0);
  for (std::size_t i = 0; i < n; ++i) {
    const std::string below = sheet.language(chart.categories[i].note);
    double height = inner * 2 + pen.Measure(WordsOf(chart.categories[i], sheet.language), width - 2 * inner, kName).height;
    if (!below.empty()) height += em * 0.25 + pen.Measure(below, width - 2 * inner, kNote).height;
    boxes[i] = {left(column[i]), 0, width, height};
    filled[column[i]] += height;
    ++count[column[i]];
  }
  double height = 0;
  for (std::size_t c = 0; c < titles.size(); ++c) height = std::max(height, filled[c] + between * static_cast<double>(count[c] - 1));
  // A column with less in it spreads over the height of the fullest.
  for (std::size_t i = 0; i < n; ++i) {
    const std::size_t c = column[i];
    const double free = (height - filled[c]) / static_cast<double>(count[c]);
    boxes[i].y = y + next[c] + free / 2;
    next[c] += boxes[i].height + free;
  }

  // Arrows first: one that passes a column goes behind its boxes.
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) {
      if (i == j || sheet.NumberAt(i, j).value_or(0) <= 0) continue;
      const Rectangle &a = boxes[i], &b = boxes[j];
      if (column[i] < column[j]) {
        Arrow(sheet, {a.x + a.width, a.y + a.height / 2}, {b.x, b.y + b.height / 2}, i, j);
      } else if (column[i] > column[j]) {
        Arrow(sheet, {a.x, a.y + a.height / 2}, {b.x + b.width, b.y + b.height / 2}, i, j);
      } else {
        const bool down = a.y < b.y;
        Arrow(sheet, {a.x + a.width / 2, down ? a.y + a.height : a.y}, {b.x + b.width / 2, down ? b.y : b.y + b.height}, i, j);
      }
    }
  }
  for (std::size_t i = 0; i < n; ++i) {
    const Heading& box = chart.categories[i];
    const Colour colour = box.colour.empty() ? pen.rule() : ReadColour(box.colour, pen.rule());
    pen.Fill(boxes[i], pen.paper());
    pen.Fill(boxes[i], colour, 0.16);
    pen.Frame(boxes[i], colour, 1.5);
    double at = boxes[i].y + inner;
    at += pen.Text(boxes[i].x + inner, at, width - 2 * inner, WordsOf(chart.categories[i], sheet.language), kName);
    const std::string below = sheet.language(box.note);
    if (!below.empty()) pen.Text(boxes[i].x + inner, at + em * 0.25, width - 2 * inner, below, kNote);
    sheet.Hit(boxes[i], i, i);
  }
  return y + height + em * 0.4 - top;
}

}  // namespace meerstem::view
