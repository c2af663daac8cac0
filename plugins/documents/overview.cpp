// Who was heard where: sites × stakeholder types.
#include <algorithm>
#include <map>
#include <set>

#include "core/study/people.h"
#include "plugins/documents/common.h"
#include "plugins/documents/part.h"
#include "plugins/documents/voices.h"

namespace meerstem::documents {
namespace {

/// The conversations and people of one cell, or of a margin.
struct Heard {
  std::set<Id> sources;
  std::set<Id> people;
  std::set<Date> dates;
  bool unknown = false;  ///< Somebody speaks who is no person yet: people is a lower bound.
  std::int64_t AtLeast() const { return std::max<std::int64_t>(static_cast<std::int64_t>(people.size()), unknown ? 1 : 0); }
  void Add(const Id& source, const std::optional<Id>& person, const std::optional<Date>& date) {
    sources.insert(source);
    if (person) people.insert(*person);
    else unknown = true;
    if (date) dates.insert(*date);
  }
};

Value DatesOf(const Heard& heard) {
  if (heard.dates.empty()) return {};
  if (heard.dates.size() == 1) return *heard.dates.begin();
  return Listed(std::vector<Date>(heard.dates.begin(), heard.dates.end()));
}

Message PeopleOf(const Heard& heard) {
  const std::int64_t people = heard.AtLeast();
  return heard.unknown ? SayCount("at least {0} person", "at least {0} people", people) : SayCount("{0} person", "{0} people", people);
}

view::Cell CellOf(const Heard& heard) {
  view::Cell cell;
  const auto conversations = static_cast<std::int64_t>(heard.sources.size()), people = heard.AtLeast();
  cell.parts = {{"people", people}, {"conversations", conversations}, {"dates", DatesOf(heard)}};
  if (heard.sources.empty()) {
    cell.state = view::State::kEmpty;
    cell.why = Say("nobody heard");
    return cell;
  }
  cell.value = conversations;
  const Message what = SayCount("{0} conversation", "{0} conversations", conversations), who = PeopleOf(heard);
  if (heard.unknown) cell.why = Say("At least: not every speaker is known.");
  const Message when = heard.dates.empty() ? Message{} : Listed(std::vector<Date>(heard.dates.begin(), heard.dates.end()));
  cell.alternative = when.empty() ? Say("{0} with {1}", what, who) : Say("{0} with {1}: {2}", what, who, when);
  for (const auto& source : heard.sources) cell.entities.push_back({"source", source});
  for (const auto& person : heard.people) cell.entities.push_back({"person", person});
  if (heard.sources.size() == 1) cell.target = DocumentTarget(*heard.sources.begin());
  return cell;
}

/// Headings of the study, and one more for what has none, when there is any.
std::vector<view::Heading> Headings(Statement rows, const char* kind, std::map<Id, std::size_t>& index) {
  std::vector<view::Heading> headings;
  while (rows.Step()) {
    index[rows.GetId(0)] = headings.size();
    headings.push_back({.key = rows.Text(1), .label = Verbatim(rows.Text(2)), .entities = {{kind, rows.GetId(0)}}});
  }
  return headings;
}

view::Model Overview(Reading& reading, const Arguments&, Job&) {
  std::map<Id, std::size_t> row_of, column_of;
  view::Matrix matrix{.row_title = Say("Site"), .column_title = Say("Stakeholder type")};
  matrix.rows = Headings(reading.Query("SELECT id, name, name FROM site ORDER BY order_key, name"), "site", row_of);
  matrix.columns = Headings(reading.Query("SELECT id, key, name FROM stakeholder_type WHERE researcher = 0 ORDER BY order_key, name"), "stakeholder", column_of);

  std::map<std::pair<std::size_t, std::size_t>, Heard> cells;
  std::map<std::size_t, Heard> by_row, by_column;
  Heard all;
  const std::size_t no_site = matrix.rows.size(), no_type = matrix.columns.size();
  bool siteless = false, typeless = false;
  auto voices = reading.Query(std::string(kVoices) +
                              "SELECT voice.source, voice.person, voice.stakeholder, voice.site, source.date FROM voice JOIN source ON source.id = voice.source "
                              "WHERE source.kind IN ('interview', 'focus_group')");
  while (voices.Step()) {
    const auto site = row_of.find(voices.GetId(3));
    const auto type = column_of.find(voices.GetId(2));
    const std::size_t row = site == row_of.end() ? no_site : site->second, column = type == column_of.end() ? no_type : type->second;
    siteless |= row == no_site;
    typeless |= column == no_type;
    for (Heard* heard : {&cells[{row, column}], &by_row[row], &by_column[column], &all}) heard->Add(voices.GetId(0), voices.MaybeId(1), voices.MaybeDate(4));
  }
  if (siteless) matrix.rows.push_back({.key = "none", .label = Say("no site")});
  if (typeless) matrix.columns.push_back({.key = "none", .label = Say("no stakeholder type")});

  const auto list = [](const view::Heading* row, const view::Heading* column) -> std::optional<view::Target> {
    view::Target target{"documents.list", {}};
    for (const auto& [heading, name] : {std::pair(row, "site"), std::pair(column, "stakeholder")}) {
      if (!heading) continue;
      if (heading->entities.empty()) return std::nullopt;
      target.arguments.Set(name, heading->entities.front().id);
    }
    return target;
  };
  const auto made = [&](const Heard& heard, const view::Heading* row, const view::Heading* column) {
    view::Cell cell = CellOf(heard);
    if (!cell.target && !heard.sources.empty()) cell.target = list(row, column);
    return cell;
  };
  for (std::size_t row = 0; row < matrix.rows.size(); ++row) {
    auto& line = matrix.cells.emplace_back();
    for (std::size_t column = 0; column < matrix.columns.size(); ++column) line.push_back(made(cells[{row, column}], &matrix.rows[row], &matrix.columns[column]));
    matrix.row_totals.push_back(made(by_row[row], &matrix.rows[row], nullptr));
  }
  for (std::size_t column = 0; column < matrix.columns.size(); ++column) matrix.column_totals.push_back(made(by_column[column], nullptr, &matrix.columns[column]));
  matrix.total = made(all, nullptr, nullptr);

  view::Model model;
  model.population.description = Say("Interviews and focus groups; a conversation with several types or sites stands in each and counts once in the totals.");
  model.population.facts = {{"conversations", Say("Conversations"), static_cast<std::int64_t>(all.sources.size())},
                            {"people", all.unknown ? Say("People, at least") : Say("People"), all.AtLeast()}};
  const std::int64_t unknown = reading.Number(
      "SELECT count(*) FROM speaker JOIN source ON source.id = source_id WHERE person_id IS NULL AND source.kind IN ('interview', 'focus_group')");
  if (unknown > 0) {
    model.notes.push_back(SayCount("{0} speaker is not a person yet and is missing from the numbers of people; say who it is in the list of speakers.",
                                   "{0} speakers are not people yet and are missing from the numbers of people; say who they are in the list of speakers.", unknown));
  }
  const auto silent = [](const auto& row) { return std::any_of(row.begin(), row.end(), [](const view::Cell& cell) { return cell.state == view::State::kEmpty; }); };
  if (std::any_of(matrix.cells.begin(), matrix.cells.end(), silent)) model.notes.push_back(Say("– : nobody was heard there."));
  if (matrix.rows.empty()) matrix.columns.clear();
  const auto conversations = static_cast<std::int64_t>(all.sources.size());
  model.alternative = Say("{0} with {1}, by site and stakeholder type.", SayCount("{0} conversation", "{0} conversations", conversations),
                          PeopleOf(all));
  model.body = std::move(matrix);
  model.empty = Say("Nobody was heard yet: there are no conversations and no sites in this study.");
  model.actions = {{Say("Bring in texts"), "documents.import", {}}};
  return model;
}

}  // namespace

void RegisterOverview(Registry& registry) {
  registry.Add(View{.id = "documents.overview",
                    .kind = view::Kind::kMatrix,
                    .label = Say("Who was heard"),
                    .help = Say("Conversations, people and dates by site and stakeholder type; where nobody was heard, it says so."),
                    .build = Overview});
}

}  // namespace meerstem::documents
