// One family on one axis: contacts, registrations and conversations as the calendar has them, with the scores, the remarks
// and the quotes beneath.
#include <algorithm>
#include <map>

#include "core/base/error.h"
#include "plugins/triangulation/common.h"
#include "plugins/triangulation/families.h"
#include "plugins/triangulation/view_value.h"
#include "plugins/triangulation/voices.h"

namespace meerstem::triangulation {
namespace {

/// Adds lanes to a calendar.
class Lanes {
 public:
  explicit Lanes(view::Chart& chart) : chart_(chart) {}
  view::Heading& Add(Message lane, std::string key, Message label, std::optional<Date> date, std::optional<view::Target> target) {
    view::Cell from{.state = view::State::kEmpty, .target = target};
    if (date) from.value = *date, from.state = view::State::kValue;
    chart_.cells.push_back({std::move(from), {.state = view::State::kEmpty}});
    chart_.categories.push_back({.key = std::move(key), .label = std::move(label), .target = std::move(target), .group = std::move(lane)});
    return chart_.categories.back();
  }

 private:
  view::Chart& chart_;
};

std::int64_t Scores(const Registry& registry, Reading& reading, const Id& study_case, Job& job, Lanes& lanes) {
  const View* trajectory = registry.FindView("indices.trajectory");
  if (!trajectory) return 0;
  const view::Model model = trajectory->build(reading, {{"case", study_case}}, job);
  const auto& table = std::get<view::Table>(model.body);
  const Cells cells(table);
  std::int64_t scores = 0;
  for (const auto& row : table.rows->Page(reading, 0, table.rows->Count())) {
    const view::Cell *date = cells.Of(row, "date"), *score = cells.Of(row, "score");
    if (!date || !score || !std::holds_alternative<Date>(date->value)) continue;
    Message label = Verbatim("?");
    if (const auto* whole = std::get_if<std::int64_t>(&score->value)) label = Say("{0}", *whole);
    else if (const auto* text = std::get_if<std::string>(&score->value)) label = Verbatim(*text);
    auto& heading = lanes.Add(Say("Score"), "score/" + row.key, std::move(label), std::get<Date>(date->value), row.target);
    heading.glyph = "◆";
    heading.entities = row.entities;
    ++scores;
  }
  return scores;
}

std::int64_t Remarks(Reading& reading, const Id& study_case, Lanes& lanes) {
  std::int64_t remarks = 0;
  auto rows = reading.Query(
      "SELECT date, count(*), min(registration.id) FROM registration JOIN answer ON registration_id = registration.id WHERE case_id = ? AND remark_id IS NOT NULL GROUP BY date ORDER BY date", study_case);
  while (rows.Step()) {
    lanes.Add(Say("Remarks"), "remarks/" + rows.Text(0), SayCount("{0} remark", "{0} remarks", rows.Int(1)), rows.MaybeDate(0), view::Target{"registrations.remarks", {{"case", study_case}}}).glyph = "✎";
    remarks += rows.Int(1);
  }
  return remarks;
}

std::int64_t QuotesBySource(Reading& reading, const Id& study_case, Lanes& lanes) {
  const auto linked = LinkedQuotes(reading);
  const auto& study = linked->study();
  std::map<std::uint32_t, std::int64_t> counts;
  for (const auto& place : linked->Of(study_case)) ++counts[place.source];
  std::int64_t quotes = 0;
  for (const auto& [number, count] : counts) {
    const auto& source = study.source(number);
    lanes.Add(Say("Quotes"), "quotes/" + ToString(source.id), SayCount("{0} quote", "{0} quotes", count), ParseDate(source.date),
              view::Target{"triangulation.behind", {{"rows", std::string("case")}, {"row", study.frame->cases.names[study.frame->cases.Find(study_case)]}, {"columns", std::string("source")}, {"column", source.title}}})
        .glyph = "”";
    quotes += count;
  }
  return quotes;
}

view::Model Build(const Registry& registry, Reading& reading, const Arguments& arguments, Job& job) {
  const Id study_case = *arguments.Entity("case");
  view::Model model;
  if (const View* calendar = registry.FindView("registrations.timeline")) {
    model = calendar->build(reading, {{"case", study_case}}, job);
  } else {
    view::Chart chart{.kind = view::ChartKind::kLanes, .category_title = Say("What"), .value_title = Say("Date"), .group_title = Say("Kind")};
    chart.series = {{.key = "from", .label = Say("First day")}, {.key = "until", .label = Say("Last day")}};
    model.body = std::move(chart);
  }
  auto row = reading.Query("SELECT code FROM study_case WHERE id = ?", study_case);
  if (!row.Step()) throw Refuse("This family is no longer in the study.");
  Lanes lanes(std::get<view::Chart>(model.body));
  const auto scores = Scores(registry, reading, study_case, job, lanes);
  const auto remarks = Remarks(reading, study_case, lanes);
  const auto quotes = QuotesBySource(reading, study_case, lanes);
  model.title = Say("{0}: numbers and voices on one axis", row.Text(0));
  model.population.facts.insert(model.population.facts.end(), {{"scores", Say("Scores"), scores}, {"remarks", Say("Remarks"), remarks}, {"quotes", Say("Quotes"), quotes}});
  model.alternative = Say("{0}: {1} scores, {2} remarks and {3} quotes beside contacts, registrations and conversations.", row.Text(0), scores, remarks, quotes);
  model.notes.push_back(Say("A score counts insufficient criteria: lower is better. Remarks lie at their registration, quotes at the day of their conversation."));
  return model;
}

}  // namespace

void AddTimeline(Registry& registry) {
  View view{.id = "triangulation.timeline", .kind = view::Kind::kChart, .label = Say("A family: numbers and voices"),
            .help = Say("Contacts, registrations with their scores, remarks, conversations and quotes of one family on one axis.")};
  view.parameters = {{.name = "case", .type = ParameterType::kEntity, .label = Say("Case"), .required = true, .entity_kind = "case"}};
  view.in_navigator = false;
  view.build = [&whole = registry.whole()](Reading& reading, const Arguments& arguments, Job& job) { return Build(whole, reading, arguments, job); };
  registry.Add(std::move(view));
  registry.Add(Workspace{"triangulation.explain-beside-timeline", Say("Change beside a family"), {{.view = "triangulation.explain", .link = ""}, {.view = "triangulation.timeline", .link = "case"}}});
}

}  // namespace meerstem::triangulation
