// The rules of the schema, over core and over everything that the built plugins add; and the views for outside readers.
#include <gtest/gtest.h>

#include <sqlite3.h>

#include "core/base/language.h"
#include "core/plugin/program.h"
#include "core/study/codes.h"
#include "core/study/people.h"
#include "core/study/quotes.h"
#include "core/study/sources.h"
#include "tests/core/store/schema_rules.h"
#include "tests/core/store/toy_component.h"
#include "tests/support/test_study.h"

namespace meerstem::testing {
namespace {

std::string Lines(const std::vector<std::string>& faults) {
  std::string lines;
  for (const auto& fault : faults) lines += fault + "\n";
  return lines;
}

TEST(Schema, CoreKeepsTheRules) {
  TestStudy study({&RegisterToy});
  EXPECT_EQ(Lines(SchemaFaults(study.store(), study.registry().components())), "");
}

TEST(Schema, WholeProgramKeepsTheRules) {
  TestFolder folder;
  const Program program({.plugins = MEERSTEM_PLUGIN_DIR, .data = MEERSTEM_DATA_DIR, .locales = "", .state = ""});
  for (const auto& plugin : program.plugins()) EXPECT_TRUE(plugin.loaded) << plugin.file << ": " << (*Language::English())(plugin.why_not);
  auto store = program.Create(folder.path("a.meerstem"), "nl", "Ada");
  EXPECT_EQ(Lines(SchemaFaults(*store, program.registry().components())), "");
  EXPECT_EQ(Lines(store->Check()), "");
}

TEST(Schema, BreachesAreFound) {
  TestFolder folder;
  auto options = ToyOptions();
  options.components.push_back({.name = "bad",
                                .migrations = {"CREATE TABLE bad_one (id BLOB PRIMARY KEY, code_id BLOB REFERENCES code (id) ON DELETE CASCADE, order_key REAL UNIQUE);"
                                               "CREATE TABLE bad_two (x); CREATE TABLE cache_fine (x);"
                                               "CREATE TABLE bad_three (id BLOB NOT NULL PRIMARY KEY, a INTEGER, b INTEGER GENERATED ALWAYS AS (a + 1));"
                                               "CREATE TRIGGER bad_four AFTER INSERT ON bad_two BEGIN DELETE FROM bad_two; END;"},
                                .tables = {"bad_one", "bad_three"}});
  auto store = Store::Create(folder.path("a.meerstem"), options);
  const std::string faults = Lines(SchemaFaults(*store, options.components));
  for (const char* part : {"bad_one.code_id is a foreign key without an index", "bad_one.code_id cascades", "primary key that may be NULL",
                           "order keys unique", "bad_two is neither tracked", "bad_three.b is generated", "the trigger bad_four"}) {
    EXPECT_NE(faults.find(part), std::string::npos) << part << "\n" << faults;
  }
  EXPECT_EQ(faults.find("cache_fine"), std::string::npos);
}

TEST(Schema, ViewsWorkFromAPlainConnection) {
  TestStudy study({});
  study.store().Run({"test", Say("Edit"), study.actor()}, [&](Writing& writing) {
    const Id source = AddSource(writing, {.title = "Gesprek", .kind = "interview", .content = StoreContent(writing, "Zé kwam langs.")});
    const Id quote = EnsureQuote(writing, {source, {3, 7}});
    writing.Do("INSERT INTO coding (id, quote_id, code_id, coder_id, at, origin) VALUES (?, ?, ?, ?, 0, 'hand')", writing.NewId(), quote,
               EnsureCode(writing, "A/B"), study.actor());
    const Id instrument = writing.NewId(), domain = writing.NewId(), item = writing.NewId(), registration = writing.NewId();
    writing.Do("INSERT INTO instrument (id, key, version, name) VALUES (?, 'sb', '1', '{}')", instrument);
    writing.Do("INSERT INTO instrument_domain (id, instrument_id, level, key, name) VALUES (?, ?, 'household', 'd', '{}')", domain, instrument);
    writing.Do("INSERT INTO item (id, domain_id, key, name) VALUES (?, ?, 'd.i', '{}')", item, domain);
    writing.Do("INSERT INTO scale_point (id, item_id, value, label) VALUES (?, ?, 3, '{}')", writing.NewId(), item);
    writing.Do("INSERT INTO registration (id, case_id, instrument_id, date) VALUES (?, ?, ?, '2023-06-14')", registration, EnsureCase(writing, "G1"), instrument);
    writing.Do("INSERT INTO answer (id, registration_id, item_id, status, value) VALUES (?, ?, ?, 'rated', 3)", writing.NewId(), registration, item);
  });
  EXPECT_EQ(Lines(study.store().Check()), "");
  sqlite3* plain = nullptr;
  ASSERT_EQ(sqlite3_open_v2(study.folder().path("study.meerstem").c_str(), &plain, SQLITE_OPEN_READONLY, nullptr), SQLITE_OK);
  const auto one = [&](const char* sql) {
    std::string line;
    sqlite3_exec(plain, sql, [](void* out, int count, char** values, char**) {
      for (int i = 0; i < count; ++i) *static_cast<std::string*>(out) += std::string(i ? "|" : "") + (values[i] ? values[i] : "NULL");
      return 0;
    }, &line, nullptr);
    return line;
  };
  EXPECT_EQ(one("SELECT source, start, end, text FROM quote_text"), "Gesprek|3|7|kwam");
  EXPECT_EQ(one("SELECT code, coder, text, origin FROM coding_full"), "A/B|Ada|kwam|hand");
  EXPECT_EQ(one("SELECT \"case\", date, item, status, value, remark FROM answer_full"), "G1|2023-06-14|d.i|rated|3|NULL");
  sqlite3_close(plain);
}

}  // namespace
}  // namespace meerstem::testing
