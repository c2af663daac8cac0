// coding.matrix: any dimension against any other, in people, sources, quotes or words.
#include <algorithm>

#include "core/study/crossing.h"
#include "core/study/crossing_view.h"
#include "plugins/coding/shared.h"

namespace meerstem::coding {
namespace {

/// The kinds of sources that are counted. A remark is the registrar's voice about a case, not the voice of the one it
/// is about, and so counts only when it is asked for.
std::vector<std::string> KindsOf(const Arguments& arguments) {
  std::vector<std::string> kinds = arguments.Texts("source-kind");
  if (!kinds.empty() || arguments.Flag("with-remarks")) return kinds;
  for (const auto& choice : SourceKindParameter().choices) {
    if (choice.key != "remark") kinds.push_back(choice.key);
  }
  return kinds;
}

/// Leaves out the rows, or columns, of codes that are not asked for.
void KeepAsked(const std::set<Id>& asked, Crossing& crossing, bool rows) {
  auto& groups = rows ? crossing.rows : crossing.columns;
  for (std::size_t i = groups.size(); i-- > 0;) {
    if (asked.contains(groups[i].entities.front().id)) continue;
    const auto at = static_cast<std::ptrdiff_t>(i);
    groups.erase(groups.begin() + at);
    if (rows) {
      crossing.cells.erase(crossing.cells.begin() + at);
      crossing.row_totals.erase(crossing.row_totals.begin() + at);
      crossing.rows_outside.erase(crossing.rows_outside.begin() + at);
    } else {
      for (auto& line : crossing.cells) line.erase(line.begin() + at);
      crossing.column_totals.erase(crossing.column_totals.begin() + at);
      crossing.heard.erase(crossing.heard.begin() + at);
    }
  }
}

/// Binds one side of a cell to the list of what is behind it: by the list's own filter where it has one, else by --in.
void Bind(const Dimension& dimension, const Group& group, Arguments& arguments) {
  static const std::set<std::string> kFilters{"code", "stakeholder", "site", "source", "case"};
  const bool native = group.entities.size() == 1 && kFilters.contains(group.entities[0].kind) && !arguments.Has(group.entities[0].kind);
  if (native) arguments.Set(group.entities[0].kind, group.entities[0].id);
  else arguments.Add("in", dimension.id + "=" + group.key);
}

view::Model BuildMatrix(const Registry& registry, Reading& reading, const Arguments& arguments, Job& job) {
  const Dimension& rows = *registry.FindDimension(arguments.Text("rows"));
  const Dimension& columns = *registry.FindDimension(arguments.Text("columns"));
  const auto kinds = KindsOf(arguments);
  QuoteFilter filter;
  filter.codes = arguments.Entities("code");
  filter.source_kinds = kinds;
  filter.include_remarks = kinds.empty() || std::find(kinds.begin(), kinds.end(), "remark") != kinds.end();
  filter.count_words = arguments.Text("count") == "words";
  Crossing crossing = Cross(reading, rows, columns, filter);
  job.Progress(0.9);
  if (!filter.codes.empty()) {
    const auto below = WithDescendants(reading, filter.codes);
    const std::set<Id> asked(below.begin(), below.end());
    if (rows.id == "code") KeepAsked(asked, crossing, true);
    if (columns.id == "code") KeepAsked(asked, crossing, false);
  }
  CrossingLook look{.count = arguments.Text("count")};
  look.target = [&](const Group* row, const Group* column) -> std::optional<view::Target> {
    view::Target target{"coding.retrieve", {}};
    for (const auto& code : filter.codes) target.arguments.Add("code", code);
    for (const auto& kind : kinds) target.arguments.Add("source-kind", kind);
    if (row) Bind(rows, *row, target.arguments);
    if (column) Bind(columns, *column, target.arguments);
    return target;
  };
  view::Model model = ShowCrossing(crossing, rows, columns, look);
  std::get<view::Matrix>(model.body).bubbles = arguments.Flag("discs");
  model.population.facts.push_back({"remarks", Say("Registration remarks counted"), filter.include_remarks ? Say("yes") : Say("no")});
  model.empty = Say("One of the two has no groups yet, so that there is nothing to set against each other.");
  model.actions = {{Say("Add a code"), "coding.add-code", {}}};
  return model;
}

}  // namespace

void RegisterMatrix(Registry& registry) {
  View view{.id = "coding.matrix", .kind = view::Kind::kMatrix, .label = Say("Matrix"), .help = Say("Any grouping against any other: in how many people, conversations, quotes or words.")};
  view.key = "Ctrl+Shift+M";
  Parameter rows = DimensionParameter(registry, "rows", Say("Rows"), "code");
  Parameter columns = DimensionParameter(registry, "columns", Say("Columns"), "stakeholder");
  Parameter count{.name = "count", .type = ParameterType::kChoice, .label = Say("Count"), .fallback = "people"};
  count.choices = CountChoices();
  for (Parameter* parameter : {&rows, &columns, &count}) parameter->live = true;
  view.parameters = {rows, columns, count, FilterParameter("code", "code", Say("Code")), SourceKindParameter(),
                     FlagParameter("with-remarks", Say("Registration remarks too")), FlagParameter("discs", Say("As discs"))};
  view.build = [&registry = registry.whole()](Reading& reading, const Arguments& arguments, Job& job) { return BuildMatrix(registry, reading, arguments, job); };
  registry.Add(std::move(view));
}

}  // namespace meerstem::coding
