#pragma once

#include <map>
#include <memory>
#include <string>
#include <unordered_set>
#include <vector>

#include "core/base/text.h"
#include "core/command/parameters.h"
#include "core/store/store.h"

/// Words that look like names, so that a researcher can say which of them are.
namespace meerstem {

enum class NameGuess { kName, kPlace, kAbbreviation };

/// Words with a capital in a row, particles between them too (Jan De Smet, Els van den Broeck).
struct NameLike {
  Range range;
  bool opens = false;    ///< A sentence: its capital says nothing.
  NameGuess guess = NameGuess::kName;
};
/// By position. A place follows in, te, naar, uit ...
std::vector<NameLike> NameLikesIn(const Text& text);

/// One that stands in the study's texts and that nobody has judged yet.
struct NameCandidate {
  std::string words;     ///< As it is mostly written.
  NameGuess guess = NameGuess::kName;
  std::int64_t places = 0;
  std::int64_t sources = 0;
  SourceSpan example;
};
struct NameCandidates {
  /// By folded words. Names of the list, pseudonyms, sites, cases and what was said to be no name are not among them.
  std::map<std::string, NameCandidate> found;
  std::unordered_set<std::string> everyday;  ///< Folded words that stand in the texts without a capital.
};

/// What was found in all texts that may be seen, speakers' labels aside; kept until texts or lists change.
std::shared_ptr<const NameCandidates> NameCandidatesOf(Reading& reading);

}  // namespace meerstem
