#include "core/view/chart_layout.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>
#include <utility>

namespace meerstem::view {

Scale MakeScale(double low, double high, bool whole) {
  if (high - low <= 0) high = low + 1;
  const double raw = (high - low) / 5, power = std::pow(10.0, std::floor(std::log10(raw)));
  double step = power * 10;
  for (const double factor : {1.0, 2.0, 5.0}) {
    if (power * factor >= raw * 0.999) {
      step = power * factor;
      break;
    }
  }
  if (whole) step = std::max(1.0, step);
  return {std::floor(low / step) * step, std::ceil(high / step - 1e-9) * step, step};
}

double Places::Covered(const Rectangle& area) const {
  double covered = 0;
  for (const auto& other : taken_) {
    const double across = std::min(area.x + area.width, other.x + other.width) - std::max(area.x, other.x);
    const double down = std::min(area.y + area.height, other.y + other.height) - std::max(area.y, other.y);
    if (across > 0 && down > 0) covered += across * down;
  }
  return covered;
}

bool Places::Free(const Rectangle& area) const { return Covered(area) <= 0; }

Rectangle Places::Choose(const std::vector<Rectangle>& wanted) {
  Rectangle best;
  double least = std::numeric_limits<double>::infinity();
  for (const auto& area : wanted) {
    const double covered = Covered(area);
    if (covered >= least) continue;
    least = covered;
    best = area;
    if (covered <= 0) break;
  }
  Take(best);
  return best;
}

namespace {

std::vector<AlluvialNode> LayNodes(const std::vector<double>& counts, double unit, double line) {
  std::vector<AlluvialNode> nodes;
  for (const double count : counts) nodes.push_back({.count = count, .slot_height = std::max(line, count * unit), .height = count * unit});
  return nodes;
}

double HeightOf(const std::vector<AlluvialNode>& nodes, double gap) {
  double height = gap * static_cast<double>(nodes.empty() ? 0 : nodes.size() - 1);
  for (const auto& node : nodes) height += node.slot_height;
  return height;
}

/// Spreads the slots over `height` and returns the middle of the gap after `threshold`.
std::optional<double> Spread(std::vector<AlluvialNode>& nodes, double height, double gap, std::optional<std::size_t> threshold) {
  const double spare = nodes.size() > 1 ? (height - HeightOf(nodes, gap)) / static_cast<double>(nodes.size() - 1) : 0;
  std::optional<double> line;
  double y = 0;
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    nodes[i].slot = y;
    nodes[i].top = y + (nodes[i].slot_height - nodes[i].height) / 2;
    y += nodes[i].slot_height;
    if (threshold == i && i + 1 < nodes.size()) line = y + (gap + spare) / 2;
    y += gap + spare;
  }
  return line;
}

}  // namespace

AlluvialLayout LayAlluvial(const std::vector<std::vector<double>>& counts, double bars, double line, double gap, std::optional<std::size_t> threshold_after) {
  std::size_t columns = 0;
  for (const auto& row : counts) columns = std::max(columns, row.size());
  std::vector<double> left(counts.size()), right(columns);
  double total = 0;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    for (std::size_t j = 0; j < counts[i].size(); ++j) {
      left[i] += counts[i][j];
      right[j] += counts[i][j];
      total += counts[i][j];
    }
  }
  const double unit = total > 0 ? bars / total : 0;
  AlluvialLayout layout{.left = LayNodes(left, unit, line), .right = LayNodes(right, unit, line)};
  layout.height = std::max(HeightOf(layout.left, gap), HeightOf(layout.right, gap));
  layout.threshold_left = Spread(layout.left, layout.height, gap, threshold_after);
  layout.threshold_right = Spread(layout.right, layout.height, gap, threshold_after);
  std::vector<double> used(columns);
  for (std::size_t i = 0; i < counts.size(); ++i) {
    double from = layout.left[i].top;
    for (std::size_t j = 0; j < counts[i].size(); ++j) {
      if (counts[i][j] <= 0) continue;
      const double height = counts[i][j] * unit;
      layout.flows.push_back({i, j, counts[i][j], from, layout.right[j].top + used[j], height});
      from += height;
      used[j] += height;
    }
  }
  return layout;
}

std::vector<std::vector<double>> SpreadSlopes(const std::vector<std::vector<std::optional<double>>>& values) {
  std::size_t moments = 0;
  for (const auto& line : values) moments = std::max(moments, line.size());
  std::vector<std::vector<double>> spread(values.size(), std::vector<double>(moments, 0.0));
  const auto at = [&](std::size_t line, std::size_t moment) { return moment < values[line].size() ? values[line][moment] : std::nullopt; };
  for (std::size_t m = 0; m < moments; ++m) {
    std::map<double, std::vector<std::size_t>> nodes;
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (const auto value = at(i, m)) nodes[*value].push_back(i);
    }
    for (auto& [value, lines] : nodes) {
      std::stable_sort(lines.begin(), lines.end(), [&](std::size_t a, std::size_t b) {
        const auto key = [&](std::size_t i) { return std::pair(m > 0 ? at(i, m - 1) : std::nullopt, m + 1 < moments ? at(i, m + 1) : std::nullopt); };
        return key(a) < key(b);
      });
      for (std::size_t rank = 0; rank < lines.size(); ++rank) spread[lines[rank]][m] = static_cast<double>(rank) - static_cast<double>(lines.size() - 1) / 2;
    }
  }
  return spread;
}

std::vector<std::size_t> PackRows(const std::vector<Interval>& intervals) {
  std::vector<std::size_t> order(intervals.size()), rows(intervals.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return intervals[a].from < intervals[b].from; });
  std::vector<double> ends;
  for (const auto i : order) {
    std::size_t row = 0;
    while (row < ends.size() && ends[row] > intervals[i].from) ++row;
    if (row == ends.size()) ends.push_back(0);
    ends[row] = intervals[i].to;
    rows[i] = row;
  }
  return rows;
}

std::vector<TilePiece> CutTiles(const std::vector<double>& lengths, std::size_t rows) {
  const double total = std::accumulate(lengths.begin(), lengths.end(), 0.0);
  std::vector<TilePiece> pieces;
  if (total <= 0 || rows == 0) return pieces;
  const double row_length = total / static_cast<double>(rows);
  double at = 0;
  for (std::size_t i = 0; i < lengths.size(); ++i) {
    const double end = at + lengths[i];
    while (at < end - total * 1e-12) {
      const auto row = std::min(rows - 1, static_cast<std::size_t>(at / row_length + 1e-9));
      const double start = static_cast<double>(row) * row_length;
      const double until = row + 1 == rows ? end : std::min(end, start + row_length);
      pieces.push_back({i, row, std::clamp((at - start) / row_length, 0.0, 1.0), std::clamp((until - start) / row_length, 0.0, 1.0)});
      at = until;
    }
    at = end;
  }
  return pieces;
}

std::vector<Point> LayNetwork(const std::vector<std::vector<double>>& weights, std::uint64_t seed) {
  const std::size_t n = weights.size();
  std::vector<Point> at(n);
  // SplitMix64: the standard library's distributions may differ from one to the next.
  const auto next = [&seed] {
    std::uint64_t z = (seed += 0x9E3779B97F4A7C15ull);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ull;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBull;
    return static_cast<double>((z ^ (z >> 31)) >> 11) / 9007199254740992.0;
  };
  for (auto& point : at) point = {next(), next()};
  double strongest = 0;
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) {
      if (i != j && j < weights[i].size()) strongest = std::max(strongest, weights[i][j]);
    }
  }
  const double ideal = 0.75 / std::sqrt(static_cast<double>(std::max<std::size_t>(n, 1)));
  constexpr int kRounds = 300;
  for (int round = 0; round < kRounds; ++round) {
    std::vector<Point> push(n);
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = i + 1; j < n; ++j) {
        const double x = at[i].x - at[j].x, y = at[i].y - at[j].y, apart = std::max(1e-4, std::hypot(x, y));
        double force = ideal * ideal / apart;
        if (strongest > 0 && j < weights[i].size() && weights[i][j] > 0) force -= apart * apart / ideal * (0.4 + 0.6 * weights[i][j] / strongest);
        push[i].x += x / apart * force, push[i].y += y / apart * force;
        push[j].x -= x / apart * force, push[j].y -= y / apart * force;
      }
    }
    const double heat = 0.1 * (1 - static_cast<double>(round) / kRounds);
    for (std::size_t i = 0; i < n; ++i) {
      push[i].x += (0.5 - at[i].x) * ideal, push[i].y += (0.5 - at[i].y) * ideal;  // A pull to the middle keeps loose nodes near.
      const double length = std::max(1e-9, std::hypot(push[i].x, push[i].y)), move = std::min(length, heat) / length;
      at[i].x += push[i].x * move, at[i].y += push[i].y * move;
    }
  }
  const auto [left, right] = std::minmax_element(at.begin(), at.end(), [](Point a, Point b) { return a.x < b.x; });
  const auto [top, bottom] = std::minmax_element(at.begin(), at.end(), [](Point a, Point b) { return a.y < b.y; });
  if (n == 0) return at;
  const Point low{left->x, top->y}, span{right->x - left->x, bottom->y - top->y};
  for (auto& point : at) {
    point.x = span.x > 1e-9 ? (point.x - low.x) / span.x : 0.5;
    point.y = span.y > 1e-9 ? (point.y - low.y) / span.y : 0.5;
  }
  return at;
}

}  // namespace meerstem::view
