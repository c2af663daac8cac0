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

/// How a text says who speaks.
enum class SpeakerForm {
  kColon,     ///< "Name:", "12. Name (00:12:03):", "[00:12] Name:"
  kBracket,   ///< "[Name] words", "{Name} words"
  kTimed,     ///< "Name  0:03" alone on its line, the words below it (Teams, Zoom, Otter)
  kTable,     ///< A column of names beside one of words
  kBold,      ///< A bold name before the words, or above them
};

/// Who speaks where: paragraphs that begin with a label of the form. A paragraph without a label goes on with the turn
/// before it; a heading (of `headings`) that is no label ends it. `names` are the bold beginnings, for kBold only.
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
/// Brackets, bold and columns hold other things than names too: there every word of a label has a capital, and labels
/// stand before a good part of the paragraphs.
Conversation FindTurns(const Text& text, const std::vector<Range>& headings = {}, SpeakerForm form = SpeakerForm::kColon, const std::vector<Range>& names = {});

/// The form that finds most turns; the earlier one when two find as many.
struct FormFound {
  std::optional<SpeakerForm> form;   ///< None: nobody is named.
  Conversation conversation;
};
FormFound FindForm(const Text& text, const std::vector<Range>& headings, const std::vector<Range>& names);

/// Turns by a pattern of the researcher's own: a regular expression (ICU) that is held against the beginning of every
/// line, with a group named `speaker`. What it matches is the label. Every match begins a turn.
/// kRefused when it cannot be read, has no such group, or takes too long.
Conversation FindTurnsBy(const std::string& pattern, const Text& text, const std::vector<Range>& headings = {});

/// The label with which a line begins, by the form "Name:"; nullopt also for words that are never speakers.
struct LineLabel {
  std::string name;
  std::size_t after = 0;     ///< Bytes of the label with its colon.
  bool name_like = false;
};
std::optional<LineLabel> LabelOf(std::string_view line);

/// Does this line begin with something that has the shape of a speaker's label?
bool LooksLikeLabel(std::string_view line);

/// Interviewer, Interviewster, Onderzoeker, Moderator, I, Int, Vraag, Q ... with or without a number, in either case.
bool IsInterviewer(std::string_view label);

/// Labels that differ in case, diacritics or spaces only are the same.
std::string LabelKey(std::string_view label);

}  // namespace meerstem::documents
