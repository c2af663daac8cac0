#pragma once

#include <string>
#include <vector>

#include "core/view/chart_layout.h"
#include "core/view/pen.h"

/// What the drawings of charts share; nothing outside core/view needs it.
namespace meerstem::view {

/// One chart on its way to paper.
struct ChartSheet {
  Pen& pen;
  const Chart& chart;
  const Language& language;
  std::vector<HitArea>* hits;

  void Hit(const Rectangle& area, std::size_t row, std::size_t column) const;
  void Hit(std::vector<Point> outline, std::size_t row, std::size_t column) const;
  const Cell* CellAt(std::size_t category, std::size_t series) const;
  std::optional<double> NumberAt(std::size_t category, std::size_t series) const;
  double CarriedAt(std::size_t category, std::size_t series) const;
  /// What the labels at the left take; long ones wrap inside it.
  double LabelWidth() const;
  double Indent(const Heading& heading) const { return heading.depth * pen.em(); }
  /// “Label (note)”.
  std::string Named(const Heading& heading) const;
  /// The title of the categories above their labels; its height.
  double Head(double y) const;
  /// A category's label with its note below it, in the middle of `height`; without drawing, the height that it needs.
  double CategoryHeight(std::size_t category) const;
  void CategoryLabel(std::size_t category, double y, double height) const;
  /// Labels below equal slots from `left` on: wrapped, or turned where a word is longer than its slot. Its height.
  double SlotLabels(double left, double slot, double y, const std::vector<std::string>& labels) const;
  /// Lines and numbers of a scale that goes upwards from `bottom`; numbers end before `left`.
  void UpwardAxis(const Scale& scale, double left, double right, double top, double bottom) const;
  double UpwardAxisRoom(const Scale& scale) const;
  std::string Percent(double part, double whole) const;
};

/// Each draws below `y` and returns the height it took.
double DrawShares(const ChartSheet& sheet, double y);
double DrawDiverging(const ChartSheet& sheet, double y);
double DrawSlopes(const ChartSheet& sheet, double y);
double DrawAlluvial(const ChartSheet& sheet, double y);
double DrawHistogram(const ChartSheet& sheet, double y);
double DrawLanes(const ChartSheet& sheet, double y);
double DrawTiles(const ChartSheet& sheet, double y);
double DrawNetwork(const ChartSheet& sheet, double y);
double DrawPage(const ChartSheet& sheet, double y);
double DrawBoxes(const ChartSheet& sheet, double y);

}  // namespace meerstem::view
