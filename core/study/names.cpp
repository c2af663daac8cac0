#include "core/study/names.h"

#include <algorithm>
#include <set>

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "core/base/boundaries.h"
#include "core/base/fold.h"
#include "core/study/derive.h"
#include "core/study/display.h"
#include "core/study/sources.h"

namespace meerstem {
namespace {

UChar32 At(const Text& text, std::int64_t position) {
  if (position < 0 || position >= text.size()) return 0;
  const auto slice = text.Slice({position, position + 1});
  std::int32_t at = 0;
  UChar32 c;
  U8_NEXT(reinterpret_cast<const std::uint8_t*>(slice.data()), at, static_cast<std::int32_t>(slice.size()), c);
  return c;
}

bool IsCapital(UChar32 c) { return u_isupper(c) || u_istitle(c); }

/// Two capitals or more, no small letter.
bool IsAbbreviation(const Text& text, const Range& word) {
  int capitals = 0;
  for (auto i = word.start; i < word.end; ++i) {
    const UChar32 c = At(text, i);
    if (u_islower(c)) return false;
    capitals += IsCapital(c);
  }
  return capitals > 1;
}

/// Does a sentence, or what somebody is quoted to have said, begin here?
bool Opens(const Text& text, std::int64_t position) {
  // A word that another word or a comma comes before does not; after any other sign it may.
  bool apart = false;
  for (auto i = position - 1; i >= 0; --i) {
    const UChar32 c = At(text, i);
    if (c == ' ' || c == '\t') {
      apart = true;
      continue;
    }
    return !u_isalnum(c) && c != ',' && c != '/' && c != '&' && !(c == '-' && !apart);
  }
  return true;
}

bool Joins(std::string_view between) { return between == " " || between == "-"; }

const std::set<std::string>& Particles() {
  static const std::set<std::string> particles{"van", "de", "den", "der", "ter", "ten", "von", "el", "al", "la", "le", "di", "da", "ben"};
  return particles;
}
const std::set<std::string>& BeforePlaces() {
  static const std::set<std::string> before{"in", "te", "naar", "uit", "vanuit", "tot", "rond", "nabij", "richting", "from", "to", "near"};
  return before;
}

std::set<std::string> Judged(Reading& reading) {
  std::set<std::string> judged;
  auto rows = reading.Query(
      "SELECT words FROM no_name UNION SELECT words FROM replacement UNION SELECT shown FROM replacement UNION SELECT pseudonym FROM person "
      "UNION SELECT code FROM study_case UNION SELECT name FROM site UNION SELECT name FROM stakeholder_type");
  while (rows.Step()) judged.insert(FoldText(rows.View(0)));
  return judged;
}

std::shared_ptr<const NameCandidates> Gather(Reading& reading) {
  struct Found {
    std::map<std::string, std::int64_t> spellings;
    std::map<NameGuess, std::int64_t> guesses;
    std::set<Id> sources;
    std::int64_t places = 0, inside = 0;
    SourceSpan example;
  };
  std::map<std::string, Found> all;
  std::map<std::string, std::int64_t> everyday;  // How often a word stands there without a capital.
  const auto judged = Judged(reading);
  std::vector<Id> sources;
  {
    auto rows = reading.Query("SELECT id FROM source ORDER BY order_key, id");
    while (rows.Step()) sources.push_back(rows.GetId(0));
  }
  Displaying displaying(reading, Purpose::kScreen);
  for (const auto& source : sources) {
    const auto text = TextOf(reading, source);
    const auto turns = TurnsOf(reading, source);
    const Text folded_text(FoldText(text->utf8()));
    for (const auto& word : Words(*text)) {
      if (!IsCapital(At(*text, word.start))) ++everyday[std::string(folded_text.Slice(word))];
    }
    auto turn = turns.begin();
    for (const auto& like : NameLikesIn(*text)) {
      while (turn != turns.end() && turn->words.end <= like.range.start) ++turn;
      if (turn != turns.end() && turn->label.Overlaps(like.range)) continue;
      const std::string words(text->Slice(like.range));
      const std::string folded = FoldText(words);
      if (judged.contains(folded) || !displaying.IsVerbatim({source, like.range})) continue;
      Found& found = all[folded];
      if (found.places++ == 0 || (found.inside == 0 && !like.opens)) found.example = {source, like.range};
      found.inside += !like.opens;
      ++found.spellings[words];
      ++found.guesses[like.guess];
      found.sources.insert(source);
    }
  }
  auto candidates = std::make_shared<NameCandidates>();
  for (auto& [folded, found] : all) {
    // A word that only ever opens sentences is most likely just a word.
    if (found.inside == 0) continue;
    // So is one that mostly stands without a capital.
    if (const auto plain = everyday.find(folded); plain != everyday.end() && plain->second >= 2 * found.inside) continue;
    const auto most = [](const auto& counts) { return std::max_element(counts.begin(), counts.end(), [](const auto& a, const auto& b) { return a.second < b.second; })->first; };
    const NameGuess guess = found.guesses.contains(NameGuess::kAbbreviation) ? NameGuess::kAbbreviation : found.guesses.contains(NameGuess::kPlace) ? NameGuess::kPlace : NameGuess::kName;
    candidates->found.emplace(folded, NameCandidate{most(found.spellings), guess, found.places, static_cast<std::int64_t>(found.sources.size()), found.example});
  }
  for (const auto& [word, count] : everyday) candidates->everyday.insert(word);
  return candidates;
}

}  // namespace

std::vector<NameLike> NameLikesIn(const Text& text) {
  const Text folded(FoldText(text.utf8()));
  const auto words = Words(text);
  std::vector<NameLike> found;
  for (std::size_t i = 0; i < words.size();) {
    if (!IsCapital(At(text, words[i].start)) || words[i].size() < 2) {
      ++i;
      continue;
    }
    NameLike like{words[i], Opens(text, words[i].start), IsAbbreviation(text, words[i]) ? NameGuess::kAbbreviation : NameGuess::kName};
    const bool place = i > 0 && text.Slice({words[i - 1].end, words[i].start}) == " " && BeforePlaces().contains(std::string(folded.Slice(words[i - 1])));
    if (place && like.guess == NameGuess::kName) like.guess = NameGuess::kPlace;
    std::size_t next = i + 1;
    // What opens a sentence is not joined: "Toen Jan kwam".
    while (!like.opens && next < words.size() && Joins(text.Slice({like.range.end, words[next].start}))) {
      std::size_t capital = next;
      while (capital < words.size() && capital < next + 3 && Particles().contains(std::string(text.Slice(words[capital]))) && capital + 1 < words.size() &&
             Joins(text.Slice({words[capital].end, words[capital + 1].start}))) {
        ++capital;
      }
      if (!IsCapital(At(text, words[capital].start))) break;
      like.range.end = words[capital].end;
      next = capital + 1;
    }
    // A genitive is a form of the name: Jan's.
    const auto slice = text.Slice(like.range);
    for (const std::string_view ending : {"'s", "’s"}) {
      if (slice.size() > ending.size() && slice.ends_with(ending)) like.range.end -= 2;
    }
    found.push_back(like);
    i = next;
  }
  return found;
}

std::shared_ptr<const NameCandidates> NameCandidatesOf(Reading& reading) {
  static const std::set<std::string> rests_on{"source", "turn", "speaker", "person", "span", "replacement", "no_name", "study_case", "site", "stakeholder_type"};
  auto candidates = Derive<NameCandidates>(reading, "name_candidates", [&](std::shared_ptr<const NameCandidates> before, std::int64_t from, std::int64_t to) {
    if (before) {
      const Happened happened = Between(reading, from, to, {}, 0);
      const bool same = happened.known && std::none_of(rests_on.begin(), rests_on.end(), [&](const auto& table) { return happened.tables.contains(table); });
      if (same) return before;
    }
    return Gather(reading);
  });
  reading.database().AddReads(rests_on);
  return candidates;
}

}  // namespace meerstem
