#include <gtest/gtest.h>

#include "core/base/language.h"
#include "core/study/carrying.h"
#include "core/study/people.h"
#include "tests/plugins/registrations/small_study.h"

namespace meerstem::registrations {
namespace {

std::vector<std::vector<std::int64_t>> Counts(const view::Chart& chart) {
  std::vector<std::vector<std::int64_t>> counts;
  for (const auto& row : chart.cells) {
    auto& line = counts.emplace_back();
    for (const auto& cell : row) line.push_back(std::get<std::int64_t>(cell.value));
  }
  return counts;
}

Id CaseOf(Reading& reading, const std::string& code) {
  auto row = reading.Query("SELECT id FROM study_case WHERE code = ?", code);
  return row.Step() ? row.GetId(0) : Id{};
}

constexpr const char* kViewed =
    "F1,,dwelling,2022-01-31,3,\n"
    "F1,A1,stress,2022-01-31,2,Moe\n"
    "F1,A1,employment,2022-01-31,n/a,\n"
    "F1,,dwelling,2022-07-30,2,\n"
    "F1,A2,stress,2022-07-31,4,\n"
    "F2,,dwelling,2022-03-01,unknown,\n"
    "F2,B1,stress,2022-03-01,5,\n";

TEST(Item, BaselineAboveFollowUpOfTheSameFamilies) {
  SmallStudy study;
  study.Import(kViewed);
  const auto model = study.See("registrations.item", {{"item", "dwelling"}});
  const auto& chart = std::get<view::Chart>(model.body);
  ASSERT_EQ(chart.categories.size(), 3u);
  EXPECT_EQ(chart.categories[0].key, "baseline");
  EXPECT_EQ(chart.categories[1].key, "follow_up");
  EXPECT_EQ(chart.categories[2].key, "all");
  // The follow-up is that of 31 July: one day earlier is no six months.
  EXPECT_EQ(Counts(chart), (std::vector<std::vector<std::int64_t>>{{0, 0, 1, 0, 0, 0, 0, 0}, {0, 1, 0, 0, 0, 0, 0, 0}, {0, 0, 1, 0, 0, 0, 1, 0}}));
  EXPECT_EQ(std::get<std::int64_t>(chart.cells[1][1].parts[0].second), 1) << "carried from the day before";
  EXPECT_EQ((*Language::English())(chart.categories[1].note), "1 of them carried");
  EXPECT_EQ(chart.series.size(), 8u) << "five points, and who gave none of them";
  EXPECT_EQ(chart.aside, 3u) << "not applicable, unknown and nothing entered are no part of the 100 %";
  EXPECT_FALSE(chart.series[0].glyph.empty());
}

TEST(Item, AllMembersOrTheFirst) {
  SmallStudy study;
  study.Import(kViewed);
  const auto all = std::get<view::Chart>(study.See("registrations.item", {{"item", "stress"}}).body);
  EXPECT_EQ(Counts(all), (std::vector<std::vector<std::int64_t>>{{0, 1, 0, 0, 0, 0, 0, 0}, {0, 1, 0, 1, 0, 0, 0, 0}, {0, 1, 0, 0, 1, 0, 0, 0}}));
  const auto first = std::get<view::Chart>(study.See("registrations.item", {{"item", "stress"}, {"member-rule", "first"}}).body);
  EXPECT_EQ(Counts(first), (std::vector<std::vector<std::int64_t>>{{0, 1, 0, 0, 0, 0, 0, 0}, {0, 1, 0, 0, 0, 0, 0, 0}, {0, 1, 0, 0, 1, 0, 0, 0}}));
}

TEST(Item, SplitBySite) {
  SmallStudy study;
  study.Import(kViewed);
  const auto chart = std::get<view::Chart>(study.See("registrations.item", {{"item", "stress"}, {"split", "site"}}).body);
  std::vector<std::string> keys;
  for (const auto& category : chart.categories) keys.push_back(category.key);
  EXPECT_EQ(keys, (std::vector<std::string>{"Noord/baseline", "Noord/follow_up", "Noord/all", "Zuid/all"}));
}

TEST(Remarks, AreFoundAndOpen) {
  SmallStudy study;
  study.Import(kViewed);
  const auto model = study.See("registrations.remarks", {{"search", "MOÉ"}});
  const auto rows = study.Rows(model);
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_EQ(study.Words(model)[1], (std::vector<std::string>{"F1", "Noord", "A1", "stress", "31/01/2022", "2", "Moe"}));
  EXPECT_EQ(rows[0].target->view, "coding.document");
  EXPECT_TRUE(study.Rows(study.See("registrations.remarks", {{"site", "Zuid"}})).empty());
}

TEST(Remarks, ShowReplacedNames) {
  SmallStudy study;
  study.Import("F1,,dwelling,2022-01-31,3,Samira zoekt\n");
  study.store().Run({"test", Say("Replace"), study.actor()},
                    [](Writing& writing) { writing.Do("INSERT INTO replacement (id, words, shown) VALUES (?, 'Samira', 'S.')", writing.NewId()); });
  EXPECT_EQ(study.Words(study.See("registrations.remarks"))[1].back(), "S. zoekt");
}

TEST(Carrying, AWholeStudyInOneScanEqualsCaseByCase) {
  SmallStudy study;
  study.Import(kViewed);
  auto reading = study.store().Read();
  const Id instrument = Instruments(*reading).front();
  int visits = 0;
  WalkStates(*reading, instrument, [&](const Id& study_case, const Registration& registration, const State& state) {
    const State alone = StateAt(*reading, study_case, instrument, registration);
    ASSERT_EQ(alone.size(), state.size());
    for (const auto& [key, standing] : alone) {
      const Standing& other = state.at(key);
      EXPECT_EQ(standing.status, other.status);
      EXPECT_EQ(standing.value, other.value);
      EXPECT_EQ(standing.since, other.since);
      EXPECT_EQ(standing.carried, other.carried);
    }
    ++visits;
  });
  EXPECT_EQ(visits, 4);
}

TEST(Carrying, SpeakersWhoWereNeverRegisteredAreNotFollowed) {
  SmallStudy study;
  study.Import(kViewed);
  study.store().Run({"test", Say("Speaker"), study.actor()}, [](Writing& writing) {
    const Id person = EnsurePerson(writing, "Samira");
    const Id study_case = EnsureCase(writing, "F1");
    EnsureMembership(writing, person, study_case, "adult");
    EnsureMembership(writing, EnsurePerson(writing, "Nieuw"), study_case, "adult");
    const Id hash = writing.NewId(), source = writing.NewId();
    writing.Do("INSERT INTO content VALUES (?, 'x')", hash);
    writing.Do("INSERT INTO source (id, title, kind, content_hash) VALUES (?, 'talk', 'interview', ?)", source, hash);
    writing.Do("INSERT INTO speaker VALUES (?, ?, 'S', ?)", writing.NewId(), source, person);
  });
  auto reading = study.store().Read();
  std::vector<std::string> names;
  for (const auto& member : FollowedMembers(*reading, Instruments(*reading).front(), CaseOf(*reading, "F1"))) names.push_back(member.name);
  EXPECT_EQ(names, (std::vector<std::string>{"A1", "A2", "Nieuw", "K1"}));
}

TEST(Window, CalendarMonthsClampToTheEndOfTheMonth) {
  const auto window = [](std::vector<Date> dates, WindowRule rule = {}) {
    std::vector<Registration> registrations;
    for (const auto date : dates) registrations.push_back({{}, date, {}});
    return ChooseWindow(registrations, rule);
  };
  EXPECT_EQ(window({{2021, 1, 15}, {2021, 7, 15}}).follow_up, 1u);
  EXPECT_FALSE(window({{2021, 1, 15}, {2021, 7, 14}}).follow_up);
  EXPECT_EQ(window({{2021, 1, 15}, {2021, 8, 1}, {2022, 3, 1}}).follow_up, 2u);
  EXPECT_EQ(window({{2021, 1, 15}, {2021, 8, 1}, {2022, 3, 1}}, {.last_follow_up = false}).follow_up, 1u);
  EXPECT_FALSE(window({{2021, 1, 15}, {2021, 1, 15}}).follow_up);
  EXPECT_EQ(window({{2021, 8, 31}, {2022, 2, 28}}).follow_up, 1u);
  EXPECT_FALSE(window({{2021, 8, 31}, {2022, 2, 27}}).follow_up);
  EXPECT_FALSE(window({{2023, 8, 31}, {2024, 2, 28}}).follow_up) << "a leap year has one day more";
  EXPECT_EQ(window({{2023, 8, 31}, {2024, 2, 29}}).follow_up, 1u);
  EXPECT_FALSE(window({}).baseline);
}

}  // namespace
}  // namespace meerstem::registrations
