// Registrations out, in the shapes in which they come in: long, a line for each answer; or wide, a line for each
// registration of a household or member and a column for each item.
#include <algorithm>
#include <map>
#include <set>

#include "core/study/display.h"
#include "core/study/exclusions.h"
#include "core/study/sources.h"
#include "plugins/registrations/common.h"
#include "plugins/registrations/export_table.h"

namespace meerstem::registrations {
namespace {

struct ExportPlan {
  Instrument instrument;
  std::string language;
  bool wide = false;
  bool standing = false;  ///< What stood at each registration; else only what was entered at it.
  bool with_excluded = false;
};

std::string InLanguage(const Localized& texts, const std::string& language) {
  for (const auto& [tag, text] : texts.texts) {
    if (tag == language) return text;
  }
  return texts.texts.empty() ? std::string() : texts.texts.front().second;
}

/// An answer as it was entered, or as it stood.
struct Given {
  AnswerKey key;
  std::string status;
  std::optional<int> value;
  std::optional<Id> remark;
};
struct Visit {
  Id study_case, registration;
  std::string code, site, occasion, registrar;
  Date date;
  std::vector<Given> answers;
};

/// Every registration in the order of cases and dates with what was entered at it, in one ordered read.
class Registrations {
 public:
  Registrations(Reading& reading, const ExportPlan& plan) : reading_(reading), plan_(plan), excluded_(plan.with_excluded ? Exclusions{} : ReadExclusions(reading)) {
    auto rows = reading.Query("SELECT case_id, person_id, CASE code WHEN '' THEN pseudonym ELSE code END FROM membership JOIN person ON person.id = person_id");
    while (rows.Step()) members_[{rows.GetId(0), rows.GetId(1)}] = rows.Text(2);
  }

  void Each(const std::function<void(const Visit&)>& visit) {
    auto rows = reading_.Query(
        "SELECT study_case.id, registration.id, study_case.code, ifnull(site.name, ''), occasion, date, answer.id, item_id, answer.person_id, status, value, remark_id, ifnull(pseudonym, '') "
        "FROM registration JOIN study_case ON study_case.id = case_id LEFT JOIN site ON site.id = study_case.site_id LEFT JOIN person ON person.id = registrar_id LEFT JOIN answer ON registration_id = registration.id "
        "WHERE instrument_id = ? ORDER BY study_case.order_key, study_case.id, date, registration.id, answer.id",
        plan_.instrument.id);
    Visit now;
    bool any = false;
    while (rows.Step()) {
      const Id registration = rows.GetId(1);
      if (excluded_.cases.contains(rows.GetId(0)) || excluded_.registrations.contains(registration)) continue;
      if (!any || registration != now.registration) {
        if (any) Finish(now, visit);
        now = {rows.GetId(0), registration, rows.Text(2), rows.Text(3), rows.Text(4), rows.Text(12), rows.MaybeDate(5).value_or(Date{}), {}};
        any = true;
      }
      if (rows.IsNull(6) || excluded_.answers.contains(rows.GetId(6))) continue;
      const auto value = rows.MaybeInt(10);
      now.answers.push_back({{rows.GetId(7), rows.GetId(8)}, rows.Text(9), value ? std::optional(static_cast<int>(*value)) : std::nullopt, rows.MaybeId(11)});
    }
    if (any) Finish(now, visit);
  }

  std::string Member(const Id& study_case, const Id& person) const {
    const auto found = members_.find({study_case, person});
    return found == members_.end() ? std::string() : found->second;
  }

 private:
  /// Carries forward what stood, when that is asked for.
  void Finish(Visit& visit, const std::function<void(const Visit&)>& tell) {
    if (!plan_.standing) return tell(visit);
    if (visit.study_case != carried_of_) carried_.clear();
    carried_of_ = visit.study_case;
    for (auto& answer : visit.answers) {
      if (answer.status == "remark") continue;
      carried_[answer.key] = answer;
      carried_[answer.key].remark.reset();
    }
    Visit whole = visit;
    for (const auto& [key, answer] : carried_) {
      const bool here = std::any_of(visit.answers.begin(), visit.answers.end(), [&](const Given& one) { return one.key == key && one.status != "remark"; });
      if (here) continue;
      whole.answers.push_back(answer);
      whole.answers.back().status = answer.status == "unknown" ? "unknown" : "carried";
    }
    tell(whole);
  }

  Reading& reading_;
  const ExportPlan& plan_;
  Exclusions excluded_;
  std::map<std::pair<Id, Id>, std::string> members_;
  std::map<AnswerKey, Given> carried_;
  Id carried_of_;
};

/// Words leave the study only as consent and pseudonyms allow.
class Remarks {
 public:
  explicit Remarks(Reading& reading) : reading_(reading) {}
  std::string Of(const std::optional<Id>& remark) {
    if (!remark) return {};
    const SourceSpan span{*remark, {0, TextOf(reading_, *remark)->size()}};
    if (MayUse(reading_, span, Purpose::kExport)) return DisplayText(reading_, span, Purpose::kExport);
    withheld_.insert(*remark);
    return {};
  }
  std::int64_t withheld() const { return static_cast<std::int64_t>(withheld_.size()); }

 private:
  Reading& reading_;
  std::set<Id> withheld_;  // Rows are told more than once.
};

ExportCell CellOf(const Given& answer) {
  if (answer.value) return *answer.value;
  if (answer.status == "unknown") return NoPoint::kUnknown;
  if (answer.status == "remark") return std::monostate();
  return NoPoint::kNotApplicable;
}

using Column = ExportColumn;

/// Case, site, member, level, date, occasion: what every row begins with. Last comes who registered.
std::vector<ExportCell> RowOf(const Visit& visit, const std::string& member, const std::string& level, std::size_t width) {
  std::vector<ExportCell> row(width);
  row[0] = visit.code;
  row[1] = visit.site;
  row[2] = member;
  row[3] = level;
  row[4] = visit.date;
  row[5] = visit.occasion;
  row.back() = visit.registrar;
  return row;
}

ExportTable LongTable(const ExportPlan& plan, Registrations& registrations, Remarks& remarks) {
  ExportTable table;
  using Type = Column::Type;
  table.columns = {{"case", "Case"},   {"site", "Site"}, {"member", "Member"}, {"level", "Level"},     {"date", "Date", Type::kDate}, {"occasion", "Occasion"},
                   {"item", "Item"}, {"question", "Item in words"}, {"value", "Value", Type::kNumber, true}, {"wording", "Value in words"}, {"status", "Status"}, {"remark", "Remark"}, {"registrar", "Registered by"}};
  table.each = [&plan, &registrations, &remarks, width = table.columns.size()](const auto& tell) {
    registrations.Each([&](const Visit& visit) {
      if (visit.answers.empty()) tell(RowOf(visit, {}, {}, width));
      for (const auto& answer : visit.answers) {
        const Item* item = plan.instrument.Find(answer.key.item);
        auto row = RowOf(visit, registrations.Member(visit.study_case, answer.key.person), item->level, width);
        row[6] = item->key;
        row[7] = InLanguage(item->name, plan.language);
        row[8] = CellOf(answer);
        const auto point = std::find_if(item->points.begin(), item->points.end(), [&](const ScalePoint& p) { return answer.value == p.value; });
        if (point != item->points.end()) row[9] = InLanguage(point->label, plan.language);
        row[10] = answer.status;
        row[11] = remarks.Of(answer.remark);
        tell(row);
      }
    });
  };
  return table;
}

ExportTable WideTable(const ExportPlan& plan, Registrations& registrations) {
  ExportTable table;
  using Type = Column::Type;
  table.columns = {{"case", "Case"}, {"site", "Site"}, {"member", "Member"}, {"level", "Level"}, {"date", "Date", Type::kDate}, {"occasion", "Occasion"}};
  std::map<Id, std::size_t> places;
  for (const auto& item : plan.instrument.items) {
    places[item.id] = table.columns.size();
    Column column{item.key, InLanguage(item.name, plan.language), Type::kNumber, true, {}};
    for (const auto& point : item.points) column.labels.emplace_back(point.value, InLanguage(point.label, plan.language));
    table.columns.push_back(std::move(column));
  }
  table.columns.push_back({"registrar", "Registered by"});
  table.each = [&plan, &registrations, places, width = table.columns.size()](const auto& tell) {
    registrations.Each([&](const Visit& visit) {
      // The household first, then whoever has an answer.
      std::map<Id, std::vector<ExportCell>> rows;
      const auto row_of = [&](const Id& person, const std::string& level) -> std::vector<ExportCell>& {
        auto& row = rows[person];
        if (row.empty()) row = RowOf(visit, registrations.Member(visit.study_case, person), level, width);
        return row;
      };
      row_of(Id{}, "household");
      for (const auto& answer : visit.answers) {
        if (answer.status != "remark") row_of(answer.key.person, plan.instrument.Find(answer.key.item)->level)[places.at(answer.key.item)] = CellOf(answer);
      }
      for (const auto& [person, row] : rows) tell(row);
    });
  };
  return table;
}

void Export(Reading& reading, const ExportPlan& plan, const std::string& path, Outcome& outcome) {
  Registrations registrations(reading, plan);
  Remarks remarks(reading);
  ExportTable table = plan.wide ? WideTable(plan, registrations) : LongTable(plan, registrations, remarks);
  table.title = InLanguage(plan.instrument.name, plan.language) + " " + plan.instrument.version;
  table.not_applicable = plan.language == "nl" ? "n.v.t." : "n/a";
  table.unknown = plan.language == "nl" ? "onbekend" : "unknown";
  std::int64_t rows = 0;
  auto each = std::move(table.each);
  table.each = [&](const auto& tell) {
    rows = 0;
    each([&](const std::vector<ExportCell>& row) {
      ++rows;
      tell(row);
    });
  };
  WriteTable(table, path);
  outcome.notes.push_back(SayCount("{0} row was written to “{1}”.", "{0} rows were written to “{1}”.", rows, path));
  if (plan.wide) outcome.notes.push_back(Say("In the wide shape a confirmed or copied answer looks like a rated one, and remarks stay behind; the long shape keeps them."));
  if (remarks.withheld() > 0) outcome.notes.push_back(SayCount("{0} remark stayed behind for want of consent.", "{0} remarks stayed behind for want of consent.", remarks.withheld()));
  const Exclusions excluded = ReadExclusions(reading);
  if (!plan.with_excluded && !(excluded.cases.empty() && excluded.registrations.empty() && excluded.answers.empty())) {
    outcome.notes.push_back(Say("Left out by the cleaning: {0}, {1} and {2}.", SayCount("{0} case", "{0} cases", static_cast<std::int64_t>(excluded.cases.size())),
                                SayCount("{0} registration", "{0} registrations", static_cast<std::int64_t>(excluded.registrations.size())),
                                SayCount("{0} answer", "{0} answers", static_cast<std::int64_t>(excluded.answers.size()))));
  }
}

}  // namespace

void AddExport(Registry& registry) {
  Command command;
  command.id = "registrations.export";
  command.label = Say("Export registrations");
  command.help = Say("Writes registrations as CSV, XLSX, SPSS (.sav, .zsav) or Stata (.dta), by the ending of the name. SPSS and Stata files carry the wording of items and points and missing values, SPSS files measurement levels too.");
  command.parameters = {{.name = "to", .type = ParameterType::kOutput, .label = Say("File"), .help = Say(".csv, .xlsx, .sav, .zsav or .dta"), .required = true},
                        InstrumentParameter(),
                        {.name = "shape", .type = ParameterType::kChoice, .label = Say("Shape"),
                         .choices = {{"long", Say("a line for each answer")}, {"wide", Say("a column for each item")}}, .fallback = "long"},
                        {.name = "values", .type = ParameterType::kChoice, .label = Say("Answers"),
                         .choices = {{"entered", Say("what was entered")}, {"standing", Say("what stood, carried answers too")}}, .fallback = "entered"},
                        {.name = "labels", .type = ParameterType::kChoice, .label = Say("Language of labels"), .choices = {{"nl", Say("Dutch")}, {"en", Say("English")}}, .fallback = "nl"},
                        {.name = "with-excluded", .type = ParameterType::kBoolean, .label = Say("Also what the cleaning left out"), .fallback = "no"}};
  command.prepare = [](Reading& reading, const Arguments& arguments, Job&) {
    ExportPlan chosen{GetInstrument(reading, TheInstrument(reading, arguments)), arguments.Text("labels"), arguments.Text("shape") == "wide",
                      arguments.Text("values") == "standing", arguments.Flag("with-excluded")};
    const std::string path = arguments.Text("to");
    RequireTarget(path);
    Plan plan;
    plan.apply = [chosen, path](Applying& applying) {
      RefuseStudyItself(path, applying.store());
      auto store_reading = applying.store().Read();
      Export(*store_reading, chosen, path, applying.outcome);
    };
    return plan;
  };
  registry.Add(std::move(command));
}

}  // namespace meerstem::registrations
