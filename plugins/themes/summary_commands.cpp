#include <algorithm>

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/study/deletion.h"
#include "core/study/quotes.h"
#include "plugins/themes/chapters.h"
#include "plugins/themes/summaries.h"

namespace meerstem::themes {
namespace {

std::vector<Parameter> CellParameters() {
  return {ThemeParameter(),
          {.name = "case", .type = ParameterType::kEntity, .label = Say("Case"), .help = Say("Of a framework of cases."), .entity_kind = "case"},
          {.name = "person", .type = ParameterType::kEntity, .label = Say("Person"), .help = Say("Of a framework of people."), .entity_kind = "person"}};
}

std::vector<Id> RowsOf(Reading& reading, const Framework& framework, const Id& theme, const Id& who) {
  std::vector<Id> ids;
  auto rows = reading.Query("SELECT id FROM " + framework.table() + " WHERE theme_id = ? AND " + framework.column() + " = ? ORDER BY id", theme, who);
  while (rows.Step()) ids.push_back(rows.GetId(0));
  return ids;
}

void Rest(Writing& writing, const Framework& framework, const Id& summary, const Id& quote) {
  writing.Do("DELETE FROM " + framework.links() + " WHERE summary_id = ? AND quote_id = ?", summary, quote);
  writing.Do("INSERT INTO " + framework.links() + " (id, summary_id, quote_id, seen) VALUES (?, ?, ?, ?)", writing.NewId(), summary, quote, WordsSeen(writing, SpanOf(writing, quote)));
}

/// The one summary of a cell, where merging people left several; kRefused when nothing was written.
Id Only(Writing& writing, const Framework& framework, const Id& theme, const Id& who) {
  const auto ids = RowsOf(writing, framework, theme, who);
  if (ids.empty()) throw Refuse("Nothing is written in this cell yet; write the summary first.");
  for (std::size_t i = 1; i < ids.size(); ++i) {
    writing.Do("UPDATE " + framework.table() + " SET text = text || char(10) || (SELECT text FROM " + framework.table() + " WHERE id = ?) WHERE id = ?", ids[i], ids[0]);
    writing.Do("UPDATE " + framework.links() + " SET summary_id = ? WHERE summary_id = ?", ids[0], ids[i]);
    writing.Do("DELETE FROM " + framework.table() + " WHERE id = ?", ids[i]);
  }
  return ids.front();
}

/// The links of the summary as they stand now: words seen anew; what is gone, or not `here` any more, is let go.
void Renew(Writing& writing, const Framework& framework, const Id& summary, const std::vector<Id>& here) {
  std::vector<std::optional<Id>> linked;
  {
    auto rows = writing.Query("SELECT quote_id FROM " + framework.links() + " WHERE summary_id = ?", summary);
    while (rows.Step()) linked.push_back(rows.MaybeId(0));
  }
  writing.Do("DELETE FROM " + framework.links() + " WHERE summary_id = ? AND quote_id IS NULL", summary);
  for (const auto& quote : linked) {
    if (!quote) continue;
    // What is withheld may not be looked at, and so not be let go either.
    if (std::find(here.begin(), here.end(), *quote) != here.end()) Rest(writing, framework, summary, *quote);
    else if (MayUse(writing, SpanOf(writing, *quote), Purpose::kAnalysis)) writing.Do("DELETE FROM " + framework.links() + " WHERE summary_id = ? AND quote_id = ?", summary, *quote);
  }
}

void RequireHere(const std::vector<Id>& here, const std::vector<Id>& quotes) {
  for (const auto& quote : quotes) {
    if (std::find(here.begin(), here.end(), quote) == here.end()) throw Refuse("A quote that is named does not speak of this theme in this row.");
  }
}

/// A cell that a command is about, and the quotes that are in it before it begins.
struct Cell {
  Framework framework;
  Id who, theme;
  std::vector<Id> here;
};
Cell CellOf(const Registry& registry, Reading& reading, const Arguments& arguments) {
  auto [framework, who] = Framework::Named(arguments);
  const Id theme = *arguments.Entity("theme");
  const FrameworkStudy study(registry, reading, framework);
  return {std::move(framework), who, theme, study.QuotesOf(theme, who)};
}

Parameter QuotesParameter(Message help) {
  return {.name = "quote", .type = ParameterType::kEntity, .label = Say("Quotes"), .help = std::move(help), .list = true, .entity_kind = "quote"};
}

Command Summarise(const Registry& registry) {
  Command command{.id = "themes.summarise", .label = Say("Summarise a cell of the framework"), .help = Say("What one case or person says about a theme, in your own words. It is linked to its quotes and marked when one of them changes. An empty text takes the summary away.")};
  command.parameters = CellParameters();
  command.parameters.push_back({.name = "text", .type = ParameterType::kProse, .label = Say("Summary"), .required = true});
  command.parameters.push_back(QuotesParameter(Say("On which it rests; left out: all of the cell when it is first written, afterwards those that it had.")));
  command.prepare = [&whole = registry.whole()](Reading& reading, const Arguments& arguments, Job&) {
    const Cell cell = CellOf(whole, reading, arguments);
    const std::string text = Trim(arguments.Text("text"));
    const auto named = arguments.Entities("quote");
    RequireHere(cell.here, named);
    return Simply([cell, text, named](Writing& writing, Outcome& outcome) {
      const Framework& framework = cell.framework;
      const auto ids = RowsOf(writing, framework, cell.theme, cell.who);
      if (text.empty()) {
        for (const auto& id : ids) DeleteEntity(writing, framework.table(), id);
        return;
      }
      const std::optional<Id> author = writing.actor().IsNil() ? std::nullopt : std::optional(writing.actor());
      auto quotes = named;
      Id summary;
      if (ids.empty()) {
        summary = writing.NewId();
        writing.Do("INSERT INTO " + framework.table() + " (id, theme_id, " + framework.column() + ", text, author_id, at) VALUES (?, ?, ?, ?, ?, ?)", summary, cell.theme, cell.who, text, author,
                   writing.now());
        outcome.created.push_back(summary);
        if (quotes.empty()) quotes = cell.here;
      } else {
        summary = Only(writing, framework, cell.theme, cell.who);
        writing.Do("UPDATE " + framework.table() + " SET text = ?, author_id = ?, at = ? WHERE id = ?", text, author, writing.now(), summary);
        if (quotes.empty()) Renew(writing, framework, summary, cell.here);
        else writing.Do("DELETE FROM " + framework.links() + " WHERE summary_id = ?", summary);
      }
      for (const auto& quote : quotes) Rest(writing, framework, summary, quote);
    });
  };
  return command;
}

Command AcceptSummary(const Registry& registry) {
  Command command{.id = "themes.accept-summary", .label = Say("The summary still says what it should"), .help = Say("Takes the mark off a summary of which a quote has changed or gone.")};
  command.parameters = CellParameters();
  command.prepare = [&whole = registry.whole()](Reading& reading, const Arguments& arguments, Job&) {
    return Simply([cell = CellOf(whole, reading, arguments)](Writing& writing, Outcome&) {
      Renew(writing, cell.framework, Only(writing, cell.framework, cell.theme, cell.who), cell.here);
    });
  };
  return command;
}

Command RestSummary(const Registry& registry) {
  Command command{.id = "themes.rest-summary", .label = Say("Say on which quotes a summary rests"), .help = Say("Links quotes of the cell to its summary, or unlinks them.")};
  command.parameters = CellParameters();
  command.parameters.push_back(QuotesParameter(Say("Left out: all quotes of the cell.")));
  command.parameters.push_back({.name = "rests", .type = ParameterType::kChoice, .label = Say("Rests on them"), .choices = {{"yes", Say("Yes")}, {"no", Say("No")}}, .fallback = "yes"});
  command.prepare = [&whole = registry.whole()](Reading& reading, const Arguments& arguments, Job&) {
    const Cell cell = CellOf(whole, reading, arguments);
    const auto named = arguments.Entities("quote");
    const bool rests = arguments.Text("rests") == "yes";
    if (rests) RequireHere(cell.here, named);
    return Simply([cell, rests, quotes = named.empty() ? cell.here : named](Writing& writing, Outcome&) {
      const Id summary = Only(writing, cell.framework, cell.theme, cell.who);
      for (const auto& quote : quotes) {
        if (rests) Rest(writing, cell.framework, summary, quote);
        else writing.Do("DELETE FROM " + cell.framework.links() + " WHERE summary_id = ? AND quote_id = ?", summary, quote);
      }
      if (!rests) DropLooseQuotes(writing, quotes);
    });
  };
  return command;
}

}  // namespace

void RegisterSummaryCommands(Registry& registry) {
  registry.Add(Summarise(registry));
  registry.Add(AcceptSummary(registry));
  registry.Add(RestSummary(registry));
}

}  // namespace meerstem::themes
