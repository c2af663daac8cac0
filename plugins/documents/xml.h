#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace meerstem::documents {

using XmlAttributes = std::vector<std::pair<std::string_view, std::string_view>>;
/// The value of an attribute; empty when it is not there.
std::string_view AttributeOf(const XmlAttributes& attributes, std::string_view name);

struct XmlHandler {
  std::function<void(std::string_view name, const XmlAttributes& attributes)> begin;
  std::function<void(std::string_view name)> end;
  std::function<void(std::string_view words)> text;   ///< May come in pieces.
};

/// Goes through XML (UTF-8, whatever its head says) in one pass, with nothing kept but the elements that are open: no
/// entity of the file's own, no other file, at most 256 levels. False when it is not well-formed or beyond these bounds;
/// what the handler throws comes out.
bool ReadXml(std::string_view utf8, const XmlHandler& handler);

/// The encoding that the head of an XML file names; empty: none.
std::string XmlEncoding(std::string_view bytes);

}  // namespace meerstem::documents
