#include "plugins/indices/part.h"

#include "indices_migrations.h"
#include "plugins/indices/common.h"

namespace meerstem::indices {
namespace {

EntityKind RuleSetKind() {
  EntityKind kind{.kind = "rule-set", .table = "rule_set", .label = Say("rule set")};
  kind.name = [](Reading& reading, const Id& id) -> std::optional<std::string> {
    auto row = reading.Query("SELECT key || ' ' || version FROM rule_set WHERE id = ?", id);
    if (!row.Step()) return std::nullopt;
    return row.Text(0);
  };
  kind.list = [](Reading& reading) {
    std::vector<std::pair<Id, std::string>> all;
    auto rows = reading.Query("SELECT id, key || ' ' || version FROM rule_set ORDER BY id");
    while (rows.Step()) all.emplace_back(rows.GetId(0), rows.Text(1));
    return all;
  };
  return kind;
}

/// What is never chosen or changed, but has a name in the journal.
EntityKind RecordKind(std::string kind, std::string table, Message label, std::string all) {
  EntityKind record{.kind = std::move(kind), .table = std::move(table), .label = std::move(label)};
  record.list = [all](Reading& reading) {
    std::vector<std::pair<Id, std::string>> names;
    auto rows = reading.Query(all + " ORDER BY id");
    while (rows.Step()) names.emplace_back(rows.GetId(0), rows.Text(1));
    return names;
  };
  record.name = [all](Reading& reading, const Id& id) -> std::optional<std::string> {
    auto row = reading.Query(all + " WHERE id = ?", id);
    if (!row.Step()) return std::nullopt;
    return row.Text(1);
  };
  return record;
}

}  // namespace

void Register(Registry& registry) {
  Component schema{.name = "indices", .migrations = IndicesMigrations(), .tables = {"rule_set", "analysis_plan", "analysis_reveal", "archived_rule_set"}};
  schema.checks = {"SELECT 'a rule set in use is put aside: ' || key FROM rule_set JOIN archived_rule_set ON rule_set_id = rule_set.id WHERE active",
                   "SELECT 'more than one rule set in use: ' || group_concat(key) FROM rule_set WHERE active GROUP BY active HAVING count(*) > 1"};
  registry.Add(std::move(schema));
  registry.Add(RuleSetKind());
  registry.Add(RecordKind("analysis-plan", "analysis_plan", Say("analysis plan"), "SELECT id, 'plan ' || version FROM analysis_plan"));
  registry.Add(RecordKind("analysis-reveal", "analysis_reveal", Say("revealing of tests"), "SELECT id, rule_set FROM analysis_reveal"));
  AddCommands(registry);
  AddScoresView(registry);
  AddOutcomeViews(registry);
  AddFlowCharts(registry);
  AddRuleView(registry);
  AddRuleForm(registry);
  AddRuleCommands(registry);
  AddRuleSets(registry);
  AddPlan(registry);
  AddTests(registry);
  AddWhatIf(registry);
  AddChangeViews(registry);
  AddAssociationViews(registry);
  AddDimensions(registry);
  AddTrajectory(registry);
}

}  // namespace meerstem::indices
