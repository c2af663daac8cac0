#include "core/study/crossing.h"
#include "core/study/crossing_view.h"
#include "core/study/display.h"
#include "core/study/quotes.h"
#include "core/study/sources.h"
#include "plugins/themes/part.h"
#include "plugins/themes/themes.h"

namespace meerstem::themes {
namespace {

Parameter RemarksParameter() {
  return {.name = "with-remarks", .type = ParameterType::kBoolean, .label = Say("Registration remarks too"),
          .help = Say("A remark is the registrar's voice about a case, so matrices keep it apart.")};
}

view::Action NewTheme() { return {Say("New theme"), "themes.add-theme", {}}; }

View List(const Registry&) {
  View view{.id = "themes.list", .kind = view::Kind::kTree, .label = Say("Themes"), .help = Say("Every theme with its codes and its evidence.")};
  view.parameters = {RemarksParameter()};
  view.build = [](Reading& reading, const Arguments& arguments, Job&) {
    view::Model model;
    view::Tree tree{.label_title = Say("Theme"),
                    .columns = {{"people", Say("People"), view::ColumnType::kInteger},
                                {"conversations", Say("Conversations"), view::ColumnType::kInteger},
                                {"quotes", Say("Quotes"), view::ColumnType::kInteger},
                                {"description", Say("Description")}}};
    const Dimension themes{"theme", Say("Theme"), "quote", GroupByTheme};
    const Dimension nothing{"", {}, "quote", [](Reading&) { return Grouping{}; }};
    const Crossing crossing = Cross(reading, themes, nothing, {.include_remarks = arguments.Flag("with-remarks")});
    const auto all = Themes(reading);
    for (std::size_t i = 0; i < all.size(); ++i) {
      const Theme& theme = all[i];
      const Crossed& evidence = crossing.row_totals[i];
      view::Node node{.key = ToString(theme.id), .parent = theme.parent ? ToString(*theme.parent) : "", .label = Verbatim(theme.name)};
      node.cells = {{.value = evidence.unnamed > 0 ? std::max<std::int64_t>(evidence.people, 1) : evidence.people, .glyph = evidence.unnamed > 0 ? "≥" : ""}, {.value = evidence.sources}, {.value = evidence.quotes}, {.value = theme.description}};
      node.cells[3].edit = view::Edit{"themes.set-theme", {{"theme", theme.id}}, "description", ParameterType::kProse, {}};
      node.entities = {{"theme", theme.id}};
      node.target = view::Target{"themes.quotes", {{"theme", theme.id}}};
      node.rename = view::Edit{"themes.set-theme", {{"theme", theme.id}}, "name", ParameterType::kText, {}};
      tree.nodes.push_back(std::move(node));
      auto codes = reading.Query(
          "SELECT code_path.id, path, colour FROM theme_code JOIN code_path ON code_path.id = code_id JOIN code ON code.id = code_id WHERE theme_id = ? ORDER BY path",
          theme.id);
      while (codes.Step()) {
        view::Node code{.key = ToString(theme.id) + "/" + ToString(codes.GetId(0)), .parent = ToString(theme.id), .label = Verbatim(codes.Text(1))};
        const auto quotes = static_cast<std::int64_t>(Quotes(reading, {.codes = {codes.GetId(0)}, .include_remarks = arguments.Flag("with-remarks")}).size());
        code.cells = {{.state = view::State::kNotApplicable}, {.state = view::State::kNotApplicable}, {.value = quotes}, {}};
        code.entities = {{"code", codes.GetId(0)}};
        code.colour = codes.Text(2);
        code.target = view::Target{"coding.retrieve", {{"code", codes.GetId(0)}}};
        tree.nodes.push_back(std::move(code));
      }
    }
    model.body = std::move(tree);
    model.drops = {{"code", "theme", "themes.link-code", "code", "theme"},
                   {"quote", "theme", "themes.link-quote", "quote", "theme"},
                   {"theme", "theme", "themes.move-theme", "theme", "parent"}};
    model.actions = {NewTheme()};
    model.empty = Say("There are no themes yet. A theme gathers codes and quotes that say something together.");
    return model;
  };
  return view;
}

View ThemeMatrix(const Registry& registry) {
  View view{.id = "themes.matrix", .kind = view::Kind::kMatrix, .label = Say("Themes by group"), .help = Say("Who speaks about which theme: people and conversations first, then quotes.")};
  view.parameters = {DimensionParameter(registry, "columns", Say("Columns"), "stakeholder"),
                     {.name = "count", .type = ParameterType::kChoice, .label = Say("Count"), .choices = CountChoices(), .fallback = "people"},
                     RemarksParameter()};
  view.build = [&whole = registry.whole()](Reading& reading, const Arguments& arguments, Job&) {
    const Dimension& columns = *whole.FindDimension(arguments.Text("columns"));
    const Dimension themes{"theme", Say("Theme"), "quote", GroupByTheme};
    const QuoteFilter filter{.include_remarks = arguments.Flag("with-remarks"), .count_words = arguments.Text("count") == "words"};
    CrossingLook look{.count = arguments.Text("count")};
    look.target = [&](const Group* row, const Group* column) -> std::optional<view::Target> {
      if (!row) return std::nullopt;
      view::Target target{"themes.quotes", {{"theme", row->entities.front().id}}};
      if (column) {
        target.arguments.Set("dimension", columns.id);
        target.arguments.Set("group", column->key);
      }
      if (arguments.Flag("with-remarks")) target.arguments.Set("with-remarks", std::int64_t{1});
      return target;
    };
    view::Model model = ShowCrossing(Cross(reading, themes, columns, filter), themes, columns, look);
    model.actions = {NewTheme()};
    model.empty = Say("There are no themes yet, so there is nothing to compare.");
    return model;
  };
  return view;
}

View ThemeQuotes(const Registry& registry) {
  View view{.id = "themes.quotes", .kind = view::Kind::kTable, .label = Say("Quotes of a theme"), .help = Say("The quotes that speak for a theme, of everyone or of one group.")};
  view.in_navigator = false;
  view.parameters = {{.name = "theme", .type = ParameterType::kEntity, .label = Say("Theme"), .required = true, .entity_kind = "theme"},
                     DimensionParameter(registry, "dimension", Say("Of the groups"), "stakeholder"),
                     {.name = "group", .label = Say("Group"), .help = Say("The key of one group; - for what lies in none; empty for all.")},
                     {.name = "for", .type = ParameterType::kChoice, .label = Say("Purpose"), .choices = {{"analysis", Say("Analysis")}, {"export", Say("Export")}}, .fallback = "analysis"},
                     RemarksParameter()};
  view.build = [&whole = registry.whole()](Reading& reading, const Arguments& arguments, Job&) {
    const Id theme = *arguments.Entity("theme");
    const Purpose purpose = arguments.Text("for") == "export" ? Purpose::kExport : Purpose::kAnalysis;
    auto quotes = Quotes(reading, {.include_remarks = arguments.Flag("with-remarks")});
    const Dimension one{"", {}, "quote", [&](Reading& r) {
                          Grouping grouping{{Group{.key = "theme"}}, {}};
                          for (const auto& id : QuotesOf(r, theme)) grouping.members.emplace_back(id, 0);
                          return grouping;
                        }};
    quotes = InGroup(reading, one, "theme", std::move(quotes));
    if (const std::string group = arguments.Text("group"); !group.empty()) {
      quotes = InGroup(reading, *whole.FindDimension(arguments.Text("dimension")), group, std::move(quotes));
    }
    std::int64_t withheld = 0;
    std::vector<view::Row> rows;
    for (const auto& quote : quotes) {
      if (!MayUse(reading, quote.span, purpose)) {
        ++withheld;
        continue;
      }
      view::Row row{.key = ToString(quote.id)};
      const Source source = GetSource(reading, quote.span.source);
      row.cells = {{.value = DisplayText(reading, quote.span, purpose)}, {.value = Reference(reading, quote.span)}, {.value = source.title}};
      row.entities = {{"quote", quote.id}};
      row.target = view::Target{"coding.document", {{"source", quote.span.source}, {"start", quote.span.range.start}, {"end", quote.span.range.end}}};
      rows.push_back(std::move(row));
    }
    view::Model model;
    auto row = reading.Query("SELECT name, description FROM theme WHERE id = ?", theme);
    if (row.Step()) {
      model.title = Say("Quotes: {0}", row.Text(0));
      if (!row.View(1).empty()) model.notes.push_back(Verbatim(row.Text(1)));
    }
    if (withheld > 0) model.notes.push_back(SayCount("{0} quote is left out for lack of consent.", "{0} quotes are left out for lack of consent.", withheld));
    model.population.description = Say("Quotes with a code of the theme, or linked to it on their own");
    model.population.facts = {{"quotes", Say("Quotes"), static_cast<std::int64_t>(rows.size())}};
    model.body = view::Table{{{"text", Say("Words"), view::ColumnType::kText, 80}, {"reference", Say("Who")}, {"source", Say("Source")}}, view::MakeRows(std::move(rows))};
    model.empty = Say("No quote speaks for this theme here. Link a code or select words in a text and link them.");
    model.actions = {{Say("Link a code to a theme"), "themes.link-code", {{"theme", theme}}}};
    model.drops = {{"code", "theme", "themes.link-code", "code", "theme"}};
    return model;
  };
  return view;
}

}  // namespace

void RegisterThemeViews(Registry& registry) {
  registry.Add(List(registry));
  registry.Add(ThemeMatrix(registry));
  registry.Add(ThemeQuotes(registry));
}

}  // namespace meerstem::themes
