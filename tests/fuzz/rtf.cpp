// Code pages of RTF: whatever the bytes, what comes out is UTF-8 and not much longer.
#include "core/base/text.h"
#include "plugins/documents/rtf.h"
#include "tests/fuzz/target.h"

void meerstem::fuzz::Try(std::string_view input) {
  const std::string rewritten = documents::RtfInUnicode(input);
  Hold(IsValidUtf8(rewritten), "it is UTF-8");
  Hold(rewritten.size() <= 4 * input.size() + 16, "it is not much longer");
}
