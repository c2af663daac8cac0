#include "core/view/suppress.h"

#include <algorithm>
#include <set>

#include "core/view/page.h"

namespace meerstem::view {
namespace {

bool IsSmall(const Cell& cell, std::int64_t below) {
  const auto n = PeopleIn(cell);
  return n && *n > 0 && *n < below;
}

/// Columns of tables that count people or cases; others count words, places or years.
bool CountsPeople(const Column& column) {
  static const std::set<std::string> counted{"n", "people", "persons", "families", "cases", "missing"};
  return column.type == ColumnType::kInteger && counted.contains(column.id);
}
bool IsShare(const Column& column) { return column.type == ColumnType::kPercent; }

void Suppress(Cell& cell, std::int64_t below) {
  cell = {.state = State::kSuppressed, .why = Say("fewer than {0}", below), .colour = cell.colour};
}

/// Lines of cells of which each adds up to something that stays visible.
using Line = std::vector<Cell*>;

/// One empty cell in a line could be computed from the others: the smallest of those goes too.
bool Complete(const Line& line, std::int64_t below) {
  std::size_t suppressed = 0;
  Cell* smallest = nullptr;
  for (Cell* cell : line) {
    suppressed += cell->state == State::kSuppressed;
    const auto n = cell->state == State::kSuppressed ? std::nullopt : PeopleIn(*cell);
    if (n && *n > 0 && (!smallest || *n < *PeopleIn(*smallest))) smallest = cell;
  }
  if (suppressed != 1 || !smallest) return false;
  Suppress(*smallest, below);
  return true;
}

bool SuppressAll(const std::vector<Cell*>& cells, const std::vector<Line>& lines, std::int64_t below) {
  bool any = false;
  for (Cell* cell : cells) {
    if (!IsSmall(*cell, below)) continue;
    Suppress(*cell, below);
    any = true;
  }
  for (bool more = any; more;) {
    more = false;
    for (const auto& line : lines) more |= Complete(line, below);
  }
  return any;
}

bool SuppressMatrix(Matrix& matrix, std::int64_t below) {
  std::vector<Cell*> all;
  std::vector<Line> lines;
  for (auto& row : matrix.cells) {
    Line line;
    for (auto& cell : row) line.push_back(&cell);
    all.insert(all.end(), line.begin(), line.end());
    if (!matrix.row_totals.empty()) lines.push_back(std::move(line));
  }
  for (std::size_t column = 0; !matrix.column_totals.empty() && column < matrix.columns.size(); ++column) {
    Line line;
    for (auto& row : matrix.cells) line.push_back(&row[column]);
    lines.push_back(std::move(line));
  }
  for (auto* totals : {&matrix.row_totals, &matrix.column_totals}) {
    Line line;
    for (auto& cell : *totals) line.push_back(&cell);
    all.insert(all.end(), line.begin(), line.end());
    if (matrix.total) lines.push_back(std::move(line));
  }
  return SuppressAll(all, lines, below);
}

bool SuppressChart(Chart& chart, std::int64_t below) {
  // The positions and lengths of these kinds are no counts.
  if (chart.kind == ChartKind::kLanes || chart.kind == ChartKind::kTiles) return false;
  std::vector<Cell*> all;
  std::vector<Line> lines;
  for (auto& row : chart.cells) {
    Line line;
    for (auto& cell : row) line.push_back(&cell);
    all.insert(all.end(), line.begin(), line.end());
    lines.push_back(std::move(line));
  }
  return SuppressAll(all, lines, below);
}

bool SuppressTable(Table& table, std::int64_t below, Reading& reading) {
  if (!table.rows || std::none_of(table.columns.begin(), table.columns.end(), CountsPeople)) return false;
  std::vector<Row> rows = table.rows->Page(reading, 0, table.rows->Count());
  std::vector<Cell*> all;
  std::vector<Line> lines;
  for (std::size_t column = 0; column < table.columns.size(); ++column) {
    if (!CountsPeople(table.columns[column])) continue;
    Line line;
    for (auto& row : rows) line.push_back(&row.cells[column]);
    all.insert(all.end(), line.begin(), line.end());
    lines.push_back(std::move(line));
  }
  if (!SuppressAll(all, lines, below)) return false;
  for (auto& row : rows) {
    const bool small = std::any_of(row.cells.begin(), row.cells.end(), [](const Cell& cell) { return cell.state == State::kSuppressed; });
    for (std::size_t column = 0; small && column < table.columns.size(); ++column) {
      if (IsShare(table.columns[column])) Suppress(row.cells[column], below);
    }
  }
  table.rows = MakeRows(std::move(rows));
  return true;
}

/// Of a page: what its filters tell apart, its tables, and the numbers of its findings.
bool SuppressPage(Page& page, std::int64_t below) {
  bool any = Coarsen(page, below);
  for (auto& [title, lines] : page.tables) {
    Line line;
    for (auto& count : lines) line.push_back(&count.value);
    any |= SuppressAll(line, {line}, below);
  }
  for (auto& finding : page.findings) {
    Line numbers;
    for (auto& number : finding.numbers) numbers.push_back(&number.value);
    any |= SuppressAll(numbers, {}, below);
  }
  return any;
}

}  // namespace

std::optional<std::int64_t> PeopleIn(const Cell& cell) {
  for (const char* name : {"people", "cases"}) {
    for (const auto& [part, value] : cell.parts) {
      const auto* n = part == name ? std::get_if<std::int64_t>(&value) : nullptr;
      if (n && *n > 0) return *n;
    }
  }
  const auto* n = std::get_if<std::int64_t>(&cell.value);
  return n ? std::optional(*n) : std::nullopt;
}

std::vector<SmallCell> SmallCells(const Model& model, std::int64_t below, Reading& reading) {
  std::vector<SmallCell> found;
  const auto look = [&](const Cell& cell, Message where, const std::vector<Entity>& entities, const std::optional<Target>& target) {
    if (IsSmall(cell, below)) found.push_back({*PeopleIn(cell), std::move(where), entities, cell.target ? cell.target : target});
  };
  const auto grid = [&](const auto& body, const std::vector<Heading>& rows, const std::vector<Heading>& columns) {
    for (std::size_t i = 0; i < body.cells.size(); ++i) {
      for (std::size_t j = 0; j < body.cells[i].size(); ++j) look(body.cells[i][j], Say("{0} × {1}", rows[i].label, columns[j].label), rows[i].entities, rows[i].target);
    }
  };
  if (const auto* matrix = std::get_if<Matrix>(&model.body)) {
    grid(*matrix, matrix->rows, matrix->columns);
  } else if (const auto* chart = std::get_if<Chart>(&model.body)) {
    if (chart->kind != ChartKind::kLanes && chart->kind != ChartKind::kTiles && chart->kind != ChartKind::kBoxes) grid(*chart, chart->categories, chart->series);
  } else if (const auto* table = std::get_if<Table>(&model.body)) {
    if (!table->rows || std::none_of(table->columns.begin(), table->columns.end(), CountsPeople)) return found;
    for (const auto& row : table->rows->Page(reading, 0, table->rows->Count())) {
      for (std::size_t column = 0; column < table->columns.size(); ++column) {
        const Value& first = row.cells.front().value;
        const auto* words = std::get_if<std::string>(&first);
        const auto* message = std::get_if<Message>(&first);
        const Message name = words ? Verbatim(*words) : message ? *message : Message{};
        if (CountsPeople(table->columns[column])) look(row.cells[column], Say("{0} × {1}", name, table->columns[column].title), row.entities, row.target);
      }
    }
  } else if (const auto* prose = std::get_if<Prose>(&model.body)) {
    for (const auto& block : prose->blocks) {
      if (!block.figure) continue;
      for (auto& small : SmallCells(*block.figure, below, reading)) {
        small.where = Say("{0}: {1}", block.text.empty() ? block.figure->title : block.text, small.where);
        if (!small.target) small.target = block.target;
        found.push_back(std::move(small));
      }
    }
  }
  if (model.page) {
    for (auto& small : SmallClasses(*model.page, below)) found.push_back({small.n, Say("filters: {0}", std::move(small.says)), {}, {}});
    const auto counts = [&](const std::vector<Page::Count>& all, const Message& of) {
      for (const auto& count : all) look(count.value, Say("{0}: {1}", of, count.what), {}, {});
    };
    for (const auto& [title, lines] : model.page->tables) counts(lines, title);
    for (const auto& finding : model.page->findings) counts(finding.numbers, Verbatim(finding.construct));
  }
  return found;
}

void SuppressBelow(Model& model, std::int64_t below, Reading& reading) {
  bool any = false;
  if (auto* matrix = std::get_if<Matrix>(&model.body)) any = SuppressMatrix(*matrix, below);
  else if (auto* chart = std::get_if<Chart>(&model.body)) any = chart->kind != ChartKind::kBoxes && SuppressChart(*chart, below);
  else if (auto* table = std::get_if<Table>(&model.body)) any = SuppressTable(*table, below, reading);
  else if (auto* prose = std::get_if<Prose>(&model.body)) {
    for (auto& block : prose->blocks) {
      if (!block.figure) continue;
      auto figure = std::make_shared<Model>(*block.figure);
      SuppressBelow(*figure, below, reading);
      block.figure = std::move(figure);
    }
  }
  if (model.page) {
    auto page = std::make_shared<Page>(*model.page);
    if (SuppressPage(*page, below)) {
      model.notes.push_back(Say("Whom a quote is about shows only as far as {0} or more people or families share it; counts below {0} are left out.", below));
      model.page = std::move(page);
    }
  }
  if (!any) return;
  model.alternative = {};  // It may tell what the cells do not.
  model.notes.push_back(Say("Counts below {0} are left out, and others from which they could be computed.", below));
}

}  // namespace meerstem::view
