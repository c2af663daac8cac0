// Text for people at a terminal: columns aligned by the width that characters take there. Long cells are cut with "…"
// here and in no other format: the whole text is one `--format csv` or json away.
#include "core/view/grid.h"

#include <algorithm>
#include <map>

#include "core/view/width.h"
#include "core/view/parts.h"

namespace meerstem::view {
namespace {

constexpr int kWidest = 60;

struct TextWriter {
  const Model& model;
  const Language& language;
  Reading& reading;
  std::string out;

  void Line(const std::string& text) {
    out += text;
    while (!out.empty() && out.back() == ' ') out.pop_back();
    out += '\n';
  }

  void Columns(const Grid& grid, const std::vector<int>& indents = {}) {
    const std::size_t columns = grid.columns.size();
    std::vector<int> widths(columns, 0);
    std::vector<bool> right(columns, false);
    const auto limit = [&](std::size_t i) { return std::max(grid.columns[i].width, kWidest); };
    std::vector<std::string> heads;
    for (std::size_t i = 0; i < columns; ++i) {
      const std::string title = language(grid.columns[i].title);
      heads.push_back(FitWidth(title.empty() ? grid.columns[i].id : title, limit(i)));
      widths[i] = DisplayWidth(heads.back());
      right[i] = IsNumeric(grid.columns[i].type);
    }
    if (grid.row_heads && language(grid.columns[0].title).empty()) heads[0].clear();
    std::size_t row_index = 0;
    const auto shown = [&](const std::vector<Cell>& row, std::size_t i) {
      std::string text = ShowCell(row[i], grid.columns[i].type, language);
      if (!row[i].glyph.empty()) text = row[i].glyph + (text.empty() ? "" : " ") + text;
      for (const auto& [name, value] : PartsShown(row[i])) text += " · " + language(PartLabel(name)) + " " + language.Show(value);
      if (i == 0 && row_index < indents.size()) text.insert(0, static_cast<std::size_t>(indents[row_index]) * 2, ' ');
      return FitWidth(text, limit(i));
    };
    grid.Each([&](const std::vector<Cell>& row) {
      for (std::size_t i = 0; i < columns; ++i) widths[i] = std::max(widths[i], DisplayWidth(shown(row, i)));
      ++row_index;
    });
    const auto write = [&](const std::vector<std::string>& fields) {
      std::string line;
      for (std::size_t i = 0; i < columns; ++i) {
        const std::string padding(static_cast<std::size_t>(std::max(0, widths[i] - DisplayWidth(fields[i]))), ' ');
        if (i > 0) line += "  ";
        line += right[i] ? padding + fields[i] : fields[i] + padding;
      }
      Line(line);
    };
    write(heads);
    std::string rule;
    for (std::size_t i = 0; i < columns; ++i) {
      if (i > 0) rule += "  ";
      for (int n = 0; n < widths[i]; ++n) rule += "─";
    }
    Line(rule);
    row_index = 0;
    grid.Each([&](const std::vector<Cell>& row) {
      std::vector<std::string> fields;
      for (std::size_t i = 0; i < columns; ++i) fields.push_back(shown(row, i));
      write(fields);
      ++row_index;
    });
  }

  void operator()(const Tree& tree) {
    // Keys and parents are for machines; here the indent shows them.
    std::map<std::string, int> depths;
    std::vector<int> indents;
    Grid grid{.columns = {{"label", tree.label_title}}};
    grid.columns.insert(grid.columns.end(), tree.columns.begin(), tree.columns.end());
    grid.count = tree.nodes.size();
    for (const auto& node : tree.nodes) {
      const auto parent = depths.find(node.parent);
      indents.push_back(depths[node.key] = parent == depths.end() ? 0 : parent->second + 1);
    }
    grid.page = [&tree](std::size_t first, std::size_t count) {
      std::vector<std::vector<Cell>> rows;
      for (std::size_t i = first; i < std::min(first + count, tree.nodes.size()); ++i) {
        std::vector<Cell> row{Cell{.value = tree.nodes[i].label}};
        row.insert(row.end(), tree.nodes[i].cells.begin(), tree.nodes[i].cells.end());
        rows.push_back(std::move(row));
      }
      return rows;
    };
    Columns(grid, indents);
  }

  void operator()(const CodedText& text) {
    std::string speaker;
    for (const auto& stretch : StretchesOf(text, language)) {
      if (stretch.label) continue;
      std::string codes;
      for (const auto& code : stretch.codes) codes += (codes.empty() ? "" : "; ") + code;
      std::string head = stretch.speaker;
      if (!stretch.stakeholder.empty()) head = head.empty() ? stretch.stakeholder : language(Say("{0} ({1})", head, stretch.stakeholder));
      if (!stretch.place.empty()) head += (head.empty() ? "" : " · ") + stretch.place;
      if (!head.empty()) Line(head + ":");
      Line(stretch.text);
      if (!codes.empty()) Line("    ▌ " + codes);
      for (const auto& note : stretch.notes) Line("    ✎ " + note);
      Line("");
    }
  }

  void operator()(const Prose& prose) {
    for (const auto& block : prose.blocks) {
      std::string text = block.state == State::kSuppressed ? language(StateLabel(block.state)) : language(block.text);
      if (text.empty() && block.state != State::kValue) text = language(StateLabel(block.state));
      else if (block.state != State::kValue && block.state != State::kSuppressed) text = language(Say("{0} ({1})", text, StateLabel(block.state)));
      switch (block.kind) {
        case Block::Kind::kHeading: {
          Line(text);
          std::string rule;
          for (int n = 0; n < DisplayWidth(text); ++n) rule += block.level <= 1 ? "═" : "─";
          Line(rule);
          break;
        }
        case Block::Kind::kQuote: {
          std::string quoted = "    ";
          for (const char c : text) {
            quoted += c;
            if (c == '\n') quoted += "    ";
          }
          Line(quoted);
          if (!block.reference.empty()) Line("    — " + language(block.reference));
          break;
        }
        default:
          if (!text.empty()) Line(text);
      }
      if (block.figure) out += WriteText(*block.figure, language, reading);
      if (!block.why.empty()) Line("  [" + language(block.why) + "]");
      Line("");
    }
  }

  void operator()(const Form& form) {
    int widest = 0;
    for (const auto& field : form.fields) widest = std::max(widest, std::min(kWidest, DisplayWidth(language(field.label))));
    std::string section;
    for (const auto& field : form.fields) {
      if (field.section != section) {
        section = field.section;
        const auto found = std::find_if(form.sections.begin(), form.sections.end(), [&](const Section& s) { return s.key == section; });
        if (found != form.sections.end()) Line("\n" + language(found->label));
      }
      const std::string label = FitWidth(language(field.label), kWidest);
      std::string value;
      for (const auto& choice : field.choices) {
        const auto* key = std::get_if<std::string>(&field.value.value);
        if (key && *key == choice.key && HasValue(field.value)) {
          Cell named = field.value;
          named.value = choice.label;
          value = ShowCell(named, ColumnType::kText, language);
        }
      }
      if (value.empty()) value = ShowCell(field.value, ColumnType::kText, language);
      Line("  " + label + std::string(static_cast<std::size_t>(widest - DisplayWidth(label)), ' ') + "  " + value);
      if (!field.remark_text.empty()) Line("      » " + language(field.remark_text));
      if (!field.error.empty()) Line("      ! " + language(field.error));
    }
  }

  template <class Body>
  void operator()(const Body&) {
    Columns(MakeGrid(model, language, reading));
  }
};

}  // namespace

std::string WriteText(const Model& model, const Language& language, Reading& reading) {
  TextWriter writer{model, language, reading, {}};
  if (!model.title.empty()) writer.Line(language(model.title));
  const std::string population = PopulationLine(model.population, language);
  if (!population.empty()) writer.Line(population);
  if (!writer.out.empty()) writer.Line("");
  if (IsEmpty(model)) {
    writer.Line(model.empty.empty() ? language(Say("There is nothing here yet.")) : language(model.empty));
    for (const auto& action : model.actions) writer.Line("  " + language(Say("{0}: meerstem-cli STUDY {1}", action.label, action.command)));
  } else {
    std::visit(writer, model.body);
  }
  const auto notes = SaidBelow(model);
  if (!notes.empty()) writer.Line("");
  for (const auto& note : notes) writer.Line(language(note));
  return std::move(writer.out);
}

}  // namespace meerstem::view
