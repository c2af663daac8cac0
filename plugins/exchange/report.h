#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/store/store.h"
#include "core/view/model.h"
#include "plugins/exchange/project.h"

namespace meerstem::exchange {

/// One sort of thing: how many the file holds and what became of them.
struct Line {
  Message what;
  std::int64_t found = 0;
  std::int64_t added = 0;
  std::int64_t present = 0;   ///< Was in the study, or is said twice.
  std::int64_t kept = 0;      ///< Goes out again, shown by no view.
  std::int64_t dropped = 0;
  Message remark;
};

/// What an import brings and what it leaves behind; the standard asks that people are told.
struct Report {
  std::string file;
  std::string origin;
  Message offsets;            ///< The rule by which places were read, and how well it fits.
  std::vector<Line> lines;
};

/// A line for each reason why something was left out or changed.
std::vector<Line> DroppedLines(const std::map<std::string, Dropped>& dropped);

view::Model ShowReport(const Report& report);

/// Writes it down, so that it can be read again later; returns the import's id.
Id StoreReport(Writing& writing, const Report& report);
/// kRefused when there is no such import.
Report LoadReport(Reading& reading, const Id& import);

}  // namespace meerstem::exchange
