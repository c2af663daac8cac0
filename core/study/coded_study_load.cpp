#include "core/study/coded_study_load.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <numeric>

namespace meerstem::coded_study {
namespace {

using Frame = CodedStudy::Frame;
using Codes = CodedStudy::Codes;
using Stock = CodedStudy::Stock;
constexpr std::uint32_t kNone = CodedStudy::kNone;

void Fill(Reading& reading, const char* sql, Numbered& into) {
  auto rows = reading.Query(sql);
  while (rows.Step()) into.Add(rows.GetId(0), rows.Text(1));
}

struct Person {
  std::uint32_t stakeholder, site;
  bool researcher, may_analyse, may_quote, may_archive, withdrawn;
};

std::vector<Person> LoadPersons(Reading& reading, Frame& frame) {
  std::vector<Person> persons;
  auto rows = reading.Query(
      "SELECT person.id, pseudonym, stakeholder_id, site_id, ifnull(type.researcher, 0), may_analyse, "
      "may_quote AND person.id NOT IN (SELECT id FROM unguarded_person), may_archive AND person.id NOT IN (SELECT id FROM unguarded_person), withdrawn IS NOT NULL FROM person "
      "LEFT JOIN stakeholder_type type ON type.id = stakeholder_id ORDER BY pseudonym, person.id");
  while (rows.Step()) {
    frame.persons.Add(rows.GetId(0), rows.Text(1));
    persons.push_back({frame.stakeholders.Find(rows.GetId(2)), frame.sites.Find(rows.GetId(3)), rows.Int(4) != 0, rows.Int(5) != 0, rows.Int(6) != 0, rows.Int(7) != 0, rows.Int(8) != 0});
  }
  return persons;
}

void LoadSources(Reading& reading, Frame& frame) {
  auto rows = reading.Query("SELECT id, content_hash, title, kind, stakeholder_id, site_id, ifnull(date, '') FROM source ORDER BY order_key, id");
  while (rows.Step()) {
    CodedStudy::Source source;
    source.id = rows.GetId(0);
    source.content = rows.GetId(1);
    source.title = rows.Text(2);
    source.kind = rows.Text(3);
    source.stakeholder = frame.stakeholders.Find(rows.GetId(4));
    source.site = frame.sites.Find(rows.GetId(5));
    source.date = rows.Text(6);
    frame.source_numbers.emplace(source.id, static_cast<std::uint32_t>(frame.sources.size()));
    frame.sources.push_back(std::move(source));
  }
}

/// Spans, quotes or turns by id while everything is read: a table of indices, open addressing.
class Index {
 public:
  explicit Index(const std::vector<Id>& ids) : ids_(ids), slots_(std::bit_ceil(ids.size() * 2 + 2), kNone) {
    for (std::uint32_t i = 0; i < ids.size(); ++i) slots_[Place(ids[i])] = i;
  }
  std::uint32_t Find(const Id& id) const { return slots_[Place(id)]; }

 private:
  std::size_t Place(const Id& id) const {
    std::uint64_t front, back;
    std::memcpy(&front, id.bytes.data(), 8);
    std::memcpy(&back, id.bytes.data() + 8, 8);
    std::uint64_t hash = (front ^ std::rotl(back, 32) ^ back) * 0x9e3779b97f4a7c15ull;
    std::size_t at = (hash >> 20) & (slots_.size() - 1);
    while (slots_[at] != kNone && ids_[slots_[at]] != id) at = (at + 1) & (slots_.size() - 1);
    return at;
  }
  const std::vector<Id>& ids_;
  std::vector<std::uint32_t> slots_;
};

struct RawCoding {
  CodedStudy::Coding coding;
  std::uint32_t quote;  ///< In Raw::quotes.
  std::int64_t at;
};
/// What was read of one source, in no order.
struct Raw {
  std::vector<CodedStudy::Turn> turns;
  std::vector<CodedStudy::Quote> quotes;
  std::vector<RawCoding> codings;
};

/// Takes out the quotes that touch the words of somebody who withdrew, with their codings.
void LeaveOutWithdrawn(Raw& raw, const std::vector<CodedStudy::Turn>& turns, const CodedStudy::Source& source) {
  std::vector<Range> withdrawn;
  for (const auto& turn : turns) {
    if (source.voices[turn.voice].withdrawn) withdrawn.push_back(turn.words());
  }
  if (withdrawn.empty()) return;
  std::vector<std::uint32_t> number(raw.quotes.size(), kNone);
  std::vector<CodedStudy::Quote> kept;
  for (std::size_t i = 0; i < raw.quotes.size(); ++i) {
    const Range range = raw.quotes[i].range();
    if (std::any_of(withdrawn.begin(), withdrawn.end(), [&](const Range& words) { return words.Overlaps(range); })) continue;
    number[i] = static_cast<std::uint32_t>(kept.size());
    kept.push_back(raw.quotes[i]);
  }
  raw.quotes = std::move(kept);
  std::erase_if(raw.codings, [&](const RawCoding& coding) { return number[coding.quote] == kNone; });
  for (auto& coding : raw.codings) coding.quote = number[coding.quote];
}

std::shared_ptr<const Stock> Ordered(Raw raw, const CodedStudy::Source& source) {
  auto stock = std::make_shared<Stock>();
  std::sort(raw.turns.begin(), raw.turns.end(), [](const auto& a, const auto& b) { return a.start < b.start; });
  stock->turns = std::move(raw.turns);
  LeaveOutWithdrawn(raw, stock->turns, source);
  std::vector<std::uint32_t> order(raw.quotes.size()), rank(raw.quotes.size());
  std::iota(order.begin(), order.end(), 0u);
  std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    const auto &x = raw.quotes[a], &y = raw.quotes[b];
    return std::tie(x.start, x.end, x.id) < std::tie(y.start, y.end, y.id);
  });
  for (std::uint32_t i = 0; i < order.size(); ++i) rank[order[i]] = i;
  for (auto& coding : raw.codings) coding.quote = rank[coding.quote];
  std::sort(raw.codings.begin(), raw.codings.end(),
            [](const RawCoding& a, const RawCoding& b) { return std::tie(a.quote, a.at, a.coding.id) < std::tie(b.quote, b.at, b.coding.id); });
  stock->quotes.reserve(order.size());
  stock->codings.reserve(raw.codings.size());
  std::size_t coding = 0;
  std::uint32_t turn = 0;
  for (std::uint32_t i = 0; i < order.size(); ++i) {
    auto quote = raw.quotes[order[i]];
    while (turn < stock->turns.size() && stock->turns[turn].end <= quote.start) ++turn;
    quote.turn = turn;
    quote.first = static_cast<std::uint32_t>(stock->codings.size());
    for (; coding < raw.codings.size() && raw.codings[coding].quote == i; ++coding) stock->codings.push_back(raw.codings[coding].coding);
    quote.last = static_cast<std::uint32_t>(stock->codings.size());
    stock->quotes.push_back(quote);
  }
  return stock;
}

CodedStudy::Quote QuoteAt(const Id& id, const Range& range) {
  return {id, static_cast<std::int32_t>(range.start), static_cast<std::int32_t>(range.end), 0, 0, 0};
}
CodedStudy::Turn TurnOn(const Range& label, const Range& words, std::uint32_t voice) {
  return {static_cast<std::int32_t>(label.start), static_cast<std::int32_t>(label.end), static_cast<std::int32_t>(words.start), static_cast<std::int32_t>(words.end), voice};
}

std::uint32_t VoiceOf(const CodedStudy::Source& source, const Id& speaker) {
  const auto found = std::lower_bound(source.voices.begin(), source.voices.end(), speaker, [](const auto& voice, const Id& id) { return voice.speaker < id; });
  return static_cast<std::uint32_t>(found - source.voices.begin());
}

}  // namespace

std::shared_ptr<const Frame> LoadFrame(Reading& reading, const Frame* before) {
  auto frame = std::make_shared<Frame>();
  {
    auto rows = reading.Query("SELECT id, name, key FROM stakeholder_type ORDER BY order_key, name");
    while (rows.Step()) {
      frame->stakeholders.Add(rows.GetId(0), rows.Text(1));
      frame->stakeholder_keys.push_back(rows.Text(2));
    }
  }
  Fill(reading, "SELECT id, name FROM site ORDER BY order_key, name", frame->sites);
  Fill(reading, "SELECT id, code FROM study_case ORDER BY order_key, code", frame->cases);
  if (before) frame->coders = before->coders;
  Fill(reading, "SELECT id, name FROM researcher ORDER BY name", frame->coders);
  const auto persons = LoadPersons(reading, *frame);
  LoadSources(reading, *frame);
  {
    auto rows = reading.Query("SELECT id, source_id, label, person_id FROM speaker ORDER BY source_id, id");
    while (rows.Step()) {
      auto& source = frame->sources[frame->source_numbers.at(rows.GetId(1))];
      CodedStudy::Voice voice{.speaker = rows.GetId(0), .label = rows.Text(2), .stakeholder = source.stakeholder, .site = source.site};
      voice.person = frame->persons.Find(rows.GetId(3));
      if (voice.person != kNone) {
        const Person& person = persons[voice.person];
        if (person.stakeholder != kNone) voice.stakeholder = voice.own_stakeholder = person.stakeholder;
        if (person.site != kNone) voice.site = person.site;
        voice.researcher = person.researcher;
        voice.may_analyse = person.may_analyse;
        voice.may_quote = person.may_quote;
        voice.may_archive = person.may_archive;
        voice.withdrawn = person.withdrawn;
      }
      source.voices.push_back(std::move(voice));
    }
  }
  frame->cases_of_person.resize(frame->persons.size());
  {
    auto rows = reading.Query("SELECT person_id, case_id FROM membership WHERE role <> 'coach' ORDER BY rowid");
    while (rows.Step()) frame->cases_of_person[frame->persons.Find(rows.GetId(0))].push_back(frame->cases.Find(rows.GetId(1)));
  }
  {
    auto rows = reading.Query("SELECT source_id, case_id FROM source_about ORDER BY rowid");
    while (rows.Step()) frame->sources[frame->source_numbers.at(rows.GetId(0))].cases.push_back(frame->cases.Find(rows.GetId(1)));
  }
  auto rows = reading.Query("SELECT quote_id, case_id FROM quote_about ORDER BY rowid");
  while (rows.Step()) frame->cases_of_quote[rows.GetId(0)].push_back(frame->cases.Find(rows.GetId(1)));
  return frame;
}

std::shared_ptr<const Codes> LoadCodes(Reading& reading, const Codes* before) {
  auto codes = std::make_shared<Codes>();
  if (before) codes->numbers = before->numbers;
  codes->list = Codebook(reading);
  for (const auto& code : codes->list) {
    codes->number.push_back(codes->numbers.try_emplace(code.id, static_cast<std::uint32_t>(codes->numbers.size())).first->second);
  }
  codes->place.assign(codes->numbers.size(), kNone);
  codes->parent.assign(codes->numbers.size(), kNone);
  for (std::uint32_t i = 0; i < codes->list.size(); ++i) {
    codes->place[codes->number[i]] = i;
    if (codes->list[i].parent) codes->parent[codes->number[i]] = codes->Find(*codes->list[i].parent);
  }
  return codes;
}

std::vector<std::shared_ptr<const Stock>> LoadStocks(Reading& reading, const Frame& frame, const Codes& codes) {
  struct Span {
    std::uint32_t source;
    std::int32_t start, end;
  };
  std::vector<Raw> raw(frame.sources.size());
  std::vector<std::pair<std::uint32_t, std::uint32_t>> places;  // Of each quote: source, and where in Raw::quotes.
  std::vector<Id> quotes;
  {
    std::vector<Id> ids;
    std::vector<Span> spans;
    {
      auto rows = reading.Query("SELECT id, source_id, start, end FROM span");
      Id last;
      std::uint32_t number = 0;
      while (rows.Step()) {
        ids.push_back(rows.GetId(0));
        if (const Id source = rows.GetId(1); source != last) {
          last = source;
          number = frame.source_numbers.at(source);
        }
        spans.push_back({number, static_cast<std::int32_t>(rows.Int(2)), static_cast<std::int32_t>(rows.Int(3))});
      }
    }
    const Index index(ids);
    {
      auto rows = reading.Query("SELECT speaker_id, label_span_id, span_id FROM turn");
      while (rows.Step()) {
        const Span& words = spans[index.Find(rows.GetId(2))];
        Range label{words.start, words.start};
        if (const auto at = index.Find(rows.GetId(1)); at != kNone) label = {spans[at].start, spans[at].end};
        raw[words.source].turns.push_back(TurnOn(label, {words.start, words.end}, VoiceOf(frame.sources[words.source], rows.GetId(0))));
      }
    }
    auto rows = reading.Query("SELECT id, span_id FROM quote");
    while (rows.Step()) {
      const Span& span = spans[index.Find(rows.GetId(1))];
      quotes.push_back(rows.GetId(0));
      places.emplace_back(span.source, static_cast<std::uint32_t>(raw[span.source].quotes.size()));
      raw[span.source].quotes.push_back(QuoteAt(quotes.back(), {span.start, span.end}));
    }
  }
  {
    const Index index(quotes);
    auto rows = reading.Query("SELECT id, quote_id, code_id, coder_id, at FROM coding");
    while (rows.Step()) {
      const auto& [source, quote] = places[index.Find(rows.GetId(1))];
      raw[source].codings.push_back({{rows.GetId(0), codes.Find(rows.GetId(2)), frame.coders.Find(rows.GetId(3))}, quote, rows.Int(4)});
    }
  }
  std::vector<std::shared_ptr<const Stock>> stocks;
  for (std::size_t i = 0; i < raw.size(); ++i) stocks.push_back(Ordered(std::move(raw[i]), frame.sources[i]));
  return stocks;
}

std::shared_ptr<const Stock> LoadStock(Reading& reading, const Frame& frame, const Codes& codes, std::size_t number) {
  const auto& source = frame.sources[number];
  Raw raw;
  {
    auto rows = reading.Query(
        "SELECT speaker_id, label.start, label.end, words.start, words.end FROM span words JOIN turn ON turn.span_id = words.id "
        "LEFT JOIN span label ON label.id = label_span_id WHERE words.source_id = ?",
        source.id);
    while (rows.Step()) {
      const Range words{rows.Int(3), rows.Int(4)};
      raw.turns.push_back(TurnOn(rows.IsNull(1) ? Range{words.start, words.start} : Range{rows.Int(1), rows.Int(2)}, words, VoiceOf(source, rows.GetId(0))));
    }
  }
  auto rows = reading.Query(
      "SELECT quote.id, start, end, coding.id, code_id, coder_id, coding.at FROM span CROSS JOIN quote ON quote.span_id = span.id "
      "LEFT JOIN coding ON coding.quote_id = quote.id WHERE source_id = ? ORDER BY start, end, quote.id",
      source.id);
  while (rows.Step()) {
    const Id quote = rows.GetId(0);
    if (raw.quotes.empty() || raw.quotes.back().id != quote) raw.quotes.push_back(QuoteAt(quote, {rows.Int(1), rows.Int(2)}));
    if (rows.IsNull(3)) continue;
    raw.codings.push_back({{rows.GetId(3), codes.Find(rows.GetId(4)), frame.coders.Find(rows.GetId(5))},
                           static_cast<std::uint32_t>(raw.quotes.size() - 1), rows.Int(6)});
  }
  return Ordered(std::move(raw), source);
}

std::set<Id> TouchedSources(Reading& reading, const std::vector<std::pair<std::string, std::vector<Id>>>& rows) {
  std::set<Id> touched;
  const auto take = [&](const char* sql, const Id& id) {
    auto found = reading.Query(sql, id);
    if (found.Step()) touched.insert(found.GetId(0));
  };
  for (const auto& [table, ids] : rows) {
    for (const auto& id : ids) {
      // A row that is gone names its parent, which either is still there or is itself among the rows.
      if (table == "source") touched.insert(id);
      if (table == "span" || table == "speaker") touched.insert(id);
      if (table == "coding") take("SELECT source_id FROM coding JOIN quote ON quote.id = quote_id JOIN span ON span.id = span_id WHERE coding.id = ?", id);
      if (table == "coding" || table == "quote") take("SELECT source_id FROM quote JOIN span ON span.id = span_id WHERE quote.id = ?", id);
      if (table == "quote" || table == "span" || table == "turn") take("SELECT source_id FROM span WHERE id = ?", id);
      if (table == "speaker" || table == "turn") take("SELECT source_id FROM speaker WHERE id = ?", id);
      if (table == "person") {
        auto found = reading.Query("SELECT source_id FROM speaker WHERE person_id = ?", id);
        while (found.Step()) touched.insert(found.GetId(0));
      }
    }
  }
  return touched;
}

}  // namespace meerstem::coded_study
