// Subtitles of every make, and the text they become.
#include "plugins/documents/transcript.h"
#include "tests/fuzz/target.h"

void meerstem::fuzz::Try(std::string_view input) {
  documents::Document document;
  documents::FillFrom(documents::ParseCaptions(input, "fuzz.vtt"), document);
  const Text text(document.text);
  for (const auto& moment : document.moments) Hold(!moment.range.empty() && moment.range.end <= text.size() && moment.from >= 0 && moment.from <= *moment.until, "a moment lies in the text");
}
