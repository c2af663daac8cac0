#include <algorithm>
#include <cmath>
#include <map>

#include "core/view/chart_sheet.h"
#include "core/view/grid.h"

namespace meerstem::view {

double DrawSlopes(const ChartSheet& sheet, double y) {
  Pen& pen = sheet.pen;
  const Chart& chart = sheet.chart;
  const double em = pen.em(), top = y;
  const std::size_t moments = chart.series.size();
  std::vector<std::vector<std::optional<double>>> values(chart.categories.size());
  double low = 0, high = 1;
  bool whole = true;
  std::map<std::pair<std::size_t, double>, std::size_t> at_value;
  for (std::size_t i = 0; i < values.size(); ++i) {
    for (std::size_t s = 0; s < moments; ++s) {
      const auto number = sheet.NumberAt(i, s);
      values[i].push_back(number);
      if (!number) continue;
      low = std::min(low, *number), high = std::max(high, *number);
      whole &= *number == std::floor(*number);
      ++at_value[{s, *number}];
    }
  }
  const Scale scale = whole && high - low <= 12 ? Scale{low, high, 1} : MakeScale(low, high, whole);
  std::size_t crowd = 1;
  for (const auto& [place, count] : at_value) crowd = std::max(crowd, count);

  y += pen.Text(0, y, pen.options().width, sheet.language(chart.value_title), {.scale = 0.9, .colour = pen.quiet()}) + em * 0.9;
  const double axis = sheet.UpwardAxisRoom(scale), left = axis + em * 2, right = pen.options().width - axis - em * 2;
  const double height = em * 26, band = height / ((scale.high - scale.low) / scale.step);
  const double apart = std::min(em * 0.28, band * 0.8 / static_cast<double>(crowd));
  const auto across = [&](std::size_t s) { return moments < 2 ? (left + right) / 2 : left + (right - left) * static_cast<double>(s) / static_cast<double>(moments - 1); };
  const auto spread = SpreadSlopes(values);
  const auto point = [&](std::size_t i, std::size_t s) { return Point{across(s), y + height - scale.Place(*values[i][s]) * height + spread[i][s] * apart}; };
  for (double tick = scale.low; tick <= scale.high + scale.step / 2; tick += scale.step) {
    const double at = y + height - scale.Place(tick) * height;
    const std::string shown = sheet.language.Number(std::abs(tick) < scale.step / 1e6 ? 0.0 : tick);
    const Size size = pen.Measure(shown, std::nullopt, {.scale = 0.9, .bold = true});
    pen.Line(left - em, at, right + em, at, pen.rule(), 0.5);
    pen.Text(left - em * 1.4 - size.width, at - size.height / 2, std::nullopt, shown, {.scale = 0.9, .bold = true});
    pen.Text(right + em * 1.4, at - size.height / 2, std::nullopt, shown, {.scale = 0.9, .bold = true});
  }
  if (chart.threshold_after) {
    const double at = y + height - scale.Place(static_cast<double>(*chart.threshold_after) + 0.5) * height;
    pen.Dashes(left - em, at, right + em, at, pen.ink(), 1.4);
  }
  // What did not change is the ground; what changed is drawn over it.
  const auto changed = [&](std::size_t i, std::size_t s) { return values[i][s] != values[i][s + 1]; };
  std::map<std::tuple<std::size_t, double, double>, std::vector<std::size_t>> bundles;
  for (const bool over : {false, true}) {
    for (std::size_t s = 0; s + 1 < moments; ++s) {
      for (std::size_t i = 0; i < values.size(); ++i) {
        if (!values[i][s] || !values[i][s + 1] || changed(i, s) != over) continue;
        const Point from = point(i, s), to = point(i, s + 1);
        const Colour colour = over ? ReadColour(chart.categories[i].colour, SeriesColour({}, 0)) : pen.rule();
        pen.Line(from.x, from.y, to.x, to.y, colour, std::max(0.8, std::min(1.6, apart * 0.6)));
        const double near = std::max(apart / 2, 1.0);
        sheet.Hit({{from.x, from.y - near}, {to.x, to.y - near}, {to.x, to.y + near}, {from.x, from.y + near}}, i, s + 1);
        bundles[{s, *values[i][s], *values[i][s + 1]}].push_back(i);
      }
    }
  }
  for (std::size_t i = 0; i < values.size(); ++i) {
    for (std::size_t s = 0; s < moments; ++s) {
      if (!values[i][s]) continue;
      const Point at = point(i, s);
      const double radius = std::max(0.9, std::min(2.0, apart * 0.45));
      pen.Disc(at, radius, pen.ink(), pen.ink());
      if (s == 0 || !values[i][s - 1]) sheet.Hit(Rectangle{at.x - em * 0.5, at.y - std::max(apart / 2, 1.0), em, std::max(apart, 2.0)}, i, s);
    }
  }
  Places places;
  for (const auto& [key, lines] : bundles) {
    if (lines.size() < 2) continue;
    const std::size_t s = std::get<0>(key);
    Point from{across(s), 0}, to{across(s + 1), 0};
    for (const auto i : lines) {
      from.y += point(i, s).y / static_cast<double>(lines.size());
      to.y += point(i, s + 1).y / static_cast<double>(lines.size());
    }
    const std::string shown = sheet.language.Number(static_cast<std::int64_t>(lines.size()));
    const TextStyle style{.scale = 0.8, .bold = true};
    const Size size = pen.Measure(shown, std::nullopt, style);
    std::vector<Rectangle> wanted;
    for (const double t : {0.5, 0.4, 0.6, 0.3, 0.7, 0.22, 0.78, 0.16, 0.84, 0.11, 0.89}) {
      wanted.push_back({from.x + (to.x - from.x) * t - size.width / 2 - 1, from.y + (to.y - from.y) * t - size.height / 2, size.width + 2, size.height});
    }
    const Rectangle place = places.Choose(wanted);
    pen.Fill(place, pen.paper(), 0.85);
    pen.Text(place.x + 1, place.y, std::nullopt, shown, style);
  }
  y += height + std::max(em * 0.8, apart * static_cast<double>(crowd) / 2 + em * 0.5);
  double tallest = 0;
  const double slot = moments < 2 ? right - left : (right - left) / static_cast<double>(moments - 1);
  for (std::size_t s = 0; s < moments; ++s) {
    // The outermost labels stay on the sheet.
    const double wide = std::min(slot * 0.9, pen.options().width / 2);
    const double x = std::clamp(across(s) - wide / 2, 0.0, pen.options().width - wide);
    const PangoAlignment align = s == 0 && moments > 1 ? PANGO_ALIGN_LEFT : s + 1 == moments && moments > 1 ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_CENTER;
    tallest = std::max(tallest, pen.Text(x, y, wide, sheet.Named(chart.series[s]), {.bold = true, .align = align}));
  }
  y += tallest + em * 0.4;
  y += pen.Text(0, y, pen.options().width, sheet.language(Say("A number on a line: so many of them lie beside each other.")), {.scale = 0.85, .colour = pen.quiet()});
  return y - top;
}

}  // namespace meerstem::view
