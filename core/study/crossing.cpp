#include "core/study/crossing.h"

#include <algorithm>
#include <deque>
#include <unordered_map>

#include "core/base/boundaries.h"
#include "core/base/error.h"
#include "core/study/display.h"
#include "core/study/sorting.h"
#include "core/study/sources.h"

namespace meerstem {
namespace {

/// So many quotes of a cell are named in it; all are counted.
constexpr std::size_t kNamed = 8;

/// Numbers, each counted once. Mostly the same comes again and again, as quotes come source by source.
class Distinct {
 public:
  void Add(std::uint32_t number) {
    if (!numbers_.empty() && numbers_.back() == number) return;
    numbers_.push_back(number);
    if (numbers_.size() >= limit_) {
      Sort();
      limit_ = std::max<std::size_t>(256, 2 * numbers_.size());
    }
  }
  std::int64_t Count() {
    Sort();
    return static_cast<std::int64_t>(numbers_.size());
  }

 private:
  void Sort() {
    std::sort(numbers_.begin(), numbers_.end());
    numbers_.erase(std::unique(numbers_.begin(), numbers_.end()), numbers_.end());
  }
  std::vector<std::uint32_t> numbers_;
  std::size_t limit_ = 256;
};

/// A quote that is being counted.
struct Counted {
  std::uint32_t source = 0;
  const CodedStudy::Quote* quote = nullptr;
  const QuoteNumbers* numbers = nullptr;
  bool spoken = true;  ///< Said by somebody, known or not; a registration remark has no speaker.
  std::int64_t words = 0;
};

/// Collects distinct things until Finish.
struct Tally {
  Distinct people, sources, cases;
  Crossed crossed;

  void Add(const Counted& counted, const std::vector<std::uint32_t>& speakers) {
    for (const auto person : speakers) people.Add(person);
    sources.Add(counted.source);
    for (const auto number : counted.numbers->cases) cases.Add(number);
    crossed.unnamed += counted.spoken && counted.numbers->people.empty();
    crossed.words += counted.words;
    ++crossed.quotes;
    if (crossed.first_quotes.size() < kNamed) crossed.first_quotes.push_back(counted.quote->id);
  }
  Crossed Finish() {
    crossed.people = people.Count();
    crossed.sources = sources.Count();
    crossed.cases = cases.Count();
    return std::move(crossed);
  }
};

/// Which of the people who speak in a quote are people of a group: of a quote in which a coach and a parent speak, the
/// coaches' column counts the coach only.
class People {
 public:
  People(Reading& reading, const Dimension& dimension, const Grouping* grouping, const CodedStudy& study) {
    if (dimension.unit != "person" && dimension.unit != "stakeholder" && dimension.unit != "site") return;
    asks_ = true;
    std::unordered_map<Id, std::vector<std::uint32_t>> members;
    for (const auto& [unit, group] : grouping->members) members[unit].push_back(static_cast<std::uint32_t>(group));
    static const std::vector<std::uint32_t> kNone;
    own_.assign(study.frame->persons.size(), nullptr);
    auto rows = reading.Query("SELECT id, stakeholder_id, site_id FROM person");
    while (rows.Step()) {
      const auto person = study.frame->persons.Find(rows.GetId(0));
      const auto own = dimension.unit == "person" ? rows.MaybeId(0) : rows.MaybeId(dimension.unit == "stakeholder" ? 1 : 2);
      // Who has no type or site of their own has that of the source, and so belongs wherever the quote does.
      if (person == CodedStudy::kNone || !own) continue;
      const auto found = members.find(*own);
      groups_.push_back(found == members.end() ? kNone : found->second);
      own_[person] = &groups_.back();
    }
  }
  /// `mine` is room to use; the result is good until the next call with it.
  const std::vector<std::uint32_t>& Of(std::uint32_t group, const std::vector<std::uint32_t>& people, std::vector<std::uint32_t>& mine) const {
    if (!asks_) return people;
    mine.clear();
    for (const auto person : people) {
      if (!own_[person] || std::find(own_[person]->begin(), own_[person]->end(), group) != own_[person]->end()) mine.push_back(person);
    }
    return mine;
  }

 private:
  bool asks_ = false;
  std::deque<std::vector<std::uint32_t>> groups_;
  std::vector<const std::vector<std::uint32_t>*> own_;  ///< By person: the groups of their own unit.
};

std::vector<Crossed> FinishAll(std::vector<Tally>& tallies) {
  std::vector<Crossed> all;
  for (auto& tally : tallies) all.push_back(tally.Finish());
  return all;
}

/// Marks the groups of everyone who was heard, whether they are quoted or not; the interviewer and who withdrew are left out.
void MarkVoices(const CodedStudy& study, const Sorting& columns, const QuoteFilter& filter, std::vector<bool>& heard) {
  QuoteNumbers numbers;
  std::vector<std::uint32_t> groups;
  for (std::uint32_t s = 0; s < study.size(); ++s) {
    const auto& source = study.source(s);
    if (!filter.include_remarks && source.kind == "remark") continue;
    if (!filter.source_kinds.empty() && std::find(filter.source_kinds.begin(), filter.source_kinds.end(), source.kind) == filter.source_kinds.end()) continue;
    const auto mark = [&] {
      columns.OfVoice(s, numbers, groups);
      for (const auto group : groups) heard[group] = true;
    };
    const auto begin = [&](std::uint32_t stakeholder, std::uint32_t site) {
      for (auto* all : {&numbers.people, &numbers.stakeholders, &numbers.sites}) all->clear();
      numbers.cases = source.cases;
      if (stakeholder != CodedStudy::kNone) numbers.stakeholders.push_back(stakeholder);
      if (site != CodedStudy::kNone) numbers.sites.push_back(site);
    };
    if (source.voices.empty()) {
      begin(source.stakeholder, source.site);
      mark();
    }
    for (const auto& voice : source.voices) {
      if (voice.researcher || voice.withdrawn) continue;
      begin(voice.stakeholder, voice.site);
      if (voice.person != CodedStudy::kNone) {
        numbers.people.push_back(voice.person);
        const auto& cases = study.frame->cases_of_person[voice.person];
        numbers.cases.insert(numbers.cases.end(), cases.begin(), cases.end());
      }
      mark();
    }
  }
}

}  // namespace

Crossing Cross(Reading& reading, const Dimension& rows, const Dimension& columns, QuoteFilter filter) {
  Crossing crossing;
  const auto study = CodedStudyOf(reading);
  const auto sorted_by = [&](const Dimension& dimension, Grouping& grouping) {
    grouping = dimension.by_code ? dimension.by_code(reading) : dimension.groups(reading);
    return Sorting(dimension, grouping, *study);
  };
  Grouping row_grouping, column_grouping;
  const Sorting in_rows = sorted_by(rows, row_grouping), in_columns = sorted_by(columns, column_grouping);
  const People row_people(reading, rows, &row_grouping, *study), column_people(reading, columns, &column_grouping, *study);
  crossing.rows = in_rows.groups();
  crossing.columns = in_columns.groups();

  std::vector<std::vector<Tally>> cells(crossing.rows.size(), std::vector<Tally>(crossing.columns.size()));
  std::vector<Tally> row_totals(crossing.rows.size()), outside(crossing.rows.size()), column_totals(crossing.columns.size());
  Tally total, outside_total;
  crossing.heard.assign(crossing.columns.size(), false);
  QuoteNumbers numbers;
  std::vector<std::uint32_t> row_groups, column_groups, of_row, of_cell;
  for (const auto& place : QuotePlaces(*study, filter)) {
    const auto& source = study->source(place.source);
    const auto& stock = study->stock(place.source);
    const auto& quote = stock.quotes[place.quote];
    if (!CodedStudy::MayUse(source, stock, quote.turn, quote.range(), Purpose::kAnalysis)) {
      ++crossing.withheld;
      continue;
    }
    NumbersOf(*study, source, stock, quote, filter.include_researchers, numbers);
    ++crossing.quotes;
    crossing.with_case += !numbers.cases.empty();
    Counted counted{place.source, &quote, &numbers, source.kind != "remark"};
    if (filter.count_words) counted.words = CountWords(TextOf(reading, source.id)->Slice(quote.range()));
    in_rows.Of(place.source, stock, quote, numbers, row_groups);
    in_columns.Of(place.source, stock, quote, numbers, column_groups);
    for (const auto column : column_groups) crossing.heard[column] = true;
    if (column_groups.empty()) outside_total.Add(counted, numbers.people);
    if (row_groups.empty()) continue;
    total.Add(counted, numbers.people);
    for (const auto row : row_groups) {
      const auto& people = row_people.Of(row, numbers.people, of_row);
      row_totals[row].Add(counted, people);
      if (column_groups.empty()) outside[row].Add(counted, people);
      for (const auto column : column_groups) cells[row][column].Add(counted, column_people.Of(column, people, of_cell));
    }
    for (const auto column : column_groups) column_totals[column].Add(counted, column_people.Of(column, numbers.people, of_cell));
  }
  MarkVoices(*study, in_columns, filter, crossing.heard);
  for (auto& row : cells) crossing.cells.push_back(FinishAll(row));
  crossing.row_totals = FinishAll(row_totals);
  crossing.column_totals = FinishAll(column_totals);
  crossing.rows_outside = FinishAll(outside);
  crossing.outside_total = outside_total.Finish();
  crossing.total = total.Finish();
  return crossing;
}

std::vector<QuoteFacts> InGroup(Reading& reading, const Dimension& dimension, const std::string& key, std::vector<QuoteFacts> quotes) {
  const Grouping grouping = dimension.groups(reading);
  std::optional<std::size_t> wanted;
  for (std::size_t i = 0; i < grouping.groups.size(); ++i) {
    if (grouping.groups[i].key == key) wanted = i;
  }
  if (key != "-" && !wanted) throw Refuse("“{0}” is not a group of {1}; the group's key stands in the matrix.", key, dimension.label);
  const auto groups = GroupsOfQuotes(dimension, grouping, quotes);
  std::vector<QuoteFacts> kept;
  for (std::size_t i = 0; i < quotes.size(); ++i) {
    const bool inside = key == "-" ? groups[i].empty() : wanted && std::find(groups[i].begin(), groups[i].end(), *wanted) != groups[i].end();
    if (inside) kept.push_back(std::move(quotes[i]));
  }
  return kept;
}

}  // namespace meerstem
