#include "plugins/triangulation/view_value.h"

#include <charconv>

#include "core/base/error.h"
#include "core/base/language.h"
#include "core/base/text.h"
#include "core/command/parse.h"
#include "core/study/derive.h"
#include "core/study/sources.h"
#include "core/view/writers.h"

namespace meerstem::triangulation {
namespace {

/// As it is stored and compared: never in a language of people.
std::string Plain(const Value& value) {
  char buffer[32];
  if (const auto* whole = std::get_if<std::int64_t>(&value)) return std::to_string(*whole);
  if (const auto* real = std::get_if<double>(&value)) return {buffer, std::to_chars(buffer, buffer + sizeof buffer, *real).ptr};
  if (const auto* date = std::get_if<Date>(&value)) return ToIso(*date);
  return Language::English()->Show(value);
}

std::string Listed(const std::vector<std::string>& keys) {
  std::string all;
  for (std::size_t i = 0; i < keys.size() && i < 12; ++i) all += (i ? ", " : "") + keys[i];
  return keys.size() > 12 ? all + " …" : all;
}

std::size_t PlaceOf(const std::vector<view::Heading>& headings, const std::string& key) {
  for (std::size_t i = 0; i < headings.size(); ++i) {
    if (headings[i].key == key) return i;
  }
  std::vector<std::string> keys;
  for (const auto& heading : headings) keys.push_back(heading.key);
  throw Refuse("The view has no “{0}”; there is {1}.", key, Listed(keys));
}

struct Found {
  view::Cell cell;
  Message row, column;
};

Found In(const view::Table& table, Reading& reading, const std::string& row, const std::string& column) {
  std::vector<std::string> columns;
  std::size_t at = table.columns.size();
  for (std::size_t c = 0; c < table.columns.size(); ++c) {
    columns.push_back(table.columns[c].id);
    if (table.columns[c].id == column) at = c;
  }
  if (at == table.columns.size()) throw Refuse("The view has no “{0}”; there is {1}.", column, Listed(columns));
  const auto take = [&](const view::Row& found) {
    // Where the first cell is the key for machines, the words beside it name the row.
    const bool key_first = found.cells.size() > 1 && std::holds_alternative<std::string>(found.cells.front().value) && std::holds_alternative<Message>(found.cells[1].value);
    const Value& name = found.cells[key_first ? 1 : 0].value;
    const auto* words = std::get_if<Message>(&name);
    return Found{found.cells[at], words ? *words : Verbatim(Plain(name)), table.columns[at].title};
  };
  const std::size_t count = table.rows->Count();
  for (std::size_t i = 0; i < count; ++i) {
    if (table.rows->Key(i) == row) return take(table.rows->Page(reading, i, 1).front());
  }
  std::vector<std::string> keys;
  for (std::size_t first = 0; first < count; first += 500) {
    for (const auto& found : table.rows->Page(reading, first, 500)) {
      if (found.cells.empty()) continue;
      const std::string name = Plain(found.cells.front().value);
      if (name == row) return take(found);
      if (keys.size() < 20) keys.push_back(name);
    }
  }
  throw Refuse("The view has no “{0}”; there is {1}.", row, Listed(keys));
}

Found In(const view::Matrix& matrix, const std::string& row, const std::string& column) {
  const bool total_row = row == "total" && !matrix.column_totals.empty(), total_column = column == "total" && !matrix.row_totals.empty();
  const std::size_t r = total_row ? 0 : PlaceOf(matrix.rows, row), c = total_column ? 0 : PlaceOf(matrix.columns, column);
  Found found{{}, total_row ? Say("Total") : matrix.rows[r].label, total_column ? Say("Total") : matrix.columns[c].label};
  if (total_row && total_column) found.cell = matrix.total.value_or(view::Cell{});
  else found.cell = total_row ? matrix.column_totals[c] : total_column ? matrix.row_totals[r] : matrix.cells[r][c];
  return found;
}

Found In(const view::Chart& chart, const std::string& row, const std::string& column) {
  const std::size_t category = PlaceOf(chart.categories, row), series = PlaceOf(chart.series, column);
  return {chart.cells[category][series], chart.categories[category].label, chart.series[series].label};
}

Message PopulationOf(const view::Population& population) {
  Message all;
  for (const auto& fact : population.facts) {
    Message value = std::holds_alternative<Message>(fact.value) ? std::get<Message>(fact.value) : Message{};
    if (const auto* whole = std::get_if<std::int64_t>(&fact.value)) value = Say("{0}", *whole);
    else if (const auto* real = std::get_if<double>(&fact.value)) value = Say("{0}", *real);
    else if (const auto* text = std::get_if<std::string>(&fact.value)) value = Verbatim(*text);
    else if (const auto* date = std::get_if<Date>(&fact.value)) value = Say("{0}", *date);
    if (value.empty()) continue;
    Message one = Say("{0}: {1}", fact.label, std::move(value));
    all = all.empty() ? std::move(one) : Say("{0}; {1}", std::move(all), std::move(one));
  }
  return all;
}

}  // namespace

std::shared_ptr<const view::Model> Seen(const Registry& registry, Reading& reading, const std::string& id, const std::string& settings, Job& job) {
  const View* view = registry.FindView(id);
  if (!view) throw Refuse("There is no view “{0}”; the plugin that has it may not be loaded.", id);
  const Arguments arguments = ParseArguments(registry, reading, view->parameters, ReadSettings(settings));
  return Keep<view::Model>(reading, "triangulation.seen/" + id + "\n" + settings, [&] {
    view::Model model = view->build(reading, arguments, job);
    model.view = id;
    model.arguments = arguments;
    if (model.title.empty()) model.title = view->label;
    return model;
  });
}

ViewValue ValueOf(const Registry& registry, Reading& reading, const std::string& view, const std::string& settings, const std::string& row, const std::string& column,
                  Job& job) {
  const auto model = Seen(registry, reading, view, settings, job);
  ViewValue value{.what = model->title, .population = PopulationOf(model->population), .target = view::Target{view, model->arguments}};
  if (row.empty() && column.empty()) {
    value.token = HashOf(view::Write(*model, "csv", *Language::English(), reading));
    return value;
  }
  if (row.empty() || column.empty()) throw Refuse("A value of a view needs both its row and its column; the whole view needs neither.");
  Found found;
  if (const auto* table = std::get_if<view::Table>(&model->body)) found = In(*table, reading, row, column);
  else if (const auto* matrix = std::get_if<view::Matrix>(&model->body)) found = In(*matrix, row, column);
  else if (const auto* chart = std::get_if<view::Chart>(&model->body)) found = In(*chart, row, column);
  else throw Refuse("“{0}” is no table, matrix or chart: only those have values.", view);
  value.what = Say("{0}: {1}, {2}", model->title, found.row, found.column);
  value.plain = Plain(found.cell.value);
  value.token = HashOf(std::string(view::StateName(found.cell.state)) + "\n" + value.plain);
  if (found.cell.target) value.target = found.cell.target;
  value.cell = std::move(found.cell);
  return value;
}

const view::Cell* Cells::Of(const view::Row& row, const std::string& column) const {
  for (std::size_t c = 0; c < table_.columns.size() && c < row.cells.size(); ++c) {
    if (table_.columns[c].id == column) return &row.cells[c];
  }
  return nullptr;
}

}  // namespace meerstem::triangulation
