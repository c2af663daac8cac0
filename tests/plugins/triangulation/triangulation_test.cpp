#include <gtest/gtest.h>

#include "plugins/themes/part.h"
#include "plugins/triangulation/part.h"
#include "tests/support/conversation.h"

namespace meerstem::testing {
namespace {

/// A dimension over cases, as the indices plugin registers one.
void RegisterToyOutcome(Registry& registry) {
  registry.Add(Dimension{"outcome", Say("Outcome"), "case", [](Reading& reading) {
                           Grouping grouping{{Group{.key = "better", .label = Say("Better")}, Group{.key = "worse", .label = Say("Worse")}}, {}};
                           auto rows = reading.Query("SELECT id, code FROM study_case");
                           while (rows.Step()) grouping.members.emplace_back(rows.GetId(0), rows.View(1) == "A" ? 0 : 1);
                           return grouping;
                         }});
}

class DisplayTest : public ::testing::Test {
 protected:
  DisplayTest() : study({&themes::Register, &triangulation::Register, &RegisterToyOutcome}) {
    const Id talk = AddConversation(study, "Eén", {{"Ann", "coach", "Noord", "Zij vertrouwt mij. Het ging moeilijk."}, {"Bea", "family", "Noord", "Ik vertrouw haar."}});
    CodeWords(study, talk, "Zij vertrouwt mij.", "Vertrouwen");
    CodeWords(study, talk, "Het ging moeilijk.", "Vertrouwen");
    CodeWords(study, talk, "Ik vertrouw haar.", "Vertrouwen");
    study.store().Run({"test", Say("Cases"), study.actor()}, [&](Writing& writing) {
      EnsureMembership(writing, EnsurePerson(writing, "Bea"), EnsureCase(writing, "A"), "adult");
      EnsureMembership(writing, EnsurePerson(writing, "Ann"), EnsureCase(writing, "A"), "coach");
      auto quote = writing.Query("SELECT quote.id FROM quote JOIN span ON span.id = span_id ORDER BY start LIMIT 1 OFFSET 1");
      ASSERT_TRUE(quote.Step());
      writing.Do("INSERT INTO quote_about (id, quote_id, case_id) VALUES (?, ?, ?)", writing.NewId(), quote.GetId(0), EnsureCase(writing, "B"));
    });
    study.Do("themes.add-theme", {{"name", "Vertrouwen"}});
    study.Do("themes.link-code", {{"theme", "Vertrouwen"}, {"code", "Vertrouwen"}});
  }
  TestStudy study;
};

TEST_F(DisplayTest, MembersAndAboutLinkVoicesToOutcomesAndTheRestIsNotLinked) {
  const auto model = study.See("triangulation.display", {{"rows", "theme"}, {"columns", "outcome"}});
  const auto& matrix = std::get<view::Matrix>(model.body);
  ASSERT_EQ(matrix.columns.size(), 3u);
  const auto quotes = [&](std::size_t column) {
    for (const auto& [part, value] : matrix.cells[0][column].parts) {
      if (part == "quotes") return std::get<std::int64_t>(value);
    }
    return std::int64_t{-1};
  };
  EXPECT_EQ(quotes(0), 1);  // Bea is a member of A.
  EXPECT_EQ(quotes(1), 1);  // What the coach says about B.
  EXPECT_EQ(quotes(2), 1);  // A coach's words are not about all her cases.
  EXPECT_EQ(matrix.columns[2].key, "-");
}

TEST_F(DisplayTest, BehindACellStandTheQuotesThatItCounts) {
  const auto model = study.See("triangulation.display");
  const auto& matrix = std::get<view::Matrix>(model.body);
  Job job;
  for (std::size_t column = 0; column < 3; ++column) {
    ASSERT_TRUE(matrix.cells[0][column].target);
    const auto behind = study.engine().Build(matrix.cells[0][column].target->view, matrix.cells[0][column].target->arguments, job);
    EXPECT_EQ(std::get<view::Table>(behind.body).rows->Count(), 1u) << column;
  }
  const auto rows = study.Words(study.See("triangulation.behind", {{"row", "Vertrouwen"}, {"column", "worse"}}));
  EXPECT_EQ(rows[1][0], "Het ging moeilijk.");
  EXPECT_EQ(rows[1][3], "B");
}

TEST_F(DisplayTest, AnyTwoDimensionsGo) {
  const auto model = study.See("triangulation.display", {{"rows", "outcome"}, {"columns", "stakeholder"}, {"count", "quotes"}});
  const auto& matrix = std::get<view::Matrix>(model.body);
  EXPECT_EQ(matrix.rows.size(), 2u);
  EXPECT_EQ(std::get<std::int64_t>(matrix.cells[1][1].value), 1);
  EXPECT_THROW(study.See("triangulation.display", {{"rows", "nothing"}}), Error);
}

TEST_F(DisplayTest, WithoutConsentNothingIsCountedOrShown) {
  study.store().Run({"test", Say("Consent"), study.actor()}, [](Writing& writing) { writing.Do("UPDATE person SET may_analyse = 0 WHERE pseudonym = 'Bea'"); });
  const auto model = study.See("triangulation.display");
  EXPECT_EQ(std::get<view::Matrix>(model.body).cells[0][0].state, view::State::kSilent);
  EXPECT_EQ(std::get<view::Table>(study.See("triangulation.behind", {{"column", "better"}}).body).rows->Count(), 0u);
}

}  // namespace
}  // namespace meerstem::testing
