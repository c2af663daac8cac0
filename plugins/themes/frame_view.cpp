// What was expected held against what was found: confirmed, not found, new.
#include <algorithm>

#include "core/study/people.h"
#include "plugins/themes/frames.h"
#include "plugins/themes/hearing.h"

namespace meerstem::themes {
namespace {

/// A row of the view: an expected theme with those that answer to it, or a theme that nobody expected.
struct Line {
  std::string key;
  std::string name;
  std::vector<Theme> found;
  std::optional<Id> expected;
};

/// The union of the evidence of several themes in one type; all types when there is none.
Evidence EvidenceOf(const Hearing& hearing, const std::vector<Theme>& themes, const std::optional<Id>& type) {
  Evidence all;
  std::set<Id> quotes, against;
  for (const auto& theme : themes) {
    Evidence one = hearing.EvidenceFor(theme.id, [&](const Speaker& speaker) { return !type || speaker.stakeholder == type; });
    all.people.merge(one.people);
    all.sources.merge(one.sources);
    all.sites.merge(one.sites);
    all.unnamed = std::max(all.unnamed, one.unnamed);
    for (const auto& quote : one.quotes) {
      quotes.insert(quote);
      if (hearing.quotes().Contradicts(theme.id, quote)) against.insert(quote);
    }
  }
  all.quotes.assign(quotes.begin(), quotes.end());
  all.against = static_cast<std::int64_t>(against.size());
  return all;
}

view::Target QuotesTarget(const std::vector<Theme>& themes, const std::string& type = {}) {
  view::Target target{"themes.quotes", {}};
  for (const auto& theme : themes) target.arguments.Add("theme", theme.id);
  if (!type.empty()) {
    target.arguments.Set("dimension", std::string("stakeholder"));
    target.arguments.Set("group", type);
  }
  return target;
}

/// Of a type without quotes: not asked only when none of the themes was asked about; without a theme nothing can be told.
view::Cell SilenceOf(const Hearing& hearing, const std::vector<Theme>& themes, const std::set<Id>& sources) {
  if (themes.empty()) return {.state = view::State::kNotApplicable, .why = Say("No theme of the study answers to it.")};
  view::Cell cell;
  for (const auto& theme : themes) {
    view::Cell one = Silence(hearing.questions(), theme.id, sources);
    const bool silent = one.state == view::State::kSilent;
    cell = std::move(one);
    if (silent) break;
  }
  return cell;
}

struct Verdict {
  Message word;
  std::string glyph;
  int order = 0;
};

Verdict VerdictOf(const Line& line, const Evidence& evidence) {
  const auto quotes = static_cast<std::int64_t>(evidence.quotes.size());
  if (!line.expected) return {Say("new"), "+", 3};
  if (quotes == 0) return {line.found.empty() ? Say("not found") : Say("not found: its theme has no quote"), "–", 2};
  if (evidence.against == quotes) return {Say("only contradicted"), "≠", 1};
  if (evidence.against > 0) return {Say("confirmed, with contradiction"), "✓", 0};
  return {Say("confirmed"), "✓", 0};
}

View Frame(const Registry& registry) {
  View view{.id = "themes.frame", .kind = view::Kind::kTable, .label = Say("Expected and found"),
            .help = Say("A deductive frame held against the themes of the study: what was confirmed, what was not found, what is new, with who says it.")};
  view.parameters = {{.name = "frame", .type = ParameterType::kEntity, .label = Say("Frame"), .help = Say("Left out: all frames together."), .live = true, .entity_kind = "frame"},
                     {.name = "show", .type = ParameterType::kChoice, .label = Say("Show"), .live = true,
                      .choices = {{"all", Say("Everything")}, {"confirmed", Say("What was confirmed")}, {"not-found", Say("What was not found")}, {"new", Say("What is new")}}, .fallback = "all"}};
  view.build = [&whole = registry.whole()](Reading& reading, const Arguments& arguments, Job&) {
    const Hearing hearing(whole, reading);
    const auto themes = Themes(reading);
    auto types = StakeholderTypes(reading);
    std::erase_if(types, [](const StakeholderType& type) { return type.researcher; });
    std::map<Id, std::set<Id>> sources;
    for (const auto& speaker : hearing.speakers()) {
      if (speaker.stakeholder && speaker.conversation) sources[*speaker.stakeholder].insert(speaker.source);
    }
    const auto frame = arguments.Entity("frame");
    std::vector<Line> lines;
    std::set<Id> expected_found;
    const auto expected = ExpectedThemes(reading, frame);
    for (const auto& each : expected) {
      Line line{ToString(each.id), frame ? each.within : each.path, {}, each.id};
      // What answers to something below it answers to it as well.
      std::set<Id> matches;
      for (const auto& other : expected) {
        if (other.id == each.id || other.path.starts_with(each.path + "/")) matches.insert(other.matches.begin(), other.matches.end());
      }
      for (const auto& theme : themes) {
        if (!matches.contains(theme.id)) continue;
        line.found.push_back(theme);
        expected_found.insert(theme.id);
      }
      lines.push_back(std::move(line));
    }
    std::int64_t confirmed = 0, missing = 0, fresh = 0;
    for (const auto& theme : themes) {
      if (!expected.empty() && !expected_found.contains(theme.id)) lines.push_back({ToString(theme.id), {}, {theme}, std::nullopt});
    }
    std::vector<view::Row> rows;
    for (const auto& line : lines) {
      const Evidence evidence = EvidenceOf(hearing, line.found, std::nullopt);
      // A heading of the study without quotes of its own is nothing that was found.
      if (!line.expected && evidence.quotes.empty()) continue;
      const Verdict verdict = VerdictOf(line, evidence);
      confirmed += verdict.order <= 1;
      missing += verdict.order == 2;
      fresh += verdict.order == 3;
      const std::string show = arguments.Text("show");
      if ((show == "confirmed" && verdict.order > 1) || (show == "not-found" && verdict.order != 2) || (show == "new" && verdict.order != 3)) continue;
      view::Row row{.key = line.key};
      std::vector<std::string> found;
      for (const auto& theme : line.found) {
        found.push_back(theme.path);
        row.entities.push_back({"theme", theme.id});
      }
      if (line.expected) row.entities.push_back({"expected-theme", *line.expected});
      row.cells = {{.value = line.name}, {.value = verdict.word, .glyph = verdict.glyph}, {.value = Joined(found)}};
      if (!line.expected) row.cells[0] = {.state = view::State::kEmpty, .why = Say("Nobody expected this theme.")};
      for (const auto& type : types) {
        const Evidence one = EvidenceOf(hearing, line.found, type.id);
        view::Cell cell;
        if (one.quotes.empty()) {
          cell = SilenceOf(hearing, line.found, sources[type.id]);
        } else {
          cell = {.value = static_cast<std::int64_t>(one.people.size()), .parts = {{"quotes", static_cast<std::int64_t>(one.quotes.size())}}, .target = QuotesTarget(line.found, type.key)};
          if (one.against > 0) {
            cell.glyph = "≠";
            cell.parts.emplace_back("against", one.against);
          }
        }
        row.cells.push_back(std::move(cell));
      }
      for (const auto count : {evidence.people.size(), evidence.sources.size(), evidence.quotes.size()}) row.cells.push_back({.value = static_cast<std::int64_t>(count)});
      if (!line.found.empty()) row.target = QuotesTarget(line.found);
      rows.push_back(std::move(row));
    }
    view::Table table{{{"expected", Say("Expected theme"), view::ColumnType::kText, 26}, {"verdict", Say("What became of it")}, {"found", Say("Theme of the study"), view::ColumnType::kText, 18}}, nullptr};
    for (const auto& type : types) table.columns.push_back({type.key, Verbatim(type.name), view::ColumnType::kInteger});
    table.columns.push_back({"people", Say("People"), view::ColumnType::kInteger});
    table.columns.push_back({"conversations", Say("Conversations"), view::ColumnType::kInteger});
    table.columns.push_back({"quotes", Say("Quotes"), view::ColumnType::kInteger});
    table.rows = view::MakeRows(std::move(rows));
    view::Model model;
    if (frame) {
      auto row = reading.Query("SELECT name, origin FROM frame WHERE id = ?", *frame);
      if (row.Step()) {
        model.title = Say("Expected and found: {0}", row.Text(0));
        if (!row.View(1).empty()) model.notes.push_back(Verbatim(row.Text(1)));
      }
    }
    model.population.description = Say("Per type the people whose quotes speak of it, remarks of registrations left out; which theme answers to what was expected is the researcher's judgement");
    model.population.facts = {{"expected", Say("Expected"), static_cast<std::int64_t>(expected.size())}, {"confirmed", Say("Confirmed"), confirmed}, {"not_found", Say("Not found"), missing}, {"new", Say("New"), fresh}};
    for (auto& note : SilenceNotes(hearing.questions())) model.notes.push_back(std::move(note));
    model.body = std::move(table);
    model.empty = expected.empty() ? Say("No deductive frame is loaded: a list of themes that were expected, from literature or earlier work.") : Say("Nothing of this frame answers to this choice.");
    model.actions = {{Say("Load a deductive frame"), "themes.load-frame", {}}, {Say("Say which theme answers to an expected one"), "themes.match-expected", {}}};
    return model;
  };
  return view;
}

}  // namespace

void RegisterFrameView(Registry& registry) { registry.Add(Frame(registry)); }

}  // namespace meerstem::themes
