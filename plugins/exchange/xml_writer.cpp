#include "plugins/exchange/xml_writer.h"

namespace meerstem::exchange {
namespace {

constexpr std::size_t kBuffer = std::size_t{1} << 20;

void Escape(std::string& out, std::string_view text, bool attribute) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += attribute ? "&quot;" : "\""; break;
      case '\r': out += "&#13;"; break;
      case '\n': out += attribute ? "&#10;" : "\n"; break;
      case '\t': out += attribute ? "&#9;" : "\t"; break;
      case 0xEF:
        // U+FFFE and U+FFFF are no characters of XML.
        if (text.substr(i, 2) == "\xEF\xBF" && i + 2 < text.size() && static_cast<unsigned char>(text[i + 2]) >= 0xBE) {
          out += "\uFFFD";
          i += 2;
        } else {
          out += static_cast<char>(c);
        }
        break;
      default:
        if (c < 0x20) out += "\uFFFD";
        else out += static_cast<char>(c);
    }
  }
}

}  // namespace

XmlWriter::XmlWriter(std::function<void(std::string_view)> sink) : sink_(std::move(sink)) {
  buffer_ = "<?xml version=\"1.0\" encoding=\"utf-8\"?>";
}

void XmlWriter::FinishTag() {
  if (in_tag_) buffer_ += '>';
  in_tag_ = false;
}

void XmlWriter::Break() {
  buffer_ += '\n';
  buffer_.append(open_.size(), ' ');
}

void XmlWriter::Open(std::string_view name) {
  FinishTag();
  if (buffer_.size() > kBuffer) Flush();
  Break();
  buffer_ += '<';
  buffer_ += name;
  open_.emplace_back(name);
  in_tag_ = true;
  has_text_ = has_child_ = false;
}

void XmlWriter::Attribute(std::string_view name, std::string_view value) {
  buffer_ += ' ';
  buffer_ += name;
  buffer_ += "=\"";
  Escape(buffer_, value, true);
  buffer_ += '"';
}

void XmlWriter::Text(std::string_view text) {
  FinishTag();
  Escape(buffer_, text, false);
  has_text_ = true;
}

void XmlWriter::Close() {
  const std::string name = std::move(open_.back());
  open_.pop_back();
  if (in_tag_) {
    buffer_ += "/>";
    in_tag_ = false;
  } else {
    if (has_child_ || !has_text_) Break();
    buffer_ += "</";
    buffer_ += name;
    buffer_ += '>';
  }
  has_text_ = false;
  has_child_ = true;
}

void XmlWriter::Write(const Element& element) {
  Open(element.name);
  for (const auto& [name, value] : element.attributes) Attribute(name, value);
  if (!element.text.empty()) Text(element.text);
  for (const auto& child : element.children) Write(child);
  Close();
}

void XmlWriter::Leaf(std::string_view name, std::string_view text) {
  if (text.empty()) return;
  Open(name);
  Text(text);
  Close();
}

void XmlWriter::Flush() {
  sink_(buffer_);
  buffer_.clear();
}

std::string ToXml(const Element& element) {
  std::string whole;
  XmlWriter writer([&](std::string_view part) { whole += part; });
  writer.Write(element);
  writer.Flush();
  return whole.substr(whole.find("\n<") + 1);
}

}  // namespace meerstem::exchange
