// The distribution of one item: baseline above follow-up of the same families, and everyone at baseline.
#include <algorithm>
#include <array>
#include <cmath>

#include "core/base/error.h"
#include "core/study/exclusions.h"
#include "plugins/registrations/common.h"
#include "plugins/registrations/distribution.h"

namespace meerstem::registrations {
namespace {

/// RdBu with five steps: diverging, and distinct under colour blindness. A scale of another length spreads over it.
constexpr std::array<const char*, 5> kColours = {"#CA0020", "#F4A582", "#F7F7F7", "#92C5DE", "#0571B0"};
constexpr std::array<const char*, 5> kGlyphs = {"−−", "−", "·", "+", "++"};

std::size_t Step(std::size_t point, std::size_t points) { return points < 2 ? 2 : (point * 4 + (points - 1) / 2) / (points - 1); }

struct Setting {
  Item item;
  bool first_member = false;
};

view::Heading Category(const Split& split, const std::string& subject, std::size_t group, Moment moment, const Bar& bar) {
  view::Heading heading;
  const Group& of = split.groups[group];
  heading.key = (of.key.empty() ? "" : of.key + "/") + std::string(kMoments[moment]);
  heading.label = of.key.empty() ? MomentLabel(moment, subject) : Say("{0}: {1}", of.label, MomentLabel(moment, subject));
  heading.entities = of.entities;
  if (bar.carried > 0) heading.note = Say("{0} of them carried", bar.carried);
  return heading;
}

/// `behind` is the list of answers at this moment in this group; each cell binds its own.
std::vector<view::Cell> Cells(const Setting& setting, const Bar& bar, const Arguments& behind) {
  const auto answers = [&](std::string answer) {
    view::Target target{"registrations.item-answers", behind};
    target.arguments.Set("answer", std::move(answer));
    return target;
  };
  std::vector<view::Cell> cells;
  for (std::size_t i = 0; i < setting.item.points.size(); ++i) {
    view::Cell cell;
    const std::int64_t count = bar.cases.empty() ? 0 : static_cast<std::int64_t>(bar.cases[i].size());
    cell.value = count;
    const std::int64_t carried = bar.carried_at.empty() ? 0 : bar.carried_at[i];
    cell.parts = {{"carried", carried}};
    if (carried > 0) cell.why = Say("{0} of them carried", carried);
    if (count > 0) {
      cell.target = answers(std::to_string(setting.item.points[i].value));
      for (const auto& study_case : bar.cases[i]) {
        const view::Entity entity{"case", study_case};
        if (std::find(cell.entities.begin(), cell.entities.end(), entity) == cell.entities.end()) cell.entities.push_back(entity);
      }
    }
    cells.push_back(std::move(cell));
  }
  for (const auto& [answer, count] : {std::pair{"not_applicable", bar.not_applicable}, {"unknown", bar.unknown}, {"missing", bar.missing}}) {
    view::Cell cell{.value = count};
    if (count > 0) cell.target = answers(answer);
    cells.push_back(std::move(cell));
  }
  return cells;
}

/// The five points of a scale have two to either side of its middle; without a middle, half.
void LayOut(const Arguments& arguments, std::size_t points, view::Chart& chart) {
  chart.aside = 3;
  if (arguments.Text("layout") != "diverging") return;
  chart.kind = view::ChartKind::kDiverging;
  chart.negatives = chart.positives = points / 2;
  chart.neutral_aside = arguments.Text("neutral") == "apart";
}

view::Model ItemChart(const Registry& registry, Reading& reading, const Arguments& arguments, Job&) {
  const Id instrument_id = InstrumentOfItem(reading, *arguments.Entity("item"));
  const Instrument instrument = GetInstrument(reading, instrument_id);
  const Setting setting{*instrument.Find(*arguments.Entity("item")), arguments.Text("member-rule") == "first"};
  const Split split = SplitCases(registry, reading, instrument.subject, arguments.Text("split"), arguments.Entity("variable"));
  const WindowRule rule;
  const Distributions found = CountAnswers(reading, instrument, {setting.item}, split, setting.first_member, rule);
  const auto& bars = found.bars.front();
  const std::int64_t registered = found.registered;
  view::Chart chart;
  chart.kind = view::ChartKind::kStackedShares;
  chart.category_title = Say("Moment");
  chart.value_title = instrument.subject == "professional" ? Say("Professionals") : setting.item.level == "household" ? Say("Families") : setting.item.level == "adult" ? Say("Adults") : Say("Children");
  for (std::size_t i = 0; i < setting.item.points.size(); ++i) {
    const auto& point = setting.item.points[i];
    const std::size_t step = Step(i, setting.item.points.size());
    chart.series.push_back({.key = std::to_string(point.value), .label = Say("{0}. {1}", point.value, point.label), .colour = kColours[step], .glyph = kGlyphs[step]});
  }
  chart.series.push_back({.key = "not_applicable", .label = Say("not applicable"), .glyph = "–"});
  chart.series.push_back({.key = "unknown", .label = Say("unknown"), .glyph = "?"});
  chart.series.push_back({.key = "missing", .label = Say("nothing entered"), .glyph = "∅"});
  LayOut(arguments, setting.item.points.size(), chart);
  for (std::size_t group = 0; registered > 0 && group < split.groups.size(); ++group) {
    for (const auto moment : {kBaseline, kFollowUp, kEveryone}) {
      if (split.groups.size() > 1 && bars[group][moment].empty()) continue;  // A group without anyone needs no bar.
      chart.categories.push_back(Category(split, instrument.subject, group, moment, bars[group][moment]));
      Arguments behind = arguments;
      behind.Clear("layout");
      behind.Clear("neutral");
      behind.Set("moment", std::string(kMoments[moment]));
      if (!split.groups[group].key.empty()) behind.Set("group", split.groups[group].key);
      chart.cells.push_back(Cells(setting, bars[group][moment], behind));
    }
  }
  view::Model model;
  model.title = Say("{0}", setting.item.name);
  model.body = std::move(chart);
  SayWho(model.population, reading, instrument, found, rule);
  model.population.facts.push_back({"item", Say("Item"), setting.item.key});
  model.population.facts.push_back({"instrument", Say("Instrument"), instrument.key});
  model.population.facts.push_back({"version", Say("Version"), instrument.version});
  if (split.groups.size() == 1) {
    constexpr std::array<const char*, 3> kFacts = {"n_baseline", "n_follow_up", "n_all"};
    for (const auto moment : {kBaseline, kFollowUp, kEveryone}) model.population.facts.push_back({kFacts[moment], Say("n, {0}", MomentLabel(moment, instrument.subject)), bars[0][moment].n});
    const Bar& after = bars[0][kFollowUp];
    if (after.n > 0) model.population.facts.push_back({"carried", Say("Carried answers at follow-up (%)"), std::round(1000.0 * static_cast<double>(after.carried) / static_cast<double>(after.n)) / 10.0});
    model.alternative = Say("Distribution of “{0}” over its points, at baseline (n = {1}) and at follow-up (n = {2}) of the same families.", setting.item.name, bars[0][kBaseline].n, after.n);
  }
  if (!setting.item.question.texts.empty()) model.notes.push_back(Verbatim(setting.item.question));
  model.notes.push_back(Say("Not applicable, unknown and nothing entered stand beside the bars, outside the 100 %."));
  if (setting.item.level != "household") {
    model.notes.push_back(setting.first_member ? Say("Of each family only the first member of this level counts.") : Say("Every member of this level who is in the family on the date counts."));
  }
  model.empty = Say("Nothing was registered yet.");
  model.actions = {{Say("Import registrations"), "registrations.import", {}}};
  return model;
}

}  // namespace

void AddItemView(Registry& registry) {
  View item;
  item.id = "registrations.item";
  item.kind = view::Kind::kChart;
  item.label = Say("Distribution of an item");
  item.help = Say("How families stood on one item at baseline and at follow-up.");
  item.parameters = {{.name = "item", .type = ParameterType::kEntity, .label = Say("Item"), .required = true, .entity_kind = "item"},
                     {.name = "layout", .type = ParameterType::kChoice, .label = Say("Bars"), .live = true,
                      .choices = {{"stacked", Say("stacked to 100 %")}, {"diverging", Say("from the middle of the scale")}}, .fallback = "stacked"},
                     {.name = "neutral", .type = ParameterType::kChoice, .label = Say("Middle of the scale"), .live = true,
                      .choices = {{"split", Say("half on either side")}, {"apart", Say("apart")}}, .fallback = "split"},
                     MemberRuleParameter()};
  for (auto& parameter : SplitParameters(registry)) item.parameters.push_back(std::move(parameter));
  item.in_navigator = false;
  item.build = [&whole = registry.whole()](Reading& reading, const Arguments& arguments, Job& job) { return ItemChart(whole, reading, arguments, job); };
  registry.Add(std::move(item));
}

}  // namespace meerstem::registrations
