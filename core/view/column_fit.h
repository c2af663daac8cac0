#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace meerstem::view {

/// How wide the columns of a table are to be on a page, from the words in it. Widths are in letters of the font of tables,
/// of which a line holds kPage; each column has margins. Rows and columns count as in `lines`, whose first row holds the
/// titles.
class ColumnFit {
 public:
  static constexpr double kPage = 90;
  explicit ColumnFit(const std::vector<std::vector<std::string>>& lines);

  /// With which none of its words is broken, but for very long ones.
  double Least(std::size_t column) const { return least_[column]; }
  double Least(const std::vector<std::size_t>& columns) const;
  /// Of these columns beside each other, as shares of `page`: kPage, or more in a smaller font. What their least widths
  /// leave goes where it makes the table shortest.
  std::vector<double> Shares(const std::vector<std::size_t>& columns, double page = kPage) const;

 private:
  /// Widens `widths` by `room` altogether, a step at a time where that takes most lines away.
  void ShareOut(const std::vector<std::size_t>& columns, double room, std::vector<double>& widths) const;
  std::vector<double> least_;
  std::vector<std::vector<double>> extents_;  ///< [row][column], of the whole text on one line.
};

}  // namespace meerstem::view
