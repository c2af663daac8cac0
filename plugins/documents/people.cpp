#include "plugins/documents/common.h"
#include "plugins/documents/part.h"

namespace meerstem::documents {
namespace {

struct Standing {
  bool withdrawn = false;
  bool minor = false;
  bool unguarded = false;
};

/// One use: what is in force, and whether anybody was asked.
view::Cell Consent(Reading& reading, const Id& person, const Standing& standing, const char* parameter, const char* purpose, bool given) {
  if (standing.withdrawn) return {.value = Say("withdrawn"), .glyph = "✕"};
  const bool asked = reading.Number("SELECT count(*) FROM consent WHERE person_id = ? AND purpose = ?", person, purpose) > 0;
  const bool leaves = std::string_view(purpose) != "analysis";
  view::Cell cell{.value = !given ? Say("no") : leaves && standing.unguarded ? Say("waits for a guardian") : asked ? Say("yes") : Say("yes, not recorded")};
  if (!given || (leaves && standing.unguarded)) cell.glyph = "✕";
  cell.edit = view::Edit{"people.consent", {{"person", person}}, parameter, ParameterType::kBoolean};
  return cell;
}

view::Model People(Reading& reading, const Arguments& arguments, Job&) {
  std::vector<view::Row> rows;
  std::int64_t withheld = 0, unrecorded = 0, waiting = 0;
  auto found = reading.Query(
      "SELECT person.id, pseudonym, type.id, type.name, site.id, site.name, "
      "(SELECT group_concat(code, ', ') FROM (SELECT DISTINCT study_case.code FROM membership JOIN study_case ON study_case.id = case_id "
      "WHERE membership.person_id = person.id ORDER BY study_case.code)), "
      "count(DISTINCT speaker.source_id), count(turn.id), may_analyse, may_quote, min(speaker.source_id), may_archive, withdrawn IS NOT NULL, "
      "person.id IN (SELECT id FROM minor_person), person.id IN (SELECT id FROM unguarded_person), (SELECT max(date) FROM consent WHERE person_id = person.id), ifnull(type.researcher, 0) "
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
    const Standing standing{found.Int(13) != 0, found.Int(14) != 0, found.Int(15) != 0};
    withheld += !analyse || !quote;
    waiting += standing.unguarded && !standing.withdrawn;
    const bool researcher = found.Int(17) != 0;
    unrecorded += found.IsNull(16) && !researcher;
    view::Cell last{.state = view::State::kEmpty};
    if (const auto day = found.MaybeDate(16)) last = {.value = *day, .target = view::Target{"people.consents", {{"person", id}}}};
    view::Cell minor{.value = standing.minor ? Say("yes") : Say("no")};
    row.cells = {text(1, "person", 0),       text(3, "stakeholder", 2), text(5, "site", 4), text(6, "", -1), {.value = found.Int(7)}, {.value = found.Int(8)},
                 Consent(reading, id, standing, "may-analyse", "analysis", analyse), Consent(reading, id, standing, "may-quote", "quotation", quote),
                 Consent(reading, id, standing, "may-archive", "archive", found.Int(12) != 0), std::move(last), std::move(minor)};
    if (researcher) {
      for (std::size_t i = 6; i < row.cells.size(); ++i) row.cells[i] = {.state = view::State::kNotApplicable};
    }
    rows.push_back(std::move(row));
  }
  view::Model model;
  const auto n = static_cast<std::int64_t>(rows.size());
  model.population.facts.push_back({"people", Say("People"), n});
  if (withheld > 0) {
    model.notes.push_back(SayCount("{0} person withholds consent for analysis or for quoting; their words stay out of it.",
                                   "{0} people withhold consent for analysis or for quoting; their words stay out of it.", withheld));
  }
  if (unrecorded > 0) model.notes.push_back(SayCount("Of {0} person no consent is recorded; it counts as given.", "Of {0} people no consent is recorded; it counts as given.", unrecorded));
  if (waiting > 0) {
    model.notes.push_back(SayCount("{0} minor waits for a guardian's consent; until then their words do not leave the house.",
                                   "{0} minors wait for a guardian's consent; until then their words do not leave the house.", waiting));
  }
  model.body = view::Table{{{"person", Say("Person")},
                            {"stakeholder", Say("Stakeholder type")},
                            {"site", Say("Site")},
                            {"cases", Say("Cases")},
                            {"sources", Say("Sources"), view::ColumnType::kInteger},
                            {"turns", Say("Turns"), view::ColumnType::kInteger},
                            {"may_analyse", Say("May be analysed")},
                            {"may_quote", Say("May be quoted")},
                            {"may_archive", Say("May be archived")},
                            {"asked", Say("Last asked"), view::ColumnType::kDate},
                            {"minor", Say("Minor")}},
                           view::MakeRows(std::move(rows))};
  model.empty = Say("Nobody speaks in this study yet; people come from the speakers of texts.");
  model.actions = {{Say("Bring in texts"), "documents.import", {}}};
  return model;
}

}  // namespace

void RegisterPeople(Registry& registry) {
  View people{.id = "people.list", .kind = view::Kind::kTable, .label = Say("People"), .help = Say("Who speaks in the texts, and what they agreed to.")};
  people.parameters = {{.name = "stakeholder", .type = ParameterType::kEntity, .label = Say("Stakeholder type"), .live = true, .entity_kind = "stakeholder"},
                       {.name = "site", .type = ParameterType::kEntity, .label = Say("Site"), .live = true, .entity_kind = "site"}};
  people.build = People;
  registry.Add(std::move(people));
}

}  // namespace meerstem::documents
