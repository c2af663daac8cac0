#include "plugins/registrations/occasions.h"

#include <algorithm>
#include <chrono>
#include <map>

#include "core/base/error.h"
#include "core/base/fold.h"
#include "core/base/text.h"
#include "core/study/deletion.h"
#include "core/study/exclusions.h"

namespace meerstem::registrations {
namespace {

Command AddCommand() {
  Command command;
  command.id = "registrations.add-occasion";
  command.label = Say("Add an occasion");
  command.help = Say("When an instrument is due: every so many months, so many months after the start (0 is the intake), or when the support ends.");
  command.parameters = {InstrumentParameter(),
                        {.name = "name", .type = ParameterType::kText, .label = Say("Name"), .required = true},
                        {.name = "rule", .type = ParameterType::kChoice, .label = Say("Rule"), .required = true,
                         .choices = {{"every", Say("every so many months")}, {"after", Say("so many months after the start")}, {"closing", Say("when the support ends")}}},
                        {.name = "months", .type = ParameterType::kInteger, .label = Say("Months"), .fallback = "0"}};
  command.prepare = [](Reading& reading, const Arguments& arguments, Job&) {
    const Id instrument = TheInstrument(reading, arguments);
    const std::string name = Trim(arguments.Text("name")), rule = arguments.Text("rule");
    const std::int64_t months = arguments.Int("months");
    if (name.empty()) throw Refuse("An occasion needs a name.");
    if (months < 0 || months > 600 || (rule == "every" && months == 0)) throw Refuse("An occasion comes after 1 to 600 months, not after {0}; only an intake comes after 0.", months);
    for (const auto& occasion : OccasionsOf(reading, instrument)) {
      if (FoldText(occasion.name) == FoldText(name)) throw Refuse("The instrument has an occasion “{0}” already.", name);
    }
    return Simply([=](Writing& writing, Outcome& outcome) {
      outcome.created.push_back(writing.NewId());
      writing.Do("INSERT INTO instrument_occasion (id, instrument_id, name, rule, months, order_key) VALUES (?, ?, ?, ?, ?, "
                 "(SELECT ifnull(max(order_key), 0) + 1 FROM instrument_occasion WHERE instrument_id = ?2))",
                 outcome.created.back(), instrument, name, rule, rule == "closing" ? 0 : months);
    });
  };
  return command;
}

Command RemoveCommand() {
  Command command;
  command.id = "registrations.remove-occasion";
  command.label = Say("Remove an occasion");
  command.help = Say("Registrations that bear its name keep it.");
  command.parameters = {{.name = "occasion", .type = ParameterType::kEntity, .label = Say("Occasion"), .required = true, .entity_kind = "occasion"}};
  command.prepare = [](Reading&, const Arguments& arguments, Job&) {
    return Simply([id = *arguments.Entity("occasion")](Writing& writing, Outcome&) { DeleteEntity(writing, "instrument_occasion", id); });
  };
  return command;
}

std::int64_t DaysBetween(Date from, Date to) {
  using namespace std::chrono;
  const auto day = [](Date date) { return sys_days(year(date.year) / month(static_cast<unsigned>(date.month)) / std::chrono::day(static_cast<unsigned>(date.day))); };
  return (day(to) - day(from)).count();
}

struct Followed {
  Id id;
  std::string code, site;
  std::optional<Date> started, ended;
  std::vector<Registration> registrations;  ///< Up to the day that is looked at.
};

/// Was it done, by name or by being made within a month around its day?
bool IsDone(const Followed& one, const Occasion& occasion, Date due) {
  return std::any_of(one.registrations.begin(), one.registrations.end(), [&](const Registration& registration) {
    if (!registration.occasion.empty()) return FoldText(registration.occasion) == FoldText(occasion.name);
    return registration.date >= AddMonths(due, -1) && registration.date <= AddMonths(due, 1);
  });
}

/// The day on which the occasion is due for this case; nullopt: not any more, or not yet to be told.
std::optional<Date> DueDay(const Followed& one, const Occasion& occasion) {
  const auto first = one.started ? one.started : one.registrations.empty() ? std::nullopt : std::optional(one.registrations.front().date);
  if (occasion.rule == "closing") return one.ended && !IsDone(one, occasion, *one.ended) ? one.ended : std::nullopt;
  if (!first) return std::nullopt;
  std::optional<Date> due;
  if (occasion.rule == "every") due = AddMonths(one.registrations.empty() ? *first : std::max(*first, one.registrations.back().date), occasion.months);
  else if (const Date day = AddMonths(*first, occasion.months); !IsDone(one, occasion, day)) due = day;
  return due && one.ended && *due > *one.ended ? std::nullopt : due;
}

std::vector<Followed> CasesOf(Reading& reading, const Instrument& instrument, const std::optional<Id>& site, Date on) {
  const Exclusions excluded = ReadExclusions(reading);
  std::vector<Followed> all;
  std::map<Id, std::size_t> places;
  {
    auto rows = reading.Query("SELECT study_case.id, code, ifnull(site.name, ''), started, ended FROM study_case LEFT JOIN site ON site.id = site_id "
                              "WHERE subject = ?1 AND (?2 IS NULL OR site_id = ?2) AND (started IS NULL OR started <= ?3) ORDER BY study_case.order_key, code",
                              instrument.subject, site, on);
    while (rows.Step()) {
      if (excluded.cases.contains(rows.GetId(0))) continue;
      places[rows.GetId(0)] = all.size();
      const auto ended = rows.MaybeDate(4);
      all.push_back({rows.GetId(0), rows.Text(1), rows.Text(2), rows.MaybeDate(3), ended && *ended <= on ? ended : std::nullopt, {}});
    }
  }
  auto rows = reading.Query("SELECT case_id, id, date, occasion FROM registration WHERE instrument_id = ? AND date <= ? ORDER BY case_id, date, id", instrument.id, on);
  while (rows.Step()) {
    const auto place = places.find(rows.GetId(0));
    if (place == places.end() || excluded.registrations.contains(rows.GetId(1))) continue;
    all[place->second].registrations.push_back({rows.GetId(1), rows.MaybeDate(2).value_or(Date{}), rows.Text(3)});
  }
  return all;
}

view::Model Due(Reading& reading, const Arguments& arguments, Job&) {
  Date on;
  if (const auto given = arguments.Day("on")) {
    on = *given;
  } else {
    auto today = reading.Query("SELECT date('now', 'localtime')");
    today.Step();
    on = today.MaybeDate(0).value_or(Date{});
  }
  const std::int64_t ahead = arguments.Int("within");
  struct Line {
    std::int64_t late = 0;
    view::Row row;
  };
  std::vector<Line> lines;
  std::int64_t overdue = 0, without_start = 0, cases = 0, occasions = 0;
  const auto only = arguments.Entity("instrument");
  for (const auto& id : only ? std::vector<Id>{*only} : Instruments(reading)) {
    const Instrument instrument = GetInstrument(reading, id);
    const auto when = OccasionsOf(reading, id);
    occasions += static_cast<std::int64_t>(when.size());
    if (when.empty()) continue;
    for (const auto& one : CasesOf(reading, instrument, arguments.Entity("site"), on)) {
      ++cases;
      without_start += !one.started && one.registrations.empty();
      for (const auto& occasion : when) {
        const auto due = DueDay(one, occasion);
        if (!due) continue;
        const std::int64_t late = DaysBetween(*due, on);
        if (-late > ahead) continue;
        overdue += late > 0;
        view::Row row{.key = ToString(one.id) + "/" + ToString(occasion.id)};
        row.entities = {{"case", one.id}, {"instrument", id}};
        row.target = view::Target{"registrations.case", {{"case", one.id}, {"instrument", id}}};
        row.cells = {{.value = one.code}, {.value = one.site}, {.value = Verbatim(instrument.name)}, {.value = occasion.name}, {.value = *due}, {.value = late > 0 ? late : 0},
                     {.value = late > 0 ? Say("overdue") : late == 0 ? Say("due today") : Say("coming")}};
        row.cells.push_back(one.registrations.empty() ? view::Cell{.state = view::State::kEmpty} : view::Cell{.value = one.registrations.back().date});
        lines.push_back({late, std::move(row)});
      }
    }
  }
  std::stable_sort(lines.begin(), lines.end(), [](const Line& a, const Line& b) { return a.late > b.late; });
  std::vector<view::Row> rows;
  for (auto& line : lines) rows.push_back(std::move(line.row));
  view::Model model;
  model.title = Say("Registrations due on {0}", on);
  model.population.description = Say("Cases that are followed on {0}, longest overdue first", on);
  model.population.facts = {{"cases", Say("Cases"), cases}, {"overdue", Say("Overdue"), overdue}, {"without_start", Say("Without a start or a registration"), without_start}};
  model.body = view::Table{{{"case", Say("Case")},
                            {"site", Say("Site")},
                            {"instrument", Say("Instrument")},
                            {"occasion", Say("Occasion")},
                            {"due", Say("Due on"), view::ColumnType::kDate},
                            {"days", Say("Days overdue"), view::ColumnType::kInteger},
                            {"state", Say("State")},
                            {"last", Say("Last registration"), view::ColumnType::kDate}},
                           view::MakeRows(std::move(rows))};
  model.notes = {Say("An occasion is done when a registration bears its name, or was made without a name within a month around its day.")};
  model.empty = occasions == 0 ? Say("No instrument says when it is due; add an occasion.") : Say("Nothing is due.");
  if (occasions == 0) model.actions = {{Say("Add an occasion"), "registrations.add-occasion", {}}};
  return model;
}

}  // namespace

std::vector<Occasion> OccasionsOf(Reading& reading, const Id& instrument) {
  std::vector<Occasion> occasions;
  auto rows = reading.Query("SELECT id, name, rule, months FROM instrument_occasion WHERE instrument_id = ? ORDER BY rule = 'closing', rule = 'every', months, order_key", instrument);
  while (rows.Step()) occasions.push_back({rows.GetId(0), rows.Text(1), rows.Text(2), static_cast<int>(rows.Int(3))});
  return occasions;
}

Message RuleInWords(const Occasion& occasion) {
  if (occasion.rule == "closing") return Say("When the support ends");
  if (occasion.rule == "every") return SayCount("Every month", "Every {0} months", occasion.months);
  if (occasion.months == 0) return Say("At the start");
  return SayCount("{0} month after the start", "{0} months after the start", occasion.months);
}

void AddOccasions(Registry& registry) {
  EntityKind kind{.kind = "occasion", .table = "instrument_occasion", .label = Say("occasion")};
  kind.name = [](Reading& reading, const Id& id) -> std::optional<std::string> {
    auto row = reading.Query("SELECT name FROM instrument_occasion WHERE id = ?", id);
    if (!row.Step()) return std::nullopt;
    return row.Text(0);
  };
  kind.list = [](Reading& reading) {
    std::vector<std::pair<Id, std::string>> all;
    auto rows = reading.Query("SELECT id, name FROM instrument_occasion ORDER BY instrument_id, order_key");
    while (rows.Step()) all.emplace_back(rows.GetId(0), rows.Text(1));
    return all;
  };
  registry.Add(std::move(kind));
  registry.Add(AddCommand());
  registry.Add(RemoveCommand());

  View due;
  due.id = "registrations.due";
  due.kind = view::Kind::kTable;
  due.label = Say("Registrations that are due");
  due.help = Say("Cases with a registration overdue or coming, by the occasions of each instrument.");
  due.parameters = {{.name = "on", .type = ParameterType::kDate, .label = Say("On"), .help = Say("Left out, it is today."), .live = true},
                    {.name = "within", .type = ParameterType::kInteger, .label = Say("Also within so many days"), .live = true, .fallback = "14"},
                    InstrumentParameter(),
                    {.name = "site", .type = ParameterType::kEntity, .label = Say("Site"), .live = true, .entity_kind = "site"}};
  due.build = &Due;
  registry.Add(std::move(due));
}

}  // namespace meerstem::registrations
