#include "tests/core/store/random_edits.h"

#include <map>

#include "core/command/parameters.h"

#include "core/study/deletion.h"
#include "core/study/sources.h"

namespace meerstem::testing {
namespace {

/// What the schema's CHECKs allow.
const std::map<std::string, std::vector<std::string>> kChoices = {
    {"source.kind", {"interview", "focus_group", "field_note", "document", "remark", "literature"}},
    {"membership.role", {"adult", "child", "coach"}},
    {"coding.origin", {"hand", "search", "import", "suggestion"}},
    {"variable.type", {"text", "boolean", "integer", "float", "date", "datetime"}},
    {"variable.entity_kind", {"source", "person", "case"}},
    {"consent.purpose", {"analysis", "quotation", "archive", "everything"}},
    {"consent.answer", {"given", "refused", "withdrawn"}},
    {"instrument_domain.level", {"household", "adult", "child"}},
    {"answer.status", {"not_applicable", "unknown", "remark"}},
    {"study_case.subject", {"family", "professional"}},
    {"instrument.subject", {"family", "professional"}},
    {"case_step.step", {"approached", "referred", "waiting", "declined"}},
};

}  // namespace

std::string RandomEdits::Words() {
  static const std::vector<std::string> kWords = {"vertrouwen", "n’importe quoi", "é", "e\u0301", "👩🏽‍👧", "", "Ada's", "regel\nregel", "\"", "0", "日本"};
  return kWords[Below(kWords.size())] + std::to_string(Below(1000));
}

std::optional<Id> RandomEdits::Any(Reading& reading, const std::string& table) {
  const std::string key = table == "content" ? "hash" : "id";
  const auto count = reading.Number("SELECT count(*) FROM " + table);
  if (count == 0) return std::nullopt;
  auto row = reading.Query("SELECT " + key + " FROM " + table + " ORDER BY " + key + " LIMIT 1 OFFSET ?", Below(static_cast<std::size_t>(count)));
  return row.Step() ? row.MaybeId(0) : std::nullopt;
}

void RandomEdits::Edit(Writing& writing) {
  if (Below(6) == 0) StoreContent(writing, "Text " + Words() + " long enough for spans.");
  const std::string table = tables_[Below(tables_.size())];
  switch (Below(10)) {
    case 0: return Delete(writing);
    case 1: return Merge(writing);
    case 2: return Replace(writing);
    case 3:
    case 4: return Update(writing, table);
    default: return Insert(writing, table);
  }
}

void RandomEdits::Insert(Writing& writing, const std::string& table) {
  if (table == "setting") return Replace(writing);
  struct Column {
    std::string name, type, parent;
    bool required;
  };
  std::vector<Column> columns;
  {
    auto rows = writing.Query(
        "SELECT c.name, c.type, ifnull((SELECT \"table\" FROM pragma_foreign_key_list(?1) f WHERE f.\"from\" = c.name), ''), c.\"notnull\" "
        "FROM pragma_table_info(?1) c",
        table);
    while (rows.Step()) columns.push_back({rows.Text(0), rows.Text(1), rows.Text(2), rows.Int(3) != 0});
  }
  std::string names, places;
  std::vector<ArgumentValue> values;
  const auto start = static_cast<std::int64_t>(Below(10));
  for (const auto& column : columns) {
    const auto choice = kChoices.find(table + "." + column.name);
    ArgumentValue value = std::int64_t{0};
    if (column.name == "id") value = writing.NewId();
    else if (!column.parent.empty()) {
      const auto parent = Any(writing, column.parent);
      if (!parent && column.required) return;
      if (!parent || (!column.required && Below(3) == 0)) continue;
      value = *parent;
    } else if (choice != kChoices.end()) value = choice->second[Below(choice->second.size())];
    else if (table == "answer" && column.name == "value") continue;
    else if (column.type == "BLOB") value = Any(writing, "stakeholder_type").value_or(Id{});
    else if (column.type == "REAL") value = static_cast<double>(Below(1000)) / 8;
    else if (column.name == "end") value = start + static_cast<std::int64_t>(Below(12));
    else if (column.name == "until_ms") value = 5 + static_cast<std::int64_t>(Below(5));
    else if (column.type == "INTEGER") value = column.name == "start" ? start : static_cast<std::int64_t>(Below(5));
    else if (!column.required && Below(2) == 0) continue;
    else value = Words();
    names += (names.empty() ? "\"" : ", \"") + column.name + "\"";
    places += places.empty() ? "?" : ", ?";
    values.push_back(value);
  }
  auto insert = writing.Query("INSERT INTO " + table + " (" + names + ") VALUES (" + places + ")");
  for (std::size_t i = 0; i < values.size(); ++i) {
    const int index = static_cast<int>(i) + 1;
    if (const auto* id = std::get_if<Id>(&values[i])) insert.Bind(index, *id);
    else if (const auto* text = std::get_if<std::string>(&values[i])) insert.Bind(index, *text);
    else if (const auto* real = std::get_if<double>(&values[i])) insert.Bind(index, *real);
    else insert.Bind(index, std::get<std::int64_t>(values[i]));
  }
  insert.Finish();
}

void RandomEdits::Update(Writing& writing, const std::string& table) {
  if (table == "setting") return Replace(writing);
  const auto id = Any(writing, table);
  if (!id) return;
  std::vector<std::pair<std::string, std::string>> columns;
  {
    auto rows = writing.Query(
        "SELECT name, type FROM pragma_table_info(?1) WHERE pk = 0 AND type IN ('TEXT', 'REAL') "
        "AND name NOT IN (SELECT \"from\" FROM pragma_foreign_key_list(?1))",
        table);
    while (rows.Step()) {
      if (!kChoices.contains(table + "." + rows.Text(0))) columns.emplace_back(rows.Text(0), rows.Text(1));
    }
  }
  if (columns.empty()) return;
  const auto& [column, type] = columns[Below(columns.size())];
  const std::string sql = "UPDATE " + table + " SET \"" + column + "\" = ? WHERE id = ?";
  if (type == "REAL") writing.Do(sql, static_cast<double>(Below(1000)) / 8, *id);
  else writing.Do(sql, Words(), *id);
}

void RandomEdits::Delete(Writing& writing) {
  static const std::vector<std::string> kDeletable = {"site", "person", "study_case", "source", "code", "quote", "coding", "speaker", "item", "instrument", "toy_note"};
  const std::string table = kDeletable[Below(kDeletable.size())];
  if (const auto id = Any(writing, table)) DeleteEntity(writing, table, *id);
}

void RandomEdits::Merge(Writing& writing) {
  static const std::vector<std::string> kMergeable = {"site", "person", "study_case", "code", "researcher"};
  const std::string table = kMergeable[Below(kMergeable.size())];
  const auto from = Any(writing, table), into = Any(writing, table);
  if (from && into && from != into) MergeEntity(writing, table, *from, *into);
}

void RandomEdits::Replace(Writing& writing) {
  writing.Do("INSERT OR REPLACE INTO setting (key, value) VALUES (?, ?)", "key" + std::to_string(Below(4)), Words());
}

}  // namespace meerstem::testing
