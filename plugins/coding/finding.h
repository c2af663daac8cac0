#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/command/job.h"
#include "core/view/model.h"
#include "plugins/coding/shared.h"

/// Words in texts: a plain scan of the cached folded text of every source, no index.
namespace meerstem::coding {

enum class SearchMode { kFolded, kExact, kWholeWord, kRegex };

struct SearchQuery {
  std::string text;
  SearchMode mode = SearchMode::kFolded;
  std::vector<Id> sources;           ///< Empty: all.
  std::vector<Id> stakeholders;      ///< Empty: all.
  bool include_researchers = false;  ///< The interviewer's turns are skipped unless asked for.
  std::vector<std::string> source_kinds = {};  ///< interview, remark ...; empty: all.
};

/// The places where the query stands, in the order of sources and positions. Speakers' labels are not words that
/// somebody said and are never found. kRefused for an expression that cannot be read or takes too long.
std::vector<SourceSpan> FindPlaces(Reading& reading, const SearchQuery& query, Job& job);

enum class Extent { kMatch, kSentence, kParagraph, kTurn };

/// Each place grown to what it stands in, never beyond the turn, without white space at its ends; each extent once.
std::vector<SourceSpan> Grow(Reading& reading, const std::vector<SourceSpan>& places, Extent extent);

/// Places as the rows of a table: source, speaker, stakeholder, before, words, after, start, end; with `code`, who has
/// it there already as well. Fetched by page.
view::Table PlacesTable(std::vector<SourceSpan> places, std::optional<Id> code);
/// The key of a place's row.
std::string PlaceKey(const SourceSpan& place);

}  // namespace meerstem::coding
