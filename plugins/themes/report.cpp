// The chapters as one text, with its sources and its quotes behind it.
#include <algorithm>
#include <map>

#include "core/base/text.h"
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

/// A quote of the text, where its words stand, and the heading above it.
struct Quoted {
  view::Block block;
  SourceSpan span;
  Message heading;
};

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

/// The conversations of which something is quoted, numbered by date.
std::map<Id, std::int64_t> NumberSources(Reading& reading, const std::vector<Quoted>& quotes) {
  std::map<Id, std::int64_t> numbers;
  for (const auto& quote : quotes) numbers[quote.span.source] = 0;
  std::int64_t last = 0;
  auto all = reading.Query("SELECT id FROM source ORDER BY date, order_key, id");
  while (all.Step()) {
    if (const auto found = numbers.find(all.GetId(0)); found != numbers.end()) found->second = ++last;
  }
  return numbers;
}

/// The first words of a quote: enough to find it by.
Message Beginning(const Message& words) {
  constexpr std::int64_t kMost = 60;
  const std::string* own = words.id == "{0}" ? std::get_if<std::string>(&words.arguments.front()) : nullptr;
  if (!own) return words;
  const Text text(*own);
  if (text.size() <= kMost) return words;
  const std::string cut(text.Slice({0, kMost}));
  return Verbatim(cut.substr(0, cut.rfind(' ')) + " …");
}

/// The quotes in the order of the text: who, below which heading, and where in the conversation.
view::Table QuotesTable(Reading& reading, const std::vector<Quoted>& quotes, const std::map<Id, std::int64_t>& numbers) {
  std::map<Id, std::vector<StoredTurn>> turns;
  for (const auto& [source, number] : numbers) turns[source] = TurnsOf(reading, source);
  std::vector<view::Row> rows;
  for (const auto& quote : quotes) {
    std::int64_t turn = 0;
    for (const auto& each : turns[quote.span.source]) turn += each.words.start <= quote.span.range.start;
    view::Cell place{.value = turn};
    if (turn == 0) place = {.state = view::State::kEmpty};
    rows.push_back({quote.block.key,
                    {{.value = static_cast<std::int64_t>(rows.size() + 1)}, {.value = quote.block.reference}, {.value = quote.heading}, {.value = numbers.at(quote.span.source)}, std::move(place), {.value = Beginning(quote.block.text)}},
                    quote.block.entities, quote.block.target});
  }
  return {{{"number", Say("No."), view::ColumnType::kInteger},
           {"reference", Say("Who")},
           {"heading", Say("Below the heading")},
           {"source", Say("Conversation"), view::ColumnType::kInteger},
           {"turn", Say("Turn"), view::ColumnType::kInteger},
           {"text", Say("Words")}},
          view::MakeRows(std::move(rows))};
}

/// The conversations of which something is quoted, as a reader may know them: never a name, a file or a title.
view::Table SourcesTable(const Registry& registry, Reading& reading, const std::map<Id, std::int64_t>& numbers) {
  std::map<std::string, Message> kinds;
  for (const auto& group : registry.FindDimension("source-kind")->groups(reading).groups) kinds[group.key] = group.label;
  std::vector<view::Row> rows(numbers.size());
  auto all = reading.Query(
      "SELECT source.id, source.kind, type.name, date, source.stakeholder_id FROM source LEFT JOIN stakeholder_type type ON type.id = stakeholder_id");
  while (all.Step()) {
    const auto number = numbers.find(all.GetId(0));
    if (number == numbers.end()) continue;
    view::Cell type{.value = all.Text(2)}, date;
    if (all.IsNull(2)) type = {.state = view::State::kEmpty};
    if (const auto day = all.MaybeDate(3)) date = {.value = *day};
    else date.state = view::State::kEmpty;
    rows[static_cast<std::size_t>(number->second - 1)] = {ToString(all.GetId(0)), {{.value = number->second}, {.value = kinds[all.Text(1)]}, std::move(type), std::move(date)}, {{"source", all.GetId(0)}}, {}};
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
    std::vector<Quoted> quotes;
    const auto parts = PartsOf(reading, arguments.Entities("chapter"));
    for (const auto& part : parts) {
      job.Progress(static_cast<double>(&part - parts.data()) / static_cast<double>(parts.size()));
      const auto blocks = BlocksOf(reading, part.id);
      const bool own_title = !blocks.empty() && blocks.front().kind == "heading" && blocks.front().text == part.title;
      Message heading = Verbatim(part.title);
      if (!own_title) prose.blocks.push_back(Heading(ToString(part.id), heading, 1));
      for (const auto& stored : blocks) {
        view::Block block = ShowBlock(whole, reading, stored, job);
        // Below the chapter's own title.
        if (!own_title && block.kind == view::Block::Kind::kHeading) ++block.level;
        if (block.kind == view::Block::Kind::kHeading) heading = block.text;
        if (stored.kind == "quote" && stored.quote && block.state != view::State::kSuppressed) quotes.push_back({block, SpanOf(reading, *stored.quote), heading});
        prose.blocks.push_back(std::move(block));
      }
    }
    const auto numbers = NumberSources(reading, quotes);
    const auto quoted = static_cast<std::int64_t>(quotes.size()), heard = static_cast<std::int64_t>(numbers.size());
    if (arguments.Flag("appendices") && !quotes.empty()) {
      prose.blocks.push_back(Heading("sources", Say("Sources"), 1));
      prose.blocks.push_back(TableBlock("sources-table", Say("Conversations that are quoted"), SourcesTable(whole, reading, numbers)));
      prose.blocks.push_back(Heading("quotes", Say("Quotes"), 1));
      prose.blocks.push_back(TableBlock("quotes-table", Say("Quotes in the order of the text"), QuotesTable(reading, quotes, numbers)));
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
