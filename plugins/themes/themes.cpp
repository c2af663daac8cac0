#include "plugins/themes/themes.h"

#include <algorithm>

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/study/derive.h"

namespace meerstem::themes {
namespace {

void Walk(const std::map<Id, std::vector<Theme>>& children, const Id& parent, const std::string& path, int depth, std::vector<Theme>& out) {
  const auto found = children.find(parent);
  if (found == children.end()) return;
  for (Theme theme : found->second) {
    theme.path = path.empty() ? theme.name : path + "/" + theme.name;
    theme.depth = depth;
    const Id id = theme.id;
    const std::string own = theme.path;
    out.push_back(std::move(theme));
    Walk(children, id, own, depth + 1, out);
  }
}

/// While the saved queries of themes are asked: a query may itself ask for a theme, which then means its codes and
/// single quotes only, or it would never end.
thread_local bool asking_queries = false;

struct Asking {
  Asking() { asking_queries = true; }
  ~Asking() { asking_queries = false; }
};

using Found = std::map<Id, std::set<Id>>;

void AddPairs(Statement rows, Found& found) {
  while (rows.Step()) found[rows.GetId(0)].insert(rows.GetId(1));
}

/// Through the dimension that the queries' own plugin registers; without it they find nothing.
void AddQueries(const Registry& registry, Reading& reading, Found& found) {
  Found themes;
  AddPairs(reading.Query("SELECT query_id, theme_id FROM theme_query"), themes);
  const Dimension* queries = registry.FindDimension("query");
  if (themes.empty() || !queries) return;
  const Asking asking;
  const Grouping grouping = queries->groups(reading);
  for (const auto& [quote, group] : grouping.members) {
    const auto linked = themes.find(grouping.groups[group].entities.front().id);
    if (linked == themes.end()) continue;
    for (const auto& theme : linked->second) found[theme].insert(quote);
  }
}

std::shared_ptr<const ThemeQuotes> Gather(const Registry& registry, Reading& reading, bool with_queries) {
  auto quotes = std::make_shared<ThemeQuotes>();
  Found found;
  AddPairs(reading.Query("WITH RECURSIVE below (theme, id) AS (SELECT theme_id, code_id FROM theme_code "
                         "UNION SELECT theme, code.id FROM code JOIN below ON code.parent_id = below.id) "
                         "SELECT DISTINCT theme, quote_id FROM below JOIN coding ON coding.code_id = below.id"),
           found);
  AddPairs(reading.Query("SELECT theme_id, quote_id FROM theme_quote"), found);
  if (with_queries) AddQueries(registry, reading, found);
  for (const auto& [theme, of] : found) quotes->of[theme].assign(of.begin(), of.end());
  auto against = reading.Query("SELECT theme_id, quote_id, note FROM theme_against");
  while (against.Step()) {
    // A mark on a quote that left the theme waits for its return.
    if (const auto of = found.find(against.GetId(0)); of != found.end() && of->second.contains(against.GetId(1))) quotes->against[against.GetId(0)][against.GetId(1)] = against.Text(2);
  }
  quotes->reads = reading.database().reads();
  return quotes;
}

}  // namespace

std::vector<Theme> Themes(Reading& reading) {
  std::map<Id, std::vector<Theme>> children;
  auto rows = reading.Query("SELECT id, parent_id, name, description FROM theme ORDER BY order_key, name");
  while (rows.Step()) {
    Theme theme{rows.GetId(0), rows.MaybeId(1), rows.Text(2), {}, rows.Text(3), 0};
    children[theme.parent.value_or(Id{})].push_back(std::move(theme));
  }
  std::vector<Theme> themes;
  Walk(children, Id{}, {}, 0, themes);
  return themes;
}

const std::vector<Id>& ThemeQuotes::Of(const Id& theme) const {
  static const std::vector<Id> none;
  const auto found = of.find(theme);
  return found == of.end() ? none : found->second;
}

bool ThemeQuotes::Has(const Id& theme, const Id& quote) const {
  const auto& quotes = Of(theme);
  return std::binary_search(quotes.begin(), quotes.end(), quote);
}

bool ThemeQuotes::Contradicts(const Id& theme, const Id& quote) const {
  const auto found = against.find(theme);
  return found != against.end() && found->second.contains(quote);
}

std::shared_ptr<const ThemeQuotes> QuotesOfThemes(const Registry& registry, Reading& reading) {
  if (asking_queries) return Gather(registry, reading, false);
  auto quotes = Derive<ThemeQuotes>(reading, "themes.quotes", [&](std::shared_ptr<const ThemeQuotes> before, std::int64_t from, std::int64_t to) {
    if (before) {
      const Happened happened = Between(reading, from, to, {}, 0);
      const bool same = happened.known && std::none_of(happened.tables.begin(), happened.tables.end(), [&](const std::string& table) { return before->reads.contains(table); });
      if (same) return before;
    }
    return Gather(registry, reading, true);
  });
  // An answer from memory rests on the same tables as one that was read.
  reading.database().AddReads(quotes->reads);
  return quotes;
}

Grouping GroupByTheme(const Registry& registry, Reading& reading) {
  Grouping grouping;
  const auto quotes = QuotesOfThemes(registry, reading);
  for (const auto& theme : Themes(reading)) {
    for (const auto& quote : quotes->Of(theme.id)) grouping.members.emplace_back(quote, grouping.groups.size());
    grouping.groups.push_back({.key = theme.path, .label = Verbatim(theme.name), .entities = {{"theme", theme.id}}, .depth = theme.depth});
  }
  return grouping;
}

Grouping CodesByTheme(const Registry& registry, Reading& reading) {
  Grouping grouping;
  Found own;
  AddPairs(reading.Query("SELECT theme_id, quote_id FROM theme_quote"), own);
  if (!asking_queries) AddQueries(registry, reading, own);
  for (const auto& theme : Themes(reading)) {
    const std::size_t group = grouping.groups.size();
    auto codes = reading.Query(
        "WITH RECURSIVE below (id) AS (SELECT code_id FROM theme_code WHERE theme_id = ? UNION SELECT code.id FROM code JOIN below ON code.parent_id = below.id) SELECT id FROM below", theme.id);
    while (codes.Step()) grouping.codes.emplace_back(codes.GetId(0), group);
    for (const auto& quote : own[theme.id]) grouping.members.emplace_back(quote, group);
    grouping.groups.push_back({.key = theme.path, .label = Verbatim(theme.name), .entities = {{"theme", theme.id}}, .depth = theme.depth});
  }
  return grouping;
}

Dimension ThemeDimension(const Registry& registry) {
  return {"theme", Say("Theme"), "quote", [&registry](Reading& reading) { return GroupByTheme(registry, reading); }, [&registry](Reading& reading) { return CodesByTheme(registry, reading); }};
}

Parameter ThemeParameter() {
  return {.name = "theme", .type = ParameterType::kEntity, .label = Say("Theme"), .required = true, .entity_kind = "theme"};
}

std::string RequireName(const Arguments& arguments, const std::string& parameter) {
  const std::string name = Trim(arguments.Text(parameter));
  if (name.empty()) throw Refuse("A name is needed; it may not be empty.");
  return name;
}

std::vector<Parameter> QuoteParameters() {
  return {{.name = "quote", .type = ParameterType::kEntity, .label = Say("Quote"), .entity_kind = "quote"}, {.name = "span", .type = ParameterType::kSpan, .label = Say("Words")}};
}

Id NamedQuote(Writing& writing, const Arguments& arguments) {
  if (const auto quote = arguments.Entity("quote")) return *quote;
  if (const auto span = arguments.Span("span")) return EnsureQuote(writing, *span);
  throw Refuse("Say which quote: select words in a text, or give --quote.");
}

std::string Joined(const std::vector<std::string>& names, const std::string& between) {
  std::string joined;
  for (const auto& name : names) joined += (joined.empty() ? "" : between) + name;
  return joined;
}

}  // namespace meerstem::themes
