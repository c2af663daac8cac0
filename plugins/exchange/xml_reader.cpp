#include "plugins/exchange/xml_reader.h"

#include <algorithm>
#include <cstring>
#include <exception>
#include <memory>

#include <expat.h>

#include "core/base/error.h"
#include "core/base/fold.h"

namespace meerstem::exchange {
namespace {

constexpr std::size_t kDepth = 256;
constexpr std::size_t kChunk = std::size_t{1} << 20;
constexpr std::int64_t kToken = 8 << 20;
constexpr std::size_t kText = std::size_t{64} << 20;
constexpr std::size_t kHeld = std::size_t{256} << 20;

std::string_view Local(std::string_view name) {
  const auto colon = name.rfind(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

bool IsBlank(std::string_view text) { return text.find_first_not_of(" \t\r\n") == std::string_view::npos; }

/// One run of expat. Exceptions wait until expat has returned: they may not cross its C.
class Run {
 public:
  Run(const std::string& file, XmlHandler& handler) : file_(file), handler_(handler), parser_(XML_ParserCreate(nullptr), &XML_ParserFree) {
    if (!parser_) throw Error(ErrorCode::kInternal, Say("The XML reader could not start; look whether memory is short."));
    XML_SetUserData(parser_.get(), this);
    XML_SetElementHandler(parser_.get(), [](void* self, const char* name, const char** attributes) { static_cast<Run*>(self)->Guard([&](Run& run) { run.Start(name, attributes); }); },
                          [](void* self, const char*) { static_cast<Run*>(self)->Guard([](Run& run) { run.End(); }); });
    XML_SetCharacterDataHandler(parser_.get(), [](void* self, const char* text, int size) {
      static_cast<Run*>(self)->Guard([&](Run& run) { run.Characters({text, static_cast<std::size_t>(size)}); });
    });
    XML_SetStartDoctypeDeclHandler(parser_.get(), [](void* self, const char* name, const char*, const char*, int) {
      static_cast<Run*>(self)->Guard([&](Run& run) { run.Doctype(name); });
    });
  }

  void Read(const ByteSource& bytes) {
    std::int64_t fed = 0;
    for (bool end = false; !end;) {
      void* buffer = XML_GetBuffer(parser_.get(), static_cast<int>(kChunk));
      if (!buffer) throw Error(ErrorCode::kInternal, Say("The XML reader could not go on; look whether memory is short."));
      const std::size_t size = bytes(static_cast<char*>(buffer), kChunk);
      end = size == 0;
      fed += static_cast<std::int64_t>(size);
      const auto status = XML_ParseBuffer(parser_.get(), static_cast<int>(size), end);
      if (thrown_) std::rethrow_exception(thrown_);
      if (status != XML_STATUS_OK) {
        throw Refuse("“{0}” is damaged or not a whole file: at line {1} the XML cannot be read ({2}).", file_,
                     static_cast<std::int64_t>(XML_GetCurrentLineNumber(parser_.get())), XML_ErrorString(XML_GetErrorCode(parser_.get())));
      }
      if (fed - std::max<XML_Index>(0, XML_GetCurrentByteIndex(parser_.get())) > kToken + static_cast<std::int64_t>(kChunk)) TooLong();
    }
  }

 private:
  template <class Body>
  void Guard(const Body& body) {
    if (thrown_) return;
    try {
      body(*this);
    } catch (...) {
      thrown_ = std::current_exception();
      XML_StopParser(parser_.get(), XML_FALSE);
    }
  }

  [[noreturn]] void TooLong() { throw Refuse("“{0}” holds a single value of more than {1} MB, which no project does; it is not read.", file_, kToken >> 20); }

  void Hold(std::size_t bytes) {
    held_ += bytes;
    if (held_ > kHeld) throw Refuse("“{0}” holds more at once than a project can ({1} MB in one piece); it is not read.", file_, kHeld >> 20);
  }

  void Start(const char* name, const char** attributes) {
    if (open_.size() >= kDepth) throw Refuse("“{0}” nests its elements deeper than {1}, which no project does; it is not read.", file_, kDepth);
    if (!open_.empty() && IsBlank(open_.back().text)) {
      held_ -= std::min(held_, open_.back().text.size());
      open_.back().text.clear();
    }
    Element element{.name = std::string(Local(name))};
    element.weight = sizeof(Element) + element.name.size();
    for (; *attributes; attributes += 2) {
      const std::string_view key = attributes[0];
      if (key == "xmlns" || key.starts_with("xmlns:")) continue;
      element.attributes.emplace_back(Local(key), attributes[1]);
      element.weight += 64 + std::strlen(attributes[1]);
    }
    Hold(element.weight);
    open_.push_back(std::move(element));
    handler_.Open(open_.back());
  }

  void End() {
    Element element = std::move(open_.back());
    open_.pop_back();
    // No element of the format holds both: what stands between children is white space, or says nothing.
    if (!element.children.empty()) element.text.clear();
    element.weight += element.text.size();
    const std::size_t weight = element.weight;
    if (handler_.Close(element) || open_.empty()) {
      held_ -= std::min(held_, weight);
      return;
    }
    open_.back().weight += weight;
    open_.back().children.push_back(std::move(element));
  }

  void Characters(std::string_view text) {
    if (open_.empty()) return;
    std::string& whole = open_.back().text;
    if (whole.size() + text.size() > kText) throw Refuse("“{0}” holds a text of more than {1} MB, which no conversation has; it is not read.", file_, kText >> 20);
    Hold(text.size());
    whole += text;
  }

  void Doctype(std::string_view name) {
    if (LowerAscii(std::string(name)) == "html") throw Refuse("“{0}” is a web page, not a project; perhaps a download that asked to sign in.", file_);
    throw Refuse("“{0}” declares a document type, which may hide traps and which no project needs; it is not read.", file_);
  }

  const std::string& file_;
  XmlHandler& handler_;
  std::unique_ptr<XML_ParserStruct, decltype(&XML_ParserFree)> parser_;
  std::vector<Element> open_;
  std::size_t held_ = 0;
  std::exception_ptr thrown_;
};

}  // namespace

std::string_view Element::operator[](std::string_view attribute) const {
  for (const auto& [key, value] : attributes) {
    if (key == attribute) return value;
  }
  return {};
}

void Element::Set(std::string_view attribute, std::string value) {
  for (auto& [key, old] : attributes) {
    if (key == attribute) {
      old = std::move(value);
      return;
    }
  }
  attributes.emplace_back(attribute, std::move(value));
}

const Element* Element::Child(std::string_view child) const {
  for (const auto& element : children) {
    if (element.name == child) return &element;
  }
  return nullptr;
}

void ReadXml(const ByteSource& bytes, const std::string& file, XmlHandler& handler) { Run(file, handler).Read(bytes); }

Element ParseXml(std::string_view xml, const std::string& file) {
  struct Keep final : XmlHandler {
    void Open(const Element&) override { ++depth; }
    bool Close(Element& element) override {
      if (--depth == 0) root = std::move(element);
      return depth == 0;
    }
    int depth = 0;
    Element root;
  } keep;
  std::size_t at = 0;
  ReadXml(
      [&](char* buffer, std::size_t size) {
        const std::size_t count = std::min(size, xml.size() - at);
        std::memcpy(buffer, xml.data() + at, count);
        at += count;
        return count;
      },
      file, keep);
  return std::move(keep.root);
}

}  // namespace meerstem::exchange
