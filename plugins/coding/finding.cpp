#include "plugins/coding/finding.h"

#include <algorithm>

#include <unicode/regex.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "core/base/boundaries.h"
#include "core/base/error.h"
#include "core/base/fold.h"

namespace meerstem::coding {
namespace {

/// How long one match may take, in ICU's units of about a millisecond.
constexpr std::int32_t kPatience = 1000;
constexpr std::int64_t kContext = 60;

bool IsWordAt(const Text& folded, std::int64_t position) {
  if (position < 0 || position >= folded.size()) return false;
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(folded.utf8().data());
  auto at = static_cast<std::int64_t>(folded.Byte(position));
  UChar32 c;
  U8_NEXT(bytes, at, static_cast<std::int64_t>(folded.utf8().size()), c);
  return c == 1 || u_isalnum(c);  // U+0001 is a combining mark, part of the letter before it.
}

/// One way of finding, prepared once and used on many texts.
class Finder {
 public:
  Finder(const SearchQuery& query, const Job& job) : query_(query) {
    if (query.mode != SearchMode::kRegex) return;
    UErrorCode status = U_ZERO_ERROR;
    UParseError where{};
    pattern_.reset(icu::RegexPattern::compile(icu::UnicodeString::fromUTF8(query.text), UREGEX_CASE_INSENSITIVE | UREGEX_MULTILINE, where, status));
    if (U_FAILURE(status)) throw Refuse("“{0}” is not an expression that can be read; look around character {1}.", query.text, std::max(where.offset, 0));
    matcher_.reset(pattern_->matcher(status));
    matcher_->setTimeLimit(kPatience, status);
    matcher_->setMatchCallback([](const void* context, int32_t) -> UBool { return !static_cast<const Job*>(context)->cancelled(); }, &job, status);
    if (U_FAILURE(status)) throw Error(ErrorCode::kInternal, Say("The expression could not be prepared."));
  }

  std::vector<Range> Find(Reading& reading, const Id& source) {
    switch (query_.mode) {
      case SearchMode::kRegex:
        return ByExpression(reading, source);
      case SearchMode::kExact:
        return Exactly(*TextOf(reading, source));
      default:
        break;
    }
    const auto folded = FoldedTextOf(reading, source);
    auto found = FindFolded(*folded, query_.text);
    if (query_.mode == SearchMode::kWholeWord) {
      std::erase_if(found, [&](const Range& range) { return IsWordAt(*folded, range.start - 1) || IsWordAt(*folded, range.end); });
    }
    return found;
  }

 private:
  std::vector<Range> Exactly(const Text& text) const {
    std::vector<Range> found;
    const auto& utf8 = text.utf8();
    for (std::size_t at = 0; (at = utf8.find(query_.text, at)) != std::string::npos; at += query_.text.size()) {
      found.push_back({text.CodePoint(at), text.CodePoint(at + query_.text.size())});
    }
    return found;
  }

  std::vector<Range> ByExpression(Reading& reading, const Id& source) {
    const auto text = TextOf(reading, source);
    const auto units = icu::UnicodeString::fromUTF8(text->utf8());
    UErrorCode status = U_ZERO_ERROR;
    matcher_->reset(units);
    std::vector<Range> found;
    while (matcher_->find(status)) {
      const Range range{text->FromUtf16(matcher_->start(status)), text->FromUtf16(matcher_->end(status))};
      if (!range.empty()) found.push_back(range);
    }
    if (status == U_REGEX_STOPPED_BY_CALLER) throw Error(ErrorCode::kCancelled, Say("Stopped; nothing was changed."));
    if (U_FAILURE(status)) {
      throw Refuse("“{0}” takes too long on “{1}”; make the expression more precise, for example without a repeat inside a repeat.", query_.text,
                   GetSource(reading, source).title);
    }
    return found;
  }

  const SearchQuery& query_;
  std::unique_ptr<icu::RegexPattern> pattern_;
  std::unique_ptr<icu::RegexMatcher> matcher_;
};

using Turns = std::vector<StoredTurn>;

/// The first turn that reaches beyond `position`: the one that holds it, if any does.
Turns::const_iterator TurnAt(const Turns& turns, std::int64_t position) {
  return std::partition_point(turns.begin(), turns.end(), [&](const StoredTurn& turn) { return turn.words.end <= position; });
}

/// Whether somebody whom the query asks for says these words.
bool IsSaid(const SearchQuery& query, const Turns& turns, const std::optional<Id>& source_stakeholder, const Range& range) {
  const auto wanted = [&](const std::optional<Id>& stakeholder) {
    return query.stakeholders.empty() ||
           (stakeholder && std::find(query.stakeholders.begin(), query.stakeholders.end(), *stakeholder) != query.stakeholders.end());
  };
  bool in_turn = false;
  for (auto turn = TurnAt(turns, range.start); turn != turns.end() && turn->label.start < range.end; ++turn) {
    if (turn->label.Overlaps(range)) in_turn = true;
    if (!turn->words.Overlaps(range)) continue;
    in_turn = true;
    if (turn->researcher && !query.include_researchers) continue;
    if (wanted(turn->stakeholder ? turn->stakeholder : source_stakeholder)) return true;
  }
  return !in_turn && wanted(source_stakeholder);
}

/// From the start of the first to the end of the last unit that `range` touches; `range` itself where there is none.
Range Around(const std::vector<Range>& units, const Range& range) {
  Range grown = range;
  auto unit = std::partition_point(units.begin(), units.end(), [&](const Range& u) { return u.end <= range.start; });
  for (; unit != units.end() && unit->start < range.end; ++unit) grown = {std::min(grown.start, unit->start), std::max(grown.end, unit->end)};
  return grown;
}

/// The places of a table by key; words, speakers and coders are fetched with the page.
class PlaceRows final : public view::Rows {
 public:
  PlaceRows(std::vector<SourceSpan> places, std::optional<Id> code) : places_(std::move(places)), code_(code) {}
  std::size_t Count() const override { return places_.size(); }
  std::string Key(std::size_t index) const override { return PlaceKey(places_[index]); }

  std::vector<view::Row> Page(Reading& reading, std::size_t first, std::size_t count) const override {
    std::vector<view::Row> rows;
    Id loaded;
    Turns turns;
    std::string title, stakeholder;
    std::int64_t length = 0;
    for (std::size_t i = first; i < places_.size() && i - first < count; ++i) {
      const auto& place = places_[i];
      if (place.source != loaded) {
        loaded = place.source;
        const Source source = GetSource(reading, loaded);
        title = source.title;
        turns = TurnsOf(reading, loaded);
        length = TextOf(reading, loaded)->size();
        stakeholder.clear();
        if (source.stakeholder) {
          auto row = reading.Query("SELECT name FROM stakeholder_type WHERE id = ?", *source.stakeholder);
          if (row.Step()) stakeholder = row.Text(0);
        }
      }
      rows.push_back(RowOf(reading, place, turns, title, stakeholder, length));
    }
    return rows;
  }

 private:
  view::Row RowOf(Reading& reading, const SourceSpan& place, const Turns& turns, const std::string& title, const std::string& source_stakeholder,
                  std::int64_t length) const {
    const auto [start, end] = place.range;
    view::Cell speaker{.state = view::State::kEmpty};
    std::string stakeholder = source_stakeholder;
    auto turn = TurnAt(turns, start);
    while (turn != turns.end() && turn->words.start < end && turn->researcher && std::next(turn) != turns.end() && std::next(turn)->words.start < end) ++turn;
    if (turn != turns.end() && turn->words.start < end) {
      speaker = {.value = turn->person_name.empty() ? turn->speaker_label : turn->person_name};
      if (turn->person) speaker.entities = {{"person", *turn->person}};
      if (!turn->stakeholder_name.empty()) stakeholder = turn->stakeholder_name;
    }
    view::Cell type{.value = stakeholder};
    if (stakeholder.empty()) type = {.state = view::State::kEmpty};
    const auto words = [&](std::int64_t from, std::int64_t to) {
      return view::Cell{.value = OneLine(reading, {place.source, {from, to}}, Purpose::kScreen)};
    };
    view::Row row{.key = PlaceKey(place)};
    row.cells = {{.value = title}, std::move(speaker), std::move(type), words(std::max<std::int64_t>(0, start - kContext), start), words(start, end),
                 words(end, std::min(length, end + kContext)), {.value = start}, {.value = end}};
    if (code_) row.cells.push_back(Already(reading, place));
    row.entities = {{"source", place.source}};
    row.target = PlaceOf(place);
    return row;
  }

  view::Cell Already(Reading& reading, const SourceSpan& place) const {
    std::string coders;
    auto rows = reading.Query(
        "SELECT ifnull(researcher.name, '?') FROM span JOIN quote ON quote.span_id = span.id JOIN coding ON coding.quote_id = quote.id "
        "LEFT JOIN researcher ON researcher.id = coder_id WHERE source_id = ? AND start = ? AND end = ? AND code_id = ? ORDER BY 1",
        place.source, place.range.start, place.range.end, *code_);
    while (rows.Step()) coders += (coders.empty() ? "" : "; ") + rows.Text(0);
    if (coders.empty()) return {.state = view::State::kEmpty};
    return {.value = coders};
  }

  std::vector<SourceSpan> places_;
  std::optional<Id> code_;
};

}  // namespace

std::vector<SourceSpan> FindPlaces(Reading& reading, const SearchQuery& query, Job& job) {
  std::vector<SourceSpan> places;
  if (query.text.empty()) return places;
  Finder finder(query, job);
  std::vector<std::pair<Id, std::optional<Id>>> sources;
  {
    auto rows = reading.Query("SELECT id, stakeholder_id, kind FROM source ORDER BY order_key, id");
    while (rows.Step()) {
      const Id id = rows.GetId(0);
      const auto& kinds = query.source_kinds;
      if (!kinds.empty() && std::find(kinds.begin(), kinds.end(), rows.View(2)) == kinds.end()) continue;
      if (query.sources.empty() || std::find(query.sources.begin(), query.sources.end(), id) != query.sources.end()) sources.emplace_back(id, rows.MaybeId(1));
    }
  }
  for (std::size_t i = 0; i < sources.size(); ++i) {
    job.Progress(static_cast<double>(i) / static_cast<double>(sources.size()));
    const auto found = finder.Find(reading, sources[i].first);
    if (found.empty()) continue;
    const auto turns = TurnsOf(reading, sources[i].first);
    for (const auto& range : found) {
      if (IsSaid(query, turns, sources[i].second, range)) places.push_back({sources[i].first, range});
    }
  }
  return places;
}

std::vector<SourceSpan> Grow(Reading& reading, const std::vector<SourceSpan>& places, Extent extent) {
  std::vector<SourceSpan> grown;
  std::set<Range> seen;
  Id loaded;
  std::shared_ptr<const Text> text;
  Turns turns;
  std::vector<Range> units;
  for (const auto& place : places) {
    if (place.source != loaded) {
      loaded = place.source;
      seen.clear();
      text = TextOf(reading, loaded);
      turns = TurnsOf(reading, loaded);
      if (extent == Extent::kSentence) units = Sentences(*text);
      else if (extent != Extent::kMatch) units = Paragraphs(*text);
    }
    // The turns that the place touches bound it; a place outside every turn is bounded by its paragraph.
    std::optional<Range> bounds;
    for (auto turn = TurnAt(turns, place.range.start); turn != turns.end() && turn->words.start < place.range.end; ++turn) {
      bounds = bounds ? Range{bounds->start, turn->words.end} : turn->words;
    }
    Range range = place.range;
    if (extent == Extent::kTurn && bounds) range = *bounds;
    else if (extent != Extent::kMatch) range = Around(units, range);
    if (bounds) range = {std::max(range.start, bounds->start), std::min(range.end, bounds->end)};
    range = TrimRange(*text, range);
    if (!range.empty() && seen.insert(range).second) grown.push_back({loaded, range});
  }
  return grown;
}

view::Table PlacesTable(std::vector<SourceSpan> places, std::optional<Id> code) {
  view::Table table;
  table.columns = {{"source", Say("Source")},
                   {"speaker", Say("Speaker")},
                   {"stakeholder", Say("Stakeholder type")},
                   {"before", Say("Before"), view::ColumnType::kText, 30},
                   {"words", Say("Words")},
                   {"after", Say("After"), view::ColumnType::kText, 30},
                   {"start", Say("Start"), view::ColumnType::kInteger},
                   {"end", Say("End"), view::ColumnType::kInteger}};
  if (code) table.columns.push_back({"already", Say("Coded so already by")});
  table.rows = std::make_shared<PlaceRows>(std::move(places), code);
  return table;
}

std::string PlaceKey(const SourceSpan& place) {
  return ToString(place.source) + ":" + std::to_string(place.range.start) + "-" + std::to_string(place.range.end);
}

}  // namespace meerstem::coding
