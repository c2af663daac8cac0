#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/store/store.h"
#include "core/view/model.h"

/// Counts of so few that somebody could be recognised.
namespace meerstem::view {

/// How few people a cell stands for: its part “people” (or “cases”), otherwise its own whole number; nullopt: none, or nobody.
std::optional<std::int64_t> PeopleIn(const Cell& cell);

/// A count of fewer than `below`, and where it stands.
struct SmallCell {
  std::int64_t n = 0;
  Message where;
  std::vector<Entity> entities;
  std::optional<Target> target;
};
/// Of a matrix or chart all its cells; of a table its columns that count people or cases; of prose the figures in it, and
/// what the filters of its page tell apart.
std::vector<SmallCell> SmallCells(const Model& model, std::int64_t below, Reading& reading);

/// Empties those cells, the shares that stand beside them, and others from which they could be computed; a note says so.
void SuppressBelow(Model& model, std::int64_t below, Reading& reading);

}  // namespace meerstem::view
