#include "core/view/chart_sheet.h"

#include <algorithm>
#include <cmath>

namespace meerstem::view {

void ChartSheet::Hit(const Rectangle& area, std::size_t row, std::size_t column) const {
  if (hits) hits->push_back({area, row, column});
}

void ChartSheet::Hit(std::vector<Point> outline, std::size_t row, std::size_t column) const {
  if (!hits || outline.empty()) return;
  const auto [left, right] = std::minmax_element(outline.begin(), outline.end(), [](Point a, Point b) { return a.x < b.x; });
  const auto [top, bottom] = std::minmax_element(outline.begin(), outline.end(), [](Point a, Point b) { return a.y < b.y; });
  const Rectangle area{left->x, top->y, right->x - left->x, bottom->y - top->y};
  hits->push_back({area, row, column, std::move(outline)});
}

const Cell* ChartSheet::CellAt(std::size_t category, std::size_t series) const {
  if (category >= chart.cells.size() || series >= chart.cells[category].size()) return nullptr;
  return &chart.cells[category][series];
}

std::optional<double> ChartSheet::NumberAt(std::size_t category, std::size_t series) const {
  const Cell* cell = CellAt(category, series);
  return cell ? NumberIn(*cell) : std::nullopt;
}

double ChartSheet::CarriedAt(std::size_t category, std::size_t series) const {
  const Cell* cell = CellAt(category, series);
  if (!cell || !NumberIn(*cell)) return 0;
  for (const auto& [name, value] : cell->parts) {
    const auto* count = std::get_if<std::int64_t>(&value);
    if (name == "carried" && count) return static_cast<double>(*count);
  }
  return 0;
}

double ChartSheet::LabelWidth() const {
  double widest = pen.Measure(language(chart.category_title), std::nullopt, {.bold = true}).width;
  for (const auto& heading : chart.categories) {
    widest = std::max(widest, Indent(heading) + pen.Measure(language(heading.label), std::nullopt).width);
    widest = std::max(widest, Indent(heading) + pen.Measure(language(heading.note), std::nullopt, {.scale = 0.8}).width);
  }
  // Where there is little room the picture has more of it, and long labels fold.
  const double width = pen.options().width, share = width < pen.em() * 56 ? 0.26 : 0.35;
  return std::min(widest + 1, width * share);
}

std::string ChartSheet::Named(const Heading& heading) const {
  return language(heading.note.empty() ? heading.label : Say("{0} ({1})", heading.label, heading.note));
}

double ChartSheet::Head(double y) const {
  const double height = pen.Text(0, y, LabelWidth(), language(chart.category_title), {.bold = true});
  return height > 0 ? height + pen.em() * 0.4 : 0;
}

double ChartSheet::CategoryHeight(std::size_t category) const {
  const auto& heading = chart.categories[category];
  const double room = LabelWidth() - Indent(heading);
  return pen.Measure(language(heading.label), room).height + pen.Measure(language(heading.note), room, {.scale = 0.8}).height;
}

void ChartSheet::CategoryLabel(std::size_t category, double y, double height) const {
  const auto& heading = chart.categories[category];
  const double indent = Indent(heading), room = LabelWidth() - indent;
  y += (height - CategoryHeight(category)) / 2;
  y += pen.Text(indent, y, room, language(heading.label));
  pen.Text(indent, y, room, language(heading.note), {.scale = 0.8, .colour = pen.quiet()});
}

double ChartSheet::SlotLabels(double left, double slot, double y, const std::vector<std::string>& labels) const {
  const TextStyle style{.scale = 0.9, .align = PANGO_ALIGN_CENTER};
  const double room = slot - pen.em() * 0.3;
  bool upwards = false;
  for (const auto& label : labels) upwards |= pen.LongestWord(label, style) > room;
  double tallest = 0;
  for (std::size_t i = 0; i < labels.size(); ++i) {
    const double x = left + slot * static_cast<double>(i);
    if (!upwards) {
      tallest = std::max(tallest, pen.Text(x + (slot - room) / 2, y, room, labels[i], style));
      continue;
    }
    // One line each; where even lines stand too close, as many as can be read are written, evenly.
    tallest = std::max(tallest, pen.Measure(labels[i], std::nullopt, {.scale = 0.9}).width);
  }
  if (!upwards) return tallest;
  const double line = pen.Measure("x", std::nullopt, {.scale = 0.9}).height;
  const auto every = static_cast<std::size_t>(std::max(1.0, std::ceil(line / slot)));
  tallest = std::min(tallest + 1, pen.em() * 16);
  for (std::size_t i = 0; i < labels.size(); i += every) {
    std::string label = labels[i];
    const Size size = pen.Measure(label, std::nullopt, {.scale = 0.9});
    const double length = std::min(size.width + 1, tallest);
    const double lines = pen.Measure(label, length, {.scale = 0.9}).height;
    if (lines > slot * static_cast<double>(every) + 0.5 && lines > line * 1.5) continue;  // Longer than any picture is high: the table has it.
    pen.TextUpwards(left + slot * (static_cast<double>(i) + 0.5) - lines / 2, y + length, length, label, {.scale = 0.9});
  }
  return tallest;
}

void ChartSheet::UpwardAxis(const Scale& scale, double left, double right, double top, double bottom) const {
  for (double tick = scale.low; tick <= scale.high + scale.step / 2; tick += scale.step) {
    const double y = bottom - scale.Place(tick) * (bottom - top);
    const std::string shown = language.Number(std::abs(tick) < scale.step / 1e6 ? 0.0 : tick);
    const Size size = pen.Measure(shown, std::nullopt, {.scale = 0.85});
    pen.Line(left, y, right, y, pen.rule(), 0.5);
    pen.Text(left - pen.em() * 0.4 - size.width, y - size.height / 2, std::nullopt, shown, {.scale = 0.85, .colour = pen.quiet()});
  }
}

double ChartSheet::UpwardAxisRoom(const Scale& scale) const {
  double room = 0;
  for (double tick = scale.low; tick <= scale.high + scale.step / 2; tick += scale.step) {
    room = std::max(room, pen.Measure(language.Number(tick), std::nullopt, {.scale = 0.85}).width);
  }
  return room + pen.em() * 0.5;
}

std::string ChartSheet::Percent(double part, double whole) const { return language(Say("{0} %", language.Number(std::round(100 * part / whole), 0))); }

}  // namespace meerstem::view
