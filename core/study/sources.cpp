#include "core/study/sources.h"

#include <limits>
#include <list>
#include <mutex>
#include <unordered_map>

#include <boost/uuid/name_generator_sha1.hpp>
#include <boost/uuid/uuid.hpp>

#include "core/base/error.h"

namespace meerstem {
namespace {

/// Texts by content hash, the least recently used dropped beyond a budget. A hash names one text for ever, so
/// nothing here can be stale.
template <class T>
class TextCache {
 public:
  std::shared_ptr<const T> Get(const Id& hash) {
    std::lock_guard lock(mutex_);
    const auto found = index_.find(hash);
    if (found == index_.end()) return nullptr;
    entries_.splice(entries_.begin(), entries_, found->second);
    return found->second->second;
  }
  void Put(const Id& hash, std::shared_ptr<const T> text) {
    std::lock_guard lock(mutex_);
    if (index_.contains(hash)) return;
    bytes_ += text->utf8().size();
    entries_.emplace_front(hash, std::move(text));
    index_[hash] = entries_.begin();
    while (bytes_ > kBudget && entries_.size() > 1) {
      bytes_ -= entries_.back().second->utf8().size();
      index_.erase(entries_.back().first);
      entries_.pop_back();
    }
  }

 private:
  static constexpr std::size_t kBudget = 256u << 20;
  std::mutex mutex_;
  std::list<std::pair<Id, std::shared_ptr<const T>>> entries_;
  std::unordered_map<Id, typename decltype(entries_)::iterator> index_;
  std::size_t bytes_ = 0;
};

TextCache<Text>& Stored() {
  static TextCache<Text> cache;
  return cache;
}

TextCache<FoldedText>& Folded() {
  static TextCache<FoldedText> cache;
  return cache;
}

Id ContentOf(Reading& reading, const Id& source) {
  auto row = reading.Query("SELECT content_hash FROM source WHERE id = ?", source);
  if (!row.Step()) throw Refuse("This source is no longer in the study.");
  return row.GetId(0);
}

std::shared_ptr<const Text> Load(Reading& reading, const Id& hash) {
  if (auto text = Stored().Get(hash)) return text;
  auto row = reading.Query("SELECT text FROM content WHERE hash = ?", hash);
  if (!row.Step()) throw Error(ErrorCode::kDamaged, Say("The text of a source is missing from the study; open a backup."));
  auto text = std::make_shared<const Text>(row.Text(0));
  Stored().Put(hash, text);
  return text;
}

}  // namespace

Source GetSource(Reading& reading, const Id& id) {
  auto row = reading.Query(
      "SELECT id, title, kind, content_hash, language, date, site_id, stakeholder_id, file_name, encoding FROM source WHERE id = ?", id);
  if (!row.Step()) throw Refuse("This source is no longer in the study.");
  return {row.GetId(0), row.Text(1),     row.Text(2),    row.GetId(3), row.Text(4),
          row.MaybeDate(5), row.MaybeId(6), row.MaybeId(7), row.Text(8),  row.Text(9)};
}

std::shared_ptr<const Text> TextOf(Reading& reading, const Id& source) { return Load(reading, ContentOf(reading, source)); }

std::shared_ptr<const FoldedText> FoldedTextOf(Reading& reading, const Id& source) { return FoldedContent(reading, ContentOf(reading, source)); }

std::shared_ptr<const FoldedText> FoldedContent(Reading& reading, const Id& content) {
  if (auto text = Folded().Get(content)) return text;
  auto folded = std::make_shared<const FoldedText>(Load(reading, content)->utf8());
  Folded().Put(content, folded);
  return folded;
}

Id HashOf(std::string_view text) {
  // A content's hash is its UUID of version 5 (SHA-1 of the text), 16 bytes like every id.
  static const boost::uuids::uuid kSpace = {{0x6d, 0x65, 0x65, 0x72, 0x73, 0x74, 0x65, 0x6d, 0x2d, 0x63, 0x6f, 0x6e, 0x74, 0x65, 0x6e, 0x74}};
  const boost::uuids::uuid hash = boost::uuids::name_generator_sha1(kSpace)(text.data(), text.size());
  Id id;
  std::copy(hash.begin(), hash.end(), id.bytes.begin());
  return id;
}

Id StoreContent(Writing& writing, const std::string& text) {
  const Id id = HashOf(text);
  writing.Do("INSERT OR IGNORE INTO content (hash, text) VALUES (?, ?)", id, text);
  return id;
}

Id AddSource(Writing& writing, const Source& source) {
  const Id id = source.id.IsNil() ? writing.NewId() : source.id;
  writing.Do(
      "INSERT INTO source (id, title, kind, content_hash, language, date, site_id, stakeholder_id, file_name, encoding, order_key) "
      "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, (SELECT ifnull(max(order_key), 0) + 1 FROM source))",
      id, source.title, source.kind, source.content, source.language, source.date, source.site, source.stakeholder,
      source.file_name, source.encoding);
  return id;
}

Id EnsureSpan(Writing& writing, const SourceSpan& span) {
  const auto text = TextOf(writing, span.source);
  if (span.range.empty() || span.range.start < 0) throw Refuse("Nothing is selected: a quote needs at least one character.");
  if (span.range.end > text->size()) {
    throw Refuse("Position {0} lies beyond the end of this source, which has {1} characters.", span.range.end, text->size());
  }
  {
    auto row = writing.Query("SELECT id FROM span WHERE source_id = ? AND start = ? AND end = ?", span.source, span.range.start, span.range.end);
    if (row.Step()) return row.GetId(0);
  }
  const Id id = writing.NewId();
  writing.Do("INSERT INTO span (id, source_id, start, end) VALUES (?, ?, ?, ?)", id, span.source, span.range.start, span.range.end);
  return id;
}

Range FindOnce(Reading& reading, const Id& source, const std::string& words) {
  const auto text = TextOf(reading, source);
  const auto at = words.empty() ? std::string::npos : text->utf8().find(words);
  if (at == std::string::npos) throw Refuse("“{0}” does not stand in this source; check spelling and spaces.", words);
  if (text->utf8().find(words, at + 1) != std::string::npos) {
    throw Refuse("“{0}” stands more than once in this source; give more words, or --start and --end.", words);
  }
  return {text->CodePoint(at), text->CodePoint(at + words.size())};
}

std::vector<StoredTurn> TurnsOf(Reading& reading, const Id& source) {
  return TurnsAt(reading, {source, {-1, std::numeric_limits<std::int64_t>::max()}});
}

std::vector<StoredTurn> TurnsAt(Reading& reading, const SourceSpan& span) {
  std::vector<StoredTurn> turns;
  auto rows = reading.Query(
      "SELECT turn.id, speaker.id, speaker.label, label.start, label.end, words.start, words.end, person.id, person.pseudonym, "
      "type.id, type.name, ifnull(type.researcher, 0), person.withdrawn IS NOT NULL "
      "FROM span words JOIN turn ON turn.span_id = words.id JOIN speaker ON speaker.id = turn.speaker_id "
      "LEFT JOIN span label ON label.id = turn.label_span_id LEFT JOIN person ON person.id = speaker.person_id "
      "LEFT JOIN stakeholder_type type ON type.id = person.stakeholder_id "
      "WHERE words.source_id = ? AND words.start < ? AND words.end > ? ORDER BY words.start",
      span.source, span.range.end, span.range.start);
  while (rows.Step()) {
    StoredTurn turn;
    turn.id = rows.GetId(0);
    turn.speaker = rows.GetId(1);
    turn.speaker_label = rows.Text(2);
    turn.words = {rows.Int(5), rows.Int(6)};
    turn.label = rows.IsNull(3) ? Range{turn.words.start, turn.words.start} : Range{rows.Int(3), rows.Int(4)};
    turn.person = rows.MaybeId(7);
    turn.person_name = rows.Text(8);
    turn.stakeholder = rows.MaybeId(9);
    turn.stakeholder_name = rows.Text(10);
    turn.researcher = rows.Int(11) != 0;
    turn.withdrawn = rows.Int(12) != 0;
    turns.push_back(std::move(turn));
  }
  return turns;
}

}  // namespace meerstem
