#include <algorithm>
#include <cmath>

#include "core/view/grid.h"
#include "core/view/pen.h"

namespace meerstem::view {
namespace {

/// Round steps that cover [low, high] in about five.
struct Scale {
  double low = 0, high = 1, step = 0.5;
  double Place(double value) const { return (value - low) / (high - low); }
};

Scale MakeScale(const Chart& chart) {
  double low = 0, high = 0;
  for (const auto& row : chart.cells) {
    for (const auto& cell : row) {
      if (const auto number = NumberIn(cell)) {
        low = std::min(low, *number);
        high = std::max(high, *number);
      }
    }
  }
  if (high - low <= 0) high = low + 1;
  const double raw = (high - low) / 5, power = std::pow(10.0, std::floor(std::log10(raw)));
  double step = power * 10;
  for (const double factor : {1.0, 2.0, 5.0}) {
    if (power * factor >= raw * 0.999) {
      step = power * factor;
      break;
    }
  }
  return {std::floor(low / step) * step, std::ceil(high / step - 1e-9) * step, step};
}

const Cell* CellAt(const Chart& chart, std::size_t category, std::size_t series) {
  if (category >= chart.cells.size() || series >= chart.cells[category].size()) return nullptr;
  return &chart.cells[category][series];
}

struct Sheet {
  Pen& pen;
  const Chart& chart;
  const Language& language;
  std::vector<HitArea>* hits;

  void Hit(const Rectangle& area, std::size_t row, std::size_t column) const {
    if (hits) hits->push_back({area, row, column});
  }

  double Indent(const Heading& heading) const { return heading.depth * pen.em(); }

  /// What labels at the left and notes at the right take; long ones wrap inside it.
  double LabelWidth() const {
    double widest = pen.Measure(language(chart.category_title), std::nullopt, {.bold = true}).width;
    for (const auto& heading : chart.categories) widest = std::max(widest, Indent(heading) + pen.Measure(language(heading.label), std::nullopt).width);
    return std::min(widest + 1, pen.options().width * 0.35);
  }
  double NoteWidth() const {
    double widest = 0;
    for (const auto& heading : chart.categories) widest = std::max(widest, pen.Measure(language(heading.note), std::nullopt, {.scale = 0.85}).width);
    return widest > 0 ? std::min(widest + 1, pen.options().width * 0.25) : 0;
  }

  double Head(double y) const {
    double height = pen.Text(0, y, LabelWidth(), language(chart.category_title), {.bold = true});
    return height > 0 ? height + pen.em() * 0.4 : 0;
  }

  double Shares(double y) const {
    const double em = pen.em(), top = y, label = LabelWidth(), note = NoteWidth();
    const double left = label + em * 0.8, right = pen.options().width - (note > 0 ? note + em * 0.8 : 0), bar = em * 1.9;
    y += Head(y);
    const double begin = y;
    for (std::size_t i = 0; i < chart.categories.size(); ++i) {
      const auto& heading = chart.categories[i];
      const double indent = Indent(heading);
      const Size words = pen.Measure(language(heading.label), label - indent);
      const Size beside = pen.Measure(language(heading.note), note, {.scale = 0.85});
      const double height = std::max({bar, words.height, beside.height});
      pen.Text(indent, y + (height - words.height) / 2, label - indent, language(heading.label));
      if (note > 0) pen.Text(right + em * 0.8, y + (height - beside.height) / 2, note, language(heading.note), {.scale = 0.85, .colour = pen.quiet()});
      double sum = 0;
      for (std::size_t s = 0; s < chart.series.size(); ++s) {
        const Cell* cell = CellAt(chart, i, s);
        if (const auto number = cell ? NumberIn(*cell) : std::nullopt) sum += std::max(0.0, *number);
      }
      const double at = y + (height - bar) / 2;
      if (sum <= 0) {
        // Nobody to share: said in words, never a bar of nothing.
        const Cell* first = CellAt(chart, i, 0);
        const Message why = first && first->state != State::kValue ? StateLabel(first->state) : Say("nobody");
        const double tall = pen.Measure(language(why), right - left, {.italic = true}).height;
        pen.Text(left, y + (height - tall) / 2, right - left, language(why), {.italic = true, .colour = pen.quiet()});
      } else {
        double x = left;
        for (std::size_t s = 0; s < chart.series.size(); ++s) {
          const Cell* cell = CellAt(chart, i, s);
          const auto number = cell ? NumberIn(*cell) : std::nullopt;
          if (!number || *number <= 0) continue;
          const Rectangle area{x, at, *number / sum * (right - left), bar};
          const Colour colour = SeriesColour(chart.series[s], s);
          pen.Fill(area, colour);
          pen.Frame(area, pen.paper(), 1);
          std::string shown = language.Number(*number);
          const TextStyle style{.scale = 0.9, .colour = InkOn(colour)};
          const std::string with_glyph = SeriesGlyph(chart.series[s], s) + " " + shown;
          Size size = pen.Measure(with_glyph, std::nullopt, style);
          if (size.width + 4 <= area.width) shown = with_glyph;
          else size = pen.Measure(shown, std::nullopt, style);
          if (size.width + 4 <= area.width) pen.Text(x + (area.width - size.width) / 2, at + (bar - size.height) / 2, std::nullopt, shown, style);
          Hit(area, i, s);
          x += area.width;
        }
      }
      y += height + em * 0.5;
    }
    double axis = 0;
    for (const int percent : {0, 25, 50, 75, 100}) {
      const double x = left + (right - left) * percent / 100;
      pen.Line(x, begin, x, y, pen.rule(), 0.4);
      const std::string shown = language(Say("{0} %", percent));
      const Size size = pen.Measure(shown, std::nullopt, {.scale = 0.85});
      pen.Text(std::clamp(x - size.width / 2, 0.0, pen.options().width - size.width), y + em * 0.2, std::nullopt, shown, {.scale = 0.85, .colour = pen.quiet()});
      axis = size.height;
    }
    y += axis + em * 0.3;
    y += pen.Text(left, y, right - left, language(chart.value_title), {.scale = 0.9, .align = PANGO_ALIGN_CENTER, .colour = pen.quiet()});
    return y - top;
  }

  double Bars(double y) const {
    const double em = pen.em(), top = y, label = LabelWidth(), note = NoteWidth();
    const Scale scale = MakeScale(chart);
    double value_room = 0;
    for (const auto& row : chart.cells) {
      for (const auto& cell : row) value_room = std::max(value_room, pen.Measure(ShowCell(cell, ColumnType::kReal, language), std::nullopt, {.scale = 0.9}).width);
    }
    value_room = std::min(value_room + em * 0.5, pen.options().width * 0.2);
    const double left = label + em * 0.8, right = pen.options().width - value_room - (note > 0 ? note + em * 0.8 : 0), bar = em * 1.3;
    const auto place = [&](double value) { return left + scale.Place(value) * (right - left); };
    y += Head(y);
    const double begin = y;
    for (std::size_t i = 0; i < chart.categories.size(); ++i) {
      const auto& heading = chart.categories[i];
      const double indent = Indent(heading);
      const Size words = pen.Measure(language(heading.label), label - indent);
      const Size beside = pen.Measure(language(heading.note), note, {.scale = 0.85});
      const double bars = bar * static_cast<double>(chart.series.size());
      const double height = std::max({bars, words.height, beside.height});
      pen.Text(indent, y + (height - words.height) / 2, label - indent, language(heading.label));
      if (note > 0) pen.Text(right + value_room + em * 0.8, y + (height - beside.height) / 2, note, language(heading.note), {.scale = 0.85, .colour = pen.quiet()});
      for (std::size_t s = 0; s < chart.series.size(); ++s) {
        const Cell* cell = CellAt(chart, i, s);
        if (!cell) continue;
        const double at = y + (height - bars) / 2 + bar * static_cast<double>(s);
        const auto number = NumberIn(*cell);
        double end = place(0);
        if (number) {
          const double from = std::min(place(0), place(*number)), to = std::max(place(0), place(*number));
          const Colour colour = cell->colour.empty() ? SeriesColour(chart.series[s], s) : ReadColour(cell->colour, pen.quiet());
          pen.Fill({from, at + 1, std::max(0.5, to - from), bar - 2}, colour);
          end = to;
          Hit({from, at, std::max(em, to - from), bar}, i, s);
        } else {
          Hit({left, at, em * 2, bar}, i, s);
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
    double axis = 0;
    for (double tick = scale.low; tick <= scale.high + scale.step / 2; tick += scale.step) {
      const std::string shown = language.Number(std::abs(tick) < scale.step / 1e6 ? 0.0 : tick);
      const Size size = pen.Measure(shown, std::nullopt, {.scale = 0.85});
      pen.Line(place(tick), y, place(tick), y + em * 0.3, pen.rule(), 1);
      pen.Text(place(tick) - size.width / 2, y + em * 0.35, std::nullopt, shown, {.scale = 0.85, .colour = pen.quiet()});
      axis = size.height;
    }
    y += axis + em * 0.4;
    y += pen.Text(left, y, right - left, language(chart.value_title), {.scale = 0.9, .align = PANGO_ALIGN_CENTER, .colour = pen.quiet()});
    return y - top;
  }

  double Lines(double y) const {
    const double em = pen.em(), top = y;
    const Scale scale = MakeScale(chart);
    y += pen.Text(0, y, pen.options().width, language(chart.value_title), {.scale = 0.9, .colour = pen.quiet()}) + em * 0.3;
    double tick_room = 0;
    for (double tick = scale.low; tick <= scale.high + scale.step / 2; tick += scale.step) {
      tick_room = std::max(tick_room, pen.Measure(language.Number(tick), std::nullopt, {.scale = 0.85}).width);
    }
    const double left = tick_room + em, right = pen.options().width, height = em * 18;
    const double slot = (right - left) / static_cast<double>(std::max<std::size_t>(1, chart.categories.size()));
    const auto across = [&](std::size_t i) { return left + slot * (static_cast<double>(i) + 0.5); };
    const auto down = [&](double value) { return y + height - scale.Place(value) * height; };
    for (double tick = scale.low; tick <= scale.high + scale.step / 2; tick += scale.step) {
      const std::string shown = language.Number(std::abs(tick) < scale.step / 1e6 ? 0.0 : tick);
      const Size size = pen.Measure(shown, std::nullopt, {.scale = 0.85});
      pen.Line(left, down(tick), right, down(tick), pen.rule(), 0.5);
      pen.Text(left - em * 0.4 - size.width, down(tick) - size.height / 2, std::nullopt, shown, {.scale = 0.85, .colour = pen.quiet()});
    }
    for (std::size_t s = 0; s < chart.series.size(); ++s) {
      const Colour colour = SeriesColour(chart.series[s], s);
      std::optional<std::pair<double, double>> last;
      for (std::size_t i = 0; i < chart.categories.size(); ++i) {
        const Cell* cell = CellAt(chart, i, s);
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
        const Cell* cell = CellAt(chart, i, s);
        if (!cell) continue;
        const auto number = NumberIn(*cell);
        const std::string shown = number ? SeriesGlyph(chart.series[s], s) : ShowCell(*cell, ColumnType::kReal, language);
        if (!number && cell->state == State::kValue) continue;
        const TextStyle style{.scale = number ? 1.1 : 0.75, .italic = !number, .align = PANGO_ALIGN_CENTER, .colour = number ? colour : pen.quiet()};
        const Size size = pen.Measure(shown, slot, style);
        const double at = number ? down(*number) - size.height / 2 : y + height - size.height * static_cast<double>(s + 1);
        pen.Text(across(i) - slot / 2, at, slot, shown, style);
        Hit({across(i) - em, at, em * 2, size.height}, i, s);
      }
    }
    y += height + em * 0.3;
    double tallest = 0;
    for (std::size_t i = 0; i < chart.categories.size(); ++i) {
      const auto& heading = chart.categories[i];
      const std::string label = language(heading.note.empty() ? heading.label : Say("{0} ({1})", heading.label, heading.note));
      tallest = std::max(tallest, pen.Text(across(i) - slot / 2 + 2, y, slot - 4, label, {.scale = 0.9, .align = PANGO_ALIGN_CENTER}));
    }
    y += tallest + em * 0.2;
    y += pen.Text(left, y, right - left, language(chart.category_title), {.scale = 0.9, .align = PANGO_ALIGN_CENTER, .colour = pen.quiet()});
    return y - top;
  }
};

}  // namespace

double DrawChart(Pen& pen, double y, const Chart& chart, const Language& language, std::vector<HitArea>* hits) {
  const double top = y;
  if (chart.series.size() > 1 || chart.kind == ChartKind::kStackedShares) y += DrawLegend(pen, y, chart.series, language) + pen.em() * 0.8;
  const Sheet sheet{pen, chart, language, hits};
  switch (chart.kind) {
    case ChartKind::kBars: y += sheet.Bars(y); break;
    case ChartKind::kStackedShares: y += sheet.Shares(y); break;
    case ChartKind::kLines: y += sheet.Lines(y); break;
  }
  return y - top;
}

}  // namespace meerstem::view
