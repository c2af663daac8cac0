#pragma once

#include <string>

#include "core/command/job.h"
#include "core/view/model.h"

namespace meerstem::view {

/// The parameter of every table: a column's id, with `-` before it from high to low.
inline constexpr char kSort[] = "sort";

/// Puts the rows of `table` in that order: numbers and dates by size, words as a dictionary has them, rows that are equal
/// as they stood, cells without a value last in either direction. Reads every row once. kUsage for a column that is not
/// there.
void Sort(Reading& reading, Table& table, const std::string& by, Job& job);

}  // namespace meerstem::view
