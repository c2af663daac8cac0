// The chapters as one text, with its sources and its quotes behind it.
#include <algorithm>
#include <map>
#include <set>

#include "core/study/quotes.h"
#include "core/study/sources.h"
#include "plugins/themes/chapters.h"
#include "plugins/themes/themes.h"

namespace meerstem::themes {
namespace {

struct Part {
  Id id;
  std::string title;
};

/// The chapters that are asked for, or all, in the order of reading.
std::vector<Part> PartsOf(Reading& reading, const std::vector<Id>& wanted) {
  std::vector<Part> parts;
  auto rows = reading.Query("SELECT id, title FROM chapter ORDER BY order_key, id");
  while (rows.Step()) {
    if (wanted.empty() || std::find(wanted.begin(), wanted.end(), rows.GetId(0)) != wanted.end()) parts.push_back({rows.GetId(0), rows.Text(1)});
  }
  return parts;
}

view::Block Heading(std::string key, Message text, int level) {
  return {.key = std::move(key), .kind = view::Block::Kind::kHeading, .level = level, .text = std::move(text)};
}

view::Block TableBlock(std::string key, Message caption, view::Table table) {
  auto model = std::make_shared<view::Model>();
  model->view = "themes.report";
  model->title = caption;
  model->body = std::move(table);
  view::Block block{.key = std::move(key), .kind = view::Block::Kind::kTable, .text = std::move(caption)};
  block.figure = std::move(model);
  return block;
}

/// The conversations of which something is quoted, as a reader may know them: never a name, a file or a title.
view::Table SourcesTable(const Registry& registry, Reading& reading, const std::set<Id>& sources) {
  std::map<std::string, Message> kinds;
  for (const auto& group : registry.FindDimension("source-kind")->groups(reading).groups) kinds[group.key] = group.label;
  std::vector<view::Row> rows;
  auto all = reading.Query(
      "SELECT source.id, source.kind, type.name, date, source.stakeholder_id FROM source LEFT JOIN stakeholder_type type ON type.id = stakeholder_id ORDER BY date, source.order_key");
  while (all.Step()) {
    if (!sources.contains(all.GetId(0))) continue;
    view::Cell type{.value = all.Text(2)}, date;
    if (all.IsNull(2)) type = {.state = view::State::kEmpty};
    if (const auto day = all.MaybeDate(3)) date = {.value = *day};
    else date.state = view::State::kEmpty;
    rows.push_back({ToString(all.GetId(0)), {{.value = static_cast<std::int64_t>(rows.size() + 1)}, {.value = kinds[all.Text(1)]}, std::move(type), std::move(date)}, {{"source", all.GetId(0)}}, {}});
  }
  return {{{"number", Say("No."), view::ColumnType::kInteger}, {"kind", Say("Kind")}, {"stakeholder", Say("Stakeholder")}, {"date", Say("Date"), view::ColumnType::kDate}},
          view::MakeRows(std::move(rows))};
}

View Report(const Registry& registry) {
  View view{.id = "themes.report", .kind = view::Kind::kProse, .label = Say("Report"), .help = Say("The chapters in their order as one text, with a list of sources and of quotes behind it.")};
  view.parameters = {{.name = "title", .label = Say("Title")},
                     {.name = "chapter", .type = ParameterType::kEntity, .label = Say("Chapter"), .help = Say("Left out: all chapters."), .list = true, .entity_kind = "chapter"},
                     {.name = "appendices", .type = ParameterType::kBoolean, .label = Say("Lists of sources and quotes"), .fallback = "yes"},
                     HouseStyleParameter()};
  view.build = [&whole = registry.whole()](Reading& reading, const Arguments& arguments, Job& job) {
    view::Prose prose;
    std::set<Id> sources;
    std::vector<view::Row> quotes;
    const auto parts = PartsOf(reading, arguments.Entities("chapter"));
    for (const auto& part : parts) {
      job.Progress(static_cast<double>(&part - parts.data()) / static_cast<double>(parts.size()));
      const auto blocks = BlocksOf(reading, part.id);
      const bool own_title = !blocks.empty() && blocks.front().kind == "heading" && blocks.front().text == part.title;
      if (!own_title) prose.blocks.push_back(Heading(ToString(part.id), Verbatim(part.title), 1));
      for (const auto& stored : blocks) {
        view::Block block = ShowBlock(whole, reading, stored, job);
        // Below the chapter's own title.
        if (!own_title && block.kind == view::Block::Kind::kHeading) ++block.level;
        if (stored.kind == "quote" && stored.quote && block.state != view::State::kSuppressed) {
          sources.insert(SpanOf(reading, *stored.quote).source);
          quotes.push_back({block.key, {{.value = static_cast<std::int64_t>(quotes.size() + 1)}, {.value = block.reference}, {.value = part.title}, {.value = block.text}}, block.entities, block.target});
        }
        prose.blocks.push_back(std::move(block));
      }
    }
    const auto quoted = static_cast<std::int64_t>(quotes.size()), heard = static_cast<std::int64_t>(sources.size());
    if (arguments.Flag("appendices") && !quotes.empty()) {
      prose.blocks.push_back(Heading("sources", Say("Sources"), 1));
      prose.blocks.push_back(TableBlock("sources-table", Say("Conversations that are quoted"), SourcesTable(whole, reading, sources)));
      prose.blocks.push_back(Heading("quotes", Say("Quotes"), 1));
      prose.blocks.push_back(TableBlock("quotes-table", Say("Quotes in the order of the text"),
                                        {{{"number", Say("No."), view::ColumnType::kInteger}, {"reference", Say("Who")}, {"chapter", Say("Chapter")}, {"text", Say("Words")}}, view::MakeRows(std::move(quotes))}));
    }
    view::Model model;
    if (!arguments.Text("title").empty()) model.title = Verbatim(arguments.Text("title"));
    model.population.facts = {{"chapters", Say("Chapters"), static_cast<std::int64_t>(parts.size())}, {"quotes", Say("Quotes"), quoted}, {"conversations", Say("Conversations quoted"), heard}};
    model.house_style = arguments.Text("house-style");
    model.body = std::move(prose);
    model.empty = Say("There is no chapter yet. A chapter is prose carried by live quotes.");
    model.actions = {{Say("New chapter"), "themes.add-chapter", {}}};
    return model;
  };
  return view;
}

}  // namespace

void RegisterReport(Registry& registry) { registry.Add(Report(registry)); }

}  // namespace meerstem::themes
