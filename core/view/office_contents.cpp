// A table of contents, in the XML of both formats.
#include <string>

#include "core/view/grid.h"
#include "core/view/office_tree.h"

namespace meerstem::view {

std::string ContentsOfDocx(const std::string& title, const std::vector<ContentsEntry>& entries) {
  const auto field = [](const std::string& instruction, const std::string& result) {
    return R"(<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> )" + instruction + R"( </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>)" + result;
  };
  const std::string end = R"(<w:r><w:fldChar w:fldCharType="end"/></w:r>)";
  std::string xml = R"(<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/><w:docPartUnique/></w:docPartObj></w:sdtPr><w:sdtContent><w:p><w:pPr><w:pStyle w:val="TOCHeading"/></w:pPr><w:r><w:t>)" +
                    Escape(title) + "</w:t></w:r></w:p>";
  for (const auto& entry : entries) {
    xml += R"(<w:p><w:pPr><w:pStyle w:val="TOC)" + std::to_string(entry.level) + R"("/></w:pPr>)";
    if (&entry == &entries.front()) xml += field(R"(TOC \o "1-3" \h \z \u)", "");
    xml += R"(<w:hyperlink w:anchor=")" + entry.bookmark + R"("><w:r><w:t xml:space="preserve">)" + Escape(entry.text) + R"(</w:t></w:r></w:hyperlink>)";
    if (&entry == &entries.back()) xml += end;
    xml += "</w:p>";
  }
  // What follows stands apart.
  return xml + "</w:sdtContent></w:sdt><w:p/>";
}

std::string ContentsOfOdt(const std::string& title, const std::vector<ContentsEntry>& entries) {
  std::string xml = R"(<text:table-of-content text:name="Contents" text:protected="true"><text:table-of-content-source text:outline-level="3"><text:index-title-template text:style-name="Contents_20_Heading">)" +
                    Escape(title) + "</text:index-title-template>";
  for (const char level : {'1', '2', '3'}) {
    xml += std::string(R"(<text:table-of-content-entry-template text:outline-level=")") + level + R"(" text:style-name="Contents_20_)" + level +
           R"("><text:index-entry-text/><text:index-entry-tab-stop style:type="right" style:leader-char="."/><text:index-entry-page-number/></text:table-of-content-entry-template>)";
  }
  xml += R"(</text:table-of-content-source><text:index-body><text:index-title text:name="Contents_Head"><text:p text:style-name="Contents_20_Heading">)" + Escape(title) + "</text:p></text:index-title>";
  for (const auto& entry : entries) {
    xml += R"(<text:p text:style-name="Contents_20_)" + std::to_string(entry.level) + R"("><text:a xlink:type="simple" xlink:href="#)" + entry.bookmark + R"(">)" + Escape(entry.text) +
           R"(<text:tab/><text:bookmark-ref text:reference-format="page" text:ref-name=")" + entry.bookmark + R"("></text:bookmark-ref></text:a></text:p>)";
  }
  return xml + R"(</text:index-body></text:table-of-content><text:p text:style-name="Text_20_body"/>)";
}

}  // namespace meerstem::view
