#include "core/study/people.h"

namespace meerstem {

std::vector<StakeholderType> StakeholderTypes(Reading& reading) {
  std::vector<StakeholderType> types;
  auto rows = reading.Query("SELECT id, key, name, researcher FROM stakeholder_type ORDER BY order_key, name");
  while (rows.Step()) types.push_back({rows.GetId(0), rows.Text(1), rows.Text(2), rows.Int(3) != 0});
  return types;
}

Id EnsureSite(Writing& writing, const std::string& name) {
  {
    auto row = writing.Query("SELECT id FROM site WHERE name = ?", name);
    if (row.Step()) return row.GetId(0);
  }
  const Id id = writing.NewId();
  writing.Do("INSERT INTO site (id, name, order_key) VALUES (?, ?, (SELECT ifnull(max(order_key), 0) + 1 FROM site))", id, name);
  return id;
}

Id EnsureCase(Writing& writing, const std::string& code) {
  {
    auto row = writing.Query("SELECT id FROM study_case WHERE code = ?", code);
    if (row.Step()) return row.GetId(0);
  }
  const Id id = writing.NewId();
  writing.Do("INSERT INTO study_case (id, code, order_key) VALUES (?, ?, (SELECT ifnull(max(order_key), 0) + 1 FROM study_case))", id, code);
  return id;
}

Id EnsurePerson(Writing& writing, const std::string& pseudonym) {
  {
    auto row = writing.Query("SELECT id FROM person WHERE pseudonym = ?", pseudonym);
    if (row.Step()) return row.GetId(0);
  }
  const Id id = writing.NewId();
  writing.Do("INSERT INTO person (id, pseudonym) VALUES (?, ?)", id, pseudonym);
  return id;
}

void EnsureMembership(Writing& writing, const Id& person, const Id& study_case, const std::string& role) {
  if (writing.Number("SELECT count(*) FROM membership WHERE person_id = ? AND case_id = ? AND role = ?", person, study_case, role) > 0) return;
  writing.Do(
      "INSERT INTO membership (id, person_id, case_id, role, order_key) "
      "VALUES (?, ?, ?, ?, (SELECT ifnull(max(order_key), 0) + 1 FROM membership WHERE case_id = ?3))",
      writing.NewId(), person, study_case, role);
}

std::vector<Member> MembersOf(Reading& reading, const Id& study_case) {
  std::vector<Member> members;
  auto rows = reading.Query(
      "SELECT person.id, pseudonym, role, birth_year, joined, left_on, membership.code FROM membership JOIN person ON person.id = person_id "
      "WHERE case_id = ? ORDER BY CASE role WHEN 'adult' THEN 0 WHEN 'child' THEN 1 ELSE 2 END, order_key",
      study_case);
  while (rows.Step()) {
    const auto birth = rows.MaybeInt(3);
    members.push_back({rows.GetId(0), rows.Text(1), rows.Text(2),
                       birth ? std::optional(static_cast<int>(*birth)) : std::nullopt, rows.MaybeDate(4), rows.MaybeDate(5), rows.Text(6)});
  }
  return members;
}

void SeedStudy(Writing& writing, const std::string& language) {
  const bool dutch = language == "nl";
  struct Type {
    const char* key;
    const char* nl;
    const char* en;
    bool researcher;
  };
  constexpr Type kTypes[] = {{"coordinator", "Coördinator", "Coordinator", false},
                             {"coach", "Coach", "Coach", false},
                             {"family", "Gezin", "Family", false},
                             {"researcher", "Onderzoeker", "Researcher", true}};
  double order = 1;
  for (const auto& type : kTypes) {
    writing.Do("INSERT INTO stakeholder_type (id, key, name, researcher, order_key) VALUES (?, ?, ?, ?, ?)", writing.NewId(),
               type.key, dutch ? type.nl : type.en, type.researcher, order++);
  }
}

std::string Setting(Reading& reading, const std::string& key, const std::string& fallback) {
  auto row = reading.Query("SELECT value FROM setting WHERE key = ?", key);
  return row.Step() ? row.Text(0) : fallback;
}

void SetSetting(Writing& writing, const std::string& key, const std::string& value) {
  writing.Do("INSERT INTO setting VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = ?2", key, value);
}

}  // namespace meerstem
