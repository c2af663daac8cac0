// Speakers become people with a type, a site and a case.
#include <gtest/gtest.h>

#include "core/study/people.h"
#include "plugins/documents/part.h"
#include "tests/support/test_study.h"

namespace meerstem::documents {
namespace {

using meerstem::testing::TestStudy;
using Lines = std::vector<std::string>;

struct Speakers : ::testing::Test {
  TestStudy study{{&Register}};
  Speakers() {
    const std::string file = study.folder().Write("groep.txt", "Moderator: Ja?\n\nAnna: Een twee drie.\n\nBart: Vier.\n\nModerator: Ja?\n\nAnna: Vijf.\n\nBart: Zes.\n");
    study.Do("documents.import", {{"file", file}, {"site", "Leuven"}, {"stakeholder", "coach"}, {"kind", "focus_group"}});
  }
  std::vector<Lines> Table() { return study.Words(study.See("documents.speakers", {{"source", "groep"}})); }
};

TEST_F(Speakers, AreListed) {
  EXPECT_EQ(Table(), (std::vector<Lines>{{"label", "person", "stakeholder", "site", "case", "turns", "words"},
                                         {"Moderator", "Interviewer", "Onderzoeker", "<empty>", "<empty>", "2", "2"},
                                         {"Anna", "<empty>", "<empty>", "<empty>", "<empty>", "2", "4"},
                                         {"Bart", "<empty>", "<empty>", "<empty>", "<empty>", "2", "2"}}));
}

TEST_F(Speakers, AFocusGroupOfSeveralTypes) {
  study.Do("documents.assign-speaker", {{"source", "groep"}, {"label", "anna"}, {"person", "Amina"}});
  study.Do("documents.assign-speaker", {{"source", "groep"}, {"label", "Bart"}, {"stakeholder", "family"}, {"site", "Bilzen"}, {"case", "BI-01"}});
  EXPECT_EQ(Table()[2], (Lines{"Anna", "Amina", "Coach", "Leuven", "<empty>", "2", "4"}));
  EXPECT_EQ(Table()[3], (Lines{"Bart", "Bart", "Gezin", "Bilzen", "BI-01", "2", "2"}));
  EXPECT_EQ(study.store().Read()->Number("SELECT count(*) FROM membership WHERE role = 'adult'"), 1);
}

TEST_F(Speakers, RolesThatGoWithoutSayingAndThoseThatDoNot) {
  const RawArguments anna = {{"source", "groep"}, {"label", "Anna"}, {"case", "BI-01"}};
  study.Do("documents.assign-speaker", anna);
  EXPECT_EQ(study.store().Read()->Number("SELECT count(*) FROM membership WHERE role = 'coach'"), 1);
  RawArguments bart = {{"source", "groep"}, {"label", "Bart"}, {"case", "BI-01"}, {"stakeholder", "coordinator"}};
  EXPECT_EQ(study.Refusal("documents.assign-speaker", bart), "Say with --role what this person is in the case: adult, child or coach.");
  bart.emplace_back("role", "child");
  EXPECT_EQ(study.Refusal("documents.assign-speaker", bart), "");
  EXPECT_EQ(study.store().Read()->Number("SELECT count(*) FROM study_case"), 1);
}

TEST_F(Speakers, Refusals) {
  EXPECT_EQ(study.Refusal("documents.assign-speaker", {{"source", "groep"}, {"label", "Clara"}, {"person", "Clara"}}),
            "No speaker of this source is called “Clara”; there is Moderator, Anna, Bart.");
  EXPECT_EQ(study.Refusal("documents.assign-speaker", {{"source", "groep"}, {"label", "Anna"}}), "Say who “Anna” is: --person, --stakeholder, --site or --case.");
  EXPECT_EQ(study.Refusal("documents.assign-speaker", {{"source", "groep"}, {"person", "Amina"}}),
            "Several people speak in this source; say with --label which of them is meant: Moderator, Anna, Bart.");
  study.Do("documents.assign-speaker", {{"source", "groep"}, {"label", "Bart"}, {"person", "Anna"}});
  EXPECT_EQ(study.Refusal("documents.assign-speaker", {{"source", "groep"}, {"label", "Anna"}, {"site", "Bilzen"}}),
            "There is already a person called “Anna”; give --person “Anna” when it is the same one, or another pseudonym.");
}

TEST_F(Speakers, AWholeTextIsGivenToOnePerson) {
  study.Do("documents.import", {{"file", study.folder().Write("dagboek.txt", "Vandaag was het stil.\n")}});
  EXPECT_TRUE(view::IsEmpty(study.See("documents.speakers", {{"source", "dagboek"}})));
  study.Do("documents.assign-speaker", {{"source", "dagboek"}, {"person", "Rosa"}, {"stakeholder", "family"}});
  EXPECT_EQ(study.Words(study.See("documents.speakers", {{"source", "dagboek"}}))[1], (Lines{"Rosa", "Rosa", "Gezin", "<empty>", "<empty>", "1", "4"}));
}

TEST_F(Speakers, UndoGivesTheStudyBack) {
  const std::string before = study.Dump();
  study.Do("documents.assign-speaker", {{"source", "groep"}, {"label", "Bart"}, {"person", "Bob"}, {"stakeholder", "family"}, {"site", "Bilzen"}, {"case", "BI-01"}});
  const std::string after = study.Dump();
  study.Undo();
  EXPECT_EQ(study.Dump(), before);
  study.Redo();
  EXPECT_EQ(study.Dump(), after);
}

}  // namespace
}  // namespace meerstem::documents
