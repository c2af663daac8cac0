// Points and intervals on lanes, along dates or along the positions of a text. Nothing is drawn between them: a gap is
// seen as a gap.
#include <algorithm>
#include <chrono>
#include <cmath>

#include "core/view/chart_sheet.h"

namespace meerstem::view {
namespace {

double DayNumber(Date date) {
  using namespace std::chrono;
  return static_cast<double>(sys_days(year(date.year) / static_cast<unsigned>(date.month) / static_cast<unsigned>(date.day)).time_since_epoch().count());
}

std::optional<double> PositionOf(const Cell* cell) {
  if (!cell) return std::nullopt;
  if (const auto* date = std::get_if<Date>(&cell->value); date && cell->state != State::kSuppressed) return DayNumber(*date);
  return NumberIn(*cell);
}

struct Tick {
  double at = 0;
  std::string label;
};

/// The first of a month, every so many months that labels stand apart.
std::vector<Tick> MonthTicks(Date first, Date last, double pixels_per_day, double label_width, const Language& language) {
  int step = 1;
  for (const int months : {1, 2, 3, 6, 12, 24, 60, 120}) {
    step = months;
    if (months * 30.4 * pixels_per_day > label_width) break;
  }
  std::vector<Tick> ticks;
  Date at{first.year, first.month, 1};
  if (step >= 12) at = {first.year - first.year % (step / 12), 1, 1};
  else at.month = (first.month - 1) / step * step + 1;
  for (; at <= last; at = AddMonths(at, step)) {
    if (at < first) continue;
    const std::string month = (at.month < 10 ? "0" : "") + std::to_string(at.month);
    ticks.push_back({DayNumber(at), step >= 12 ? std::to_string(at.year) : language(Say("{0}/{1}", month, std::to_string(at.year)))});
  }
  return ticks;
}

struct Entry {
  std::size_t category = 0;
  double from = 0, to = 0;    ///< On paper.
  bool point = false;
  std::string words;
  enum class Words { kAfter, kBefore, kInside } where = Words::kAfter;
  double words_width = 0, height = 0;
};

struct Lane {
  std::string label;
  std::vector<Entry> entries;
};

}  // namespace

double DrawLanes(const ChartSheet& sheet, double y) {
  Pen& pen = sheet.pen;
  const Chart& chart = sheet.chart;
  const double em = pen.em(), top = y, width = pen.options().width;
  double low = 1e18, high = -1e18;
  std::optional<Date> first, last;
  for (std::size_t i = 0; i < chart.categories.size(); ++i) {
    for (std::size_t s = 0; s < 2; ++s) {
      const Cell* cell = sheet.CellAt(i, s);
      const auto at = PositionOf(cell);
      if (!at) continue;
      low = std::min(low, *at), high = std::max(high, *at);
      if (const auto* date = std::get_if<Date>(&cell->value)) first = first ? std::min(*first, *date) : *date, last = last ? std::max(*last, *date) : *date;
    }
  }
  if (low > high) return pen.Text(0, y, width, sheet.language(Say("Nothing here has a place on the axis.")), {.italic = true, .colour = pen.quiet()});
  const bool dates = first.has_value();
  if (!dates) low = std::min(low, 0.0);
  if (high - low < 1) high = low + 1;

  std::vector<Lane> lanes;
  double label_width = pen.Measure(sheet.language(chart.group_title), std::nullopt, {.bold = true}).width;
  for (const auto& heading : chart.categories) {
    const std::string label = sheet.language(heading.group);
    if (std::none_of(lanes.begin(), lanes.end(), [&](const Lane& lane) { return lane.label == label; })) lanes.push_back({label, {}});
    label_width = std::max(label_width, pen.Measure(label, std::nullopt).width);
  }
  label_width = std::min(label_width + 1, width * 0.3);
  const double left = label_width + em, right = width - em * 0.6;
  const auto across = [&](double at) { return left + (at - low) / (high - low) * (right - left); };

  const TextStyle small{.scale = 0.85};
  for (std::size_t i = 0; i < chart.categories.size(); ++i) {
    const auto from = PositionOf(sheet.CellAt(i, 0)), to = PositionOf(sheet.CellAt(i, 1));
    if (!from && !to) continue;
    const std::string label = sheet.language(chart.categories[i].group);
    Entry entry{.category = i, .from = across(from.value_or(*(to ? to : from))), .to = across(to.value_or(*(from ? from : to)))};
    entry.point = !from || !to;
    if (entry.point) entry.from -= em * 0.5, entry.to += em * 0.5;
    else entry.to = std::max(entry.to, entry.from + 1);
    // On dates each says what it is; a strip has too many for that, and its lanes say it.
    if (dates) entry.words = sheet.Named(chart.categories[i]);
    if (!entry.words.empty()) {
      const double wide = std::min(pen.Measure(entry.words, std::nullopt, small).width + 1, em * 15);
      entry.words_width = wide;
      if (!entry.point && entry.to - entry.from > wide + em) entry.where = Entry::Words::kInside;
      else if (entry.to + em * 0.3 + wide > width) entry.where = Entry::Words::kBefore;
      if (entry.where == Entry::Words::kBefore) entry.words_width = std::clamp(entry.from - em * 0.3 - left, em * 2, wide);
    }
    entry.height = std::max(em * 1.3, pen.Measure(entry.words, entry.words_width, small).height + em * 0.2);
    std::find_if(lanes.begin(), lanes.end(), [&](const Lane& lane) { return lane.label == label; })->entries.push_back(std::move(entry));
  }

  y += pen.Text(0, y, label_width, sheet.language(chart.group_title), {.bold = true}) + em * 0.4;
  const double begin = y;
  const auto ticks = [&] {
    if (dates) return MonthTicks(*first, *last, (right - left) / (high - low), pen.Measure("00/0000", std::nullopt, small).width + em, sheet.language);
    std::vector<Tick> all;
    const Scale scale = MakeScale(low, high, true);
    for (double at = scale.low; at <= high; at += scale.step) all.push_back({at, sheet.language.Number(at)});
    return all;
  }();
  // The grid lies under everything, so the lanes are measured before they are drawn.
  struct Placed {
    const Entry* entry;
    double y, height;
  };
  std::vector<Placed> placed;
  std::vector<std::pair<double, double>> bounds;
  for (const auto& lane : lanes) {
    std::vector<Interval> taken;
    for (const auto& entry : lane.entries) {
      Interval needs{entry.from, entry.to};
      if (entry.words_width > 0 && entry.where == Entry::Words::kBefore) needs = {entry.from - em * 0.3 - entry.words_width, entry.to + em * 0.4};
      else if (entry.words_width > 0 && entry.where == Entry::Words::kAfter) needs.to += em * 0.7 + entry.words_width;
      taken.push_back(needs);
    }
    const auto rows = PackRows(taken);
    std::vector<double> heights;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      heights.resize(std::max(heights.size(), rows[i] + 1), 0.0);
      heights[rows[i]] = std::max(heights[rows[i]], lane.entries[i].height);
    }
    double height = em * 0.4;
    std::vector<double> tops;
    for (const double tall : heights) {
      tops.push_back(y + height);
      height += tall + em * 0.2;
    }
    height = std::max(height + em * 0.2, pen.Measure(lane.label, label_width).height + em * 0.6);
    const double spare = tops.empty() ? 0 : (height - em * 0.6 - (tops.back() + heights.back() - tops.front())) / 2;
    for (std::size_t i = 0; i < rows.size(); ++i) placed.push_back({&lane.entries[i], tops[rows[i]] + std::max(0.0, spare), heights[rows[i]]});
    bounds.emplace_back(y, height);
    y += height;
  }
  for (const auto& tick : ticks) pen.Line(across(tick.at), begin, across(tick.at), y, pen.rule(), 0.4);
  for (std::size_t i = 0; i < lanes.size(); ++i) {
    const auto [at, height] = bounds[i];
    pen.Line(0, at, width, at, pen.rule(), 0.5);
    pen.Text(0, at + (height - pen.Measure(lanes[i].label, label_width).height) / 2, label_width, lanes[i].label);
  }
  pen.Line(0, y, width, y, pen.quiet(), 1);
  for (const auto& [entry, at, height] : placed) {
    const auto& heading = chart.categories[entry->category];
    const Colour colour = SeriesColour(heading, 0);
    if (entry->point) {
      const std::string glyph = heading.glyph.empty() ? "●" : heading.glyph;
      const Size size = pen.Measure(glyph, std::nullopt, {.scale = 1.1});
      pen.Text((entry->from + entry->to - size.width) / 2, at + (height - size.height) / 2, std::nullopt, glyph, {.scale = 1.1, .colour = heading.colour.empty() ? pen.ink() : colour});
    } else {
      const double thick = entry->where == Entry::Words::kInside ? height : em * 0.9;
      const Rectangle bar{entry->from, at + (height - thick) / 2, entry->to - entry->from, thick};
      pen.Fill(bar, colour);
    }
    if (!entry->words.empty()) {
      double x = entry->to + em * 0.3;
      TextStyle style{.scale = 0.85};
      if (entry->where == Entry::Words::kBefore) {
        x = entry->from - em * 0.3 - entry->words_width;
        style.align = PANGO_ALIGN_RIGHT;
      } else if (entry->where == Entry::Words::kInside) {
        x = entry->from + em * 0.5;
        style.colour = InkOn(colour);
      }
      pen.Text(x, at + (height - pen.Measure(entry->words, entry->words_width, style).height) / 2, entry->words_width, entry->words, style);
    }
    sheet.Hit(Rectangle{entry->from, at, std::max(entry->to - entry->from, 4.0), height}, entry->category, 0);
  }
  double tallest = 0, free_from = 0;
  for (const auto& tick : ticks) {
    const Size size = pen.Measure(tick.label, std::nullopt, small);
    const double x = std::clamp(across(tick.at) - size.width / 2, 0.0, width - size.width);
    if (x < free_from) continue;
    pen.Text(x, y + em * 0.2, std::nullopt, tick.label, {.scale = 0.85, .colour = pen.quiet()});
    free_from = x + size.width + em * 0.4;
    tallest = size.height + em * 0.2;
  }
  y += tallest + em * 0.2;
  y += pen.Text(left, y, right - left, sheet.language(chart.value_title), {.scale = 0.9, .align = PANGO_ALIGN_CENTER, .colour = pen.quiet()});
  return y - top;
}

}  // namespace meerstem::view
