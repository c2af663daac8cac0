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

struct Speaker {
  Range words;
  std::optional<Id> person;
  std::optional<Id> stakeholder;
  std::optional<Id> site;
  bool researcher;
};

/// The turns of one source with what is known of their speakers, and what the source itself says.
struct SourceFacts {
  std::vector<Speaker> turns;
  std::optional<Id> stakeholder;
  std::optional<Id> site;
  std::vector<Id> about;
};

SourceFacts FactsOf(Reading& reading, const Id& source) {
  SourceFacts facts;
  {
    auto row = reading.Query("SELECT stakeholder_id, site_id FROM source WHERE id = ?", source);
    if (row.Step()) {
      facts.stakeholder = row.MaybeId(0);
      facts.site = row.MaybeId(1);
    }
  }
  auto turns = reading.Query(
      "SELECT words.start, words.end, person.id, person.stakeholder_id, person.site_id, ifnull(type.researcher, 0) "
      "FROM span words JOIN turn ON turn.span_id = words.id JOIN speaker ON speaker.id = turn.speaker_id "
      "LEFT JOIN person ON person.id = speaker.person_id LEFT JOIN stakeholder_type type ON type.id = person.stakeholder_id "
      "WHERE words.source_id = ? ORDER BY words.start",
      source);
  while (turns.Step()) {
    facts.turns.push_back({{turns.Int(0), turns.Int(1)}, turns.MaybeId(2), turns.MaybeId(3), turns.MaybeId(4), turns.Int(5) != 0});
  }
  auto about = reading.Query("SELECT case_id FROM source_about WHERE source_id = ?", source);
  while (about.Step()) facts.about.push_back(about.GetId(0));
  return facts;
}

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

std::vector<QuoteFacts> Quotes(Reading& reading, const QuoteFilter& filter) {
  std::set<Id> chosen;
  const bool by_coding = !filter.codes.empty() || !filter.coders.empty();
  if (by_coding) {
    const auto codes = WithDescendants(reading, filter.codes);
    const std::set<Id> wanted_codes(codes.begin(), codes.end());
    const std::set<Id> wanted_coders(filter.coders.begin(), filter.coders.end());
    const auto take = [&](Statement rows) {
      while (rows.Step()) {
        if (wanted_coders.empty() || wanted_coders.contains(rows.GetId(1))) chosen.insert(rows.GetId(0));
      }
    };
    if (wanted_codes.empty()) take(reading.Query("SELECT quote_id, coder_id FROM coding"));
    for (const auto& code : wanted_codes) take(reading.Query("SELECT quote_id, coder_id FROM coding WHERE code_id = ?", code));
  }
  std::vector<QuoteFacts> quotes;
  {
    auto rows = reading.Query(
        "SELECT quote.id, span.source_id, span.start, span.end, source.kind FROM source JOIN span ON span.source_id = source.id "
        "JOIN quote ON quote.span_id = span.id WHERE ? OR source.kind <> 'remark' "
        "ORDER BY source.order_key, source.id, span.start, span.end",
        filter.include_remarks);
    while (rows.Step()) {
      if (by_coding && !chosen.contains(rows.GetId(0))) continue;
      if (!filter.source_kinds.empty() &&
          std::find(filter.source_kinds.begin(), filter.source_kinds.end(), rows.Text(4)) == filter.source_kinds.end()) {
        continue;
      }
      QuoteFacts quote;
      quote.id = rows.GetId(0);
      quote.span = {rows.GetId(1), {rows.Int(2), rows.Int(3)}};
      if (filter.sources.empty() || std::find(filter.sources.begin(), filter.sources.end(), quote.span.source) != filter.sources.end()) {
        quotes.push_back(std::move(quote));
      }
    }
  }
  std::unordered_map<Id, std::vector<Id>> cases_of_person;
  {
    auto rows = reading.Query("SELECT person_id, case_id FROM membership WHERE role <> 'coach'");
    while (rows.Step()) cases_of_person[rows.GetId(0)].push_back(rows.GetId(1));
  }
  std::unordered_map<Id, std::vector<Id>> about;
  {
    auto rows = reading.Query("SELECT quote_id, case_id FROM quote_about");
    while (rows.Step()) about[rows.GetId(0)].push_back(rows.GetId(1));
  }
  std::vector<QuoteFacts> kept;
  SourceFacts source;
  Id loaded;
  for (auto& quote : quotes) {
    if (quote.span.source != loaded) {
      loaded = quote.span.source;
      source = FactsOf(reading, loaded);
    }
    bool in_turn = false;
    bool only_researcher = true;
    auto turn = std::partition_point(source.turns.begin(), source.turns.end(),
                                     [&](const Speaker& s) { return s.words.end <= quote.span.range.start; });
    for (; turn != source.turns.end() && turn->words.start < quote.span.range.end; ++turn) {
      in_turn = true;
      if (turn->researcher && !filter.include_researchers) continue;
      only_researcher = false;
      AddOnce(quote.people, turn->person);
      AddOnce(quote.stakeholders, turn->stakeholder ? turn->stakeholder : source.stakeholder);
      AddOnce(quote.sites, turn->site ? turn->site : source.site);
    }
    if (!in_turn) {
      AddOnce(quote.stakeholders, source.stakeholder);
      AddOnce(quote.sites, source.site);
    } else if (only_researcher && !filter.include_researchers) {
      continue;
    }
    if (const auto found = about.find(quote.id); found != about.end()) {
      for (const auto& id : found->second) AddOnce(quote.cases, id);
    }
    for (const auto& id : source.about) AddOnce(quote.cases, id);
    for (const auto& person : quote.people) {
      if (const auto found = cases_of_person.find(person); found != cases_of_person.end()) {
        for (const auto& id : found->second) AddOnce(quote.cases, id);
      }
    }
    if (!Matches(filter.stakeholders, quote.stakeholders) || !Matches(filter.sites, quote.sites) || !Matches(filter.cases, quote.cases)) continue;
    if (filter.count_words) quote.words = CountWords(TextOf(reading, quote.span.source)->Slice(quote.span.range));
    kept.push_back(std::move(quote));
  }
  return kept;
}

std::vector<QuoteFacts> Voices(Reading& reading, bool include_remarks) {
  std::vector<QuoteFacts> voices;
  auto rows = reading.Query(
      "SELECT ifnull(speaker.id, source.id), source.id, person.id, ifnull(person.stakeholder_id, source.stakeholder_id), "
      "ifnull(person.site_id, source.site_id), source.id, person.id FROM source LEFT JOIN speaker ON speaker.source_id = source.id "
      "LEFT JOIN person ON person.id = speaker.person_id LEFT JOIN stakeholder_type type ON type.id = person.stakeholder_id "
      "WHERE ifnull(type.researcher, 0) = 0 AND (? OR source.kind <> 'remark')",
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
