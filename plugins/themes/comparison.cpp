// What all types (or sites) say of, what one says of alone, and where they contradict one another.
#include <algorithm>

#include "core/study/people.h"
#include "plugins/themes/hearing.h"
#include "plugins/themes/part.h"

namespace meerstem::themes {
namespace {

/// A group of speakers that is compared with others.
struct Party {
  std::string key;
  std::string name;
  std::optional<Id> stakeholder, site;
  std::set<Id> sources;
  bool Holds(const Speaker& speaker) const { return (!stakeholder || speaker.stakeholder == stakeholder) && (!site || speaker.site == site); }
};

std::vector<Party> PartiesOf(Reading& reading, const Hearing& hearing, const std::string& by) {
  std::vector<Party> parties;
  std::vector<Party> sites;
  auto rows = reading.Query("SELECT id, name FROM site ORDER BY order_key");
  while (rows.Step()) sites.push_back({rows.Text(1), rows.Text(1), std::nullopt, rows.GetId(0), {}});
  if (by == "site") parties = sites;
  for (const auto& type : StakeholderTypes(reading)) {
    if (type.researcher || by == "site") continue;
    if (by == "stakeholder") parties.push_back({type.key, type.name, type.id, std::nullopt, {}});
    else
      for (const auto& site : sites) parties.push_back({type.key + "/" + site.key, type.name + ", " + site.name, type.id, site.site, {}});
  }
  for (auto& party : parties) {
    for (const auto& speaker : hearing.speakers()) {
      if (speaker.conversation && party.Holds(speaker)) party.sources.insert(speaker.source);
    }
  }
  // A type in which nobody was heard is worth a column; a site without conversations, or each empty pair, is not.
  std::erase_if(parties, [&](const Party& party) { return by != "stakeholder" && party.sources.empty(); });
  return parties;
}

/// How the parties stand to one theme.
struct Standing {
  enum class Pattern { kShared, kSome, kAlone, kNobody };
  std::vector<Evidence> evidence;       ///< By party.
  std::vector<view::Cell> cells;
  std::vector<std::string> speak, silent, against;
  bool contested = false;               ///< Some mostly contradict what others do not.
  std::size_t untold = 0;               ///< Not asked or not heard.
  Pattern pattern = Pattern::kNobody;
};

Standing StandingOf(const Hearing& hearing, const Theme& theme, const std::vector<Party>& parties, const std::string& by) {
  Standing standing;
  bool some_support = false, some_contradict = false;
  for (const auto& party : parties) {
    standing.evidence.push_back(hearing.EvidenceFor(theme.id, [&](const Speaker& speaker) { return party.Holds(speaker); }));
    const Evidence& evidence = standing.evidence.back();
    const auto quotes = static_cast<std::int64_t>(evidence.quotes.size());
    if (quotes == 0) {
      standing.cells.push_back(Silence(hearing.questions(), theme.id, party.sources));
      if (standing.cells.back().state == view::State::kSilent) standing.silent.push_back(party.name);
      else ++standing.untold;
      continue;
    }
    standing.speak.push_back(party.name);
    view::Cell cell{.value = static_cast<std::int64_t>(evidence.people.size()), .parts = {{"quotes", quotes}}};
    if (evidence.unnamed > 0) cell.why = SayCount("At least: {0} quote has no known speaker.", "At least: {0} quotes have no known speaker.", evidence.unnamed);
    cell.target = view::Target{"themes.quotes", {{"theme", theme.id}, {"dimension", by}, {"group", party.key}}};
    if (evidence.against > 0) {
      cell.glyph = "≠";
      cell.parts.emplace_back("against", evidence.against);
      standing.against.push_back(party.name + " " + std::to_string(evidence.against) + "/" + std::to_string(quotes));
    }
    (2 * evidence.against > quotes ? some_contradict : some_support) = true;
    standing.cells.push_back(std::move(cell));
  }
  standing.contested = some_support && some_contradict;
  using Pattern = Standing::Pattern;
  const std::size_t speak = standing.speak.size();
  standing.pattern = speak == 0 ? Pattern::kNobody : speak == 1 ? Pattern::kAlone : standing.silent.empty() && standing.untold == 0 ? Pattern::kShared : Pattern::kSome;
  return standing;
}

Message Said(const Standing& standing) {
  const std::string speak = Joined(standing.speak, ", "), silent = Joined(standing.silent, ", ");
  switch (standing.pattern) {
    case Standing::Pattern::kShared: return Say("All of them");
    case Standing::Pattern::kNobody: return Say("Nobody");
    case Standing::Pattern::kAlone:
      if (standing.silent.empty()) return Say("Only {0}; the others were not asked or not heard", speak);
      return Say("Only {0}; silent: {1}", speak, silent);
    case Standing::Pattern::kSome: break;
  }
  if (standing.silent.empty()) return Say("{0}; the others were not asked or not heard", speak);
  return Say("{0}; silent: {1}", speak, silent);
}

bool Shown(const Standing& standing, const std::string& show) {
  using Pattern = Standing::Pattern;
  if (show == "shared") return standing.pattern == Pattern::kShared;
  if (show == "alone") return standing.pattern == Pattern::kAlone;
  if (show == "contradicted") return !standing.against.empty();
  return true;
}

View Comparison(const Registry& registry) {
  View view{.id = "themes.comparison", .kind = view::Kind::kTable, .label = Say("Comparison of themes"),
            .help = Say("Which themes all types or sites speak of, which one speaks of alone, and where some contradict what others say.")};
  view.parameters = {{.name = "by", .type = ParameterType::kChoice, .label = Say("Compare"), .live = true,
                      .choices = {{"stakeholder", Say("Stakeholder types")}, {"site", Say("Sites")}, {"stakeholder-site", Say("Stakeholder type and site")}}, .fallback = "stakeholder"},
                     {.name = "show", .type = ParameterType::kChoice, .label = Say("Show"), .live = true,
                      .choices = {{"all", Say("All themes")}, {"shared", Say("What all share")}, {"alone", Say("What one says alone")}, {"contradicted", Say("What is contradicted")}}, .fallback = "all"}};
  view.build = [&whole = registry.whole()](Reading& reading, const Arguments& arguments, Job& job) {
    const Hearing hearing(whole, reading);
    const std::string by = arguments.Text("by");
    const auto parties = PartiesOf(reading, hearing, by);
    std::vector<std::pair<Standing::Pattern, view::Row>> ordered;
    std::map<Standing::Pattern, std::int64_t> counts;
    std::int64_t contested = 0;
    const auto themes = Themes(reading);
    for (const auto& theme : themes) {
      job.Progress(static_cast<double>(&theme - themes.data()) / static_cast<double>(themes.size()));
      Standing standing = StandingOf(hearing, theme, parties, by);
      ++counts[standing.pattern];
      contested += standing.contested;
      if (!Shown(standing, arguments.Text("show"))) continue;
      view::Row row{.key = ToString(theme.id)};
      row.cells = {{.value = theme.path}, {.value = Said(standing)}};
      row.cells.insert(row.cells.end(), standing.cells.begin(), standing.cells.end());
      view::Cell against;
      if (!standing.against.empty()) {
        const std::string who = Joined(standing.against, ", ");
        against.value = standing.contested ? Say("between groups: {0}", who) : Say("within: {0}", who);
        against.glyph = standing.contested ? "≠" : "";
        against.target = view::Target{"themes.quotes", {{"theme", theme.id}, {"against", std::int64_t{1}}}};
      }
      row.cells.push_back(std::move(against));
      row.entities = {{"theme", theme.id}};
      row.target = view::Target{"themes.evidence", {{"theme", theme.id}}};
      ordered.emplace_back(standing.pattern, std::move(row));
    }
    // Themes without evidence last, otherwise what is shared before what one says; the study's order within.
    std::stable_sort(ordered.begin(), ordered.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    std::vector<view::Row> rows;
    for (auto& [pattern, row] : ordered) rows.push_back(std::move(row));
    view::Table table{{{"theme", Say("Theme")}, {"pattern", Say("Who speaks of it"), view::ColumnType::kText, 24}}, nullptr};
    for (const auto& party : parties) table.columns.push_back({party.key, Verbatim(party.name), view::ColumnType::kInteger});
    table.columns.push_back({"against", Say("Contradictions"), view::ColumnType::kText, 30});
    table.rows = view::MakeRows(std::move(rows));
    view::Model model;
    using Pattern = Standing::Pattern;
    model.population.description = Say("People who speak of a theme; a quote counts as contradicting once it is marked so");
    model.population.facts = {{"themes", Say("Themes"), static_cast<std::int64_t>(themes.size())}, {"shared", Say("Of all"), counts[Pattern::kShared]}, {"alone", Say("Of one alone"), counts[Pattern::kAlone]},
                              {"contested", Say("Contradicted between groups"), contested}, {"withheld", Say("Left out without consent"), hearing.withheld()}};
    model.notes = SilenceNotes(hearing.questions());
    model.notes.push_back(Say("≠ : quotes that contradict the theme. Between groups: some contradict it in most of their quotes while others do not."));
    model.body = std::move(table);
    model.empty = themes.empty() ? Say("There are no themes yet, so there is nothing to compare.") : Say("No theme answers to this choice.");
    model.actions = {{Say("New theme"), "themes.add-theme", {}}};
    return model;
  };
  return view;
}

}  // namespace

void RegisterComparison(Registry& registry) { registry.Add(Comparison(registry)); }

}  // namespace meerstem::themes
