#include <cmath>

#include "core/study/crossing.h"
#include "core/study/crossing_view.h"
#include "core/study/display.h"
#include "core/study/sources.h"
#include "plugins/triangulation/common.h"
#include "plugins/triangulation/voices.h"

namespace meerstem::triangulation {
namespace {

Parameter RemarksParameter() {
  return {.name = "with-remarks", .type = ParameterType::kBoolean, .label = Say("Registration remarks too"),
          .help = Say("A remark is the registrar's voice about a case, so displays keep it apart.")};
}

/// What a cell says: the count, its share of the column, or the count with words.
Parameter ShowParameter() {
  return {.name = "show", .type = ParameterType::kChoice, .label = Say("Each cell shows"), .live = true,
          .choices = {{"count", Say("the count")}, {"share", Say("the share of the column")}, {"quotes", Say("the count and a quote")}}, .fallback = "count"};
}

/// Counts become shares of what their column holds; below ten there are counts only.
void ShowShares(view::Matrix& matrix) {
  constexpr std::int64_t kLeastForPercent = 10;
  for (std::size_t c = 0; c < matrix.column_totals.size(); ++c) {
    const auto* total = std::get_if<std::int64_t>(&matrix.column_totals[c].value);
    for (auto& line : matrix.cells) {
      view::Cell& cell = line[c];
      const auto* count = std::get_if<std::int64_t>(&cell.value);
      if (!count || !total || *total == 0) continue;
      if (*total < kLeastForPercent) {
        cell.value = Say("{0} of {1}", *count, *total);
        continue;
      }
      cell.value = Say("{0} % ({1} of {2})", std::round(1000.0 * static_cast<double>(*count) / static_cast<double>(*total)) / 10, *count, *total);
    }
  }
}

/// Beneath each count the first of its quotes that may be shown.
void ShowQuotes(Reading& reading, const Crossing& crossing, Purpose purpose, view::Matrix& matrix) {
  Displaying displaying(reading, purpose);
  for (std::size_t r = 0; r < crossing.rows.size(); ++r) {
    for (std::size_t c = 0; c < crossing.columns.size(); ++c) {
      view::Cell& cell = matrix.cells[r][c];
      const auto* count = std::get_if<std::int64_t>(&cell.value);
      if (!count) continue;
      for (const auto& quote : crossing.cells[r][c].first_quotes) {
        const SourceSpan span = SpanOf(reading, quote);
        if (!MayUse(reading, span, purpose)) continue;
        cell.value = Say("{0}: “{1}” ({2})", *count, Shortened(displaying.Line(span), 160), Reference(reading, span));
        break;
      }
    }
  }
}

/// Statistics by themes: the joint display of METHODS' integration designs, over any two dimensions. Where the columns
/// group cases, a last column shows the voices that are linked to no case: not linked is not silent.
View Display(const Registry& registry) {
  View view{.id = "triangulation.display", .kind = view::Kind::kMatrix, .label = Say("Joint display"),
            .help = Say("Themes against outcomes, or any two groupings: people, conversations and quotes in each cell.")};
  view.parameters = {DimensionParameter(registry, "rows", Say("Rows"), "theme"), DimensionParameter(registry, "columns", Say("Columns"), "outcome"),
                     {.name = "count", .type = ParameterType::kChoice, .label = Say("Count"), .choices = CountChoices(), .fallback = "people"}, ShowParameter(), RemarksParameter(), UseParameter()};
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
    if (arguments.Text("show") == "share") {
      ShowShares(std::get<view::Matrix>(model.body));
      model.notes.push_back(Say("A share is that of the column's total: of everyone or everything heard there, how many in this row."));
    } else if (arguments.Text("show") == "quotes") {
      ShowQuotes(reading, crossing, UseOf(arguments), std::get<view::Matrix>(model.body));
    }
    if (columns.unit == "case") {
      model.population.facts.push_back({"linked", Say("Quotes linked to a case"), crossing.with_case});
      model.population.facts.push_back({"not_linked", Say("Quotes not linked to a case"), crossing.quotes - crossing.with_case});
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

void AddDisplay(Registry& registry) {
  registry.Add(Display(registry));
  registry.Add(Behind(registry));
}

}  // namespace meerstem::triangulation
