#include "tests/bench/project.h"

#include <algorithm>
#include <random>
#include <set>
#include <stdexcept>

#include "core/base/clock.h"
#include "core/base/text.h"
#include "core/study/codes.h"
#include "core/study/people.h"
#include "core/study/sources.h"

namespace meerstem::bench {
namespace {

constexpr const char* kWords[] = {
    "de",      "het",     "een",     "ik",       "we",      "ze",        "en",       "maar",     "dat",      "als",       "niet",      "ook",
    "dan",     "toen",    "nog",     "wel",      "met",     "voor",      "van",      "op",       "naar",     "altijd",    "soms",      "gezin",
    "kinderen", "coach",  "vertrouwen", "huis",  "school",  "schulden",  "afspraak", "gesprek",  "dinsdag",  "moeilijk",  "samen",     "alleen",
    "bellen",  "komen",   "gaan",    "zien",     "weten",   "durven",    "vragen",   "geld",     "brief",    "papieren",  "woning",    "buren",
    "stad",    "dienst",  "begeleiding", "tijd", "rust",    "zorg",      "moeder",   "vader",    "zus",      "dokter",    "werk",      "cursus",
    "café",    "coördinator", "één", "méér",     "oplossing", "stap",    "plan",     "hoop",     "angst",    "stress",    "verhuizen", "taal"};

/// Few words often, many seldom, as in any language.
class Writer {
 public:
  explicit Writer(std::uint64_t seed) : random_(seed) {}
  std::uint64_t Below(std::uint64_t bound) { return random_() % bound; }
  const char* Word() {
    const auto limit = 1 + Below(std::size(kWords));
    return kWords[Below(limit)];
  }
  /// `words` words in sentences; returns the text.
  std::string Say(int words) {
    std::string said;
    bool begins = true;
    for (int i = 0; i < words; ++i) {
      std::string word = Word();
      if (begins && word[0] >= 'a' && word[0] <= 'z') word[0] = static_cast<char>(word[0] - 32);
      begins = Below(12) == 0 || i + 1 == words;
      said += (said.empty() || said.back() == '\n' ? "" : " ") + word + (begins ? "." : Below(9) == 0 ? "," : "");
      if (begins && Below(8) == 0 && i + 1 < words) said += "\n";
    }
    return said;
  }

 private:
  std::mt19937_64 random_;
};

struct Makers {
  std::vector<Id> codes, coders, persons, stakeholders, sites, cases;
  Id interviewer;
};

Makers MakeFrame(Database& database, IdSource& ids, const Size& size) {
  Makers makers;
  double order = 0;
  for (const char* name : {"Ada", "Bo", "Cas"}) {
    makers.coders.push_back(ids.Next());
    database.Do("INSERT INTO researcher (id, name) VALUES (?, ?)", makers.coders.back(), name);
  }
  for (const char* key : {"coordinator", "coach", "family", "neighbour"}) {
    makers.stakeholders.push_back(ids.Next());
    database.Do("INSERT INTO stakeholder_type (id, key, name, order_key) VALUES (?, ?, ?, ?)", makers.stakeholders.back(), key, key, ++order);
  }
  const Id researcher = ids.Next();
  database.Do("INSERT INTO stakeholder_type (id, key, name, researcher, order_key) VALUES (?, 'researcher', 'researcher', 1, ?)", researcher, ++order);
  for (int i = 0; i < 5; ++i) {
    makers.sites.push_back(ids.Next());
    database.Do("INSERT INTO site (id, name, order_key) VALUES (?, ?, ?)", makers.sites.back(), "Site " + std::to_string(i + 1), ++order);
  }
  for (int i = 0; i < std::max(5, size.sources / 4); ++i) {
    makers.cases.push_back(ids.Next());
    database.Do("INSERT INTO study_case (id, code, site_id, order_key) VALUES (?, ?, ?, ?)", makers.cases.back(), "G" + std::to_string(1000 + i),
                makers.sites[static_cast<std::size_t>(i) % makers.sites.size()], ++order);
  }
  makers.interviewer = ids.Next();
  database.Do("INSERT INTO person (id, pseudonym, stakeholder_id) VALUES (?, 'Lies', ?)", makers.interviewer, researcher);
  for (int i = 0; i < size.sources; ++i) {
    const auto n = static_cast<std::size_t>(i);
    makers.persons.push_back(ids.Next());
    database.Do("INSERT INTO person (id, pseudonym, stakeholder_id, site_id) VALUES (?, ?, ?, ?)", makers.persons.back(), "P" + std::to_string(1000 + i),
                makers.stakeholders[n % makers.stakeholders.size()], makers.sites[n % makers.sites.size()]);
    database.Do("INSERT INTO membership (id, person_id, case_id, role, order_key) VALUES (?, ?, ?, ?, ?)", ids.Next(), makers.persons.back(),
                makers.cases[n % makers.cases.size()], n % 4 == 1 ? "coach" : "adult", ++order);
  }
  const int heads = std::max(1, size.codes / 25);
  std::vector<Id> tops;
  for (int i = 0; i < size.codes; ++i) {
    const Id id = ids.Next();
    const std::optional<Id> parent = i < heads ? std::nullopt : std::optional(tops[static_cast<std::size_t>(i % heads)]);
    database.Do("INSERT INTO code (id, parent_id, name, colour, order_key) VALUES (?, ?, ?, '#0072B2', ?)", id, parent, "Code " + std::to_string(i + 1), ++order);
    (i < heads ? tops : makers.codes).push_back(id);
  }
  return makers;
}

/// One source with its turns; the ranges of the answers, in code points.
std::vector<Range> MakeSource(Database& database, IdSource& ids, Writer& writer, const Makers& makers, const Size& size, int number, Id& source) {
  std::string text;
  struct Placed {
    Range label, words;
    bool question;
  };
  std::vector<Placed> turns;
  std::int64_t at = 0;
  const auto add = [&](const std::string& piece) {
    text += piece;
    at += CountCodePoints(piece);
  };
  for (int words = 0; words < size.words;) {
    const bool question = turns.size() % 2 == 0;
    const int more = std::min(size.words - words, question ? 8 + static_cast<int>(writer.Below(16)) : 40 + static_cast<int>(writer.Below(90)));
    if (!text.empty()) add("\n\n");
    const auto label = at;
    add(question ? "Lies: " : "P" + std::to_string(1000 + number) + ": ");
    const auto start = at;
    add(writer.Say(std::max(1, more)));
    turns.push_back({{label, start}, {start, at}, question});
    words += std::max(1, more);
  }
  source = ids.Next();
  const Id content = ids.Next();
  database.Do("INSERT INTO content (hash, text) VALUES (?, ?)", content, text);
  database.Do("INSERT INTO source (id, title, kind, content_hash, language, order_key) VALUES (?, ?, 'interview', ?, 'nl', ?)", source,
              "Gesprek " + std::to_string(number + 1), content, number + 1.0);
  const Id asks = ids.Next(), answers = ids.Next();
  database.Do("INSERT INTO speaker (id, source_id, label, person_id) VALUES (?, ?, 'Lies', ?)", asks, source, makers.interviewer);
  database.Do("INSERT INTO speaker (id, source_id, label, person_id) VALUES (?, ?, ?, ?)", answers, source, "P" + std::to_string(1000 + number),
              makers.persons[static_cast<std::size_t>(number)]);
  std::vector<Range> said;
  for (const auto& turn : turns) {
    const Id label = ids.Next(), words = ids.Next();
    database.Do("INSERT INTO span (id, source_id, start, end) VALUES (?, ?, ?, ?)", label, source, turn.label.start, turn.label.end);
    database.Do("INSERT INTO span (id, source_id, start, end) VALUES (?, ?, ?, ?)", words, source, turn.words.start, turn.words.end);
    database.Do("INSERT INTO turn (id, speaker_id, label_span_id, span_id) VALUES (?, ?, ?, ?)", ids.Next(), turn.question ? asks : answers, label, words);
    if (!turn.question) said.push_back(turn.words);
  }
  return said;
}

void MakeCodings(Database& database, IdSource& ids, Writer& writer, const Makers& makers, const Id& source, const std::vector<Range>& said, int count) {
  Id quote;
  std::size_t code = 0;
  std::set<std::pair<std::int64_t, std::int64_t>> taken;
  for (int i = 0; i < count; ++i) {
    if (i % 6 == 5) {
      code = (code + 1 + writer.Below(makers.codes.size() - 1)) % makers.codes.size();
    } else {
      Range range;
      do {
        const Range& turn = said[writer.Below(said.size())];
        const auto from = static_cast<std::int64_t>(writer.Below(static_cast<std::uint64_t>(std::max<std::int64_t>(1, turn.size() - 20))));
        range.start = turn.start + from;
        range.end = std::min(turn.end, range.start + 20 + static_cast<std::int64_t>(writer.Below(400)));
      } while (range.empty() || !taken.insert({range.start, range.end}).second);
      const Id span = ids.Next();
      quote = ids.Next();
      database.Do("INSERT INTO span (id, source_id, start, end) VALUES (?, ?, ?, ?)", span, source, range.start, range.end);
      database.Do("INSERT INTO quote (id, span_id, created_at) VALUES (?, ?, 0)", quote, span);
      code = writer.Below(makers.codes.size());
    }
    database.Do("INSERT INTO coding (id, quote_id, code_id, coder_id, at, origin) VALUES (?, ?, ?, ?, ?, 'hand')", ids.Next(), quote, makers.codes[code],
                makers.coders[writer.Below(makers.coders.size())], i);
  }
}

}  // namespace

Size SizeOf(const std::string& name) {
  if (name == "S") return {name, 15, 9000, 120, 2'000};
  if (name == "M") return {name, 200, 9000, 400, 40'000};
  if (name == "L") return {name, 2'000, 9000, 1'000, 1'000'000};
  throw std::invalid_argument("a project is S, M or L, not " + name);
}

void Generate(const std::string& path, const Size& size, const std::vector<Component>& components) {
  const auto clock = std::make_shared<FixedClock>();
  const auto ids = std::make_shared<IdSource>(clock, size.seed);
  const auto store = Store::Create(path, {.backups = false, .clock = clock, .ids = ids, .components = components});
  Writer writer(size.seed);
  Makers makers;
  store->Scratch([&](Database& database) { makers = MakeFrame(database, *ids, size); });
  for (int i = 0; i < size.sources; ++i) {
    store->Scratch([&](Database& database) {
      Id source;
      const auto said = MakeSource(database, *ids, writer, makers, size, i, source);
      MakeCodings(database, *ids, writer, makers, source, said, size.codings / size.sources + (i < size.codings % size.sources));
    });
  }
}

}  // namespace meerstem::bench
