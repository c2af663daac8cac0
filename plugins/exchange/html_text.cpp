#include "plugins/exchange/html_text.h"

#include <algorithm>
#include <array>
#include <memory>

#include <libxml/HTMLparser.h>

namespace meerstem::exchange {
namespace {

bool IsBlock(std::string_view name) {
  static constexpr std::array kBlocks = {"p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "tr", "table", "blockquote", "pre", "br", "hr", "section"};
  return std::find(kBlocks.begin(), kBlocks.end(), name) != kBlocks.end();
}

struct Page {
  HtmlText text;
  std::size_t bytes = 0;      ///< Of text nodes so far.
  int silent = 0;             ///< Inside so many scripts and styles.
  bool boundary = false;      ///< A block began or ended since the last words.
};

void OnStart(void* context, const xmlChar* name, const xmlChar**) {
  auto& page = *static_cast<Page*>(context);
  const std::string_view tag(reinterpret_cast<const char*>(name));
  page.silent += tag == "script" || tag == "style";
  page.boundary |= IsBlock(tag);
}

void OnEnd(void* context, const xmlChar* name) {
  auto& page = *static_cast<Page*>(context);
  const std::string_view tag(reinterpret_cast<const char*>(name));
  page.silent -= tag == "script" || tag == "style";
  page.boundary |= IsBlock(tag);
}

void OnText(void* context, const xmlChar* text, int size) {
  auto& page = *static_cast<Page*>(context);
  if (page.silent > 0) return;
  const std::string_view words(reinterpret_cast<const char*>(text), static_cast<std::size_t>(size));
  if (words.empty()) return;
  auto& all = page.text.words;
  if (page.boundary && !all.empty() && all.back() != '\n' && words.front() != '\n') {
    page.text.breaks.push_back(page.bytes);
    all += '\n';
  }
  page.boundary = false;
  all += words;
  page.bytes += words.size();
}

}  // namespace

std::size_t HtmlText::Place(std::size_t byte, bool end) const {
  // A break before the place belongs to the words before it; an end right there does not take it along.
  const auto after = end ? std::lower_bound(breaks.begin(), breaks.end(), byte) : std::upper_bound(breaks.begin(), breaks.end(), byte);
  return byte + static_cast<std::size_t>(after - breaks.begin());
}

HtmlText WordsOfHtml(std::string_view html) {
  Page page;
  htmlSAXHandler handler{};
  handler.startElement = &OnStart;
  handler.endElement = &OnEnd;
  handler.characters = &OnText;
  handler.ignorableWhitespace = &OnText;
  handler.cdataBlock = &OnText;
  const std::unique_ptr<htmlParserCtxt, decltype(&htmlFreeParserCtxt)> parser(htmlCreatePushParserCtxt(&handler, &page, nullptr, 0, nullptr, XML_CHAR_ENCODING_UTF8), &htmlFreeParserCtxt);
  if (!parser) return {};
  htmlCtxtUseOptions(parser.get(), HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET | HTML_PARSE_RECOVER);
  constexpr std::size_t kChunk = std::size_t{1} << 16;
  for (std::size_t at = 0; at < html.size(); at += kChunk) {
    htmlParseChunk(parser.get(), html.data() + at, static_cast<int>(std::min(kChunk, html.size() - at)), 0);
  }
  htmlParseChunk(parser.get(), nullptr, 0, 1);
  return std::move(page.text);
}

}  // namespace meerstem::exchange
