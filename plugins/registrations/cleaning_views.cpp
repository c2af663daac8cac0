// The cleaning log, and the flow from the families that were approached to those that were followed.
#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "core/base/clock.h"
#include "core/study/carrying.h"
#include "core/study/exclusions.h"
#include "plugins/registrations/common.h"

namespace meerstem::registrations {
namespace {

view::Model Log(Reading& reading, const Arguments&, Job&) {
  std::vector<view::Row> rows;
  std::map<std::string, std::int64_t> counts;
  // One query for each kind of thing; what they share is the case they are about.
  const auto collect = [&](const char* kind, const Message& label, const std::string& sql) {
    auto found = reading.Query(sql);
    while (found.Step()) {
      view::Row row;
      row.key = ToString(found.GetId(0));
      row.entities = {{"case", found.GetId(1)}};
      Arguments bound;
      if (std::string_view(kind) == "case") bound.Set("case", found.GetId(1));
      if (const auto registration = found.MaybeId(3)) {
        bound.Set("registration", *registration);
        row.entities.push_back({"registration", *registration});
        row.target = view::Target{"registrations.entry", {{"registration", *registration}}};
      } else {
        row.target = view::Target{"registrations.case", {{"case", found.GetId(1)}}};
      }
      if (const auto item = found.MaybeId(5)) row.entities.push_back({"item", *item});
      if (const auto person = found.MaybeId(8)) row.entities.push_back({"person", *person});
      const auto empty_or = [&](bool is_null, Value value) { return is_null ? view::Cell{.state = view::State::kEmpty} : view::Cell{.value = std::move(value)}; };
      row.cells = {{.value = label}, {.value = found.Text(2)}};
      row.cells.push_back(empty_or(found.IsNull(4), found.MaybeDate(4).value_or(Date{})));
      row.cells.push_back(empty_or(found.IsNull(6), found.IsNull(6) ? Message{} : Verbatim(ReadLocalized(found.Text(6)))));
      row.cells.push_back({.value = found.Text(7)});
      row.cells.push_back(empty_or(found.IsNull(9), found.MaybeInt(9).value_or(0)));
      row.cells.push_back({.value = found.Text(10)});
      row.cells.push_back({.value = found.Text(11)});
      row.cells.push_back({.value = DayOf(found.Int(12))});
      rows.push_back(std::move(row));
      ++counts[kind];
    }
  };
  collect("case", Say("Case"),
          "SELECT excluded_case.id, study_case.id, code, NULL, NULL, NULL, NULL, '', NULL, NULL, reason, ifnull(researcher.name, ''), at FROM excluded_case "
          "JOIN study_case ON study_case.id = case_id LEFT JOIN researcher ON researcher.id = author_id ORDER BY at, excluded_case.id");
  collect("registration", Say("Registration"),
          "SELECT e.id, study_case.id, code, registration.id, registration.date, NULL, NULL, '', NULL, NULL, reason, ifnull(researcher.name, ''), at "
          "FROM excluded_registration e JOIN registration ON registration.id = registration_id JOIN study_case ON study_case.id = case_id "
          "LEFT JOIN researcher ON researcher.id = author_id ORDER BY at, e.id");
  collect("answer", Say("Answer"),
          "SELECT e.id, study_case.id, study_case.code, registration.id, registration.date, item.id, item.name, ifnull(pseudonym, ''), person.id, answer.value, reason, "
          "ifnull(researcher.name, ''), e.at FROM excluded_answer e JOIN answer ON answer.id = answer_id JOIN registration ON registration.id = registration_id "
          "JOIN study_case ON study_case.id = case_id JOIN item ON item.id = item_id LEFT JOIN person ON person.id = person_id "
          "LEFT JOIN researcher ON researcher.id = author_id ORDER BY e.at, e.id");
  view::Model model;
  model.population.description = Say("What was left out of every count, and why");
  model.population.facts = {{"cases", Say("Cases left out"), counts["case"]},
                            {"registrations", Say("Registrations left out"), counts["registration"]},
                            {"answers", Say("Answers left out"), counts["answer"]}};
  model.body = view::Table{{{"what", Say("What")},
                            {"case", Say("Case")},
                            {"date", Say("Date"), view::ColumnType::kDate},
                            {"item", Say("Item")},
                            {"member", Say("Member")},
                            {"value", Say("Value"), view::ColumnType::kInteger},
                            {"reason", Say("Reason"), view::ColumnType::kText, 40},
                            {"who", Say("Left out by")},
                            {"when", Say("On"), view::ColumnType::kDate}},
                           view::MakeRows(std::move(rows))};
  model.empty = Say("Nothing was left out.");
  model.actions = {{Say("Leave out of every count"), "registrations.exclude", {}}};
  return model;
}

/// The stages of the flow; each holds those of the one before that came further.
enum Stage { kApproached, kRegistered, kKept, kFollowed, kStages };

Message StageLabel(int stage, int months) {
  switch (stage) {
    case kApproached: return Say("Approached or referred");
    case kRegistered: return Say("Registered");
    case kKept: return Say("Kept after cleaning");
    default: return Say("Followed for {0} months", months);
  }
}

constexpr std::array<const char*, kStages> kStageKeys = {"approached", "registered", "kept", "followed"};

/// What became of one family: the last stage that it reached.
struct Way {
  Id site;
  int reached = kApproached;
  bool declined = false;
};

view::Model Flow(Reading& reading, const Arguments& arguments, Job&) {
  view::Model model;
  const int months = static_cast<int>(arguments.Int("months"));
  const auto instrument = AnInstrument(reading, arguments);
  std::map<Id, Way> ways;
  std::vector<std::pair<Id, std::string>> sites;
  {
    auto rows = reading.Query("SELECT id, name FROM site ORDER BY order_key, name");
    while (rows.Step()) sites.emplace_back(rows.GetId(0), rows.Text(1));
  }
  {
    auto rows = reading.Query(
        "SELECT id, site_id, EXISTS (SELECT 1 FROM case_step WHERE case_id = study_case.id AND step = 'declined'), "
        "EXISTS (SELECT 1 FROM registration WHERE case_id = study_case.id AND (?1 IS NULL OR instrument_id = ?1)) FROM study_case WHERE subject = 'family'",
        instrument);
    while (rows.Step()) ways[rows.GetId(0)] = {rows.GetId(1), rows.Int(3) != 0 ? kRegistered : kApproached, rows.Int(2) != 0};
  }
  const Exclusions excluded = ReadExclusions(reading);
  if (instrument) {
    for (const auto& [study_case, registrations] : RegistrationsByCase(reading, *instrument)) {
      const auto way = ways.find(study_case);
      if (way == ways.end()) continue;
      way->second.reached = ChooseWindow(registrations, {.follow_up_months = months}).follow_up ? kFollowed : kKept;
    }
  }
  view::Matrix matrix;
  matrix.row_title = Say("Stage");
  matrix.column_title = Say("Site");
  for (const auto& [id, name] : sites) matrix.columns.push_back({.key = ToString(id), .label = Verbatim(name), .entities = {{"site", id}}});
  if (std::any_of(ways.begin(), ways.end(), [](const auto& way) { return way.second.site.IsNil(); })) matrix.columns.push_back({.key = "none", .label = Say("No site")});
  std::array<std::int64_t, kStages> totals{};
  std::int64_t declined = 0;
  for (const auto& [id, way] : ways) declined += way.declined && way.reached == kApproached;
  for (int stage = 0; stage < kStages; ++stage) {
    auto& line = matrix.cells.emplace_back(matrix.columns.size());
    for (const auto& [id, way] : ways) {
      if (way.reached < stage) continue;
      ++totals[static_cast<std::size_t>(stage)];
      const auto at = std::find_if(sites.begin(), sites.end(), [&, site = way.site](const auto& one) { return one.first == site; }) - sites.begin();
      line[static_cast<std::size_t>(at)].entities.push_back({"case", id});
    }
    for (auto& cell : line) cell.value = static_cast<std::int64_t>(cell.entities.size());
    const auto total = totals[static_cast<std::size_t>(stage)];
    view::Heading heading{.key = kStageKeys[static_cast<std::size_t>(stage)], .label = StageLabel(stage, months)};
    if (stage > 0) heading.note = Say("{0} fewer", totals[static_cast<std::size_t>(stage) - 1] - total);
    matrix.rows.push_back(std::move(heading));
    matrix.row_totals.push_back({.value = total});
  }
  model.population.description = Say("Families, from the first contact to the last registration");
  model.population.facts = {{"families", Say("Families"), static_cast<std::int64_t>(ways.size())},
                            {"declined", Say("Declined"), declined},
                            {"excluded", Say("Left out by the cleaning"), ExcludedFamilies(reading)},
                            {"excluded_registrations", Say("Registrations left out"), static_cast<std::int64_t>(excluded.registrations.size())}};
  model.alternative = Say("Of {0} families {1} were registered, {2} kept after cleaning and {3} followed for {4} months.", totals[kApproached], totals[kRegistered],
                          totals[kKept], totals[kFollowed], months);
  model.notes = {Say("Every family of the study was approached; those kept are registered and not left out by the cleaning."),
                 Say("Followed: a registration at least {0} calendar months after the first.", months)};
  if (ways.empty()) matrix = {};
  model.body = std::move(matrix);
  model.empty = Say("There are no families in the study yet.");
  model.actions = {{Say("Import families and members"), "registrations.import-households", {}}};
  return model;
}

}  // namespace

void AddCleaningViews(Registry& registry) {
  View log;
  log.id = "registrations.cleaning";
  log.kind = view::Kind::kTable;
  log.label = Say("Cleaning log");
  log.help = Say("Cases, registrations and answers that were left out of every count: why, by whom and when.");
  log.build = &Log;
  registry.Add(std::move(log));

  View flow;
  flow.id = "registrations.flow";
  flow.kind = view::Kind::kMatrix;
  flow.label = Say("From approached to followed");
  flow.help = Say("How many families were approached, registered, kept after cleaning and followed, by site.");
  flow.parameters = {InstrumentParameter(),
                     {.name = "months", .type = ParameterType::kInteger, .label = Say("Months followed"), .live = true, .fallback = "6"}};
  flow.build = &Flow;
  registry.Add(std::move(flow));
}

}  // namespace meerstem::registrations
