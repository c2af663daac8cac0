#include "plugins/themes/part.h"

#include "plugins/themes/logic.h"
#include "plugins/themes/signals.h"
#include "plugins/themes/themes.h"
#include "themes_migrations.h"

namespace meerstem::themes {
namespace {

EntityKind ThemeKind() {
  EntityKind kind{.kind = "theme", .table = "theme", .label = Say("theme")};
  kind.name = [](Reading& reading, const Id& id) -> std::optional<std::string> {
    for (const auto& theme : Themes(reading)) {
      if (theme.id == id) return theme.path;
    }
    return std::nullopt;
  };
  kind.list = [](Reading& reading) {
    std::vector<std::pair<Id, std::string>> all;
    for (const auto& theme : Themes(reading)) all.emplace_back(theme.id, theme.path);
    return all;
  };
  kind.open = [](const Id& id) { return view::Target{"themes.quotes", {{"theme", id}}}; };
  return kind;
}

EntityKind ChapterKind() {
  EntityKind kind{.kind = "chapter", .table = "chapter", .label = Say("chapter")};
  kind.name = [](Reading& reading, const Id& id) -> std::optional<std::string> {
    auto row = reading.Query("SELECT title FROM chapter WHERE id = ?", id);
    if (!row.Step()) return std::nullopt;
    return row.Text(0);
  };
  kind.list = [](Reading& reading) {
    std::vector<std::pair<Id, std::string>> all;
    auto rows = reading.Query("SELECT id, title FROM chapter ORDER BY order_key");
    while (rows.Step()) all.emplace_back(rows.GetId(0), rows.Text(1));
    return all;
  };
  kind.open = [](const Id& id) { return view::Target{"themes.chapter", {{"chapter", id}}}; };
  return kind;
}

/// A block has no name of its own: its place in its chapter names it.
EntityKind BlockKind() {
  EntityKind kind{.kind = "block", .table = "chapter_block", .label = Say("block")};
  kind.list = [](Reading& reading) {
    std::vector<std::pair<Id, std::string>> all;
    auto rows = reading.Query(
        "SELECT block.id, chapter.title || '/' || row_number() OVER (PARTITION BY chapter.id ORDER BY block.order_key, block.id) "
        "FROM chapter_block block JOIN chapter ON chapter.id = chapter_id ORDER BY chapter.order_key, block.order_key, block.id");
    while (rows.Step()) all.emplace_back(rows.GetId(0), rows.Text(1));
    return all;
  };
  kind.name = [list = kind.list](Reading& reading, const Id& id) -> std::optional<std::string> {
    for (auto& [block, name] : list(reading)) {
      if (block == id) return name;
    }
    return std::nullopt;
  };
  return kind;
}

}  // namespace

void Register(Registry& registry) {
  registry.Add(Component{.name = "themes",
                         .migrations = ThemesMigrations(),
                         .tables = {"theme", "theme_code", "theme_quote", "chapter", "chapter_block", "chapter_mark", "theme_query", "theme_against", "frame", "frame_theme", "frame_match",
                                    "topic_guide", "topic", "topic_theme", "guide_use", "case_summary", "case_summary_quote", "person_summary", "person_summary_quote", "quote_translation", "member_check",
                                    "checklist", "checklist_answer", "signal", "signal_quote", "logic_box", "logic_arrow", "logic_theme", "logic_indicator"},
                         .checks = {"SELECT 'theme linked twice to a code' FROM theme_code GROUP BY theme_id, code_id HAVING count(*) > 1",
                                    "SELECT 'theme linked twice to a quote' FROM theme_quote GROUP BY theme_id, quote_id HAVING count(*) > 1",
                                    "SELECT 'signal linked twice to a quote' FROM signal_quote GROUP BY signal_id, quote_id HAVING count(*) > 1",
                                    "SELECT 'two arrows between the same boxes' FROM logic_arrow GROUP BY from_id, to_id HAVING count(*) > 1",
                                    "SELECT 'expected theme below one of another frame: ' || child.name FROM frame_theme child JOIN frame_theme parent ON parent.id = child.parent_id WHERE parent.frame_id <> child.frame_id"}});
  registry.Add(ThemeKind());
  registry.Add(ChapterKind());
  registry.Add(BlockKind());
  registry.Add(ThemeDimension(registry.whole()));
  RegisterThemeCommands(registry);
  RegisterThemeViews(registry);
  RegisterTypeBySite(registry);
  RegisterEvidence(registry);
  RegisterComparison(registry);
  registry.Group(Say("Deductive frame"));
  RegisterFrames(registry);
  registry.Group(Say("Topic guides"));
  RegisterGuides(registry);
  registry.Group(Say("Framework matrix"));
  RegisterFramework(registry);
  RegisterNewCodes(registry);
  registry.Group(Say("Member checks"));
  RegisterMemberChecks(registry);
  registry.Group(Say("Chapters"));
  RegisterTranslations(registry);
  RegisterFindQuote(registry);
  RegisterChapterCommands(registry);
  RegisterChapterViews(registry);
  registry.Group(Say("Reporting checklists"));
  RegisterChecklists(registry);
  registry.Group(Say("Signals"));
  RegisterSignals(registry);
  registry.Group(Say("Logic model"));
  RegisterLogic(registry);
  registry.Add(Workspace{"themes.chapter-beside-quotes",
                         Say("Chapter beside quotes"),
                         {{.view = "themes.chapter", .link = ""}, {.view = "themes.find-quote", .link = "theme"}}});
}

}  // namespace meerstem::themes
