#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/command/job.h"
#include "core/view/model.h"
#include "plugins/coding/expression.h"
#include "plugins/coding/places.h"
#include "plugins/coding/shared.h"

/// Words in texts: a plain scan of the cached folded text of every source, no index.
namespace meerstem::coding {

/// Part of a word in whatever capitals and accents, letter for letter, whole words, `*` and `?` for letters, an expression.
enum class SearchMode { kFolded, kExact, kWholeWord, kWildcard, kRegex };

struct SearchQuery {
  std::string text;
  SearchMode mode = SearchMode::kFolded;
  std::vector<std::string> forms = {};  ///< Further words, each as a whole word.
  std::string near = {};                ///< Only where this stands near, in whatever capitals and accents.
  Expression::Reach reach = Expression::Reach::kWords;
  std::int64_t words = 10;
  std::vector<Id> sources = {};         ///< Empty, here and below: all.
  std::vector<Id> stakeholders = {};
  std::vector<Id> persons = {};
  std::vector<Id> sites = {};
  std::vector<Id> codes = {};           ///< Only within or across quotes with one of these, or of those below them.
  std::vector<std::string> source_kinds = {};  ///< interview, remark ...
  bool include_researchers = false;     ///< The interviewer's turns are skipped unless asked for.
};
/// The parameters by which views and commands ask for a search, and a search from them. `text` is not among them.
std::vector<Parameter> ScopeParameters();
SearchQuery QueryFrom(Reading& reading, const Arguments& arguments);
Parameter ModeParameter();
SearchMode ModeOf(const std::string& name);

/// A form of a word that was found: as it is written there, folded, and how often in how many sources.
struct WordForm {
  std::string folded;
  std::string shown;
  std::int64_t count = 0;
  std::int64_t sources = 0;
};
/// The words in which the places lie, grown to whole words; the most frequent first.
std::vector<WordForm> FormsAt(Reading& reading, const Places& places);

/// The places where the query stands, in the order of sources and positions. Speakers' labels are not words that
/// somebody said and are never found. kRefused for an expression that cannot be read or takes too long.
Places FindPlaces(Reading& reading, const SearchQuery& query, Job& job);

enum class Extent { kMatch, kSentence, kParagraph, kTurn };

/// Each place grown to what it stands in, never beyond the turn, without white space at its ends; each extent once.
Places Grow(Reading& reading, const Places& places, Extent extent);

/// Places as the rows of a table: source, speaker, stakeholder, before, words, after, start, end; with `code`, who has
/// it there already as well. Fetched by page.
view::Table PlacesTable(Places places, std::optional<Id> code);
/// The key of a place's row.
std::string PlaceKey(const SourceSpan& place);

}  // namespace meerstem::coding
