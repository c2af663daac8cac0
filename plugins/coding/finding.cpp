#include "plugins/coding/finding.h"

#include <algorithm>
#include <span>
#include <sstream>

#include <unicode/regex.h>

#include "core/base/boundaries.h"
#include "core/base/error.h"
#include "core/base/fold.h"
#include "core/study/coded_study.h"
#include "plugins/coding/meeting.h"
#include "plugins/coding/regex_literal.h"

namespace meerstem::coding {
namespace {

/// How long one match may take, in ICU's units of about a millisecond.
constexpr std::int32_t kPatience = 1000;
constexpr std::int64_t kContext = 60;

/// One way of finding, prepared once and used on many texts.
class Finder {
 public:
  Finder(const SearchQuery& query, const Job& job) : query_(query) {
    for (const auto& form : query.forms) needles_.emplace_back(form, FoldedNeedle::Edges::kWords);
    if (query.text.empty() || query.mode == SearchMode::kExact) return;
    if (query.mode == SearchMode::kFolded || query.mode == SearchMode::kWholeWord) {
      needles_.emplace_back(query.text, query.mode == SearchMode::kFolded ? FoldedNeedle::Edges::kAnywhere : FoldedNeedle::Edges::kWords);
      return;
    }
    UErrorCode status = U_ZERO_ERROR;
    UParseError where{};
    std::string expression = query.text;
    std::vector<std::string> literals;
    if (query.mode == SearchMode::kRegex) {
      Literals needed = LiteralsOfLines(expression);
      literals = std::move(needed.words);
      literals_first_ = needed.first;
    } else {
      expression = FromWildcards(FoldText(query.text), literals);
    }
    for (const auto& literal : literals) literals_.emplace_back(literal);
    pattern_.reset(icu::RegexPattern::compile(icu::UnicodeString::fromUTF8(expression), UREGEX_CASE_INSENSITIVE | UREGEX_MULTILINE, where, status));
    if (U_FAILURE(status)) throw Refuse("“{0}” is not an expression that can be read; look around character {1}.", query.text, std::max(where.offset, 0));
    matcher_.reset(pattern_->matcher(status));
    matcher_->setTimeLimit(kPatience, status);
    matcher_->setMatchCallback([](const void* context, int32_t) -> UBool { return !static_cast<const Job*>(context)->cancelled(); }, &job, status);
    if (U_FAILURE(status)) throw Error(ErrorCode::kInternal, Say("The expression could not be prepared."));
  }

  /// Puts the places in a source into `found`, by position.
  void Find(Reading& reading, const CodedStudy::Source& source, std::vector<Range>& found) {
    found.clear();
    if (!query_.text.empty()) {
      if (query_.mode == SearchMode::kExact) Exactly(*TextOf(reading, source.id), found);
      else if (matcher_) ByExpression(reading, source, found);
    }
    if (needles_.empty()) return;
    const auto folded = FoldedContent(reading, source.content);
    for (const auto& needle : needles_) needle.Find(*folded, found);
    if (query_.forms.empty()) return;
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
  }

 private:
  /// `*` is any letters and digits, none too; `?` is one. In folded text a combining mark is U+0001, part of its letter.
  /// The longest stretch without them is what every match holds.
  static std::string FromWildcards(const std::string& folded, std::vector<std::string>& literals) {
    std::string expression = "(?<![\\p{L}\\p{N}\\x01])", literal, longest;
    for (const char c : folded) {
      if (c != '*' && c != '?') {
        literal += c;
        if (literal.size() > longest.size()) longest = literal;
        if (std::string_view("\\^$.|+()[]{}#&-~").find(c) != std::string_view::npos) expression += '\\';
        expression += c;
        // Bytes of a letter must stay together.
        if (c >= 'a' && c <= 'z') expression += "\\x01*";
        continue;
      }
      literal.clear();
      expression += c == '*' ? "[\\p{L}\\p{N}\\x01]*" : "[\\p{L}\\p{N}]\\x01*";
    }
    // What is asked over several lines is not found in one.
    if (!longest.empty() && folded.find('\n') == std::string::npos) literals = {longest};
    return expression + "(?![\\p{L}\\p{N}\\x01])";
  }

  /// Where what matches holds a literal part and stands on one line, only the lines on which that stands are looked at.
  void ByExpression(Reading& reading, const CodedStudy::Source& source, std::vector<Range>& found) {
    if (!literals_.empty()) {
      places_.clear();
      const auto folded = FoldedContent(reading, source.content);
      for (const auto& literal : literals_) literal.Find(*folded, places_);
      if (places_.empty()) return;
      std::sort(places_.begin(), places_.end());
    }
    const std::shared_ptr<const Text> text = query_.mode == SearchMode::kWildcard ? FoldedContent(reading, source.content) : TextOf(reading, source.id);
    if (literals_.empty()) return Match(source, *text, {0, text->size()}, {}, found);
    for (auto place = places_.begin(); place != places_.end();) {
      const Range line = LineAt(*text, place->start);
      const auto first = place;
      while (place != places_.end() && place->start < line.end) ++place;
      Match(source, *text, line, {first, place}, found);
    }
  }

  static Range LineAt(const Text& text, std::int64_t position) {
    const std::string& utf8 = text.utf8();
    const std::size_t at = text.Byte(position);
    const std::size_t start = at == 0 ? 0 : utf8.rfind('\n', at - 1) + 1, end = std::min(utf8.find('\n', at), utf8.size());
    return {text.CodePoint(start), text.CodePoint(end)};
  }

  void Exactly(const Text& text, std::vector<Range>& found) const {
    const auto& utf8 = text.utf8();
    for (std::size_t at = 0; (at = utf8.find(query_.text, at)) != std::string::npos; at += query_.text.size()) {
      found.push_back({text.CodePoint(at), text.CodePoint(at + query_.text.size())});
    }
  }

  /// What the expression matches in `within`, where its literal parts stand at `places`.
  void Match(const CodedStudy::Source& source, const Text& text, const Range& within, std::span<const Range> places, std::vector<Range>& found) {
    const auto words = text.Slice(within);
    const auto units = icu::UnicodeString::fromUTF8(icu::StringPiece(words.data(), static_cast<std::int32_t>(words.size())));
    const std::int64_t first = text.Utf16(within.start);
    UErrorCode status = U_ZERO_ERROR;
    matcher_->reset(units);
    const auto take = [&] {
      const Range range{text.FromUtf16(first + matcher_->start(status)), text.FromUtf16(first + matcher_->end(status))};
      if (!range.empty()) found.push_back(range);
    };
    if (!literals_first_) {
      while (matcher_->find(status)) take();
    } else {
      std::int64_t free = within.start;
      for (const auto& place : places) {
        if (place.start < free || !matcher_->lookingAt(text.Utf16(place.start) - first, status)) continue;
        take();
        free = std::max(free, text.FromUtf16(first + matcher_->end(status)));
      }
    }
    if (status == U_REGEX_STOPPED_BY_CALLER) throw Error(ErrorCode::kCancelled, Say("Stopped; nothing was changed."));
    if (U_FAILURE(status)) {
      throw Refuse("“{0}” takes too long on “{1}”; make the expression more precise, for example without a repeat inside a repeat.", query_.text, source.title);
    }
  }

  const SearchQuery& query_;
  std::vector<FoldedNeedle> needles_;
  std::vector<FoldedNeedle> literals_;        ///< One of these stands on the line of whatever the expression matches; none: not known.
  bool literals_first_ = false;               ///< Whatever matches begins with one.
  std::vector<Range> places_;                 ///< Of the literals, in the source of now.
  std::unique_ptr<icu::RegexPattern> pattern_;
  std::unique_ptr<icu::RegexMatcher> matcher_;
};

using Turns = std::vector<StoredTurn>;

/// The first turn that reaches beyond `position`: the one that holds it, if any does.
Turns::const_iterator TurnAt(const Turns& turns, std::int64_t position) {
  return std::partition_point(turns.begin(), turns.end(), [&](const StoredTurn& turn) { return turn.words.end <= position; });
}

/// Whom and what a query asks for, in the numbers of a CodedStudy.
class Scope {
 public:
  Scope(const CodedStudy& study, const SearchQuery& query) : query_(query), codes_(study.codes->Under(query.codes)) {
    sources_.insert(query.sources.begin(), query.sources.end());
    for (const auto& id : query.stakeholders) stakeholders_.insert(study.frame->stakeholders.Find(id));
    for (const auto& id : query.persons) persons_.insert(study.frame->persons.Find(id));
    for (const auto& id : query.sites) sites_.insert(study.frame->sites.Find(id));
  }
  bool Takes(const CodedStudy::Source& source) const {
    const auto& kinds = query_.source_kinds;
    if (!kinds.empty() && std::find(kinds.begin(), kinds.end(), source.kind) == kinds.end()) return false;
    return sources_.empty() || sources_.contains(source.id);
  }
  /// Those of the places, which are in order, that somebody says who is asked for, and that touch a quote that is asked for.
  /// What somebody took back is not found either.
  std::vector<Places::Spot> Keep(const CodedStudy::Source& source, const CodedStudy::Stock& stock, const std::vector<Range>& found) const {
    std::vector<char> wanted;
    for (const auto& voice : source.voices) {
      wanted.push_back((!voice.researcher || query_.include_researchers) && Wants(voice.person, voice.stakeholder, voice.site));
    }
    const bool outside = Wants(CodedStudy::kNone, source.stakeholder, source.site);
    std::vector<Places::Spot> spots;
    spots.reserve(found.size());
    const auto keep = [&](const Range& range) {
      if (query_.codes.empty() || IsCoded(stock, range)) spots.push_back({static_cast<std::int32_t>(range.start), static_cast<std::int32_t>(range.end)});
    };
    std::size_t turn = 0;
    for (const auto& range : found) {
      while (turn < stock.turns.size() && stock.turns[turn].end <= range.start) ++turn;
      if (turn < stock.turns.size() && stock.turns[turn].start <= range.start && range.end <= stock.turns[turn].end) {
        // Nearly all stand within what one person says.
        const auto voice = stock.turns[turn].voice;
        if (wanted[voice] && !source.voices[voice].withdrawn) keep(range);
        continue;
      }
      bool in_turn = false, said = false, withdrawn = false;
      for (std::size_t i = turn; i < stock.turns.size() && stock.turns[i].label_start < range.end; ++i) {
        const bool words = stock.turns[i].words().Overlaps(range);
        in_turn = in_turn || words || stock.turns[i].label().Overlaps(range);
        said = said || (words && wanted[stock.turns[i].voice]);
        withdrawn = withdrawn || (words && source.voices[stock.turns[i].voice].withdrawn);
      }
      if (!withdrawn && (in_turn ? said : outside)) keep(range);
    }
    spots.shrink_to_fit();
    return spots;
  }

 private:
  bool Wants(std::uint32_t person, std::uint32_t stakeholder, std::uint32_t site) const {
    return (persons_.empty() || persons_.contains(person)) && (stakeholders_.empty() || stakeholders_.contains(stakeholder)) && (sites_.empty() || sites_.contains(site));
  }
  bool IsCoded(const CodedStudy::Stock& stock, const Range& range) const {
    for (const auto& quote : stock.quotes) {
      if (quote.start >= range.end) break;
      if (quote.end <= range.start) continue;
      for (auto c = quote.first; c < quote.last; ++c) {
        if (stock.codings[c].code < codes_.size() && codes_[stock.codings[c].code]) return true;
      }
    }
    return false;
  }

  const SearchQuery& query_;
  std::vector<char> codes_;
  std::set<Id> sources_;
  std::set<std::uint32_t> stakeholders_, persons_, sites_;
};

/// Leaves out the places near which the other words do not stand.
void KeepNear(Reading& reading, const SearchQuery& query, const FoldedNeedle& near, const CodedStudy::Source& source, const CodedStudy::Stock& stock, std::vector<Range>& found) {
  std::vector<Range> others;
  near.Find(*FoldedContent(reading, source.content), others);
  if (others.empty()) return found.clear();
  const auto text = TextOf(reading, source.id);
  const Meeting meeting(stock, text.get(), Expression::Relation::kNear, query.reach, query.words);
  std::erase_if(found, [&](const Range& range) {
    const CodedStudy::Quote place{{}, static_cast<std::int32_t>(range.start), static_cast<std::int32_t>(range.end), CodedStudy::TurnAt(stock, range.start), 0, 0};
    const Range around = meeting.Around(place);
    auto other = std::partition_point(others.begin(), others.end(), [&](const Range& o) { return o.end <= around.start; });
    while (other != others.end() && other->Overlaps(range)) ++other;
    return other == others.end() || other->start >= around.end;
  });
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
  PlaceRows(Places places, std::optional<Id> code) : places_(std::move(places)), code_(code) {}
  std::size_t Count() const override { return places_.size(); }
  std::string Key(std::size_t index) const override { return PlaceKey(places_[index]); }

  std::vector<view::Row> Page(Reading& reading, std::size_t first, std::size_t count) const override {
    std::vector<view::Row> rows;
    Id loaded;
    Turns turns;
    std::string title, stakeholder;
    std::int64_t length = 0;
    for (std::size_t i = first; i < places_.size() && i - first < count; ++i) {
      const SourceSpan place = places_[i];
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

  Places places_;
  std::optional<Id> code_;
};

}  // namespace

SearchMode ModeOf(const std::string& name) {
  if (name == "exact") return SearchMode::kExact;
  if (name == "whole-word") return SearchMode::kWholeWord;
  if (name == "wildcard") return SearchMode::kWildcard;
  return name == "regex" ? SearchMode::kRegex : SearchMode::kFolded;
}

Parameter ModeParameter() {
  Parameter mode{.name = "mode", .type = ParameterType::kChoice, .label = Say("How"), .fallback = "folded"};
  mode.live = true;
  mode.choices = {{"folded", Say("Also part of a word; capitals and accents make no difference")},
                  {"exact", Say("Exactly as typed")},
                  {"whole-word", Say("Whole words only")},
                  {"wildcard", Say("Whole words, with * for any letters and ? for one")},
                  {"regex", Say("Regular expression")}};
  return mode;
}

std::vector<Parameter> ScopeParameters() {
  Parameter near{.name = "near", .label = Say("Only near these words")};
  near.live = true;
  Parameter reach{.name = "reach", .type = ParameterType::kChoice, .label = Say("How near"), .fallback = "words"};
  reach.choices = {{"words", Say("So many words between")}, {"turn", Say("In the same turn")}, {"paragraph", Say("In the same paragraph")}};
  reach.live = true;
  Parameter words{.name = "words", .type = ParameterType::kInteger, .label = Say("Words between, at most"), .fallback = "10"};
  words.live = true;
  return {FilterParameter("list", "word-list", Say("Word list")), near, reach, words,
          FilterParameter("source", "source", Say("Source")), FilterParameter("stakeholder", "stakeholder", Say("Stakeholder type")),
          FilterParameter("person", "person", Say("Speaker")), FilterParameter("site", "site", Say("Site")),
          FilterParameter("coded-with", "code", Say("Coded with")), SourceKindParameter()};
}

SearchQuery QueryFrom(Reading& reading, const Arguments& arguments) {
  SearchQuery query;
  query.near = arguments.Text("near");
  const std::string reach = arguments.Text("reach");
  query.reach = reach == "turn" ? Expression::Reach::kTurn : reach == "paragraph" ? Expression::Reach::kParagraph : Expression::Reach::kWords;
  query.words = arguments.Int("words");
  if (query.words < 0 || query.words > 10'000) throw Refuse("--words: from 0 to 10000 words can lie between, not {0}.", query.words);
  query.sources = arguments.Entities("source");
  query.stakeholders = arguments.Entities("stakeholder");
  query.persons = arguments.Entities("person");
  query.sites = arguments.Entities("site");
  query.codes = arguments.Entities("coded-with");
  query.source_kinds = arguments.Texts("source-kind");
  query.include_researchers = arguments.Flag("include-researchers");
  for (const auto& list : arguments.Entities("list")) {
    auto row = reading.Query("SELECT forms FROM word_list WHERE id = ?", list);
    if (!row.Step()) throw Refuse("This word list is no longer in the study.");
    std::istringstream lines(row.Text(0));
    for (std::string form; std::getline(lines, form);) {
      if (!form.empty()) query.forms.push_back(form);
    }
  }
  return query;
}

Places FindPlaces(Reading& reading, const SearchQuery& query, Job& job) {
  Places places;
  if (query.text.empty() && query.forms.empty()) return places;
  const auto study = CodedStudyOf(reading);
  const Scope scope(*study, query);
  Finder finder(query, job);
  const FoldedNeedle near(query.near);
  std::vector<Range> found;
  for (std::size_t i = 0; i < study->size(); ++i) {
    job.Progress(static_cast<double>(i) / static_cast<double>(study->size()));
    const auto& source = study->source(i);
    if (!scope.Takes(source)) continue;
    finder.Find(reading, source, found);
    if (!found.empty() && !query.near.empty()) KeepNear(reading, query, near, source, study->stock(i), found);
    places.Add(source.id, scope.Keep(source, study->stock(i), found));
  }
  return places;
}

std::vector<WordForm> FormsAt(Reading& reading, const Places& places) {
  std::map<std::string, WordForm> forms;
  std::map<std::string, Id> last;
  Displaying displaying(reading, Purpose::kScreen);
  for (const auto& in : places.sources()) {
    const auto text = TextOf(reading, in.source);
    for (const auto& spot : in.spots) {
      const std::string shown = displaying.Line({in.source, GrowToWords(*text, spot.range())});
      const std::string folded = FoldText(shown);
      auto& form = forms[folded];
      if (form.count++ == 0) {
        form.folded = folded;
        form.shown = shown;
      }
      auto& source = last[folded];
      form.sources += source != in.source;
      source = in.source;
    }
  }
  std::vector<WordForm> all;
  for (auto& [folded, form] : forms) all.push_back(std::move(form));
  std::stable_sort(all.begin(), all.end(), [](const WordForm& a, const WordForm& b) { return a.count > b.count; });
  return all;
}

Places Grow(Reading& reading, const Places& places, Extent extent) {
  Places grown;
  for (const auto& in : places.sources()) {
    const auto text = TextOf(reading, in.source);
    const Turns turns = TurnsOf(reading, in.source);
    std::vector<Range> units;
    if (extent == Extent::kSentence) units = Sentences(*text);
    else if (extent != Extent::kMatch) units = Paragraphs(*text);
    std::set<Range> seen;
    std::vector<Places::Spot> spots;
    for (const auto& spot : in.spots) {
      const Range place = spot.range();
      // The turns that the place touches bound it; a place outside every turn is bounded by its paragraph.
      std::optional<Range> bounds;
      for (auto turn = TurnAt(turns, place.start); turn != turns.end() && turn->words.start < place.end; ++turn) {
        bounds = bounds ? Range{bounds->start, turn->words.end} : turn->words;
      }
      Range range = place;
      if (extent == Extent::kTurn && bounds) range = *bounds;
      else if (extent != Extent::kMatch) range = Around(units, range);
      if (bounds) range = {std::max(range.start, bounds->start), std::min(range.end, bounds->end)};
      range = TrimRange(*text, range);
      if (!range.empty() && seen.insert(range).second) spots.push_back({static_cast<std::int32_t>(range.start), static_cast<std::int32_t>(range.end)});
    }
    grown.Add(in.source, std::move(spots));
  }
  return grown;
}

view::Table PlacesTable(Places places, std::optional<Id> code) {
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
