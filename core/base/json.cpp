#include "core/base/json.h"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "core/base/text.h"

namespace meerstem {

struct Json::Document {
  std::string name;
  nlohmann::json root;
};

namespace {

const nlohmann::json& Node(const void* node) { return *static_cast<const nlohmann::json*>(node); }

}  // namespace

Json Json::Parse(const std::string& bytes, const std::string& name) {
  auto document = std::make_shared<Document>();
  document->name = name;
  try {
    document->root = nlohmann::json::parse(bytes);
  } catch (const nlohmann::json::parse_error& error) {
    const auto before = std::min<std::size_t>(error.byte, bytes.size());
    const auto line = 1 + std::count(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(before), '\n');
    throw Refuse("“{0}” is not JSON: it cannot be read from line {1} on.", name, line);
  } catch (const nlohmann::json::out_of_range&) {
    throw Refuse("“{0}” cannot be read: a number in it is too large.", name);
  }
  const void* root = &document->root;
  return Json(std::move(document), root, {});
}

Error Json::Wrong(const Message& what) const {
  if (path_.empty()) return Refuse("“{0}”: {1}", document_->name, what);
  return Refuse("“{0}”, at {1}: {2}", document_->name, path_, what);
}

std::optional<Json> Json::Maybe(const std::string& key) const {
  const auto& node = Node(node_);
  if (!node.is_object()) throw Wrong(Say("an object {…} is expected."));
  const auto found = node.find(key);
  if (found == node.end() || found->is_null()) return std::nullopt;
  return Json(document_, &*found, path_.empty() ? key : path_ + "." + key);
}

Json Json::At(const std::string& key) const {
  auto found = Maybe(key);
  if (!found) throw Wrong(Say("“{0}” is missing.", key));
  return *found;
}

std::vector<Json> Json::Items() const {
  const auto& node = Node(node_);
  if (!node.is_array()) throw Wrong(Say("a list […] is expected."));
  std::vector<Json> items;
  for (std::size_t i = 0; i < node.size(); ++i) items.push_back(Json(document_, &node[i], path_ + "[" + std::to_string(i) + "]"));
  return items;
}

std::string Json::Text() const {
  const auto& node = Node(node_);
  if (!node.is_string() || node.get_ref<const std::string&>().empty()) throw Wrong(Say("a text is expected."));
  const auto& text = node.get_ref<const std::string&>();
  if (text.find('\0') != std::string::npos) throw Wrong(Say("a text without NUL characters is expected."));
  return text;
}

std::int64_t Json::Int(std::int64_t least, std::int64_t most) const {
  const auto& node = Node(node_);
  const bool whole = node.is_number_integer() && !(node.is_number_unsigned() && node.get<std::uint64_t>() > INT64_MAX);
  if (!whole || node.get<std::int64_t>() < least || node.get<std::int64_t>() > most) {
    throw Wrong(Say("a whole number from {0} to {1} is expected.", least, most));
  }
  return node.get<std::int64_t>();
}

bool Json::Flag() const {
  const auto& node = Node(node_);
  if (!node.is_boolean()) throw Wrong(Say("true or false is expected."));
  return node.get<bool>();
}

Localized Json::Texts() const {
  const auto& node = Node(node_);
  Localized texts;
  if (node.is_object()) {
    for (const auto& [language, text] : node.items()) {
      if (!text.is_string() || text.get_ref<const std::string&>().empty()) throw Wrong(Say("the text in “{0}” is missing.", language));
      texts.texts.emplace_back(language, text.get<std::string>());
    }
  }
  if (texts.texts.empty()) throw Wrong(Say("a text by language is expected, as in {“nl”: “...”, “en”: “...”}."));
  return texts;
}

Localized Json::TextsOrText() const {
  if (Node(node_).is_string()) return {{{"en", Text()}}};
  return Texts();
}

std::string Json::OneOf(const std::vector<std::string>& allowed) const {
  const std::string text = Text();
  if (std::find(allowed.begin(), allowed.end(), text) != allowed.end()) return text;
  std::string list;
  for (const auto& one : allowed) list += (list.empty() ? "" : ", ") + one;
  throw Wrong(Say("“{0}” is not one of {1}.", text, list));
}

}  // namespace meerstem
