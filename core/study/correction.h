#pragma once

#include <memory>
#include <vector>

#include "core/base/text.h"
#include "core/command/parameters.h"
#include "core/store/store.h"

/// A source gets another text, and everything that stood on its words moves along.
namespace meerstem {

/// A quote whose words are others now.
struct ChangedQuote {
  Id quote;
  Range before;
  Range after;            ///< Empty: its words are gone.
};

/// What a correction would do, found out without changing anything.
struct Correction {
  Id source;
  std::string text;                    ///< Clean.
  std::vector<ChangedQuote> changed;   ///< By position.
  std::int64_t quotes = 0;             ///< Of the source, all of them.
  std::int64_t gone() const;
};
Correction PlanCorrection(Reading& reading, const Id& source, std::string text);

/// Stores the text and moves every span of the source. Spans whose words are gone go, with the turns, moments and quotes
/// on them; where two quotes come to stand on the same words they become one. Changed quotes are listed in changed_words,
/// with their words as they were before the first correction that nobody has looked at; one whose words are again what
/// they were leaves the list.
/// kRefused for an empty text, and when quotes would go and `drop_gone` does not say that they may.
/// Turns keep who speaks; whether the corrected words make other turns is for who knows how speakers were found.
void Correct(Writing& writing, const Correction& correction, bool drop_gone);

}  // namespace meerstem
