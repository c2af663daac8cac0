#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/fold.h"
#include "core/base/text.h"
#include "core/command/parameters.h"
#include "core/store/store.h"

/// Sources and their texts, turns and speakers.
namespace meerstem {

struct Source {
  Id id;
  std::string title;
  std::string kind;
  Id content;
  std::string language;
  std::optional<Date> date;
  std::optional<Id> site;
  std::optional<Id> stakeholder;
  std::string file_name;
  std::string encoding;
};

/// kRefused when there is none.
Source GetSource(Reading& reading, const Id& id);
/// The stored text of a source, indexed. Shared and cached by content, so that asking again costs nothing.
/// For computing only: what people see goes through display.h.
std::shared_ptr<const Text> TextOf(Reading& reading, const Id& source);
/// The same text folded for searching (fold.h), cached likewise.
std::shared_ptr<const FoldedText> FoldedTextOf(Reading& reading, const Id& source);
/// That of a content, for who knows which one a source has: nothing is asked of the store while it is cached.
std::shared_ptr<const FoldedText> FoldedContent(Reading& reading, const Id& content);

/// The same for the same words, and tells nothing of them: by it content is stored, and a change noticed.
Id HashOf(std::string_view text);
/// Stores a clean text once, whoever holds it; returns its hash.
Id StoreContent(Writing& writing, const std::string& text);
/// Adds a source whose text is stored already. An order key behind the last.
Id AddSource(Writing& writing, const Source& source);

/// The span of a range, found or made. kRefused when the range is empty or beyond the text.
Id EnsureSpan(Writing& writing, const SourceSpan& span);
/// The one place where `words` stand literally; kRefused when nowhere or more than once.
Range FindOnce(Reading& reading, const Id& source, const std::string& words);

/// One turn as stored: label range (may be empty), words, speaker and person.
struct StoredTurn {
  Id id;
  Id speaker;
  std::string speaker_label;
  Range label;
  Range words;
  std::optional<Id> person;
  std::string person_name;        ///< Pseudonym.
  std::optional<Id> stakeholder;
  std::string stakeholder_name;
  bool researcher = false;
  bool withdrawn = false;         ///< Whoever spoke took everything back.
};
/// By position.
std::vector<StoredTurn> TurnsOf(Reading& reading, const Id& source);
/// Those of them whose words the span touches.
std::vector<StoredTurn> TurnsAt(Reading& reading, const SourceSpan& span);

}  // namespace meerstem
