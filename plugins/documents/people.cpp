#include "plugins/documents/common.h"
#include "plugins/documents/part.h"

namespace meerstem::documents {
namespace {

view::Cell Consent(const Id& person, const char* parameter, bool given) {
  view::Cell cell{.value = given ? Say("yes") : Say("no")};
  cell.glyph = given ? "" : "✕";
  cell.edit = view::Edit{"people.consent", {{"person", person}}, parameter, ParameterType::kBoolean};
  return cell;
}

view::Model People(Reading& reading, const Arguments& arguments, Job&) {
  std::vector<view::Row> rows;
  std::int64_t withheld = 0;
  auto found = reading.Query(
      "SELECT person.id, pseudonym, type.id, type.name, site.id, site.name, "
      "(SELECT group_concat(code, ', ') FROM (SELECT DISTINCT study_case.code FROM membership JOIN study_case ON study_case.id = case_id "
      "WHERE membership.person_id = person.id ORDER BY study_case.code)), "
      "count(DISTINCT speaker.source_id), count(turn.id), may_analyse, may_quote, min(speaker.source_id) "
      "FROM person JOIN speaker ON speaker.person_id = person.id LEFT JOIN turn ON turn.speaker_id = speaker.id "
      "LEFT JOIN stakeholder_type type ON type.id = stakeholder_id LEFT JOIN site ON site.id = site_id "
      "WHERE (?1 IS NULL OR type.id = ?1) AND (?2 IS NULL OR site.id = ?2) "
      "GROUP BY person.id ORDER BY ifnull(type.researcher, 0), ifnull(type.order_key, 1e9), pseudonym",
      arguments.Entity("stakeholder"), arguments.Entity("site"));
  while (found.Step()) {
    const Id id = found.GetId(0);
    view::Row row{.key = ToString(id), .entities = {{"person", id}}};
    row.target = found.Int(7) == 1 ? DocumentTarget(found.GetId(11)) : view::Target{"documents.list", {{"person", id}}};
    const auto text = [&](int column, const char* kind, int id_column) {
      view::Cell cell;
      if (found.IsNull(column)) cell.state = view::State::kEmpty;
      else cell.value = found.Text(column);
      if (id_column >= 0 && !found.IsNull(id_column)) cell.entities.push_back({kind, found.GetId(id_column)});
      return cell;
    };
    const bool analyse = found.Int(9) != 0, quote = found.Int(10) != 0;
    withheld += !analyse || !quote;
    row.cells = {text(1, "person", 0),       text(3, "stakeholder", 2), text(5, "site", 4), text(6, "", -1), {.value = found.Int(7)}, {.value = found.Int(8)},
                 Consent(id, "may-analyse", analyse), Consent(id, "may-quote", quote)};
    rows.push_back(std::move(row));
  }
  view::Model model;
  const auto n = static_cast<std::int64_t>(rows.size());
  model.population.facts.push_back({"people", Say("People"), n});
  if (withheld > 0) {
    model.notes.push_back(SayCount("{0} person withholds consent for analysis or for quoting; their words stay out of it.",
                                   "{0} people withhold consent for analysis or for quoting; their words stay out of it.", withheld));
  }
  model.body = view::Table{{{"person", Say("Person")},
                            {"stakeholder", Say("Stakeholder type")},
                            {"site", Say("Site")},
                            {"cases", Say("Cases")},
                            {"sources", Say("Sources"), view::ColumnType::kInteger},
                            {"turns", Say("Turns"), view::ColumnType::kInteger},
                            {"may_analyse", Say("May be analysed")},
                            {"may_quote", Say("May be quoted")}},
                           view::MakeRows(std::move(rows))};
  model.empty = Say("Nobody speaks in this study yet; people come from the speakers of texts.");
  model.actions = {{Say("Bring in texts"), "documents.import", {}}};
  return model;
}

view::Model Names(Reading& reading, const Arguments&, Job&) {
  std::vector<view::Row> rows;
  auto found = reading.Query("SELECT id, words, shown FROM replacement ORDER BY words");
  while (found.Step()) {
    const Id id = found.GetId(0);
    view::Cell shown{.value = found.Text(2)};
    shown.edit = view::Edit{"people.replace-name", {{"words", found.Text(1)}}, "shown"};
    rows.push_back({ToString(id), {{.value = found.Text(1), .entities = {{"replacement", id}}}, std::move(shown)}, {{"replacement", id}}, {}});
  }
  view::Model model;
  model.notes = {Say("This list is itself confidential: it holds the very names that are not to be seen. Do not pass it on with a report.")};
  model.body = view::Table{{{"words", Say("In the texts")}, {"shown", Say("Shown instead")}}, view::MakeRows(std::move(rows))};
  model.empty = Say("No names are replaced yet.");
  model.actions = {{Say("Replace a name"), "people.replace-name", {}}};
  return model;
}

}  // namespace

void RegisterPeople(Registry& registry) {
  View people{.id = "people.list", .kind = view::Kind::kTable, .label = Say("People"), .help = Say("Who speaks in the texts, and what they agreed to.")};
  people.parameters = {{.name = "stakeholder", .type = ParameterType::kEntity, .label = Say("Stakeholder type"), .live = true, .entity_kind = "stakeholder"},
                       {.name = "site", .type = ParameterType::kEntity, .label = Say("Site"), .live = true, .entity_kind = "site"}};
  people.build = People;
  registry.Add(std::move(people));

  View names{.id = "people.names", .kind = view::Kind::kTable, .label = Say("Names that are not shown"), .help = Say("Names in the texts, and what every view and export shows instead.")};
  names.build = Names;
  registry.Add(std::move(names));
}

}  // namespace meerstem::documents
