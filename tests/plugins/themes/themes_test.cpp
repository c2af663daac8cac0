#include <gtest/gtest.h>

#include "core/study/deletion.h"
#include "plugins/themes/part.h"
#include "tests/support/conversation.h"

namespace meerstem::testing {
namespace {

class ThemesTest : public ::testing::Test {
 protected:
  ThemesTest() : study({&themes::Register}) {
    first = AddConversation(study, "Eén", {{"Interviewer", "researcher", "Noord", "Hoe gaat het?"},
                                           {"Ann", "coach", "Noord", "Zij vertrouwt mij nu 🙂, en ik haar."},
                                           {"Bea", "family", "Noord", "Ze komt als ik bel."}});
    second = AddConversation(study, "Twee", {{"Cas", "coach", "Zuid", "Vertrouwen groeit traag."}, {"Onbekend", "", "", "Ja, heel traag."}});
    trust = CodeWords(study, first, "Zij vertrouwt mij nu 🙂", "Relatie/Vertrouwen");
    near = CodeWords(study, first, "Ze komt als ik bel.", "Relatie/Nabij");
    CodeWords(study, second, "groeit traag", "Relatie/Vertrouwen");
    unknown = CodeWords(study, second, "heel traag", "Relatie/Vertrouwen");
    study.Do("themes.add-theme", {{"name", "Vertrouwen"}});
    study.Do("themes.link-code", {{"theme", "Vertrouwen"}, {"code", "Relatie"}});
  }

  const view::Matrix& Matrix(const RawArguments& raw) {
    model = study.See("themes.matrix", raw);
    return std::get<view::Matrix>(model.body);
  }
  static std::int64_t Count(const view::Cell& cell) { return std::get<std::int64_t>(cell.value); }
  static std::int64_t Part(const view::Cell& cell, const std::string& name) {
    for (const auto& [part, value] : cell.parts) {
      if (part == name) return std::get<std::int64_t>(value);
    }
    return -1;
  }

  TestStudy study;
  Id first, second, trust, near, unknown;
  view::Model model;
};

TEST_F(ThemesTest, AParentCodeBringsTheQuotesOfItsDescendants) {
  const auto& matrix = Matrix({{"columns", "stakeholder"}});
  ASSERT_EQ(matrix.rows.size(), 1u);
  ASSERT_EQ(matrix.columns.size(), 3u);  // The researcher type is no column.
  EXPECT_EQ(matrix.cells[0][0].state, view::State::kEmpty);  // No coordinator was heard.
  EXPECT_EQ(Count(matrix.cells[0][1]), 2);
  EXPECT_EQ(Part(matrix.cells[0][1], "quotes"), 2);
  EXPECT_EQ(Count(matrix.cells[0][2]), 1);
  EXPECT_EQ(Part(*matrix.total, "quotes"), 4);
  EXPECT_EQ(Part(*matrix.total, "people"), 3);
  EXPECT_FALSE(model.notes.empty());  // One quote has no known speaker.
}

TEST_F(ThemesTest, HeardAndSilentDiffersFromNobodyHeard) {
  study.Do("themes.add-theme", {{"name", "Geld"}});
  const auto& matrix = Matrix({{"columns", "stakeholder"}});
  EXPECT_EQ(matrix.cells[1][0].state, view::State::kEmpty);
  EXPECT_EQ(matrix.cells[1][1].state, view::State::kSilent);
  EXPECT_EQ(Count(matrix.cells[1][1]), 0);
}

TEST_F(ThemesTest, AQuoteLinkedTwiceCountsOnce) {
  const Outcome again = study.Do("themes.link-quote", {{"theme", "Vertrouwen"}, {"quote", ToString(trust)}});
  EXPECT_TRUE(again.notes.empty());
  EXPECT_EQ(study.Do("themes.link-quote", {{"theme", "Vertrouwen"}, {"quote", ToString(trust)}}).notes.size(), 1u);
  EXPECT_EQ(Part(*Matrix({}).total, "quotes"), 4);
  EXPECT_EQ(study.Do("themes.link-code", {{"theme", "Vertrouwen"}, {"code", "Relatie"}}).notes.size(), 1u);
}

TEST_F(ThemesTest, QuotesBehindACellAreThoseOfTheCell) {
  const auto rows = study.Words(study.See("themes.quotes", {{"theme", "Vertrouwen"}, {"dimension", "stakeholder"}, {"group", "family"}}));
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(rows[1][0], "Ze komt als ik bel.");
  EXPECT_EQ(study.Words(study.See("themes.quotes", {{"theme", "Vertrouwen"}, {"dimension", "stakeholder"}, {"group", "-"}})).size(), 2u);
}

TEST_F(ThemesTest, NamesAreUniqueAndNeverEmpty) {
  EXPECT_NE(study.Refusal("themes.add-theme", {{"name", "Vertrouwen"}}).find("already"), std::string::npos);
  EXPECT_FALSE(study.Refusal("themes.add-theme", {{"name", "  "}}).empty());
}

TEST_F(ThemesTest, AThemeCannotGoBelowItself) {
  study.Do("themes.add-theme", {{"name", "Kern"}, {"parent", "Vertrouwen"}});
  EXPECT_NE(study.Refusal("themes.move-theme", {{"theme", "Vertrouwen"}, {"parent", "Vertrouwen/Kern"}}).find("below itself"), std::string::npos);
  study.Do("themes.add-theme", {{"name", "Geld"}});
  study.Do("themes.add-theme", {{"name", "Tijd"}});
  const std::string before = study.Dump();
  study.Do("themes.move-theme", {{"theme", "Geld"}, {"theme", "Tijd"}, {"parent", "Vertrouwen"}});
  EXPECT_EQ(study.store().Read()->Number("SELECT count(*) FROM theme WHERE parent_id IS NOT NULL"), 3);
  study.Undo();
  EXPECT_EQ(study.Dump(), before);
}

TEST_F(ThemesTest, DeletingAThemeWithChildrenIsOneStep) {
  study.Do("themes.add-theme", {{"name", "Kern"}, {"parent", "Vertrouwen"}});
  const std::string before = study.Dump();
  study.Do("themes.delete-theme", {{"theme", "Vertrouwen"}});
  EXPECT_TRUE(view::IsEmpty(study.See("themes.list")));
  study.Undo();
  EXPECT_EQ(study.Dump(), before);
}

TEST_F(ThemesTest, DeletingACodeTakesItsLinkAlong) {
  study.Do("themes.link-code", {{"theme", "Vertrouwen"}, {"code", "Relatie/Nabij"}});
  const std::string before = study.Dump();
  study.store().Run({"test", Say("Delete"), study.actor()}, [&](Writing& writing) {
    Id code;
    {
      auto row = writing.Query("SELECT id FROM code WHERE name = 'Nabij'");
      ASSERT_TRUE(row.Step());
      code = row.GetId(0);
    }
    DeleteEntity(writing, "code", code);
  });
  EXPECT_EQ(Part(*Matrix({}).total, "quotes"), 3);
  study.Undo();
  EXPECT_EQ(study.Dump(), before);
}

class ChapterTest : public ThemesTest {
 protected:
  ChapterTest() {
    study.Do("themes.add-chapter", {{"title", "Wat ze zeggen"}});
    study.Do("themes.add-block", {{"chapter", "Wat ze zeggen"}, {"kind", "heading"}, {"text", "Vertrouwen"}});
    study.Do("themes.add-block", {{"chapter", "Wat ze zeggen"}, {"text", "Het begint klein."}});
    study.Do("themes.add-quote", {{"chapter", "Wat ze zeggen"}, {"quote", ToString(trust)}});
  }
  std::vector<view::Block> Blocks() {
    model = study.See("themes.chapter", {{"chapter", "Wat ze zeggen"}});
    return std::get<view::Prose>(model.body).blocks;
  }
};

TEST_F(ChapterTest, BlocksStandInOrderWithLiteralQuotes) {
  const auto blocks = Blocks();
  ASSERT_EQ(blocks.size(), 3u);
  EXPECT_EQ(blocks[0].kind, view::Block::Kind::kHeading);
  EXPECT_EQ((*Language::English())(blocks[2].text), "Zij vertrouwt mij nu 🙂");
  EXPECT_EQ((*Language::English())(blocks[2].reference), "Ann, Coach, 14/06/2023");  // Too few coaches there to name the site.
  ASSERT_TRUE(blocks[2].target);
  EXPECT_EQ(blocks[2].target->view, "coding.document");
}

TEST_F(ChapterTest, EditsKeepARevisionAndRefuseAnOldOne) {
  const auto key = Blocks()[1].key;
  study.Do("themes.edit-block", {{"block", key}, {"text", "Het begint heel klein."}, {"revision", "1"}});
  EXPECT_EQ(Blocks()[1].revision, 2);
  EXPECT_FALSE(study.Refusal("themes.edit-block", {{"block", key}, {"text", "Nee."}, {"revision", "1"}}).empty());
  EXPECT_FALSE(study.Refusal("themes.edit-block", {{"block", Blocks()[2].key}, {"text", "Anders."}}).empty());
  study.Undo();
  EXPECT_EQ((*Language::English())(Blocks()[1].text), "Het begint klein.");
}

TEST_F(ChapterTest, MovingSwapsNeighboursAndUndoes) {
  const auto before = Blocks();
  study.Do("themes.move-block", {{"block", before[2].key}, {"to", "up"}});
  EXPECT_EQ(Blocks()[1].key, before[2].key);
  study.Do("themes.move-block", {{"block", before[2].key}, {"to", "up"}});
  EXPECT_EQ(Blocks()[0].key, before[2].key);
  EXPECT_EQ(study.Do("themes.move-block", {{"block", before[2].key}, {"to", "up"}}).notes.size(), 1u);
  study.Undo();
  study.Undo();
  EXPECT_EQ(Blocks()[2].key, before[2].key);
}

TEST_F(ChapterTest, AWithdrawnVoiceLeavesTheChapterAndComesBack) {
  study.store().Run({"test", Say("Consent"), study.actor()}, [](Writing& writing) { writing.Do("UPDATE person SET may_quote = 0 WHERE pseudonym = 'Ann'"); });
  EXPECT_EQ(Blocks()[2].state, view::State::kSuppressed);
  EXPECT_TRUE(Blocks()[2].text.empty());
  EXPECT_FALSE(model.notes.empty());
  study.Undo();
  EXPECT_EQ(Blocks()[2].state, view::State::kValue);
}

TEST_F(ChapterTest, ADeletedQuoteLeavesAMarkWhereItStood) {
  study.store().Run({"test", Say("Delete"), study.actor()}, [&](Writing& writing) {
    writing.Do("DELETE FROM coding WHERE quote_id = ?", trust);
    writing.Do("UPDATE chapter_block SET quote_id = NULL WHERE quote_id = ?", trust);
  });
  EXPECT_EQ(Blocks()[2].state, view::State::kStale);
}

TEST_F(ChapterTest, AQuoteMayGoInAfterABlock) {
  const auto blocks = Blocks();
  study.Do("themes.add-quote", {{"after", blocks[0].key}, {"quote", ToString(near)}});
  EXPECT_EQ((*Language::English())(Blocks()[1].text), "Ze komt als ik bel.");
  EXPECT_FALSE(study.Refusal("themes.add-quote", {{"quote", ToString(near)}}).empty());
}

TEST_F(ChapterTest, EverythingUndoesToTheStart) {
  const std::string end = study.Dump();
  int steps = 0;
  while (study.store().NextUndo()) {
    study.Undo();
    ++steps;
  }
  EXPECT_GT(steps, 8);
  for (int i = 0; i < steps; ++i) study.Redo();
  EXPECT_EQ(study.Dump(), end);
  EXPECT_TRUE(study.store().Check().empty());
}

}  // namespace
}  // namespace meerstem::testing
