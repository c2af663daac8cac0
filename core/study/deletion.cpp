#include "core/study/deletion.h"

#include <vector>

#include "core/base/error.h"

namespace meerstem {
namespace {

struct Reference {
  std::string table;
  std::string column;
  bool required;
};

/// Every foreign key of the schema that points at `table`, core's and the plugins' alike.
std::vector<Reference> ReferencesTo(Reading& reading, const std::string& table) {
  std::vector<Reference> references;
  auto rows = reading.Query(
      "SELECT child.name, fk.\"from\", (SELECT \"notnull\" FROM pragma_table_info(child.name) WHERE name = fk.\"from\") "
      "FROM sqlite_master child JOIN pragma_foreign_key_list(child.name) fk WHERE child.type = 'table' AND fk.\"table\" = ?",
      table);
  while (rows.Step()) references.push_back({rows.Text(0), rows.Text(1), rows.Int(2) != 0});
  return references;
}

void Delete(Writing& writing, const std::string& table, const Id& id, int depth) {
  if (depth > 200) throw Error(ErrorCode::kDamaged, Say("The study refers to itself in a circle at “{0}”; nothing was changed.", table));
  for (const auto& reference : ReferencesTo(writing, table)) {
    if (!reference.required) {
      writing.Do("UPDATE " + reference.table + " SET " + reference.column + " = NULL WHERE " + reference.column + " = ?", id);
      continue;
    }
    std::vector<Id> children;
    {
      auto rows = writing.Query("SELECT id FROM " + reference.table + " WHERE " + reference.column + " = ?", id);
      while (rows.Step()) children.push_back(rows.GetId(0));
    }
    for (const auto& child : children) Delete(writing, reference.table, child, depth + 1);
  }
  writing.Do("DELETE FROM memo WHERE entity_id = ?", id);
  writing.Do("DELETE FROM variable_value WHERE entity_id = ?", id);
  writing.Do("DELETE FROM " + table + " WHERE id = ?", id);
}

}  // namespace

void DeleteEntity(Writing& writing, const std::string& table, const Id& id) { Delete(writing, table, id, 0); }

void MergeEntity(Writing& writing, const std::string& table, const Id& from, const Id& into) {
  for (const auto& reference : ReferencesTo(writing, table)) {
    writing.Do("UPDATE " + reference.table + " SET " + reference.column + " = ? WHERE " + reference.column + " = ?", into, from);
  }
  writing.Do("UPDATE memo SET entity_id = ? WHERE entity_id = ?", into, from);
  writing.Do("UPDATE variable_value SET entity_id = ? WHERE entity_id = ?", into, from);
  writing.Do("DELETE FROM " + table + " WHERE id = ?", from);
}

}  // namespace meerstem
