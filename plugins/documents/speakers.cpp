#include <algorithm>

#include "core/base/boundaries.h"
#include "core/base/error.h"
#include "core/study/people.h"
#include "plugins/documents/common.h"
#include "plugins/documents/part.h"

namespace meerstem::documents {
namespace {

struct Speaker {
  Id id;
  std::string label;
  std::optional<Id> person;
};

std::vector<Speaker> SpeakersOf(Reading& reading, const Id& source) {
  std::vector<Speaker> speakers;
  auto rows = reading.Query("SELECT id, label, person_id FROM speaker WHERE source_id = ? ORDER BY id", source);
  while (rows.Step()) speakers.push_back({rows.GetId(0), rows.Text(1), rows.MaybeId(2)});
  return speakers;
}

std::string ShownLabels(Reading& reading, const Id& source, const std::vector<Speaker>& speakers) {
  std::string shown;
  for (const auto& speaker : speakers) shown += (shown.empty() ? "" : ", ") + ShownLabel(reading, source, speaker.id, speaker.label);
  return shown;
}

/// The speaker that is meant; nullopt: the text has no speakers yet and becomes one turn.
std::optional<Speaker> Meant(Reading& reading, const Id& source, const std::string& label) {
  const auto speakers = SpeakersOf(reading, source);
  if (label.empty()) {
    if (speakers.empty()) return std::nullopt;
    std::vector<Speaker> others;
    for (const auto& speaker : speakers) {
      if (!IsInterviewer(speaker.label)) others.push_back(speaker);
    }
    if (others.size() == 1) return others.front();
    throw Refuse("Several people speak in this source; say with --label which of them is meant: {0}.", ShownLabels(reading, source, speakers));
  }
  for (const auto& speaker : speakers) {
    if (speaker.label == label || LabelKey(speaker.label) == LabelKey(label)) return speaker;
  }
  if (speakers.empty()) throw Refuse("No speaker of this source is known; look for them with documents.find-speakers, or leave out --label to give the whole text to one person.");
  throw Refuse("No speaker of this source is called “{0}”; there is {1}.", label, ShownLabels(reading, source, speakers));
}

/// The role that a person of this type has in a case, when it goes without saying.
std::string RoleOf(Reading& reading, const Id& person, const std::string& asked) {
  if (!asked.empty()) return asked;
  auto row = reading.Query("SELECT type.key FROM person JOIN stakeholder_type type ON type.id = stakeholder_id WHERE person.id = ?", person);
  const std::string type = row.Step() ? row.Text(0) : "";
  if (type == "family") return "adult";
  if (type == "coach") return "coach";
  throw Refuse("Say with --role what this person is in the case: adult, child or coach.");
}

/// The family member whom registrations know by `code`, from now on under the pseudonym of the conversations.
Id MemberAs(Writing& writing, const std::string& code, const std::string& pseudonym) {
  Id person;
  {
    auto row = writing.Query("SELECT person_id FROM membership WHERE code = ?", code);
    if (!row.Step()) throw Refuse("No family has a member “{0}”; import the families first, or leave out --member.", code);
    person = row.GetId(0);
  }
  if (pseudonym.empty()) return person;
  if (writing.Number("SELECT count(*) FROM person WHERE pseudonym = ? AND id <> ?", pseudonym, person) > 0) {
    throw Refuse("There is already another person called “{0}”; give another pseudonym.", pseudonym);
  }
  writing.Do("UPDATE person SET pseudonym = ?1 WHERE id = ?2 AND pseudonym <> ?1", pseudonym, person);
  return person;
}

void Assign(Writing& writing, const Arguments& arguments, Outcome& outcome) {
  const Id source = *arguments.Entity("source");
  const Source facts = GetSource(writing, source);
  auto speaker = Meant(writing, source, Trim(arguments.Text("label")));
  std::string pseudonym = Trim(arguments.Text("person"));
  if (!speaker) {
    if (pseudonym.empty()) throw Refuse("Say with --person whose words this source holds.");
    const auto text = TextOf(writing, source);
    speaker = Speaker{StoreTurns(writing, source, OneTurn(*text, pseudonym), {std::nullopt}).front(), pseudonym, std::nullopt};
  }
  Id person;
  if (const std::string member = Trim(arguments.Text("member")); !member.empty()) {
    person = MemberAs(writing, member, pseudonym);
  } else if (!pseudonym.empty()) {
    person = EnsurePerson(writing, pseudonym);
  } else if (speaker->person) {
    person = *speaker->person;
  } else {
    if (writing.Number("SELECT count(*) FROM person WHERE pseudonym = ?", speaker->label) > 0) {
      throw Refuse("There is already a person called “{0}”; give --person “{0}” when it is the same one, or another pseudonym.", speaker->label);
    }
    person = EnsurePerson(writing, speaker->label);
  }
  writing.Do("UPDATE speaker SET person_id = ? WHERE id = ? AND person_id IS NOT ?1", person, speaker->id);

  if (const auto stakeholder = arguments.Entity("stakeholder")) {
    writing.Do("UPDATE person SET stakeholder_id = ? WHERE id = ?", *stakeholder, person);
  } else if (IsInterviewer(speaker->label)) {
    for (const auto& type : StakeholderTypes(writing)) {
      if (type.researcher) CompletePerson(writing, person, type.id, std::nullopt);
    }
  }
  const std::string site = Trim(arguments.Text("site"));
  if (!site.empty()) writing.Do("UPDATE person SET site_id = ? WHERE id = ?", EnsureSite(writing, site), person);
  // What is not said follows from the source, unless the person has it already.
  const bool researcher = writing.Number(
                              "SELECT count(*) FROM person JOIN stakeholder_type type ON type.id = stakeholder_id WHERE person.id = ? AND researcher", person) > 0;
  if (!researcher) CompletePerson(writing, person, facts.stakeholder, facts.site);

  if (const std::string code = Trim(arguments.Text("case")); !code.empty()) {
    EnsureMembership(writing, person, EnsureCase(writing, code), RoleOf(writing, person, arguments.Text("role")));
  }
  outcome.show = view::Target{"documents.speakers", {{"source", source}}};
}

Plan PrepareAssign(Reading& reading, const Arguments& arguments, Job&) {
  const std::string label = Trim(arguments.Text("label"));
  const bool anything = arguments.Has("person") || arguments.Has("stakeholder") || arguments.Has("site") || arguments.Has("case") || arguments.Has("member");
  if (!anything && label.empty()) throw Refuse("Say whose name stands in the text (--label) and who that is: --person, --stakeholder, --site or --case.");
  if (!anything) throw Refuse("Say who “{0}” is: --person, --stakeholder, --site or --case.", label);
  if (arguments.Has("role") && !arguments.Has("case")) throw Refuse("--role is what someone is in a case; give --case with it.");
  Meant(reading, *arguments.Entity("source"), label);
  return Simply([arguments](Writing& writing, Outcome& outcome) { Assign(writing, arguments, outcome); });
}

view::Model Speakers(Reading& reading, const Arguments& arguments, Job&) {
  const Id source = *arguments.Entity("source");
  const Source facts = GetSource(reading, source);
  const auto text = TextOf(reading, source);
  std::map<Id, std::pair<std::int64_t, std::int64_t>> counts;
  for (const auto& turn : TurnsOf(reading, source)) {
    auto& [turns, words] = counts[turn.speaker];
    ++turns;
    words += CountWords(text->Slice(turn.words));
  }
  std::vector<view::Row> rows;
  const auto types = StakeholderChoices(reading);
  const auto sites = SiteChoices(reading);
  auto found = reading.Query(
      "SELECT speaker.id, label, person.id, pseudonym, type.id, type.name, site.id, site.name, "
      "(SELECT group_concat(code, ', ') FROM (SELECT study_case.code FROM membership JOIN study_case ON study_case.id = case_id WHERE membership.person_id = person.id ORDER BY study_case.code)) "
      "FROM speaker LEFT JOIN person ON person.id = person_id LEFT JOIN stakeholder_type type ON type.id = stakeholder_id "
      "LEFT JOIN site ON site.id = site_id WHERE source_id = ? ORDER BY speaker.id",
      source);
  while (found.Step()) {
    const Id id = found.GetId(0);
    const Arguments bound{{"source", source}, {"label", found.Text(1)}};
    const auto edit = [&](const char* parameter, ParameterType type, std::vector<Choice> choices) {
      return view::Edit{"documents.assign-speaker", bound, parameter, type, std::move(choices)};
    };
    const auto cell = [&](int column, view::Edit how, std::vector<view::Entity> entities) {
      view::Cell made{.entities = std::move(entities), .edit = std::move(how)};
      if (found.IsNull(column)) made.state = view::State::kEmpty;
      else made.value = found.Text(column);
      return made;
    };
    view::Row row{.key = ToString(id), .entities = {{"speaker", id}}, .target = DocumentTarget(source)};
    std::vector<view::Entity> person, type, site;
    if (!found.IsNull(2)) person.push_back({"person", found.GetId(2)});
    if (!found.IsNull(4)) type.push_back({"stakeholder", found.GetId(4)});
    if (!found.IsNull(6)) site.push_back({"site", found.GetId(6)});
    row.entities.insert(row.entities.end(), person.begin(), person.end());
    row.cells.push_back({.value = ShownLabel(reading, source, id, found.Text(1)), .entities = {{"speaker", id}}});
    row.cells.push_back(cell(3, edit("person", ParameterType::kText, PersonChoices(reading)), person));
    row.cells.push_back(cell(5, edit("stakeholder", ParameterType::kEntity, types), type));
    row.cells.push_back(cell(7, edit("site", ParameterType::kText, sites), site));
    row.cells.push_back(cell(8, edit("case", ParameterType::kText, {}), {}));
    row.cells.push_back({.value = counts[id].first});
    row.cells.push_back({.value = counts[id].second});
    rows.push_back(std::move(row));
  }
  view::Model model;
  model.title = Say("Speakers in {0}", facts.title);
  model.body = view::Table{{{"label", Say("In the text")},
                            {"person", Say("Person")},
                            {"stakeholder", Say("Stakeholder type")},
                            {"site", Say("Site")},
                            {"case", Say("Case")},
                            {"turns", Say("Turns"), view::ColumnType::kInteger},
                            {"words", Say("Words"), view::ColumnType::kInteger}},
                           view::MakeRows(std::move(rows))};
  model.empty = Say("No speaker of this source is known: nobody is named at the start of its paragraphs, or nobody looked yet.");
  model.actions = {{Say("Find the speakers"), "documents.find-speakers", {{"source", source}}}, {Say("Give the whole text to one person"), "documents.assign-speaker", {{"source", source}}}};
  return model;
}

}  // namespace

void RegisterSpeakers(Registry& registry) {
  Command assign{.id = "documents.assign-speaker", .label = Say("Say who speaks"), .help = Say("Makes a speaker of a text a person with a type, a site and a case.")};
  assign.parameters = {
      SourceParameter(),
      {.name = "label", .label = Say("Name in the text"), .help = Say("As it stands before the colon; may be left out when only one person speaks besides the interviewer.")},
      {.name = "person", .label = Say("Person"), .help = Say("Pseudonym; made when new. Default: the name in the text."), .study_choices = PersonChoices},
      {.name = "stakeholder", .type = ParameterType::kEntity, .label = Say("Stakeholder type"), .help = Say("Default: that of the source."), .entity_kind = "stakeholder"},
      {.name = "site", .label = Say("Site"), .help = Say("Made when new. Default: that of the source."), .study_choices = SiteChoices},
      {.name = "case", .label = Say("Case"), .help = Say("Code of the case that the person belongs to; made when new."), .study_choices = CaseChoices},
      {.name = "member", .label = Say("Family member"), .help = Say("The member's code in registrations, so that voice and numbers belong to one person.")},
      {.name = "role",
       .type = ParameterType::kChoice,
       .label = Say("Role in the case"),
       .help = Say("Default: adult for a family, coach for a coach."),
       .choices = {{"adult", Say("Adult")}, {"child", Say("Child")}, {"coach", Say("Coach of the case")}}}};
  assign.prepare = PrepareAssign;
  registry.Add(std::move(assign));

  View speakers{.id = "documents.speakers", .kind = view::Kind::kTable, .label = Say("Speakers"), .help = Say("Who speaks in a source, and who that is."), .in_navigator = false};
  speakers.parameters = {SourceParameter()};
  speakers.build = Speakers;
  registry.Add(std::move(speakers));
}

}  // namespace meerstem::documents
