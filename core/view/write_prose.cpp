// Prose as Markdown.
#include <sstream>

#include "core/view/html.h"
#include "core/view/markup.h"

namespace meerstem::view {
namespace {

/// Text that Markdown shows as it stands.
std::string Plain(const std::string& text) {
  std::string out;
  bool line_start = true;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool special = std::string_view("\\`*_[]<>#|~^$&@").find(c) != std::string_view::npos;
    const bool list = line_start && (c == '-' || c == '+' || c == '=' || c == ':' || c == '%');
    if (special || list) out += '\\';
    out += c;
    if (line_start && c >= '0' && c <= '9') {
      // "1. " at the start of a line would become a list.
      std::size_t end = i;
      while (end + 1 < text.size() && text[end + 1] >= '0' && text[end + 1] <= '9') out += text[++end];
      i = end;
      if (i + 1 < text.size() && (text[i + 1] == '.' || text[i + 1] == ')')) out += '\\';
    }
    if (c == '\n') line_start = true;
    else if (c != ' ') line_start = false;
  }
  return out;
}

/// Lines with `prefix`; a single line end stays one (two spaces would be lost in editors, a backslash is not).
std::string Lines(const std::string& text, const std::string& prefix) {
  std::string out;
  std::istringstream lines(text);
  std::string line, last;
  bool any = false;
  while (std::getline(lines, line)) {
    const std::string trimmed = Trim(line);
    if (any) out += (trimmed.empty() || last.empty() ? "" : "\\") + std::string("\n");
    out += prefix + trimmed;
    last = trimmed;
    any = true;
  }
  return out;
}

struct MarkdownWriter {
  const Language& language;
  Reading& reading;

  std::string Figure(const Model& model, const std::string& caption) const {
    std::string out = "**" + Plain(caption) + "**\n\n";
    if (const std::string population = PopulationLine(model.population, language); !population.empty()) out += Plain(population) + "\n\n";
    if (const auto* prose = std::get_if<Prose>(&model.body)) return out + Blocks(*prose);
    const Grid grid = MakeGrid(model, language, reading);
    const auto cell = [](std::string text) {
      for (char& c : text) {
        if (c == '\n') c = ' ';
      }
      return Plain(text);
    };
    std::string rule = "|";
    out += "|";
    for (const auto& column : grid.columns) {
      out += " " + cell(language(column.title)) + " |";
      rule += IsNumeric(column.type) ? "---:|" : "---|";
    }
    out += "\n" + rule + "\n";
    grid.Each([&](const std::vector<Cell>& row) {
      out += "|";
      for (std::size_t i = 0; i < row.size(); ++i) out += " " + cell(ShowCell(row[i], grid.columns[i].type, language)) + " |";
      out += "\n";
    });
    out += "\n";
    for (const auto& note : model.notes) out += Plain(language(note)) + "\n\n";
    return out;
  }

  /// Our markup is nearly Markdown's own; footnotes stand together at the end.
  std::string Marked(const std::vector<Inline>& inlines, const Numbering& numbering, std::vector<std::string>& footnotes) const {
    std::string out;
    for (const auto& each : inlines) {
      switch (each.kind) {
        case Inline::Kind::kText: out += Plain(each.text); break;
        case Inline::Kind::kReference: out += Plain(numbering.Refer(each.text)); break;
        case Inline::Kind::kEmphasis: out += "*" + Marked(each.inside, numbering, footnotes) + "*"; break;
        case Inline::Kind::kStrong: out += "**" + Marked(each.inside, numbering, footnotes) + "**"; break;
        case Inline::Kind::kNote:
          footnotes.push_back(Marked(each.inside, numbering, footnotes));
          out += "[^" + std::to_string(footnotes.size()) + "]";
      }
    }
    return out;
  }

  std::string Blocks(const Prose& prose) const {
    std::string out;
    const Numbering numbering(prose, language);
    std::vector<std::string> footnotes;
    for (const auto& block : prose.blocks) {
      const std::string words = block.state == State::kSuppressed ? std::string() : Trim(language(block.text));
      const bool figure = block.kind == Block::Kind::kFigure || block.kind == Block::Kind::kTable;
      const std::string text = figure ? std::string() : block.marked_up ? Marked(ReadMarkup(words), numbering, footnotes) : Plain(words);
      if (block.kind == Block::Kind::kHeading) {
        std::string line = text;
        for (char& c : line) {
          if (c == '\n') c = ' ';
        }
        out += std::string(static_cast<std::size_t>(std::min(std::max(block.level, 1), 6)), '#') + " " + line + "\n\n";
      } else if (block.kind == Block::Kind::kQuote) {
        if (!text.empty()) out += Lines(text, "> ") + "\n";
        if (!block.reference.empty()) out += (text.empty() ? "> — " : ">\n> — ") + Plain(language(block.reference)) + "\n";
        out += "\n";
      } else if (!text.empty()) {
        out += Lines(text, "") + "\n\n";
      }
      if (block.figure) out += Figure(*block.figure, figure ? numbering.Caption(block) : language(block.figure->title));
      if (block.state != State::kValue || !block.why.empty()) {
        const Message state = StateLabel(block.state);
        out += "*\\[" + Plain(language(block.why.empty() ? state : state.empty() ? block.why : Say("{0}: {1}", state, block.why))) + "\\]*\n\n";
      }
    }
    for (std::size_t i = 0; i < footnotes.size(); ++i) out += "[^" + std::to_string(i + 1) + "]: " + footnotes[i] + "\n\n";
    return out;
  }
};

}  // namespace

std::string WriteMarkdown(const Model& model, const Language& language, Reading& reading) {
  const MarkdownWriter writer{language, reading};
  std::string out;
  if (!HtmlWriter(language, reading).OpensWithTitle(model)) out += "# " + Plain(language(model.title)) + "\n\n";
  if (const std::string population = PopulationLine(model.population, language); !population.empty()) out += Plain(population) + "\n\n";
  out += writer.Blocks(std::get<Prose>(model.body));
  for (const auto& note : model.notes) out += Plain(language(note)) + "\n\n";
  while (out.size() > 1 && out.ends_with("\n\n")) out.pop_back();
  return out;
}

}  // namespace meerstem::view
