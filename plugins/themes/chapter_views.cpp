#include "core/base/boundaries.h"
#include "core/study/display.h"
#include "core/study/quotes.h"
#include "plugins/themes/part.h"

namespace meerstem::themes {
namespace {

View Chapters() {
  View view{.id = "themes.chapters", .kind = view::Kind::kTable, .label = Say("Chapters"), .help = Say("Every chapter with its length.")};
  view.build = [](Reading& reading, const Arguments&, Job&) {
    std::vector<view::Row> rows;
    auto chapters = reading.Query("SELECT id, title FROM chapter ORDER BY order_key");
    while (chapters.Step()) {
      const Id chapter = chapters.GetId(0);
      std::int64_t words = 0, quotes = 0;
      auto blocks = reading.Query("SELECT kind, text FROM chapter_block WHERE chapter_id = ?", chapter);
      while (blocks.Step()) {
        words += CountWords(blocks.View(1));
        quotes += blocks.View(0) == "quote";
      }
      view::Row row{.key = ToString(chapter)};
      row.cells = {{.value = chapters.Text(1)}, {.value = words}, {.value = quotes}};
      row.cells[0].edit = view::Edit{"themes.rename-chapter", {{"chapter", chapter}}, "title", ParameterType::kText, {}};
      row.entities = {{"chapter", chapter}};
      row.target = view::Target{"themes.chapter", {{"chapter", chapter}}};
      rows.push_back(std::move(row));
    }
    view::Model model;
    model.body = view::Table{{{"title", Say("Title"), view::ColumnType::kText, 60},
                              {"words", Say("Words of prose"), view::ColumnType::kInteger},
                              {"quotes", Say("Quotes"), view::ColumnType::kInteger}},
                             view::MakeRows(std::move(rows))};
    model.empty = Say("There is no chapter yet. A chapter is prose carried by live quotes.");
    model.actions = {{Say("New chapter"), "themes.add-chapter", {}}};
    return model;
  };
  return view;
}

/// The quote as it may be exported now, or the reason why it stands empty.
void FillQuote(Reading& reading, const std::optional<Id>& quote, view::Block& block) {
  block.kind = view::Block::Kind::kQuote;
  if (!quote) {
    block.state = view::State::kStale;
    block.why = Say("The quote that stood here is no longer in the study.");
    return;
  }
  const SourceSpan span = SpanOf(reading, *quote);
  block.entities.push_back({"quote", *quote});
  block.target = view::Target{"coding.document", {{"source", span.source}, {"start", span.range.start}, {"end", span.range.end}}};
  if (!MayUse(reading, span, Purpose::kExport)) {
    block.state = view::State::kSuppressed;
    block.why = Say("Who said this does not consent to being quoted.");
    return;
  }
  block.text = Verbatim(DisplayText(reading, span, Purpose::kExport));
  block.reference = Reference(reading, span);
}

View Chapter() {
  View view{.id = "themes.chapter", .kind = view::Kind::kProse, .label = Say("Chapter"), .help = Say("A chapter to write in, its quotes live.")};
  view.in_navigator = false;
  view.parameters = {{.name = "chapter", .type = ParameterType::kEntity, .label = Say("Chapter"), .required = true, .entity_kind = "chapter"}};
  view.build = [](Reading& reading, const Arguments& arguments, Job&) {
    const Id chapter = *arguments.Entity("chapter");
    view::Model model;
    view::Prose prose;
    std::int64_t quotes = 0, withheld = 0, gone = 0;
    auto rows = reading.Query("SELECT id, kind, level, text, quote_id, revision FROM chapter_block WHERE chapter_id = ? ORDER BY order_key, id", chapter);
    while (rows.Step()) {
      const Id id = rows.GetId(0);
      view::Block block{.key = ToString(id), .level = static_cast<int>(rows.Int(2)), .revision = rows.Int(5)};
      block.entities = {{"block", id}};
      if (rows.View(1) == "quote") {
        FillQuote(reading, rows.MaybeId(4), block);
        ++quotes;
        withheld += block.state == view::State::kSuppressed;
        gone += block.state == view::State::kStale;
      } else {
        block.kind = rows.View(1) == "heading" ? view::Block::Kind::kHeading : view::Block::Kind::kParagraph;
        block.text = Verbatim(rows.Text(3));
        block.edit = view::Edit{"themes.edit-block", {{"block", id}, {"revision", rows.Int(5)}}, "text", ParameterType::kProse, {}};
      }
      block.actions = {{Say("Move up"), "themes.move-block", {{"block", id}, {"to", std::string("up")}}},
                       {Say("Move down"), "themes.move-block", {{"block", id}, {"to", std::string("down")}}},
                       {Say("Add a paragraph below"), "themes.add-block", {{"chapter", chapter}, {"after", id}, {"kind", std::string("paragraph")}}},
                       {Say("Add a heading below"), "themes.add-block", {{"chapter", chapter}, {"after", id}, {"kind", std::string("heading")}}},
                       {Say("Delete"), "themes.delete-block", {{"block", id}}}};
      prose.blocks.push_back(std::move(block));
    }
    auto title = reading.Query("SELECT title FROM chapter WHERE id = ?", chapter);
    if (title.Step()) model.title = Verbatim(title.Text(0));
    model.body = std::move(prose);
    model.population.facts = {{"quotes", Say("Quotes"), quotes}};
    if (withheld > 0) model.notes.push_back(SayCount("{0} quote is withheld: the speaker does not consent.", "{0} quotes are withheld: their speakers do not consent.", withheld));
    if (gone > 0) model.notes.push_back(SayCount("{0} quote is gone from the study.", "{0} quotes are gone from the study.", gone));
    model.empty = Say("This chapter is empty. Write a paragraph, or put a quote into it.");
    model.actions = {{Say("Add a heading or paragraph"), "themes.add-block", {{"chapter", chapter}}},
                     {Say("Put a quote into a chapter"), "themes.add-quote", {{"chapter", chapter}}}};
    model.drops = {{"quote", "block", "themes.add-quote", "quote", "after"}};
    return model;
  };
  return view;
}

}  // namespace

void RegisterChapterViews(Registry& registry) {
  registry.Add(Chapters());
  registry.Add(Chapter());
}

}  // namespace meerstem::themes
