// What core itself contributes to the registry: the domain's schema, its entity kinds and its dimensions.
#include "core/plugin/registry.h"
#include "core/study/codes.h"
#include "core/study/core_views.h"
#include "core/study/people.h"
#include "core/study/quotes.h"
#include "core_migrations.h"

namespace meerstem {
namespace {

using Named = std::vector<std::pair<Id, std::string>>;

/// A kind whose name is one column of its table.
EntityKind Simple(std::string kind, std::string table, Message label, const std::string& column, const std::string& order) {
  EntityKind entity{.kind = std::move(kind), .table = table, .label = std::move(label)};
  entity.name = [sql = "SELECT " + column + " FROM " + table + " WHERE id = ?"](Reading& reading, const Id& id) -> std::optional<std::string> {
    auto row = reading.Query(sql, id);
    if (!row.Step()) return std::nullopt;
    return row.Text(0);
  };
  entity.list = [sql = "SELECT id, " + column + " FROM " + table + " ORDER BY " + order](Reading& reading) {
    Named all;
    auto rows = reading.Query(sql);
    while (rows.Step()) all.emplace_back(rows.GetId(0), rows.Text(1));
    return all;
  };
  return entity;
}

EntityKind CodeKind() {
  EntityKind entity{.kind = "code", .table = "code", .label = Say("code")};
  entity.name = [](Reading& reading, const Id& id) -> std::optional<std::string> {
    auto row = reading.Query("SELECT path FROM code_path WHERE id = ?", id);
    if (!row.Step()) return std::nullopt;
    return row.Text(0);
  };
  entity.list = [](Reading& reading) {
    Named all;
    for (auto& code : Codebook(reading)) all.emplace_back(code.id, code.path);
    return all;
  };
  return entity;
}

/// Sources that are not remarks: those are named by their case and item and would drown the list.
EntityKind SourceKind() {
  EntityKind entity = Simple("source", "source", Say("source"), "title", "kind = 'remark', order_key");
  entity.open = [](const Id& id) { return view::Target{"coding.document", {{"source", id}}}; };
  return entity;
}

EntityKind QuoteKind() {
  EntityKind entity{.kind = "quote", .table = "quote", .label = Say("quote")};
  constexpr const char* kName = "source.title || ' ' || span.start || '-' || span.end";
  entity.name = [sql = std::string("SELECT ") + kName + " FROM quote JOIN span ON span.id = span_id JOIN source ON source.id = source_id WHERE quote.id = ?"](
                    Reading& reading, const Id& id) -> std::optional<std::string> {
    auto row = reading.Query(sql, id);
    if (!row.Step()) return std::nullopt;
    return row.Text(0);
  };
  entity.list = [sql = std::string("SELECT quote.id, ") + kName +
                       " FROM source JOIN span ON span.source_id = source.id JOIN quote ON quote.span_id = span.id ORDER BY source.order_key, span.start"](
                    Reading& reading) {
    Named all;
    auto rows = reading.Query(sql);
    while (rows.Step()) all.emplace_back(rows.GetId(0), rows.Text(1));
    return all;
  };
  return entity;
}

/// The console takes the key (`--stakeholder coach`) in every language; pickers show it too.
EntityKind StakeholderKind() { return Simple("stakeholder", "stakeholder_type", Say("stakeholder type"), "key", "order_key"); }

Grouping FromRows(Statement rows, const std::string& kind) {
  Grouping grouping;
  while (rows.Step()) {
    const Id id = rows.GetId(0);
    grouping.members.emplace_back(id, grouping.groups.size());
    grouping.groups.push_back({.key = rows.Text(1), .label = Verbatim(rows.Text(2)), .entities = {{kind, id}}});
  }
  return grouping;
}

Dimension PlainDimension(std::string id, Message label, std::string unit, std::string kind, std::string sql) {
  return {std::move(id), std::move(label), std::move(unit),
          [kind = std::move(kind), sql = std::move(sql)](Reading& reading) { return FromRows(reading.Query(sql), kind); }};
}

Dimension SourceKinds() {
  return {"source-kind", Say("Kind of source"), "source", [](Reading& reading) {
            const std::pair<const char*, Message> kinds[] = {{"interview", Say("Interview")},      {"focus_group", Say("Focus group")},
                                                             {"field_note", Say("Field note")},    {"document", Say("Document")},
                                                             {"remark", Say("Registration remark")}, {"literature", Say("Literature")}};
            Grouping grouping;
            for (const auto& [key, label] : kinds) {
              auto rows = reading.Query("SELECT id FROM source WHERE kind = ?", key);
              const std::size_t group = grouping.groups.size();
              bool any = false;
              while (rows.Step()) {
                grouping.members.emplace_back(rows.GetId(0), group);
                any = true;
              }
              if (any) grouping.groups.push_back({.key = key, .label = label});
            }
            return grouping;
          }};
}

Component Schema() {
  Component core{.name = "core", .migrations = CoreMigrations()};
  core.tables = {"setting",   "researcher",   "site",         "stakeholder_type", "study_case",   "person",       "membership",
                 "source",    "span",         "speaker",      "turn",             "code",         "quote",        "coding",
                 "quote_about", "source_about", "memo",       "variable",         "variable_value", "replacement", "instrument",
                 "instrument_domain", "item", "scale_point",  "registration",     "answer",       "case_step",   "excluded_case",
                 "excluded_registration", "excluded_answer", "moment", "page", "changed_words",
                 "consent", "no_name", "source_original"};
  core.checks = {
      // One length per text, not one per span: length() walks the whole text.
      "WITH sized AS MATERIALIZED (SELECT source.id, (SELECT length(text) FROM content WHERE hash = content_hash) AS size FROM source) "
      "SELECT 'span beyond its text: ' || lower(hex(span.id)) FROM sized JOIN span ON span.source_id = sized.id WHERE span.end > size",
      "SELECT 'code inside itself: ' || name FROM code WHERE id NOT IN (SELECT id FROM code_path)",
      "SELECT 'same code twice on a quote by one coder: ' || lower(hex(quote_id)) FROM coding GROUP BY quote_id, code_id, coder_id HAVING count(*) > 1",
      "SELECT 'two quotes on one span: ' || lower(hex(span_id)) FROM quote GROUP BY span_id HAVING count(*) > 1",
      "SELECT 'answer outside its scale: ' || lower(hex(answer.id)) FROM answer WHERE value IS NOT NULL "
      "AND NOT EXISTS (SELECT 1 FROM scale_point WHERE scale_point.item_id = answer.item_id AND scale_point.value = answer.value)",
      "SELECT 'case left out twice: ' || code FROM excluded_case JOIN study_case ON study_case.id = case_id GROUP BY case_id HAVING count(*) > 1",
  };
  return core;
}

}  // namespace

void RegisterCore(Registry& registry) {
  registry.Add(Schema());

  registry.Add(SourceKind());
  registry.Add(CodeKind());
  registry.Add(QuoteKind());
  registry.Add(StakeholderKind());
  registry.Add(Simple("person", "person", Say("person"), "pseudonym", "pseudonym"));
  registry.Add(Simple("case", "study_case", Say("case"), "code", "order_key"));
  registry.Add(Simple("site", "site", Say("site"), "name", "order_key"));
  registry.Add(Simple("researcher", "researcher", Say("researcher"), "name", "name"));
  registry.Add(Simple("instrument", "instrument", Say("instrument"), "key", "id"));
  registry.Add(Simple("item", "item", Say("item"), "key", "order_key"));

  registry.Add(PlainDimension("stakeholder", Say("Stakeholder type"), "stakeholder", "stakeholder",
                              "SELECT id, key, name FROM stakeholder_type WHERE researcher = 0 ORDER BY order_key"));
  registry.Add(PlainDimension("site", Say("Site"), "site", "site", "SELECT id, name, name FROM site ORDER BY order_key"));
  registry.Add(PlainDimension("source", Say("Source"), "source", "source", "SELECT id, title, title FROM source WHERE kind <> 'remark' ORDER BY order_key"));
  registry.Add(PlainDimension("person", Say("Person"), "person", "person",
                              "SELECT DISTINCT person.id, pseudonym, pseudonym FROM person JOIN speaker ON speaker.person_id = person.id "
                              "LEFT JOIN stakeholder_type t ON t.id = stakeholder_id WHERE ifnull(t.researcher, 0) = 0 AND withdrawn IS NULL ORDER BY pseudonym"));
  registry.Add(PlainDimension("case", Say("Case"), "case", "case", "SELECT id, code, code FROM study_case ORDER BY order_key"));
  registry.Add(SourceKinds());

  RegisterCoreViews(registry);
}

}  // namespace meerstem
