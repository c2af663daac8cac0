#include <set>

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/study/deletion.h"
#include "core/study/quotes.h"
#include "plugins/themes/part.h"
#include "plugins/themes/themes.h"

namespace meerstem::themes {
namespace {

Parameter ThemeParameter() {
  return {.name = "theme", .type = ParameterType::kEntity, .label = Say("Theme"), .required = true, .entity_kind = "theme"};
}

std::string RequireName(const Arguments& arguments, const std::string& parameter) {
  const std::string name = Trim(arguments.Text(parameter));
  if (name.empty()) throw Refuse("A name is needed; it may not be empty.");
  return name;
}

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
  command.parameters = {ThemeParameter(), {.name = "parent", .type = ParameterType::kEntity, .label = Say("Below"), .entity_kind = "theme"}};
  command.prepare = [](Reading& reading, const Arguments& arguments, Job&) {
    const Id theme = *arguments.Entity("theme");
    const auto parent = arguments.Entity("parent");
    if (parent && reading.Number("WITH RECURSIVE below (id) AS (SELECT ? UNION SELECT theme.id FROM theme JOIN below ON parent_id = below.id) "
                                 "SELECT count(*) FROM below WHERE id = ?",
                                 theme, *parent) > 0) {
      throw Refuse("A theme cannot be moved below itself; choose another place.");
    }
    return Simply([theme, parent](Writing& writing, Outcome&) {
      RequireFree(writing, PlaceOf(writing, theme).first, parent, theme);
      writing.Do("UPDATE theme SET parent_id = ? WHERE id = ?", parent, theme);
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

/// The quote named by --quote, or the one on the span, made when new.
Id QuoteOf(Writing& writing, const Arguments& arguments) {
  if (const auto quote = arguments.Entity("quote")) return *quote;
  if (const auto span = arguments.Span("span")) return EnsureQuote(writing, *span);
  throw Refuse("Say which quote: select words in a text, or give --quote.");
}

Command LinkQuote() {
  Command command{.id = "themes.link-quote", .label = Say("Link a quote to a theme"), .help = Say("The selected words speak for the theme, whatever their codes.")};
  command.parameters = {ThemeParameter(),
                        {.name = "quote", .type = ParameterType::kEntity, .label = Say("Quote"), .entity_kind = "quote"},
                        {.name = "span", .type = ParameterType::kSpan, .label = Say("Words")}};
  command.prepare = [](Reading&, const Arguments& arguments, Job&) {
    return Simply([arguments](Writing& writing, Outcome& outcome) {
      const Id theme = *arguments.Entity("theme");
      const Id quote = QuoteOf(writing, arguments);
      if (writing.Number("SELECT count(*) FROM theme_quote WHERE theme_id = ? AND quote_id = ?", theme, quote) > 0) {
        outcome.notes.push_back(Say("This quote is linked to the theme already."));
        return;
      }
      const Id id = writing.NewId();
      writing.Do("INSERT INTO theme_quote (id, theme_id, quote_id) VALUES (?, ?, ?)", id, theme, quote);
      outcome.created.push_back(id);
    });
  };
  return command;
}

Command UnlinkQuote() {
  Command command{.id = "themes.unlink-quote", .label = Say("Unlink a quote from a theme"), .help = Say("Takes back a link of a single quote; codes that link it stay.")};
  command.parameters = {ThemeParameter(), {.name = "quote", .type = ParameterType::kEntity, .label = Say("Quote"), .required = true, .entity_kind = "quote"}};
  command.prepare = [](Reading&, const Arguments& arguments, Job&) {
    return Simply([arguments](Writing& writing, Outcome&) {
      const Id quote = *arguments.Entity("quote");
      writing.Do("DELETE FROM theme_quote WHERE theme_id = ? AND quote_id = ?", *arguments.Entity("theme"), quote);
      DropLooseQuotes(writing, {quote});
    });
  };
  return command;
}

}  // namespace

void RegisterThemeCommands(Registry& registry) {
  registry.Add(AddTheme());
  registry.Add(SetTheme());
  registry.Add(MoveTheme());
  registry.Add(DeleteTheme());
  registry.Add(LinkCode());
  registry.Add(UnlinkCode());
  registry.Add(LinkQuote());
  registry.Add(UnlinkQuote());
}

}  // namespace meerstem::themes
