#include "plugins/documents/pandoc.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>

#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/text.h"
#include "plugins/documents/turns.h"

namespace meerstem::documents {
namespace {

using Json = nlohmann::json;

// Marks within a paragraph's text until its place is known.
constexpr char kWrapped = '\x1f';        ///< A line end of the file's author, until its paragraph is complete.
constexpr char kCommentStart = '\x02';   ///< Then the comment's number and kMarkEnd.
constexpr char kCommentEnd = '\x04';
constexpr char kMarkEnd = '\x03';
constexpr char kBold = '\x05';
constexpr char kBoldEnd = '\x06';
constexpr const char* kMarks = "\x02\x03\x04\x05\x06\x1f";

constexpr int kDeepest = 200;
constexpr std::int64_t kLongestName = 40;

struct TooDeep {};

/// Words of the file, which hold no marks of ours.
std::string Words(const Json& json) {
  std::string words = json;
  for (auto at = words.find_first_of(kMarks); at != std::string::npos; at = words.find_first_of(kMarks, at)) words[at] = ' ';
  return words;
}

/// Of an ordered list; a real number may be larger than any.
std::int64_t FirstNumber(const Json& list) {
  const Json& first = list.at(0).at(0);
  return first.is_number_integer() ? first.get<std::int64_t>() : 1;
}

/// The text without marks.
std::string Unmarked(std::string_view marked) {
  std::string text;
  for (std::size_t i = 0; i < marked.size(); ++i) {
    if (marked[i] == kCommentStart || marked[i] == kCommentEnd) i = std::min(marked.find(kMarkEnd, i), marked.size() - 1);
    else if (marked[i] != kBold && marked[i] != kBoldEnd) text += marked[i];
  }
  return text;
}

struct Paragraph {
  std::string text;      ///< May hold line ends (a list, a table, a poem), and marks.
  bool heading = false;
};

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

/// What stands beside the text.
struct Aside {
  std::vector<Comment> comments;
  std::map<std::string, std::size_t> numbers;   ///< By the file's own id.
  std::int64_t changes = 0;
};

class Renderer {
 public:
  explicit Renderer(Aside& aside, int depth = 0) : aside_(aside), depth_(depth) {}
  std::vector<Paragraph> Document(const Json& document, bool metadata) {
    // A Word file's title stands in its metadata, and is the first line of the text for whoever wrote it.
    for (const char* key : {"title", "subtitle", "author", "date", "abstract"}) {
      if (metadata && document.at("meta").contains(key)) Meta(document.at("meta").at(key));
    }
    Blocks(document.at("blocks"), "");
    return std::move(paragraphs_);
  }

 private:
  /// One level deeper for as long as it lives.
  struct Level {
    explicit Level(int& depth) : depth(depth) {
      if (++depth > kDeepest) throw TooDeep();
    }
    ~Level() { --depth; }
    int& depth;
  };

  void Add(std::string text, bool heading = false) {
    std::string clean = CleanText(text);
    for (auto at = clean.find(kWrapped); at != std::string::npos; at = clean.find(kWrapped, at)) {
      const auto end = clean.find_first_of("\n\x1f", at + 1);
      const std::string_view next = std::string_view(clean).substr(at + 1, end == std::string::npos ? end : end - at - 1);
      clean[at] = LooksLikeLabel(Unmarked(next)) ? '\n' : ' ';
    }
    while (!clean.empty() && (clean.back() == '\n' || clean.back() == ' ')) clean.pop_back();
    const auto start = clean.find_first_not_of('\n');
    if (start != std::string::npos && !Trim(Unmarked(clean)).empty()) paragraphs_.push_back({clean.substr(start), heading});
  }

  void Meta(const Json& value) {
    const std::string type = value.at("t");
    if (type == "MetaInlines") Add(Inlines(value.at("c")), true);
    else if (type == "MetaBlocks") Blocks(value.at("c"), "");
    else if (type == "MetaString") Add(Words(value.at("c")), true);
    else if (type == "MetaList") {
      for (const auto& item : value.at("c")) Meta(item);
    }
  }

  void Blocks(const Json& blocks, const std::string& indent) {
    for (const auto& block : blocks) Block(block, indent);
  }

  void Block(const Json& block, const std::string& indent) {
    const Level level(depth_);
    const std::string type = block.at("t");
    if (type == "HorizontalRule" || type == "Null") return;
    const Json& content = block.at("c");
    if (type == "Para" || type == "Plain") Add(Inlines(content));
    else if (type == "Header") Add(Inlines(content.at(2)), true);
    else if (type == "CodeBlock") Add(Words(content.at(1)));
    else if (type == "RawBlock") {
      if (content.at(0) == "html") Add(Trim(WithoutHtml(Words(content.at(1)))));
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
      Add(List(content.at(1), indent, FirstNumber(content)));
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
    const Level level(depth_);
    std::string list;
    std::int64_t number = first;
    for (const auto& item : items) {
      const std::string marker = first == 0 ? "- " : std::to_string(number++) + ". ";
      bool begun = false;
      for (const auto& block : item) {
        const std::string type = block.at("t");
        if (type == "BulletList" || type == "OrderedList") {
          const std::string inner = indent + "  ";
          list += type == "BulletList" ? List(block.at("c"), inner, 0) : List(block.at("c").at(1), inner, FirstNumber(block.at("c")));
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
    Renderer inner(aside_, depth_);
    inner.Blocks(blocks, "");
    std::string line;
    for (const auto& paragraph : inner.paragraphs_) line += (line.empty() ? "" : " ") + paragraph.text;
    std::replace(line.begin(), line.end(), '\n', ' ');
    return line;
  }

  std::string Inlines(const Json& inlines) {
    const Level level(depth_);
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
    if (type == "Str") return Words(content);
    if (type == "Strong") return kBold + Inlines(content) + kBoldEnd;
    if (type == "Emph" || type == "Underline" || type == "Strikeout" || type == "Superscript" || type == "Subscript" ||
        type == "SmallCaps") {
      return Inlines(content);
    }
    if (type == "Quoted") return content.at(0).at("t") == "SingleQuote" ? "‘" + Inlines(content.at(1)) + "’" : "“" + Inlines(content.at(1)) + "”";
    if (type == "Span") return Span(content);
    if (type == "Cite" || type == "Link") return Inlines(content.at(1));
    if (type == "Image") {
      const std::string shown = Inlines(content.at(1));
      return shown.empty() ? "" : "[" + shown + "]";
    }
    if (type == "Code" || type == "Math") return Words(content.at(1));
    if (type == "RawInline") return content.at(0) == "html" ? WithoutHtml(Words(content.at(1))) : "";
    if (type == "Note") return " [" + Flat(content) + "]";
    return "";
  }

  /// A stretch that the file marks: a comment's begin or end, words that a tracked change put in or took out.
  std::string Span(const Json& content) {
    const Json& attributes = content.at(0);
    const Json& classes = attributes.at(1);
    const auto is = [&](const char* name) { return std::find(classes.begin(), classes.end(), name) != classes.end(); };
    const auto value = [&](const char* key) -> std::string {
      for (const auto& pair : attributes.at(2)) {
        if (pair.at(0) == key) return pair.at(1);
      }
      return {};
    };
    if (is("deletion") || is("paragraph-deletion") || is("paragraph-insertion")) {
      ++aside_.changes;
      return {};
    }
    if (is("insertion")) ++aside_.changes;
    if (is("comment-start")) {
      const std::size_t number = aside_.comments.size();
      aside_.numbers[value("id")] = number;
      aside_.comments.push_back({{}, value("author"), Trim(Unmarked(Inlines(content.at(1))))});
      return kCommentStart + std::to_string(number) + kMarkEnd;
    }
    if (is("comment-end")) {
      const auto found = aside_.numbers.find(value("id"));
      return found == aside_.numbers.end() ? std::string() : kCommentEnd + std::to_string(found->second) + kMarkEnd;
    }
    return Inlines(content.at(1));
  }

  std::vector<Paragraph> paragraphs_;
  Aside& aside_;
  int depth_;
};

/// Puts the paragraphs into the document, and what is marked in them where it now stands.
class Placing {
 public:
  Placing(Document& document, std::vector<Comment>& comments) : document_(document), comments_(comments) {}
  void Add(const Paragraph& paragraph) {
    if (!document_.text.empty()) Put("\n\n");
    const std::int64_t start = position_;
    std::int64_t bold = -1;   // Where a bold beginning starts; -1: none is open.
    const std::string& text = paragraph.text;
    for (std::size_t at = 0; at < text.size();) {
      const auto mark = std::min(text.find_first_of(kMarks, at), text.size());
      Put(std::string_view(text).substr(at, mark - at));
      at = mark + 1;
      if (mark == text.size()) break;
      if (text[mark] == kCommentStart || text[mark] == kCommentEnd) {
        const auto end = std::min(text.find(kMarkEnd, mark), text.size());
        const std::size_t number = std::stoul(text.substr(mark + 1, end - mark - 1));
        if (text[mark] == kCommentStart) comments_[number].range = {position_, position_};
        else comments_[number].range.end = position_;
        at = end + 1;
      } else if (text[mark] == kBold && position_ == start) {
        bold = position_;
      } else if (text[mark] == kBoldEnd && bold >= 0) {
        if (position_ > bold && position_ - bold <= kLongestName) Name({bold, position_});
        bold = -1;
      }
    }
    if (paragraph.heading) document_.headings.push_back({start, position_});
  }

 private:
  /// Word cuts a bold name into pieces; they are one.
  void Name(const Range& range) {
    auto& names = document_.names;
    if (!names.empty() && names.back().start == range.start) names.back().end = range.end;
    else names.push_back(range);
  }
  void Put(std::string_view words) {
    document_.text += words;
    position_ += CountCodePoints(words);
  }
  Document& document_;
  std::vector<Comment>& comments_;
  std::int64_t position_ = 0;
};

}  // namespace

void FillFromJson(std::string_view json, bool metadata, Document& document) {
  try {
    Aside aside;
    Placing placing(document, aside.comments);
    for (const auto& paragraph : Renderer(aside).Document(Json::parse(json), metadata)) placing.Add(paragraph);
    document.comments = std::move(aside.comments);
    std::erase_if(document.comments, [](const Comment& comment) { return comment.words.empty(); });
    if (aside.changes > 0) {
      document.notes.push_back(SayCount("{0} tracked change was taken as accepted.", "{0} tracked changes were taken as accepted.", aside.changes));
    }
  } catch (const Json::exception&) {
    throw Refuse("What pandoc made of “{0}” cannot be understood; another version of pandoc (2.17 or newer) may help.", document.file_name);
  } catch (const TooDeep&) {
    throw Refuse("“{0}” is nested more than {1} levels deep, which no text is; save it as .txt.", document.file_name, kDeepest);
  }
}

}  // namespace meerstem::documents
