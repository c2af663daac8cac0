#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/message.h"
#include "plugins/documents/document.h"

/// Files in which each stretch of speech has its time: subtitles (WebVTT, SubRip), Praat's TextGrid, Transcriber's TRS and
/// ELAN's EAF. Every parser takes UTF-8 of any content, needs time and memory in proportion to it, and refuses
/// (kRefused, naming the file) what it cannot read.
namespace meerstem::documents {

struct Utterance {
  std::string speaker;          ///< Empty: nobody is named.
  std::int64_t from = 0;        ///< In milliseconds.
  std::int64_t until = 0;
  std::string words;            ///< One line.
};

struct Transcript {
  std::vector<Utterance> utterances;
  std::vector<Message> notes;
};

Transcript ParseCaptions(std::string_view utf8, const std::string& file_name);
Transcript ParseTextGrid(std::string_view utf8, const std::string& file_name);
Transcript ParseTranscriber(std::string_view utf8, const std::string& file_name);
Transcript ParseElan(std::string_view utf8, const std::string& file_name);

/// "1:02:03.450", "02:03,450", "62.5": milliseconds; nullopt when it is no time or beyond a hundred hours.
std::optional<std::int64_t> ReadTime(std::string_view text);

/// The transcript as a text: a paragraph for each turn, which begins with who speaks; a long turn is broken where there
/// was a pause, or at the end of a sentence. Fills text, moments, conversation and notes.
void FillFrom(Transcript transcript, Document& document);

}  // namespace meerstem::documents
