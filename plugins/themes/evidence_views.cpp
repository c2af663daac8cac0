// How strong the evidence of a theme is per type of stakeholder, and who did not speak of it.
#include <algorithm>

#include "core/study/people.h"
#include "plugins/themes/hearing.h"
#include "plugins/themes/part.h"

namespace meerstem::themes {
namespace {

/// The themes that are asked for, or all.
std::vector<Theme> Wanted(Reading& reading, const Arguments& arguments) {
  auto themes = Themes(reading);
  if (const auto wanted = arguments.Entities("theme"); !wanted.empty()) {
    std::erase_if(themes, [&](const Theme& theme) { return std::find(wanted.begin(), wanted.end(), theme.id) == wanted.end(); });
  }
  return themes;
}

/// Everyone of a type who was heard: in which conversations.
struct Heard {
  std::map<Id, std::set<Id>> sources_of;    ///< By person.
  std::map<Id, std::string> names;
  std::set<Id> sources, sites;
  bool nobody() const { return sources.empty(); }
};

Heard HeardOf(const Hearing& hearing, const Id& type) {
  Heard heard;
  for (const auto& speaker : hearing.speakers()) {
    if (speaker.stakeholder != type || !speaker.conversation) continue;
    heard.sources.insert(speaker.source);
    if (speaker.site) heard.sites.insert(*speaker.site);
    if (!speaker.person) continue;
    heard.sources_of[*speaker.person].insert(speaker.source);
    heard.names[*speaker.person] = speaker.name;
  }
  return heard;
}

view::Target QuotesTarget(const Id& theme, const std::string& type) {
  return {"themes.quotes", {{"theme", theme}, {"dimension", std::string("stakeholder")}, {"group", type}}};
}

/// "2 of 5": of those who were heard, and those of whom only a document tells.
Message Of(const std::set<Id>& part, std::set<Id> whole) {
  whole.insert(part.begin(), part.end());
  return Say("{0} of {1}", part.size(), whole.size());
}

view::Cell Names(const std::vector<std::string>& names, const view::Target& target) {
  if (names.empty()) return {};
  return {.value = Joined(names, ", "), .parts = {}, .target = target};
}

view::Row EvidenceRow(const Hearing& hearing, const Theme& theme, const StakeholderType& type, const Heard& heard) {
  const Evidence evidence = hearing.EvidenceFor(theme.id, [&](const Speaker& speaker) { return speaker.stakeholder == type.id; });
  const view::Target voices{"themes.voices", {{"theme", theme.id}, {"stakeholder", type.id}}};
  std::vector<std::string> silent, not_asked;
  for (const auto& [person, sources] : heard.sources_of) {
    if (evidence.people.contains(person)) continue;
    (Silence(hearing.questions(), theme.id, sources).state == view::State::kNotAsked ? not_asked : silent).push_back(heard.names.at(person));
  }
  std::sort(silent.begin(), silent.end());
  std::sort(not_asked.begin(), not_asked.end());
  view::Row row{.key = ToString(theme.id) + ToString(type.id)};
  row.entities = {{"theme", theme.id}, {"stakeholder", type.id}};
  row.cells = {{.value = theme.path}, {.value = type.name}};
  if (evidence.quotes.empty()) {
    row.cells.push_back(Silence(hearing.questions(), theme.id, heard.sources));
    const view::Cell none{.state = heard.nobody() ? view::State::kNotApplicable : view::State::kEmpty};
    for (int i = 0; i < 4; ++i) row.cells.push_back(none);
  } else {
    row.target = QuotesTarget(theme.id, type.key);
    std::set<Id> everyone;
    for (const auto& [person, sources] : heard.sources_of) everyone.insert(person);
    view::Cell people{.value = Of(evidence.people, std::move(everyone))};
    if (evidence.unnamed > 0) people.why = SayCount("At least: {0} quote has no known speaker.", "At least: {0} quotes have no known speaker.", evidence.unnamed);
    row.cells.push_back({.value = static_cast<std::int64_t>(evidence.quotes.size())});
    row.cells.push_back(std::move(people));
    row.cells.push_back({.value = Of(evidence.sources, heard.sources)});
    row.cells.push_back({.value = Of(evidence.sites, heard.sites)});
    row.cells.push_back({.value = evidence.against, .glyph = evidence.against > 0 ? "≠" : ""});
  }
  row.cells.push_back(Names(silent, voices));
  row.cells.push_back(Names(not_asked, voices));
  return row;
}

View EvidenceView(const Registry& registry) {
  View view{.id = "themes.evidence", .kind = view::Kind::kTable, .label = Say("Evidence of themes"),
            .help = Say("Per theme and type of stakeholder: quotes, people, conversations and sites, of how many that were heard, and who did not speak of it.")};
  Parameter themes = ThemeParameter();
  themes.required = false;
  themes.list = true;
  themes.help = Say("Left out: all themes.");
  view.parameters = {themes};
  view.build = [&whole = registry.whole()](Reading& reading, const Arguments& arguments, Job& job) {
    const Hearing hearing(whole, reading);
    auto types = StakeholderTypes(reading);
    std::erase_if(types, [](const StakeholderType& type) { return type.researcher; });
    std::map<Id, Heard> heard;
    for (const auto& type : types) heard[type.id] = HeardOf(hearing, type.id);
    std::vector<view::Row> rows;
    const auto wanted = Wanted(reading, arguments);
    for (const auto& theme : wanted) {
      job.Progress(static_cast<double>(&theme - wanted.data()) / static_cast<double>(wanted.size()));
      for (const auto& type : types) rows.push_back(EvidenceRow(hearing, theme, type, heard.at(type.id)));
    }
    view::Model model;
    model.population.description = Say("Everyone who was heard and may be analysed, the interviewer and remarks of registrations left out; each thing counts once in a row");
    model.population.facts = {{"themes", Say("Themes"), static_cast<std::int64_t>(wanted.size())}, {"withheld", Say("Left out without consent"), hearing.withheld()}};
    model.notes = SilenceNotes(hearing.questions());
    model.body = view::Table{{{"theme", Say("Theme")},
                              {"stakeholder", Say("Stakeholder")},
                              {"quotes", Say("Quotes"), view::ColumnType::kInteger},
                              {"people", Say("People")},
                              {"conversations", Say("Conversations")},
                              {"sites", Say("Sites")},
                              {"against", Say("Contradict it"), view::ColumnType::kInteger},
                              {"silent", Say("Silent"), view::ColumnType::kText, 30},
                              {"not_asked", Say("Not asked"), view::ColumnType::kText, 30}},
                             view::MakeRows(std::move(rows))};
    model.empty = Say("There are no themes yet, so there is no evidence to weigh.");
    model.actions = {{Say("New theme"), "themes.add-theme", {}}};
    return model;
  };
  return view;
}

View VoicesView(const Registry& registry) {
  View view{.id = "themes.voices", .kind = view::Kind::kTable, .label = Say("Who speaks of a theme"),
            .help = Say("Everyone who was heard: how often they speak of the theme, or whether they were silent or not asked.")};
  view.in_navigator = false;
  view.parameters = {ThemeParameter(), {.name = "stakeholder", .type = ParameterType::kEntity, .label = Say("Stakeholder type"), .live = true, .entity_kind = "stakeholder"}};
  view.build = [&whole = registry.whole()](Reading& reading, const Arguments& arguments, Job&) {
    const Id theme = *arguments.Entity("theme");
    const auto type = arguments.Entity("stakeholder");
    const Hearing hearing(whole, reading);
    std::map<Id, std::string> types, sites;
    for (const auto& each : StakeholderTypes(reading)) types[each.id] = each.name;
    auto places = reading.Query("SELECT id, name FROM site");
    while (places.Step()) sites[places.GetId(0)] = places.Text(1);
    struct Voice {
      Speaker who;
      std::set<Id> sources;
    };
    // Who is not known is a voice of one conversation.
    std::vector<Voice> voices;
    for (const auto& speaker : hearing.speakers()) {
      if (type && speaker.stakeholder != *type) continue;
      const auto known = std::find_if(voices.begin(), voices.end(), [&](const Voice& voice) { return speaker.person && voice.who.person == speaker.person; });
      Voice& voice = known == voices.end() ? voices.emplace_back(Voice{speaker, {}}) : *known;
      if (speaker.conversation) voice.sources.insert(speaker.source);
    }
    std::vector<view::Row> rows;
    std::int64_t speak = 0;
    for (const auto& voice : voices) {
      const Evidence evidence = hearing.EvidenceFor(theme, [&](const Speaker& speaker) {
        return voice.who.person ? speaker.person == voice.who.person : !speaker.person && speaker.source == voice.who.source;
      });
      view::Row row{.key = ToString(voice.who.person.value_or(voice.who.source)) + (voice.who.person ? "" : "/" + std::to_string(rows.size()))};
      row.cells = {{.value = voice.who.name},
                   {.value = voice.who.stakeholder ? types[*voice.who.stakeholder] : std::string()},
                   {.value = voice.who.site ? sites[*voice.who.site] : std::string()},
                   {.value = static_cast<std::int64_t>(voice.sources.size())}};
      if (!voice.who.person) row.cells[0] = {.state = view::State::kUnknown};
      else row.entities = {{"person", *voice.who.person}};
      if (evidence.quotes.empty()) {
        if (voice.sources.empty()) continue;
        row.cells.push_back(Silence(hearing.questions(), theme, voice.sources));
        row.cells.push_back({});
      } else {
        ++speak;
        row.cells.push_back({.value = static_cast<std::int64_t>(evidence.quotes.size())});
        row.cells.push_back({.value = evidence.against});
        if (voice.who.person) row.target = view::Target{"themes.quotes", {{"theme", theme}, {"dimension", std::string("person")}, {"group", voice.who.name}}};
      }
      row.entities.push_back({"source", voice.who.source});
      rows.push_back(std::move(row));
    }
    view::Model model;
    auto title = reading.Query("SELECT name FROM theme WHERE id = ?", theme);
    if (title.Step()) model.title = Say("Who speaks of: {0}", title.Text(0));
    model.population.description = Say("Everyone who was heard and may be analysed, the interviewer left out");
    model.population.facts = {{"people", Say("People"), static_cast<std::int64_t>(rows.size())}, {"speak", Say("Speak of it"), speak}};
    model.notes = SilenceNotes(hearing.questions());
    model.body = view::Table{{{"person", Say("Person")}, {"stakeholder", Say("Stakeholder")}, {"site", Say("Site")}, {"conversations", Say("Conversations"), view::ColumnType::kInteger},
                              {"quotes", Say("Quotes"), view::ColumnType::kInteger}, {"against", Say("Contradict it"), view::ColumnType::kInteger}},
                             view::MakeRows(std::move(rows))};
    model.empty = Say("In this study nobody speaks yet.");
    return model;
  };
  return view;
}

}  // namespace

void RegisterEvidence(Registry& registry) {
  registry.Add(EvidenceView(registry));
  registry.Add(VoicesView(registry));
}

}  // namespace meerstem::themes
