#include "tests/core/store/schema_rules.h"

#include <algorithm>
#include <set>

namespace meerstem::testing {
namespace {

/// Tables that undo need not reach: the store's own record, content found by its hash, drafts. Caches are droppable.
const std::set<std::string> kUntracked = {"component", "journal", "journal_change", "journal_group", "draft", "content", "original"};

std::vector<std::string> Column(Reading& reading, const std::string& sql, const std::string& argument) {
  std::vector<std::string> values;
  auto rows = reading.Query(sql, argument);
  while (rows.Step()) values.push_back(rows.Text(0));
  return values;
}

}  // namespace

std::vector<std::string> SchemaFaults(Store& store, const std::vector<Component>& components) {
  std::vector<std::string> faults;
  std::set<std::string> tracked;
  for (const auto& component : components) {
    for (const auto& table : component.tables) {
      if (!tracked.insert(table).second) faults.push_back(table + " is tracked twice");
    }
  }
  auto reading = store.Read();
  const auto tables = Column(*reading, "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND ? = ''", "");
  for (const auto& table : tracked) {
    if (std::find(tables.begin(), tables.end(), table) == tables.end()) faults.push_back(table + " is tracked but does not exist");
  }
  for (const auto& trigger : Column(*reading, "SELECT name FROM sqlite_master WHERE type = 'trigger' AND ? = ''", "")) {
    faults.push_back("the trigger " + trigger + " would change data behind the journal");
  }
  for (const auto& table : tables) {
    if (!tracked.contains(table) && !kUntracked.contains(table) && !table.starts_with("cache_")) faults.push_back(table + " is neither tracked nor known to need no undo");
    for (const auto& column : Column(*reading, "SELECT \"from\" FROM pragma_foreign_key_list(?1) f WHERE NOT EXISTS (SELECT 1 FROM pragma_index_list(?1) l JOIN pragma_index_info(l.name) i WHERE i.seqno = 0 AND i.name = f.\"from\")", table)) {
      faults.push_back(table + "." + column + " is a foreign key without an index");
    }
    for (const auto& column : Column(*reading, "SELECT \"from\" FROM pragma_foreign_key_list(?) WHERE on_delete NOT IN ('NO ACTION', 'RESTRICT') OR on_update NOT IN ('NO ACTION', 'RESTRICT')", table)) {
      faults.push_back(table + "." + column + " cascades");
    }
    for (const auto& column : Column(*reading, "SELECT name FROM pragma_table_xinfo(?) WHERE hidden IN (2, 3)", table)) {
      faults.push_back(table + "." + column + " is generated");
    }
    for (const auto& index : Column(*reading, "SELECT l.name FROM pragma_index_list(?) l JOIN pragma_index_info(l.name) i WHERE l.\"unique\" AND i.name LIKE '%order_key%'", table)) {
      faults.push_back(index + " makes order keys unique");
    }
    if (!tracked.contains(table)) continue;
    const auto keys = Column(*reading, "SELECT name || ' ' || \"notnull\" FROM pragma_table_info(?) WHERE pk > 0", table);
    if (keys.size() != 1) faults.push_back(table + " needs a primary key of one column");
    for (const auto& key : keys) {
      if (key.ends_with(" 0")) faults.push_back(table + " has a primary key that may be NULL");
      if (!key.starts_with("id ") && table != "setting") faults.push_back(table + " has a primary key that is not named id, which deletion needs");
    }
  }
  return faults;
}

}  // namespace meerstem::testing
