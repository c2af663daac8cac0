#include "core/view/markup.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "core/base/text.h"

namespace meerstem::view {
namespace {

constexpr std::string_view kSigns = "\\*[]^@";

constexpr std::size_t kLongest = 5000;  ///< Bytes; what closes farther away was not meant, and looking for it takes long.

/// Where `close` stands behind `start`, not escaped; for a bracket the one that belongs to it.
std::optional<std::size_t> FindClose(std::string_view text, std::size_t start, std::string_view close) {
  int depth = 0;
  for (std::size_t i = start; i < std::min(text.size(), start + kLongest); ++i) {
    if (text[i] == '\\') {
      ++i;
      continue;
    }
    if (close == "]" && text[i] == '[') ++depth;
    if (!text.substr(i).starts_with(close)) continue;
    if (close == "*" && text.substr(i).starts_with("**")) {
      ++i;
      continue;
    }
    if (close == "]" && depth-- > 0) continue;
    return i;
  }
  return std::nullopt;
}

class Reader {
 public:
  std::vector<Inline> Read(std::string_view text, bool notes) {
    std::vector<Inline> found;
    std::string plain;
    const auto add = [&](Inline inline_) {
      if (!plain.empty()) found.push_back({Inline::Kind::kText, std::exchange(plain, {}), {}});
      found.push_back(std::move(inline_));
    };
    for (std::size_t i = 0; i < text.size();) {
      if (text[i] == '\\' && i + 1 < text.size() && kSigns.find(text[i + 1]) != std::string_view::npos) {
        plain += text[i + 1];
        i += 2;
        continue;
      }
      const auto enclosed = [&](std::string_view open, std::string_view close) -> std::optional<std::string_view> {
        if (!text.substr(i).starts_with(open)) return std::nullopt;
        const auto end = FindClose(text, i + open.size(), close);
        if (!end || *end == i + open.size()) return std::nullopt;
        return text.substr(i + open.size(), *end - i - open.size());
      };
      if (const auto strong = enclosed("**", "**")) {
        add({Inline::Kind::kStrong, {}, Read(*strong, notes)});
        i += strong->size() + 4;
      } else if (const auto emphasis = text.substr(i).starts_with("**") ? std::nullopt : enclosed("*", "*"); emphasis && (*emphasis)[0] != ' ') {
        add({Inline::Kind::kEmphasis, {}, Read(*emphasis, notes)});
        i += emphasis->size() + 2;
      } else if (const auto note = notes ? enclosed("[^", "]") : std::nullopt) {
        add({Inline::Kind::kNote, {}, Read(*note, false)});
        i += note->size() + 3;
      } else if (const auto anchor = enclosed("[@", "]")) {
        add({Inline::Kind::kReference, std::string(*anchor), {}});
        i += anchor->size() + 3;
      } else {
        plain += text[i++];
      }
    }
    if (!plain.empty()) found.push_back({Inline::Kind::kText, std::move(plain), {}});
    return found;
  }
};

}  // namespace

std::vector<Inline> ReadMarkup(std::string_view text) { return Reader().Read(text, true); }

std::string PlainWords(const std::vector<Inline>& inlines, const std::function<std::string(const std::string&)>& refer) {
  std::string words;
  for (const auto& each : inlines) {
    switch (each.kind) {
      case Inline::Kind::kText: words += each.text; break;
      case Inline::Kind::kReference: words += refer(each.text); break;
      case Inline::Kind::kNote: words += " [" + PlainWords(each.inside, refer) + "]"; break;
      default: words += PlainWords(each.inside, refer);
    }
  }
  return words;
}

Numbering::Numbering(const Prose& prose, const Language& language) : language_(language) {
  std::int64_t figures = 0, tables = 0;
  for (const auto& block : prose.blocks) {
    if (block.kind == Block::Kind::kHeading && !block.text.empty()) {
      const std::string title = language(block.text);
      references_[title] = language(Say("“{0}”", title));
    }
    if (block.kind != Block::Kind::kFigure && block.kind != Block::Kind::kTable) continue;
    const bool figure = block.kind == Block::Kind::kFigure;
    const std::int64_t number = figure ? ++figures : ++tables;
    labels_[block.key] = language(figure ? Say("Figure {0}", number) : Say("Table {0}", number));
    if (!block.anchor.empty()) references_[block.anchor] = language(figure ? Say("figure {0}", number) : Say("table {0}", number));
  }
}

std::string Numbering::Label(const Block& block) const {
  const auto found = labels_.find(block.key);
  return found == labels_.end() ? std::string() : found->second;
}

std::string Numbering::Caption(const Block& block) const {
  const std::string label = Label(block), words = Trim(language_(block.text));
  if (label.empty() || words.empty()) return label + words;
  return label + ". " + words;
}

std::string Numbering::Refer(const std::string& anchor) const {
  const auto found = references_.find(anchor);
  return found == references_.end() ? anchor + " (?)" : found->second;
}

}  // namespace meerstem::view
