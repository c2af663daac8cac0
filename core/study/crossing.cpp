#include "core/study/crossing.h"

#include <algorithm>
#include <set>
#include <unordered_map>

#include "core/base/error.h"
#include "core/study/display.h"
#include "core/study/sources.h"

namespace meerstem {
namespace {

/// Collects distinct things until Finish.
struct Tally {
  std::set<Id> people, sources, cases;
  Crossed crossed;

  /// `spoken`: said by somebody, known or not; a registration remark has no speaker.
  void Add(const QuoteFacts& quote, const std::vector<Id>& speakers, bool spoken) {
    people.insert(speakers.begin(), speakers.end());
    sources.insert(quote.span.source);
    cases.insert(quote.cases.begin(), quote.cases.end());
    crossed.unnamed += spoken && quote.people.empty();
    crossed.words += quote.words;
    crossed.quote_ids.push_back(quote.id);
  }
  Crossed Finish() {
    crossed.people = static_cast<std::int64_t>(people.size());
    crossed.sources = static_cast<std::int64_t>(sources.size());
    crossed.cases = static_cast<std::int64_t>(cases.size());
    crossed.quotes = static_cast<std::int64_t>(crossed.quote_ids.size());
    return std::move(crossed);
  }
};

/// Which of the people who speak in a quote are people of a group: of a quote in which a coach and a parent speak, the
/// coaches' column counts the coach only.
class People {
 public:
  People(Reading& reading, const Dimension& dimension, const Grouping& grouping) : unit_(dimension.unit) {
    if (unit_ != "person" && unit_ != "stakeholder" && unit_ != "site") return;
    for (const auto& [unit, group] : grouping.members) members_[unit].push_back(group);
    auto rows = reading.Query("SELECT id, stakeholder_id, site_id FROM person");
    while (rows.Step()) {
      const auto own = unit_ == "person" ? rows.MaybeId(0) : rows.MaybeId(unit_ == "stakeholder" ? 1 : 2);
      // Who has no type or site of their own has that of the source, and so belongs wherever the quote does.
      if (own) unit_of_[rows.GetId(0)] = *own;
    }
  }
  std::vector<Id> Of(std::size_t group, const std::vector<Id>& people) const {
    std::vector<Id> mine;
    for (const auto& person : people) {
      const auto unit = unit_of_.find(person);
      if (unit == unit_of_.end() || Holds(unit->second, group)) mine.push_back(person);
    }
    return mine;
  }

 private:
  bool Holds(const Id& unit, std::size_t group) const {
    const auto found = members_.find(unit);
    return found != members_.end() && std::find(found->second.begin(), found->second.end(), group) != found->second.end();
  }
  std::string unit_;
  std::unordered_map<Id, std::vector<std::size_t>> members_;
  std::unordered_map<Id, Id> unit_of_;
};

std::vector<Crossed> FinishAll(std::vector<Tally>& tallies) {
  std::vector<Crossed> all;
  for (auto& tally : tallies) all.push_back(tally.Finish());
  return all;
}

}  // namespace

Crossing Cross(Reading& reading, const Dimension& rows, const Dimension& columns, QuoteFilter filter) {
  Crossing crossing;
  const bool include_remarks = filter.include_remarks;
  std::vector<QuoteFacts> quotes = Quotes(reading, filter);
  const auto before = quotes.size();
  std::erase_if(quotes, [&](const QuoteFacts& quote) { return !MayUse(reading, quote.span, Purpose::kAnalysis); });
  crossing.withheld = static_cast<std::int64_t>(before - quotes.size());

  const Grouping row_grouping = rows.groups(reading);
  const Grouping column_grouping = columns.groups(reading);
  crossing.rows = row_grouping.groups;
  crossing.columns = column_grouping.groups;
  const auto in_rows = GroupsOfQuotes(rows, row_grouping, quotes);
  const auto in_columns = GroupsOfQuotes(columns, column_grouping, quotes);

  std::vector<std::vector<Tally>> cells(crossing.rows.size(), std::vector<Tally>(crossing.columns.size()));
  std::vector<Tally> row_totals(crossing.rows.size()), outside(crossing.rows.size()), column_totals(crossing.columns.size());
  Tally total, outside_total;
  const People row_people(reading, rows, row_grouping), column_people(reading, columns, column_grouping);
  crossing.heard.assign(crossing.columns.size(), false);
  std::set<Id> remarks;
  if (include_remarks) {
    auto found = reading.Query("SELECT id FROM source WHERE kind = 'remark'");
    while (found.Step()) remarks.insert(found.GetId(0));
  }
  for (std::size_t i = 0; i < quotes.size(); ++i) {
    const bool spoken = !remarks.contains(quotes[i].span.source);
    for (const auto column : in_columns[i]) crossing.heard[column] = true;
    if (in_columns[i].empty()) outside_total.Add(quotes[i], quotes[i].people, spoken);
    if (in_rows[i].empty()) continue;
    total.Add(quotes[i], quotes[i].people, spoken);
    for (const auto row : in_rows[i]) {
      const auto people = row_people.Of(row, quotes[i].people);
      row_totals[row].Add(quotes[i], people, spoken);
      if (in_columns[i].empty()) outside[row].Add(quotes[i], people, spoken);
      for (const auto column : in_columns[i]) cells[row][column].Add(quotes[i], column_people.Of(column, people), spoken);
    }
    for (const auto column : in_columns[i]) column_totals[column].Add(quotes[i], column_people.Of(column, quotes[i].people), spoken);
  }
  auto voices = Voices(reading, include_remarks);
  if (!filter.source_kinds.empty()) {
    std::erase_if(voices, [&](const QuoteFacts& voice) {
      const std::string kind = GetSource(reading, voice.span.source).kind;
      return std::find(filter.source_kinds.begin(), filter.source_kinds.end(), kind) == filter.source_kinds.end();
    });
  }
  for (const auto& groups : GroupsOfQuotes(columns, column_grouping, voices)) {
    for (const auto column : groups) crossing.heard[column] = true;
  }
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
