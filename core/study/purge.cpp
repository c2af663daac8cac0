#include "core/study/purge.h"

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>
#include <unordered_set>

#include <sqlite3.h>

#include "core/base/boundaries.h"
#include "core/base/error.h"
#include "core/base/fold.h"
#include "core/store/changeset.h"
#include "core/study/consent.h"
#include "core/study/deletion.h"
#include "core/study/places.h"
#include "core/study/printed.h"
#include "core/study/sources.h"

namespace meerstem {
namespace {

namespace fs = std::filesystem;

/// So many words in a row that are the same are no coincidence.
constexpr std::size_t kStretch = 7;
constexpr std::string_view kBlock = "█", kNothing = "[…]";

bool IsStore(const std::string& table) {
  return table == "content" || table == "original" || table == "component" || table.starts_with("journal") || table.starts_with("sqlite_") || table == "consent";
}

/// What somebody said, as stretches of words that are found again elsewhere, and the names that are theirs.
class Spoken {
 public:
  void Add(std::string_view utf8) {
    const auto words = Tokens(Text(std::string(utf8)));
    words_ += static_cast<std::int64_t>(words.size());
    for (std::size_t i = 0; i + kStretch <= words.size(); ++i) stretches_.insert(Key(words, i));
  }
  void AddName(const std::string& name) {
    if (CountCodePoints(name) > 1) names_.push_back(name);
  }
  std::int64_t words() const { return words_; }
  const std::vector<std::string>& names() const { return names_; }

  /// Where `text` repeats what they said, or names them.
  std::vector<Range> In(const Text& text) const {
    std::vector<Range> found;
    const auto words = Tokens(text);
    for (std::size_t i = 0; i + kStretch <= words.size(); ++i) {
      if (!stretches_.contains(Key(words, i))) continue;
      const Range range{words[i].range.start, words[i + kStretch - 1].range.end};
      if (!found.empty() && range.start <= found.back().end) found.back().end = range.end;
      else found.push_back(range);
    }
    if (names_.empty()) return found;
    const FoldedText folded(text.utf8());
    for (const auto& name : names_) {
      for (const auto& range : FindFolded(folded, name)) {
        // As a whole word, or with the s of a genitive.
        const Range grown = GrowToWords(text, range);
        if (grown.start == range.start && grown.end - range.end <= 1) found.push_back(range);
      }
    }
    return found;
  }
  /// Whether a PDF repeats or names them; one that cannot be looked through does.
  bool StandIn(const std::vector<std::string>& printed) const {
    return printed.empty() || std::any_of(printed.begin(), printed.end(), [&](const std::string& page) {
      const auto all = WithoutLines(page);
      return std::any_of(all.begin(), all.end(), [&](const std::string& words) { return !In(Text(words)).empty(); });
    });
  }
  /// `text` with […] there; the same text when there is nothing.
  std::string Without(const std::string& text) const {
    const Text indexed(text);
    auto ranges = In(indexed);
    if (ranges.empty()) return text;
    std::sort(ranges.begin(), ranges.end());
    std::string result;
    std::int64_t at = 0;
    for (const auto& range : ranges) {
      if (range.end <= at) continue;
      result += indexed.Slice({at, std::max(at, range.start)});
      result += kNothing;
      at = range.end;
    }
    return result + std::string(indexed.Slice({at, indexed.size()}));
  }

 private:
  struct Token {
    Range range;
    std::string word;
  };
  static std::vector<Token> Tokens(const Text& text) {
    const Text folded(FoldText(text.utf8()));
    std::vector<Token> tokens;
    for (const auto& range : Words(text)) tokens.push_back({range, std::string(folded.Slice(range))});
    return tokens;
  }
  static std::string Key(const std::vector<Token>& words, std::size_t first) {
    std::string key;
    for (std::size_t i = first; i < first + kStretch; ++i) key += words[i].word + ' ';
    return key;
  }
  std::unordered_set<std::string> stretches_;
  std::vector<std::string> names_;
  std::int64_t words_ = 0;
};

struct Theirs {
  std::string pseudonym;
  std::vector<Id> speakers;
  std::map<Id, std::vector<Range>> words;    ///< By source.
  std::map<Id, std::vector<Range>> labels;
  std::vector<Id> quotes;                    ///< That hold nothing but their words.
  std::vector<Id> replacements;              ///< Names that are shown as their pseudonym.
  std::vector<Id> memos;
  std::int64_t turns = 0;
  Spoken spoken;
};

Theirs TheirsOf(Reading& reading, const Id& person, Job& job) {
  Theirs theirs;
  {
    auto row = reading.Query("SELECT pseudonym, name FROM person WHERE id = ?", person);
    if (!row.Step()) throw Refuse("This person is no longer in the study.");
    theirs.pseudonym = row.Text(0);
    theirs.spoken.AddName(row.Text(1));
  }
  {
    auto rows = reading.Query("SELECT id, words FROM replacement WHERE shown = ?", theirs.pseudonym);
    while (rows.Step()) {
      theirs.replacements.push_back(rows.GetId(0));
      theirs.spoken.AddName(rows.Text(1));
    }
  }
  {
    auto rows = reading.Query("SELECT id FROM speaker WHERE person_id = ?", person);
    while (rows.Step()) theirs.speakers.push_back(rows.GetId(0));
  }
  {
    auto rows = reading.Query(
        "SELECT words.source_id, words.start, words.end, label.start, label.end FROM speaker JOIN turn ON turn.speaker_id = speaker.id "
        "JOIN span words ON words.id = turn.span_id LEFT JOIN span label ON label.id = turn.label_span_id WHERE person_id = ? ORDER BY words.source_id, words.start",
        person);
    while (rows.Step()) {
      ++theirs.turns;
      theirs.words[rows.GetId(0)].push_back({rows.Int(1), rows.Int(2)});
      if (!rows.IsNull(3)) theirs.labels[rows.GetId(0)].push_back({rows.Int(3), rows.Int(4)});
    }
  }
  for (const auto& [source, ranges] : theirs.words) {
    job.Progress(0);
    const auto text = TextOf(reading, source);
    for (const auto& range : ranges) theirs.spoken.Add(text->Slice(range));
    auto quotes = reading.Query("SELECT quote.id, start, end FROM quote JOIN span ON span.id = span_id WHERE source_id = ?", source);
    while (quotes.Step()) {
      const Range quote{quotes.Int(1), quotes.Int(2)};
      const bool inside = std::any_of(ranges.begin(), ranges.end(), [&](const Range& range) { return range.start <= quote.start && quote.end <= range.end; });
      if (inside) theirs.quotes.push_back(quotes.GetId(0));
    }
  }
  std::vector<Id> subjects = theirs.quotes;
  subjects.push_back(person);
  subjects.insert(subjects.end(), theirs.speakers.begin(), theirs.speakers.end());
  for (const auto& subject : subjects) {
    auto rows = reading.Query("SELECT id FROM memo WHERE entity_id = ?1 UNION SELECT memo.id FROM coding JOIN memo ON memo.entity_id = coding.id WHERE quote_id = ?1", subject);
    while (rows.Step()) theirs.memos.push_back(rows.GetId(0));
  }
  return theirs;
}

/// The letters of the ranges as blocks; white space stays, so that paragraphs and words do.
std::string Blocked(const Text& text, std::vector<Range> ranges) {
  std::sort(ranges.begin(), ranges.end());
  std::string result;
  std::int64_t at = 0;
  for (const auto& range : ranges) {
    if (range.end <= at) continue;
    const std::int64_t start = std::max(at, range.start);
    result += text.Slice({at, start});
    for (at = start; at < std::min(range.end, text.size()); ++at) {
      const auto letter = text.Slice({at, at + 1});
      result += letter == " " || letter == "\n" || letter == "\t" ? letter : kBlock;
    }
  }
  return result + std::string(text.Slice({at, text.size()}));
}

/// Calls `visit(table, column)` for every column that holds words, of tables with an id.
void EachTextColumn(Reading& reading, const std::function<void(const std::string&, const std::string&)>& visit) {
  std::vector<std::pair<std::string, std::string>> columns;
  auto rows = reading.Query(
      "SELECT t.name, c.name FROM sqlite_master t JOIN pragma_table_info(t.name) c WHERE t.type = 'table' AND c.type = 'TEXT' "
      "AND EXISTS (SELECT 1 FROM pragma_table_info(t.name) WHERE name = 'id' AND pk = 1)");
  while (rows.Step()) {
    if (!IsStore(rows.Text(0))) columns.emplace_back(rows.Text(0), rows.Text(1));
  }
  for (const auto& [table, column] : columns) visit(table, column);
}

/// The rows of a column whose words repeat what was said, with what stays of them.
std::vector<std::pair<Id, std::string>> Repeating(Reading& reading, const Spoken& spoken, const std::string& table, const std::string& column) {
  std::vector<std::pair<Id, std::string>> found;
  auto rows = reading.Query("SELECT id, \"" + column + "\" FROM \"" + table + "\" WHERE length(\"" + column + "\") > 1");
  while (rows.Step()) {
    const std::string words = rows.Text(1);
    std::string left = spoken.Without(words);
    if (left != words) found.emplace_back(rows.GetId(0), std::move(left));
  }
  return found;
}

std::vector<Id> AllSources(Reading& reading) {
  std::vector<Id> sources;
  auto rows = reading.Query("SELECT id FROM source");
  while (rows.Step()) sources.push_back(rows.GetId(0));
  return sources;
}

/// The words on the pages of the PDFs that the study keeps, by source: heads and feet too, which the texts leave out.
std::map<Id, std::vector<std::string>> ReadPrinted(Reading& reading, Job& job) {
  std::map<Id, std::vector<std::string>> printed;
  for (const auto& source : reading.Query("SELECT source_id FROM source_original").Ids()) {
    job.Progress(0);
    printed[source] = PrintedWords(OriginalOf(reading, source).value_or(""), job);
  }
  return printed;
}

/// The PDFs of the sources `of`, those in which they stand, and those that were not looked at: one that came in meanwhile.
std::vector<Id> PdfsThatGo(Reading& reading, const std::map<Id, std::vector<std::string>>& printed, const std::set<Id>& of, const Spoken& spoken) {
  auto sources = reading.Query("SELECT source_id FROM source_original").Ids();
  std::erase_if(sources, [&](const Id& source) {
    const auto looked = printed.find(source);
    return !of.contains(source) && looked != printed.end() && !spoken.StandIn(looked->second);
  });
  return sources;
}

void PurgeTexts(Writing& writing, const Theirs& theirs, const std::map<Id, std::vector<std::string>>& printed, Job& job) {
  std::set<Id> changed;
  const auto sources = AllSources(writing);
  for (const auto& source : sources) {
    job.Progress(0.5);
    const auto text = TextOf(writing, source);
    std::vector<Range> ranges = theirs.spoken.In(*text);
    for (const auto* places : {&theirs.words, &theirs.labels}) {
      if (const auto mine = places->find(source); mine != places->end()) ranges.insert(ranges.end(), mine->second.begin(), mine->second.end());
    }
    if (ranges.empty()) continue;
    const std::string left = Blocked(*text, std::move(ranges));
    if (left == text->utf8()) continue;
    writing.Do("UPDATE source SET content_hash = ? WHERE id = ?", StoreContent(writing, left), source);
    changed.insert(source);
  }
  // Letters of a file cannot become blocks.
  for (const auto& source : PdfsThatGo(writing, printed, changed, theirs.spoken)) writing.Do("DELETE FROM source_original WHERE source_id = ?", source);
  // Older versions too: undo does not reach back to them any more.
  writing.Do("DELETE FROM content WHERE hash NOT IN (SELECT content_hash FROM source)");
  writing.Do("DELETE FROM original WHERE hash NOT IN (SELECT original_hash FROM source_original)");
}

}  // namespace

void FindBackups(Reading& reading, const Id& person, std::vector<std::string>& holding, std::vector<std::string>& unreadable) {
  const char* path = sqlite3_db_filename(reading.database().handle(), "main");
  std::error_code error;
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(std::string(path ? path : "") + ".backups", error)) {
    if (entry.path().extension() == ".meerstem") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  for (const auto& file : files) {
    // Reading a file that was copied from one in use makes files beside it, which nobody else would take away.
    struct Tidy {
      std::string path;
      bool log = fs::exists(path + "-wal"), shared = fs::exists(path + "-shm");
      ~Tidy() {
        std::error_code ignored;
        if (!log) fs::remove(path + "-wal", ignored);
        if (!shared) fs::remove(path + "-shm", ignored);
      }
    } tidy{file.string()};
    try {
      Database backup(file.string(), Database::Mode::kRead);
      if (backup.Number("SELECT count(*) FROM person WHERE id = ?", person) == 0) continue;
      const bool newer = backup.Number("SELECT count(*) FROM sqlite_master WHERE name = 'consent'") > 0;
      if (newer && backup.Number("SELECT count(*) FROM consent WHERE person_id = ? AND answer = 'purged'", person) > 0) continue;
      holding.push_back(file.string());
    } catch (const Error&) {
      unreadable.push_back(file.string());
    }
  }
}

Purging LookAtPurging(Reading& reading, const Id& person, Job& job) {
  const Theirs theirs = TheirsOf(reading, person, job);
  Purging purging{.person = person, .pseudonym = theirs.pseudonym};
  purging.conversations = static_cast<std::int64_t>(theirs.words.size());
  purging.turns = theirs.turns;
  purging.words = theirs.spoken.words();
  purging.quotes = static_cast<std::int64_t>(theirs.quotes.size());
  purging.memos = static_cast<std::int64_t>(theirs.memos.size());
  purging.names = static_cast<std::int64_t>(theirs.spoken.names().size());
  std::set<Id> changed;
  for (const auto& source : AllSources(reading)) {
    job.Progress(0.5);
    auto ranges = theirs.spoken.In(*TextOf(reading, source));
    const auto mine = theirs.words.find(source);
    if (!ranges.empty() || mine != theirs.words.end()) changed.insert(source);
    std::erase_if(ranges, [&](const Range& range) {
      return mine != theirs.words.end() && std::any_of(mine->second.begin(), mine->second.end(), [&](const Range& own) { return own.Overlaps(range); });
    });
    purging.other_texts += !ranges.empty();
  }
  purging.pdfs = static_cast<std::int64_t>(PdfsThatGo(reading, ReadPrinted(reading, job), changed, theirs.spoken).size());
  EachTextColumn(reading, [&](const std::string& table, const std::string& column) {
    if (table == "replacement" || table == "person") return;
    for (const auto& [id, left] : Repeating(reading, theirs.spoken, table, column)) {
      if (table != "memo" || std::find(theirs.memos.begin(), theirs.memos.end(), id) == theirs.memos.end()) purging.copied.push_back({table, {table, id}, column});
    }
  });
  FindBackups(reading, person, purging.backups, purging.unreadable);
  return purging;
}

Change Purge(Store& store, const Act& act, const Id& person, Job& job) {
  // Before anybody who edits has to wait.
  const auto printed = ReadPrinted(*store.Read(), job);
  Theirs theirs;
  std::set<std::string> gone;
  const auto leave = [&](const Id& id) { gone.emplace(reinterpret_cast<const char*>(id.bytes.data()), id.bytes.size()); };
  const auto body = [&](Writing& writing) {
    theirs = TheirsOf(writing, person, job);
    leave(person);
    for (const auto* ids : {&theirs.speakers, &theirs.replacements, &theirs.memos}) std::for_each(ids->begin(), ids->end(), leave);
    for (const auto& quote : theirs.quotes) DeleteEntity(writing, "quote", quote);
    for (const auto& replacement : theirs.replacements) DeleteEntity(writing, "replacement", replacement);
    for (const auto& memo : theirs.memos) writing.Do("DELETE FROM memo WHERE id = ?", memo);
    writing.Do("DELETE FROM variable_value WHERE entity_id = ?", person);
    PurgeTexts(writing, theirs, printed, job);
    EachTextColumn(writing, [&](const std::string& table, const std::string& column) {
      for (const auto& [id, left] : Repeating(writing, theirs.spoken, table, column)) writing.Do("UPDATE \"" + table + "\" SET \"" + column + "\" = ? WHERE id = ?", left, id);
    });
    std::vector<std::string> drafts;
    {
      auto rows = writing.Query("SELECT key, text FROM draft");
      while (rows.Step()) {
        if (!theirs.spoken.In(Text(rows.Text(1))).empty()) drafts.push_back(rows.Text(0));
      }
    }
    for (const auto& key : drafts) writing.Do("DELETE FROM draft WHERE key = ?", key);
    for (const auto& speaker : theirs.speakers) writing.Do("UPDATE speaker SET label = ? WHERE id = ?", kNothing, speaker);
    const bool again = writing.Number("SELECT count(*) FROM consent WHERE person_id = ? AND answer = 'purged'", person) > 0;
    if (again) return;
    const Date day = DayOf(writing.now());
    if (writing.Number("SELECT count(*) FROM person WHERE id = ? AND withdrawn IS NULL", person) > 0) Withdraw(writing, person, day);
    const std::int64_t before = writing.Number("SELECT count(DISTINCT person_id) FROM consent WHERE answer = 'purged'");
    writing.Do("UPDATE person SET pseudonym = ?, name = NULL, birth_year = NULL WHERE id = ?", std::string(kNothing) + " " + std::to_string(before + 1), person);
    writing.Do("INSERT INTO consent (id, person_id, purpose, answer, date, at) VALUES (?, ?, 'everything', 'purged', ?, ?)", writing.NewId(), person, day, writing.now());
  };
  std::set<std::string> tables;
  {
    auto reading = store.Read();
    auto rows = reading->Query("SELECT name FROM sqlite_master WHERE type = 'table'");
    while (rows.Step()) tables.insert(rows.Text(0));
  }
  return store.Erase(act, body, [&](Reading& reading, std::int64_t sequence) {
    job.Progress(0.9);
    bool holds = false;
    const auto look = [&](const std::optional<std::string>& value) {
      if (!holds && value && !value->empty()) holds = gone.contains(*value) || (IsValidUtf8(*value) && !theirs.spoken.In(Text(*value)).empty());
    };
    VisitChanges(reading, sequence, tables, [&](const RowChange& change) {
      for (const auto& value : change.before) look(value);
      for (const auto& value : change.after) look(value);
    });
    return holds;
  });
}

}  // namespace meerstem
