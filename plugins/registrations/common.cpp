#include "plugins/registrations/common.h"

#include <algorithm>

#include "core/base/error.h"
#include "core/study/display.h"
#include "core/study/sources.h"

namespace meerstem::registrations {

Parameter InstrumentParameter() {
  return {.name = "instrument", .type = ParameterType::kEntity, .label = Say("Instrument"), .help = Say("May be left out when the study has one."),
          .entity_kind = "instrument"};
}

Id TheInstrument(Reading& reading, const Arguments& arguments) {
  if (const auto given = arguments.Entity("instrument")) return *given;
  const auto all = Instruments(reading);
  if (all.empty()) throw Refuse("The study has no instrument yet; add one with registrations.add-instrument.");
  if (all.size() > 1) throw Refuse("The study has {0} instruments; say which one with --instrument.", all.size());
  return all.front();
}

std::optional<Id> AnInstrument(Reading& reading, const Arguments& arguments) {
  if (const auto given = arguments.Entity("instrument")) return given;
  const auto all = Instruments(reading);
  return all.empty() ? std::nullopt : std::optional(all.front());
}

void SayNoInstrument(view::Model& model) {
  model.empty = Say("The study has no instrument yet.");
  model.actions.push_back({Say("Add the instrument “Sociale balans”"), "registrations.add-instrument", {{"shipped", std::string("sociale-balans")}}});
}

std::map<std::string, Id> NamesOf(Reading& reading, const std::string& kind) {
  std::map<std::string, Id> names;
  auto rows = reading.Query(kind == "case" ? "SELECT code, id FROM study_case"
                                           : "SELECT code, person_id FROM membership WHERE code <> '' UNION SELECT pseudonym, id FROM person");
  while (rows.Step()) names.emplace(rows.Text(0), rows.GetId(1));
  return names;
}

std::vector<Parameter> RosterParameters(Message whose, std::string fallback) {
  return {{.name = "file", .type = ParameterType::kFile, .label = Say("Table (CSV, XLSX, SAV, DTA)"), .required = true},
          {.name = "for", .type = ParameterType::kChoice, .label = std::move(whose), .choices = {{"case", Say("families")}, {"person", Say("people")}}, .fallback = std::move(fallback)},
          {.name = "column", .type = ParameterType::kText, .label = Say("Only these columns"), .list = true},
          {.name = "make-new", .type = ParameterType::kBoolean, .label = Say("Make those that the study does not know"), .fallback = "no"},
          {.name = "number-rows", .type = ParameterType::kText, .label = Say("Rows without a name: number them after"), .help = Say("With R they become R1, R2, R3 ...")},
          {.name = "skip-bad", .type = ParameterType::kBoolean, .label = Say("Leave out rows that cannot come in"), .fallback = "no"}};
}

std::string CaseCode(Reading& reading, const Id& study_case) {
  auto row = reading.Query("SELECT code FROM study_case WHERE id = ?", study_case);
  if (!row.Step()) throw Refuse("This case is no longer in the study.");
  return row.Text(0);
}

int MonthsBetween(Date from, Date to) {
  int months = (to.year - from.year) * 12 + to.month - from.month;
  while (months > 0 && AddMonths(from, months) > to) --months;
  return std::max(months, 0);
}

Message LevelLabel(const std::string& level, const std::string& subject) {
  if (subject == "professional") return Say("Professional");
  if (level == "household") return Say("Household");
  if (level == "adult") return Say("Adult");
  return Say("Child");
}

std::vector<Choice> DomainChoices(Reading& reading) {
  std::vector<Choice> choices;
  auto rows = reading.Query("SELECT key, min(name) FROM instrument_domain GROUP BY key ORDER BY min(order_key)");
  while (rows.Step()) choices.push_back({rows.Text(0), Verbatim(ReadLocalized(rows.Text(1)))});
  return choices;
}

view::Cell StandingCell(const Item& item, const Standing* standing) {
  view::Cell cell;
  if (!standing) {
    cell.state = view::State::kEmpty;
    return cell;
  }
  if (standing->status == AnswerStatus::kUnknown) {
    cell.state = view::State::kUnknown;
  } else if (standing->status == AnswerStatus::kNotApplicable) {
    cell.state = view::State::kNotApplicable;
  } else if (standing->value) {
    cell.value = std::int64_t{*standing->value};
    if (standing->carried) cell.state = view::State::kCarried;
    const auto point = std::find_if(item.points.begin(), item.points.end(), [&](const ScalePoint& p) { return p.value == *standing->value; });
    if (point != item.points.end()) {
      cell.alternative = standing->carried ? Say("{0}: {1}, carried", *standing->value, point->label) : Say("{0}: {1}", *standing->value, point->label);
    }
  }
  if (standing->carried) cell.why = Say("since {0}", standing->since);
  return cell;
}

Message RemarkText(Reading& reading, const Id& remark) {
  const SourceSpan span{remark, {0, TextOf(reading, remark)->size()}};
  if (!MayUse(reading, span, Purpose::kScreen)) return {};
  return Verbatim(DisplayText(reading, span, Purpose::kScreen));
}

}  // namespace meerstem::registrations
