// The logic model drawn, and box by box: what speaks for it, and what is missing.
#include <algorithm>
#include <set>

#include "core/base/error.h"
#include "core/study/crossing_view.h"
#include "core/study/display.h"
#include "plugins/themes/logic.h"
#include "plugins/themes/themes.h"

namespace meerstem::themes {
namespace {

struct Measured {
  LogicIndicator indicator;
  Message says;                    ///< The view in one sentence, or why it says nothing.
  bool speaks = false;
  Arguments arguments;
};

/// What is hung on a box and what it holds.
struct Evidence {
  std::vector<std::pair<Id, std::string>> themes;
  std::vector<Measured> indicators;
  std::set<Id> quotes, people, types, sources;
  std::int64_t unnamed = 0;
  std::vector<Message> gaps;
};

Message LabelOf(const std::vector<Choice>& choices, const std::string& key) {
  for (const auto& choice : choices) {
    if (choice.key == key) return choice.label;
  }
  return {};
}

const char* ColourOf(const std::string& level) {
  if (level == "family") return "#0072B2";
  if (level == "coach") return "#009E73";
  if (level == "organisation") return "#E69F00";
  if (level == "network") return "#CC79A7";
  return "#808080";
}

/// The first facts of a view's population: what it is about, in numbers.
Message FactsOf(const view::Model& model) {
  Message facts;
  std::size_t told = 0;
  for (const auto& fact : model.population.facts) {
    const auto* n = std::get_if<std::int64_t>(&fact.value);
    if (!n || told == 3) continue;
    ++told;
    Message one = Say("{0}: {1}", fact.label, *n);
    facts = facts.empty() ? std::move(one) : Say("{0}, {1}", facts, one);
  }
  return facts;
}

Measured Measure(const Registry& registry, Reading& reading, const LogicIndicator& indicator, Job& job) {
  Measured measured{.indicator = indicator};
  const View* view = registry.FindView(indicator.view);
  if (!view) {
    measured.says = Say("There is no view “{0}”; the plugin that has it may not be loaded.", indicator.view);
    return measured;
  }
  try {
    measured.arguments = ParseArguments(registry, reading, view->parameters, ReadSettings(indicator.arguments));
    const view::Model model = view->build(reading, CompleteArguments(registry, reading, view->parameters, measured.arguments), job);
    measured.speaks = !view::IsEmpty(model);
    measured.says = !measured.speaks ? model.empty : !model.alternative.empty() ? model.alternative : FactsOf(model);
  } catch (const Error& error) {
    if (error.code() == ErrorCode::kCancelled) throw;
    measured.says = error.message();
  }
  return measured;
}

std::map<Id, Evidence> EvidenceOf(const Registry& registry, Reading& reading, const std::vector<LogicBox>& boxes, Job& job) {
  std::map<Id, Evidence> all;
  std::map<Id, QuoteFacts> quotes;
  for (auto& quote : Quotes(reading, {})) quotes.emplace(quote.id, std::move(quote));
  std::set<Id> remarks;
  {
    auto found = reading.Query("SELECT id FROM source WHERE kind = 'remark'");
    while (found.Step()) remarks.insert(found.GetId(0));
  }
  const auto themes = Themes(reading);
  const auto of_themes = QuotesOfThemes(registry, reading);
  {
    auto rows = reading.Query("SELECT box_id, theme_id FROM logic_theme");
    std::vector<std::pair<Id, Id>> hung;
    while (rows.Step()) hung.emplace_back(rows.GetId(0), rows.GetId(1));
    for (const auto& theme : themes) {
      for (const auto& [box, id] : hung) {
        if (id != theme.id) continue;
        Evidence& evidence = all[box];
        evidence.themes.emplace_back(id, theme.path);
        for (const auto& of_theme : of_themes->Of(id)) {
          const auto quote = quotes.find(of_theme);
          if (quote == quotes.end() || !MayUse(reading, quote->second.span, Purpose::kAnalysis) || !evidence.quotes.insert(of_theme).second) continue;
          evidence.people.insert(quote->second.people.begin(), quote->second.people.end());
          evidence.types.insert(quote->second.stakeholders.begin(), quote->second.stakeholders.end());
          evidence.sources.insert(quote->second.span.source);
          evidence.unnamed += quote->second.people.empty() && !remarks.contains(quote->second.span.source);
        }
      }
    }
  }
  for (const auto& indicator : LogicIndicators(reading)) all[indicator.box].indicators.push_back(Measure(registry, reading, indicator, job));
  const std::int64_t types = reading.Number("SELECT count(*) FROM stakeholder_type WHERE researcher = 0");
  std::set<Id> tied;
  for (const auto& arrow : LogicArrows(reading)) {
    tied.insert(arrow.from);
    tied.insert(arrow.to);
  }
  for (const auto& box : boxes) {
    Evidence& evidence = all[box.id];
    auto& gaps = evidence.gaps;
    if (evidence.themes.empty() && evidence.indicators.empty()) gaps.push_back(Say("nothing is hung on it"));
    else if (evidence.themes.empty()) gaps.push_back(Say("no voice: no theme"));
    else if (evidence.quotes.empty()) gaps.push_back(Say("its themes have no quotes"));
    else if (evidence.types.size() == 1 && types > 1) gaps.push_back(Say("only one type of stakeholder speaks of it"));
    if (!evidence.themes.empty() && evidence.indicators.empty()) gaps.push_back(Say("no number: no indicator"));
    for (const auto& each : evidence.indicators) {
      if (!each.speaks) gaps.push_back(Say("the indicator “{0}” says nothing", each.indicator.name));
    }
    if (boxes.size() > 1 && !tied.contains(box.id)) gaps.push_back(Say("no arrow leads to it or from it"));
  }
  return all;
}

Message Joined(const std::vector<Message>& parts, const char* between) {
  Message joined;
  for (const auto& part : parts) joined = joined.empty() ? part : Message{std::string("{0}") + between + "{1}", {}, {std::make_shared<const Message>(joined), std::make_shared<const Message>(part)}};
  return joined;
}

Message PeopleOf(const Evidence& evidence) {
  const std::int64_t people = std::max<std::int64_t>(static_cast<std::int64_t>(evidence.people.size()), evidence.unnamed > 0);
  return evidence.unnamed > 0 ? SayCount("at least {0} person", "at least {0} people", people) : SayCount("{0} person", "{0} people", people);
}

/// Under the name of a box: themes with their quotes, indicators, gaps.
Message NoteOf(const Evidence& evidence) {
  std::vector<Message> lines;
  for (const auto& [id, path] : evidence.themes) lines.push_back(Say("• {0}", path));
  if (!evidence.quotes.empty()) lines.push_back(Say("{0}, {1}", SayCount("{0} quote", "{0} quotes", static_cast<std::int64_t>(evidence.quotes.size())), PeopleOf(evidence)));
  for (const auto& each : evidence.indicators) lines.push_back(Say("▪ {0}", each.indicator.name));
  for (const auto& gap : evidence.gaps) lines.push_back(Say("⚠ {0}", gap));
  return Joined(lines, "\n");
}

view::Model NoBoxes(view::Model model) {
  model.empty = Say("The logic model has no boxes yet. Begin with what is done, and with what it should bring about.");
  model.actions = {{Say("New box in the logic model"), "themes.add-box", {}}, {Say("Draw an arrow"), "themes.draw-arrow", {}}, {Say("Hang a theme on a box"), "themes.hang-theme", {}},
                   {Say("Hang an indicator on a box"), "themes.hang-indicator", {}}};
  return model;
}

View Drawn(const Registry& registry) {
  View view{.id = "themes.logic-model", .kind = view::Kind::kChart, .label = Say("Logic model"), .help = Say("Boxes and arrows from what is done to its impact, with evidence and gaps per box.")};
  view.build = [&whole = registry.whole()](Reading& reading, const Arguments&, Job& job) {
    const auto boxes = LogicBoxes(reading);
    auto all = EvidenceOf(whole, reading, boxes, job);
    view::Chart chart{.kind = view::ChartKind::kBoxes, .category_title = Say("Box"), .value_title = Say("Leads to"), .group_title = Say("Stage")};
    std::set<std::string> levels;
    std::int64_t gaps = 0;
    for (const auto& box : boxes) {
      const Evidence& evidence = all[box.id];
      gaps += !evidence.gaps.empty();
      levels.insert(box.level);
      chart.categories.push_back({.key = ToString(box.id), .label = Verbatim(box.name), .entities = {{"logic-box", box.id}}, .target = view::Target{"themes.logic-evidence", {}},
                                  .colour = ColourOf(box.level), .note = NoteOf(evidence), .group = LabelOf(StageChoices(), box.stage)});
      chart.series.push_back({.key = ToString(box.id), .label = Verbatim(box.name), .entities = {{"logic-box", box.id}}});
    }
    chart.cells.assign(boxes.size(), std::vector<view::Cell>(boxes.size(), view::Cell{.state = view::State::kEmpty}));
    const auto place = [&](const Id& id) { return static_cast<std::size_t>(std::find_if(boxes.begin(), boxes.end(), [&](const LogicBox& box) { return box.id == id; }) - boxes.begin()); };
    for (const auto& arrow : LogicArrows(reading)) {
      view::Cell& cell = chart.cells[place(arrow.from)][place(arrow.to)];
      cell = {.value = std::int64_t{1}, .why = Verbatim(arrow.because)};
      cell.alternative = arrow.because.empty() ? Say("“{0}” leads to “{1}”", boxes[place(arrow.from)].name, boxes[place(arrow.to)].name)
                                               : Say("“{0}” leads to “{1}”: {2}", boxes[place(arrow.from)].name, boxes[place(arrow.to)].name, arrow.because);
    }
    for (std::size_t i = 0; i < boxes.size(); ++i) {
      chart.cells[i][i] = {.state = view::State::kNotApplicable, .why = chart.categories[i].note, .entities = chart.categories[i].entities, .target = chart.categories[i].target, .alternative = chart.categories[i].label};
    }
    for (const auto& level : LevelChoices()) {
      if (levels.contains(level.key)) chart.legend.push_back({.key = level.key, .label = level.label, .colour = ColourOf(level.key)});
    }
    view::Model model;
    const auto n = static_cast<std::int64_t>(boxes.size());
    model.population.facts = {{"boxes", Say("Boxes"), n}, {"arrows", Say("Arrows"), static_cast<std::int64_t>(LogicArrows(reading).size())}, {"gaps", Say("Boxes with a gap"), gaps}};
    model.alternative = Say("{0}, {1}.", SayCount("{0} box", "{0} boxes", n), SayCount("{0} with a gap", "{0} with a gap", gaps));
    model.body = std::move(chart);
    model.drops = {{"theme", "logic-box", "themes.hang-theme", "theme", "box"}, {"logic-box", "logic-box", "themes.draw-arrow", "from", "to"}};
    return NoBoxes(std::move(model));
  };
  return view;
}

View BoxByBox(const Registry& registry) {
  View view{.id = "themes.logic-evidence", .kind = view::Kind::kTable, .label = Say("Logic model, box by box"), .help = Say("Of each box the themes and indicators on it, what they hold, and what is missing.")};
  view.parameters = {{.name = "gaps", .type = ParameterType::kBoolean, .label = Say("Only boxes with a gap"), .live = true}};
  view.build = [&whole = registry.whole()](Reading& reading, const Arguments& arguments, Job& job) {
    const auto boxes = LogicBoxes(reading);
    auto all = EvidenceOf(whole, reading, boxes, job);
    std::vector<view::Row> rows;
    std::int64_t with_gap = 0;
    const auto shown = [](Message words) { return words.empty() ? view::Cell{.state = view::State::kEmpty} : view::Cell{.value = std::move(words)}; };
    for (const auto& box : boxes) {
      const Evidence& evidence = all[box.id];
      with_gap += !evidence.gaps.empty();
      if (arguments.Flag("gaps") && evidence.gaps.empty()) continue;
      view::Row row{.key = ToString(box.id), .entities = {{"logic-box", box.id}}};
      const auto edit = [&](const char* parameter, ParameterType type, std::vector<Choice> choices = {}) { return view::Edit{"themes.set-box", {{"box", box.id}}, parameter, type, std::move(choices)}; };
      std::vector<Message> themes, indicators;
      view::Cell theme_cell;
      for (const auto& [id, path] : evidence.themes) {
        themes.push_back(Verbatim(path));
        theme_cell.entities.push_back({"theme", id});
      }
      for (const auto& each : evidence.indicators) indicators.push_back(each.says.empty() ? Verbatim(each.indicator.name) : Say("{0}: {1}", each.indicator.name, each.says));
      view::Cell indicator_cell = shown(Joined(indicators, "; "));
      if (!evidence.indicators.empty()) indicator_cell.target = view::Target{evidence.indicators.front().indicator.view, evidence.indicators.front().arguments};
      auto entities = std::move(theme_cell.entities);
      theme_cell = shown(Joined(themes, "; "));
      theme_cell.entities = std::move(entities);
      if (evidence.themes.size() == 1) theme_cell.target = view::Target{"themes.quotes", {{"theme", evidence.themes.front().first}}};
      row.cells = {{.value = box.name}, {.value = LabelOf(StageChoices(), box.stage)}, shown(LabelOf(LevelChoices(), box.level)), std::move(theme_cell), {.value = static_cast<std::int64_t>(evidence.quotes.size())},
                   PeopleCell(static_cast<std::int64_t>(evidence.people.size()), evidence.unnamed), {.value = static_cast<std::int64_t>(evidence.types.size())}, std::move(indicator_cell), shown(Joined(evidence.gaps, "; "))};
      row.cells[0].edit = edit("name", ParameterType::kText);
      row.cells[1].edit = edit("stage", ParameterType::kChoice, StageChoices());
      row.cells[2].edit = edit("level", ParameterType::kChoice, LevelChoices());
      rows.push_back(std::move(row));
    }
    view::Model model;
    model.population.description = Say("Quotes and remarks of the themes on a box, that may be analysed; each counts once per box");
    model.population.facts = {{"boxes", Say("Boxes"), static_cast<std::int64_t>(boxes.size())}, {"gaps", Say("Boxes with a gap"), with_gap}};
    model.body = view::Table{{{"box", Say("Box"), view::ColumnType::kText, 30}, {"stage", Say("Stage")}, {"level", Say("About whom")}, {"themes", Say("Themes"), view::ColumnType::kText, 30}, {"quotes", Say("Quotes"), view::ColumnType::kInteger},
                              {"people", Say("People"), view::ColumnType::kInteger}, {"types", Say("Stakeholder types"), view::ColumnType::kInteger}, {"indicators", Say("Indicators"), view::ColumnType::kText, 40}, {"gaps", Say("Gaps"), view::ColumnType::kText, 40}},
                             view::MakeRows(std::move(rows))};
    model.drops = {{"theme", "logic-box", "themes.hang-theme", "theme", "box"}};
    return NoBoxes(std::move(model));
  };
  return view;
}

}  // namespace

void RegisterLogicViews(Registry& registry) {
  registry.Add(Drawn(registry));
  registry.Add(BoxByBox(registry));
}

}  // namespace meerstem::themes
