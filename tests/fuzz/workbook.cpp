// Workbooks: the parts of one, NUL between them, packed as a spreadsheet would.
#include <zip.h>

#include "plugins/registrations/table_source.h"
#include "tests/fuzz/target.h"
#include "tests/support/test_study.h"

void meerstem::fuzz::Try(std::string_view input) {
  static const testing::TestFolder folder;
  static const std::string path = folder.path("fuzz.xlsx");
  int error = 0;
  zip_t* zip = zip_open(path.c_str(), ZIP_CREATE | ZIP_TRUNCATE, &error);
  for (const char* part : {"xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"}) {
    const auto bytes = input.substr(0, input.find('\0'));
    const zip_int64_t index = zip_file_add(zip, part, zip_source_buffer(zip, bytes.data(), bytes.size(), 0), ZIP_FL_ENC_UTF_8);
    zip_set_file_compression(zip, static_cast<zip_uint64_t>(index), ZIP_CM_STORE, 0);
    if (bytes.size() == input.size()) break;
    input.remove_prefix(bytes.size() + 1);
  }
  if (zip_close(zip) != 0) {
    zip_discard(zip);
    return;
  }
  const auto table = registrations::OpenWorkbook(path, {});
  std::vector<registrations::TableCell> cells;
  while (table->Next(cells)) Hold(cells.size() <= registrations::kColumnLimit, "no row is wider than a table can be");
}
