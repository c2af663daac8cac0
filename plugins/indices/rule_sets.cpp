// The rule sets of a study: which there are, to a file, a copy under a name of its own, put aside, removed.
#include <algorithm>

#include "core/base/error.h"
#include "core/base/write_file.h"
#include "core/study/deletion.h"
#include "plugins/indices/common.h"
#include "plugins/indices/plan.h"

namespace meerstem::indices {
namespace {

bool InUse(Reading& reading, const Id& id) { return reading.Number("SELECT active FROM rule_set WHERE id = ?", id) != 0; }
bool PutAside(Reading& reading, const Id& id) { return reading.Number("SELECT count(*) FROM archived_rule_set WHERE rule_set_id = ?", id) > 0; }

Parameter Which() {
  return {.name = "rule-set", .type = ParameterType::kEntity, .label = Say("Rule set"), .required = true, .entity_kind = "rule-set"};
}

Command ExportCommand() {
  Command command;
  command.id = "indices.export-rule-set";
  command.label = Say("Write a rule set to a file");
  command.help = Say("A JSON file that indices.add-rule-set brings into another study.");
  command.parameters = {TheRuleSet(), {.name = "to", .type = ParameterType::kOutput, .label = Say("File"), .help = Say("A .json file."), .required = true}};
  command.prepare = [](Reading& reading, const Arguments& arguments, Job&) {
    const RuleSet rules = RequiredRules(reading, arguments).second;
    const std::string path = arguments.Text("to");
    RequireFileTarget(path);
    Plan plan;
    plan.apply = [rules, path](Applying& applying) {
      RequireFileTarget(path, applying.store().path());
      ReplaceFile(path, WriteRuleSet(rules) + "\n");
      applying.outcome.notes.push_back(Say("The rule set {0} was written to “{1}”.", NameOf(rules), path));
    };
    return plan;
  };
  return command;
}

Command CopyCommand() {
  Command command;
  command.id = "indices.copy-rule-set";
  command.label = Say("Copy a rule set");
  command.help = Say("The same rules under a key of their own, to be changed beside the first; what-if shows both.");
  command.parameters = {TheRuleSet(),
                        {.name = "key", .type = ParameterType::kText, .label = Say("Key"), .required = true},
                        {.name = "name", .type = ParameterType::kText, .label = Say("Name"), .required = true},
                        {.name = "language", .type = ParameterType::kChoice, .label = Say("Language of the text"), .choices = {{"nl", Say("Dutch")}, {"en", Say("English")}}, .fallback = "nl"}};
  command.prepare = [](Reading& reading, const Arguments& arguments, Job&) {
    RuleSet rules = RequiredRules(reading, arguments).second;
    rules.key = arguments.Text("key");
    rules.version = "1";
    rules.name = {{{arguments.Text("language"), arguments.Text("name")}}};
    if (reading.Number("SELECT count(*) FROM rule_set WHERE key = ?", rules.key) > 0) throw Refuse("The study has a rule set “{0}” already.", rules.key);
    return Simply([rules](Writing& writing, meerstem::Outcome& outcome) {
      const Id id = writing.NewId();
      writing.Do("INSERT INTO rule_set (id, key, version, name, json, active) VALUES (?, ?, ?, ?, ?, 0)", id, rules.key, rules.version, ToJson(rules.name), WriteRuleSet(rules));
      outcome.created.push_back(id);
      outcome.show = view::Target{"indices.edit-rule-set", {{"rule-set", id}}};
    });
  };
  return command;
}

Command ArchiveCommand() {
  Command command;
  command.id = "indices.archive-rule-set";
  command.label = Say("Put a rule set aside");
  command.help = Say("It is kept for the results that name it, but no longer compared in what-if; with --back it returns, and so it does when it is put to use.");
  command.parameters = {Which(), {.name = "back", .type = ParameterType::kBoolean, .label = Say("Take it back"), .fallback = "no"}};
  command.prepare = [](Reading& reading, const Arguments& arguments, Job&) {
    const Id id = *arguments.Entity("rule-set");
    const bool back = arguments.Flag("back");
    if (InUse(reading, id)) throw Refuse("This rule set is in use; put another to use first.");
    if (back != PutAside(reading, id)) throw back ? Refuse("This rule set is not put aside.") : Refuse("This rule set is put aside already.");
    return Simply([id, back](Writing& writing, meerstem::Outcome&) {
      if (back) writing.Do("DELETE FROM archived_rule_set WHERE rule_set_id = ?", id);
      else writing.Do("INSERT INTO archived_rule_set (id, rule_set_id) VALUES (?, ?)", writing.NewId(), id);
    });
  };
  return command;
}

Command RemoveCommand() {
  Command command;
  command.id = "indices.remove-rule-set";
  command.label = Say("Remove a rule set");
  command.help = Say("For what was made by mistake. The one in use stays, and so does the one under which tests were revealed; put those aside instead.");
  command.parameters = {Which()};
  command.prepare = [](Reading& reading, const Arguments& arguments, Job&) {
    const Id id = *arguments.Entity("rule-set");
    if (InUse(reading, id)) throw Refuse("This rule set is in use; put another to use first.");
    const std::string name = NameOf(RequiredRules(reading, arguments).second);
    if (reading.Number("SELECT count(*) FROM analysis_reveal WHERE rule_set = ?", name) > 0) throw Refuse("Tests were revealed under {0}, so it stays; put it aside with indices.archive-rule-set.", name);
    return Simply([id](Writing& writing, meerstem::Outcome& outcome) {
      DeleteEntity(writing, "rule_set", id);
      outcome.show = view::Target{"indices.rule-sets", {}};
    });
  };
  return command;
}

view::Model RuleSets(Reading& reading, const Arguments&, Job&) {
  view::Model model;
  std::vector<view::Row> rows;
  std::int64_t aside = 0;
  auto stored = reading.Query("SELECT id, json, key, active, EXISTS (SELECT 1 FROM archived_rule_set WHERE rule_set_id = rule_set.id) FROM rule_set ORDER BY key, id");
  while (stored.Step()) {
    const Id id = stored.GetId(0);
    const RuleSet rules = ReadRuleSet(stored.Text(1), stored.Text(2));
    const bool active = stored.Int(3) != 0, archived = stored.Int(4) != 0;
    aside += archived;
    view::Row row{.key = ToString(id), .entities = {{"rule-set", id}}, .target = view::Target{"indices.rule-set", {{"rule-set", id}}}};
    row.cells = {{.value = Verbatim(rules.name)},
                 {.value = rules.key},
                 {.value = rules.version},
                 {.value = active ? Say("in use") : archived ? Say("put aside") : Say("kept"), .glyph = active ? "●" : archived ? "–" : "○"},
                 {.value = rules.instrument},
                 {.value = static_cast<std::int64_t>(rules.criteria.size())},
                 {.value = std::int64_t{rules.threshold}},
                 {.value = std::int64_t{rules.follow_up_months}}};
    rows.push_back(std::move(row));
  }
  model.population.facts = {{"rule_sets", Say("Rule sets"), static_cast<std::int64_t>(rows.size())}, {"aside", Say("Put aside"), aside}};
  model.body = view::Table{{{"name", Say("Name")},
                            {"key", Say("Key")},
                            {"version", Say("Version")},
                            {"state", Say("State")},
                            {"instrument", Say("Instrument")},
                            {"criteria", Say("Criteria"), view::ColumnType::kInteger},
                            {"threshold", Say("Threshold"), view::ColumnType::kInteger},
                            {"months", Say("Months to follow-up, at least"), view::ColumnType::kInteger}},
                           view::MakeRows(std::move(rows))};
  model.empty = Say("The study has no rule set yet.");
  model.actions = {{Say("Add a rule set"), "indices.add-rule-set", {}}};
  return model;
}

}  // namespace

void AddRuleSets(Registry& registry) {
  registry.Add(ExportCommand());
  registry.Add(CopyCommand());
  registry.Add(ArchiveCommand());
  registry.Add(RemoveCommand());
  View sets;
  sets.id = "indices.rule-sets";
  sets.kind = view::Kind::kTable;
  sets.label = Say("Rule sets");
  sets.help = Say("Every rule set and version of the study, and which one is in use.");
  sets.build = &RuleSets;
  registry.Add(std::move(sets));
}

}  // namespace meerstem::indices
