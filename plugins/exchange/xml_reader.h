#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// XML read as a stream: whole files pass through in bounded memory, and what is malicious is refused.
namespace meerstem::exchange {

/// A node with its subtree. Names are local names: projects come in a dozen namespaces that mean the same.
struct Element {
  std::string name;
  std::vector<std::pair<std::string, std::string>> attributes;
  std::string text;
  std::vector<Element> children;
  std::size_t weight = 0;  ///< Bytes held by the subtree, roughly.

  /// Empty when there is none.
  std::string_view operator[](std::string_view attribute) const;
  void Set(std::string_view attribute, std::string value);
  const Element* Child(std::string_view child) const;
};

/// Told of every node as it opens (attributes only) and closes (with the children that were not taken).
class XmlHandler {
 public:
  virtual ~XmlHandler() = default;
  virtual void Open(const Element& element) = 0;
  /// True: taken; it does not become a child of its parent, so that a file of any size leaves only what is wanted.
  virtual bool Close(Element& element) = 0;
};

/// Fills the buffer; 0 at the end.
using ByteSource = std::function<std::size_t(char* buffer, std::size_t size)>;

/// kRefused, naming `file`, for what is not well-formed, declares entities or a document type, nests deeper than 256,
/// or holds a single name or value of more than 8 MiB, a text of more than 64 MiB, or more than 256 MiB that is not taken.
void ReadXml(const ByteSource& bytes, const std::string& file, XmlHandler& handler);

/// A whole small document.
Element ParseXml(std::string_view xml, const std::string& file);

}  // namespace meerstem::exchange
