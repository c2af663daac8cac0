// Prose as DOCX, ODT and PDF, by pandoc and LibreOffice: child processes in a private folder, with limits. Pandoc gets our
// own tree in its JSON, so that headings, quotes, captions, tables and footnotes become real ones with real styles.
#include <filesystem>
#include <fstream>
#include <sstream>

#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/process.h"
#include "core/base/text.h"
#include "core/view/html.h"
#include "core/view/markup.h"
#include "core/view/private_folder.h"

namespace meerstem::view {
namespace {

using Json = nlohmann::json;
namespace fs = std::filesystem;

void WriteFile(const fs::path& path, const std::string& bytes) {
  std::ofstream file(path, std::ios::binary);
  file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  file.close();
  if (!file) throw Error(ErrorCode::kDisk, Say("A temporary file could not be written; look whether the disk is full."));
}

std::string ReadFile(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream bytes;
  bytes << file.rdbuf();
  return bytes.str();
}

/// Runs a program whose name stands first and says in words what went wrong.
void RunWriter(const std::vector<std::string>& argv, const std::string& format, ProcessLimits limits) {
  const ProcessResult result = RunProcess(argv, {}, limits);
  if (result.timed_out || result.too_much) throw Refuse("{0} took too long or too much for this text as {1}; write md or html instead.", argv.front(), format);
  if (!result.ok()) throw Refuse("{0} could not write {1}: {2}", argv.front(), format, Trim(result.err.substr(0, 300)));
}

bool IsThere(const std::string& program) { return !RunProcess({program, "--version"}, {}, {}).missing; }

Json Attributes(const std::string& id = {}) { return Json::array({id, Json::array(), Json::array()}); }
/// A style that a reference document may define.
Json CustomStyle(const std::string& style) { return Json::array({"", Json::array(), Json::array({Json::array({"custom-style", style})})}); }
Json Styled(const std::string& style, Json blocks) { return {{"t", "Div"}, {"c", Json::array({CustomStyle(style), std::move(blocks)})}}; }
Json Para(Json inlines) { return {{"t", "Para"}, {"c", std::move(inlines)}}; }
Json Plain(Json inlines) { return {{"t", "Plain"}, {"c", std::move(inlines)}}; }
Json Wrapped(const char* kind, Json inlines) { return {{"t", kind}, {"c", std::move(inlines)}}; }

/// Text as inlines, a line end as a line break.
Json Words(const std::string& text) {
  Json inlines = Json::array();
  std::istringstream lines(text);
  bool first = true;
  for (std::string line; std::getline(lines, line); first = false) {
    if (!first) inlines.push_back({{"t", "LineBreak"}});
    if (!line.empty()) inlines.push_back({{"t", "Str"}, {"c", line}});
  }
  return inlines;
}

/// Builds pandoc's tree of one text; pictures go as files into `folder`.
class Tree {
 public:
  Tree(const Language& language, Reading& reading, const PrivateFolder& folder) : language_(language), reading_(reading), folder_(folder), vectors_(IsThere("rsvg-convert")) {}

  Json Document(const Model& model) {
    Json meta = {{"lang", {{"t", "MetaString"}, {"c", language_.tag()}}}};
    if (!HtmlWriter(language_, reading_).OpensWithTitle(model)) meta["title"] = {{"t", "MetaInlines"}, {"c", Words(language_(model.title))}};
    Json blocks = Json::array();
    AddPopulation(blocks, model.population);
    AddProse(blocks, std::get<Prose>(model.body));
    for (const auto& note : model.notes) blocks.push_back(Para(Words(language_(note))));
    return {{"pandoc-api-version", {1, 22}}, {"meta", std::move(meta)}, {"blocks", std::move(blocks)}};
  }

 private:
  void AddPopulation(Json& blocks, const Population& population) {
    if (const std::string line = PopulationLine(population, language_); !line.empty()) blocks.push_back(Styled("Population", Json::array({Para(Words(line))})));
  }

  Json Inlines(const std::vector<Inline>& marked, const Numbering& numbering) {
    Json inlines = Json::array();
    const auto add = [&](Json more) { inlines.insert(inlines.end(), more.begin(), more.end()); };
    for (const auto& each : marked) {
      switch (each.kind) {
        case Inline::Kind::kText: add(Words(each.text)); break;
        case Inline::Kind::kReference: add(Words(numbering.Refer(each.text))); break;
        case Inline::Kind::kEmphasis: inlines.push_back(Wrapped("Emph", Inlines(each.inside, numbering))); break;
        case Inline::Kind::kStrong: inlines.push_back(Wrapped("Strong", Inlines(each.inside, numbering))); break;
        case Inline::Kind::kNote: inlines.push_back({{"t", "Note"}, {"c", Json::array({Para(Inlines(each.inside, numbering))})}}); break;
      }
    }
    return inlines;
  }

  /// An empty line parts paragraphs.
  void AddParagraphs(Json& blocks, const std::string& text, bool marked_up, const Numbering& numbering) {
    std::istringstream lines(text);
    std::string paragraph;
    const auto close = [&] {
      if (!Trim(paragraph).empty()) blocks.push_back(Para(marked_up ? Inlines(ReadMarkup(Trim(paragraph)), numbering) : Words(Trim(paragraph))));
      paragraph.clear();
    };
    for (std::string line; std::getline(lines, line);) {
      if (Trim(line).empty()) close();
      else paragraph += line + "\n";
    }
    close();
  }

  void AddProse(Json& blocks, const Prose& prose) {
    const Numbering numbering(prose, language_);
    for (const auto& block : prose.blocks) {
      const std::string text = block.state == State::kSuppressed ? std::string() : language_(block.text);
      switch (block.kind) {
        case Block::Kind::kHeading:
          blocks.push_back({{"t", "Header"}, {"c", Json::array({std::clamp(block.level, 1, 6), Attributes(), block.marked_up ? Inlines(ReadMarkup(text), numbering) : Words(text)})}});
          break;
        case Block::Kind::kQuote: {
          Json inside = Json::array();
          AddParagraphs(inside, text, false, numbering);
          if (!block.reference.empty()) inside.push_back(Para(Json::array({{{"t", "Span"}, {"c", Json::array({CustomStyle("Quote Reference"), Words("— " + language_(block.reference))})}}})));
          if (!inside.empty()) blocks.push_back({{"t", "BlockQuote"}, {"c", std::move(inside)}});
          break;
        }
        case Block::Kind::kFigure:
        case Block::Kind::kTable:
          if (block.figure) AddFigure(blocks, *block.figure, numbering.Caption(block), block.kind == Block::Kind::kFigure);
          break;
        case Block::Kind::kParagraph:
          AddParagraphs(blocks, text, block.marked_up, numbering);
          if (block.figure) AddFigure(blocks, *block.figure, language_(block.figure->title), false);
          break;
      }
      if (block.state != State::kValue || !block.why.empty()) {
        const Message state = StateLabel(block.state);
        const Message said = block.why.empty() ? state : state.empty() ? block.why : Say("{0}: {1}", state, block.why);
        blocks.push_back(Para(Json::array({Wrapped("Emph", Words("[" + language_(said) + "]"))})));
      }
    }
  }

  void AddFigure(Json& blocks, const Model& model, const std::string& caption, bool drawn) {
    const Kind kind = model.kind();
    if (kind == Kind::kChart || (drawn && kind == Kind::kMatrix)) {
      const std::string format = vectors_ ? "svg" : "png", name = "figure-" + std::to_string(++pictures_) + "." + format;
      WriteFile(folder_ / name, WritePicture(model, format, language_));
      const Json image = {{"t", "Image"}, {"c", Json::array({Json::array({"", Json::array(), Json::array({Json::array({"alt", AlternativeText(model, language_)})})}), Words(caption), Json::array({name, "fig:"})})}};
      blocks.push_back(Para(Json::array({image})));
    } else {
      blocks.push_back(TableOf(MakeGrid(model, language_, reading_), caption));
    }
    AddPopulation(blocks, model.population);
    for (const auto& note : model.notes) blocks.push_back(Styled("Population", Json::array({Para(Words(language_(note)))})));
  }

  Json TableOf(const Grid& grid, const std::string& caption) {
    Json columns = Json::array(), head = Json::array(), rows = Json::array();
    const auto cell = [](const std::string& text) { return Json::array({Attributes(), {{"t", "AlignDefault"}}, 1, 1, Json::array({Plain(Words(text))})}); };
    for (const auto& column : grid.columns) {
      columns.push_back(Json::array({{{"t", IsNumeric(column.type) ? "AlignRight" : "AlignLeft"}}, {{"t", "ColWidthDefault"}}}));
      head.push_back(cell(language_(column.title)));
    }
    grid.Each([&](const std::vector<Cell>& row) {
      Json cells = Json::array();
      for (std::size_t i = 0; i < row.size(); ++i) cells.push_back(cell(ShowCell(row[i], grid.columns[i].type, language_)));
      rows.push_back(Json::array({Attributes(), std::move(cells)}));
    });
    return {{"t", "Table"},
            {"c", Json::array({Attributes(), Json::array({nullptr, Json::array({Plain(Words(caption))})}), std::move(columns),
                               Json::array({Attributes(), Json::array({Json::array({Attributes(), std::move(head)})})}),
                               Json::array({Json::array({Attributes(), grid.row_heads ? 1 : 0, Json::array(), std::move(rows)})}), Json::array({Attributes(), Json::array()})})}};
  }

  const Language& language_;
  Reading& reading_;
  const PrivateFolder& folder_;
  bool vectors_;
  int pictures_ = 0;
};

/// DOCX and ODT: `document.FORMAT` in the folder.
void WriteDocument(const Model& model, const std::string& format, const Language& language, Reading& reading, const PrivateFolder& folder) {
  if (!IsThere("pandoc")) throw Refuse("Writing {0} needs pandoc, which is not installed; install Debian's package pandoc, or write md or html.", format);
  WriteFile(folder / "document.json", Tree(language, reading, folder).Document(model).dump());
  ProcessLimits limits;
  limits.seconds = 120;
  limits.folder = folder.string();
  std::vector<std::string> argv = {"pandoc", "--from=json", "--to=" + format, "--output=document." + format};
  if (!model.house_style.empty()) {
    std::error_code error;
    if (!fs::is_regular_file(model.house_style, error)) throw Refuse("The house style “{0}” is not there; choose a DOCX or ODT file.", model.house_style);
    if (fs::path(model.house_style).extension() == "." + format) argv.push_back("--reference-doc=" + fs::absolute(model.house_style).string());
  }
  argv.push_back("document.json");
  RunWriter(argv, format, limits);
}

}  // namespace

std::string WriteOffice(const Model& model, const std::string& format, const Language& language, Reading& reading) {
  const PrivateFolder folder;
  if (format != "pdf") {
    WriteDocument(model, format, language, reading, folder);
    return ReadFile(folder / ("document." + format));
  }
  const char* office = IsThere("soffice") ? "soffice" : "libreoffice";
  if (!IsThere(office)) throw Refuse("Writing a text as pdf needs LibreOffice, which is not installed; install Debian's package libreoffice-writer-nogui, or write docx or html.");
  WriteDocument(model, "odt", language, reading, folder);
  ProcessLimits limits;
  limits.seconds = 180;
  limits.memory = 0;  // It reserves more addresses than it uses.
  limits.folder = folder.string();
  RunWriter({office, "-env:UserInstallation=file://" + folder.string() + "/profile", "--headless", "--convert-to", "pdf", "document.odt"}, format, limits);
  const std::string bytes = ReadFile(folder / "document.pdf");
  if (bytes.empty()) throw Refuse("{0} could not write {1}: {2}", office, format, std::string("no file"));
  return bytes;
}

}  // namespace meerstem::view
