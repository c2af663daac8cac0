#include <gtest/gtest.h>

#include "core/base/language.h"
#include "core/study/crossing.h"
#include "core/study/display.h"
#include "tests/support/conversation.h"

namespace meerstem::testing {
namespace {

class QuotesTest : public ::testing::Test {
 protected:
  QuotesTest() : study({}) {
    talk = AddConversation(study, "Groep", {{"Interviewer", "researcher", "Noord", "Vertel eens."},
                                            {"Ann", "coach", "Noord", "Ik bel elke week."},
                                            {"Bea", "family", "Noord", "En ik neem op."}},
                           "focus_group");
  }
  SourceSpan Place(const Id& source, const std::string& words) {
    auto reading = study.store().Read();
    return {source, FindOnce(*reading, source, words)};
  }
  std::vector<QuoteFacts> All(const QuoteFilter& filter = {}) {
    auto reading = study.store().Read();
    return Quotes(*reading, filter);
  }
  std::string ReferenceOf(const SourceSpan& span) {
    auto reading = study.store().Read();
    return (*Language::English())(Reference(*reading, span));
  }
  TestStudy study;
  Id talk;
};

TEST_F(QuotesTest, AQuoteOverTwoTurnsBelongsToBothTypes) {
  CodeWords(study, talk, "Ik bel elke week.\n\nBea: En ik neem op.", "Contact");
  const auto quotes = All();
  ASSERT_EQ(quotes.size(), 1u);
  EXPECT_EQ(quotes[0].people.size(), 2u);
  EXPECT_EQ(quotes[0].stakeholders.size(), 2u);
  auto reading = study.store().Read();
  const Crossing crossing = Cross(*reading, *study.registry().FindDimension("source-kind"), *study.registry().FindDimension("stakeholder"), {});
  EXPECT_EQ(crossing.total.quotes, 1);
  EXPECT_EQ(crossing.total.people, 2);
  EXPECT_EQ(crossing.cells[0][1].quotes, 1);
  EXPECT_EQ(crossing.cells[0][1].people, 1);
  EXPECT_EQ(crossing.cells[0][2].quotes, 1);
  EXPECT_FALSE(crossing.heard[0]);
  EXPECT_TRUE(crossing.heard[1]);
}

TEST_F(QuotesTest, TheInterviewerCountsOnlyWhenAskedFor) {
  CodeWords(study, talk, "Vertel eens.", "Vraag");
  EXPECT_TRUE(All().empty());
  EXPECT_EQ(All({.include_researchers = true}).size(), 1u);
}

TEST_F(QuotesTest, OutsideEveryTurnTheSourceSpeaks) {
  Id note;
  study.store().Run({"test", Say("A note"), study.actor()}, [&](Writing& writing) {
    Id type;
    {
      auto row = writing.Query("SELECT id FROM stakeholder_type WHERE key = 'coach'");
      ASSERT_TRUE(row.Step());
      type = row.GetId(0);
    }
    note = AddSource(writing, {.title = "Nota", .kind = "field_note", .content = StoreContent(writing, "Het regende."), .site = EnsureSite(writing, "Zuid"), .stakeholder = type});
  });
  CodeWords(study, note, "regende", "Weer");
  const auto quotes = All();
  ASSERT_EQ(quotes.size(), 1u);
  EXPECT_TRUE(quotes[0].people.empty());
  EXPECT_EQ(quotes[0].stakeholders.size(), 1u);
  EXPECT_EQ(quotes[0].sites.size(), 1u);
}

TEST_F(QuotesTest, ADescendantsQuotesBelongToTheParentInAFilter) {
  CodeWords(study, talk, "Ik bel", "Contact/Bellen");
  CodeWords(study, talk, "ik neem op", "Anders");
  auto reading = study.store().Read();
  Id parent;
  for (const auto& code : Codebook(*reading)) {
    if (code.path == "Contact") parent = code.id;
  }
  EXPECT_EQ(All({.codes = {parent}}).size(), 1u);
  EXPECT_EQ(All().size(), 2u);
}

TEST_F(QuotesTest, TheSiteIsNamedOnlyWhereEnoughPeopleOfTheTypeSpeak) {
  EXPECT_EQ(ReferenceOf(Place(talk, "Ik bel")), "Ann, Coach, 14/06/2023");
  std::vector<Said> lines;
  for (const char* name : {"Cas", "Dia", "Eva", "Fee"}) lines.push_back({name, "coach", "Noord", "Ja, hoor."});
  AddConversation(study, "Meer", lines);
  EXPECT_EQ(ReferenceOf(Place(talk, "Ik bel")), "Ann, Coach, Noord, 14/06/2023");
  EXPECT_EQ(ReferenceOf(Place(talk, "ik neem op")), "Bea, Gezin, 14/06/2023");
}

TEST_F(QuotesTest, TheStudyDecidesWhatAReferenceSays) {
  study.store().Run({"test", Say("Setting"), study.actor()}, [](Writing& writing) { SetSetting(writing, "reference", "type"); });
  EXPECT_EQ(ReferenceOf(Place(talk, "Ik bel")), "Coach");
}

TEST_F(QuotesTest, ConsentIsAskedOfEveryoneWhoseWordsAreTouched) {
  const SourceSpan both = Place(talk, "Ik bel elke week.\n\nBea: En ik neem op.");
  const SourceSpan ann = Place(talk, "Ik bel");
  study.store().Run({"test", Say("Consent"), study.actor()}, [](Writing& writing) { writing.Do("UPDATE person SET may_quote = 0 WHERE pseudonym = 'Bea'"); });
  auto reading = study.store().Read();
  EXPECT_TRUE(MayUse(*reading, both, Purpose::kScreen));
  EXPECT_TRUE(MayUse(*reading, both, Purpose::kAnalysis));
  EXPECT_FALSE(MayUse(*reading, both, Purpose::kExport));
  EXPECT_TRUE(MayUse(*reading, ann, Purpose::kExport));
}

TEST_F(QuotesTest, WordsThatStandTwiceOrNowhereAreRefused) {
  auto reading = study.store().Read();
  EXPECT_THROW(FindOnce(*reading, talk, "e"), Error);
  EXPECT_THROW(FindOnce(*reading, talk, "bestaat niet"), Error);
  EXPECT_THROW(FindOnce(*reading, talk, ""), Error);
  EXPECT_EQ(FindOnce(*reading, talk, "elke week").size(), 9);
}

}  // namespace
}  // namespace meerstem::testing
