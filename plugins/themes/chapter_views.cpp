#include "core/base/boundaries.h"
#include "core/base/language.h"
#include "core/study/display.h"
#include "core/study/quotes.h"
#include "plugins/themes/chapters.h"
#include "plugins/themes/part.h"
#include "plugins/themes/themes.h"
#include "plugins/themes/translations.h"

namespace meerstem::themes {
namespace {

/// Of a text that is the same in every language.
std::string Words(const Message& text) { return (*Language::English())(text); }

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

View Chapter(const Registry& registry) {
  View view{.id = "themes.chapter", .kind = view::Kind::kProse, .label = Say("Chapter"), .help = Say("A chapter to write in, its quotes live. Prose takes *emphasis*, **strong words**, [^a footnote] and [@name] for the number of a figure or table.")};
  view.in_navigator = false;
  view.parameters = {ChapterParameter(), TranslationParameter(), HouseStyleParameter()};
  view.build = [&whole = registry.whole()](Reading& reading, const Arguments& arguments, Job& job) {
    const Id chapter = *arguments.Entity("chapter");
    view::Model model;
    view::Prose prose;
    std::int64_t quotes = 0, withheld = 0, stale = 0, prose_words = 0, quoted_words = 0;
    const auto themes = QuotesOfThemes(whole, reading);
    for (const auto& stored : BlocksOf(reading, chapter)) {
      const Id& id = stored.id;
      view::Block block = ShowBlock(whole, reading, stored, job);
      const auto words = static_cast<std::int64_t>(CountWords(stored.kind == "quote" ? Words(block.text) : stored.text));
      (stored.kind == "quote" ? quoted_words : prose_words) += words;
      quotes += stored.kind == "quote";
      withheld += block.state == view::State::kSuppressed;
      stale += block.state == view::State::kStale;
      if (stored.kind == "quote") {
        block.actions = {{Say("Leave words of a quote out"), "themes.shorten-quote", {{"block", id}}}, {Say("Explain a word in a quote"), "themes.explain-word", {{"block", id}}}};
        if (!MarksOf(reading, id).empty()) block.actions.push_back({Say("Show the whole quote"), "themes.whole-quote", {{"block", id}}});
        if (block.state == view::State::kStale && stored.quote) block.actions.push_back({Say("The quote still says what it should"), "themes.accept-quote", {{"block", id}}});
      } else if (stored.kind == "view") {
        block.actions = {{Say("Change a figure or table"), "themes.set-view", {{"block", id}}}};
      } else {
        block.edit = view::Edit{"themes.edit-block", {{"block", id}, {"revision", stored.revision}}, "text", ParameterType::kProse, {}};
      }
      const std::vector<view::Action> always = {{Say("Move up"), "themes.move-block", {{"block", id}, {"to", std::string("up")}}},
                                                {Say("Move down"), "themes.move-block", {{"block", id}, {"to", std::string("down")}}},
                                                {Say("Add a paragraph below"), "themes.add-block", {{"chapter", chapter}, {"after", id}, {"kind", std::string("paragraph")}}},
                                                {Say("Add a heading below"), "themes.add-block", {{"chapter", chapter}, {"after", id}, {"kind", std::string("heading")}}},
                                                {Say("Add a figure or table"), "themes.add-view", {{"chapter", chapter}, {"after", id}}},
                                                {Say("Delete"), "themes.delete-block", {{"block", id}}}};
      block.actions.insert(block.actions.end(), always.begin(), always.end());
      if (block.state == view::State::kValue && stored.quote && stored.theme && themes->Contradicts(*stored.theme, *stored.quote)) {
        auto theme = reading.Query("SELECT name FROM theme WHERE id = ?", *stored.theme);
        if (theme.Step()) block.why = Say("contradicts the theme “{0}”", theme.Text(0));
      }
      auto translated = TranslationOf(reading, stored, block, arguments.Text("translation"));
      prose.blocks.push_back(std::move(block));
      if (translated) prose.blocks.push_back(std::move(*translated));
    }
    auto title = reading.Query("SELECT title FROM chapter WHERE id = ?", chapter);
    if (title.Step()) model.title = Verbatim(title.Text(0));
    model.body = std::move(prose);
    model.population.facts = {{"words", Say("Words of prose"), prose_words}, {"quotes", Say("Quotes"), quotes}, {"quoted_words", Say("Words quoted"), quoted_words}};
    model.house_style = arguments.Text("house-style");
    if (withheld > 0) model.notes.push_back(SayCount("{0} quote is withheld: the speaker does not consent.", "{0} quotes are withheld: their speakers do not consent.", withheld));
    if (stale > 0) model.notes.push_back(SayCount("{0} block rests on something that has changed; it is marked where it stands.", "{0} blocks rest on something that has changed; they are marked where they stand.", stale));
    model.empty = Say("This chapter is empty. Write a paragraph, or put a quote into it.");
    model.actions = {{Say("Add a heading or paragraph"), "themes.add-block", {{"chapter", chapter}}},
                     {Say("Put a quote into a chapter"), "themes.add-quote", {{"chapter", chapter}}}};
    model.drops = {{"quote", "block", "themes.add-quote", "quote", "after"}, {"span", "block", "themes.add-quote", "span", "after"}};
    return model;
  };
  return view;
}

}  // namespace

void RegisterChapterViews(Registry& registry) {
  registry.Add(Chapters());
  registry.Add(Chapter(registry));
  RegisterReport(registry);
  RegisterBalance(registry);
}

}  // namespace meerstem::themes
