#include "core/study/quotes.h"

#include <algorithm>
#include <set>

#include "core/base/boundaries.h"
#include "core/base/error.h"
#include "core/study/deletion.h"
#include "core/study/sources.h"

namespace meerstem {
namespace {

bool Matches(const std::vector<Id>& wanted, const std::vector<Id>& present) {
  return wanted.empty() ||
         std::any_of(wanted.begin(), wanted.end(), [&](const Id& id) { return std::find(present.begin(), present.end(), id) != present.end(); });
}

void AddOnce(std::vector<Id>& ids, const std::optional<Id>& id) {
  if (id && std::find(ids.begin(), ids.end(), *id) == ids.end()) ids.push_back(*id);
}

/// A filter in the numbers of a CodedStudy: what each quote is held against, once.
class Sieve {
 public:
  Sieve(const CodedStudy& study, const QuoteFilter& filter)
      : study_(study), filter_(filter), codes_(study.codes->Under(filter.codes)), by_coding_(!filter.codes.empty() || !filter.coders.empty()) {
    for (const auto& id : filter.coders) coders_.insert(study.frame->coders.Find(id));
    sources_.insert(filter.sources.begin(), filter.sources.end());
  }
  bool Takes(const CodedStudy::Source& source) const {
    if (!filter_.include_remarks && source.kind == "remark") return false;
    if (!filter_.source_kinds.empty() && std::find(filter_.source_kinds.begin(), filter_.source_kinds.end(), source.kind) == filter_.source_kinds.end()) return false;
    return sources_.empty() || sources_.contains(source.id);
  }
  bool Takes(const CodedStudy::Coding& coding) const {
    return (filter_.codes.empty() || (coding.code < codes_.size() && codes_[coding.code])) && (coders_.empty() || coders_.contains(coding.coder));
  }
  /// Calls `visit` with the number of each quote that has a coding that is asked for. Of many codings few are, so that
  /// the quotes of the others are not even looked at.
  template <class Visit>
  void EachCoded(const CodedStudy::Stock& stock, Visit visit) const {
    const auto& quotes = stock.quotes;
    if (!by_coding_) {
      for (std::uint32_t q = 0; q < quotes.size(); ++q) visit(q);
      return;
    }
    auto quote = quotes.begin();
    for (std::uint32_t c = 0; c < stock.codings.size(); ++c) {
      if (!Takes(stock.codings[c])) continue;
      quote = std::partition_point(quote, quotes.end(), [&](const CodedStudy::Quote& q) { return q.last <= c; });
      visit(static_cast<std::uint32_t>(quote - quotes.begin()));
      c = quote->last - 1;
    }
  }
  /// Of a quote whose codings are as asked.
  bool Takes(const CodedStudy::Source& source, const CodedStudy::Stock& stock, const CodedStudy::Quote& quote) const {
    if (!filter_.include_researchers && !CodedStudy::IsHeard(source, stock, quote)) return false;
    if (filter_.stakeholders.empty() && filter_.sites.empty() && filter_.cases.empty()) return true;
    const QuoteFacts facts = FactsOf(study_, source, stock, quote, filter_.include_researchers);
    return Matches(filter_.stakeholders, facts.stakeholders) && Matches(filter_.sites, facts.sites) && Matches(filter_.cases, facts.cases);
  }

 private:
  const CodedStudy& study_;
  const QuoteFilter& filter_;
  std::vector<char> codes_;
  bool by_coding_;
  std::set<std::uint32_t> coders_;
  std::set<Id> sources_;
};

}  // namespace

Id EnsureQuote(Writing& writing, const SourceSpan& span) {
  const Id span_id = EnsureSpan(writing, span);
  {
    auto row = writing.Query("SELECT id FROM quote WHERE span_id = ?", span_id);
    if (row.Step()) return row.GetId(0);
  }
  const Id id = writing.NewId();
  const std::optional<Id> creator = writing.actor().IsNil() ? std::nullopt : std::optional(writing.actor());
  writing.Do("INSERT INTO quote (id, span_id, created_by, created_at) VALUES (?, ?, ?, ?)", id, span_id, creator, writing.now());
  return id;
}

SourceSpan SpanOf(Reading& reading, const Id& quote) {
  auto row = reading.Query("SELECT source_id, start, end FROM quote JOIN span ON span.id = span_id WHERE quote.id = ?", quote);
  if (!row.Step()) throw Refuse("This quote is no longer in the study.");
  return {row.GetId(0), {row.Int(1), row.Int(2)}};
}

void DropLooseQuotes(Writing& writing, const std::vector<Id>& candidates) {
  std::vector<std::pair<std::string, std::string>> references;
  {
    auto rows = writing.Query(
        "SELECT child.name, fk.\"from\" FROM sqlite_master child JOIN pragma_foreign_key_list(child.name) fk "
        "WHERE child.type = 'table' AND fk.\"table\" = 'quote'");
    while (rows.Step()) references.emplace_back(rows.Text(0), rows.Text(1));
  }
  for (const auto& quote : candidates) {
    bool held = writing.Number("SELECT count(*) FROM memo WHERE entity_id = ?", quote) > 0;
    for (const auto& [table, column] : references) {
      held = held || writing.Number("SELECT EXISTS (SELECT 1 FROM " + table + " WHERE " + column + " = ?)", quote) > 0;
    }
    if (held) continue;
    Id span;
    {
      auto row = writing.Query("SELECT span_id FROM quote WHERE id = ?", quote);
      if (!row.Step()) continue;
      span = row.GetId(0);
    }
    writing.Do("DELETE FROM quote WHERE id = ?", quote);
    writing.Do("DELETE FROM changed_words WHERE span_id = ?", span);
    // A turn or a plugin's row may stand on the same span.
    if (!IsReferenced(writing, "span", span)) writing.Do("DELETE FROM span WHERE id = ?", span);
  }
}

std::vector<Id> WithDescendants(Reading& reading, const std::vector<Id>& codes) {
  std::vector<Id> all;
  for (const auto& code : codes) {
    auto rows = reading.Query(
        "WITH RECURSIVE below (id) AS (SELECT ? UNION SELECT code.id FROM code JOIN below ON code.parent_id = below.id) SELECT id FROM below",
        code);
    while (rows.Step()) AddOnce(all, rows.GetId(0));
  }
  return all;
}

void NumbersOf(const CodedStudy& study, const CodedStudy::Source& source, const CodedStudy::Stock& stock, const CodedStudy::Quote& quote,
               bool include_researchers, QuoteNumbers& into) {
  const auto& frame = *study.frame;
  for (auto* numbers : {&into.people, &into.stakeholders, &into.sites, &into.cases}) numbers->clear();
  const auto add = [](std::vector<std::uint32_t>& numbers, std::uint32_t number) {
    if (number != CodedStudy::kNone && std::find(numbers.begin(), numbers.end(), number) == numbers.end()) numbers.push_back(number);
  };
  if (!frame.cases_of_quote.empty()) {
    if (const auto about = frame.cases_of_quote.find(quote.id); about != frame.cases_of_quote.end()) {
      for (const auto number : about->second) add(into.cases, number);
    }
  }
  for (const auto number : source.cases) add(into.cases, number);
  bool in_turn = false;
  CodedStudy::EachTurn(source, stock, quote.turn, quote.range(), [&](const CodedStudy::Turn&, const CodedStudy::Voice& voice) {
    in_turn = true;
    if (voice.researcher && !include_researchers) return;
    add(into.people, voice.person);
    add(into.stakeholders, voice.stakeholder);
    add(into.sites, voice.site);
    if (voice.person == CodedStudy::kNone) return;
    for (const auto number : frame.cases_of_person[voice.person]) add(into.cases, number);
  });
  if (!in_turn) {
    add(into.stakeholders, source.stakeholder);
    add(into.sites, source.site);
  }
}

QuoteFacts FactsOf(const CodedStudy& study, const CodedStudy::Source& source, const CodedStudy::Stock& stock, const CodedStudy::Quote& quote,
                   bool include_researchers) {
  const auto& frame = *study.frame;
  QuoteNumbers numbers;
  NumbersOf(study, source, stock, quote, include_researchers, numbers);
  QuoteFacts facts{.id = quote.id, .span = {source.id, quote.range()}};
  for (const auto number : numbers.people) facts.people.push_back(frame.persons.ids[number]);
  for (const auto number : numbers.stakeholders) facts.stakeholders.push_back(frame.stakeholders.ids[number]);
  for (const auto number : numbers.sites) facts.sites.push_back(frame.sites.ids[number]);
  for (const auto number : numbers.cases) facts.cases.push_back(frame.cases.ids[number]);
  return facts;
}

std::vector<QuotePlace> QuotePlaces(const CodedStudy& study, const QuoteFilter& filter) {
  const Sieve sieve(study, filter);
  std::vector<QuotePlace> places;
  for (std::uint32_t s = 0; s < study.size(); ++s) {
    const auto& source = study.source(s);
    if (!sieve.Takes(source)) continue;
    const auto& stock = study.stock(s);
    sieve.EachCoded(stock, [&](std::uint32_t q) {
      if (sieve.Takes(source, stock, stock.quotes[q])) places.push_back({s, q});
    });
  }
  return places;
}

std::vector<QuoteFacts> Quotes(Reading& reading, const QuoteFilter& filter) {
  const auto study = CodedStudyOf(reading);
  std::vector<QuoteFacts> quotes;
  for (const auto& place : QuotePlaces(*study, filter)) {
    const auto& source = study->source(place.source);
    const auto& stock = study->stock(place.source);
    quotes.push_back(FactsOf(*study, source, stock, stock.quotes[place.quote], filter.include_researchers));
    if (filter.count_words) quotes.back().words = CountWords(TextOf(reading, source.id)->Slice(quotes.back().span.range));
  }
  return quotes;
}

std::vector<QuoteFacts> Voices(Reading& reading, bool include_remarks) {
  std::vector<QuoteFacts> voices;
  auto rows = reading.Query(
      "SELECT ifnull(speaker.id, source.id), source.id, person.id, ifnull(person.stakeholder_id, source.stakeholder_id), "
      "ifnull(person.site_id, source.site_id), source.id, person.id FROM source LEFT JOIN speaker ON speaker.source_id = source.id "
      "LEFT JOIN person ON person.id = speaker.person_id LEFT JOIN stakeholder_type type ON type.id = person.stakeholder_id "
      "WHERE ifnull(type.researcher, 0) = 0 AND person.withdrawn IS NULL AND (? OR source.kind <> 'remark')",
      include_remarks);
  while (rows.Step()) {
    QuoteFacts voice;
    voice.id = rows.GetId(0);
    voice.span.source = rows.GetId(1);
    AddOnce(voice.people, rows.MaybeId(2));
    AddOnce(voice.stakeholders, rows.MaybeId(3));
    AddOnce(voice.sites, rows.MaybeId(4));
    {
      auto about = reading.Query(
          "SELECT case_id FROM source_about WHERE source_id = ? UNION SELECT case_id FROM membership WHERE person_id = ? AND role <> 'coach'",
          rows.GetId(5), rows.MaybeId(6));
      while (about.Step()) AddOnce(voice.cases, about.GetId(0));
    }
    voices.push_back(std::move(voice));
  }
  return voices;
}

std::vector<std::vector<std::size_t>> GroupsOfQuotes(const Dimension& dimension, const Grouping& grouping, const std::vector<QuoteFacts>& quotes) {
  std::unordered_map<Id, std::vector<std::size_t>> groups;
  for (const auto& [unit, group] : grouping.members) groups[unit].push_back(group);
  std::vector<std::vector<std::size_t>> result(quotes.size());
  for (std::size_t i = 0; i < quotes.size(); ++i) {
    auto& mine = result[i];
    const auto add = [&](const Id& unit) {
      if (const auto found = groups.find(unit); found != groups.end()) {
        for (const auto group : found->second) {
          if (std::find(mine.begin(), mine.end(), group) == mine.end()) mine.push_back(group);
        }
      }
    };
    if (dimension.unit == "quote") add(quotes[i].id);
    else if (dimension.unit == "source") add(quotes[i].span.source);
    else if (dimension.unit == "person") std::for_each(quotes[i].people.begin(), quotes[i].people.end(), add);
    else if (dimension.unit == "case") std::for_each(quotes[i].cases.begin(), quotes[i].cases.end(), add);
    else if (dimension.unit == "stakeholder") std::for_each(quotes[i].stakeholders.begin(), quotes[i].stakeholders.end(), add);
    else if (dimension.unit == "site") std::for_each(quotes[i].sites.begin(), quotes[i].sites.end(), add);
  }
  return result;
}

}  // namespace meerstem
