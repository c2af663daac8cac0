#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "plugins/exchange/xml_reader.h"

namespace meerstem::exchange {

/// Writes XML in order, element by element, into a sink; never holds more than a buffer. Characters that XML cannot
/// carry become U+FFFD.
class XmlWriter {
 public:
  explicit XmlWriter(std::function<void(std::string_view)> sink);
  void Open(std::string_view name);
  void Attribute(std::string_view name, std::string_view value);
  void Text(std::string_view text);
  void Close();
  /// A subtree as it is.
  void Write(const Element& element);
  /// `<name>text</name>`, or nothing for an empty text.
  void Leaf(std::string_view name, std::string_view text);
  /// Everything that is still in the buffer.
  void Flush();

 private:
  void FinishTag();
  void Break();
  std::function<void(std::string_view)> sink_;
  std::string buffer_;
  std::vector<std::string> open_;
  bool in_tag_ = false;     ///< "<name" is written, ">" is not.
  bool has_text_ = false;   ///< No line break before the end tag.
  bool has_child_ = false;
};

/// An element as text, without a declaration.
std::string ToXml(const Element& element);

}  // namespace meerstem::exchange
