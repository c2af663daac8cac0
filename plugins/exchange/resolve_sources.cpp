// Texts, the places in them, and the codings on these.
#include <algorithm>

#include "core/study/sources.h"
#include "plugins/exchange/meta.h"
#include "plugins/exchange/resolver.h"

namespace meerstem::exchange {
namespace {

/// A line end that the file counts and the text lacks is no reason to lose a selection.
constexpr std::int64_t kSlack = 2;

/// What a study's source holds already.
struct Present {
  struct Place {
    Id span;
    Id quote;  ///< Nil: a turn's or a plugin's span only.
  };
  std::map<Range, Place> places;
  std::set<std::array<Id, 3>> codings;  ///< Quote, code, coder.
};

Present PresentIn(Reading& reading, const Id& source) {
  Present present;
  {
    auto rows = reading.Query("SELECT span.start, span.end, span.id, quote.id FROM span LEFT JOIN quote ON quote.span_id = span.id WHERE source_id = ?", source);
    while (rows.Step()) {
      auto& place = present.places[{rows.Int(0), rows.Int(1)}];
      if (place.quote.IsNil()) place = {rows.GetId(2), rows.GetId(3)};
    }
  }
  auto rows = reading.Query(
      "SELECT quote_id, code_id, coder_id FROM span JOIN quote ON quote.span_id = span.id JOIN coding ON coding.quote_id = quote.id WHERE source_id = ?", source);
  while (rows.Step()) present.codings.insert({rows.GetId(0), rows.GetId(1), rows.GetId(2)});
  return present;
}

}  // namespace

std::optional<Id> Resolver::Existing(const ForeignSource& source) const {
  if (const auto known = Known("source", source.id, Kind::kSource)) return known;
  if (const auto claimed = claims_.find(source.id); claimed != claims_.end() && claimed->second == Kind::kSource && !seen_.contains(source.id)) return source.id;
  const auto titled = titles_.find(source.title);
  if (titled == titles_.end() || seen_.contains(titled->second)) return std::nullopt;
  return meerstem::TextOf(reading_, titled->second)->utf8() == source.text->text().utf8() ? std::optional(titled->second) : std::nullopt;
}

std::string Resolver::FreeTitle(const std::string& title, const Id& id) {
  std::string free = title;
  for (int number = 2; titles_.contains(free); ++number) free = title + " (" + std::to_string(number) + ")";
  if (free != title) Drop("renamed", title);
  titles_.emplace(free, id);
  return free;
}

Stamp Resolver::ResearcherOf(const Stamp& stamp, const std::string& where) {
  if (stamp.by.IsNil()) return {Id{}, stamp.at};
  const auto found = users_.find(stamp.by);
  if (found == users_.end()) Drop("dangling-coder", where);
  return {found == users_.end() ? Id{} : found->second, stamp.at};
}

void Resolver::Sources() {
  Line line{.what = Say("Texts"), .found = static_cast<std::int64_t>(project_.sources.size())};
  {
    auto rows = reading_.Query("SELECT title, id FROM source");
    while (rows.Step()) titles_.emplace(rows.Text(0), rows.GetId(1));
  }
  std::size_t number = 0;
  for (const auto& source : project_.sources) {
    job_.Progress(0.2 + 0.7 * static_cast<double>(number++) / static_cast<double>(project_.sources.size()), Say("Laying beside the study: {0}", source.title));
    if (const auto existing = Existing(source)) {
      if (*existing != source.id && !Known("source", source.id, Kind::kSource)) result_.aliases.push_back({source.id, "source", *existing});
      seen_.insert(*existing);
      sources_.emplace(source.id, *existing);
      ++line.present;
      QuotesOf(source, *existing, false);
      ValuesOf(source.values, "source", *existing, nullptr);
    } else {
      const auto [id, fresh] = Claim(Kind::kSource, source.id, [&] { return "source " + std::to_string(number) + " " + source.title; });
      sources_.emplace(source.id, id);
      ++(fresh ? line.added : line.present);
      if (fresh) {
        const std::string title = source.title.empty() ? (source.file_name.empty() ? ToString(id).substr(0, 8) : source.file_name) : source.title;
        NewSource added{id, FreeTitle(title, id), &source, {}};
        ValuesOf(source.values, "source", id, &added.meta);
        result_.sources.push_back(std::move(added));
      }
      QuotesOf(source, id, fresh);
    }
    const Id& id = sources_.at(source.id);
    Describe("source", id, source.description);
    for (const auto& note : source.notes) NoteOn(note, "source", id);
  }
  result_.report.lines.push_back(line);
  const auto shared = quotes_.found - quotes_.added - quotes_.present - quotes_.dropped;
  quotes_.present += shared;
  if (shared > 0) quotes_.remark = SayCount("{0} lies on the same words as another and is one quote with it", "{0} lie on the same words as another and are one quote with it", shared);
  result_.report.lines.push_back(quotes_);
  result_.report.lines.push_back(selection_titles_);
  result_.report.lines.push_back(codings_);
}

void Resolver::QuotesOf(const ForeignSource& source, const Id& id, bool fresh) {
  const Text& text = source.text->text();
  Present present = fresh ? Present{} : PresentIn(reading_, id);
  const bool other_text = !fresh && meerstem::TextOf(reading_, id)->utf8() != text.utf8();

  const auto place = [&](const Id& guid, Range range, const Stamp& stamp) -> std::optional<Id> {
    ++quotes_.found;
    // A quote of the study stays what it is now, even if its ends were moved since.
    if (const auto claimed = claims_.find(guid); claimed != claims_.end() && claimed->second == Kind::kQuote && !seen_.contains(guid)) {
      ++quotes_.present;
      seen_.insert(guid);
      selections_.emplace(guid, guid);
      return guid;
    }
    const char* reason = nullptr;
    if (range.end > text.size() && range.end <= text.size() + kSlack) range.end = text.size();
    if (other_text) reason = "other-text";
    else if (range.start < 0 || range.end < 0 || range.start > text.size() || range.end > text.size()) reason = "outside";
    else if (range.end < range.start) reason = "reversed";
    else if (range.empty()) reason = "no-words";
    if (reason) {
      ++quotes_.dropped;
      Drop(reason, source.title);
      return std::nullopt;
    }
    auto& known = present.places[range];
    if (known.quote.IsNil()) {
      known.quote = Claim(Kind::kQuote, guid, [&] { return "quote " + ToString(id) + " " + std::to_string(range.start) + "-" + std::to_string(range.end); }).first;
      result_.quotes.push_back({known.quote, id, known.span.IsNil() ? std::nullopt : std::optional(known.span), range, ResearcherOf(stamp, source.title)});
      ++quotes_.added;
    }
    selections_.emplace(guid, known.quote);
    return known.quote;
  };
  const auto code = [&](const ForeignCoding& coding, const Id& quote) {
    ++codings_.found;
    const auto found = codes_.find(coding.code);
    if (found == codes_.end()) {
      ++codings_.dropped;
      Drop("dangling-code", source.title);
      return;
    }
    if (const auto claimed = claims_.find(coding.id); claimed != claims_.end() && claimed->second == Kind::kCoding && !seen_.contains(coding.id)) {
      ++codings_.present;
      seen_.insert(coding.id);
      return;
    }
    const Stamp stamp = ResearcherOf(coding.stamp, source.title);
    // One coder never holds the same code twice on the same words.
    if (!present.codings.insert({quote, found->second, stamp.by}).second) {
      ++codings_.present;
      return;
    }
    const auto [own, is_new] = Claim(Kind::kCoding, coding.id, [&] { return "coding " + ToString(quote) + ToString(found->second) + ToString(stamp.by); });
    if (is_new) result_.codings.push_back({own, quote, found->second, stamp});
    ++(is_new ? codings_.added : codings_.present);
  };

  for (const auto& selection : source.selections) {
    const Range range = source.text->ToStored(selection.start, selection.end, rule_);
    const auto quote = place(selection.id, range, selection.stamp);
    if (!quote) {
      codings_.found += selection.codings;
      codings_.dropped += selection.codings;
      continue;
    }
    for (std::size_t i = 0; i < selection.codings; ++i) code(source.codings[selection.first_coding + i], *quote);
    Describe("quote", *quote, selection.description);
    for (const auto& note : selection.notes) NoteOn(note, "quote", *quote);
    if (selection.name.empty() || IsQuotedWords(selection.name, text.Slice(range))) continue;
    if (project_.names_are_words) {
      Drop("other-words", source.title);
    } else {
      Element title{.name = "PlainTextSelection", .attributes = {{"guid", ShowGuid(*quote)}, {"name", selection.name}}};
      if (!kept_.contains(*quote)) {
        ++selection_titles_.found;
        Keep(std::move(title), true, &selection_titles_);
      }
    }
  }
  for (const auto& coding : source.whole) {
    const Id guid = DerivedId("whole", ToString(id));
    const auto known = selections_.find(guid);
    const auto quote = known != selections_.end() ? std::optional(known->second) : place(guid, {0, text.size()}, coding.stamp);
    if (quote) {
      code(coding, *quote);
    } else {
      ++codings_.found;
      ++codings_.dropped;
    }
  }
}

}  // namespace meerstem::exchange
