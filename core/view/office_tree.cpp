// Pandoc's tree of one text, in its JSON, so that headings, quotes, captions, tables and footnotes become real ones.
#include "core/view/office_tree.h"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <map>
#include <memory>
#include <set>
#include <sstream>

#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/view/column_fit.h"
#include "core/view/html.h"
#include "core/view/markup.h"

namespace meerstem::view {
namespace {

using Json = nlohmann::json;

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

/// A number and its percent sign stay on one line.
std::string WithPercentsWhole(const std::string& text) {
  std::string whole;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool before_sign = text.compare(i, 2, " %") == 0 && i > 0 && text[i - 1] >= '0' && text[i - 1] <= '9';
    whole += before_sign ? std::string("\u00a0") : std::string(1, text[i]);
  }
  return whole;
}

/// A tree as a table that is read by its indents: keys are for machines.
Model Indented(const Model& model) {
  const auto& tree = std::get<Tree>(model.body);
  std::vector<Column> columns{{"label", tree.label_title}};
  columns.insert(columns.end(), tree.columns.begin(), tree.columns.end());
  std::map<std::string, std::string> indents;
  std::vector<Row> rows;
  for (const auto& node : tree.nodes) {
    const auto parent = indents.find(node.parent);
    const std::string indent = parent == indents.end() ? std::string() : parent->second + "\u2003";
    indents[node.key] = indent;
    Row row{.key = node.key};
    row.cells.push_back({.value = Message{"{0}{1}", {}, {indent, std::make_shared<const Message>(node.label)}}});
    row.cells.insert(row.cells.end(), node.cells.begin(), node.cells.end());
    row.cells.resize(columns.size());
    rows.push_back(std::move(row));
  }
  Model shown = model;
  shown.body = Table{std::move(columns), MakeRows(std::move(rows))};
  return shown;
}

std::string HeadingName(int number) { return "heading-" + std::to_string(number); }

/// Builds pandoc's tree of one text; pictures go as files into `folder`.
class TreeWriter {
 public:
  TreeWriter(const Language& language, Reading& reading, const PrivateFolder& folder, const OfficeNeeds& needs) : language_(language), reading_(reading), folder_(folder), needs_(needs) {}

  Json Document(const Model& model) {
    Json meta = {{"lang", {{"t", "MetaString"}, {"c", language_.tag()}}}};
    if (!HtmlWriter(language_, reading_).OpensWithTitle(model)) meta["title"] = {{"t", "MetaInlines"}, {"c", Words(language_(model.title))}};
    Json blocks = Json::array();
    AddPopulation(blocks, model.population);
    const Prose& prose = std::get<Prose>(model.body);
    AddContents(blocks, prose);
    AddProse(blocks, prose);
    for (const auto& note : model.notes) blocks.push_back(Para(Words(language_(note))));
    return {{"pandoc-api-version", {1, 22}}, {"meta", std::move(meta)}, {"blocks", std::move(blocks)}};
  }

 private:
  void AddPopulation(Json& blocks, const Population& population) {
    if (const std::string line = PopulationLine(population, language_); !line.empty()) blocks.push_back(Styled("Population", Json::array({Para(Words(line))})));
  }

  /// Of a text of several chapters. Its words stand in it from the start, since no program fills it in unasked; the
  /// pages are computed by LibreOffice at once, by Word when the table is updated.
  void AddContents(Json& blocks, const Prose& prose) {
    std::vector<ContentsEntry> entries;
    const Numbering numbering(prose, language_);
    int chapters = 0, number = 0;
    for (const auto& block : prose.blocks) {
      if (block.kind != Block::Kind::kHeading) continue;
      ++number;
      chapters += block.level <= 1;
      const std::string text = block.state == State::kSuppressed ? std::string() : language_(block.text);
      if (block.level > 3 || text.empty()) continue;
      entries.push_back({std::max(block.level, 1), HeadingName(number), block.marked_up ? PlainWords(ReadMarkup(text), [&](const std::string& anchor) { return numbering.Refer(anchor); }) : text});
    }
    if (chapters < 2) return;
    const std::string title = language_(Say("Contents"));
    blocks.push_back({{"t", "RawBlock"}, {"c", Json::array({needs_.format == "docx" ? "openxml" : "opendocument", needs_.format == "docx" ? ContentsOfDocx(title, entries) : ContentsOfOdt(title, entries)})}});
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
          blocks.push_back({{"t", "Header"}, {"c", Json::array({std::clamp(block.level, 1, 6), Attributes(HeadingName(++headings_)), block.marked_up ? Inlines(ReadMarkup(text), numbering) : Words(text)})}});
          break;
        case Block::Kind::kQuote: {
          Json inside = Json::array();
          AddParagraphs(inside, text, false, numbering);
          if (!inside.empty()) blocks.push_back({{"t", "BlockQuote"}, {"c", std::move(inside)}});
          if (!block.reference.empty()) blocks.push_back(Styled("Quote Reference", Json::array({Para(Words("— " + language_(block.reference)))})));
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
      const std::string format = needs_.vectors ? "svg" : "png", name = "figure-" + std::to_string(++pictures_) + "." + format;
      WriteFile(folder_ / name, WritePicture(model, format, language_));
      const Json attributes = Json::array({Json::array({"alt", AlternativeText(model, language_)}), Json::array({"width", WidthOnPage(SizeOfPicture(model, language_))})});
      const Json image = {{"t", "Image"}, {"c", Json::array({Json::array({"", Json::array(), attributes}), Words(caption), Json::array({name, "fig:"})})}};
      blocks.push_back(Para(Json::array({image})));
    } else {
      const Model shown = kind == Kind::kTree ? Indented(model) : model;
      AddTable(blocks, MakeGrid(shown, language_, reading_), caption);
    }
    AddPopulation(blocks, model.population);
    for (const auto& note : model.notes) blocks.push_back(Styled("Population", Json::array({Para(Words(language_(note)))})));
  }

  /// Said for each picture, because pandoc lets a wide one run off the page of an ODT.
  static std::string WidthOnPage(const PictureSize& size) {
    constexpr double kWidth = 160, kHeight = 210, kPointsOfMillimetre = 72 / 25.4;  // A4 within its margins, a caption below.
    return std::to_string(std::lround(std::min({size.width / kPointsOfMillimetre, kWidth, kHeight * size.width / size.height}))) + "mm";
  }

  /// What does not fit on the page beside each other comes below, with the rows named again.
  void AddTable(Json& blocks, const Grid& grid, const std::string& caption) {
    std::vector<std::vector<std::string>> lines(1);
    for (std::size_t i = 0; i < grid.columns.size(); ++i) lines[0].push_back(language_(grid.columns[i].title));
    grid.Each([&](const std::vector<Cell>& row) {
      auto& line = lines.emplace_back();
      for (std::size_t i = 0; i < row.size(); ++i) line.push_back(WithPercentsWhole(ShowCell(row[i], grid.columns[i].type, language_)));
    });
    const ColumnFit fit(lines);
    const auto parts = PartsOf(fit, lines[0].size(), NamingColumns(lines));
    for (std::size_t i = 0; i < parts.size(); ++i) {
      blocks.push_back(TableOf(grid, lines, parts[i], fit, parts.size() == 1 || caption.empty() ? caption : language_(Say("{0} ({1} of {2})", caption, i + 1, parts.size()))));
    }
  }

  /// How many columns, from the first, it takes to tell the rows apart, but for a few; all of them where nothing does.
  static std::size_t NamingColumns(const std::vector<std::vector<std::string>>& lines) {
    std::vector<std::string> names(lines.size());
    for (std::size_t c = 0; c < lines[0].size(); ++c) {
      std::set<std::string> different;
      for (std::size_t i = 0; i < lines.size(); ++i) different.insert(names[i] += lines[i][c] + '\n');
      if (different.size() * 10 >= lines.size() * 9) return c + 1;
    }
    return lines[0].size();
  }

  /// The columns of each part: as many as stand on a page with room for their words, behind the `naming` ones.
  static std::vector<std::vector<std::size_t>> PartsOf(const ColumnFit& fit, std::size_t columns, std::size_t naming) {
    // A column somewhat narrower, with a word broken here and there, is better than a second table.
    constexpr double kPage = ColumnFit::kPage, kSqueezed = kSmaller * kPage, kEnough = 17;
    const auto least = [&](std::size_t i) { return std::min(fit.Least(i), kEnough); };
    double whole = 0, names = 0;
    std::vector<std::vector<std::size_t>> parts(1);
    for (std::size_t i = 0; i < columns; ++i) {
      whole += least(i);
      if (i >= naming) continue;
      names += least(i);
      parts[0].push_back(i);
    }
    // Where the names of the rows would fill each part, all columns share the page.
    const bool split = whole > kSqueezed && names < kPage / 2;
    const auto named = parts[0];
    double filled = names;
    for (std::size_t i = naming; i < columns; ++i) {
      if (split && parts.back().size() > naming && filled + least(i) > kPage) {
        parts.push_back(named);
        filled = names;
      }
      parts.back().push_back(i);
      filled += least(i);
    }
    return parts;
  }

  static constexpr double kSmaller = 1.2;  ///< As many more letters the style Narrow Table has on a line.

  /// As wide as the page, each column by the words in it; `lines` begins with the titles.
  Json TableOf(const Grid& grid, const std::vector<std::vector<std::string>>& lines, const std::vector<std::size_t>& part, const ColumnFit& fit, const std::string& caption) const {
    // Pandoc's writer of ODT leaves out the columns that head their rows.
    const int row_heads = grid.row_heads && needs_.format == "docx" ? 1 : 0;
    const bool narrow = fit.Least(part) > ColumnFit::kPage;
    const auto shares = fit.Shares(part, narrow ? kSmaller * ColumnFit::kPage : ColumnFit::kPage);
    const auto inside = [&](const std::string& words, bool heading) {
      return narrow ? Styled(heading ? "Narrow Table Heading" : "Narrow Table", Json::array({Para(Words(words))})) : Plain(Words(words));
    };
    Json columns = Json::array(), head = Json::array(), rows = Json::array();
    for (std::size_t k = 0; k < part.size(); ++k) {
      columns.push_back(Json::array({{{"t", IsNumeric(grid.columns[part[k]].type) ? "AlignRight" : "AlignLeft"}}, {{"t", "ColWidth"}, {"c", shares[k]}}}));
    }
    for (const auto& line : lines) {
      Json cells = Json::array();
      for (const auto i : part) cells.push_back(Json::array({Attributes(), {{"t", "AlignDefault"}}, 1, 1, Json::array({inside(line[i], &line == &lines.front())})}));
      (&line == &lines.front() ? head : rows).push_back(Json::array({Attributes(), std::move(cells)}));
    }
    return {{"t", "Table"},
            {"c", Json::array({Attributes(), Json::array({nullptr, Json::array({Plain(Words(caption))})}), std::move(columns), Json::array({Attributes(), std::move(head)}),
                               Json::array({Json::array({Attributes(), row_heads, Json::array(), std::move(rows)})}), Json::array({Attributes(), Json::array()})})}};
  }

  const Language& language_;
  Reading& reading_;
  const PrivateFolder& folder_;
  const OfficeNeeds& needs_;
  int pictures_ = 0;
  int headings_ = 0;
};

}  // namespace

std::string OfficeTree(const Model& model, const Language& language, Reading& reading, const PrivateFolder& folder, const OfficeNeeds& needs) {
  return TreeWriter(language, reading, folder, needs).Document(model).dump();
}

}  // namespace meerstem::view
