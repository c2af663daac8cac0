#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
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

/// Which quotes speak of which theme: those with one of its codes (or a code below it), those that one of its saved
/// queries finds now, and those linked on their own. Kept between views; safe from several threads.
struct ThemeQuotes {
  std::unordered_map<Id, std::vector<Id>> of;        ///< By theme, each quote once.
  /// By theme: those of its quotes that are marked as contradicting it, with the note on why.
  std::unordered_map<Id, std::map<Id, std::string>> against;
  std::set<std::string> reads;                       ///< Tables that it rests on.

  const std::vector<Id>& Of(const Id& theme) const;
  bool Has(const Id& theme, const Id& quote) const;
  bool Contradicts(const Id& theme, const Id& quote) const;
};
std::shared_ptr<const ThemeQuotes> QuotesOfThemes(const Registry& registry, Reading& reading);

/// The dimension "theme" over quotes. A quote of several themes lies in each.
Grouping GroupByTheme(const Registry& registry, Reading& reading);
/// The same by the codes of each theme, with the quotes that lie in it on their own.
Grouping CodesByTheme(const Registry& registry, Reading& reading);
Dimension ThemeDimension(const Registry& registry);

/// nullopt: the query is gone, or the plugin that has it.
std::optional<std::string> QueryName(const Registry& registry, Reading& reading, const Id& query);

Parameter ThemeParameter();
/// The trimmed value of a parameter; kRefused when it is empty.
std::string RequireName(const Arguments& arguments, const std::string& parameter);

/// A quote that is there, or words of which one is made.
std::vector<Parameter> QuoteParameters();
/// The quote named by --quote, or the one on the span, made when new.
Id NamedQuote(Writing& writing, const Arguments& arguments);

/// Names in one cell.
std::string Joined(const std::vector<std::string>& names, const std::string& between = "; ");

}  // namespace meerstem::themes
