#include "core/study/crossing.h"
#include "core/study/crossing_view.h"
#include "core/study/display.h"
#include "core/study/sources.h"
#include "plugins/triangulation/part.h"

namespace meerstem::triangulation {
namespace {

Parameter RemarksParameter() {
  return {.name = "with-remarks", .type = ParameterType::kBoolean, .label = Say("Registration remarks too"),
          .help = Say("A remark is the registrar's voice about a case, so displays keep it apart.")};
}

/// Statistics by themes: the joint display of METHODS' integration designs, over any two dimensions. Where the columns
/// group cases, a last column shows the voices that are linked to no case: not linked is not silent.
View Display(const Registry& registry) {
  View view{.id = "triangulation.display", .kind = view::Kind::kMatrix, .label = Say("Joint display"),
            .help = Say("Themes against outcomes, or any two groupings: people, conversations and quotes in each cell.")};
  view.parameters = {DimensionParameter(registry, "rows", Say("Rows"), "theme"), DimensionParameter(registry, "columns", Say("Columns"), "outcome"),
                     {.name = "count", .type = ParameterType::kChoice, .label = Say("Count"), .choices = CountChoices(), .fallback = "people"}, RemarksParameter()};
  view.build = [&whole = registry.whole()](Reading& reading, const Arguments& arguments, Job& job) {
    const Dimension& rows = *whole.FindDimension(arguments.Text("rows"));
    const Dimension& columns = *whole.FindDimension(arguments.Text("columns"));
    const Crossing crossing = Cross(reading, rows, columns, {.include_remarks = arguments.Flag("with-remarks"), .count_words = arguments.Text("count") == "words"});
    job.Progress(0.9);
    CrossingLook look{.count = arguments.Text("count"), .not_linked = columns.unit == "case"};
    look.target = [&](const Group* row, const Group* column) -> std::optional<view::Target> {
      view::Target target{"triangulation.behind", {{"rows", rows.id}, {"columns", columns.id}}};
      if (row) target.arguments.Set("row", row->key);
      if (column) target.arguments.Set("column", column->key);
      if (arguments.Flag("with-remarks")) target.arguments.Set("with-remarks", std::int64_t{1});
      return target;
    };
    view::Model model = ShowCrossing(crossing, rows, columns, look);
    std::int64_t linked = 0;
    if (columns.unit == "case") {
      const auto all = Quotes(reading, {.include_remarks = arguments.Flag("with-remarks")});
      for (const auto& quote : all) linked += !quote.cases.empty();
      const auto not_linked = static_cast<std::int64_t>(all.size()) - linked;
      model.population.facts.push_back({"linked", Say("Quotes linked to a case"), linked});
      model.population.facts.push_back({"not_linked", Say("Quotes not linked to a case"), not_linked});
      model.notes.push_back(Say("“Not linked” is not silence: these quotes speak of no case in particular, or nobody has linked them yet."));
    }
    model.empty = Say("There is nothing to lay side by side yet: themes come from coding, outcomes from registrations.");
    model.actions = {{Say("New theme"), "themes.add-theme", {}}};
    return model;
  };
  return view;
}

View Behind(const Registry& registry) {
  View view{.id = "triangulation.behind", .kind = view::Kind::kTable, .label = Say("Behind a cell"), .help = Say("The quotes behind one cell of a joint display.")};
  view.in_navigator = false;
  view.parameters = {DimensionParameter(registry, "rows", Say("Rows"), "theme"), {.name = "row", .label = Say("Row"), .help = Say("The key of the row; empty for all.")},
                     DimensionParameter(registry, "columns", Say("Columns"), "outcome"),
                     {.name = "column", .label = Say("Column"), .help = Say("The key of the column; - for what lies in none; empty for all.")}, RemarksParameter()};
  view.build = [&whole = registry.whole()](Reading& reading, const Arguments& arguments, Job&) {
    const Dimension& rows = *whole.FindDimension(arguments.Text("rows"));
    const Dimension& columns = *whole.FindDimension(arguments.Text("columns"));
    auto quotes = Quotes(reading, {.include_remarks = arguments.Flag("with-remarks")});
    const std::string row_key = arguments.Text("row"), column_key = arguments.Text("column");
    if (!row_key.empty()) quotes = InGroup(reading, rows, row_key, std::move(quotes));
    if (!column_key.empty()) quotes = InGroup(reading, columns, column_key, std::move(quotes));
    std::vector<view::Row> table;
    std::int64_t withheld = 0;
    for (const auto& quote : quotes) {
      if (!MayUse(reading, quote.span, Purpose::kAnalysis)) {
        ++withheld;
        continue;
      }
      std::string cases;
      for (const auto& id : quote.cases) {
        auto code = reading.Query("SELECT code FROM study_case WHERE id = ?", id);
        if (code.Step()) cases += (cases.empty() ? "" : ", ") + code.Text(0);
      }
      view::Row row{.key = ToString(quote.id)};
      row.cells = {{.value = DisplayText(reading, quote.span, Purpose::kAnalysis)}, {.value = Reference(reading, quote.span)}, {.value = GetSource(reading, quote.span.source).title}, {.value = cases}};
      row.entities = {{"quote", quote.id}};
      for (const auto& id : quote.cases) row.entities.push_back({"case", id});
      row.target = view::Target{"coding.document", {{"source", quote.span.source}, {"start", quote.span.range.start}, {"end", quote.span.range.end}}};
      table.push_back(std::move(row));
    }
    view::Model model;
    model.title = Say("Behind: {0} × {1}", row_key.empty() ? rows.label : Verbatim(row_key), column_key.empty() ? columns.label : Verbatim(column_key));
    model.population.facts = {{"quotes", Say("Quotes"), static_cast<std::int64_t>(table.size())}, {"withheld", Say("Left out without consent"), withheld}};
    model.body = view::Table{{{"text", Say("Words"), view::ColumnType::kText, 80}, {"reference", Say("Who")}, {"source", Say("Source")}, {"case", Say("Case")}},
                             view::MakeRows(std::move(table))};
    model.empty = Say("No quote lies in this cell.");
    return model;
  };
  return view;
}

}  // namespace

void Register(Registry& registry) {
  registry.Add(Display(registry));
  registry.Add(Behind(registry));
}

}  // namespace meerstem::triangulation
