// What a study can say of itself to the points of a reporting checklist.
#include "plugins/themes/checklist_facts.h"

#include <functional>
#include <set>
#include <utility>

#include "core/study/instruments.h"
#include "plugins/themes/themes.h"

namespace meerstem::themes {
namespace {

using Said = std::vector<Message>;

/// Those who speak, by type; the interviewers apart.
constexpr const char* kSpeaking = "FROM person JOIN stakeholder_type type ON type.id = stakeholder_id WHERE person.id IN (SELECT person_id FROM speaker) AND NOT type.researcher";

Said People(Reading& reading) {
  Said said;
  const auto people = reading.Number(std::string("SELECT count(*) ") + kSpeaking);
  if (people > 0) said.push_back(SayCount("{0} person took part in the conversations.", "{0} people took part in the conversations.", people));
  return said;
}

Said Sample(Reading& reading) {
  Said said;
  auto types = reading.Query(std::string("SELECT type.name, count(*), count(DISTINCT site_id) ") + kSpeaking + " GROUP BY type.id ORDER BY type.order_key");
  while (types.Step()) said.push_back(Say("{0}: {1}.", types.Text(0), Say("{0}, {1}", SayCount("{0} person", "{0} people", types.Int(1)), SayCount("{0} site", "{0} sites", types.Int(2)))));
  return said;
}

/// A conversation has words of someone; field notes, documents and remarks are other kinds.
constexpr const char* kConversations = "kind IN ('interview', 'focus_group')";

Said Sources(Reading& reading) {
  Said said;
  const auto conversations = reading.Number(std::string("SELECT count(*) FROM source WHERE ") + kConversations);
  if (conversations > 0) {
    said.push_back(SayCount("{0} conversation.", "{0} conversations.", conversations));
    auto dates = reading.Query(std::string("SELECT min(date), max(date) FROM source WHERE ") + kConversations);
    dates.Step();
    if (const auto first = dates.MaybeDate(0)) said.push_back(Say("Held from {0} to {1}.", *first, *dates.MaybeDate(1)));
  }
  if (const auto registrations = reading.Number("SELECT count(*) FROM registration"); registrations > 0) {
    said.push_back(SayCount("{0} registration.", "{0} registrations.", registrations));
  }
  return said;
}

Said Repeats(Reading& reading) {
  const auto people = reading.Number(std::string("SELECT count(*) FROM (SELECT person_id FROM speaker JOIN source ON source.id = source_id JOIN person ON person.id = person_id JOIN stakeholder_type type ON type.id = "
                                                 "person.stakeholder_id WHERE NOT type.researcher AND source.") + kConversations + " GROUP BY person_id HAVING count(DISTINCT source_id) > 1)");
  if (reading.Number("SELECT count(*) FROM speaker") == 0) return {};
  return {SayCount("{0} person speaks in more than one conversation.", "{0} people speak in more than one conversation.", people)};
}

Said Notes(Reading& reading) {
  const auto notes = reading.Number("SELECT count(*) FROM source WHERE kind = 'field_note'");
  const auto memos = reading.Number("SELECT count(*) FROM memo");
  Said said;
  if (notes > 0) said.push_back(SayCount("{0} field note.", "{0} field notes.", notes));
  if (memos > 0) said.push_back(SayCount("{0} memo.", "{0} memos.", memos));
  return said;
}

Said Instruments(Reading& reading) {
  Said said;
  auto rows = reading.Query(
      "SELECT instrument.name, count(item.id) FROM instrument JOIN instrument_domain ON instrument_id = instrument.id JOIN item ON domain_id = instrument_domain.id "
      "GROUP BY instrument.id ORDER BY instrument.id");
  while (rows.Step()) said.push_back(Say("{0}: {1}.", ReadLocalized(rows.Text(0)), SayCount("{0} item", "{0} items", rows.Int(1))));
  return said;
}

Said Coders(Reading& reading) {
  const auto coders = reading.Number("SELECT count(DISTINCT coder_id) FROM coding");
  if (coders == 0) return {};
  return {SayCount("{0} person coded.", "{0} people coded.", coders), SayCount("{0} coding in all.", "{0} codings in all.", reading.Number("SELECT count(*) FROM coding"))};
}

Said Codebook(Reading& reading) {
  const auto codes = reading.Number("SELECT count(*) FROM code");
  if (codes == 0) return {};
  return {SayCount("{0} code.", "{0} codes.", codes), SayCount("{0} at the top of the tree.", "{0} at the top of the tree.", reading.Number("SELECT count(*) FROM code WHERE parent_id IS NULL")),
          SayCount("{0} has a definition.", "{0} have a definition.", reading.Number("SELECT count(*) FROM code WHERE definition <> ''"))};
}

Said Derivation(Reading& reading) {
  if (reading.Number("SELECT count(*) FROM code") == 0) return {};
  return {SayCount("{0} code was set before (deductive).", "{0} codes were set before (deductive).", reading.Number("SELECT count(*) FROM code WHERE deductive")),
          SayCount("{0} code came from the words (inductive).", "{0} codes came from the words (inductive).", reading.Number("SELECT count(*) FROM code WHERE NOT deductive"))};
}

Said Software(Reading&) { return {Say("Meerstem {0}.", MEERSTEM_VERSION)}; }

Said Quotes(Reading& reading) {
  const auto quotes = reading.Number("SELECT count(DISTINCT quote_id) FROM chapter_block WHERE kind = 'quote'");
  if (quotes == 0) return {};
  return {SayCount("{0} quote stands in the chapters, each with its reference.", "{0} quotes stand in the chapters, each with its reference.", quotes)};
}

Said Evidence(Reading& reading) {
  const Grouping themes = GroupByTheme(reading);
  if (themes.groups.empty()) return {};
  std::set<Id> quoted;
  auto rows = reading.Query("SELECT DISTINCT quote_id FROM chapter_block WHERE kind = 'quote' AND quote_id IS NOT NULL");
  while (rows.Step()) quoted.insert(rows.GetId(0));
  std::set<std::size_t> carried;
  for (const auto& [quote, theme] : themes.members) {
    if (quoted.contains(quote)) carried.insert(theme);
  }
  return {Say("{0} of {1} themes have a quote in the chapters that speaks for them.", carried.size(), themes.groups.size())};
}

Said MainThemes(Reading& reading) {
  const auto themes = reading.Number("SELECT count(*) FROM theme WHERE parent_id IS NULL");
  if (themes == 0) return {};
  return {SayCount("{0} main theme.", "{0} main themes.", themes)};
}

Said MinorThemes(Reading& reading) {
  const auto themes = reading.Number("SELECT count(*) FROM theme WHERE parent_id IS NOT NULL");
  if (themes == 0) return {};
  return {SayCount("{0} theme below another.", "{0} themes below another.", themes)};
}

const std::vector<std::pair<std::string, std::function<Said(Reading&)>>>& Facts() {
  static const std::vector<std::pair<std::string, std::function<Said(Reading&)>>> facts = {
      {"people", People}, {"sample", Sample}, {"sources", Sources}, {"repeats", Repeats}, {"notes", Notes}, {"instruments", Instruments}, {"coders", Coders}, {"codebook", Codebook},
      {"derivation", Derivation}, {"software", Software}, {"quotes", Quotes}, {"evidence", Evidence}, {"themes", MainThemes}, {"minor-themes", MinorThemes}};
  return facts;
}

}  // namespace

const std::vector<std::string>& StudyFacts() {
  static const std::vector<std::string> names = [] {
    std::vector<std::string> all;
    for (const auto& [name, fact] : Facts()) all.push_back(name);
    return all;
  }();
  return names;
}

std::vector<Message> StudyFact(Reading& reading, const std::string& name) {
  for (const auto& [known, fact] : Facts()) {
    if (known == name) return fact(reading);
  }
  return {};
}

}  // namespace meerstem::themes
