#include <algorithm>
#include <cmath>

#include "core/view/chart_sheet.h"
#include "core/view/grid.h"

namespace meerstem::view {
namespace {

Scale ScaleOf(const Chart& chart) {
  double low = 0, high = 0;
  for (const auto& row : chart.cells) {
    for (const auto& cell : row) {
      if (const auto number = NumberIn(cell)) {
        low = std::min(low, *number);
        high = std::max(high, *number);
      }
    }
  }
  return MakeScale(low, high);
}

struct Plain : ChartSheet {
  double Bars(double y) const {
    const double em = pen.em(), top = y, label = LabelWidth();
    const Scale scale = ScaleOf(chart);
    double value_room = 0;
    for (const auto& row : chart.cells) {
      for (const auto& cell : row) value_room = std::max(value_room, pen.Measure(ShowCell(cell, ColumnType::kReal, language), std::nullopt, {.scale = 0.9}).width);
    }
    value_room = std::min(value_room + em * 0.5, pen.options().width * 0.2);
    const double left = label + em * 0.8, right = pen.options().width - value_room, bar = em * 1.3;
    const auto place = [&](double value) { return left + scale.Place(value) * (right - left); };
    y += Head(y);
    const double begin = y;
    for (std::size_t i = 0; i < chart.categories.size(); ++i) {
      const double bars = bar * static_cast<double>(chart.series.size());
      const double height = std::max(bars, CategoryHeight(i));
      CategoryLabel(i, y, height);
      for (std::size_t s = 0; s < chart.series.size(); ++s) {
        const Cell* cell = CellAt(i, s);
        if (!cell) continue;
        const double at = y + (height - bars) / 2 + bar * static_cast<double>(s);
        const auto number = NumberIn(*cell);
        double end = place(0);
        if (number) {
          const double from = std::min(place(0), place(*number)), to = std::max(place(0), place(*number));
          const Colour colour = cell->colour.empty() ? SeriesColour(chart.series[s], s) : ReadColour(cell->colour, pen.quiet());
          pen.Fill({from, at + 1, std::max(0.5, to - from), bar - 2}, colour);
          end = to;
          Hit(Rectangle{from, at, std::max(em, to - from), bar}, i, s);
        } else {
          Hit(Rectangle{left, at, em * 2, bar}, i, s);
        }
        std::string shown = ShowCell(*cell, ColumnType::kReal, language);
        if (chart.series.size() > 1) shown = SeriesGlyph(chart.series[s], s) + " " + shown;
        const TextStyle style{.scale = 0.9, .italic = !number, .colour = number ? pen.ink() : pen.quiet()};
        const Size size = pen.Measure(shown, std::nullopt, style);
        pen.Text(std::min(end + em * 0.3, pen.options().width - size.width), at + (bar - size.height) / 2, std::nullopt, shown, style);
      }
      y += height + em * 0.5;
    }
    pen.Line(place(0), begin, place(0), y, pen.quiet(), 1);
    double axis = 0, free_from = 0;
    for (double tick = scale.low; tick <= scale.high + scale.step / 2; tick += scale.step) {
      const std::string shown = language.Number(std::abs(tick) < scale.step / 1e6 ? 0.0 : tick);
      const Size size = pen.Measure(shown, std::nullopt, {.scale = 0.85});
      pen.Line(place(tick), y, place(tick), y + em * 0.3, pen.rule(), 1);
      axis = size.height;
      const double x = std::clamp(place(tick) - size.width / 2, 0.0, std::max(0.0, pen.options().width - size.width));
      if (x < free_from) continue;
      pen.Text(x, y + em * 0.35, std::nullopt, shown, {.scale = 0.85, .colour = pen.quiet()});
      free_from = x + size.width + em * 0.3;
    }
    y += axis + em * 0.4;
    y += pen.Text(left, y, right - left, language(chart.value_title), {.scale = 0.9, .align = PANGO_ALIGN_CENTER, .colour = pen.quiet()});
    return y - top;
  }

  double Lines(double y) const {
    const double em = pen.em(), top = y;
    const Scale scale = ScaleOf(chart);
    y += pen.Text(0, y, pen.options().width, language(chart.value_title), {.scale = 0.9, .colour = pen.quiet()}) + em * 0.3;
    const double left = UpwardAxisRoom(scale), right = pen.options().width, height = em * 18;
    const double slot = (right - left) / static_cast<double>(std::max<std::size_t>(1, chart.categories.size()));
    const auto across = [&](std::size_t i) { return left + slot * (static_cast<double>(i) + 0.5); };
    const auto down = [&](double value) { return y + height - scale.Place(value) * height; };
    UpwardAxis(scale, left, right, y, y + height);
    for (std::size_t s = 0; s < chart.series.size(); ++s) {
      const Colour colour = SeriesColour(chart.series[s], s);
      std::optional<std::pair<double, double>> last;
      for (std::size_t i = 0; i < chart.categories.size(); ++i) {
        const Cell* cell = CellAt(i, s);
        const auto number = cell ? NumberIn(*cell) : std::nullopt;
        if (!number) {
          last.reset();  // A gap stays a gap.
          continue;
        }
        const std::pair<double, double> now{across(i), down(*number)};
        if (last) pen.Line(last->first, last->second, now.first, now.second, colour, 2);
        last = now;
      }
      for (std::size_t i = 0; i < chart.categories.size(); ++i) {
        const Cell* cell = CellAt(i, s);
        if (!cell) continue;
        const auto number = NumberIn(*cell);
        const std::string shown = number ? SeriesGlyph(chart.series[s], s) : ShowCell(*cell, ColumnType::kReal, language);
        if (!number && cell->state == State::kValue) continue;
        const TextStyle style{.scale = number ? 1.1 : 0.75, .italic = !number, .align = PANGO_ALIGN_CENTER, .colour = number ? colour : pen.quiet()};
        const Size size = pen.Measure(shown, slot, style);
        const double at = number ? down(*number) - size.height / 2 : y + height - size.height * static_cast<double>(s + 1);
        pen.Text(across(i) - slot / 2, at, slot, shown, style);
        Hit(Rectangle{across(i) - em, at, em * 2, size.height}, i, s);
      }
    }
    y += height + em * 0.3;
    std::vector<std::string> labels;
    for (const auto& heading : chart.categories) labels.push_back(Named(heading));
    y += SlotLabels(left, slot, y, labels) + em * 0.2;
    y += pen.Text(left, y, right - left, language(chart.category_title), {.scale = 0.9, .align = PANGO_ALIGN_CENTER, .colour = pen.quiet()});
    return y - top;
  }
};

/// The series, where each has a colour of its own, and what else was given.
std::vector<Heading> LegendOf(const Chart& chart, const Pen& pen) {
  std::vector<Heading> legend;
  const std::size_t inside = chart.series.size() - std::min(chart.aside, chart.series.size());
  switch (chart.kind) {
    case ChartKind::kBars:
    case ChartKind::kLines:
      if (inside > 1) legend = chart.series;
      break;
    case ChartKind::kStackedShares:
    case ChartKind::kDiverging: legend.assign(chart.series.begin(), chart.series.begin() + static_cast<std::ptrdiff_t>(inside)); break;
    case ChartKind::kTiles: legend.assign(chart.series.begin() + (chart.series.empty() ? 0 : 1), chart.series.end()); break;
    default: break;
  }
  for (const auto& heading : chart.legend) {
    legend.push_back(heading);
    // What has none of the series is as pale as the paper wants it.
    if (chart.kind == ChartKind::kTiles) legend.back().colour = ToHex(pen.bare());
  }
  return legend;
}

bool AnyCarried(const ChartSheet& sheet) {
  for (std::size_t i = 0; i < sheet.chart.categories.size(); ++i) {
    for (std::size_t s = 0; s < sheet.chart.series.size(); ++s) {
      if (sheet.CarriedAt(i, s) > 0) return true;
    }
  }
  return false;
}

}  // namespace

double DrawChart(Pen& pen, double y, const Chart& chart, const Language& language, std::vector<HitArea>* hits) {
  const double top = y;
  const ChartSheet sheet{pen, chart, language, hits};
  if (const auto legend = LegendOf(chart, pen); !legend.empty()) {
    const bool shares = chart.kind == ChartKind::kStackedShares || chart.kind == ChartKind::kDiverging;
    y += DrawLegend(pen, y, legend, language, shares && AnyCarried(sheet)) + pen.em() * 0.8;
  }
  switch (chart.kind) {
    case ChartKind::kBars: y += Plain{sheet}.Bars(y); break;
    case ChartKind::kStackedShares: y += DrawShares(sheet, y); break;
    case ChartKind::kLines: y += Plain{sheet}.Lines(y); break;
    case ChartKind::kDiverging: y += DrawDiverging(sheet, y); break;
    case ChartKind::kSlopes: y += DrawSlopes(sheet, y); break;
    case ChartKind::kAlluvial: y += DrawAlluvial(sheet, y); break;
    case ChartKind::kHistogram: y += DrawHistogram(sheet, y); break;
    case ChartKind::kLanes: y += DrawLanes(sheet, y); break;
    case ChartKind::kTiles: y += DrawTiles(sheet, y); break;
    case ChartKind::kNetwork: y += DrawNetwork(sheet, y); break;
    case ChartKind::kPage: y += DrawPage(sheet, y); break;
    case ChartKind::kBoxes: y += DrawBoxes(sheet, y); break;
  }
  return y - top;
}

}  // namespace meerstem::view
