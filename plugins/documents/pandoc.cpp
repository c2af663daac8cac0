#include "plugins/documents/pandoc.h"

#include <algorithm>
#include <array>

#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/text.h"
#include "plugins/documents/turns.h"

namespace meerstem::documents {
namespace {

using Json = nlohmann::json;

constexpr char kWrapped = '\x1f';  ///< Stands for a line end of the file's author until its paragraph is complete.

/// Tags of HTML go, `<br>` is a line end; anything else between < and > was typed by a transcriber: "<lacht>".
std::string WithoutHtml(const std::string& html) {
  static constexpr std::array kTags = {"a",  "abbr", "b",  "big", "blockquote", "br",    "center", "cite", "code", "del", "details", "div", "em",    "figure",
                                       "font", "h1", "h2", "h3",  "h4",         "h5",    "h6",     "hr",   "i",    "img", "ins",     "kbd", "li",    "mark",
                                       "ol", "p",    "pre", "q",  "s",          "small", "span",   "strike", "strong", "style", "sub", "summary", "sup", "table",
                                       "tbody", "td", "th", "thead", "tr", "u", "ul"};
  std::string text;
  for (std::size_t at = 0; at < html.size();) {
    if (html.compare(at, 4, "<!--") == 0) {
      const auto end = html.find("-->", at);
      at = end == std::string::npos ? html.size() : end + 3;
      continue;
    }
    const auto close = html[at] == '<' ? html.find('>', at) : std::string::npos;
    if (close != std::string::npos) {
      std::string name;
      for (std::size_t i = at + 1 + (html[at + 1] == '/'); i < close && std::isalnum(static_cast<unsigned char>(html[i])); ++i) {
        name += static_cast<char>(std::tolower(static_cast<unsigned char>(html[i])));
      }
      if (std::find(kTags.begin(), kTags.end(), name) != kTags.end()) {
        if (name == "br") text += '\n';
        at = close + 1;
        continue;
      }
    }
    text += html[at++];
  }
  return text;
}

class Renderer {
 public:
  std::vector<Paragraph> Document(const Json& document) {
    // A Word file's title stands in its metadata, and is the first line of the text for whoever wrote it.
    for (const char* key : {"title", "subtitle", "author", "date", "abstract"}) {
      if (document.at("meta").contains(key)) Meta(document.at("meta").at(key));
    }
    Blocks(document.at("blocks"), "");
    return std::move(paragraphs_);
  }

 private:
  void Add(std::string text, bool heading = false) {
    std::string clean = CleanText(text);
    for (auto at = clean.find(kWrapped); at != std::string::npos; at = clean.find(kWrapped)) {
      const auto end = clean.find_first_of("\n\x1f", at + 1);
      const std::string_view next = std::string_view(clean).substr(at + 1, end == std::string::npos ? end : end - at - 1);
      clean[at] = LooksLikeLabel(next) ? '\n' : ' ';
    }
    while (!clean.empty() && (clean.back() == '\n' || clean.back() == ' ')) clean.pop_back();
    const auto start = clean.find_first_not_of('\n');
    if (start != std::string::npos) paragraphs_.push_back({clean.substr(start), heading});
  }

  void Meta(const Json& value) {
    const std::string type = value.at("t");
    if (type == "MetaInlines") Add(Inlines(value.at("c")), true);
    else if (type == "MetaBlocks") Blocks(value.at("c"), "");
    else if (type == "MetaString") Add(value.at("c").get<std::string>(), true);
    else if (type == "MetaList") {
      for (const auto& item : value.at("c")) Meta(item);
    }
  }

  void Blocks(const Json& blocks, const std::string& indent) {
    for (const auto& block : blocks) Block(block, indent);
  }

  void Block(const Json& block, const std::string& indent) {
    const std::string type = block.at("t");
    if (type == "HorizontalRule" || type == "Null") return;
    const Json& content = block.at("c");
    if (type == "Para" || type == "Plain") Add(Inlines(content));
    else if (type == "Header") Add(Inlines(content.at(2)), true);
    else if (type == "CodeBlock") Add(content.at(1).get<std::string>());
    else if (type == "RawBlock") {
      if (content.at(0) == "html") Add(Trim(WithoutHtml(content.at(1))));
    } else if (type == "LineBlock") {
      std::string lines;
      for (const auto& line : content) lines += Inlines(line) + "\n";
      Add(lines);
    } else if (type == "BlockQuote") {
      Blocks(content, indent);
    } else if (type == "Div") {
      Blocks(content.at(1), indent);
    } else if (type == "BulletList") {
      Add(List(content, indent, 0));
    } else if (type == "OrderedList") {
      Add(List(content.at(1), indent, content.at(0).at(0).get<std::int64_t>()));
    } else if (type == "DefinitionList") {
      for (const auto& entry : content) {
        Add(Inlines(entry.at(0)));
        for (const auto& definition : entry.at(1)) Blocks(definition, indent);
      }
    } else if (type == "Table") {
      Add(Table(content));
    }
  }

  /// `first` 0: bullets.
  std::string List(const Json& items, const std::string& indent, std::int64_t first) {
    std::string list;
    std::int64_t number = first;
    for (const auto& item : items) {
      const std::string marker = first == 0 ? "- " : std::to_string(number++) + ". ";
      bool begun = false;
      for (const auto& block : item) {
        const std::string type = block.at("t");
        if (type == "BulletList" || type == "OrderedList") {
          const std::string inner = indent + "  ";
          list += type == "BulletList" ? List(block.at("c"), inner, 0) : List(block.at("c").at(1), inner, block.at("c").at(0).at(0).get<std::int64_t>());
          continue;
        }
        list += indent + (begun ? std::string(marker.size(), ' ') : marker) + Flat(Json::array({block})) + "\n";
        begun = true;
      }
    }
    return list;
  }

  std::string Table(const Json& table) {
    std::string lines;
    const auto rows = [&](const Json& rows_of) {
      for (const auto& row : rows_of) {
        std::string line;
        for (const auto& cell : row.at(1)) line += (line.empty() ? "" : "\t") + Flat(cell.at(4));
        lines += line + "\n";
      }
    };
    rows(table.at(3).at(1));
    for (const auto& body : table.at(4)) {
      rows(body.at(2));
      rows(body.at(3));
    }
    rows(table.at(5).at(1));
    return lines;
  }

  /// Blocks as one line.
  std::string Flat(const Json& blocks) {
    Renderer inner;
    inner.Blocks(blocks, "");
    std::string line;
    for (const auto& paragraph : inner.paragraphs_) line += (line.empty() ? "" : " ") + paragraph.text;
    std::replace(line.begin(), line.end(), '\n', ' ');
    return line;
  }

  std::string Inlines(const Json& inlines) {
    std::string text;
    for (const auto& piece : inlines) text += Inline(piece);
    return text;
  }

  std::string Inline(const Json& piece) {
    const std::string type = piece.at("t");
    if (type == "Space") return " ";
    if (type == "SoftBreak") return std::string(1, kWrapped);
    if (type == "LineBreak") return "\n";
    const Json& content = piece.at("c");
    if (type == "Str") {
      std::string words = content;
      std::replace(words.begin(), words.end(), kWrapped, ' ');
      return words;
    }
    if (type == "Emph" || type == "Strong" || type == "Underline" || type == "Strikeout" || type == "Superscript" || type == "Subscript" ||
        type == "SmallCaps") {
      return Inlines(content);
    }
    if (type == "Quoted") return content.at(0).at("t") == "SingleQuote" ? "‘" + Inlines(content.at(1)) + "’" : "“" + Inlines(content.at(1)) + "”";
    if (type == "Cite" || type == "Span" || type == "Link") return Inlines(content.at(1));
    if (type == "Image") {
      const std::string shown = Inlines(content.at(1));
      return shown.empty() ? "" : "[" + shown + "]";
    }
    if (type == "Code" || type == "Math") return content.at(1).get<std::string>();
    if (type == "RawInline") return content.at(0) == "html" ? WithoutHtml(content.at(1)) : "";
    if (type == "Note") return " [" + Flat(content) + "]";
    return "";
  }

  std::vector<Paragraph> paragraphs_;
};

}  // namespace

std::vector<Paragraph> ParagraphsOfJson(std::string_view json, const std::string& file_name) {
  try {
    return Renderer().Document(Json::parse(json));
  } catch (const Json::exception&) {
    throw Refuse("What pandoc made of “{0}” cannot be understood; another version of pandoc (2.17 or newer) may help.", file_name);
  }
}

}  // namespace meerstem::documents
