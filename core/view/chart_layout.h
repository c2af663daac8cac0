#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/view/draw.h"

/// Where things lie in a chart: pure geometry, without a pen, so that it can be tested.
namespace meerstem::view {

/// Round steps that cover [low, high] in about five; only whole numbers when they count things.
struct Scale {
  double low = 0, high = 1, step = 0.5;
  double Place(double value) const { return (value - low) / (high - low); }
};
Scale MakeScale(double low, double high, bool whole = false);

/// Gives small labels places at which they do not cover each other.
class Places {
 public:
  void Take(const Rectangle& area) { taken_.push_back(area); }
  bool Free(const Rectangle& area) const;
  /// The first of `wanted` that is free, otherwise the one that covers least; taken from then on.
  Rectangle Choose(const std::vector<Rectangle>& wanted);

 private:
  double Covered(const Rectangle& area) const;
  std::vector<Rectangle> taken_;
};

/// A node of an alluvial chart: its bar, inside a slot that is high enough for its label.
struct AlluvialNode {
  double count = 0, slot = 0, slot_height = 0, top = 0, height = 0;
};
struct AlluvialFlow {
  std::size_t from = 0, to = 0;
  double count = 0, top_from = 0, top_to = 0, height = 0;
};
struct AlluvialLayout {
  std::vector<AlluvialNode> left, right;
  std::vector<AlluvialFlow> flows;     ///< Those with a count, by from, then by to.
  std::optional<double> threshold_left, threshold_right;
  double height = 0;
};
/// `bars` is the height of all counts together, `line` the least height of a slot, `gap` what stands between two.
AlluvialLayout LayAlluvial(const std::vector<std::vector<double>>& counts, double bars, double line, double gap, std::optional<std::size_t> threshold_after);

/// How far each line is moved at each moment ([line][moment], in ranks around 0), so that lines of equal values lie
/// beside each other: at each value ordered by where they come from and where they go.
std::vector<std::vector<double>> SpreadSlopes(const std::vector<std::vector<std::optional<double>>>& values);

struct Interval {
  double from = 0, to = 0;
};
/// A row for each interval, as low as possible, so that no two in a row overlap. In the order given.
std::vector<std::size_t> PackRows(const std::vector<Interval>& intervals);

/// A part of a tile that lies in one row; from and to are shares of the row.
struct TilePiece {
  std::size_t tile = 0, row = 0;
  double from = 0, to = 0;
};
/// Lays lengths one after the other in `rows` rows, breaking them at a row's end like a text.
std::vector<TilePiece> CutTiles(const std::vector<double>& lengths, std::size_t rows);

/// Places for the nodes of a network in the unit square: nodes push each other off and ties pull them together
/// (Fruchterman and Reingold 1991), from a start that `seed` decides. Symmetric `weights`; the diagonal is not a tie.
std::vector<Point> LayNetwork(const std::vector<std::vector<double>>& weights, std::uint64_t seed);

}  // namespace meerstem::view
