#include <gtest/gtest.h>

#include "plugins/themes/part.h"
#include "tests/support/conversation.h"

namespace meerstem::testing {
namespace {

class ChecklistsTest : public ::testing::Test {
 protected:
  ChecklistsTest() : study({&themes::Register}) {
    AddConversation(study, "Eén", {{"Interviewer", "researcher", "Noord", "Hoe gaat het?"}, {"Ann", "coach", "Noord", "Zij vertrouwt mij."}, {"Bea", "family", "Noord", "Ze komt."}});
    study.Do("themes.add-checklist", {{"shipped", "coreq"}});
  }
  /// What stands in a column of the point.
  std::string Of(const std::string& point, std::size_t column) {
    for (const auto& row : study.Words(study.See("themes.checklist", {{"checklist", "COREQ"}}))) {
      if (row[0] == point) return row[column];
    }
    return "no such point";
  }
  TestStudy study;
};

TEST_F(ChecklistsTest, EveryShippedListReadsAndCountsItsPoints) {
  study.Do("themes.add-checklist", {{"shipped", "srqr"}});
  study.Do("themes.add-checklist", {{"shipped", "gramms"}});
  const auto rows = study.Words(study.See("themes.checklists", {}));
  ASSERT_EQ(rows.size(), 4u);  // The names of the columns first.
  EXPECT_EQ(rows[1][1], "32");
  EXPECT_EQ(rows[2][1], "6");
  EXPECT_EQ(rows[3][1], "21");
  EXPECT_FALSE(study.Refusal("themes.add-checklist", {{"shipped", "coreq"}}).empty()) << "twice";
}

TEST_F(ChecklistsTest, TheStudySaysWhatItKnowsAndTheInterviewerIsNoParticipant) {
  EXPECT_EQ(Of("12", 4), "2 people took part in the conversations.");
  EXPECT_NE(Of("16", 4).find("1 person, 1 site."), std::string::npos) << Of("16", 4);
  EXPECT_EQ(Of("18", 4), "0 people speak in more than one conversation.");
  CodeWords(study, AddConversation(study, "Twee", {{"Cas", "coach", "Zuid", "Traag maar zeker."}}), "Traag", "Tempo");
  EXPECT_EQ(Of("24", 4), "1 person coded. 1 coding in all.");
}

TEST_F(ChecklistsTest, AnAnswerIsWrittenReplacedAndUndone) {
  study.Do("themes.answer-checklist", {{"checklist", "COREQ"}, {"item", "9"}, {"text", "Thematic analysis, page 3."}});
  EXPECT_EQ(Of("9", 5), "Thematic analysis, page 3.");
  study.Do("themes.answer-checklist", {{"checklist", "COREQ"}, {"item", "9"}, {"text", ""}});
  EXPECT_EQ(Of("9", 5), "<empty>");
  study.store().Undo(study.actor());
  EXPECT_EQ(Of("9", 5), "Thematic analysis, page 3.");
  EXPECT_NE(study.Refusal("themes.answer-checklist", {{"checklist", "COREQ"}, {"item", "40"}, {"text", "x"}}).find("1 to 32"), std::string::npos);
}

TEST_F(ChecklistsTest, AFileOfOnesOwnIsReadOrRefusedWithItsPlace) {
  TestFolder folder;
  const std::string good = folder.Write("own.json", R"({"name": "Own", "source": "us", "items": [{"key": "a", "part": {"nl": "P"}, "topic": {"nl": "T"}, "question": {"nl": "V?"}, "from": "software"}]})");
  study.Do("themes.add-checklist", {{"file", good}});
  const std::string bad = folder.Write("bad.json", R"({"name": "Bad", "source": "us", "items": [{"key": "a", "part": {"nl": "P"}, "topic": {"nl": "T"}, "question": {"nl": "V?"}, "from": "moon"}]})");
  EXPECT_NE(study.Refusal("themes.add-checklist", {{"file", bad}}).find("items[0].from"), std::string::npos);
}

}  // namespace
}  // namespace meerstem::testing
