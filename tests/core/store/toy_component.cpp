#include "tests/core/store/toy_component.h"

#include <cstdlib>

#include "core/base/language.h"

namespace meerstem::testing {

Component ToyComponent() {
  return {.name = "toy",
          .migrations = {R"sql(
CREATE TABLE toy_note (
  id BLOB NOT NULL PRIMARY KEY,
  person_id BLOB NOT NULL REFERENCES person (id),
  code_id BLOB REFERENCES code (id),
  text TEXT NOT NULL,
  order_key REAL NOT NULL DEFAULT 0
);
CREATE INDEX toy_note_person ON toy_note (person_id);
CREATE INDEX toy_note_code ON toy_note (code_id);
CREATE TABLE toy_link (
  id BLOB NOT NULL PRIMARY KEY,
  note_id BLOB NOT NULL REFERENCES toy_note (id),
  code_id BLOB NOT NULL REFERENCES code (id)
);
CREATE INDEX toy_link_note ON toy_link (note_id);
CREATE INDEX toy_link_code ON toy_link (code_id);
)sql"},
          .tables = {"toy_note", "toy_link"}};
}

void RegisterToy(Registry& registry) { registry.Add(ToyComponent()); }

Store::Options ToyOptions(std::uint64_t seed) {
  Registry registry;
  RegisterCore(registry);
  RegisterToy(registry);
  auto clock = std::make_shared<FixedClock>();
  return {.backups = false, .clock = clock, .ids = std::make_shared<IdSource>(clock, seed), .components = registry.components()};
}

int Dose() {
  const char* factor = std::getenv("MEERSTEM_LONG");
  return factor ? std::max(1, std::atoi(factor)) * (std::atoi(factor) == 1 ? 10 : 1) : 1;
}

std::string DumpOf(Store& store, const std::vector<Component>& components) {
  std::string dump;
  auto reading = store.Read();
  for (const auto& component : components) {
    for (const auto& table : component.tables) {
      std::string columns, key;
      {
        auto rows = reading->Query("SELECT name, pk FROM pragma_table_info(?)", table);
        while (rows.Step()) {
          columns += (columns.empty() ? "quote(" : " || '|' || quote(") + rows.Text(0) + ")";
          if (rows.Int(1) > 0) key = rows.Text(0);
        }
      }
      auto rows = reading->Query("SELECT " + columns + " FROM " + table + " ORDER BY " + key);
      while (rows.Step()) dump += table + ": " + rows.Text(0) + "\n";
    }
  }
  return dump;
}

std::string SentenceOf(const std::function<void()>& call) {
  try {
    call();
  } catch (const Error& error) {
    return (*Language::English())(error.message());
  }
  return {};
}

}  // namespace meerstem::testing
