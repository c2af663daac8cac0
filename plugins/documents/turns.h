#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/text.h"

namespace meerstem::documents {

struct FoundSpeaker {
  std::string label;         ///< As first written, without the colon.
  std::int64_t turns = 0;    ///< Turns with words.
  bool interviewer = false;
};

struct FoundTurn {
  std::size_t speaker = 0;   ///< Index into speakers.
  Range label;               ///< The label with its colon.
  Range words;               ///< From after the label to the end of the turn's last paragraph, never empty.
};

struct Conversation {
  std::vector<FoundSpeaker> speakers;  ///< In the order in which they first speak.
  std::vector<FoundTurn> turns;        ///< By position.
};

/// Who speaks where: paragraphs that begin with "Name:". A paragraph without a label goes on with the turn before it;
/// a heading (of `headings`) that is no label ends it.
///
/// What counts as a speaker, so that "Opmerking:" or "Kortom:" at the start of a paragraph does not become a person:
/// - a label has 1 to 40 letters, digits, spaces and . - ' & (and may close with something in brackets), at most four
///   words, at least one letter; words in lower case only when it is one word; no number or // follows the colon;
/// - words that head a paragraph about the text itself (Opmerking, Noot, Datum, Samenvatting ...) or hold up a sentence
///   (Kortom, Bijvoorbeeld ...) are never speakers;
/// - a label that stands twice or more is a speaker. A word for an interviewer that is longer than a letter is one from
///   the first time, when someone else speaks too;
/// - a label that stands once is a speaker only where it takes part in a conversation: it looks like a name (each word
///   with a capital), the paragraph right before it and the one right after it carry labels too (or there is none, or a
///   heading), and it opens or stands in a conversation of at least three labels, or answers an interviewer. Where
///   labels stand alone on their line, one that does so too is enough;
/// - a label that nobody answers is no conversation, unless it stands before at least a quarter of the paragraphs, twice
///   at least.
Conversation FindTurns(const Text& text, const std::vector<Range>& headings = {});

/// Does this line begin with something that has the shape of a speaker's label?
bool LooksLikeLabel(std::string_view line);

/// Interviewer, Interviewster, Onderzoeker, Moderator, I, Int, Vraag, Q ... with or without a number, in either case.
bool IsInterviewer(std::string_view label);

/// Labels that differ in case, diacritics or spaces only are the same.
std::string LabelKey(std::string_view label);

}  // namespace meerstem::documents
