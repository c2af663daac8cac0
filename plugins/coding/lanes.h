#pragma once

#include <cstddef>
#include <vector>

#include "core/base/text.h"

namespace meerstem::coding {

/// The stripes of marks in the margin: for each range the lane in which it stands, so that marks that overlap never
/// share a lane and no more lanes are used than overlap at the densest place.
struct Lanes {
  std::vector<std::size_t> order;  ///< Indices of the ranges by start, the longest first at an equal start.
  std::vector<int> lane;           ///< As the ranges were given.
  int count = 0;
};

/// Greedy colouring of intervals from left to right, each in the lowest free lane; equal ranges keep their order, so
/// that the same marks always stand in the same lanes.
Lanes AllocateLanes(const std::vector<Range>& ranges);

}  // namespace meerstem::coding
