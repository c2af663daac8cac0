// What undo and redo promise one by one: whose, from which sitting, as one step or none, and when they refuse.
#include <gtest/gtest.h>

#include <sqlite3.h>

#include "core/base/language.h"
#include "core/study/codes.h"
#include "tests/core/store/toy_component.h"
#include "tests/support/test_study.h"

namespace meerstem::testing {
namespace {

class JournalTest : public ::testing::Test {
 protected:
  Change AddCode(const std::string& name) {
    return study_.store().Run({"test.code", Say("Add a code"), study_.actor()}, [&](Writing& writing) { EnsureCode(writing, name); });
  }
  std::int64_t Codes() { return study_.store().Read()->Number("SELECT count(*) FROM code"); }
  std::string File() { return study_.folder().path("study.meerstem"); }
  /// Something that is not Meerstem changes the file.
  void Outside(const std::string& sql) {
    sqlite3* handle = nullptr;
    ASSERT_EQ(sqlite3_open(File().c_str(), &handle), SQLITE_OK);
    ASSERT_EQ(sqlite3_exec(handle, sql.c_str(), nullptr, nullptr, nullptr), SQLITE_OK) << sqlite3_errmsg(handle);
    sqlite3_close(handle);
  }
  TestStudy study_{{&RegisterToy}};
};

TEST_F(JournalTest, NewStudyHasNothingToUndo) {
  EXPECT_FALSE(study_.store().NextUndo());
  EXPECT_EQ(SentenceOf([&] { study_.Undo(); }), "There is nothing to undo.");
  EXPECT_EQ(SentenceOf([&] { study_.Redo(); }), "There is nothing to redo.");
}

TEST_F(JournalTest, StepTellsWhoAndFromWhichSitting) {
  const Id bram = EnsureResearcher(study_.store(), "Bram");
  study_.store().Run({"test.code", Say("Add a code"), bram}, [&](Writing& writing) { EnsureCode(writing, "A"); });
  auto step = study_.store().NextUndo();
  ASSERT_TRUE(step);
  EXPECT_EQ(step->entry.actor, bram);
  EXPECT_NE(step->entry.actor, study_.actor());
  EXPECT_FALSE(step->earlier_sitting);
  study_.Reopen();
  step = study_.store().NextUndo();
  ASSERT_TRUE(step);
  EXPECT_TRUE(step->earlier_sitting);
  EXPECT_EQ(step->entry.label, Say("Add a code"));
}

TEST_F(JournalTest, ResearcherWhoComesInIsOutsideTheLine) {
  AddCode("A");
  study_.Undo();
  EnsureResearcher(study_.store(), "Bram");
  ASSERT_TRUE(study_.store().NextRedo());
  study_.Redo();
  EXPECT_EQ(study_.store().NextUndo()->entry.command, "test.code");
  EXPECT_EQ(study_.store().Read()->Number("SELECT count(*) FROM researcher WHERE name = 'Bram'"), 1);
}

TEST_F(JournalTest, NewEditClosesTheLineOfRedo) {
  AddCode("A");
  study_.Undo();
  ASSERT_TRUE(study_.store().NextRedo());
  AddCode("B");
  EXPECT_FALSE(study_.store().NextRedo());
  study_.Undo();
  EXPECT_EQ(Codes(), 0);
  EXPECT_FALSE(study_.store().NextUndo());
}

TEST_F(JournalTest, UndoIsAnEntryItself) {
  AddCode("A");
  study_.Undo();
  const auto entries = study_.store().Journal(2);
  ASSERT_EQ(entries.size(), 2u);
  EXPECT_EQ(entries[0].kind, "undo");
  EXPECT_EQ(entries[0].target, entries[1].sequence);
  EXPECT_EQ(entries[1].state, "undone");
  EXPECT_NE(entries[0].entities.find("\"code\""), std::string::npos);
}

TEST_F(JournalTest, NoWordsOfATextInTheAuditPart) {
  study_.store().Run({"test.memo", Say("Add a memo"), study_.actor()}, [&](Writing& writing) {
    writing.Do("INSERT INTO memo (id, entity_kind, entity_id, text, at) VALUES (?, 'code', ?, 'geheim', 0)", writing.NewId(), writing.NewId());
  });
  EXPECT_EQ(study_.store().Read()->Number("SELECT count(*) FROM journal WHERE entities LIKE '%geheim%' OR label LIKE '%geheim%'"), 0);
}

TEST_F(JournalTest, ConflictAbortsWithNothingChanged) {
  AddCode("A");
  AddCode("B");
  Outside("UPDATE code SET name = 'elsewhere' WHERE name = 'B'");
  const std::string before = study_.Dump();
  EXPECT_EQ(SentenceOf([&] { study_.Undo(); }),
            "What this step touched has changed since, so it cannot be taken back on its own; nothing was changed.");
  EXPECT_EQ(study_.Dump(), before);
  EXPECT_EQ(study_.store().NextUndo()->entry.state, "done");
}

TEST_F(JournalTest, PurgedStepSaysSo) {
  AddCode("A");
  Outside("DELETE FROM journal_change");
  const std::string before = study_.Dump();
  EXPECT_EQ(SentenceOf([&] { study_.Undo(); }), "The record of this step was purged, so it cannot be undone.");
  EXPECT_EQ(study_.Dump(), before);
}

TEST_F(JournalTest, ConflictInsideAGroupLeavesTheWholeGroupDone) {
  {
    Store::Group group(study_.store(), {"test.group", Say("Many codes"), study_.actor()});
    for (int i = 0; i < 5; ++i) AddCode("G" + std::to_string(i));
    group.Close();
  }
  Outside("UPDATE code SET name = 'elsewhere' WHERE name = 'G1'");
  const std::string before = study_.Dump();
  EXPECT_FALSE(SentenceOf([&] { study_.Undo(); }).empty());
  EXPECT_EQ(study_.Dump(), before);
  EXPECT_EQ(study_.store().NextUndo()->entries, 5);
  EXPECT_TRUE(study_.store().Check().empty());
}

TEST_F(JournalTest, OtherVersionOfATouchedComponentIsRefused) {
  AddCode("A");
  Outside("UPDATE journal SET versions = 'core 99' || char(10)");
  EXPECT_EQ(SentenceOf([&] { study_.Undo(); }),
            "This step was made with another version of Meerstem or of a plugin, so it can no longer be undone.");
}

TEST_F(JournalTest, LongGroupIsOneStep) {
  const std::string before = study_.Dump();
  {
    Store::Group group(study_.store(), {"test.group", Say("Many codes"), study_.actor()});
    for (int i = 0; i < 300; ++i) AddCode("G" + std::to_string(i));
    group.Close();
  }
  const std::string after = study_.Dump();
  EXPECT_EQ(study_.store().NextUndo()->entries, 300);
  EXPECT_EQ(study_.store().NextUndo()->entry.label, Say("Many codes"));
  study_.Undo();
  EXPECT_EQ(study_.Dump(), before);
  study_.Reopen();
  study_.Redo();
  EXPECT_EQ(study_.Dump(), after);
}

TEST_F(JournalTest, GroupLeftOpenIsTakenBackAndKeepsNotices) {
  AddCode("kept");
  const std::string before = study_.Dump();
  const auto notices = study_.store().notices().size();
  {
    Store::Group group(study_.store(), {"test.group", Say("Many codes"), study_.actor()});
    AddCode("A");
    AddCode("B");
  }
  EXPECT_EQ(study_.Dump(), before);
  EXPECT_EQ(study_.store().notices().size(), notices);
  EXPECT_EQ(study_.store().NextUndo()->entry.command, "test.code");
  EXPECT_FALSE(study_.store().NextRedo());
  EXPECT_TRUE(study_.store().Check().empty());
}

TEST_F(JournalTest, GroupInAGroupJoinsAndTakesItAlongWhenItFails) {
  const std::string before = study_.Dump();
  {
    Store::Group outer(study_.store(), {"outer", Say("Outer"), study_.actor()});
    AddCode("A");
    {
      Store::Group inner(study_.store(), {"inner", Say("Inner"), study_.actor()});
      AddCode("B");
      inner.Close();
    }
    outer.Close();
  }
  EXPECT_EQ(study_.store().NextUndo()->entries, 2);
  study_.Undo();
  EXPECT_EQ(study_.Dump(), before);
  std::string sentence;
  {
    Store::Group outer(study_.store(), {"outer", Say("Outer"), study_.actor()});
    AddCode("A");
    { Store::Group inner(study_.store(), {"inner", Say("Inner"), study_.actor()}); }
    sentence = SentenceOf([&] { outer.Close(); });
  }
  EXPECT_EQ(sentence, "A part of this edit failed, so all of it was taken back.");
  EXPECT_EQ(study_.Dump(), before);
}

TEST_F(JournalTest, RunInARunJoinsAndTakesBackItsOwnPart) {
  study_.store().Run({"outer", Say("Outer"), study_.actor()}, [&](Writing& writing) {
    EnsureCode(writing, "A");
    AddCode("B");
    EXPECT_THROW(study_.store().Run({"inner", Say("Inner"), study_.actor()},
                                    [&](Writing& inner) {
                                      EnsureCode(inner, "C");
                                      throw Refuse("No.");
                                    }),
                 Error);
  });
  EXPECT_EQ(Codes(), 2);
  EXPECT_EQ(study_.store().NextUndo()->entry.command, "outer");
  study_.Undo();
  EXPECT_EQ(Codes(), 0);
  study_.Redo();
  EXPECT_EQ(Codes(), 2);
}

TEST_F(JournalTest, UndoIsRefusedWhileAnEditIsUnderWay) {
  AddCode("A");
  Store::Group group(study_.store(), {"outer", Say("Outer"), study_.actor()});
  EXPECT_EQ(SentenceOf([&] { study_.Undo(); }), "An edit is under way; undo when it is done.");
  group.Close();
}

TEST_F(JournalTest, ResearcherInsideAGroupBelongsToIt) {
  {
    Store::Group group(study_.store(), {"outer", Say("Outer"), study_.actor()});
    EnsureResearcher(study_.store(), "Bram");
    EnsureResearcher(study_.store(), "Bram");
    AddCode("A");
    group.Close();
  }
  EXPECT_EQ(study_.store().NextUndo()->entries, 2);
  study_.Undo();
  EXPECT_EQ(study_.store().Read()->Number("SELECT count(*) FROM researcher WHERE name = 'Bram'"), 0);
}

TEST_F(JournalTest, ListenerMayReadAndMayThrow) {
  int heard = 0;
  auto token = study_.store().Listen([&](const Change& change) {
    heard += static_cast<int>(change.tables.count("code"));
    EXPECT_GT(Codes(), 0);
    throw std::runtime_error("a view failed");
  });
  EXPECT_FALSE(AddCode("A").empty());
  {
    Store::Group group(study_.store(), {"outer", Say("Outer"), study_.actor()});
    AddCode("B");
    group.Close();
  }
  EXPECT_EQ(heard, 2);
  token.reset();
  AddCode("C");
  EXPECT_EQ(heard, 2);
}

TEST_F(JournalTest, EmptyRunLeavesNoEntry) {
  const auto before = study_.store().Journal().size();
  study_.store().Run({"test.nothing", Say("Nothing"), study_.actor()}, [](Writing&) {});
  EXPECT_EQ(study_.store().Journal().size(), before);
}

TEST_F(JournalTest, DraftsAreOutsideUndo) {
  study_.store().Scratch([](Database& database) { database.Do("INSERT INTO draft VALUES ('memo', 'half a sentence', 0)"); });
  EXPECT_FALSE(study_.store().NextUndo());
  study_.Reopen();
  EXPECT_EQ(study_.store().Read()->Number("SELECT count(*) FROM draft"), 1);
}

/// Rows of a plugin that is not loaded come back with the code that they hung on.
TEST(MissingPlugin, ItsRowsAreDeletedAndBroughtBack) {
  TestFolder folder;
  auto options = ToyOptions();
  const auto all = options.components;
  {
    auto store = Store::Create(folder.path("a.meerstem"), options);
    store->Run({"test", Say("Edit"), {}}, [&](Writing& writing) {
      const Id code = EnsureCode(writing, "A");
      const Id person = writing.NewId(), note = writing.NewId();
      writing.Do("INSERT INTO person (id, pseudonym) VALUES (?, 'P')", person);
      writing.Do("INSERT INTO toy_note (id, person_id, code_id, text) VALUES (?, ?, ?, 'n')", note, person, code);
      writing.Do("INSERT INTO toy_link (id, note_id, code_id) VALUES (?, ?, ?)", writing.NewId(), note, code);
    });
  }
  auto without = options;
  without.components.pop_back();
  auto store = Store::Open(folder.path("a.meerstem"), without);
  const std::string before = DumpOf(*store, all);
  store->Run({"test", Say("Delete"), {}}, [&](Writing& writing) { writing.Do("DELETE FROM toy_link"); writing.Do("DELETE FROM toy_note"); writing.Do("DELETE FROM code"); });
  store->Undo({});
  EXPECT_EQ(DumpOf(*store, all), before);
  EXPECT_TRUE(store->Check().empty());
}

}  // namespace
}  // namespace meerstem::testing
