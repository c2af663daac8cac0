#include <gtest/gtest.h>

#include "core/study/instruments.h"
#include "tests/support/conversation.h"

namespace meerstem::testing {
namespace {

/// One family, one item about the household, three registrations.
class StandingTest : public ::testing::Test {
 protected:
  StandingTest() : study({}) {
    study.store().Run({"test", Say("Set up"), study.actor()}, [&](Writing& writing) {
      study_case = EnsureCase(writing, "A");
      instrument = writing.NewId();
      const Id domain = writing.NewId();
      item = writing.NewId();
      writing.Do("INSERT INTO instrument (id, key, version, name) VALUES (?, 'i', '1', '{\"nl\": \"I\"}')", instrument);
      writing.Do("INSERT INTO instrument_domain (id, instrument_id, level, key, name) VALUES (?, ?, 'household', 'd', '{}')", domain, instrument);
      writing.Do("INSERT INTO item (id, domain_id, key, name) VALUES (?, ?, 'household.x', '{\"nl\": \"X\", \"en\": \"Ex\"}')", item, domain);
      for (int value = 1; value <= 5; ++value) {
        writing.Do("INSERT INTO scale_point (id, item_id, value, label) VALUES (?, ?, ?, '{}')", writing.NewId(), item, value);
      }
      for (const char* day : {"2022-01-10", "2022-04-10", "2022-07-10"}) {
        registrations.push_back(writing.NewId());
        writing.Do("INSERT INTO registration (id, case_id, instrument_id, date) VALUES (?, ?, ?, ?)", registrations.back(), study_case, instrument, day);
      }
    });
  }
  void Answer(std::size_t registration, const std::string& status, std::optional<std::int64_t> value) {
    study.store().Run({"test", Say("Answer"), study.actor()}, [&](Writing& writing) {
      writing.Do("INSERT INTO answer (id, registration_id, item_id, status, value) VALUES (?, ?, ?, ?, ?)", writing.NewId(), registrations[registration], item, status, value);
    });
  }
  std::optional<Standing> At(std::size_t registration) {
    auto reading = study.store().Read();
    const auto all = RegistrationsOf(*reading, study_case, instrument);
    const State state = StateAt(*reading, study_case, instrument, all[registration]);
    const auto found = state.find({item, {}});
    return found == state.end() ? std::nullopt : std::optional(found->second);
  }
  TestStudy study;
  Id study_case, instrument, item;
  std::vector<Id> registrations;
};

TEST_F(StandingTest, NothingStandsBeforeTheFirstAnswer) {
  Answer(1, "rated", 3);
  EXPECT_FALSE(At(0));
  EXPECT_TRUE(At(1));
}

TEST_F(StandingTest, ARatingCarriesAndIsKnownAsCarried) {
  Answer(0, "rated", 2);
  EXPECT_FALSE(At(0)->carried);
  EXPECT_TRUE(At(2)->carried);
  EXPECT_EQ(At(2)->value, 2);
  EXPECT_EQ(At(2)->since, (Date{2022, 1, 10}));
}

TEST_F(StandingTest, ConfirmedIsNotCarriedAndCopiedIs) {
  Answer(0, "rated", 2);
  Answer(1, "confirmed", 2);
  Answer(2, "copied", 2);
  EXPECT_FALSE(At(1)->carried);
  EXPECT_TRUE(At(2)->carried);
}

TEST_F(StandingTest, NotApplicableCarriesAndUnknownStopsTheCarrying) {
  Answer(0, "not_applicable", std::nullopt);
  EXPECT_EQ(At(1)->status, AnswerStatus::kNotApplicable);
  EXPECT_FALSE(At(1)->value);
  Answer(1, "rated", 4);
  Answer(2, "unknown", std::nullopt);
  EXPECT_EQ(At(2)->status, AnswerStatus::kUnknown);
  EXPECT_FALSE(At(2)->value);
}

TEST_F(StandingTest, TheStoreRefusesAValueWithoutARating) {
  EXPECT_THROW(Answer(0, "unknown", 3), Error);
  EXPECT_THROW(Answer(0, "rated", std::nullopt), Error);
}

TEST_F(StandingTest, NamesInTwoLanguagesAreReadAndWritten) {
  auto reading = study.store().Read();
  const Instrument whole = GetInstrument(*reading, instrument);
  ASSERT_EQ(whole.items.size(), 1u);
  EXPECT_EQ((*Language::English())(Verbatim(whole.items[0].name)), "Ex");
  EXPECT_EQ(ReadLocalized(ToJson(whole.items[0].name)), whole.items[0].name);
  EXPECT_TRUE(ReadLocalized("not json").texts.empty());
}

}  // namespace
}  // namespace meerstem::testing
