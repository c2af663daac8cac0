#include <algorithm>
#include <map>
#include <set>

#include "core/study/crossing.h"
#include "core/study/crossing_view.h"
#include "core/study/display.h"
#include "core/study/quotes.h"
#include "core/study/sources.h"
#include "plugins/themes/hearing.h"
#include "plugins/themes/part.h"

namespace meerstem::themes {
namespace {

Parameter RemarksParameter() {
  return {.name = "with-remarks", .type = ParameterType::kBoolean, .label = Say("Registration remarks too"),
          .help = Say("A remark is the registrar's voice about a case, so matrices keep it apart.")};
}

view::Action NewTheme() { return {Say("New theme"), "themes.add-theme", {}}; }

/// The quotes that contradict some theme of theirs.
std::vector<QuoteFacts> Contradicting(Reading& reading, const ThemeQuotes& quotes, bool with_remarks) {
  if (quotes.against.empty()) return {};
  auto heard = Quotes(reading, {.include_remarks = with_remarks});
  std::erase_if(heard, [&](const QuoteFacts& quote) { return std::none_of(quotes.against.begin(), quotes.against.end(), [&](const auto& of) { return of.second.contains(quote.id); }); });
  return heard;
}

/// What a theme is built from, below it in the tree.
void AddRoots(const Registry& registry, Reading& reading, const Theme& theme, bool with_remarks, view::Tree& tree) {
  const std::string parent = ToString(theme.id);
  auto codes = reading.Query(
      "SELECT code_path.id, path, colour FROM theme_code JOIN code_path ON code_path.id = code_id JOIN code ON code.id = code_id WHERE theme_id = ? ORDER BY path", theme.id);
  while (codes.Step()) {
    view::Node code{.key = parent + "/" + ToString(codes.GetId(0)), .parent = parent, .label = Verbatim(codes.Text(1))};
    const auto quotes = static_cast<std::int64_t>(Quotes(reading, {.codes = {codes.GetId(0)}, .include_remarks = with_remarks}).size());
    code.cells = {{.state = view::State::kNotApplicable}, {.state = view::State::kNotApplicable}, {.value = quotes}, {.state = view::State::kNotApplicable}, {}};
    code.entities = {{"code", codes.GetId(0)}};
    code.colour = codes.Text(2);
    code.target = view::Target{"coding.retrieve", {{"code", codes.GetId(0)}}};
    tree.nodes.push_back(std::move(code));
  }
  auto queries = reading.Query("SELECT query_id FROM theme_query WHERE theme_id = ? ORDER BY id", theme.id);
  while (queries.Step()) {
    const Id query = queries.GetId(0);
    view::Node node{.key = parent + "/" + ToString(query), .parent = parent};
    node.cells.assign(5, {.state = view::State::kNotApplicable});
    if (const auto name = QueryName(registry, reading, query)) {
      node.label = Say("Query: {0}", *name);
      node.entities = {{"query", query}};
      node.target = view::Target{"coding.query", {{"query", query}}};
    } else {
      node.label = Say("A query that is no longer in the study");
      node.cells[2] = {.state = view::State::kStale};
    }
    tree.nodes.push_back(std::move(node));
  }
}

View List(const Registry& registry) {
  View view{.id = "themes.list", .kind = view::Kind::kTree, .label = Say("Themes"), .help = Say("Every theme with its codes and its evidence.")};
  view.parameters = {RemarksParameter()};
  view.build = [&whole = registry.whole()](Reading& reading, const Arguments& arguments, Job&) {
    view::Model model;
    view::Tree tree{.label_title = Say("Theme"),
                    .columns = {{"people", Say("People"), view::ColumnType::kInteger},
                                {"conversations", Say("Conversations"), view::ColumnType::kInteger},
                                {"quotes", Say("Quotes"), view::ColumnType::kInteger},
                                {"against", Say("Contradict it"), view::ColumnType::kInteger},
                                {"description", Say("Description")}}};
    const Dimension themes = ThemeDimension(whole);
    const auto quotes = QuotesOfThemes(whole, reading);
    const auto heard = Contradicting(reading, *quotes, arguments.Flag("with-remarks"));
    const Dimension nothing{"", {}, "quote", [](Reading&) { return Grouping{}; }};
    const Crossing crossing = Cross(reading, themes, nothing, {.include_remarks = arguments.Flag("with-remarks")});
    const auto all = Themes(reading);
    for (std::size_t i = 0; i < all.size(); ++i) {
      const Theme& theme = all[i];
      const Crossed& evidence = crossing.row_totals[i];
      view::Node node{.key = ToString(theme.id), .parent = theme.parent ? ToString(*theme.parent) : "", .label = Verbatim(theme.name)};
      const auto against = std::count_if(heard.begin(), heard.end(), [&](const QuoteFacts& quote) { return quotes->Contradicts(theme.id, quote.id); });
      node.cells = {PeopleCell(evidence.people, evidence.unnamed), {.value = evidence.sources}, {.value = evidence.quotes}, {.value = static_cast<std::int64_t>(against), .glyph = against > 0 ? "≠" : ""}, {.value = theme.description}};
      node.cells[4].edit = view::Edit{"themes.set-theme", {{"theme", theme.id}}, "description", ParameterType::kProse, {}};
      node.entities = {{"theme", theme.id}};
      node.target = view::Target{"themes.quotes", {{"theme", theme.id}}};
      node.rename = view::Edit{"themes.set-theme", {{"theme", theme.id}}, "name", ParameterType::kText, {}};
      tree.nodes.push_back(std::move(node));
      AddRoots(whole, reading, theme, arguments.Flag("with-remarks"), tree);
    }
    model.body = std::move(tree);
    model.drops = {{"code", "theme", "themes.link-code", "code", "theme"},
                   {"quote", "theme", "themes.link-quote", "quote", "theme"},
                   {"query", "theme", "themes.link-query", "query", "theme"},
                   {"theme", "theme", "themes.move-theme", "theme", "parent"}};
    model.actions = {NewTheme()};
    model.empty = Say("There are no themes yet. A theme gathers codes and quotes that say something together.");
    return model;
  };
  return view;
}

/// Tells silent from not asked where nothing was said, and marks what was said against a theme or without being asked.
void Weigh(const Registry& registry, Reading& reading, const Crossing& crossing, const Dimension& columns, bool with_remarks, view::Model& model) {
  const Questions questions(reading);
  const auto quotes = QuotesOfThemes(registry, reading);
  const auto voices = Voices(reading, false);
  const Grouping grouping = columns.groups(reading);
  const auto groups = GroupsOfQuotes(columns, grouping, voices);
  std::vector<std::set<Id>> sources(crossing.columns.size());
  std::set<Id> conversations;
  auto rows = reading.Query("SELECT id FROM source WHERE kind IN ('interview', 'focus_group')");
  while (rows.Step()) conversations.insert(rows.GetId(0));
  for (std::size_t i = 0; i < voices.size(); ++i) {
    if (!conversations.contains(voices[i].span.source)) continue;
    for (const auto group : groups[i]) sources[group].insert(voices[i].span.source);
  }
  std::map<std::pair<Id, std::size_t>, std::int64_t> contradictions;  // By theme and column.
  const auto contradicting = Contradicting(reading, *quotes, with_remarks);
  const auto groups_of = GroupsOfQuotes(columns, grouping, contradicting);
  for (std::size_t i = 0; i < contradicting.size(); ++i) {
    for (const auto& [theme, of] : quotes->against) {
      if (!of.contains(contradicting[i].id)) continue;
      for (const auto group : groups_of[i]) ++contradictions[{theme, group}];
    }
  }
  auto& matrix = std::get<view::Matrix>(model.body);
  bool against = false;
  for (std::size_t r = 0; r < crossing.rows.size(); ++r) {
    const Id& theme = crossing.rows[r].entities.front().id;
    for (std::size_t c = 0; c < crossing.columns.size(); ++c) {
      view::Cell& cell = matrix.cells[r][c];
      if (crossing.cells[r][c].quotes == 0) {
        if (sources[c].empty()) continue;  // Nobody was heard, or only a registrar.
        view::Cell silence = Silence(questions, theme, sources[c]);
        silence.value = cell.value;
        silence.entities = cell.entities;
        cell = std::move(silence);
        continue;
      }
      if (const auto contradict = contradictions.find({theme, c}); contradict != contradictions.end()) {
        against = true;
        cell.glyph = cell.glyph.empty() ? "≠" : "≠ " + cell.glyph;
        cell.parts.emplace_back("against", contradict->second);
      }
      const bool unasked = !sources[c].empty() && std::all_of(sources[c].begin(), sources[c].end(), [&](const Id& source) { return questions.Was(theme, source) == Asked::kNo; });
      if (unasked && cell.why.empty()) cell.why = Say("In no topic guide of these conversations: they spoke of it by themselves.");
    }
  }
  for (auto& note : SilenceNotes(questions)) model.notes.insert(model.notes.begin(), std::move(note));
  if (against) model.notes.push_back(Say("≠ : with quotes that contradict the theme."));
}

View ThemeMatrix(const Registry& registry) {
  View view{.id = "themes.matrix", .kind = view::Kind::kMatrix, .label = Say("Themes by group"), .help = Say("Who speaks about which theme: people and conversations first, then quotes.")};
  view.parameters = {DimensionParameter(registry, "columns", Say("Columns"), "stakeholder"),
                     {.name = "count", .type = ParameterType::kChoice, .label = Say("Count"), .choices = CountChoices(), .fallback = "people"},
                     RemarksParameter()};
  view.build = [&whole = registry.whole()](Reading& reading, const Arguments& arguments, Job&) {
    const Dimension& columns = *whole.FindDimension(arguments.Text("columns"));
    const Dimension themes = ThemeDimension(whole);
    const QuoteFilter filter{.include_remarks = arguments.Flag("with-remarks"), .count_words = arguments.Text("count") == "words"};
    // Codes and queries hold quotes: nobody can be silent there.
    CrossingLook look{.count = arguments.Text("count"), .target = {}, .explain_silence = columns.unit == "quote"};
    look.target = [&](const Group* row, const Group* column) -> std::optional<view::Target> {
      if (!row) return std::nullopt;
      view::Target target{"themes.quotes", {{"theme", row->entities.front().id}}};
      if (column) {
        target.arguments.Set("dimension", columns.id);
        target.arguments.Set("group", column->key);
      }
      if (arguments.Flag("with-remarks")) target.arguments.Set("with-remarks", std::int64_t{1});
      return target;
    };
    const Crossing crossing = Cross(reading, themes, columns, filter);
    view::Model model = ShowCrossing(crossing, themes, columns, look);
    if (columns.unit != "quote") Weigh(whole, reading, crossing, columns, arguments.Flag("with-remarks"), model);
    model.actions = {NewTheme()};
    model.empty = Say("There are no themes yet, so there is nothing to compare.");
    return model;
  };
  return view;
}

/// The themes of a quote, and those that it contradicts with why.
std::pair<view::Cell, view::Cell> Stance(const ThemeQuotes& quotes, const std::vector<Theme>& themes, const Id& quote) {
  std::vector<std::string> of, against;
  for (const auto& theme : themes) {
    if (!quotes.Has(theme.id, quote)) continue;
    of.push_back(theme.name);
    if (!quotes.Contradicts(theme.id, quote)) continue;
    const std::string& note = quotes.against.at(theme.id).at(quote);
    against.push_back(note.empty() ? theme.name : theme.name + ": " + note);
  }
  view::Cell contradicts{.value = Joined(against), .glyph = against.empty() ? "" : "≠"};
  return {view::Cell{.value = Joined(of)}, std::move(contradicts)};
}

View QuotesView(const Registry& registry) {
  View view{.id = "themes.quotes", .kind = view::Kind::kTable, .label = Say("Quotes of a theme"), .help = Say("The quotes that speak for a theme, of everyone or of one group.")};
  view.in_navigator = false;
  Parameter theme_parameter = ThemeParameter();
  theme_parameter.list = true;
  view.parameters = {theme_parameter,
                     DimensionParameter(registry, "dimension", Say("Of the groups"), "stakeholder"),
                     {.name = "group", .label = Say("Group"), .help = Say("The key of one group; - for what lies in none; empty for all.")},
                     {.name = "against", .type = ParameterType::kBoolean, .label = Say("Only what contradicts the theme"), .live = true},
                     {.name = "for", .type = ParameterType::kChoice, .label = Say("Purpose"), .choices = {{"analysis", Say("Analysis")}, {"export", Say("Export")}}, .fallback = "analysis"},
                     RemarksParameter()};
  view.build = [&whole = registry.whole()](Reading& reading, const Arguments& arguments, Job&) {
    const auto wanted = arguments.Entities("theme");
    const Id& theme = wanted.front();
    const Purpose purpose = arguments.Text("for") == "export" ? Purpose::kExport : Purpose::kAnalysis;
    const auto of_themes = QuotesOfThemes(whole, reading);
    auto quotes = Quotes(reading, {.include_remarks = arguments.Flag("with-remarks")});
    std::erase_if(quotes, [&](const QuoteFacts& quote) {
      return std::none_of(wanted.begin(), wanted.end(), [&](const Id& each) { return arguments.Flag("against") ? of_themes->Contradicts(each, quote.id) : of_themes->Has(each, quote.id); });
    });
    if (const std::string group = arguments.Text("group"); !group.empty()) {
      quotes = InGroup(reading, *whole.FindDimension(arguments.Text("dimension")), group, std::move(quotes));
    }
    const auto themes = Themes(reading);
    std::int64_t withheld = 0;
    std::vector<view::Row> rows;
    for (const auto& quote : quotes) {
      if (!MayUse(reading, quote.span, purpose)) {
        ++withheld;
        continue;
      }
      view::Row row{.key = ToString(quote.id)};
      const Source source = GetSource(reading, quote.span.source);
      auto [of, against] = Stance(*of_themes, themes, quote.id);
      row.cells = {{.value = DisplayText(reading, quote.span, purpose)}, {.value = Reference(reading, quote.span)}, {.value = source.title}, std::move(of), std::move(against)};
      row.entities = {{"quote", quote.id}};
      row.target = view::Target{"coding.document", {{"source", quote.span.source}, {"start", quote.span.range.start}, {"end", quote.span.range.end}}};
      rows.push_back(std::move(row));
    }
    view::Model model;
    std::vector<std::string> names;
    for (const auto& each : themes) {
      if (std::find(wanted.begin(), wanted.end(), each.id) == wanted.end()) continue;
      names.push_back(each.name);
      if (!each.description.empty()) model.notes.push_back(Verbatim(each.description));
    }
    model.title = Say("Quotes: {0}", Joined(names, ", "));
    if (withheld > 0) model.notes.push_back(SayCount("{0} quote is left out for lack of consent.", "{0} quotes are left out for lack of consent.", withheld));
    model.population.description = Say("Quotes with a code of the theme, found by a query of it, or linked to it on their own");
    model.population.facts = {{"quotes", Say("Quotes"), static_cast<std::int64_t>(rows.size())}};
    model.body = view::Table{{{"text", Say("Words"), view::ColumnType::kText, 80}, {"reference", Say("Who")}, {"source", Say("Source")}, {"themes", Say("Themes")}, {"against", Say("Contradicts"), view::ColumnType::kText, 30}},
                             view::MakeRows(std::move(rows))};
    model.empty = arguments.Flag("against") ? Say("No quote is marked as contradicting this theme here.") : Say("No quote speaks for this theme here. Link a code or select words in a text and link them.");
    model.actions = {{Say("Link a code to a theme"), "themes.link-code", {{"theme", theme}}}};
    model.drops = {{"code", "theme", "themes.link-code", "code", "theme"}};
    return model;
  };
  return view;
}

}  // namespace

void RegisterThemeViews(Registry& registry) {
  registry.Add(List(registry));
  registry.Add(ThemeMatrix(registry));
  registry.Add(QuotesView(registry));
}

}  // namespace meerstem::themes
