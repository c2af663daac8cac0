// From one version of the schema to the next: a backup first, all or nothing, and old files stay readable.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "core/study/codes.h"
#include "core/study/people.h"
#include "core/study/quotes.h"
#include "core/study/sources.h"
#include "tests/core/store/toy_component.h"
#include "tests/support/test_study.h"

namespace meerstem::testing {
namespace {

namespace fs = std::filesystem;

class MigrationTest : public ::testing::Test {
 protected:
  MigrationTest() {
    options_.backups = true;
    auto store = Store::Create(study_, options_);
    store->Run({"test", Say("Edit"), {}}, [&](Writing& writing) {
      const Id person = writing.NewId();
      writing.Do("INSERT INTO person (id, pseudonym) VALUES (?, 'P')", person);
      writing.Do("INSERT INTO toy_note (id, person_id, text) VALUES (?, ?, 'old')", writing.NewId(), person);
    });
    store->Run({"test", Say("Edit"), {}}, [&](Writing& writing) { EnsureCode(writing, "A"); });
  }
  Store::Options Next(const std::string& sql) {
    auto next = options_;
    next.components.back().migrations.push_back(sql);
    return next;
  }
  TestFolder folder_;
  std::string study_ = folder_.path("a.meerstem");
  Store::Options options_ = ToyOptions();
};

TEST_F(MigrationTest, BringsDataAlongAndKeepsABackup) {
  auto next = Next("ALTER TABLE toy_note ADD COLUMN mood TEXT NOT NULL DEFAULT 'calm';");
  auto store = Store::Open(study_, next);
  EXPECT_EQ(store->Read()->Number("SELECT count(*) FROM toy_note WHERE mood = 'calm' AND text = 'old'"), 1);
  EXPECT_TRUE(store->Check().empty());
  const std::string backup = study_ + ".backups/before-update-" + ToIso(DayOf(options_.clock->Now())) + ".meerstem";
  ASSERT_TRUE(fs::exists(backup));
  // What touched only core can still be undone; what touched the toy's older table cannot.
  store->Undo({});
  EXPECT_EQ(SentenceOf([&] { store->Undo({}); }),
            "This step was made with another version of Meerstem or of a plugin, so it can no longer be undone.");
  store.reset();
  fs::copy_file(backup, folder_.path("b.meerstem"));
  EXPECT_EQ(Store::Open(folder_.path("b.meerstem"), options_)->Read()->Number("SELECT count(*) FROM toy_note"), 1);
}

TEST_F(MigrationTest, FailureLeavesTheFileAsItWas) {
  for (const char* sql : {"ALTER TABLE toy_note ADD COLUMN mood TEXT; INSERT INTO nowhere VALUES (1);",
                          "UPDATE toy_note SET person_id = x'00';",
                          "this is not SQL"}) {
    EXPECT_FALSE(SentenceOf([&] { Store::Open(study_, Next(sql)); }).empty()) << sql;
    auto store = Store::Open(study_, options_);
    EXPECT_EQ(store->Read()->Number("SELECT count(*) FROM toy_note WHERE text = 'old'"), 1);
    EXPECT_TRUE(store->Check().empty());
  }
}

TEST_F(MigrationTest, ReadingOnlyCannotBringUpToDate) {
  auto next = Next("ALTER TABLE toy_note ADD COLUMN mood TEXT;");
  next.read_only = true;
  EXPECT_NE(SentenceOf([&] { Store::Open(study_, next); }).find("was made by an older Meerstem"), std::string::npos);
}

TEST_F(MigrationTest, UnfinishedGroupIsTakenBackBeforeTheSchemaChanges) {
  {
    // What a crash inside a group leaves: a group that is still open.
    auto store = Store::Open(study_, options_);
    {
      Store::Group group(*store, {"test.group", Say("Many"), {}});
      store->Run({"test", Say("Edit"), {}}, [&](Writing& writing) { writing.Do("UPDATE toy_note SET text = 'new'"); });
      group.Close();
    }
    store->Scratch([](Database& database) { database.Do("UPDATE journal_group SET state = 'open'"); });
  }
  auto store = Store::Open(study_, Next("ALTER TABLE toy_note ADD COLUMN mood TEXT;"));
  ASSERT_EQ(store->notices().size(), 1u);
  EXPECT_EQ(store->Read()->Number("SELECT count(*) FROM toy_note WHERE text = 'old'"), 1);
  EXPECT_TRUE(store->Check().empty());
}

TEST_F(MigrationTest, PluginThatComesLaterGetsItsTables) {
  auto without = options_;
  without.components.pop_back();
  Store::Create(folder_.path("c.meerstem"), without).reset();
  auto store = Store::Open(folder_.path("c.meerstem"), options_);
  EXPECT_EQ(store->Read()->Number("SELECT count(*) FROM toy_note"), 0);
}

/// The file of each released version stays here and must open. While nothing is released it may be made again:
/// MEERSTEM_MAKE_FIXTURE=1 store_test --gtest_filter='Fixture.*'
TEST(Fixture, OpensAndChecksClean) {
  const std::string fixture = std::string(MEERSTEM_SOURCE_DIR) + "/tests/core/store/fixtures/v1.meerstem";
  TestFolder folder;
  Registry registry;
  RegisterCore(registry);
  auto options = ToyOptions();
  options.components = registry.components();
  if (std::getenv("MEERSTEM_MAKE_FIXTURE")) {
    fs::create_directories(fs::path(fixture).parent_path());
    fs::remove(fixture);
    auto store = Store::Create(fixture, options);
    store->Run({"study.new", Say("New study"), {}}, [&](Writing& writing) { SeedStudy(writing, "nl"); });
    store->Run({"test", Say("Edit"), {}}, [&](Writing& writing) {
      const Id source = AddSource(writing, {.title = "Gesprek", .kind = "interview", .content = StoreContent(writing, "Ze kwam gewoon langs.")});
      const Id quote = EnsureQuote(writing, {source, {3, 7}});
      writing.Do("INSERT INTO coding (id, quote_id, code_id, at, origin) VALUES (?, ?, ?, ?, 'hand')", writing.NewId(), quote,
                 EnsureCode(writing, "Vertrouwen/Nabijheid"), writing.now());
    });
  }
  fs::copy_file(fixture, folder.path("v1.meerstem"));
  auto store = Store::Open(folder.path("v1.meerstem"), options);
  EXPECT_TRUE(store->Check().empty());
  auto reading = store->Read();
  auto row = reading->Query("SELECT text, code FROM coding_full");
  ASSERT_TRUE(row.Step());
  EXPECT_EQ(row.Text(0), "kwam");
  EXPECT_EQ(row.Text(1), "Vertrouwen/Nabijheid");
}

}  // namespace
}  // namespace meerstem::testing
