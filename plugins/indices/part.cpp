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

}  // namespace

void Register(Registry& registry) {
  Component schema{.name = "indices", .migrations = IndicesMigrations(), .tables = {"rule_set"}};
  schema.checks = {"SELECT 'more than one rule set in use: ' || group_concat(key) FROM rule_set WHERE active GROUP BY active HAVING count(*) > 1"};
  registry.Add(std::move(schema));
  registry.Add(RuleSetKind());
  AddCommands(registry);
  AddScoresView(registry);
  AddOutcomeViews(registry);
  AddFlowCharts(registry);
  AddRuleView(registry);
  AddDimensions(registry);
}

}  // namespace meerstem::indices
