#include "core/study/correction.h"

#include <algorithm>
#include <map>

#include "core/base/boundaries.h"
#include "core/base/error.h"
#include "core/study/alignment.h"
#include "core/study/deletion.h"
#include "core/study/sources.h"

namespace meerstem {
namespace {

struct StoredSpan {
  Id id;
  Range range;
  std::optional<Id> quote;
};

std::vector<StoredSpan> SpansOf(Reading& reading, const Id& source) {
  std::vector<StoredSpan> spans;
  auto rows = reading.Query(
      "SELECT span.id, start, end, quote.id FROM span LEFT JOIN quote ON quote.span_id = span.id WHERE source_id = ? ORDER BY start, end, span.id", source);
  while (rows.Step()) spans.push_back({rows.GetId(0), {rows.Int(1), rows.Int(2)}, rows.MaybeId(3)});
  return spans;
}

bool EndsALine(const Text& text, std::int64_t end) { return end == text.size() || text.Slice({end, end + 1}) == "\n"; }

/// Whoever speaks to the end of a line also speaks what was written on behind it.
Range ToLineEnd(const Text& text, Range range) {
  const auto end = text.utf8().find('\n', text.Byte(range.end));
  range.end = end == std::string::npos ? text.size() : text.CodePoint(end);
  return TrimRange(text, range);
}

/// The place of a span in the corrected text. Quotes hold their own words; turns, moments and pages a stretch of lines.
Range Moved(const Alignment& alignment, const Text& before, const Text& after, const StoredSpan& span) {
  const Range now = alignment.Follow(span.range);
  if (span.quote || now.empty() || !EndsALine(before, span.range.end) || EndsALine(after, now.end)) return now;
  return ToLineEnd(after, now);
}

void ForgetOrRemember(Writing& writing, const Id& span, const Id& old_content, const Text& before, const Range& old_range, const Text& after, const Range& range) {
  Id first = old_content;
  Range words = old_range;
  std::optional<Id> listed;
  {
    auto row = writing.Query("SELECT id, before_hash, before_start, before_end FROM changed_words WHERE span_id = ? ORDER BY at LIMIT 1", span);
    if (row.Step()) {
      listed = row.GetId(0);
      first = row.GetId(1);
      words = {row.Int(2), row.Int(3)};
    }
  }
  if (!listed) {
    if (before.Slice(old_range) == after.Slice(range)) return;
    writing.Do("INSERT INTO changed_words (id, span_id, before_hash, before_start, before_end, at) VALUES (?, ?, ?, ?, ?, ?)", writing.NewId(), span, first,
               words.start, words.end, writing.now());
    return;
  }
  const bool again = writing.Number("SELECT count(*) FROM content WHERE hash = ? AND substr(text, ? + 1, ?) = ?", first, words.start, words.size(), after.Slice(range)) > 0;
  if (again) writing.Do("DELETE FROM changed_words WHERE id = ?", *listed);
}

/// Spans that have become one: what stands on the later ones goes over to the first.
void MergeEqualSpans(Writing& writing, const Id& source) {
  std::map<Range, Id> kept;
  for (const auto& span : SpansOf(writing, source)) {
    const auto [first, fresh] = kept.emplace(span.range, span.id);
    if (fresh || first->second == span.id) continue;
    const auto quote_on = [&](const Id& on) -> std::optional<Id> {
      auto row = writing.Query("SELECT id FROM quote WHERE span_id = ?", on);
      return row.Step() ? std::optional(row.GetId(0)) : std::nullopt;
    };
    const auto mine = quote_on(span.id), other = quote_on(first->second);
    if (mine && other) MergeEntity(writing, "quote", *mine, *other);
    MergeEntity(writing, "span", span.id, first->second);
  }
}

}  // namespace

std::int64_t Correction::gone() const {
  return std::count_if(changed.begin(), changed.end(), [](const ChangedQuote& quote) { return quote.after.empty(); });
}

Correction PlanCorrection(Reading& reading, const Id& source, std::string text) {
  Correction correction{.source = source, .text = CleanText(text)};
  if (Trim(correction.text).empty()) throw Refuse("A source without words cannot be kept; remove it instead, or give its words.");
  const auto before = TextOf(reading, source);
  const Text after(correction.text);
  const Alignment alignment(*before, after);
  for (const auto& span : SpansOf(reading, source)) {
    if (!span.quote) continue;
    ++correction.quotes;
    const Range now = Moved(alignment, *before, after, span);
    if (before->Slice(span.range) != after.Slice(now)) correction.changed.push_back({*span.quote, span.range, now});
  }
  return correction;
}

void Correct(Writing& writing, const Correction& correction, bool drop_gone) {
  const Source source = GetSource(writing, correction.source);
  const auto before = TextOf(writing, correction.source);
  const Text after(correction.text);
  const Alignment alignment(*before, after);
  const auto spans = SpansOf(writing, correction.source);
  std::vector<Range> places;
  std::int64_t gone = 0;
  for (const auto& span : spans) {
    places.push_back(Moved(alignment, *before, after, span));
    gone += span.quote && places.back().empty();
  }
  if (gone > 0 && !drop_gone) {
    throw Error(ErrorCode::kRefused, SayCount("The words of {0} quote are gone from the new text; keep its words, or say with --drop-quotes that it may go.",
                                              "The words of {0} quotes are gone from the new text; keep their words, or say with --drop-quotes that they may go.", gone));
  }
  writing.Do("UPDATE source SET content_hash = ? WHERE id = ?", StoreContent(writing, correction.text), correction.source);
  for (std::size_t i = 0; i < spans.size(); ++i) {
    if (places[i].empty()) {
      // A quote that is gone takes its codings along; a turn's label may be gone while its words stand.
      if (spans[i].quote) DeleteEntity(writing, "quote", *spans[i].quote);
      DeleteEntity(writing, "span", spans[i].id);
      continue;
    }
    if (places[i] != spans[i].range) writing.Do("UPDATE span SET start = ?, end = ? WHERE id = ?", places[i].start, places[i].end, spans[i].id);
    if (spans[i].quote) ForgetOrRemember(writing, spans[i].id, source.content, *before, spans[i].range, after, places[i]);
  }
  MergeEqualSpans(writing, correction.source);
}

}  // namespace meerstem
