#include "plugins/themes/themes.h"

#include <algorithm>
#include <map>

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

std::vector<Id> QuotesOf(Reading& reading, const Id& theme) {
  std::vector<Id> quotes;
  auto rows = reading.Query(
      "WITH RECURSIVE below (id) AS (SELECT code_id FROM theme_code WHERE theme_id = ?1 "
      "UNION SELECT code.id FROM code JOIN below ON code.parent_id = below.id) "
      "SELECT quote_id FROM coding WHERE code_id IN below UNION SELECT quote_id FROM theme_quote WHERE theme_id = ?1",
      theme);
  while (rows.Step()) quotes.push_back(rows.GetId(0));
  return quotes;
}

Grouping GroupByTheme(Reading& reading) {
  Grouping grouping;
  for (const auto& theme : Themes(reading)) {
    for (const auto& quote : QuotesOf(reading, theme.id)) grouping.members.emplace_back(quote, grouping.groups.size());
    grouping.groups.push_back({.key = theme.path, .label = Verbatim(theme.name), .entities = {{"theme", theme.id}}, .depth = theme.depth});
  }
  return grouping;
}

Grouping CodesByTheme(Reading& reading) {
  Grouping grouping;
  for (const auto& theme : Themes(reading)) {
    const std::size_t group = grouping.groups.size();
    auto codes = reading.Query(
        "WITH RECURSIVE below (id) AS (SELECT code_id FROM theme_code WHERE theme_id = ? UNION SELECT code.id FROM code JOIN below ON code.parent_id = below.id) SELECT id FROM below", theme.id);
    while (codes.Step()) grouping.codes.emplace_back(codes.GetId(0), group);
    auto quotes = reading.Query("SELECT quote_id FROM theme_quote WHERE theme_id = ?", theme.id);
    while (quotes.Step()) grouping.members.emplace_back(quotes.GetId(0), group);
    grouping.groups.push_back({.key = theme.path, .label = Verbatim(theme.name), .entities = {{"theme", theme.id}}, .depth = theme.depth});
  }
  return grouping;
}

}  // namespace meerstem::themes
