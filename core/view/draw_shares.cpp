// Shares of 100 %: stacked from the left, or laid out from a middle. Who did not answer stands beside the bar, never in
// it; what was carried is hatched.
#include <algorithm>
#include <array>
#include <cmath>

#include "core/view/chart_sheet.h"
#include "core/view/grid.h"

namespace meerstem::view {
namespace {

constexpr double kSmall = 0.85;
constexpr double kFewest = 10;  ///< Below this many, counts only: a percentage of so few misleads.

/// A column of counts beside the bars.
struct Beside {
  std::string title;
  std::vector<std::string> shown;
  double width = 0;
};

struct Shares {
  const ChartSheet& sheet;
  Pen& pen = sheet.pen;
  const Chart& chart = sheet.chart;
  double em = pen.em();
  double bar = em * 1.9;
  std::size_t inside = chart.series.size() - std::min(chart.aside, chart.series.size());

  double Answered(std::size_t category) const {
    double sum = 0;
    for (std::size_t s = 0; s < inside; ++s) sum += std::max(0.0, sheet.NumberAt(category, s).value_or(0));
    return sum;
  }

  std::vector<Beside> Columns() const {
    std::vector<Beside> columns;
    const auto add = [&](std::string title, const auto& show) {
      Beside column{.title = std::move(title)};
      column.width = pen.LongestWord(column.title, {.scale = kSmall});
      for (std::size_t i = 0; i < chart.categories.size(); ++i) {
        column.shown.push_back(show(i));
        column.width = std::max(column.width, pen.Measure(column.shown.back(), std::nullopt, {.scale = kSmall}).width);
      }
      column.width += em * 0.9;
      columns.push_back(std::move(column));
    };
    add(sheet.language(Say("n")), [&](std::size_t i) { return sheet.language.Number(Answered(i)); });
    for (std::size_t s = inside; s < chart.series.size(); ++s) {
      add(sheet.language(chart.series[s].label), [&](std::size_t i) {
        const Cell* cell = sheet.CellAt(i, s);
        return cell ? ShowCell(*cell, ColumnType::kInteger, sheet.language) : std::string();
      });
    }
    return columns;
  }

  static double WidthOf(const std::vector<Beside>& columns) {
    double width = 0;
    for (const auto& column : columns) width += column.width;
    return width;
  }

  /// The titles of what stands beside the bars, with their feet on one line; the height.
  double Titles(double y, double right, const std::vector<Beside>& columns) const {
    double height = sheet.chart.category_title.empty() ? 0 : pen.Measure(sheet.language(chart.category_title), sheet.LabelWidth(), {.bold = true}).height;
    for (const auto& column : columns) height = std::max(height, pen.Measure(column.title, column.width - em * 0.5, {.scale = kSmall}).height);
    pen.Text(0, y, sheet.LabelWidth(), sheet.language(chart.category_title), {.bold = true});
    double x = right;
    for (const auto& column : columns) {
      const TextStyle style{.scale = kSmall, .align = PANGO_ALIGN_RIGHT, .colour = pen.quiet()};
      const double tall = pen.Measure(column.title, column.width - em * 0.5, style).height;
      pen.Text(x + em * 0.5, y + height - tall, column.width - em * 0.5, column.title, style);
      x += column.width;
    }
    return height + em * 0.4;
  }

  void Numbers(std::size_t category, double y, double height, double right, const std::vector<Beside>& columns) const {
    double x = right;
    for (const auto& column : columns) {
      const TextStyle style{.scale = kSmall, .align = PANGO_ALIGN_RIGHT};
      const double tall = pen.Measure(column.shown[category], column.width - em * 0.5, style).height;
      pen.Text(x + em * 0.5, y + (height - tall) / 2, column.width - em * 0.5, column.shown[category], style);
      x += column.width;
    }
  }

  /// Nobody to share: said in words, never a bar of nothing.
  void Nobody(std::size_t category, double left, double right, double y, double height) const {
    const Cell* first = sheet.CellAt(category, 0);
    const std::string why = sheet.language(first && first->state != State::kValue ? StateLabel(first->state) : Say("nobody"));
    const double tall = pen.Measure(why, right - left, {.italic = true}).height;
    pen.Text(left, y + (height - tall) / 2, right - left, why, {.italic = true, .colour = pen.quiet()});
  }

  void Segment(const Rectangle& area, std::size_t category, std::size_t series, double answered) const {
    const double number = *sheet.NumberAt(category, series), carried = std::min(number, sheet.CarriedAt(category, series));
    const Colour colour = SeriesColour(chart.series[series], series), ink = InkOn(colour);
    pen.Fill(area, colour);
    if (carried > 0) {
      const double width = area.width * carried / number;
      pen.Hatch({area.x + area.width - width, area.y, width, area.height}, Mix(colour, ink, 0.45));
    }
    pen.Frame(area, pen.rule(), 0.6);
    const std::string glyph = SeriesGlyph(chart.series[series], series), count = sheet.language.Number(number);
    std::vector<std::string> wordings = {glyph + " " + count, count};
    if (answered >= kFewest) wordings.insert(wordings.begin(), glyph + " " + count + " (" + sheet.Percent(number, answered) + ")");
    const TextStyle style{.scale = 0.9, .colour = ink};
    for (const auto& shown : wordings) {
      const Size size = pen.Measure(shown, std::nullopt, style);
      if (size.width + 4 > area.width) continue;
      const double x = area.x + (area.width - size.width) / 2, y = area.y + (area.height - size.height) / 2;
      if (carried > 0) pen.Fill({x - 1.5, y, size.width + 3, size.height}, colour);  // Words do not stand on hatching.
      pen.Text(x, y, std::nullopt, shown, style);
      break;
    }
    sheet.Hit(area, category, series);
  }

  double Rows() const {
    double height = 0;
    for (std::size_t i = 0; i < chart.categories.size(); ++i) height += std::max(bar, sheet.CategoryHeight(i)) + em * 0.5;
    return height;
  }

  double Stacked(double y) const {
    const double top = y, left = sheet.LabelWidth() + em * 0.8;
    const auto columns = Columns();
    const double right = std::max(left + em * 6, pen.options().width - WidthOf(columns));
    y += Titles(y, right, columns);
    const double axis = Axis(y, y + Rows(), left, right, 0, 1);  // Under the bars: no line runs through a number.
    for (std::size_t i = 0; i < chart.categories.size(); ++i) {
      const double height = std::max(bar, sheet.CategoryHeight(i)), at = y + (height - bar) / 2, answered = Answered(i);
      sheet.CategoryLabel(i, y, height);
      Numbers(i, y, height, right, columns);
      if (answered <= 0) Nobody(i, left, right, y, height);
      double x = left;
      for (std::size_t s = 0; s < inside && answered > 0; ++s) {
        const double number = std::max(0.0, sheet.NumberAt(i, s).value_or(0));
        if (number <= 0) continue;
        const Rectangle area{x, at, number / answered * (right - left), bar};
        Segment(area, i, s, answered);
        x += area.width;
      }
      y += height + em * 0.5;
    }
    y += axis + em * 0.3;
    y += pen.Text(left, y, right - left, sheet.language(chart.value_title), {.scale = 0.9, .align = PANGO_ALIGN_CENTER, .colour = pen.quiet()});
    return y - top;
  }

  /// Every quarter from `low` to `high`, which are shares; numbers that would touch give way. The height.
  double Axis(double begin, double y, double left, double right, double low, double high) const {
    const auto place = [&](double share) { return left + (share - low) / (high - low) * (right - left); };
    double tallest = 0, last = -1e9;
    for (int quarter = static_cast<int>(std::lround(low * 4)); quarter <= std::lround(high * 4); ++quarter) {
      const double x = place(quarter / 4.0);
      pen.Line(x, begin, x, y, quarter == 0 && low < 0 ? pen.ink() : pen.rule(), quarter == 0 && low < 0 ? 1.2 : 0.4);
      const std::string shown = sheet.language(Say("{0} %", std::abs(quarter) * 25));
      const Size size = pen.Measure(shown, std::nullopt, {.scale = kSmall});
      const double text = std::clamp(x - size.width / 2, 0.0, pen.options().width - size.width);
      if (text < last + em * 0.3) continue;
      pen.Text(text, y + em * 0.2, std::nullopt, shown, {.scale = kSmall, .colour = pen.quiet()});
      last = text + size.width;
      tallest = size.height;
    }
    return tallest + em * 0.2;
  }

  double Sum(std::size_t category, std::size_t first, std::size_t last) const {
    double sum = 0;
    for (std::size_t s = first; s < last; ++s) sum += std::max(0.0, sheet.NumberAt(category, s).value_or(0));
    return sum;
  }

  double Diverging(double y) const {
    const double top = y, left = sheet.LabelWidth() + em * 0.8;
    const auto columns = Columns();
    const std::size_t first = std::min(chart.negatives, inside), after = std::max(first, inside - std::min(chart.positives, inside));
    double low = 0, high = 0, apart = 0;
    bool percents = false;
    for (std::size_t i = 0; i < chart.categories.size(); ++i) {
      const double answered = Answered(i);
      if (answered <= 0) continue;
      percents |= answered >= kFewest;
      const double neutral = Sum(i, first, after) / answered, half = chart.neutral_aside ? 0 : neutral / 2;
      low = std::max(low, Sum(i, 0, first) / answered + half);
      high = std::max(high, Sum(i, after, inside) / answered + half);
      if (chart.neutral_aside) apart = std::max(apart, neutral);
    }
    const auto quarters = [](double share) { return std::max(0.25, std::ceil(share * 4 - 1e-9) / 4); };
    low = quarters(low), high = quarters(high);
    const double end = percents ? pen.Measure("100 %", std::nullopt, {.scale = kSmall}).width + em * 0.6 : 0;
    const double right = std::max(left + em * 6, pen.options().width - WidthOf(columns));
    const bool neutrals = apart > 0;
    if (neutrals) apart = quarters(apart);
    const double gap = neutrals ? em * 1.5 : 0;
    const double unit = std::max(1.0, (right - left - 2 * end - gap) / (low + high + apart));
    const double middle = left + end + low * unit, aside = middle + high * unit + end + gap;
    y += Titles(y, right, columns);
    if (neutrals) {
      const std::string title = sheet.language(Say("Neutral, apart"));
      // Over a part that may be narrow: to the left, where nothing stands, rather than word by word.
      const double room = std::max(right - aside, em * 8);
      y += pen.Text(right - room, y, room, title, {.scale = kSmall, .colour = pen.quiet()}) + em * 0.2;
    }
    const double foot = y + Rows(), axis = Axis(y, foot, middle - low * unit, middle + high * unit, -low, high);
    if (neutrals) Axis(y, foot, aside, aside + apart * unit, 0, apart);
    for (std::size_t i = 0; i < chart.categories.size(); ++i) {
      const double height = std::max(bar, sheet.CategoryHeight(i)), at = y + (height - bar) / 2, answered = Answered(i);
      sheet.CategoryLabel(i, y, height);
      Numbers(i, y, height, right, columns);
      if (answered <= 0) Nobody(i, left, right, y, height);
      const double half = chart.neutral_aside ? 0 : Sum(i, first, after) / 2;
      double x = middle - (answered > 0 ? (Sum(i, 0, first) + half) / answered * unit : 0), beside = aside;
      const double begins = x;
      for (std::size_t s = 0; s < inside && answered > 0; ++s) {
        const double width = std::max(0.0, sheet.NumberAt(i, s).value_or(0)) / answered * unit;
        if (width <= 0) continue;
        const bool neutral = s >= first && s < after && chart.neutral_aside;
        double& where = neutral ? beside : x;
        Segment({where, at, width, bar}, i, s, answered);
        where += width;
      }
      if (answered >= kFewest) {
        const TextStyle style{.scale = kSmall, .bold = true};
        const std::string bad = sheet.Percent(Sum(i, 0, first), answered), good = sheet.Percent(Sum(i, after, inside), answered);
        const Size size = pen.Measure(bad, std::nullopt, style);
        pen.Text(begins - size.width - em * 0.3, at + (bar - size.height) / 2, std::nullopt, bad, style);
        pen.Text(x + em * 0.3, at + (bar - size.height) / 2, std::nullopt, good, style);
      }
      y += height + em * 0.5;
    }
    y += axis + em * 0.3;
    y += pen.Text(left, y, right - left, sheet.language(chart.value_title), {.scale = 0.9, .align = PANGO_ALIGN_CENTER, .colour = pen.quiet()});
    y += pen.Text(left, y, right - left,
                  sheet.language(chart.neutral_aside ? Say("Neutral answers stand apart; percentages at the ends are of all answers.")
                                                     : Say("Neutral answers lie half on either side; percentages at the ends are of all answers, without the neutral ones.")),
                  {.scale = kSmall, .align = PANGO_ALIGN_CENTER, .colour = pen.quiet()});
    return y - top;
  }
};

}  // namespace

double DrawShares(const ChartSheet& sheet, double y) { return Shares{sheet}.Stacked(y); }
double DrawDiverging(const ChartSheet& sheet, double y) { return Shares{sheet}.Diverging(y); }

}  // namespace meerstem::view
