// HTML: one page that needs nothing beside it, in the reader's language, with the markup that a screen reader needs.
#include "core/view/html.h"

#include <algorithm>
#include <map>

#include "core/view/draw.h"
#include "core/view/parts.h"

namespace meerstem::view {
namespace {

constexpr char kStyle[] =
    "body{font:16px/1.5 sans-serif;margin:2rem auto;max-width:72rem;padding:0 1rem;color:#1a1a1a;background:#fff}"
    "main.prose{max-width:44rem;margin:0 auto}table{border-collapse:collapse;margin:1rem 0}"
    "caption{text-align:left;font-weight:bold;padding:.3rem 0}th,td{border:1px solid #bbb;padding:.3rem .6rem;text-align:left;vertical-align:top}"
    "thead th{background:#f0f0f0}td.n,th.n{text-align:right;font-variant-numeric:tabular-nums}td.s{color:#555;font-style:italic}"
    ".parts,.why,.population,.notes,cite{color:#444;font-size:.9rem}.parts,.why{display:block}"
    "blockquote{margin:1rem 0 1rem 1.5rem;padding-left:1rem;border-left:.25rem solid #bbb}cite{font-style:normal}"
    ".codes{color:#444;font-size:.9rem}.speaker{font-weight:bold}.error{color:#a00}figure{margin:1rem 0}figure svg{max-width:100%;height:auto}";

std::string InkFor(const std::string& hex) {
  // Dark letters on light cells and light ones on dark.
  const auto channel = [&](std::size_t at) { return std::stoi(hex.substr(at, 2), nullptr, 16); };
  return 299 * channel(1) + 587 * channel(3) + 114 * channel(5) > 128000 ? "#000" : "#fff";
}

bool IsColour(const std::string& text) {
  return text.size() == 7 && text[0] == '#' && text.find_first_not_of("0123456789abcdefABCDEF", 1) == std::string::npos;
}

/// Cairo numbers its glyphs and clips from zero in every picture; several in one page need names of their own.
std::string WithOwnNames(const std::string& svg, const std::string& prefix) {
  std::string out;
  out.reserve(svg.size() + svg.size() / 8);
  for (std::size_t i = 0; i < svg.size();) {
    bool marked = false;
    for (const std::string_view mark : {" id=\"", "href=\"#", "url(#"}) {
      if (svg.compare(i, mark.size(), mark) != 0) continue;
      out.append(mark).append(prefix);
      i += mark.size();
      marked = true;
      break;
    }
    if (!marked) out += svg[i++];
  }
  return out;
}

}  // namespace

std::string HtmlWriter::Paragraphs(const std::string& text, const std::function<std::string(const std::string&)>& convert) {
  std::string out, paragraph;
  const auto close = [&] {
    if (paragraph.empty()) return;
    std::string words = convert(paragraph);
    for (std::size_t at = 0; (at = words.find('\n', at)) != std::string::npos; at += 5) words.replace(at, 1, "<br>\n");
    out += "<p>" + words + "</p>\n";
    paragraph.clear();
  };
  for (std::size_t start = 0; start <= text.size();) {
    const auto end = std::min(text.find('\n', start), text.size());
    const std::string line = Trim(text.substr(start, end - start));
    if (line.empty()) close();
    else paragraph += (paragraph.empty() ? "" : "\n") + line;
    start = end + 1;
  }
  close();
  return out;
}

std::string HtmlWriter::Marked(const std::vector<Inline>& inlines, const Numbering& numbering) {
  std::string out;
  for (const auto& each : inlines) {
    switch (each.kind) {
      case Inline::Kind::kText: out += Escape(each.text); break;
      case Inline::Kind::kReference: out += Escape(numbering.Refer(each.text)); break;
      case Inline::Kind::kEmphasis: out += "<em>" + Marked(each.inside, numbering) + "</em>"; break;
      case Inline::Kind::kStrong: out += "<strong>" + Marked(each.inside, numbering) + "</strong>"; break;
      case Inline::Kind::kNote: {
        const std::string number = std::to_string(footnotes_.size() + 1);
        footnotes_.push_back(Marked(each.inside, numbering));
        out += "<sup><a id=\"ref-" + number + "\" href=\"#note-" + number + "\" role=\"doc-noteref\">" + number + "</a></sup>";
        break;
      }
    }
  }
  return out;
}

std::string HtmlWriter::Footnotes() {
  if (footnotes_.empty()) return {};
  std::string out = "<section role=\"doc-endnotes\">\n<hr>\n<ol>\n";
  for (std::size_t i = 0; i < footnotes_.size(); ++i) {
    const std::string number = std::to_string(i + 1);
    out += "<li id=\"note-" + number + "\">" + footnotes_[i] + " <a href=\"#ref-" + number + "\" role=\"doc-backlink\">↩</a></li>\n";
  }
  footnotes_.clear();
  return out + "</ol>\n</section>\n";
}

std::string HtmlWriter::CellElement(const Cell& cell, ColumnType type, bool head) {
  const std::string value = ShowCell(cell, type, language_);
  std::string classes;
  if (IsNumeric(type) && HasValue(cell)) classes = "n";
  if (!head && cell.state != State::kValue) classes += classes.empty() ? "s" : " s";
  std::string out = head ? "<th scope=\"row\"" : "<td";
  if (!classes.empty()) out += " class=\"" + classes + "\"";
  if (IsColour(cell.colour)) out += " style=\"background:" + cell.colour + ";color:" + InkFor(cell.colour) + "\"";
  if (cell.state != State::kValue) out += " data-state=\"" + std::string(StateName(cell.state)) + "\"";
  if (!cell.alternative.empty()) out += " aria-label=\"" + Escape(language_(cell.alternative)) + "\"";
  out += ">";
  if (!cell.glyph.empty()) out += "<span aria-hidden=\"true\">" + Escape(cell.glyph) + "</span>" + (value.empty() ? "" : " ");
  std::string words = Escape(value);
  for (std::size_t at = 0; (at = words.find('\n', at)) != std::string::npos; at += 4) words.replace(at, 1, "<br>");
  out += words;
  if (const auto shown = PartsShown(cell); !shown.empty()) {
    std::string parts;
    for (const auto& [name, part] : shown) parts += (parts.empty() ? "" : "; ") + language_(Say("{0}: {1}", PartLabel(name), language_.Show(part)));
    out += " <span class=\"parts\">" + Escape(parts) + "</span>";
  }
  if (!cell.why.empty()) out += " <span class=\"why\">" + Escape(language_(cell.why)) + "</span>";
  return out + (head ? "</th>" : "</td>");
}

std::string HtmlWriter::Table(const Grid& grid, const std::string& caption, const std::vector<int>& depths) {
  std::string out = "<table>\n";
  if (!caption.empty()) out += "<caption>" + Escape(caption) + "</caption>\n";
  out += "<thead><tr>";
  for (const auto& column : grid.columns) {
    const std::string title = language_(column.title);
    out += std::string("<th scope=\"col\"") + (IsNumeric(column.type) ? " class=\"n\"" : "") + ">" +
           Escape(title.empty() && !grid.row_heads ? column.id : title) + "</th>";
  }
  out += "</tr></thead>\n<tbody>\n";
  std::size_t index = 0;
  grid.Each([&](const std::vector<Cell>& row) {
    out += "<tr>";
    for (std::size_t i = 0; i < row.size(); ++i) {
      std::string element = CellElement(row[i], grid.columns[i].type, i == 0 && grid.row_heads);
      if (i == 0 && index < depths.size() && depths[index] > 0) {
        const auto at = element.find('>');
        element.insert(at, " style=\"padding-left:" + std::to_string(0.6 + 1.4 * depths[index]).substr(0, 4) + "rem\"");
      }
      out += element;
    }
    out += "</tr>\n";
    ++index;
  });
  return out + "</tbody>\n</table>\n";
}

std::string HtmlWriter::Figure(const Model& model, const std::string& caption) {
  std::string svg = WithOwnNames(WritePicture(model, "svg", language_), "f" + std::to_string(++pictures_) + "-");
  if (const auto element = svg.find("<svg"); element != std::string::npos) svg.erase(0, element);
  return "<figure>\n" + svg + "\n<figcaption>" + Escape(caption) + "</figcaption>\n</figure>\n";
}

bool HtmlWriter::OpensWithTitle(const Model& model) const {
  const auto* prose = std::get_if<Prose>(&model.body);
  return prose && !prose->blocks.empty() && prose->blocks[0].kind == Block::Kind::kHeading && language_(prose->blocks[0].text) == language_(model.title);
}

struct HtmlWriter::Visit {
  HtmlWriter& writer;
  const Model& model;
  int level;
  std::string caption;
  bool drawn;        ///< A matrix as a picture too.

  const Language& language() const { return writer.language_; }
  std::string Tag(const Grid& grid) const { return writer.Table(grid, caption); }

  std::string operator()(const Chart&) const { return writer.Figure(model, caption) + Tag(MakeGrid(model, language(), writer.reading_)); }
  std::string operator()(const view::Table& table) const { return Tag(MakeGrid(table, writer.reading_)); }
  std::string operator()(const Matrix& matrix) const {
    if (drawn) return writer.Figure(model, caption);
    Grid grid = MakeGrid(model, language(), writer.reading_);
    if (matrix.row_title.empty() && !matrix.column_title.empty()) grid.columns[0].title = matrix.column_title;
    else if (!matrix.column_title.empty()) grid.columns[0].title = Say("{0} \\ {1}", matrix.row_title, matrix.column_title);
    return Tag(grid);
  }
  std::string operator()(const Tree& tree) const {
    std::map<std::string, int> depth;
    std::vector<int> depths;
    std::vector<Row> rows;
    for (const auto& node : tree.nodes) {
      const auto parent = depth.find(node.parent);
      depths.push_back(depth[node.key] = parent == depth.end() ? 0 : parent->second + 1);
      Row row{.key = node.key};
      row.cells.push_back({.value = node.label});
      row.cells.insert(row.cells.end(), node.cells.begin(), node.cells.end());
      rows.push_back(std::move(row));
    }
    view::Table table;
    table.columns.push_back({"label", tree.label_title});
    table.columns.insert(table.columns.end(), tree.columns.begin(), tree.columns.end());
    table.rows = MakeRows(std::move(rows));
    Grid grid = MakeGrid(table, writer.reading_);
    grid.row_heads = true;
    return writer.Table(grid, caption, depths);
  }
  std::string operator()(const CodedText& text) const {
    std::string out;
    for (const auto& stretch : StretchesOf(text, language())) {
      if (stretch.label) continue;
      std::string head = stretch.speaker;
      if (!stretch.stakeholder.empty()) head = head.empty() ? stretch.stakeholder : language()(Say("{0} ({1})", head, stretch.stakeholder));
      if (!stretch.place.empty()) head += (head.empty() ? "" : " · ") + stretch.place;
      out += "<section>\n";
      if (!head.empty()) out += "<p class=\"speaker\">" + Escape(head) + "</p>\n";
      out += writer.Paragraphs(stretch.text, Escape);
      std::string codes;
      for (const auto& code : stretch.codes) codes += (codes.empty() ? "" : "; ") + code;
      if (!codes.empty()) out += "<p class=\"codes\">" + Escape(language()(Say("Codes: {0}", codes))) + "</p>\n";
      for (const auto& note : stretch.notes) out += "<p class=\"codes\">" + Escape(note) + "</p>\n";
      out += "</section>\n";
    }
    return out;
  }
  std::string operator()(const Prose& prose) const {
    std::string out;
    const Numbering numbering(prose, language());
    const auto marked = [&](const std::string& words) { return writer.Marked(ReadMarkup(words), numbering); };
    for (const auto& block : prose.blocks) {
      const std::string text = block.state == State::kSuppressed ? std::string() : language()(block.text);
      std::string title = block.figure ? language()(block.figure->title) : std::string();
      switch (block.kind) {
        case Block::Kind::kHeading: {
          const std::string tag = "h" + std::to_string(std::clamp(block.level + level - 1, 1, 6));
          out += "<" + tag + ">" + (block.marked_up ? marked(text) : Escape(text)) + "</" + tag + ">\n";
          break;
        }
        case Block::Kind::kQuote: {
          out += "<blockquote>\n" + writer.Paragraphs(text, Escape);
          if (!block.reference.empty()) out += "<p><cite>— " + Escape(language()(block.reference)) + "</cite></p>\n";
          out += "</blockquote>\n";
          break;
        }
        case Block::Kind::kFigure:
        case Block::Kind::kTable: title = numbering.Caption(block); break;
        case Block::Kind::kParagraph: out += block.marked_up ? writer.Paragraphs(text, marked) : writer.Paragraphs(text, Escape);
      }
      if (block.figure) out += writer.Body(*block.figure, std::min(level + 1, 6), title, block.kind == Block::Kind::kFigure);
      if (block.state != State::kValue || !block.why.empty()) {
        const Message state = StateLabel(block.state);
        const Message said = block.why.empty() ? state : state.empty() ? block.why : Say("{0}: {1}", state, block.why);
        out += "<p class=\"why\"><em>[" + Escape(language()(said)) + "]</em></p>\n";
      }
    }
    return out + writer.Footnotes();
  }
  std::string operator()(const Form& form) const {
    std::string out, section = "\n";
    const std::string tag = "h" + std::to_string(std::clamp(level, 2, 6));
    for (const auto& field : form.fields) {
      if (field.section != section) {
        if (section != "\n") out += "</dl>\n";
        section = field.section;
        const auto found = std::find_if(form.sections.begin(), form.sections.end(), [&](const Section& s) { return s.key == section; });
        if (found != form.sections.end()) out += "<" + tag + ">" + Escape(language()(found->label)) + "</" + tag + ">\n";
        out += "<dl>\n";
      }
      std::string value = ShowCell(field.value, ColumnType::kText, language());
      for (const auto& choice : field.choices) {
        if (const auto* key = std::get_if<std::string>(&field.value.value); key && *key == choice.key && HasValue(field.value)) {
          Cell named = field.value;
          named.value = choice.label;
          value = ShowCell(named, ColumnType::kText, language());
        }
      }
      out += "<dt>" + Escape(language()(field.label)) + "</dt>\n<dd>" + Escape(value);
      if (!field.value.why.empty()) out += " <span class=\"why\">" + Escape(language()(field.value.why)) + "</span>";
      if (!field.remark_text.empty()) out += "<br>" + Escape(language()(field.remark_text));
      if (!field.error.empty()) out += "<br><span class=\"error\">" + Escape(language()(field.error)) + "</span>";
      out += "</dd>\n";
    }
    return form.fields.empty() ? out : out + "</dl>\n";
  }
};

std::string HtmlWriter::Body(const Model& model, int level) { return Body(model, level, language_(model.title), false); }

std::string HtmlWriter::Body(const Model& model, int level, const std::string& caption, bool drawn) {
  std::string out;
  if (const std::string population = PopulationLine(model.population, language_); !population.empty()) {
    out += "<p class=\"population\">" + Escape(population) + "</p>\n";
  }
  if (IsEmpty(model)) {
    out += "<p>" + Escape(language_(model.empty.empty() ? Say("There is nothing here yet.") : model.empty)) + "</p>\n";
  } else {
    out += std::visit(Visit{*this, model, level, caption, drawn}, model.body);
  }
  if (const auto notes = SaidBelow(model); !notes.empty()) {
    out += "<ul class=\"notes\">\n";
    for (const auto& note : notes) out += "<li>" + Escape(language_(note)) + "</li>\n";
    out += "</ul>\n";
  }
  return out;
}

std::string WriteHtml(const Model& model, const Language& language, Reading& reading) {
  if (model.page) return WritePage(model, language);
  HtmlWriter writer(language, reading);
  const std::string title = Escape(language(model.title));
  const bool prose = model.kind() == Kind::kProse, own_title = writer.OpensWithTitle(model);
  std::string out = "<!DOCTYPE html>\n<html lang=\"" + language.tag() + "\">\n<head>\n<meta charset=\"utf-8\">\n" +
                    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>" + title + "</title>\n<style>" + kStyle +
                    "</style>\n</head>\n<body>\n<main" + (prose ? " class=\"prose\"" : "") + ">\n";
  if (!own_title) out += "<h1>" + title + "</h1>\n";
  return out + writer.Body(model, prose && own_title ? 1 : 2) + "</main>\n</body>\n</html>\n";
}

}  // namespace meerstem::view
