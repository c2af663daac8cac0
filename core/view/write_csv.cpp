// CSV after RFC 4180: UTF-8 without a mark, CR LF, quotes where needed. The head holds column ids (a matrix's and a
// chart's: their labels, since keys may be ids of the study). Numbers and dates are written for machines, never in the
// language of the reader. A cell without a value holds the name of its state (`n/a`, `unknown`, `not_asked` ...; view::StateName);
// where values carry a state (carried, stale), a column `ID:state` stands beside them, and where cells have further
// counts, a column `ID:NAME` for each. A text that a spreadsheet would take for a formula gets a `'` in front.
#include "core/view/grid.h"

#include <algorithm>

namespace meerstem::view {
namespace {

struct Further {
  bool states = false;
  std::vector<std::string> parts;
};

void Quoted(std::string& out, const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos && (text.empty() || (text.front() != ' ' && text.back() != ' '))) {
    out += text;
    return;
  }
  out += '"';
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t quote = std::min(text.find('"', at), text.size());
    out.append(text, at, quote - at);
    if (quote < text.size()) out += "\"\"";
    at = quote + 1;
  }
  out += '"';
}

bool LooksLikeFormula(const std::string& text) { return !text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos; }

std::string Guarded(const Value& value, const Language& language) {
  std::string text = PlainValue(value, language);
  const bool words = std::holds_alternative<std::string>(value) || std::holds_alternative<Message>(value);
  if (words && LooksLikeFormula(text)) text.insert(0, "'");
  return text;
}

/// The same without a copy where there is nothing to guard.
void AppendGuarded(std::string& out, const Value& value, const Language& language) {
  const auto* text = std::get_if<std::string>(&value);
  if (text && !LooksLikeFormula(*text)) Quoted(out, *text);
  else Quoted(out, Guarded(value, language));
}

/// The short way of a table whose rows have one; empty: they have none.
std::string Streamed(const Table& table, const Language& language, Reading& reading) {
  std::string out;
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    if (i > 0) out += ',';
    Quoted(out, Guarded(table.columns[i].id, language));
  }
  out += "\r\n";
  const bool streamed = table.rows && table.rows->Stream(reading, [&](const std::vector<Rows::Bare>& cells) {
    for (std::size_t i = 0; i < cells.size(); ++i) {
      if (i > 0) out += ',';
      if (cells[i].state != State::kValue) out += StateName(cells[i].state);
      else AppendGuarded(out, cells[i].value, language);
    }
    out += "\r\n";
  });
  return streamed ? out : std::string();
}

}  // namespace

std::string WriteCsv(const Model& model, const Language& language, Reading& reading) {
  if (const auto* table = std::get_if<Table>(&model.body)) {
    if (std::string out = Streamed(*table, language, reading); !out.empty()) return out;
  }
  const Grid grid = MakeGrid(model, language, reading);
  const bool labels = model.kind() == Kind::kMatrix || model.kind() == Kind::kChart;
  // Whether a column needs others beside it is known only after a look at all of it; pulling twice keeps memory small.
  std::vector<Further> further(grid.columns.size());
  grid.Each([&](const std::vector<Cell>& row) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      further[i].states |= row[i].state != State::kValue && HasValue(row[i]);
      for (const auto& [name, value] : row[i].parts) {
        auto& parts = further[i].parts;
        if (std::find(parts.begin(), parts.end(), name) == parts.end()) parts.push_back(name);
      }
    }
  });
  std::string out;
  for (std::size_t i = 0; i < grid.columns.size(); ++i) {
    const std::string label = labels ? language(grid.columns[i].title) : std::string();
    const std::string name = Guarded(label.empty() ? grid.columns[i].id : label, language);
    if (i > 0) out += ',';
    Quoted(out, name);
    if (further[i].states) {
      out += ',';
      Quoted(out, name + ":state");
    }
    for (const auto& part : further[i].parts) {
      out += ',';
      Quoted(out, name + ":" + part);
    }
  }
  out += "\r\n";
  grid.Each([&](const std::vector<Cell>& row) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      const Cell& cell = row[i];
      if (i > 0) out += ',';
      if (HasValue(cell)) Quoted(out, Guarded(cell.value, language));
      else if (cell.state != State::kValue) out += StateName(cell.state);
      if (further[i].states) {
        out += ',';
        if (cell.state != State::kValue) out += StateName(cell.state);
      }
      for (const auto& name : further[i].parts) {
        out += ',';
        const auto part = std::find_if(cell.parts.begin(), cell.parts.end(), [&](const auto& pair) { return pair.first == name; });
        if (part != cell.parts.end() && cell.state != State::kSuppressed) Quoted(out, Guarded(part->second, language));
      }
    }
    out += "\r\n";
  });
  return out;
}

}  // namespace meerstem::view
