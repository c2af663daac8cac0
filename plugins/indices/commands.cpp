// Rule sets come in as JSON files and one is in use at a time.
#include <algorithm>
#include <filesystem>

#include "core/base/error.h"
#include "core/base/read_file.h"
#include "core/plugin/shipped.h"
#include "plugins/indices/common.h"

namespace meerstem::indices {
namespace {

namespace fs = std::filesystem;
constexpr std::size_t kFileLimit = 4u << 20;

void Use(Writing& writing, const Id& id) {
  writing.Do("DELETE FROM archived_rule_set WHERE rule_set_id = ?", id);
  writing.Do("UPDATE rule_set SET active = 0 WHERE active AND id <> ?", id);
  writing.Do("UPDATE rule_set SET active = 1 WHERE id = ?", id);
}

Command AddCommand(const std::string& folder) {
  const Parameter shipped = ShippedParameter(folder, Say("Rule set that comes with Meerstem"));
  Command add;
  add.id = "indices.add-rule-set";
  add.label = Say("Add a rule set");
  add.help = Say("Brings a rule set into the study: which items make which criterion, with cut-offs and threshold, from a JSON file. The first one is in use at once.");
  add.parameters = {{.name = "file", .type = ParameterType::kFile, .label = Say("Rule set file")}, shipped};
  add.prepare = [folder](Reading& reading, const Arguments& arguments, Job&) {
    if (arguments.Has("file") == arguments.Has("shipped")) {
      throw Usage("Say which rule set: --file with a file, or --shipped with the name of one that comes with Meerstem.");
    }
    const std::string path = arguments.Has("file") ? arguments.Text("file") : folder + "/" + arguments.Text("shipped") + ".json";
    const std::string bytes = ReadFile(path, kFileLimit);
    const RuleSet rules = ReadRuleSet(bytes, fs::path(path).filename().string());
    if (reading.Number("SELECT count(*) FROM rule_set WHERE key = ? AND version = ?", rules.key, rules.version) > 0) {
      throw Refuse("The rule set “{0}”, version {1}, is in the study already.", rules.key, rules.version);
    }
    auto row = reading.Query("SELECT id FROM instrument WHERE key = ? ORDER BY id DESC", rules.instrument);
    if (!row.Step()) {
      throw Refuse("The rule set “{0}” needs the instrument “{1}”, which is not in the study; add it first with registrations.add-instrument.", rules.key, rules.instrument);
    }
    CheckAgainst(rules, GetInstrument(reading, row.GetId(0)));
    const bool first = reading.Number("SELECT count(*) FROM rule_set WHERE active") == 0;
    return Simply([rules, bytes, first](Writing& writing, meerstem::Outcome& outcome) {
      const Id id = writing.NewId();
      writing.Do("INSERT INTO rule_set (id, key, version, name, json, active) VALUES (?, ?, ?, ?, ?, ?)", id, rules.key, rules.version, ToJson(rules.name), bytes, first);
      outcome.created.push_back(id);
      if (!first) outcome.notes.push_back(Say("Another rule set stays in use; change that with indices.use-rule-set."));
      outcome.show = view::Target{"indices.rule-set", {{"rule-set", id}}};
    });
  };
  return add;
}

Command UseCommand() {
  Command use;
  use.id = "indices.use-rule-set";
  use.label = Say("Use a rule set");
  use.help = Say("All scores, outcomes and displays follow this rule set from now on.");
  use.parameters = {{.name = "rule-set", .type = ParameterType::kEntity, .label = Say("Rule set"), .required = true, .entity_kind = "rule-set"}};
  use.prepare = [](Reading& reading, const Arguments& arguments, Job&) {
    const Id id = *arguments.Entity("rule-set");
    if (reading.Number("SELECT active FROM rule_set WHERE id = ?", id) != 0) throw Refuse("This rule set is in use already.");
    return Simply([id](Writing& writing, meerstem::Outcome& outcome) {
      Use(writing, id);
      outcome.show = view::Target{"indices.outcomes", {}};
    });
  };
  return use;
}

}  // namespace

void AddCommands(Registry& registry) {
  registry.Add(AddCommand(registry.data_folder() + "/indices"));
  registry.Add(UseCommand());
}

}  // namespace meerstem::indices
