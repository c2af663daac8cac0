#include "plugins/documents/xml.h"

#include <algorithm>
#include <exception>
#include <memory>

#include <expat.h>

namespace meerstem::documents {
namespace {

constexpr int kDeepest = 256;
constexpr std::size_t kPiece = std::size_t{1} << 20;

struct ParserEnd {
  void operator()(XML_ParserStruct* parser) const { XML_ParserFree(parser); }
};

/// Between expat and the handler: an exception must not pass through C.
struct Passage {
  XML_Parser parser;
  const XmlHandler& handler;
  int depth = 0;
  bool stopped = false;
  std::exception_ptr thrown;

  template <class Body>
  void Do(Body body) {
    if (stopped) return;
    try {
      body();
    } catch (...) {
      thrown = std::current_exception();
      Stop();
    }
  }
  void Stop() {
    stopped = true;
    XML_StopParser(parser, XML_FALSE);
  }
};

void Begin(void* data, const XML_Char* name, const XML_Char** values) {
  auto& passage = *static_cast<Passage*>(data);
  if (++passage.depth > kDeepest) return passage.Stop();
  passage.Do([&] {
    XmlAttributes attributes;
    for (const XML_Char** value = values; *value; value += 2) attributes.emplace_back(value[0], value[1]);
    if (passage.handler.begin) passage.handler.begin(name, attributes);
  });
}

void End(void* data, const XML_Char* name) {
  auto& passage = *static_cast<Passage*>(data);
  --passage.depth;
  passage.Do([&] {
    if (passage.handler.end) passage.handler.end(name);
  });
}

void Words(void* data, const XML_Char* words, int size) {
  auto& passage = *static_cast<Passage*>(data);
  passage.Do([&] {
    if (passage.handler.text) passage.handler.text({words, static_cast<std::size_t>(size)});
  });
}

void Entity(void* data, const XML_Char*, int, const XML_Char*, int, const XML_Char*, const XML_Char*, const XML_Char*, const XML_Char*) {
  static_cast<Passage*>(data)->Stop();
}

}  // namespace

std::string_view AttributeOf(const XmlAttributes& attributes, std::string_view name) {
  const auto found = std::find_if(attributes.begin(), attributes.end(), [&](const auto& attribute) { return attribute.first == name; });
  return found == attributes.end() ? std::string_view() : found->second;
}

bool ReadXml(std::string_view utf8, const XmlHandler& handler) {
  const std::unique_ptr<XML_ParserStruct, ParserEnd> parser(XML_ParserCreate("UTF-8"));
  Passage passage{parser.get(), handler};
  XML_SetUserData(parser.get(), &passage);
  XML_SetElementHandler(parser.get(), Begin, End);
  XML_SetCharacterDataHandler(parser.get(), Words);
  XML_SetEntityDeclHandler(parser.get(), Entity);
  bool fine = true;
  do {
    const std::size_t size = std::min(kPiece, utf8.size());
    fine = XML_Parse(parser.get(), utf8.data(), static_cast<int>(size), size == utf8.size()) == XML_STATUS_OK;
    utf8.remove_prefix(size);
  } while (fine && !utf8.empty());
  if (passage.thrown) std::rethrow_exception(passage.thrown);
  return fine && !passage.stopped;
}

std::string XmlEncoding(std::string_view bytes) {
  const std::string_view head = bytes.substr(0, std::min(bytes.find("?>"), std::size_t{300}));
  const auto at = head.find("encoding=");
  if (!head.starts_with("<?xml") || at == std::string_view::npos || at + 10 >= head.size()) return {};
  const auto end = head.find(head[at + 9], at + 10);
  return end == std::string_view::npos ? std::string() : std::string(head.substr(at + 10, end - at - 10));
}

}  // namespace meerstem::documents
