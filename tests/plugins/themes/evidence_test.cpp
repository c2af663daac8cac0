// Silent, not asked and nobody heard; who speaks of what; what contradicts.
#include "tests/plugins/themes/heard.h"

namespace meerstem::testing {
namespace {

class EvidenceTest : public HeardTest {
 protected:
  /// The guide of coaches asks about trust and nothing else; that of the family is not known unless `all`.
  void Ask(bool all) {
    study.Do("themes.add-guide", {{"name", "Coaches"}});
    study.Do("themes.add-topic", {{"guide", "Coaches"}, {"text", "Wanneer kwam het vertrouwen?"}, {"theme", "Vertrouwen"}});
    study.Do("themes.use-guide", {{"guide", "Coaches"}, {"source", "Coach noord"}, {"source", "Coach zuid"}});
    if (!all) return;
    study.Do("themes.add-guide", {{"name", "Gezinnen"}});
    study.Do("themes.add-topic", {{"guide", "Gezinnen"}, {"text", "Hoe is het met de rekeningen?"}, {"theme", "Geld"}});
    study.Do("themes.use-guide", {{"guide", "Gezinnen"}, {"source", "Gezin noord"}});
  }
  view::Cell At(const view::Matrix& matrix, std::size_t row, std::size_t column) { return matrix.cells.at(row).at(column); }
};

TEST_F(EvidenceTest, WithoutGuidesSilenceSaysThatItMayBeAQuestionNeverPut) {
  const auto& matrix = Matrix("themes.matrix");
  EXPECT_EQ(At(matrix, 1, 0).state, view::State::kEmpty);  // No coordinator was heard.
  EXPECT_EQ(At(matrix, 1, 1).state, view::State::kSilent);
  EXPECT_NE(Say(At(matrix, 1, 1).why).find("not known what was asked"), std::string::npos);
  EXPECT_NE(Say(model.notes.front()).find("No topic guide"), std::string::npos);
}

TEST_F(EvidenceTest, WhatStandsInNoGuideIsNotAskedAndWhatStandsInOneIsSilent) {
  Ask(true);
  const auto& matrix = Matrix("themes.matrix");
  EXPECT_EQ(At(matrix, 1, 1).state, view::State::kNotAsked);
  EXPECT_EQ(At(matrix, 1, 2).state, view::State::kSilent);
  EXPECT_EQ(At(matrix, 1, 0).state, view::State::kEmpty);
  // The family spoke of trust without being asked.
  EXPECT_NE(Say(At(matrix, 0, 2).why).find("by themselves"), std::string::npos);
  study.Do("themes.leave-guide", {{"guide", "Coaches"}, {"source", "Coach zuid"}});
  EXPECT_EQ(At(Matrix("themes.matrix"), 1, 1).state, view::State::kSilent);  // Of one conversation it is not known again.
}

TEST_F(EvidenceTest, ATopicOpensTheThemesBelowItsTheme) {
  Ask(true);
  study.Do("themes.add-theme", {{"name", "Eerlijk zijn"}, {"parent", "Vertrouwen"}});
  const auto& matrix = Matrix("themes.matrix");
  ASSERT_EQ(matrix.rows[1].key, "Vertrouwen/Eerlijk zijn");
  EXPECT_EQ(At(matrix, 1, 1).state, view::State::kSilent);
  EXPECT_EQ(At(matrix, 1, 2).state, view::State::kNotAsked);
}

TEST_F(EvidenceTest, EvidenceNamesWhoDidNotSpeak) {
  Ask(true);
  const auto rows = See("themes.evidence", {{"theme", "Vertrouwen"}});
  ASSERT_EQ(rows.size(), 4u);  // The columns, then three types.
  EXPECT_EQ(rows[2][2], "1");
  EXPECT_EQ(rows[2][3], "1 of 2");
  EXPECT_EQ(rows[2][4], "1 of 2");
  EXPECT_EQ(rows[2][5], "1 of 2");
  EXPECT_EQ(rows[2][7], "Cas");
  const auto money = See("themes.evidence", {{"theme", "Geld"}});
  EXPECT_EQ(money[2][8], "Ann, Cas");
  EXPECT_EQ(money[3][7], "Bea");
  EXPECT_EQ(Rows("themes.evidence", {{"theme", "Geld"}})[0].cells[2].state, view::State::kEmpty);
}

TEST_F(EvidenceTest, EveryVoiceOfAThemeIsListed) {
  Ask(true);
  const auto rows = Rows("themes.voices", {{"theme", "Vertrouwen"}});
  ASSERT_EQ(rows.size(), 3u);
  int silent = 0;
  for (const auto& row : rows) silent += row.cells[4].state == view::State::kSilent;
  EXPECT_EQ(silent, 1);
  EXPECT_EQ(Rows("themes.voices", {{"theme", "Vertrouwen"}, {"stakeholder", "family"}}).size(), 1u);
}

TEST_F(EvidenceTest, WhoWithdrewIsNeitherHeardNorSilent) {
  Ask(true);
  Change([](Writing& writing) { writing.Do("UPDATE person SET may_analyse = 0 WHERE pseudonym = 'Cas'"); });
  const auto rows = See("themes.evidence", {{"theme", "Vertrouwen"}});
  EXPECT_EQ(rows[2][3], "1 of 1");
  EXPECT_EQ(rows[2][7], "");
}

TEST_F(EvidenceTest, AFieldNoteIsEvidenceButNobodyIsSilentInIt) {
  const Id note = AddConversation(study, "Nota", {{"Dora", "coordinator", "Noord", "Vertrouwen is alles."}}, "field_note");
  EXPECT_EQ(Rows("themes.evidence", {{"theme", "Geld"}})[0].cells[2].state, view::State::kEmpty);
  CodeWords(study, note, "Vertrouwen is alles.", "Vertrouwen");
  const auto rows = See("themes.evidence", {{"theme", "Vertrouwen"}});
  EXPECT_EQ(rows[1][3], "1 of 1");
}

TEST_F(EvidenceTest, AContradictingQuoteIsToldApartEverywhereAndComesBack) {
  study.Do("themes.mark-contradiction", {{"theme", "Vertrouwen"}, {"quote", ToString(doubt)}, {"note", "Zij zegt het omgekeerde."}});
  const auto& matrix = Matrix("themes.matrix");
  EXPECT_EQ(At(matrix, 0, 2).glyph, "≠");
  EXPECT_EQ(At(matrix, 0, 1).glyph, "");
  EXPECT_EQ(std::get<std::int64_t>(At(matrix, 0, 2).value), 1);  // It still counts.
  EXPECT_EQ(Say(model.notes.back()).substr(0, 3), "≠");
  EXPECT_EQ(See("themes.quotes", {{"theme", "Vertrouwen"}, {"against", "yes"}}).size(), 2u);
  EXPECT_EQ(See("themes.quotes", {{"theme", "Vertrouwen"}}).size(), 3u);
  EXPECT_EQ(See("themes.evidence", {{"theme", "Vertrouwen"}})[3][6], "1");
  study.Do("themes.unmark-contradiction", {{"theme", "Vertrouwen"}, {"quote", ToString(doubt)}});
  EXPECT_EQ(At(Matrix("themes.matrix"), 0, 2).glyph, "");
  EXPECT_FALSE(study.Refusal("themes.unmark-contradiction", {{"theme", "Vertrouwen"}, {"quote", ToString(doubt)}}).empty());
  study.Undo();
  EXPECT_EQ(At(Matrix("themes.matrix"), 0, 2).glyph, "≠");
}

TEST_F(EvidenceTest, AContradictingQuoteOfNoThemeYetIsLinked) {
  study.Do("themes.mark-contradiction", {{"theme", "Geld"}, {"quote", ToString(near)}});
  EXPECT_EQ(See("themes.quotes", {{"theme", "Geld"}, {"against", "yes"}}).size(), 2u);
  ExpectReversible();
}

TEST_F(EvidenceTest, AChapterSaysThatAQuoteContradictsItsTheme) {
  study.Do("themes.add-chapter", {{"title", "Stemmen"}});
  study.Do("themes.add-quote", {{"chapter", "Stemmen"}, {"quote", ToString(doubt)}, {"theme", "Vertrouwen"}});
  study.Do("themes.mark-contradiction", {{"theme", "Vertrouwen"}, {"quote", ToString(doubt)}});
  model = study.See("themes.chapter", {{"chapter", "Stemmen"}});
  const auto& block = std::get<view::Prose>(model.body).blocks.front();
  EXPECT_EQ(block.state, view::State::kValue);
  EXPECT_EQ(Say(block.why), "contradicts the theme “Vertrouwen”");
}

TEST_F(EvidenceTest, ComparisonTellsWhatIsSharedSaidAloneAndContradictedBetweenGroups) {
  Ask(true);
  CodeWords(study, south, "De bus rijdt niet meer.", "Bus");
  study.Do("themes.add-theme", {{"name", "Vervoer"}, {"code", "Bus"}});
  study.Do("themes.mark-contradiction", {{"theme", "Vertrouwen"}, {"quote", ToString(doubt)}});
  const auto all = See("themes.comparison");
  ASSERT_EQ(all.size(), 4u);
  EXPECT_EQ(all[1][0], "Vertrouwen");
  EXPECT_EQ(all[1][1], "Coach, Gezin; the others were not asked or not heard");
  EXPECT_EQ(all[1].back(), "between groups: Gezin 1/1");
  EXPECT_EQ(all[2][0], "Vervoer");
  EXPECT_EQ(all[2][1], "Only Coach; the others were not asked or not heard");
  EXPECT_EQ(all[3][1], "Nobody");
  EXPECT_EQ(See("themes.comparison", {{"show", "alone"}}).size(), 2u);
  EXPECT_EQ(See("themes.comparison", {{"show", "contradicted"}}).size(), 2u);
  // By site all of them are heard, and trust is of the north alone.
  const auto sites = See("themes.comparison", {{"by", "site"}});
  EXPECT_EQ(sites[1][1], "Only Noord; silent: Zuid");
  EXPECT_EQ(See("themes.comparison", {{"by", "stakeholder-site"}})[0].size(), 6u);  // Three pairs in which someone was heard.
}

TEST_F(EvidenceTest, TypesBySitesAreADimensionOfEveryMatrix) {
  const auto& matrix = Matrix("themes.matrix", {{"columns", "stakeholder-site"}});
  ASSERT_EQ(matrix.columns.size(), 6u);
  EXPECT_EQ(Say(matrix.columns[2].label), "Coach, Noord");
  EXPECT_EQ(std::get<std::int64_t>(At(matrix, 0, 2).value), 1);
  EXPECT_EQ(At(matrix, 0, 3).state, view::State::kSilent);
  EXPECT_EQ(At(matrix, 0, 5).state, view::State::kEmpty);  // No family of the south.
  EXPECT_EQ(See("themes.quotes", {{"theme", "Vertrouwen"}, {"dimension", "stakeholder-site"}, {"group", "family/Noord"}}).size(), 2u);
}

TEST_F(EvidenceTest, AskedAndAnsweredPerConversation) {
  Ask(false);
  const auto& matrix = Matrix("themes.asked");
  ASSERT_EQ(matrix.rows.size(), 3u);
  EXPECT_EQ(Say(matrix.rows[0].note), "Coaches");
  EXPECT_EQ(Say(matrix.rows[1].note), "guide not known");
  EXPECT_EQ(std::get<std::int64_t>(At(matrix, 0, 0).value), 1);
  EXPECT_EQ(At(matrix, 0, 1).state, view::State::kNotAsked);
  EXPECT_EQ(At(matrix, 1, 1).state, view::State::kUnknown);
  EXPECT_EQ(At(matrix, 2, 0).state, view::State::kSilent);
}

}  // namespace
}  // namespace meerstem::testing
