// JSON for programs: the shape of every kind is part of the console's contract. A cell is a plain value, or an object
// with value and state (and why, and parts) as soon as there is more to say. Dates are ISO, numbers never localised.
#include "core/view/grid.h"

#include <cmath>

#include <nlohmann/json.hpp>

namespace meerstem::view {
namespace {

using Json = nlohmann::ordered_json;

std::string Dump(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

struct JsonWriter {
  const Language& language;
  Reading& reading;

  Json Of(const Value& value) const {
    if (const auto* whole = std::get_if<std::int64_t>(&value)) return *whole;
    if (const auto* real = std::get_if<double>(&value)) return std::isfinite(*real) ? Json(*real) : Json();
    if (std::holds_alternative<std::monostate>(value)) return nullptr;
    return PlainValue(value, language);
  }

  Json Of(const Cell& cell) const {
    const bool hidden = cell.state == State::kSuppressed;
    Json value = hidden ? Json() : Of(cell.value);
    if (cell.state == State::kValue && cell.why.empty() && cell.parts.empty()) return value;
    Json json{{"value", std::move(value)}, {"state", StateName(cell.state)}};
    if (!cell.why.empty()) json["why"] = language(cell.why);
    if (!cell.parts.empty() && !hidden) {
      Json parts = Json::object();
      for (const auto& [name, part] : cell.parts) parts[name] = Of(part);
      json["parts"] = std::move(parts);
    }
    return json;
  }

  Json Of(const std::vector<Cell>& cells) const {
    Json list = Json::array();
    for (const auto& cell : cells) list.push_back(Of(cell));
    return list;
  }

  static Json Of(const Range& range) { return Json{{"start", range.start}, {"end", range.end}}; }

  static Json Of(const std::vector<Entity>& entities) {
    Json list = Json::array();
    for (const auto& entity : entities) list.push_back({{"kind", entity.kind}, {"id", ToString(entity.id)}});
    return list;
  }

  static const char* TypeName(ColumnType type) {
    switch (type) {
      case ColumnType::kText: return "text";
      case ColumnType::kInteger: return "integer";
      case ColumnType::kReal: return "real";
      case ColumnType::kPercent: return "percent";
      case ColumnType::kDate: return "date";
    }
    return "";
  }

  Json Of(const std::vector<Column>& columns) const {
    Json list = Json::array();
    for (const auto& column : columns) {
      list.push_back({{"id", column.id}, {"title", language(column.title)}, {"type", TypeName(column.type)}});
    }
    return list;
  }

  /// Matrix columns and chart series as columns.
  Json Columns(const std::vector<Heading>& headings, const std::vector<std::vector<Cell>>& cells) const {
    Json list = Json::array();
    for (std::size_t i = 0; i < headings.size(); ++i) {
      list.push_back({{"id", headings[i].key}, {"title", language(headings[i].label)}, {"type", TypeName(TypeOf(cells, i))}});
    }
    return list;
  }

  void Headings(Json& json, const std::string& prefix, const std::vector<Heading>& headings) const {
    Json keys = Json::array(), labels = Json::array(), notes = Json::array(), groups = Json::array();
    bool any_note = false, any_group = false;
    for (const auto& heading : headings) {
      keys.push_back(heading.key);
      labels.push_back(language(heading.label));
      notes.push_back(language(heading.note));
      groups.push_back(language(heading.group));
      any_note |= !heading.note.empty();
      any_group |= !heading.group.empty();
    }
    json[prefix + "_labels"] = std::move(labels);
    json[prefix + "_keys"] = std::move(keys);
    if (any_note) json[prefix + "_notes"] = std::move(notes);
    if (any_group) json[prefix + "_groups"] = std::move(groups);
  }

  void Legend(Json& json, const std::vector<Heading>& legend) const {
    if (legend.empty()) return;
    json["legend"] = Json::array();
    for (const auto& heading : legend) {
      Json item{{"key", heading.key}, {"label", language(heading.label)}, {"colour", heading.colour}, {"glyph", heading.glyph}};
      if (!heading.note.empty()) item["note"] = language(heading.note);
      json["legend"].push_back(std::move(item));
    }
  }

  Json Rows(const std::vector<std::vector<Cell>>& cells) const {
    Json list = Json::array();
    for (const auto& row : cells) list.push_back(Of(row));
    return list;
  }

  void Body(Json& json, const Table& table) const {
    json["columns"] = Of(table.columns);
    json["rows"] = Json::array();
    const Grid grid = MakeGrid(table, reading);
    grid.Each([&](const std::vector<Cell>& row) { json["rows"].push_back(Of(row)); });
  }
  void Body(Json& json, const Matrix& matrix) const {
    json["row_title"] = language(matrix.row_title);
    json["column_title"] = language(matrix.column_title);
    json["columns"] = Columns(matrix.columns, matrix.cells);
    Headings(json, "row", matrix.rows);
    Headings(json, "column", matrix.columns);
    json["rows"] = Rows(matrix.cells);
    if (!matrix.row_totals.empty()) json["row_totals"] = Of(matrix.row_totals);
    if (!matrix.column_totals.empty()) json["column_totals"] = Of(matrix.column_totals);
    if (matrix.total) json["total"] = Of(*matrix.total);
    if (matrix.threshold_after) json["threshold_after"] = *matrix.threshold_after;
    Legend(json, matrix.legend);
  }
  void Body(Json& json, const Chart& chart) const {
    static constexpr const char* kKinds[] = {"bars", "stacked_shares", "lines", "diverging", "slopes", "alluvial", "histogram", "lanes", "tiles", "network", "page", "boxes"};
    static_assert(std::size(kKinds) == static_cast<std::size_t>(ChartKind::kBoxes) + 1);
    json["chart"] = kKinds[static_cast<int>(chart.kind)];
    json["category_title"] = language(chart.category_title);
    json["value_title"] = language(chart.value_title);
    json["columns"] = Columns(chart.series, chart.cells);
    Headings(json, "row", chart.categories);
    Headings(json, "column", chart.series);
    json["rows"] = Rows(chart.cells);
    Legend(json, chart.legend);
    if (!chart.group_title.empty()) json["group_title"] = language(chart.group_title);
    if (chart.aside > 0) json["aside"] = chart.aside;
    if (chart.kind == ChartKind::kDiverging) {
      json["negatives"] = chart.negatives;
      json["positives"] = chart.positives;
      json["neutral"] = chart.neutral_aside ? "aside" : "split";
    }
    if (chart.threshold_after) json["threshold_after"] = *chart.threshold_after;
    if (chart.kind == ChartKind::kNetwork) {
      json["least"] = chart.least;
      json["seed"] = chart.seed;
    }
  }
  void Body(Json& json, const Tree& tree) const {
    json["columns"] = Of(tree.columns);
    json["rows"] = Json::array();
    for (const auto& node : tree.nodes) {
      Json row{{"key", node.key}, {"parent", node.parent}, {"label", language(node.label)}, {"cells", Of(node.cells)}};
      if (!node.colour.empty()) row["colour"] = node.colour;
      if (!node.entities.empty()) row["entities"] = Of(node.entities);
      json["rows"].push_back(std::move(row));
    }
  }
  void Body(Json& json, const CodedText& text) const {
    static constexpr const char* kRoles[] = {"words", "label", "replaced", "hidden"};
    json["source"] = {{"kind", text.source.kind}, {"id", ToString(text.source.id)}};
    Json runs = Json::array(), turns = Json::array(), marks = Json::array();
    for (const auto& run : text.runs) {
      const bool hidden = run.role == Run::Role::kHidden;
      runs.push_back({{"text", hidden ? std::string() : run.text}, {"start", run.stored.start}, {"end", run.stored.end}, {"role", kRoles[static_cast<int>(run.role)]}});
    }
    for (const auto& turn : text.turns) {
      turns.push_back({{"key", turn.key}, {"speaker", language(turn.speaker)}, {"stakeholder", language(turn.stakeholder)},
                       {"researcher", turn.researcher}, {"label", Of(turn.label)}, {"words", Of(turn.words)}, {"entities", Of(turn.entities)}});
    }
    for (const auto& mark : text.marks) {
      marks.push_back({{"key", mark.key}, {"start", mark.range.start}, {"end", mark.range.end}, {"code", language(mark.code)},
                       {"colour", mark.colour}, {"lane", mark.lane}, {"coder", language(mark.coder)}, {"entities", Of(mark.entities)}});
    }
    json["runs"] = std::move(runs);
    json["turns"] = std::move(turns);
    json["marks"] = std::move(marks);
    json["badges"] = Json::array();
    for (const auto& badge : text.badges) {
      json["badges"].push_back({{"key", badge.key}, {"start", badge.range.start}, {"end", badge.range.end}, {"words", language(badge.words)}, {"entities", Of(badge.entities)}});
    }
    json["places"] = Json::array();
    for (const auto& place : text.places) json["places"].push_back({{"start", place.range.start}, {"end", place.range.end}, {"label", language(place.label)}});
  }
  void Body(Json& json, const Prose& prose) const {
    static constexpr const char* kKinds[] = {"heading", "paragraph", "quote", "figure", "table"};
    json["blocks"] = Json::array();
    for (const auto& block : prose.blocks) {
      Json item{{"key", block.key}, {"kind", kKinds[static_cast<int>(block.kind)]}};
      if (block.kind == Block::Kind::kHeading) item["level"] = block.level;
      item["text"] = block.state == State::kSuppressed ? std::string() : language(block.text);
      if (!block.reference.empty()) item["reference"] = language(block.reference);
      item["revision"] = block.revision;
      if (block.state != State::kValue) item["state"] = StateName(block.state);
      if (!block.why.empty()) item["why"] = language(block.why);
      if (!block.entities.empty()) item["entities"] = Of(block.entities);
      if (block.figure) item["figure"] = Whole(*block.figure);
      json["blocks"].push_back(std::move(item));
    }
  }
  void Body(Json& json, const Form& form) const {
    static constexpr const char* kTypes[] = {"text", "prose", "integer", "number", "boolean", "date", "choice", "file",
                                             "folder", "output", "entity", "span", "expression", "rows"};
    Json sections = Json::array(), fields = Json::array();
    for (const auto& section : form.sections) sections.push_back({{"key", section.key}, {"label", language(section.label)}});
    for (const auto& field : form.fields) {
      Json item{{"key", field.key}, {"section", field.section}, {"label", language(field.label)}, {"type", kTypes[static_cast<int>(field.type)]}, {"value", Of(field.value)}};
      if (!field.help.empty()) item["help"] = language(field.help);
      if (!field.choices.empty()) {
        Json choices = Json::array();
        for (const auto& choice : field.choices) choices.push_back({{"key", choice.key}, {"label", language(choice.label)}});
        item["choices"] = std::move(choices);
      }
      if (!field.error.empty()) item["error"] = language(field.error);
      if (!field.remark_text.empty()) item["remark"] = language(field.remark_text);
      if (field.edit) item["command"] = field.edit->command;
      if (!field.entities.empty()) item["entities"] = Of(field.entities);
      fields.push_back(std::move(item));
    }
    json["sections"] = std::move(sections);
    json["fields"] = std::move(fields);
    json["next_unanswered"] = form.next_unanswered.empty() ? Json() : Json(form.next_unanswered);
  }

  Json Head(const Model& model) const {
    Json population = Json::object();
    if (!model.population.description.empty()) population["description"] = language(model.population.description);
    for (const auto& fact : model.population.facts) population[fact.id] = Of(fact.value);
    return {{"view", model.view}, {"title", language(model.title)}, {"kind", KindName(model.kind())}, {"population", std::move(population)}};
  }

  Json Notes(const Model& model) const {
    Json notes = Json::array();
    for (const auto& note : model.notes) notes.push_back(language(note));
    if (IsEmpty(model) && !model.empty.empty()) notes.push_back(language(model.empty));
    return notes;
  }

  Json Whole(const Model& model) const {
    Json json = Head(model);
    std::visit([&](const auto& body) { Body(json, body); }, model.body);
    json["notes"] = Notes(model);
    return json;
  }
};

}  // namespace

std::string WriteJson(const Model& model, const Language& language, Reading& reading) {
  const JsonWriter writer{language, reading};
  const auto* table = std::get_if<Table>(&model.body);
  if (!table) return Dump(writer.Whole(model)) + "\n";
  // A table may be long: its rows go to the text one by one instead of standing in memory as a tree.
  Json head = writer.Head(model);
  head["columns"] = writer.Of(table->columns);
  std::string out = Dump(head);
  out.back() = ',';
  out += "\"rows\":[";
  bool first = true;
  MakeGrid(model, language, reading).Each([&](const std::vector<Cell>& row) {
    if (!first) out += ",\n";
    first = false;
    out += Dump(writer.Of(row));
  });
  out += "],\"notes\":" + Dump(writer.Notes(model)) + "}\n";
  return out;
}

}  // namespace meerstem::view
