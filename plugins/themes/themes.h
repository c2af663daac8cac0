#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/plugin/registry.h"
#include "core/store/store.h"
#include "core/study/quotes.h"

namespace meerstem::themes {

struct Theme {
  Id id;
  std::optional<Id> parent;
  std::string name;
  std::string path;
  std::string description;
  int depth = 0;
};

/// All themes, parents before children, in the study's order.
std::vector<Theme> Themes(Reading& reading);

/// The quotes of a theme: those with one of its codes (or a code below it), and those linked on their own.
std::vector<Id> QuotesOf(Reading& reading, const Id& theme);

/// The dimension "theme" over quotes. A quote of several themes lies in each.
Grouping GroupByTheme(Reading& reading);
/// The same by the codes of each theme, with the quotes that are linked on their own.
Grouping CodesByTheme(Reading& reading);

}  // namespace meerstem::themes
