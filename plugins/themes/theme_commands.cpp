#include <set>

#include "core/base/error.h"
#include "core/study/deletion.h"
#include "core/study/quotes.h"
#include "plugins/themes/part.h"
#include "plugins/themes/themes.h"

namespace meerstem::themes {
namespace {

/// Two themes of one name beside each other could not be told apart by name.
void RequireFree(Reading& reading, const std::string& name, const std::optional<Id>& parent, const std::optional<Id>& itself) {
  if (reading.Number("SELECT count(*) FROM theme WHERE name = ? AND parent_id IS ? AND id IS NOT ?", name, parent, itself) > 0) {
    throw Refuse("There is a theme “{0}” already; choose another name.", name);
  }
}

/// Of a theme: its name and what it stands below.
std::pair<std::string, std::optional<Id>> PlaceOf(Reading& reading, const Id& theme) {
  auto row = reading.Query("SELECT name, parent_id FROM theme WHERE id = ?", theme);
  if (!row.Step()) throw Refuse("This theme does not exist any more.");
  return {row.Text(0), row.MaybeId(1)};
}

Command AddTheme() {
  Command command{.id = "themes.add-theme", .label = Say("New theme"), .help = Say("Adds a theme, at the top or below another, with the codes that speak for it.")};
  command.parameters = {{.name = "name", .label = Say("Name"), .required = true},
                        {.name = "description", .type = ParameterType::kProse, .label = Say("Description")},
                        {.name = "parent", .type = ParameterType::kEntity, .label = Say("Below"), .entity_kind = "theme"},
                        {.name = "code", .type = ParameterType::kEntity, .label = Say("Code"), .list = true, .entity_kind = "code"}};
  command.prepare = [](Reading&, const Arguments& arguments, Job&) {
    const std::string name = RequireName(arguments, "name");
    return Simply([name, arguments](Writing& writing, Outcome& outcome) {
      const auto parent = arguments.Entity("parent");
      RequireFree(writing, name, parent, {});
      const Id id = writing.NewId();
      writing.Do(
          "INSERT INTO theme (id, parent_id, name, description, order_key) VALUES (?, ?, ?, ?, (SELECT ifnull(max(order_key), 0) + 1 FROM theme))",
          id, parent, name, arguments.Text("description"));
      outcome.created.push_back(id);
      std::set<Id> linked;
      for (const auto& code : arguments.Entities("code")) {
        if (linked.insert(code).second) writing.Do("INSERT INTO theme_code (id, theme_id, code_id) VALUES (?, ?, ?)", writing.NewId(), id, code);
      }
    });
  };
  return command;
}

Command SetTheme() {
  Command command{.id = "themes.set-theme", .label = Say("Rename or describe a theme"), .help = Say("Changes the name, the description or both.")};
  command.parameters = {ThemeParameter(), {.name = "name", .label = Say("Name")}, {.name = "description", .type = ParameterType::kProse, .label = Say("Description")}};
  command.prepare = [](Reading&, const Arguments& arguments, Job&) {
    return Simply([arguments](Writing& writing, Outcome&) {
      const Id theme = *arguments.Entity("theme");
      if (arguments.Has("name")) {
        const std::string name = RequireName(arguments, "name");
        RequireFree(writing, name, PlaceOf(writing, theme).second, theme);
        writing.Do("UPDATE theme SET name = ? WHERE id = ?", name, theme);
      }
      if (arguments.Has("description")) writing.Do("UPDATE theme SET description = ? WHERE id = ?", arguments.Text("description"), theme);
    });
  };
  return command;
}

Command MoveTheme() {
  Command command{.id = "themes.move-theme", .label = Say("Move a theme"), .help = Say("Puts a theme below another, or at the top.")};
  Parameter themes = ThemeParameter();
  themes.list = true;
  command.parameters = {themes, {.name = "parent", .type = ParameterType::kEntity, .label = Say("Below"), .entity_kind = "theme"}};
  command.prepare = [](Reading&, const Arguments& arguments, Job&) {
    return Simply([themes = arguments.Entities("theme"), parent = arguments.Entity("parent")](Writing& writing, Outcome&) {
      for (const auto& theme : themes) {
        if (parent && writing.Number("WITH RECURSIVE below (id) AS (SELECT ? UNION SELECT theme.id FROM theme JOIN below ON parent_id = below.id) "
                                     "SELECT count(*) FROM below WHERE id = ?",
                                     theme, *parent) > 0) {
          throw Refuse("A theme cannot be moved below itself; choose another place.");
        }
        RequireFree(writing, PlaceOf(writing, theme).first, parent, theme);
        writing.Do("UPDATE theme SET parent_id = ? WHERE id = ?", parent, theme);
      }
    });
  };
  return command;
}

Command DeleteTheme() {
  Command command{.id = "themes.delete-theme", .label = Say("Delete a theme"), .help = Say("Deletes a theme and those below it; codes and quotes stay.")};
  command.parameters = {ThemeParameter()};
  command.prepare = [](Reading&, const Arguments& arguments, Job&) {
    return Simply([arguments](Writing& writing, Outcome&) {
      const Id theme = *arguments.Entity("theme");
      std::vector<Id> themes;
      {
        auto rows = writing.Query(
            "WITH RECURSIVE below (id, depth) AS (SELECT ?, 0 UNION SELECT theme.id, depth + 1 FROM theme JOIN below ON parent_id = below.id) "
            "SELECT id FROM below ORDER BY depth DESC",
            theme);
        while (rows.Step()) themes.push_back(rows.GetId(0));
      }
      for (const auto& id : themes) DeleteEntity(writing, "theme", id);
    });
  };
  return command;
}

Command LinkCode() {
  Command command{.id = "themes.link-code", .label = Say("Link a code to a theme"), .help = Say("All quotes with that code, or one below it, then speak for the theme.")};
  command.parameters = {ThemeParameter(),
                        {.name = "code", .type = ParameterType::kEntity, .label = Say("Code"), .required = true, .list = true, .entity_kind = "code"}};
  command.prepare = [](Reading&, const Arguments& arguments, Job&) {
    return Simply([arguments](Writing& writing, Outcome& outcome) {
      const Id theme = *arguments.Entity("theme");
      for (const auto& code : arguments.Entities("code")) {
        if (writing.Number("SELECT count(*) FROM theme_code WHERE theme_id = ? AND code_id = ?", theme, code) > 0) {
          outcome.notes.push_back(Say("This code is linked to the theme already."));
          continue;
        }
        const Id id = writing.NewId();
        writing.Do("INSERT INTO theme_code (id, theme_id, code_id) VALUES (?, ?, ?)", id, theme, code);
        outcome.created.push_back(id);
      }
    });
  };
  return command;
}

Command UnlinkCode() {
  Command command{.id = "themes.unlink-code", .label = Say("Unlink a code from a theme"), .help = Say("The code and its quotes stay.")};
  command.parameters = {ThemeParameter(), {.name = "code", .type = ParameterType::kEntity, .label = Say("Code"), .required = true, .entity_kind = "code"}};
  command.prepare = [](Reading&, const Arguments& arguments, Job&) {
    return Simply([arguments](Writing& writing, Outcome&) {
      writing.Do("DELETE FROM theme_code WHERE theme_id = ? AND code_id = ?", *arguments.Entity("theme"), *arguments.Entity("code"));
    });
  };
  return command;
}

/// False: it was linked already.
bool Link(Writing& writing, const Id& theme, const Id& quote, Outcome& outcome) {
  if (writing.Number("SELECT count(*) FROM theme_quote WHERE theme_id = ? AND quote_id = ?", theme, quote) > 0) return false;
  outcome.created.push_back(writing.NewId());
  writing.Do("INSERT INTO theme_quote (id, theme_id, quote_id) VALUES (?, ?, ?)", outcome.created.back(), theme, quote);
  return true;
}

Command LinkQuote() {
  Command command{.id = "themes.link-quote", .label = Say("Link a quote to a theme"), .help = Say("The selected words speak for the theme, or for several, whatever their codes.")};
  Parameter themes = ThemeParameter();
  themes.list = true;
  command.parameters = {themes};
  for (auto& parameter : QuoteParameters()) {
    if (parameter.name == "quote") parameter.list = true;
    command.parameters.push_back(std::move(parameter));
  }
  command.prepare = [](Reading&, const Arguments& arguments, Job&) {
    return Simply([arguments](Writing& writing, Outcome& outcome) {
      auto quotes = arguments.Entities("quote");
      if (quotes.empty()) quotes.push_back(NamedQuote(writing, arguments));
      for (const auto& theme : arguments.Entities("theme")) {
        for (const auto& quote : quotes) {
          if (!Link(writing, theme, quote, outcome)) outcome.notes.push_back(Say("This quote is linked to the theme “{0}” already.", PlaceOf(writing, theme).first));
        }
      }
    });
  };
  return command;
}

Command UnlinkQuote() {
  Command command{.id = "themes.unlink-quote", .label = Say("Unlink a quote from a theme"), .help = Say("Takes back a link of a single quote; codes that link it stay.")};
  command.parameters = {ThemeParameter()};
  for (auto& parameter : QuoteParameters()) command.parameters.push_back(std::move(parameter));
  command.prepare = [](Reading&, const Arguments& arguments, Job&) {
    return Simply([arguments](Writing& writing, Outcome&) {
      const Id quote = NamedQuote(writing, arguments);
      writing.Do("DELETE FROM theme_quote WHERE theme_id = ? AND quote_id = ?", *arguments.Entity("theme"), quote);
      DropLooseQuotes(writing, {quote});
    });
  };
  return command;
}

/// Without the plugin of queries there are none to link.
Parameter QueryParameter(bool required) {
  return {.name = "query", .type = ParameterType::kEntity, .label = Say("Saved query"), .required = required, .entity_kind = "query"};
}

Command LinkQuery() {
  Command command{.id = "themes.link-query", .label = Say("Link a saved query to a theme"), .help = Say("What the query finds speaks for the theme, now and whenever it is looked at; a theme that the query itself asks for means its codes and single quotes.")};
  command.parameters = {ThemeParameter(), QueryParameter(true)};
  command.prepare = [](Reading&, const Arguments& arguments, Job&) {
    return Simply([arguments](Writing& writing, Outcome& outcome) {
      const Id theme = *arguments.Entity("theme"), query = *arguments.Entity("query");
      if (writing.Number("SELECT count(*) FROM theme_query WHERE theme_id = ? AND query_id = ?", theme, query) > 0) {
        outcome.notes.push_back(Say("This query is linked to the theme already."));
        return;
      }
      outcome.created.push_back(writing.NewId());
      writing.Do("INSERT INTO theme_query (id, theme_id, query_id) VALUES (?, ?, ?)", outcome.created.back(), theme, query);
    });
  };
  return command;
}

Command UnlinkQuery(const Registry& registry) {
  Command command{.id = "themes.unlink-query", .label = Say("Unlink a saved query from a theme"), .help = Say("The query stays. Without a query: takes away the links to queries that are no longer in the study.")};
  command.parameters = {ThemeParameter(), QueryParameter(false)};
  command.prepare = [&whole = registry.whole()](Reading&, const Arguments& arguments, Job&) {
    return Simply([arguments, &whole](Writing& writing, Outcome&) {
      const Id theme = *arguments.Entity("theme");
      std::vector<Id> links;
      {
        auto rows = writing.Query("SELECT id, query_id FROM theme_query WHERE theme_id = ?", theme);
        while (rows.Step()) {
          const auto named = arguments.Entity("query");
          if (named ? rows.GetId(1) == *named : !QueryName(whole, writing, rows.GetId(1))) links.push_back(rows.GetId(0));
        }
      }
      if (links.empty()) throw Refuse("No such link stands at this theme.");
      for (const auto& link : links) writing.Do("DELETE FROM theme_query WHERE id = ?", link);
    });
  };
  return command;
}

Command Contradict(const Registry& registry) {
  Command command{.id = "themes.mark-contradiction", .label = Say("Mark a quote as contradicting its theme"), .help = Say("The words speak about the theme and against it; they still count as evidence, and are told apart everywhere. A quote that did not speak for the theme yet is linked to it.")};
  command.parameters = {ThemeParameter()};
  for (auto& parameter : QuoteParameters()) command.parameters.push_back(std::move(parameter));
  command.parameters.push_back({.name = "note", .type = ParameterType::kProse, .label = Say("Why")});
  command.prepare = [&whole = registry.whole()](Reading& reading, const Arguments& arguments, Job&) {
    return Simply([arguments, quotes = QuotesOfThemes(whole, reading)](Writing& writing, Outcome& outcome) {
      const Id theme = *arguments.Entity("theme");
      const Id quote = NamedQuote(writing, arguments);
      if (!quotes->Has(theme, quote)) Link(writing, theme, quote, outcome);
      if (writing.Number("SELECT count(*) FROM theme_against WHERE theme_id = ? AND quote_id = ?", theme, quote) > 0) {
        writing.Do("UPDATE theme_against SET note = ? WHERE theme_id = ? AND quote_id = ?", arguments.Text("note"), theme, quote);
        return;
      }
      outcome.created.push_back(writing.NewId());
      writing.Do("INSERT INTO theme_against (id, theme_id, quote_id, note) VALUES (?, ?, ?, ?)", outcome.created.back(), theme, quote, arguments.Text("note"));
    });
  };
  return command;
}

Command Uncontradict() {
  Command command{.id = "themes.unmark-contradiction", .label = Say("Take a contradiction back"), .help = Say("The quote counts for the theme again.")};
  command.parameters = {ThemeParameter(), {.name = "quote", .type = ParameterType::kEntity, .label = Say("Quote"), .required = true, .entity_kind = "quote"}};
  command.prepare = [](Reading&, const Arguments& arguments, Job&) {
    return Simply([arguments](Writing& writing, Outcome&) {
      const Id theme = *arguments.Entity("theme"), quote = *arguments.Entity("quote");
      if (writing.Number("SELECT count(*) FROM theme_against WHERE theme_id = ? AND quote_id = ?", theme, quote) == 0) throw Refuse("This quote is not marked as contradicting that theme.");
      writing.Do("DELETE FROM theme_against WHERE theme_id = ? AND quote_id = ?", theme, quote);
      DropLooseQuotes(writing, {quote});
    });
  };
  return command;
}

}  // namespace

std::optional<std::string> QueryName(const Registry& registry, Reading& reading, const Id& query) {
  const EntityKind* queries = registry.FindKind("query");
  return queries ? queries->name(reading, query) : std::nullopt;
}

void RegisterThemeCommands(Registry& registry) {
  registry.Add(AddTheme());
  registry.Add(SetTheme());
  registry.Add(MoveTheme());
  registry.Add(DeleteTheme());
  registry.Add(LinkCode());
  registry.Add(UnlinkCode());
  registry.Add(LinkQuote());
  registry.Add(UnlinkQuote());
  registry.Add(LinkQuery());
  registry.Add(UnlinkQuery(registry));
  registry.Add(Contradict(registry));
  registry.Add(Uncontradict());
}

}  // namespace meerstem::themes
