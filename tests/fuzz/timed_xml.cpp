// Transcriber's TRS and ELAN's EAF: the first byte chooses.
#include "plugins/documents/transcript.h"
#include "tests/fuzz/target.h"

void meerstem::fuzz::Try(std::string_view input) {
  if (input.empty()) return;
  documents::Document document;
  const std::string_view xml = input.substr(1);
  documents::FillFrom(input[0] == 'e' ? documents::ParseElan(xml, "fuzz.eaf") : documents::ParseTranscriber(xml, "fuzz.trs"), document);
  const Text text(document.text);
  if (!document.conversation) return;
  for (const auto& turn : document.conversation->turns) Hold(turn.label.end <= turn.words.start && turn.words.end <= text.size() && !turn.words.empty(), "a turn lies in the text");
}
