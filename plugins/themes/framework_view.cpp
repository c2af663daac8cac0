#include <algorithm>

#include "core/study/display.h"
#include "core/study/quotes.h"
#include "core/study/sources.h"
#include "plugins/themes/part.h"
#include "plugins/themes/summaries.h"

namespace meerstem::themes {
namespace {

View FrameworkMatrix(const Registry& registry) {
  View view{.id = "themes.framework", .kind = view::Kind::kMatrix, .label = Say("Framework matrix"),
            .help = Say("Cases or people by themes: a written summary in each cell, linked to its quotes. F2 writes; opening a cell shows what it rests on.")};
  Parameter themes = ThemeParameter();
  themes.required = false;
  themes.list = true;
  themes.help = Say("Left out: all themes.");
  view.parameters = {{.name = "rows", .type = ParameterType::kChoice, .label = Say("Rows"), .live = true, .choices = {{"case", Say("Cases")}, {"person", Say("People")}}, .fallback = "case"},
                     themes,
                     {.name = "stakeholder", .type = ParameterType::kEntity, .label = Say("Stakeholder type"), .help = Say("Of people; cases have none."), .live = true, .entity_kind = "stakeholder"},
                     {.name = "site", .type = ParameterType::kEntity, .label = Say("Site"), .live = true, .entity_kind = "site"},
                     {.name = "written", .type = ParameterType::kBoolean, .label = Say("Only rows with a summary"), .live = true}};
  view.build = [&whole = registry.whole()](Reading& reading, const Arguments& arguments, Job& job) {
    const FrameworkStudy study(whole, reading, Framework{arguments.Text("rows")});
    const bool people = study.framework().subject == "person";
    const auto type = arguments.Entity("stakeholder"), site = arguments.Entity("site");
    auto columns = Themes(reading);
    if (const auto wanted = arguments.Entities("theme"); !wanted.empty()) {
      std::erase_if(columns, [&](const Theme& theme) { return std::find(wanted.begin(), wanted.end(), theme.id) == wanted.end(); });
    }
    view::Matrix matrix{.row_title = people ? Say("Person") : Say("Case"), .column_title = Say("Theme")};
    for (const auto& theme : columns) {
      matrix.columns.push_back({.key = ToString(theme.id), .label = Verbatim(theme.name), .entities = {{"theme", theme.id}}, .target = view::Target{"themes.quotes", {{"theme", theme.id}}}});
    }
    std::int64_t written = 0, stale = 0, to_write = 0;
    for (const auto& row : study.rows()) {
      job.Progress(static_cast<double>(&row - study.rows().data()) / static_cast<double>(study.rows().size()));
      if (people && type && row.stakeholder != type) continue;
      if (site && row.site != site) continue;
      const bool any = std::any_of(columns.begin(), columns.end(), [&](const Theme& theme) { return study.SummaryOf(theme.id, row.id) != nullptr; });
      if (arguments.Flag("written") && !any) continue;
      matrix.rows.push_back({.key = ToString(row.id), .label = Verbatim(row.name), .entities = {{study.framework().subject, row.id}}, .note = Verbatim(row.group)});
      auto& line = matrix.cells.emplace_back();
      for (const auto& theme : columns) {
        line.push_back(study.CellOf(reading, theme.id, row));
        written += study.SummaryOf(theme.id, row.id) != nullptr;
        stale += line.back().state == view::State::kStale;
        to_write += line.back().state == view::State::kEmpty && !line.back().glyph.empty();
      }
    }
    view::Model model;
    model.population.description = people ? Say("People who were heard and may be analysed") : Say("Cases of which someone was heard, or that someone spoke about");
    model.population.facts = {{"rows", Say("Rows"), static_cast<std::int64_t>(matrix.rows.size())}, {"written", Say("Summaries"), written}, {"stale", Say("Of which a quote changed"), stale}, {"to_write", Say("Cells to write"), to_write}};
    model.notes = SilenceNotes(study.hearing().questions());
    model.notes.push_back(Say("✎ : quotes that are not summarised yet."));
    model.empty = Say("Nobody who was heard is linked to a case yet; set the rows to people, or say of which case a speaker is a member.");
    if (columns.empty()) model.empty = Say("There are no themes yet, so there is nothing to summarise.");
    model.actions = {{Say("New theme"), "themes.add-theme", {}}};
    model.body = std::move(matrix);
    return model;
  };
  return view;
}

/// The quotes of one cell, and which of them its summary rests on.
View SummaryView(const Registry& registry) {
  View view{.id = "themes.summary", .kind = view::Kind::kTable, .label = Say("Behind a summary"), .help = Say("The quotes of one cell of the framework, which of them its summary rests on, and what changed since.")};
  view.in_navigator = false;
  Parameter theme = ThemeParameter();
  theme.required = false;
  view.parameters = {theme,
                     {.name = "case", .type = ParameterType::kEntity, .label = Say("Case"), .entity_kind = "case"},
                     {.name = "person", .type = ParameterType::kEntity, .label = Say("Person"), .entity_kind = "person"}};
  view.build = [&whole = registry.whole()](Reading& reading, const Arguments& arguments, Job&) {
    view::Model model;
    std::vector<view::Row> rows;
    model.empty = Say("Choose a cell of the framework to see what it rests on.");
    if (arguments.Has("theme") && (arguments.Has("case") || arguments.Has("person"))) {
      const auto [framework, who] = Framework::Named(arguments);
      const FrameworkStudy study(whole, reading, framework);
      const Id theme_id = *arguments.Entity("theme");
      const Arguments cell{{"theme", theme_id}, {framework.subject, who}};
      const Summary* summary = study.SummaryOf(theme_id, who);
      // Quotes of the cell first, then what the summary still rests on and is not of the cell any more.
      std::vector<SummaryLink> lines;
      for (const auto& quote : study.QuotesOf(theme_id, who)) lines.push_back({quote, {}});
      std::int64_t withheld = 0, linked = 0;
      if (summary) {
        for (const auto& link : summary->links) {
          const auto line = std::find_if(lines.begin(), lines.end(), [&](const SummaryLink& each) { return link.quote && each.quote == link.quote; });
          if (line == lines.end()) lines.push_back(link);
          else line->seen = link.seen;
        }
      }
      for (const auto& line : lines) {
        const bool rests = !line.seen.IsNil();
        view::Row row{.key = line.quote ? ToString(*line.quote) : "gone" + std::to_string(rows.size())};
        view::Cell words, who_said, state;
        if (line.quote) {
          const SourceSpan span = SpanOf(reading, *line.quote);
          if (!MayUse(reading, span, Purpose::kAnalysis)) {
            ++withheld;
            continue;
          }
          words.value = DisplayText(reading, span, Purpose::kAnalysis);
          who_said.value = Reference(reading, span);
          row.entities = {{"quote", *line.quote}, {"source", span.source}};
          row.target = view::Target{"coding.document", {{"source", span.source}, {"start", span.range.start}, {"end", span.range.end}}};
        } else {
          words.state = view::State::kStale;
        }
        linked += rests;
        if (rests) {
          if (const Message changed = study.Changed(reading, theme_id, who, line); !changed.empty()) state = {.value = changed, .state = view::State::kStale};
        }
        view::Cell resting{.value = rests ? Say("Yes") : Say("No")};
        if (line.quote && summary) {
          Arguments bound = cell;
          bound.Add("quote", *line.quote);
          resting.edit = view::Edit{"themes.rest-summary", bound, "rests", ParameterType::kChoice, {{"yes", Say("Yes")}, {"no", Say("No")}}};
        }
        row.cells = {std::move(words), std::move(who_said), std::move(resting), std::move(state)};
        rows.push_back(std::move(row));
      }
      std::string name;
      if (const auto* row = study.RowOf(who)) name = row->name;
      auto title = reading.Query("SELECT name FROM theme WHERE id = ?", theme_id);
      if (title.Step()) model.title = Say("{0}: {1}", title.Text(0), name);
      model.population.facts = {{"quotes", Say("Quotes"), static_cast<std::int64_t>(rows.size())}, {"linked", Say("The summary rests on"), linked}};
      if (withheld > 0) model.notes.push_back(SayCount("{0} quote is left out for lack of consent.", "{0} quotes are left out for lack of consent.", withheld));
      else if (summary) model.notes.push_back(Verbatim(summary->text));
      model.empty = Say("Nothing was said of this theme here.");
      model.actions = {{Say("Summarise a cell of the framework"), "themes.summarise", cell}};
      if (summary) {
        model.actions.push_back({Say("The summary still says what it should"), "themes.accept-summary", cell});
        model.actions.push_back({Say("Rest the summary on all quotes here"), "themes.rest-summary", cell});
      }
    }
    model.body = view::Table{{{"text", Say("Words"), view::ColumnType::kText, 70}, {"reference", Say("Who")}, {"rests", Say("Summary rests on it")}, {"changed", Say("Changed since"), view::ColumnType::kText, 30}},
                             view::MakeRows(std::move(rows))};
    return model;
  };
  return view;
}

}  // namespace

void RegisterFramework(Registry& registry) {
  RegisterSummaryCommands(registry);
  registry.Add(FrameworkMatrix(registry));
  registry.Add(SummaryView(registry));
  registry.Add(Workspace{"themes.framework-beside-text", Say("Framework beside the text"), {{"themes.framework", ""}, {"themes.summary", "theme,case,person"}, {"coding.document", "source"}}});
}

}  // namespace meerstem::themes
