// Remarks with what they were written beside: the registrar's voice about a family.
#include "core/base/fold.h"
#include "core/study/display.h"
#include "core/study/sources.h"
#include "plugins/registrations/common.h"

namespace meerstem::registrations {
namespace {

/// Holds the answers' ids; words and values are read page by page.
class RemarkRows final : public view::Rows {
 public:
  explicit RemarkRows(std::vector<Id> answers) : answers_(std::move(answers)) {}
  std::size_t Count() const override { return answers_.size(); }
  std::string Key(std::size_t index) const override { return ToString(answers_[index]); }
  std::vector<view::Row> Page(Reading& reading, std::size_t first, std::size_t count) const override {
    std::vector<view::Row> rows;
    for (std::size_t i = first; i < std::min(answers_.size(), first + count); ++i) rows.push_back(One(reading, answers_[i]));
    return rows;
  }

 private:
  static view::Row One(Reading& reading, const Id& answer) {
    view::Row row;
    row.key = ToString(answer);
    auto found = reading.Query(
        "SELECT study_case.id, study_case.code, site.name, person.pseudonym, item.id, item.name, registration.id, registration.date, answer.status, "
        "answer.value, answer.remark_id FROM answer JOIN registration ON registration.id = registration_id JOIN study_case ON study_case.id = case_id "
        "JOIN item ON item.id = item_id LEFT JOIN site ON site.id = study_case.site_id LEFT JOIN person ON person.id = answer.person_id WHERE answer.id = ?",
        answer);
    if (!found.Step() || found.IsNull(10)) {
      row.cells.assign(7, {.state = view::State::kStale, .why = Say("This remark is gone.")});
      return row;
    }
    const Id remark = found.GetId(10);
    row.entities = {{"source", remark}, {"case", found.GetId(0)}, {"item", found.GetId(4)}, {"registration", found.GetId(6)}};
    row.target = view::Target{"coding.document", {{"source", remark}}};
    view::Cell value;
    const std::string status = found.Text(8);
    if (const auto point = found.MaybeInt(9)) value.value = *point;
    else value.state = status == "not_applicable" ? view::State::kNotApplicable : status == "unknown" ? view::State::kUnknown : view::State::kEmpty;
    view::Cell text{.value = RemarkText(reading, remark)};
    if (std::get<Message>(text.value).empty()) text = {.state = view::State::kSuppressed};
    row.cells = {{.value = found.Text(1)}, {.value = found.Text(2)}, {.value = found.Text(3)}, {.value = Verbatim(ReadLocalized(found.Text(5)))}};
    row.cells.push_back({.value = found.MaybeDate(7).value_or(Date{})});
    row.cells.push_back(std::move(value));
    row.cells.push_back(std::move(text));
    return row;
  }

  std::vector<Id> answers_;
};

view::Model Remarks(Reading& reading, const Arguments& arguments, Job& job) {
  const std::string search = arguments.Text("search");
  std::vector<Id> answers;
  {
    auto rows = reading.Query(
        "SELECT answer.id, remark_id FROM answer JOIN registration ON registration.id = registration_id JOIN study_case ON study_case.id = case_id "
        "JOIN item ON item.id = item_id JOIN instrument_domain ON instrument_domain.id = domain_id "
        "WHERE remark_id IS NOT NULL AND (?1 IS NULL OR case_id = ?1) AND (?2 IS NULL OR site_id = ?2) AND (?3 IS NULL OR item_id = ?3) "
        "ORDER BY study_case.order_key, registration.date, instrument_domain.order_key, item.order_key, answer.id",
        arguments.Entity("case"), arguments.Entity("site"), arguments.Entity("item"));
    while (rows.Step()) {
      if (!search.empty()) {
        job.Progress(0);
        if (FindFolded(*FoldedTextOf(reading, rows.GetId(1)), search).empty()) continue;
      }
      answers.push_back(rows.GetId(0));
    }
  }
  view::Model model;
  model.population.description = Say("Remarks written at registrations");
  model.population.facts = {{"n", Say("Remarks"), static_cast<std::int64_t>(answers.size())}};
  model.body = view::Table{{{"case", Say("Case")},
                            {"site", Say("Site")},
                            {"member", Say("Member")},
                            {"item", Say("Item")},
                            {"date", Say("Date"), view::ColumnType::kDate},
                            {"value", Say("Value"), view::ColumnType::kInteger},
                            {"text", Say("Remark"), view::ColumnType::kText, 60}},
                           std::make_shared<RemarkRows>(std::move(answers))};
  model.empty = Say("No remarks answer to this.");
  model.actions = {{Say("Import registrations"), "registrations.import", {}}};
  return model;
}

}  // namespace

void AddRemarksView(Registry& registry) {
  View remarks;
  remarks.id = "registrations.remarks";
  remarks.kind = view::Kind::kTable;
  remarks.label = Say("Remarks");
  remarks.help = Say("The open remarks of registrations, to search, read and code.");
  remarks.parameters = {{.name = "search", .type = ParameterType::kText, .label = Say("Search"), .live = true},
                        {.name = "case", .type = ParameterType::kEntity, .label = Say("Case"), .live = true, .entity_kind = "case"},
                        {.name = "site", .type = ParameterType::kEntity, .label = Say("Site"), .live = true, .entity_kind = "site"},
                        {.name = "item", .type = ParameterType::kEntity, .label = Say("Item"), .live = true, .entity_kind = "item"}};
  remarks.build = &Remarks;
  registry.Add(std::move(remarks));
}

}  // namespace meerstem::registrations
