// Our own look for exported texts, as a reference document for pandoc: a zip of the files in core/view/house.
#include <array>
#include <memory>
#include <vector>

#include <zip.h>

#include "core/base/error.h"
#include "core/view/office_tree.h"
#include "house_docx.h"
#include "house_odt.h"

namespace meerstem::view {

void WriteHouseStyle(const std::string& format, const std::string& path) {
  // In the order of the lists in core/CMakeLists.txt.
  static const std::vector<const char*> kDocx = {"[Content_Types].xml", "_rels/.rels", "word/document.xml", "word/_rels/document.xml.rels", "word/styles.xml", "word/footer1.xml"};
  static const std::vector<const char*> kOdt = {"META-INF/manifest.xml", "meta.xml", "styles.xml"};
  const auto& names = format == "docx" ? kDocx : kOdt;
  const auto files = format == "docx" ? HouseDocx() : HouseOdt();
  zip_t* zip = zip_open(path.c_str(), ZIP_CREATE | ZIP_TRUNCATE, nullptr);
  bool well = zip != nullptr;
  const auto add = [&](const char* name, const char* bytes, std::size_t size, int method) {
    const auto index = zip_file_add(zip, name, zip_source_buffer(zip, bytes, size, 0), ZIP_FL_ENC_UTF_8);
    well = well && index >= 0 && zip_set_file_compression(zip, static_cast<zip_uint64_t>(index), method, 0) == 0;
  };
  static constexpr std::string_view kOdtType = "application/vnd.oasis.opendocument.text";
  if (well && format == "odt") add("mimetype", kOdtType.data(), kOdtType.size(), ZIP_CM_STORE);
  for (std::size_t i = 0; well && i < names.size(); ++i) add(names[i], files[i].data(), files[i].size(), ZIP_CM_DEFLATE);
  if (!zip || zip_close(zip) != 0 || !well) throw Error(ErrorCode::kDisk, Say("A temporary file could not be written; look whether the disk is full."));
}

}  // namespace meerstem::view
