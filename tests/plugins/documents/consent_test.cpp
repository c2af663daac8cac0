// Consent, names and the export check, as people use them.
#include <fstream>
#include <iterator>

#include <gtest/gtest.h>

#include "core/base/language.h"
#include "core/study/display.h"
#include "core/study/sources.h"
#include "plugins/documents/part.h"
#include "tests/support/conversation.h"

namespace meerstem::documents {
namespace {

using namespace meerstem::testing;

struct ConsentViews : ::testing::Test {
  TestStudy study{{&Register}};
  void SetUp() override {
    AddConversation(study, "Gesprek", {{"Ann", "coach", "Noord", "Toen kwam Karel binnen en vertrok naar Gent op 12 maart 2021."}, {"Bea", "family", "Noord", "Karels fiets stond daar, zei Karel tegen Noor."}});
  }
  std::vector<std::string> Row(const std::string& view, const std::string& first, const RawArguments& raw = {}) {
    for (const auto& row : study.Words(study.See(view, raw))) {
      if (row[0] == first) return row;
    }
    return {};
  }
};

TEST_F(ConsentViews, ThePeopleSayWhatTheyAgreedToAndWhen) {
  auto bea = Row("people.list", "Bea");
  EXPECT_EQ(bea[6], "yes, not recorded");
  EXPECT_EQ(bea[9], "<empty>");
  study.Do("people.consent", {{"person", "Bea"}, {"may-quote", "no"}, {"may-archive", "yes"}, {"date", "01/07/2023"}});
  bea = Row("people.list", "Bea");
  EXPECT_EQ(bea[6], "yes, not recorded");
  EXPECT_EQ(bea[7], "no");
  EXPECT_EQ(bea[8], "yes");
  EXPECT_EQ(bea[9], "01/07/2023");
  const auto consents = study.Words(study.See("people.consents", {{"person", "Bea"}}));
  ASSERT_EQ(consents.size(), 3u);
  EXPECT_EQ(consents[1][5], "Ada");
  study.Do("people.withdraw", {{"person", "Bea"}});
  EXPECT_EQ(Row("people.list", "Bea")[6], "withdrawn");
  EXPECT_NE(study.Refusal("people.withdraw", {{"person", "Bea"}}), "");
  EXPECT_NE(study.Refusal("people.consent", {{"person", "Bea"}, {"may-quote", "yes"}}), "");
  EXPECT_NE(study.Refusal("people.consent", {{"person", "Ann"}}), "");
}

TEST_F(ConsentViews, PurgingAsksTwiceAndTellsWhatIsLeft) {
  EXPECT_NE(study.Refusal("people.purge", {{"person", "Bea"}, {"confirm", "yes"}}), "") << "not withdrawn";
  study.Do("people.withdraw", {{"person", "Bea"}});
  EXPECT_NE(study.Refusal("people.purge", {{"person", "Bea"}, {"confirm", "no"}}), "");
  const auto outcome = study.Do("people.purge", {{"person", "Bea"}, {"confirm", "yes"}});
  ASSERT_EQ(outcome.notes.size(), 2u);
  EXPECT_EQ((*Language::English())(outcome.notes[0]), "8 words were taken out of the texts.");
  std::ifstream file(study.store().path(), std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(file), {}};
  EXPECT_EQ(bytes.find("fiets stond"), std::string::npos);
  EXPECT_FALSE(Row("people.list", "[…] 1").empty());
}

TEST_F(ConsentViews, NamesAreProposedReplacedAndSetAside) {
  const auto karel = Row("people.name-candidates", "Karel");
  ASSERT_FALSE(karel.empty());
  EXPECT_EQ(karel[2], "2");
  EXPECT_EQ(Row("people.name-candidates", "Gent")[1], "Place");
  EXPECT_FALSE(Row("people.name-candidates", "Noor").empty());
  study.Do("people.ignore-name", {{"words", "Gent"}});
  EXPECT_TRUE(Row("people.name-candidates", "Gent").empty());
  study.Do("people.ignore-name", {{"words", "gent"}, {"ignore", "no"}});
  EXPECT_FALSE(Row("people.name-candidates", "Gent").empty());
  study.Do("people.replace-name", {{"words", "Karel"}, {"shown", "[broer]"}});
  EXPECT_TRUE(Row("people.name-candidates", "Karel").empty());
  EXPECT_EQ(Row("people.names", "Karel")[2], "3") << "with its genitive";
  study.Do("people.replace-name", {{"words", "Karel"}, {"also-word", "yes"}});
  EXPECT_EQ(Row("people.names", "Karel")[3], "yes");
  EXPECT_EQ(Row("people.names", "Karel")[1], "[broer]");
  EXPECT_NE(study.Refusal("people.replace-name", {{"words", "Piet"}, {"also-word", "yes"}}), "");
}

TEST_F(ConsentViews, UnknownSpeakersMakePeopleALowerBound) {
  AddConversation(study, "Groep", {{"Cis", "coach", "Noord", "Ja."}, {"Stem 1", "", "", "Neen."}, {"Stem 2", "", "", "Toch."}}, "focus_group");
  const auto model = study.See("documents.overview");
  bool bound = false;
  for (const auto& fact : model.population.facts) bound = bound || (fact.id == "people" && (*Language::English())(fact.label) == "People, at least");
  EXPECT_TRUE(bound);
  const auto& matrix = std::get<view::Matrix>(model.body);
  EXPECT_NE((*Language::English())(matrix.total->alternative).find("at least 3 people"), std::string::npos);
}

}  // namespace
}  // namespace meerstem::documents
