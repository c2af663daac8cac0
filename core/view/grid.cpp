#include "core/view/grid.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace meerstem::view {
namespace {

constexpr std::size_t kPage = 1000;

Cell Words(std::string text) {
  Cell cell;
  if (text.empty()) cell.value = std::monostate();
  else cell.value = std::move(text);
  return cell;
}
Cell Words(const Message& message) {
  Cell cell;
  if (!message.empty()) cell.value = message;
  return cell;
}

Grid Kept(std::vector<Column> columns, std::vector<std::vector<Cell>> rows, bool row_heads) {
  Grid grid{.columns = std::move(columns), .row_heads = row_heads};
  grid.count = rows.size();
  grid.page = [rows = std::move(rows)](std::size_t first, std::size_t count) {
    const std::size_t start = std::min(first, rows.size());
    const std::size_t end = std::min(rows.size(), start + count);
    return std::vector<std::vector<Cell>>(rows.begin() + static_cast<std::ptrdiff_t>(start), rows.begin() + static_cast<std::ptrdiff_t>(end));
  };
  return grid;
}

Message LabelOf(const Heading& heading) { return heading.note.empty() ? heading.label : Say("{0} ({1})", heading.label, heading.note); }

struct Layout {
  const Language& language;
  Reading& reading;

  Grid operator()(const Table& table) const { return MakeGrid(table, reading); }

  Grid operator()(const Matrix& matrix) const {
    std::vector<Column> columns{{"row", matrix.row_title}};
    for (std::size_t i = 0; i < matrix.columns.size(); ++i) {
      columns.push_back({matrix.columns[i].key, LabelOf(matrix.columns[i]), TypeOf(matrix.cells, i)});
    }
    const bool totals = !matrix.row_totals.empty();
    if (totals) columns.push_back({"total", Say("Total"), TypeOf({matrix.row_totals}, 0)});
    std::vector<std::vector<Cell>> rows;
    for (std::size_t i = 0; i < matrix.rows.size(); ++i) {
      auto& row = rows.emplace_back();
      row.push_back(HeadCell(matrix.rows[i]));
      if (i < matrix.cells.size()) row.insert(row.end(), matrix.cells[i].begin(), matrix.cells[i].end());
      row.resize(matrix.columns.size() + 1);
      if (totals) row.push_back(i < matrix.row_totals.size() ? matrix.row_totals[i] : Cell{});
    }
    if (!matrix.column_totals.empty()) {
      auto& row = rows.emplace_back();
      row.push_back(Words(Say("Total")));
      row.insert(row.end(), matrix.column_totals.begin(), matrix.column_totals.end());
      row.resize(matrix.columns.size() + 1);
      if (totals) row.push_back(matrix.total.value_or(Cell{}));
    }
    return Kept(std::move(columns), std::move(rows), true);
  }

  Grid operator()(const Chart& chart) const {
    std::vector<Column> columns{{"category", chart.category_title}};
    const bool grouped = std::any_of(chart.categories.begin(), chart.categories.end(), [](const Heading& h) { return !h.group.empty(); });
    if (grouped) columns.push_back({"group", chart.group_title});
    for (std::size_t i = 0; i < chart.series.size(); ++i) columns.push_back({chart.series[i].key, LabelOf(chart.series[i]), TypeOf(chart.cells, i)});
    std::vector<std::vector<Cell>> rows;
    for (std::size_t i = 0; i < chart.categories.size(); ++i) {
      auto& row = rows.emplace_back();
      row.push_back(HeadCell(chart.categories[i]));
      if (grouped) row.push_back(Words(chart.categories[i].group));
      if (i < chart.cells.size()) row.insert(row.end(), chart.cells[i].begin(), chart.cells[i].end());
      row.resize(columns.size());
    }
    return Kept(std::move(columns), std::move(rows), true);
  }

  Grid operator()(const Tree& tree) const {
    std::vector<Column> columns{{"key", Say("Key")}, {"parent", Say("Parent")}, {"label", tree.label_title}};
    columns.insert(columns.end(), tree.columns.begin(), tree.columns.end());
    std::vector<std::vector<Cell>> rows;
    for (const auto& node : tree.nodes) {
      std::vector<Cell> row{Words(node.key), Words(node.parent), Words(node.label)};
      row.insert(row.end(), node.cells.begin(), node.cells.end());
      row.resize(columns.size());
      rows.push_back(std::move(row));
    }
    return Kept(std::move(columns), std::move(rows), false);
  }

  Grid operator()(const CodedText& text) const {
    std::vector<Column> columns{{"start", Say("Start"), ColumnType::kInteger}, {"end", Say("End"), ColumnType::kInteger},
                                {"speaker", Say("Speaker")}, {"stakeholder", Say("Stakeholder type")}, {"text", Say("Text")},
                                {"codes", Say("Codes")}, {"notes", Say("Memos")}};
    std::vector<std::vector<Cell>> rows;
    for (const auto& stretch : StretchesOf(text, language)) {
      if (stretch.label) continue;
      std::string codes, notes;
      for (const auto& code : stretch.codes) codes += (codes.empty() ? "" : "; ") + code;
      for (const auto& note : stretch.notes) notes += (notes.empty() ? "" : "; ") + note;
      Cell start, end;
      start.value = stretch.range.start;
      end.value = stretch.range.end;
      rows.push_back({start, end, Words(stretch.speaker), Words(stretch.stakeholder), Words(stretch.text), Words(codes), Words(notes)});
    }
    return Kept(std::move(columns), std::move(rows), false);
  }

  Grid operator()(const Prose& prose) const {
    std::vector<Column> columns{{"kind", Say("Kind")}, {"level", Say("Level"), ColumnType::kInteger}, {"text", Say("Text")},
                                {"reference", Say("Reference")}, {"state", Say("State")}};
    std::vector<std::vector<Cell>> rows;
    static constexpr const char* kKinds[] = {"heading", "paragraph", "quote", "figure", "table"};
    for (const auto& block : prose.blocks) {
      Cell level, state;
      if (block.kind == Block::Kind::kHeading) level.value = std::int64_t{block.level};
      if (block.state != State::kValue) state.value = std::string(StateName(block.state));
      state.why = block.why;
      rows.push_back({Words(kKinds[static_cast<int>(block.kind)]), level, block.state == State::kSuppressed ? Cell{.state = State::kSuppressed} : Words(block.text),
                      Words(block.reference), state});
    }
    return Kept(std::move(columns), std::move(rows), false);
  }

  Grid operator()(const Form& form) const {
    std::vector<Column> columns{{"section", Say("Section")}, {"field", Say("Field")}, {"label", Say("Label")},
                                {"value", Say("Value")},     {"error", Say("Error")}, {"remark", Say("Remark")}};
    std::vector<std::vector<Cell>> rows;
    for (const auto& field : form.fields) {
      const auto section = std::find_if(form.sections.begin(), form.sections.end(), [&](const Section& s) { return s.key == field.section; });
      rows.push_back({section == form.sections.end() ? Words(field.section) : Words(section->label), Words(field.key), Words(field.label), field.value,
                      Words(field.error), Words(field.remark_text)});
    }
    return Kept(std::move(columns), std::move(rows), false);
  }

  Cell HeadCell(const Heading& heading) const {
    Cell cell = Words(LabelOf(heading));
    cell.colour = heading.colour;
    cell.glyph = heading.glyph;
    return cell;
  }
};

}  // namespace

void Grid::Each(const std::function<void(const std::vector<Cell>&)>& visit) const {
  for (std::size_t first = 0; first < count;) {
    auto rows = page(first, std::min(kPage, count - first));
    if (rows.empty()) break;  // Fewer than were counted: someone deleted them meanwhile.
    for (auto& row : rows) {
      row.resize(columns.size());
      visit(row);
    }
    first += rows.size();
  }
}

Grid MakeGrid(const Table& table, Reading& reading) {
  Grid grid{.columns = table.columns};
  if (!table.rows) return grid;
  grid.count = table.rows->Count();
  grid.page = [rows = table.rows, &source = reading](std::size_t first, std::size_t count) {
    std::vector<std::vector<Cell>> page;
    for (auto& row : rows->Page(source, first, count)) page.push_back(std::move(row.cells));
    return page;
  };
  return grid;
}

Grid MakeGrid(const Model& model, const Language& language, Reading& reading) { return std::visit(Layout{language, reading}, model.body); }

bool HasValue(const Cell& cell) {
  if (cell.state == State::kSuppressed || std::holds_alternative<std::monostate>(cell.value)) return false;
  if (const auto* text = std::get_if<std::string>(&cell.value)) return !text->empty();
  if (const auto* message = std::get_if<Message>(&cell.value)) return !message->empty();
  if (const auto* real = std::get_if<double>(&cell.value)) return std::isfinite(*real);
  return true;
}

std::string ShowCell(const Cell& cell, ColumnType type, const Language& language) {
  if (!HasValue(cell)) {
    if (cell.state == State::kEmpty) return "–";
    return language(StateLabel(cell.state));
  }
  std::string shown;
  if (type == ColumnType::kPercent && std::holds_alternative<double>(cell.value)) shown = language.Number(std::get<double>(cell.value), 1) + " %";
  else if (type == ColumnType::kPercent && std::holds_alternative<std::int64_t>(cell.value)) shown = language.Number(std::get<std::int64_t>(cell.value)) + " %";
  else shown = language.Show(cell.value);
  if (cell.state != State::kValue) shown = language(Say("{0} ({1})", shown, StateLabel(cell.state)));
  return shown;
}

std::string PlainValue(const Value& value, const Language& language) {
  if (const auto* whole = std::get_if<std::int64_t>(&value)) return std::to_string(*whole);
  if (const auto* real = std::get_if<double>(&value)) {
    if (!std::isfinite(*real)) return {};
    char buffer[64];
    return std::string(buffer, std::to_chars(buffer, buffer + sizeof buffer, *real).ptr);
  }
  if (const auto* date = std::get_if<Date>(&value)) return ToIso(*date);
  return language.Show(value);
}

bool IsNumeric(ColumnType type) { return type == ColumnType::kInteger || type == ColumnType::kReal || type == ColumnType::kPercent; }

ColumnType TypeOf(const std::vector<std::vector<Cell>>& cells, std::size_t column) {
  bool whole = false, real = false, date = false;
  for (const auto& row : cells) {
    if (column >= row.size()) continue;
    const Value& value = row[column].value;
    if (std::holds_alternative<std::string>(value) || std::holds_alternative<Message>(value)) return ColumnType::kText;
    whole |= std::holds_alternative<std::int64_t>(value);
    real |= std::holds_alternative<double>(value);
    date |= std::holds_alternative<Date>(value);
  }
  if (date) return whole || real ? ColumnType::kText : ColumnType::kDate;
  return real ? ColumnType::kReal : whole ? ColumnType::kInteger : ColumnType::kText;
}

std::string PopulationLine(const Population& population, const Language& language) {
  std::string facts;
  for (const auto& fact : population.facts) {
    // A share with six decimals pretends to a precision that nobody reads; json keeps it whole.
    const auto* real = std::get_if<double>(&fact.value);
    const std::string shown = real && std::abs(*real) >= 1 ? language.Number(std::round(*real * 10) / 10) : language.Show(fact.value);
    facts += (facts.empty() ? "" : "; ") + language(Say("{0}: {1}", fact.label.empty() ? Verbatim(fact.id) : fact.label, shown));
  }
  if (population.description.empty()) return facts;
  return facts.empty() ? language(population.description) : language(Say("{0} ({1})", population.description, facts));
}

std::vector<Message> SaidBelow(const Model& model) {
  std::vector<Message> said;
  const auto* matrix = std::get_if<Matrix>(&model.body);
  const auto* chart = std::get_if<Chart>(&model.body);
  for (const auto& heading : matrix ? matrix->legend : chart ? chart->legend : std::vector<Heading>()) {
    const Message meaning = heading.note.empty() ? heading.label : Say("{0}: {1}", heading.label, heading.note);
    said.push_back(heading.glyph.empty() ? meaning : Say("{0} {1}", heading.glyph, meaning));
  }
  said.insert(said.end(), model.notes.begin(), model.notes.end());
  return said;
}

std::string AlternativeText(const Model& model, const Language& language) {
  if (!model.alternative.empty()) return language(model.alternative);
  if (const auto* matrix = std::get_if<Matrix>(&model.body)) {
    return language(Say("{0}: a matrix of {1} rows and {2} columns; the figures stand in the table of the same name.", model.title,
                        matrix->rows.size(), matrix->columns.size()));
  }
  if (const auto* chart = std::get_if<Chart>(&model.body)) {
    return language(Say("{0}: a chart of {1} categories and {2} series; the figures stand in the table of the same name.", model.title,
                        chart->categories.size(), chart->series.size()));
  }
  return language(model.title);
}

std::string Escape(std::string_view text) {
  std::string out;
  out.reserve(text.size() + text.size() / 16);
  for (const char c : text) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      default:
        if (static_cast<unsigned char>(c) >= 0x20 || c == '\n' || c == '\t') out += c;
    }
  }
  return out;
}

std::vector<Stretch> StretchesOf(const CodedText& text, const Language& language) {
  // Places where a turn's label or words begin or end; between two of them one speaker has the floor.
  struct Part {
    Range range;
    const Turn* turn;
    bool label;
  };
  std::vector<Part> parts;
  for (const auto& turn : text.turns) {
    if (!turn.label.empty()) parts.push_back({turn.label, &turn, true});
    if (!turn.words.empty()) parts.push_back({turn.words, &turn, false});
  }
  std::sort(parts.begin(), parts.end(), [](const Part& a, const Part& b) { return a.range < b.range; });
  std::vector<Stretch> stretches;
  std::size_t part = 0;
  const Part* holder = nullptr;
  bool any = false;
  for (const auto& run : text.runs) {
    while (part < parts.size() && parts[part].range.end <= run.stored.start) ++part;
    const bool replaced = run.role == Run::Role::kReplaced || run.role == Run::Role::kHidden || run.stored.size() <= 0;
    const Text shown(run.text);
    std::int64_t at = run.stored.start;
    // A run that was replaced has other words than the store, so it goes whole to whoever holds its beginning.
    do {
      while (part < parts.size() && parts[part].range.end <= at) ++part;
      const Part* now = part < parts.size() && parts[part].range.Contains(at) ? &parts[part] : nullptr;
      std::int64_t until = run.stored.end;
      if (!replaced) {
        if (now) until = std::min(until, now->range.end);
        else if (part < parts.size()) until = std::min(until, parts[part].range.start);
      }
      if (!any || now != holder) {
        Stretch stretch;
        stretch.range = {at, at};
        stretch.label = (now && now->label) || run.role == Run::Role::kLabel;
        if (now) {
          stretch.speaker = language(now->turn->speaker);
          stretch.stakeholder = language(now->turn->stakeholder);
          stretch.researcher = now->turn->researcher;
        }
        stretches.push_back(std::move(stretch));
        holder = now;
        any = true;
      }
      Stretch& last = stretches.back();
      if (run.role != Run::Role::kHidden) last.text += replaced ? run.text : std::string(shown.Slice({at - run.stored.start, until - run.stored.start}));
      last.range.end = std::max(last.range.end, until);
      at = until;
    } while (at < run.stored.end && !replaced);
  }
  std::erase_if(stretches, [](const Stretch& s) { return s.text.find_first_not_of(" \n\t") == std::string::npos; });
  for (auto& stretch : stretches) {
    const auto trimmed = stretch.text.find_last_not_of(" \n\t");
    stretch.text.resize(trimmed + 1);
    stretch.text.erase(0, stretch.text.find_first_not_of(" \n\t"));
    for (const auto& mark : text.marks) {
      if (!mark.range.Overlaps(stretch.range)) continue;
      std::string code = language(mark.code);
      if (std::find(stretch.codes.begin(), stretch.codes.end(), code) == stretch.codes.end()) stretch.codes.push_back(std::move(code));
    }
    for (const auto& badge : text.badges) {
      if (!badge.range.empty() && stretch.range.Contains(badge.range.start)) stretch.notes.push_back(language(badge.words));
    }
    const auto place = std::partition_point(text.places.begin(), text.places.end(), [&](const PlaceMark& p) { return p.range.start < stretch.range.start; });
    if (place != text.places.end() && stretch.range.Contains(place->range.start)) stretch.place = language(place->label);
  }
  return stretches;
}

}  // namespace meerstem::view
