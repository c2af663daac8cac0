#include <algorithm>

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/study/deletion.h"
#include "core/study/quotes.h"
#include "plugins/themes/chapters.h"
#include "plugins/themes/part.h"
#include "plugins/themes/themes.h"

namespace meerstem::themes {
namespace {

Command AddChapter() {
  Command command{.id = "themes.add-chapter", .label = Say("New chapter"), .help = Say("Begins a chapter of headings, prose and live quotes.")};
  command.parameters = {{.name = "title", .label = Say("Title"), .required = true}};
  command.prepare = [](Reading&, const Arguments& arguments, Job&) {
    const std::string title = Trim(arguments.Text("title"));
    if (title.empty()) throw Refuse("A chapter needs a title.");
    return Simply([title](Writing& writing, Outcome& outcome) {
      if (writing.Number("SELECT count(*) FROM chapter WHERE title = ?", title) > 0) throw Refuse("There is a chapter “{0}” already; choose another title.", title);
      const Id id = writing.NewId();
      writing.Do("INSERT INTO chapter (id, title, order_key) VALUES (?, ?, (SELECT ifnull(max(order_key), 0) + 1 FROM chapter))", id, title);
      outcome.created.push_back(id);
      outcome.show = view::Target{"themes.chapter", {{"chapter", id}}};
    });
  };
  return command;
}

Command RenameChapter() {
  Command command{.id = "themes.rename-chapter", .label = Say("Rename a chapter"), .help = Say("Changes the chapter's title.")};
  command.parameters = {ChapterParameter(), {.name = "title", .label = Say("Title"), .required = true}};
  command.prepare = [](Reading&, const Arguments& arguments, Job&) {
    const std::string title = Trim(arguments.Text("title"));
    if (title.empty()) throw Refuse("A chapter needs a title.");
    return Simply([title, arguments](Writing& writing, Outcome&) { writing.Do("UPDATE chapter SET title = ? WHERE id = ?", title, *arguments.Entity("chapter")); });
  };
  return command;
}

Command DeleteChapter() {
  Command command{.id = "themes.delete-chapter", .label = Say("Delete a chapter"), .help = Say("The quotes stay in the study; undo brings the chapter back.")};
  command.parameters = {ChapterParameter()};
  command.prepare = [](Reading&, const Arguments& arguments, Job&) {
    return Simply([arguments](Writing& writing, Outcome&) { DeleteEntity(writing, "chapter", *arguments.Entity("chapter")); });
  };
  return command;
}

Command AddBlock() {
  Command command{.id = "themes.add-block", .label = Say("Add a heading or paragraph"), .help = Say("Adds prose to a chapter.")};
  command.parameters = {ChapterParameter(),
                        {.name = "kind", .type = ParameterType::kChoice, .label = Say("Kind"), .choices = {{"heading", Say("Heading")}, {"paragraph", Say("Paragraph")}}, .fallback = "paragraph"},
                        {.name = "level", .type = ParameterType::kInteger, .label = Say("Level"), .help = Say("Of a heading: 1 to 4."), .fallback = "1"},
                        {.name = "text", .type = ParameterType::kProse, .label = Say("Text")},
                        AfterParameter()};
  command.prepare = [](Reading&, const Arguments& arguments, Job&) {
    const auto level = arguments.Int("level");
    if (level < 1 || level > 4) throw Refuse("A heading has a level from 1 to 4, not {0}.", level);
    return Simply([arguments, level](Writing& writing, Outcome& outcome) {
      const Id id = writing.NewId();
      const Id chapter = *arguments.Entity("chapter");
      writing.Do("INSERT INTO chapter_block (id, chapter_id, kind, level, text, order_key) VALUES (?, ?, ?, ?, ?, ?)", id, chapter,
                 arguments.Text("kind"), level, arguments.Text("text"), PlaceAfter(writing, chapter, arguments.Entity("after")));
      outcome.created.push_back(id);
    });
  };
  return command;
}

/// nullopt: the quote lies in none, or in more than one.
std::optional<Id> OnlyThemeOf(const ThemeQuotes& quotes, const Id& quote) {
  std::optional<Id> only;
  for (const auto& [theme, its] : quotes.of) {
    if (!quotes.Has(theme, quote)) continue;
    if (only) return std::nullopt;
    only = theme;
  }
  return only;
}

Command AddQuote(const Registry& registry) {
  Command command{.id = "themes.add-quote", .label = Say("Put a quote into a chapter"), .help = Say("The quote stays live: what changes at its source changes here.")};
  Parameter chapter = ChapterParameter();
  chapter.required = false;
  chapter.help = Say("May be left out when a block is given to put it after.");
  command.parameters = {chapter,
                        {.name = "quote", .type = ParameterType::kEntity, .label = Say("Quote"), .list = true, .entity_kind = "quote"},
                        {.name = "span", .type = ParameterType::kSpan, .label = Say("Words")},
                        {.name = "theme", .type = ParameterType::kEntity, .label = Say("Theme"), .help = Say("For which it speaks here; the chapter marks it when it no longer does. When left out: the only theme of the quote."), .entity_kind = "theme"},
                        AfterParameter()};
  command.prepare = [&whole = registry.whole()](Reading& reading, const Arguments& arguments, Job&) {
    if (!arguments.Has("quote") && !arguments.Has("span")) throw Refuse("Say which quote: select words in a text, or give --quote.");
    if (!arguments.Has("chapter") && !arguments.Has("after")) throw Refuse("Say in which chapter: give --chapter, or the block to put it --after.");
    // Those of all themes take a moment in a large study: only where they are needed.
    const auto quotes = arguments.Has("theme") ? nullptr : QuotesOfThemes(whole, reading);
    return Simply([arguments, quotes](Writing& writing, Outcome& outcome) {
      const Id home = ChapterOf(writing, arguments);
      auto chosen = arguments.Entities("quote");
      if (chosen.empty()) chosen.push_back(EnsureQuote(writing, *arguments.Span("span")));
      auto after = arguments.Entity("after");
      for (const auto& quote : chosen) {
        const auto theme = quotes ? OnlyThemeOf(*quotes, quote) : arguments.Entity("theme");
        const Id id = writing.NewId();
        writing.Do("INSERT INTO chapter_block (id, chapter_id, kind, quote_id, theme_id, seen, order_key) VALUES (?, ?, 'quote', ?, ?, ?, ?)", id, home, quote,
                   theme, WordsSeen(writing, SpanOf(writing, quote)), PlaceAfter(writing, home, after));
        outcome.created.push_back(id);
        after = id;
      }
    });
  };
  return command;
}

Command EditBlock() {
  Command command{.id = "themes.edit-block", .label = Say("Edit a block"), .help = Say("Replaces the text of a heading or paragraph.")};
  command.parameters = {BlockParameter(),
                        {.name = "text", .type = ParameterType::kProse, .label = Say("Text"), .required = true},
                        {.name = "revision", .type = ParameterType::kInteger, .label = Say("Revision"), .help = Say("The revision that was edited; refused when the block has changed since.")}};
  command.impossible = OnlyOn({"heading", "paragraph"}, Say("A quote is as it was said; correct it in its source."));
  command.prepare = [](Reading&, const Arguments& arguments, Job&) {
    return Simply([arguments](Writing& writing, Outcome&) {
      const Id block = *arguments.Entity("block");
      {
        auto row = writing.Query("SELECT kind, revision FROM chapter_block WHERE id = ?", block);
        if (!row.Step()) throw Refuse("This block is no longer in its chapter.");
        if (row.View(0) == "quote") throw Refuse("A quote is as it was said; correct it in its source.");
        if (arguments.Has("revision") && arguments.Int("revision") != row.Int(1)) {
          throw Refuse("This block was changed elsewhere since; look at it again before you replace it.");
        }
      }
      writing.Do("UPDATE chapter_block SET text = ?, revision = revision + 1 WHERE id = ?", arguments.Text("text"), block);
    });
  };
  return command;
}

Command MoveBlock() {
  Command command{.id = "themes.move-block", .label = Say("Move a block"), .help = Say("Swaps a block with the one above or below it.")};
  command.parameters = {BlockParameter(),
                        {.name = "to", .type = ParameterType::kChoice, .label = Say("Where to"), .required = true, .choices = {{"up", Say("Up")}, {"down", Say("Down")}}}};
  command.prepare = [](Reading&, const Arguments& arguments, Job&) {
    return Simply([arguments](Writing& writing, Outcome& outcome) {
      const Id block = *arguments.Entity("block");
      std::vector<std::pair<Id, double>> blocks;
      {
        auto rows = writing.Query(
            "SELECT id, order_key FROM chapter_block WHERE chapter_id = (SELECT chapter_id FROM chapter_block WHERE id = ?) ORDER BY order_key, id", block);
        while (rows.Step()) blocks.emplace_back(rows.GetId(0), rows.Real(1));
      }
      const auto place = PlaceOneFurther(blocks, block, arguments.Text("to") == "up");
      if (!place) outcome.notes.push_back(Say("It stands at the end already."));
      else writing.Do("UPDATE chapter_block SET order_key = ? WHERE id = ?", *place, block);
    });
  };
  return command;
}

Command MoveChapter() {
  Command command{.id = "themes.move-chapter", .label = Say("Move a chapter"), .help = Say("Swaps a chapter with the one before or after it in the order of reading.")};
  command.parameters = {ChapterParameter(),
                        {.name = "to", .type = ParameterType::kChoice, .label = Say("Where to"), .required = true, .choices = {{"up", Say("Up")}, {"down", Say("Down")}}}};
  command.prepare = [](Reading&, const Arguments& arguments, Job&) {
    return Simply([arguments](Writing& writing, Outcome& outcome) {
      std::vector<std::pair<Id, double>> chapters;
      {
        auto rows = writing.Query("SELECT id, order_key FROM chapter ORDER BY order_key, id");
        while (rows.Step()) chapters.emplace_back(rows.GetId(0), rows.Real(1));
      }
      const auto place = PlaceOneFurther(chapters, *arguments.Entity("chapter"), arguments.Text("to") == "up");
      if (!place) outcome.notes.push_back(Say("It stands at the end already."));
      else writing.Do("UPDATE chapter SET order_key = ? WHERE id = ?", *place, *arguments.Entity("chapter"));
    });
  };
  return command;
}

Command DeleteBlock() {
  Command command{.id = "themes.delete-block", .label = Say("Delete a block"), .help = Say("Takes a heading, paragraph or quote out of its chapter.")};
  command.parameters = {BlockParameter()};
  command.prepare = [](Reading&, const Arguments& arguments, Job&) {
    return Simply([arguments](Writing& writing, Outcome&) {
      const Id block = *arguments.Entity("block");
      Id quote;
      {
        auto row = writing.Query("SELECT quote_id FROM chapter_block WHERE id = ?", block);
        if (row.Step()) quote = row.GetId(0);
      }
      DeleteEntity(writing, "chapter_block", block);
      if (!quote.IsNil()) DropLooseQuotes(writing, {quote});
    });
  };
  return command;
}

}  // namespace

void RegisterChapterCommands(Registry& registry) {
  registry.Add(AddChapter());
  registry.Add(RenameChapter());
  registry.Add(DeleteChapter());
  registry.Add(MoveChapter());
  registry.Add(AddBlock());
  registry.Add(AddQuote(registry));
  registry.Add(EditBlock());
  registry.Add(MoveBlock());
  registry.Add(DeleteBlock());
  RegisterQuoteCommands(registry);
  RegisterFigureCommands(registry);
}

}  // namespace meerstem::themes
