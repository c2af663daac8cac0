#include "core/study/deletion.h"

#include <map>
#include <set>
#include <vector>

#include "core/base/error.h"

namespace meerstem {
namespace {

struct Reference {
  std::string table;
  std::string column;
  bool required;
};

/// Every foreign key of the schema that points at a table, core's and the plugins' alike; asked once per table.
class References {
 public:
  explicit References(Reading& reading) : reading_(reading) {}
  const std::vector<Reference>& To(const std::string& table) {
    const auto known = known_.find(table);
    if (known != known_.end()) return known->second;
    std::vector<Reference>& references = known_[table];
    auto rows = reading_.Query(
        "SELECT child.name, fk.\"from\", (SELECT \"notnull\" FROM pragma_table_info(child.name) WHERE name = fk.\"from\") "
        "FROM sqlite_master child JOIN pragma_foreign_key_list(child.name) fk WHERE child.type = 'table' AND fk.\"table\" = ?",
        table);
    while (rows.Step()) references.push_back({rows.Text(0), rows.Text(1), rows.Int(2) != 0});
    return references;
  }

 private:
  Reading& reading_;
  std::map<std::string, std::vector<Reference>> known_;
};

void Delete(Writing& writing, References& references, const std::string& table, const Id& id, int depth) {
  if (depth > 200) throw Error(ErrorCode::kDamaged, Say("The study refers to itself in a circle at “{0}”; nothing was changed.", table));
  for (const auto& reference : references.To(table)) {
    if (!reference.required) {
      writing.Do("UPDATE " + reference.table + " SET " + reference.column + " = NULL WHERE " + reference.column + " = ?", id);
      continue;
    }
    const auto children = writing.Query("SELECT id FROM " + reference.table + " WHERE " + reference.column + " = ?", id).Ids();
    for (const auto& child : children) Delete(writing, references, reference.table, child, depth + 1);
  }
  writing.Do("DELETE FROM memo WHERE entity_id = ?", id);
  writing.Do("DELETE FROM variable_value WHERE entity_id = ?", id);
  writing.Do("DELETE FROM " + table + " WHERE id = ?", id);
}

/// Columns that may differ between two rows that say the same.
const std::set<std::string> kIncidental = {"id", "at", "origin", "order_key"};

/// A row of a table that refers elsewhere and says what another row says already: the same code on the same quote by
/// the same coder, the same membership. The older one.
std::optional<Id> Twin(Writing& writing, const std::string& table, const Id& id) {
  std::string same;
  {
    auto columns = writing.Query("SELECT name FROM pragma_table_info(?)", table);
    while (columns.Step()) {
      const std::string column = columns.Text(0);
      if (!kIncidental.contains(column)) same += " AND mine.\"" + column + "\" IS other.\"" + column + "\"";
    }
  }
  auto row = writing.Query("SELECT other.id FROM " + table + " mine JOIN " + table + " other ON other.id <> mine.id" + same + " WHERE mine.id = ? ORDER BY other.id LIMIT 1", id);
  return row.Step() ? std::optional(row.GetId(0)) : std::nullopt;
}

void Merge(Writing& writing, References& references, const std::string& table, const Id& from, const Id& into, int depth) {
  if (depth > 200) throw Error(ErrorCode::kDamaged, Say("The study refers to itself in a circle at “{0}”; nothing was changed.", table));
  for (const auto& reference : references.To(table)) {
    if (reference.table == table) {
      // `into` may hang below `from`: it takes the place of `from` first, or it would end up below itself.
      std::set<Id> above;
      for (Id at = into; !at.IsNil() && at != from && above.insert(at).second;) {
        auto row = writing.Query("SELECT " + reference.column + " FROM " + table + " WHERE id = ?", at);
        at = row.Step() ? row.GetId(0) : Id{};
        if (at == from) {
          writing.Do("UPDATE " + table + " SET " + reference.column + " = (SELECT " + reference.column + " FROM " + table + " WHERE id = ?) WHERE id = ?", from, into);
        }
      }
    }
    const auto children = writing.Query("SELECT id FROM " + reference.table + " WHERE " + reference.column + " = ?", from).Ids();
    writing.Do("UPDATE " + reference.table + " SET " + reference.column + " = ? WHERE " + reference.column + " = ?", into, from);
    for (const auto& child : children) {
      // Codes and people of the same name are still two; what only links others is one.
      if (!reference.required) continue;
      if (const auto twin = Twin(writing, reference.table, child)) Merge(writing, references, reference.table, child, *twin, depth + 1);
    }
  }
  writing.Do("UPDATE memo SET entity_id = ? WHERE entity_id = ?", into, from);
  writing.Do("UPDATE variable_value SET entity_id = ? WHERE entity_id = ?", into, from);
  writing.Do("DELETE FROM " + table + " WHERE id = ?", from);
}

}  // namespace

void DeleteEntity(Writing& writing, const std::string& table, const Id& id) {
  References references(writing);
  Delete(writing, references, table, id, 0);
}

void MergeEntity(Writing& writing, const std::string& table, const Id& from, const Id& into) {
  if (from == into) throw Refuse("A thing cannot be merged with itself; choose another one.");
  References references(writing);
  Merge(writing, references, table, from, into, 0);
}

bool IsReferenced(Reading& reading, const std::string& table, const Id& id) {
  References references(reading);
  for (const auto& reference : references.To(table)) {
    if (reading.Number("SELECT EXISTS (SELECT 1 FROM " + reference.table + " WHERE " + reference.column + " = ?)", id) > 0) return true;
  }
  return false;
}

}  // namespace meerstem
