// The families of the study, and one family's history: an item a row, a registration a column.
#include <algorithm>
#include <map>

#include "core/study/carrying.h"
#include "core/study/exclusions.h"
#include "plugins/registrations/common.h"

namespace meerstem::registrations {
namespace {

view::Model Cases(Reading& reading, const Arguments& arguments, Job&) {
  std::vector<view::Row> rows;
  std::int64_t registered = 0, registrations = 0;
  const auto site = arguments.Entity("site");
  auto found = reading.Query(
      "SELECT study_case.id, code, site.name, "
      "(SELECT count(*) FROM membership WHERE case_id = study_case.id AND role = 'adult'), "
      "(SELECT count(*) FROM membership WHERE case_id = study_case.id AND role = 'child'), "
      "count(registration.id), min(registration.date), max(registration.date), started, ended "
      "FROM study_case LEFT JOIN site ON site.id = site_id LEFT JOIN registration ON registration.case_id = study_case.id "
      "WHERE (?1 IS NULL OR site_id = ?1) AND subject = ?2 GROUP BY study_case.id ORDER BY study_case.order_key, code",
      site, arguments.Text("subject"));
  const Exclusions excluded = ReadExclusions(reading);
  std::int64_t left_out = 0;
  while (found.Step()) {
    view::Row row;
    const Id id = found.GetId(0);
    row.key = ToString(id);
    row.entities = {{"case", id}};
    row.target = view::Target{"registrations.case", {{"case", id}}};
    row.cells = {{.value = found.Text(1)}, {.value = found.Text(2)}, {.value = found.Int(3)}, {.value = found.Int(4)}, {.value = found.Int(5)}};
    const auto day = [&](int column) {
      view::Cell cell;
      if (const auto date = found.MaybeDate(column)) cell.value = *date;
      else cell.state = view::State::kEmpty;
      return cell;
    };
    row.cells.push_back(day(8));
    row.cells.push_back(day(9));
    row.cells.push_back(day(6));
    row.cells.push_back(day(7));
    view::Cell months;
    const auto first = found.MaybeDate(6), last = found.MaybeDate(7);
    if (first && last) months.value = std::int64_t{MonthsBetween(*first, *last)};
    else months.state = view::State::kEmpty;
    row.cells.push_back(std::move(months));
    if (excluded.cases.contains(id)) {
      // Still to be seen, no longer counted.
      ++left_out;
      row.cells.front().glyph = "⊘";
      row.cells.front().why = Say("Left out by the cleaning.");
      rows.push_back(std::move(row));
      continue;
    }
    registered += found.Int(5) > 0;
    registrations += found.Int(5);
    rows.push_back(std::move(row));
  }
  view::Model model;
  const bool families = arguments.Text("subject") == "family";
  if (!families) model.title = Say("Professionals");
  model.population.description = families ? Say("Families of the study") : Say("Professionals of the study");
  model.population.facts = {{"families", families ? Say("Families") : Say("Professionals"), static_cast<std::int64_t>(rows.size()) - left_out},
                            {"excluded", Say("Left out by the cleaning"), left_out},
                            {"registered", Say("Registered at least once"), registered},
                            {"registrations", Say("Registrations"), registrations}};
  model.body = view::Table{{{"case", Say("Case")},
                            {"site", Say("Site")},
                            {"adults", Say("Adults"), view::ColumnType::kInteger},
                            {"children", Say("Children"), view::ColumnType::kInteger},
                            {"registrations", Say("Registrations"), view::ColumnType::kInteger},
                            {"start", Say("Start"), view::ColumnType::kDate},
                            {"end", Say("End"), view::ColumnType::kDate},
                            {"first", Say("First registration"), view::ColumnType::kDate},
                            {"last", Say("Last registration"), view::ColumnType::kDate},
                            {"months", Say("Months followed"), view::ColumnType::kInteger}},
                           view::MakeRows(std::move(rows))};
  model.empty = Say("There are no families in the study yet.");
  model.actions = {{Say("Import families and members"), "registrations.import-households", {}}};
  return model;
}

/// The remarks of a case by registration and place.
std::map<std::pair<Id, AnswerKey>, Id> RemarksOf(Reading& reading, const Id& study_case) {
  std::map<std::pair<Id, AnswerKey>, Id> remarks;
  auto rows = reading.Query(
      "SELECT registration.id, item_id, person_id, remark_id FROM registration JOIN answer ON answer.registration_id = registration.id "
      "WHERE case_id = ? AND remark_id IS NOT NULL",
      study_case);
  while (rows.Step()) remarks[{rows.GetId(0), {rows.GetId(1), rows.GetId(2)}}] = rows.GetId(3);
  return remarks;
}

/// One family under one instrument, ready to be laid out.
struct History {
  Instrument instrument;
  std::vector<Member> members;
  std::vector<Registration> registrations;
  std::vector<State> states;
  std::map<std::pair<Id, AnswerKey>, Id> remarks;
};

view::Row HistoryRow(Reading& reading, const History& history, const InstrumentDomain& domain, const Item& item, const Member* member) {
  view::Row row;
  const AnswerKey key{item.id, member ? member->person : Id{}};
  row.key = item.key + (member ? "/" + member->name : "");
  row.entities = {{"item", item.id}};
  if (member) row.entities.push_back({"person", member->person});
  row.target = view::Target{"registrations.item", {{"item", item.id}}};
  row.cells = {{.value = Verbatim(domain.name)}, {.value = Verbatim(item.name)}, {.value = member ? member->name : std::string()}};
  for (std::size_t i = 0; i < history.registrations.size(); ++i) {
    const Registration& registration = history.registrations[i];
    const auto standing = history.states[i].find(key);
    view::Cell cell = StandingCell(item, standing == history.states[i].end() ? nullptr : &standing->second);
    if (member && !member->PresentOn(registration.date)) {
      cell = {.state = view::State::kNotAsked, .why = Say("Not in the family on this date.")};
    } else if (const auto remark = history.remarks.find({registration.id, key}); remark != history.remarks.end()) {
      cell.entities.push_back({"source", remark->second});
      cell.glyph = "✎";
      cell.why = RemarkText(reading, remark->second);
    }
    cell.entities.push_back({"registration", registration.id});
    cell.target = view::Target{"registrations.entry", {{"registration", registration.id}, {"domain", domain.key}}};
    row.cells.push_back(std::move(cell));
  }
  return row;
}

view::Model Case(Reading& reading, const Arguments& arguments, Job& job) {
  view::Model model;
  const Id study_case = *arguments.Entity("case");
  model.title = Say("History of {0}", CaseCode(reading, study_case));
  std::vector<view::Column> columns = {{"domain", Say("Domain")}, {"item", Say("Item")}, {"member", Say("Member")}};
  const auto instrument = AnInstrument(reading, arguments);
  if (!instrument) {
    model.body = view::Table{columns, view::MakeRows({})};
    SayNoInstrument(model);
    return model;
  }
  History history{GetInstrument(reading, *instrument), FollowedMembers(reading, *instrument, study_case), RegistrationsOf(reading, study_case, *instrument), {},
                  RemarksOf(reading, study_case)};
  std::map<std::string, int> days;
  for (std::size_t i = 0; i < history.registrations.size(); ++i) {
    const Registration& registration = history.registrations[i];
    job.Progress(static_cast<double>(i) / static_cast<double>(history.registrations.size()));
    history.states.push_back(StateAt(reading, study_case, *instrument, registration));
    const std::string day = ToIso(registration.date);
    const int same = ++days[day];
    columns.push_back({same == 1 ? day : day + "-" + std::to_string(same), Say("{0}", registration.date), view::ColumnType::kInteger});
  }
  std::vector<view::Row> rows;
  if (!history.registrations.empty()) {
    for (const auto& domain : history.instrument.domains) {
      if (domain.level == "household") {
        for (const auto index : domain.items) rows.push_back(HistoryRow(reading, history, domain, history.instrument.items[index], nullptr));
        continue;
      }
      for (const auto& member : history.members) {
        if (member.role != domain.level) continue;
        for (const auto index : domain.items) rows.push_back(HistoryRow(reading, history, domain, history.instrument.items[index], &member));
      }
    }
  }
  model.body = view::Table{std::move(columns), view::MakeRows(std::move(rows))};
  model.population.description = Say("{0}: what stood at each registration", CaseCode(reading, study_case));
  model.population.facts = {{"registrations", Say("Registrations"), static_cast<std::int64_t>(history.registrations.size())},
                            {"members", Say("Members"), static_cast<std::int64_t>(history.members.size())},
                            {"instrument", Say("Instrument"), history.instrument.key},
                            {"version", Say("Version"), history.instrument.version}};
  model.notes = {Say("Carried: entered at an earlier registration and not changed since. ✎ marks a remark.")};
  model.empty = Say("Nothing was registered of this family yet.");
  model.actions = {{Say("Start a registration"), "registrations.start", {{"case", study_case}}}};
  return model;
}

}  // namespace

void AddCaseViews(Registry& registry) {
  View cases;
  cases.id = "registrations.cases";
  cases.kind = view::Kind::kTable;
  cases.label = Say("Families");
  cases.help = Say("The families of the study, their members and how long they were followed.");
  cases.parameters = {{.name = "site", .type = ParameterType::kEntity, .label = Say("Site"), .live = true, .entity_kind = "site"},
                      {.name = "subject", .type = ParameterType::kChoice, .label = Say("About"), .live = true,
                       .choices = {{"family", Say("families")}, {"professional", Say("professionals")}}, .fallback = "family"}};
  cases.build = &Cases;
  registry.Add(std::move(cases));

  View history;
  history.id = "registrations.case";
  history.kind = view::Kind::kTable;
  history.label = Say("History of a family");
  history.help = Say("Every item at every registration of one family, with what was carried.");
  history.parameters = {{.name = "case", .type = ParameterType::kEntity, .label = Say("Case"), .required = true, .entity_kind = "case"}, InstrumentParameter()};
  history.in_navigator = false;
  history.build = &Case;
  registry.Add(std::move(history));
}

}  // namespace meerstem::registrations
