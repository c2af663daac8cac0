#include "plugins/triangulation/part.h"

#include "core/base/clock.h"
#include "core/base/error.h"
#include "core/base/text.h"
#include "plugins/triangulation/common.h"
#include "plugins/triangulation/ledger.h"
#include "triangulation_migrations.h"

namespace meerstem::triangulation {
namespace {

/// A kind whose names come from one statement: id, name; without its order.
EntityKind Named(std::string kind, std::string table, Message label, const std::string& sql, const std::string& order) {
  EntityKind entity{.kind = std::move(kind), .table = std::move(table), .label = std::move(label)};
  entity.list = [all = "SELECT id, name FROM (" + sql + ") ORDER BY " + order](Reading& reading) {
    std::vector<std::pair<Id, std::string>> names;
    auto rows = reading.Query(all);
    while (rows.Step()) names.emplace_back(rows.GetId(0), rows.Text(1));
    return names;
  };
  entity.name = [one = "SELECT name FROM (" + sql + ") WHERE id = ?"](Reading& reading, const Id& id) -> std::optional<std::string> {
    auto row = reading.Query(one, id);
    if (!row.Step()) return std::nullopt;
    return row.Text(0);
  };
  return entity;
}

Component Schema() {
  return {.name = "triangulation",
          .migrations = TriangulationMigrations(),
          .tables = {"finding_label", "finding", "finding_evidence", "finding_silence", "finding_judgement", "finding_verdict", "voice_direction", "hypothesis", "association_reveal"},
          .checks = {"SELECT 'judged twice by one analyst: ' || construct FROM finding_judgement JOIN finding ON finding.id = finding_id GROUP BY finding_id, researcher_id HAVING count(*) > 1",
                     "SELECT 'more than one verdict: ' || construct FROM finding_verdict JOIN finding ON finding.id = finding_id GROUP BY finding_id HAVING count(*) > 1",
                     "SELECT 'two findings on one construct: ' || construct FROM finding GROUP BY construct HAVING count(*) > 1",
                     "SELECT 'two labels with one key: ' || key FROM finding_label GROUP BY key HAVING count(*) > 1"}};
}

}  // namespace

double OrderBehind(Reading& reading, const std::string& table) {
  auto row = reading.Query("SELECT ifnull(max(order_key), 0) + 1 FROM " + table);
  row.Step();
  return row.Real(0);
}

Parameter UseParameter() {
  return {.name = "for", .type = ParameterType::kChoice, .label = Say("Use"), .help = Say("Consent is asked for the use: analysis, or words that leave the house."),
          .choices = {{"analysis", Say("Analysis")}, {"export", Say("Export")}}, .fallback = "analysis"};
}

Purpose UseOf(const Arguments& arguments) { return arguments.Text("for") == "export" ? Purpose::kExport : Purpose::kAnalysis; }

std::optional<Id> Actor(Writing& writing) { return writing.actor().IsNil() ? std::nullopt : std::optional(writing.actor()); }

Plan ForGood(std::function<void(Writing&, Outcome&)> body) {
  Plan plan;
  plan.apply = [body = std::move(body)](Applying& applying) {
    Act act = applying.act();
    act.undoable = false;
    applying.outcome.changed.Add(applying.store().Run(act, [&](Writing& writing) { body(writing, applying.outcome); }));
  };
  return plan;
}

std::string RequireText(const Arguments& arguments, const std::string& name, const Message& what) {
  std::string text = Trim(arguments.Text(name));
  if (text.empty()) throw Error(ErrorCode::kRefused, what);
  return text;
}

void Register(Registry& registry) {
  registry.Add(Schema());
  EntityKind finding = Named("finding", "finding", Say("finding"), "SELECT id, construct AS name, order_key FROM finding", "order_key, id");
  finding.open = [](const Id& id) { return view::Target{"triangulation.finding", {{"finding", id}}}; };
  registry.Add(std::move(finding));
  registry.Add(Named("evidence", "finding_evidence", Say("piece of evidence"),
                     "SELECT evidence.id, construct || '/' || row_number() OVER (PARTITION BY finding_id ORDER BY evidence.order_key, evidence.id) AS name FROM finding_evidence evidence JOIN finding ON finding.id = finding_id",
                     "name"));
  registry.Add(Named("finding-label", "finding_label", Say("label of fit"), "SELECT id, key AS name FROM finding_label", "name"));
  registry.Add(Named("silence", "finding_silence", Say("mark of silence"), "SELECT finding_silence.id, construct || ': ' || voice AS name FROM finding_silence JOIN finding ON finding.id = finding_id", "name"));
  // Who judged and what about; not how, which is hidden at first.
  registry.Add(Named("judgement", "finding_judgement", Say("judgement"),
                     "SELECT finding_judgement.id, construct || ': ' || researcher.name AS name FROM finding_judgement JOIN finding ON finding.id = finding_id JOIN researcher ON researcher.id = researcher_id", "name"));
  registry.Add(Named("verdict", "finding_verdict", Say("verdict"), "SELECT finding_verdict.id, construct AS name FROM finding_verdict JOIN finding ON finding.id = finding_id", "name"));
  registry.Add(Named("voice-direction", "voice_direction", Say("direction of a theme or code"), "SELECT id, entity_kind || ': ' || direction AS name FROM voice_direction", "name"));
  registry.Add(Named("hypothesis", "hypothesis", Say("hypothesis"), "SELECT id, text AS name FROM hypothesis", "name"));
  registry.Add(Named("association-reveal", "association_reveal", Say("revealing of associations"), "SELECT id, date(at / 1000, 'unixepoch') AS name FROM association_reveal", "name"));
  AddFindingCommands(registry);
  registry.Group(Say("Evidence"));
  AddEvidenceCommands(registry);
  registry.Group({});
  AddJudging(registry);
  AddLedgerViews(registry);
  AddFindingForm(registry);
  AddSideBySide(registry);
  AddDisplay(registry);
  AddExplain(registry);
  AddCases(registry);
  AddGroups(registry);
  AddDisconfirming(registry);
  AddAssociation(registry);
  AddTimeline(registry);
  AddStudyFlow(registry);
  AddReport(registry);
  AddPage(registry);
}

}  // namespace meerstem::triangulation
