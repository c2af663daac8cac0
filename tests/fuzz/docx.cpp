// Parts of Word files: text boxes and the strict form. The first byte chooses: a part, or the whole package.
#include "plugins/documents/docx.h"
#include "tests/fuzz/target.h"

void meerstem::fuzz::Try(std::string_view input) {
  if (input.empty()) return;
  const std::string bytes(input.substr(1));
  std::vector<Message> notes;
  std::int64_t boxes = 0;
  if (input[0] == 'z') documents::ReadableDocx(bytes, "fuzz.docx", notes);
  else Hold(documents::ReadablePart(bytes, boxes).size() <= 2 * bytes.size() + 16, "a part grows only by longer names");
}
