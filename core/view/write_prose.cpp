// Prose as Markdown, DOCX and ODT. Markdown is written here; the office formats by pandoc, a child process in a private
// folder with limits, from our own HTML: so headings get real heading styles and quotes the style of block quotes.
#include <filesystem>
#include <fstream>
#include <sstream>

#include "core/base/error.h"
#include "core/base/process.h"
#include "core/view/html.h"
#include "core/view/private_folder.h"

namespace meerstem::view {
namespace {

namespace fs = std::filesystem;

void WriteFile(const fs::path& path, const std::string& bytes) {
  std::ofstream file(path, std::ios::binary);
  file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  file.close();
  if (!file) throw Error(ErrorCode::kDisk, Say("A temporary file could not be written; look whether the disk is full."));
}

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

  std::string Figure(const Model& model) const {
    std::string out = "**" + Plain(language(model.title)) + "**\n\n";
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

  std::string Blocks(const Prose& prose) const {
    std::string out;
    for (const auto& block : prose.blocks) {
      const std::string text = block.state == State::kSuppressed ? std::string() : Plain(Trim(language(block.text)));
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
      if (block.figure) out += Figure(*block.figure);
      if (block.state != State::kValue || !block.why.empty()) {
        const Message state = StateLabel(block.state);
        out += "*\\[" + Plain(language(block.why.empty() ? state : state.empty() ? block.why : Say("{0}: {1}", state, block.why))) + "\\]*\n\n";
      }
    }
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

std::string WriteOffice(const Model& model, const std::string& format, const Language& language, Reading& reading) {
  const PrivateFolder folder;
  HtmlWriter writer(language, reading);
  int pictures = 0;
  writer.picture = [&](const Model& figure) {
    // PNG, because pandoc needs another program for SVG.
    const std::string name = "figure-" + std::to_string(++pictures) + ".png";
    WriteFile(folder / name, WritePicture(figure, "png", language));
    return name;
  };
  std::string page = "<!DOCTYPE html>\n<html lang=\"" + language.tag() + "\">\n<head>\n<meta charset=\"utf-8\">\n";
  if (!writer.OpensWithTitle(model)) page += "<title>" + Escape(language(model.title)) + "</title>\n";
  page += "</head>\n<body>\n" + writer.Body(model, 1) + "</body>\n</html>\n";
  WriteFile(folder / "document.html", page);
  const std::string target = "document." + format;
  ProcessLimits limits;
  limits.seconds = 120;
  limits.folder = folder.string();
  const ProcessResult result =
      RunProcess({"pandoc", "--from=html", "--to=" + format, "--metadata=lang:" + language.tag(), "--output=" + target, "document.html"}, {}, limits);
  if (result.missing) throw Refuse("Writing {0} needs pandoc, which is not installed; install Debian's package pandoc, or write md or html.", format);
  if (result.timed_out || result.too_much) throw Refuse("Pandoc took too long or too much for this text as {0}; write md or html instead.", format);
  std::ifstream file(folder / target, std::ios::binary);
  if (!result.ok() || !file) throw Refuse("Pandoc could not write {0}: {1}", format, Trim(result.err.substr(0, 300)));
  std::ostringstream bytes;
  bytes << file.rdbuf();
  return bytes.str();
}

}  // namespace meerstem::view
