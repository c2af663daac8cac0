#include "core/study/places.h"

#include "core/study/sources.h"

namespace meerstem {

std::vector<Moment> MomentsOf(Reading& reading, const Id& source) {
  std::vector<Moment> moments;
  auto rows = reading.Query(
      "SELECT start, end, from_ms, until_ms FROM span JOIN moment ON moment.span_id = span.id WHERE source_id = ? ORDER BY start, end, from_ms", source);
  while (rows.Step()) {
    moments.push_back({{rows.Int(0), rows.Int(1)}, rows.Int(2), rows.IsNull(3) ? std::nullopt : std::optional(rows.Int(3))});
  }
  return moments;
}

std::vector<Page> PagesOf(Reading& reading, const Id& source) {
  std::vector<Page> pages;
  auto rows = reading.Query("SELECT start, end, number, page.id FROM span JOIN page ON page.span_id = span.id WHERE source_id = ? ORDER BY start, end", source);
  while (rows.Step()) pages.push_back({{rows.Int(0), rows.Int(1)}, rows.Int(2), rows.GetId(3)});
  return pages;
}

void AddMoment(Writing& writing, const Id& source, const Moment& moment) {
  const Id span = EnsureSpan(writing, {source, moment.range});
  writing.Do("INSERT INTO moment (id, span_id, from_ms, until_ms) VALUES (?, ?, ?, ?)", writing.NewId(), span, moment.from, moment.until);
}

void SetPages(Writing& writing, const Id& source, const std::vector<Page>& pages, std::string_view original) {
  writing.Do("DELETE FROM page WHERE span_id IN (SELECT id FROM span WHERE source_id = ?)", source);
  writing.Do("DELETE FROM source_original WHERE source_id = ?", source);
  for (const auto& page : pages) {
    if (page.range.empty()) continue;
    const Id span = EnsureSpan(writing, {source, page.range});
    writing.Do("INSERT INTO page (id, span_id, number) VALUES (?, ?, ?)", writing.NewId(), span, page.number);
  }
  if (original.empty()) return;
  const Id hash = HashOf(original);
  Statement add = writing.Query("INSERT OR IGNORE INTO original (hash, bytes) VALUES (?, ?)", hash);
  add.BindBlob(2, original.data(), original.size());
  add.Step();
  writing.Do("INSERT INTO source_original (id, source_id, original_hash) VALUES (?, ?, ?)", writing.NewId(), source, hash);
}

std::optional<std::string> OriginalOf(Reading& reading, const Id& source) {
  auto row = reading.Query("SELECT bytes FROM source_original JOIN original ON original.hash = original_hash WHERE source_id = ?", source);
  if (!row.Step()) return std::nullopt;
  const auto [bytes, size] = row.Blob(0);
  return std::string(static_cast<const char*>(bytes), size);
}

std::string SpellMoment(std::int64_t milliseconds) {
  const std::int64_t seconds = milliseconds / 1000;
  const auto two = [](std::int64_t number) { return (number < 10 ? "0" : "") + std::to_string(number); };
  const std::string rest = two(seconds % 60);
  if (seconds < 3600) return two(seconds / 60) + ":" + rest;
  return std::to_string(seconds / 3600) + ":" + two(seconds / 60 % 60) + ":" + rest;
}

}  // namespace meerstem
