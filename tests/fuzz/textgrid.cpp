// Praat's TextGrid in its long and short form.
#include "plugins/documents/transcript.h"
#include "tests/fuzz/target.h"

void meerstem::fuzz::Try(std::string_view input) {
  documents::Document document;
  documents::FillFrom(documents::ParseTextGrid(input, "fuzz.TextGrid"), document);
  const Text text(document.text);
  for (const auto& moment : document.moments) Hold(!moment.range.empty() && moment.range.end <= text.size(), "a moment lies in the text");
}
