#include "core/study/display.h"

#include <algorithm>
#include <mutex>
#include <unordered_map>

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "core/base/error.h"
#include "core/base/fold.h"
#include "core/study/derive.h"
#include "core/study/people.h"
#include "core/study/sources.h"

namespace meerstem {

/// Words of a text and what is shown instead.
struct Replacement {
  Range range;
  std::string shown;
};
using Replacements = std::vector<Replacement>;

namespace {

constexpr std::int64_t kFewPeople = 5;
constexpr std::size_t kLoadedAtMost = 64;

/// SQL: does this person withhold their words from the purpose ?2?
constexpr char kWithholds[] =
    "(withdrawn IS NOT NULL OR (?2 <> 0 AND may_analyse = 0) OR (?2 = 2 AND may_quote = 0) OR (?2 = 3 AND may_archive = 0) "
    "OR (?2 >= 2 AND EXISTS (SELECT 1 FROM unguarded_person unguarded WHERE unguarded.id = person.id)))";
static_assert(static_cast<int>(Purpose::kScreen) == 0 && static_cast<int>(Purpose::kExport) == 2 && static_cast<int>(Purpose::kArchive) == 3);

/// Does the character at this position belong to a word? Curly quotes, dashes and ellipses do not, or a name beside one
/// would be shown.
bool IsWordAt(const Text& text, std::int64_t position) {
  if (position < 0 || position >= text.size()) return false;
  const auto slice = text.Slice({position, position + 1});
  std::int32_t at = 0;
  UChar32 c;
  U8_NEXT(reinterpret_cast<const std::uint8_t*>(slice.data()), at, static_cast<std::int32_t>(slice.size()), c);
  return c >= 0 && (u_isalnum(c) || (U_GET_GC_MASK(c) & U_GC_M_MASK) != 0);
}

/// The study's list of names, and where they stand in each text that was asked for. A text is known by its hash, so that
/// only a change of the list makes this stale.
struct NameList {
  struct Name {
    std::string words, shown;
    bool capital;
  };
  std::vector<Name> names;        ///< The longest first.
  mutable std::mutex mutex;
  mutable std::unordered_map<Id, std::shared_ptr<const Replacements>> places;
};

std::shared_ptr<const NameList> NamesOf(Reading& reading) {
  auto list = Derive<NameList>(reading, "replacements", [&](std::shared_ptr<const NameList> before, std::int64_t from, std::int64_t to) {
    if (before) {
      const Happened happened = Between(reading, from, to, {}, 0);
      if (happened.known && !happened.tables.contains("replacement")) return before;
    }
    auto fresh = std::make_shared<NameList>();
    auto rows = reading.Query("SELECT words, shown, capital FROM replacement ORDER BY length(words) DESC, words");
    while (rows.Step()) fresh->names.push_back({rows.Text(0), rows.Text(1), rows.Int(2) != 0});
    return std::shared_ptr<const NameList>(std::move(fresh));
  });
  reading.database().AddReads({"replacement", "source"});
  return list;
}

/// Nothing of a word follows, or the s of a genitive and nothing after it.
bool EndsAt(const Text& text, std::int64_t end) {
  if (!IsWordAt(text, end)) return true;
  return text.Slice({end, end + 1}) == "s" && !IsWordAt(text, end + 1);
}

bool IsCapitalAt(const Text& text, std::int64_t position) {
  const auto slice = text.Slice({position, position + 1});
  std::int32_t at = 0;
  UChar32 c;
  U8_NEXT(reinterpret_cast<const std::uint8_t*>(slice.data()), at, static_cast<std::int32_t>(slice.size()), c);
  return c >= 0 && (u_isupper(c) || u_istitle(c));
}

/// Every place of the text where a name of the list stands as whole words, by position; a longer name goes before one in it.
Replacements PlacesOf(const NameList& list, const Text& text, const FoldedText& folded) {
  Replacements found;
  for (const auto& [words, shown, capital] : list.names) {
    for (const auto& range : FindFolded(folded, words)) {
      if (capital && !IsCapitalAt(text, range.start)) continue;
      const bool whole = !IsWordAt(text, range.start - 1) && EndsAt(text, range.end);
      const bool taken = std::any_of(found.begin(), found.end(), [&](const Replacement& r) { return r.range.Overlaps(range); });
      if (whole && !taken) found.push_back({range, shown});
    }
  }
  std::sort(found.begin(), found.end(), [](const Replacement& a, const Replacement& b) { return a.range < b.range; });
  return found;
}

std::shared_ptr<const Replacements> NamesIn(Reading& reading, const NameList& list, const Id& source) {
  static const auto none = std::make_shared<const Replacements>();
  if (list.names.empty()) return none;
  const Id content = GetSource(reading, source).content;
  {
    std::lock_guard lock(list.mutex);
    if (const auto found = list.places.find(content); found != list.places.end()) return found->second;
  }
  auto found = std::make_shared<Replacements>(PlacesOf(list, *TextOf(reading, source), *FoldedTextOf(reading, source)));
  std::lock_guard lock(list.mutex);
  return list.places.emplace(content, std::move(found)).first->second;
}

/// The names by which a transcript labels speakers who have another pseudonym, by position. A label that does not hold
/// the speaker's name as it was read is replaced whole.
Replacements LabelsIn(Reading& reading, const Id& source) {
  Replacements found;
  // From the speakers on: most have no other name, and then their turns need not be looked at.
  auto rows = reading.Query(
      "SELECT label.start, label.end, speaker.label, person.pseudonym FROM speaker CROSS JOIN person ON person.id = speaker.person_id "
      "CROSS JOIN turn ON turn.speaker_id = speaker.id CROSS JOIN span label ON label.id = turn.label_span_id "
      "WHERE speaker.source_id = ? AND speaker.label <> person.pseudonym ORDER BY label.start",
      source);
  std::shared_ptr<const Text> text;
  while (rows.Step()) {
    if (!text) text = TextOf(reading, source);
    const Range label{rows.Int(0), rows.Int(1)};
    const std::string name = rows.Text(2);
    const std::string_view stored = text->Slice(label);
    const auto at = stored.find(name);
    if (at == std::string_view::npos || name.empty()) {
      found.push_back({label, rows.Text(3) + ": "});
      continue;
    }
    const std::int64_t start = label.start + CountCodePoints(stored.substr(0, at));
    found.push_back({{start, start + CountCodePoints(name)}, rows.Text(3)});
  }
  return found;
}

/// The words of those who do not consent to the purpose, by position: the road itself shows none of them, whatever its
/// caller forgot to ask.
Replacements WithheldIn(Reading& reading, const Id& source, Purpose purpose) {
  Replacements found;
  auto rows = reading.Query(
      std::string("SELECT words.start, words.end FROM speaker CROSS JOIN person ON person.id = speaker.person_id CROSS JOIN turn ON turn.speaker_id = speaker.id "
      "CROSS JOIN span words ON words.id = turn.span_id WHERE speaker.source_id = ?1 AND ") + kWithholds + " ORDER BY words.start",
      source, static_cast<int>(purpose));
  while (rows.Step()) {
    const Range words{rows.Int(0), rows.Int(1)};
    if (!found.empty() && words.start < found.back().range.end) found.back().range.end = std::max(found.back().range.end, words.end);
    else found.push_back({words, "[…]"});
  }
  return found;
}

/// `first` goes before whatever of `rest` stands in it.
std::shared_ptr<const Replacements> Over(Replacements first, std::shared_ptr<const Replacements> rest) {
  if (first.empty()) return rest;
  auto all = std::make_shared<Replacements>(first);
  auto over = first.begin();
  for (const auto& each : *rest) {
    while (over != first.end() && over->range.end <= each.range.start) ++over;
    if (over == first.end() || !over->range.Overlaps(each.range)) all->push_back(each);
  }
  std::sort(all->begin(), all->end(), [](const Replacement& a, const Replacement& b) { return a.range < b.range; });
  return all;
}

/// Calls `visit(words, stored range, role)` for each stretch of a range as it is shown.
template <class Visit>
void EachRun(const Text& text, const Range& range, const Replacements& replacements, Visit visit) {
  const Range whole{std::max<std::int64_t>(0, range.start), std::min(range.end, text.size())};
  const auto plain = [&](std::int64_t start, std::int64_t end) {
    if (start < end) visit(text.Slice({start, end}), Range{start, end}, view::Run::Role::kWords);
  };
  std::int64_t at = whole.start;
  auto replacement = std::partition_point(replacements.begin(), replacements.end(), [&](const Replacement& r) { return r.range.end <= whole.start; });
  for (; replacement != replacements.end() && replacement->range.start < whole.end; ++replacement) {
    // A range that cuts a name in two shows the whole replacement rather than half of the name.
    plain(at, std::min(replacement->range.start, whole.end));
    const Range stored{std::max(replacement->range.start, whole.start), std::min(replacement->range.end, whole.end)};
    visit(std::string_view(replacement->shown), stored, view::Run::Role::kReplaced);
    at = std::max(at, stored.end);
  }
  plain(at, whole.end);
}

std::vector<view::Run> RunsOf(const Text& text, const Range& range, const Replacements& replacements) {
  std::vector<view::Run> runs;
  EachRun(text, range, replacements, [&](std::string_view words, const Range& stored, view::Run::Role role) { runs.push_back({std::string(words), stored, role}); });
  return runs;
}

std::string Joined(const std::vector<view::Run>& runs) {
  std::string text;
  for (const auto& run : runs) text += run.text;
  return text;
}

}  // namespace

struct Displaying::Loaded {
  std::shared_ptr<const meerstem::Text> text;
  std::shared_ptr<const Replacements> replacements;
};

// The same pseudonyms for every purpose: what is on screen may be seen over a shoulder. Consent differs by purpose.
Displaying::Displaying(Reading& reading, Purpose purpose) : reading_(reading), purpose_(purpose) {}
Displaying::~Displaying() = default;

const Displaying::Loaded& Displaying::Load(const Id& source) {
  if (last_.second && last_.first == source) return *last_.second;
  // Whoever goes through all sources must not hold all their texts.
  if (loaded_.size() >= kLoadedAtMost) loaded_.clear();
  auto& loaded = loaded_[source];
  if (!loaded) {
    loaded = std::make_unique<Loaded>(Loaded{TextOf(reading_, source), nullptr});
    loaded->replacements = Over(WithheldIn(reading_, source, purpose_), Over(LabelsIn(reading_, source), NamesIn(reading_, *NamesOf(reading_), source)));
  }
  last_ = {source, loaded.get()};
  return *loaded;
}

std::vector<view::Run> Displaying::Runs(const SourceSpan& span) {
  const Loaded& loaded = Load(span.source);
  return RunsOf(*loaded.text, span.range, *loaded.replacements);
}

void Displaying::Append(std::string& out, const SourceSpan& span) {
  const Loaded& loaded = Load(span.source);
  EachRun(*loaded.text, span.range, *loaded.replacements, [&](std::string_view words, const Range&, view::Run::Role) { out += words; });
}

std::string Displaying::Text(const SourceSpan& span) {
  std::string text;
  Append(text, span);
  return text;
}

std::string Displaying::Line(const SourceSpan& span) {
  std::string line = Text(span);
  for (auto& c : line) {
    if (c == '\n' || c == '\t') c = ' ';
  }
  return line;
}

bool Displaying::IsVerbatim(const SourceSpan& span) {
  const auto& replacements = *Load(span.source).replacements;
  const auto next = std::partition_point(replacements.begin(), replacements.end(), [&](const Replacement& r) { return r.range.end <= span.range.start; });
  return next == replacements.end() || !next->range.Overlaps(span.range);
}

std::vector<Range> ReplacedIn(Reading& reading, const Id& source) {
  std::vector<Range> places;
  for (const auto& replacement : *NamesIn(reading, *NamesOf(reading), source)) places.push_back(replacement.range);
  return places;
}

std::vector<view::Run> DisplayRuns(Reading& reading, const SourceSpan& span, Purpose purpose) { return Displaying(reading, purpose).Runs(span); }

std::string DisplayText(Reading& reading, const SourceSpan& span, Purpose purpose) { return Displaying(reading, purpose).Text(span); }

std::string DisplayWords(Reading& reading, std::string_view words) {
  const Text text{std::string(words)};
  const FoldedText folded(words);
  return Joined(RunsOf(text, {0, text.size()}, PlacesOf(*NamesOf(reading), text, folded)));
}

std::string DisplayLabel(Reading& reading, const SourceSpan& label) {
  return Joined(RunsOf(*TextOf(reading, label.source), label.range, *NamesIn(reading, *NamesOf(reading), label.source)));
}

bool MayUse(Reading& reading, const SourceSpan& span, Purpose purpose) {
  return reading.Number(
             std::string("SELECT count(*) FROM span words JOIN turn ON turn.span_id = words.id JOIN speaker ON speaker.id = turn.speaker_id "
                         "JOIN person ON person.id = speaker.person_id WHERE words.source_id = ?1 AND words.start < ?4 AND words.end > ?3 AND ") + kWithholds,
             span.source, static_cast<int>(purpose), span.range.start, span.range.end) == 0;
}

bool MayNameSite(Reading& reading, const std::optional<Id>& site, const std::optional<Id>& stakeholder) {
  if (Setting(reading, "reference_small_sites", "no") == "yes") return true;
  return reading.Number(
             "SELECT count(DISTINCT person.id) FROM person JOIN speaker ON speaker.person_id = person.id "
             "WHERE person.site_id IS ? AND person.stakeholder_id IS ? AND withdrawn IS NULL",
             site, stakeholder) >= kFewPeople;
}

Message Reference(Reading& reading, const SourceSpan& span) {
  const Source source = GetSource(reading, span.source);
  const std::string parts = Setting(reading, "reference", "pseudonym type site date");
  std::vector<std::string> people, types;
  std::optional<Id> type = source.stakeholder, site = source.site;
  for (const auto& turn : TurnsAt(reading, span)) {
    if (turn.researcher) continue;
    if (turn.person && std::find(people.begin(), people.end(), turn.person_name) == people.end()) people.push_back(turn.person_name);
    if (turn.stakeholder) {
      type = turn.stakeholder;
      if (std::find(types.begin(), types.end(), turn.stakeholder_name) == types.end()) types.push_back(turn.stakeholder_name);
    }
    if (turn.person) {
      auto row = reading.Query("SELECT site_id FROM person WHERE id = ?", *turn.person);
      if (row.Step() && row.MaybeId(0)) site = row.MaybeId(0);
    }
  }
  if (types.empty() && type) {
    auto row = reading.Query("SELECT name FROM stakeholder_type WHERE id = ?", *type);
    if (row.Step()) types.push_back(row.Text(0));
  }
  Message reference;
  const auto add = [&](MessageArgument argument) {
    reference.id += (reference.arguments.empty() ? "{" : ", {") + std::to_string(reference.arguments.size()) + "}";
    reference.arguments.push_back(std::move(argument));
  };
  const auto add_all = [&](const std::vector<std::string>& names) {
    std::string joined;
    for (const auto& name : names) joined += (joined.empty() ? "" : " + ") + name;
    if (!joined.empty()) add(joined);
  };
  if (parts.find("pseudonym") != std::string::npos) add_all(people);
  if (parts.find("type") != std::string::npos) add_all(types);
  if (parts.find("site") != std::string::npos && site) {
    if (MayNameSite(reading, site, type)) {
      auto row = reading.Query("SELECT name FROM site WHERE id = ?", *site);
      if (row.Step()) add(row.Text(0));
    }
  }
  if (parts.find("date") != std::string::npos && source.date) add(*source.date);
  return reference;
}

}  // namespace meerstem
