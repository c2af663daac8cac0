#pragma once

#include <functional>
#include <optional>
#include <string>

#include "core/study/crossing.h"
#include "core/view/model.h"

namespace meerstem {

/// How a Crossing becomes a matrix on screen: the same cells, states, totals and population in every plugin.
struct CrossingLook {
  std::string count = "people";  ///< people, sources, quotes, words or cases: the value; the others are its parts.
  /// The view of the quotes behind a cell; nullptr column: of the whole row, nullptr row: of the whole column.
  std::function<std::optional<view::Target>(const Group* row, const Group* column)> target;
  bool not_linked = false;       ///< A last column with what lies in no group of the columns.
  bool explain_silence = true;   ///< A note on “silent”; a view that knows what was asked has one of its own.
};

/// Choices of the parameter `count`.
std::vector<Choice> CountChoices();

/// A number of people. Unknown speakers are somebody: where `unnamed` quotes have none known it is a lower bound, and says so.
view::Cell PeopleCell(std::int64_t people, std::int64_t unnamed);

view::Model ShowCrossing(const Crossing& crossing, const Dimension& rows, const Dimension& columns, const CrossingLook& look);

}  // namespace meerstem
