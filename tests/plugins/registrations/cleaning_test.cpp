#include <gtest/gtest.h>

#include "core/base/language.h"
#include "core/study/exclusions.h"
#include "tests/plugins/registrations/small_study.h"

namespace meerstem::registrations {
namespace {

using Lines = std::vector<std::string>;

constexpr const char* kCleaned =
    "F1,,dwelling,2022-01-31,3,\n"
    "F1,A1,stress,2022-01-31,2,Moe\n"
    "F1,,dwelling,2022-04-30,1,\n"
    "F1,,dwelling,2022-07-31,4,\n"
    "F2,,dwelling,2022-03-01,5,\n"
    "F2,B1,stress,2022-03-01,1,\n";

class Cleaning : public ::testing::Test {
 protected:
  Cleaning() { study.Import(kCleaned); }
  std::int64_t Fact(const view::Model& model, const std::string& id) {
    for (const auto& fact : model.population.facts) {
      if (fact.id == id) return std::get<std::int64_t>(fact.value);
    }
    return -1;
  }
  /// Of the row of that key in registrations.describe: its cells as words, from the first count on.
  Lines Described(const std::string& key, const RawArguments& raw = {}) {
    const auto model = study.See("registrations.describe", raw);
    for (const auto& row : study.Rows(model)) {
      if (row.key != key) continue;
      Lines words;
      for (std::size_t i = 4; i < row.cells.size(); ++i) {
        const auto& cell = row.cells[i];
        words.push_back(cell.state == view::State::kUndefined ? "undefined" : Language::English()->Show(cell.value));
      }
      return words;
    }
    return {};
  }
  std::vector<std::int64_t> Flow() {
    const auto matrix = std::get<view::Matrix>(study.See("registrations.flow").body);
    std::vector<std::int64_t> totals;
    for (const auto& cell : matrix.row_totals) totals.push_back(std::get<std::int64_t>(cell.value));
    return totals;
  }
  SmallStudy study;
};

TEST_F(Cleaning, ACaseThatIsLeftOutCountsNowhere) {
  EXPECT_EQ(Described("dwelling/n"), (Lines{"2", "", "1", "", "1", ""}));
  study.Do("registrations.exclude", {{"case", "F2"}, {"reason", "registered twice"}});
  EXPECT_EQ(Described("dwelling/n"), (Lines{"1", "", "1", "", "1", ""}));
  const auto item = study.See("registrations.item", {{"item", "dwelling"}});
  EXPECT_EQ(Fact(item, "families"), 1);
  EXPECT_EQ(Fact(item, "excluded"), 1);
  EXPECT_EQ(Fact(study.See("registrations.cases"), "families"), 1);
  EXPECT_EQ(Flow(), (std::vector<std::int64_t>{2, 2, 1, 1}));
  EXPECT_EQ(Fact(study.See("registrations.composition"), "families"), 1);
  EXPECT_EQ(study.History("F2")[0], "dwelling: 5") << "it can still be looked at";
  const auto log = study.Words(study.See("registrations.cleaning"));
  ASSERT_EQ(log.size(), 2u);
  EXPECT_EQ(log[1][1], "F2");
  EXPECT_EQ(log[1][6], "registered twice");
  EXPECT_EQ(log[1][8], "14/11/2023") << "the day on the study's clock";
  EXPECT_FALSE(log[1][7].empty()) << "who";
  EXPECT_NE(study.Refusal("registrations.exclude", {{"case", "F2"}, {"reason", "again"}}).find("left out already"), std::string::npos);
  EXPECT_NE(study.Refusal("registrations.exclude", {{"case", "F1"}, {"reason", "  "}}).find("Say why"), std::string::npos);
  study.Do("registrations.include", {{"case", "F2"}});
  EXPECT_EQ(Described("dwelling/n"), (Lines{"2", "", "1", "", "1", ""}));
  EXPECT_NE(study.Refusal("registrations.include", {{"case", "F2"}}).find("was not left out"), std::string::npos);
}

TEST_F(Cleaning, ARegistrationAndAnAnswer) {
  study.Do("registrations.exclude", {{"registration", "F1 2022-07-31"}, {"reason", "entered by mistake"}});
  EXPECT_EQ(Flow(), (std::vector<std::int64_t>{2, 2, 2, 0})) << "without it F1 is followed for three months";
  study.Undo();
  EXPECT_EQ(Flow(), (std::vector<std::int64_t>{2, 2, 2, 1}));
  study.Do("registrations.exclude", {{"registration", "F1 2022-07-31"}, {"item", "dwelling"}, {"reason", "outlier"}});
  EXPECT_EQ(Described("dwelling/1", {{"moment", "follow_up"}}), (Lines{"1", "undefined"})) << "what stood before stands again";
  EXPECT_EQ(Described("dwelling/carried", {{"moment", "follow_up"}}), (Lines{"1", ""}));
  study.Do("registrations.clear", {{"registration", "F1 2022-07-31"}, {"item", "dwelling"}});
  EXPECT_EQ(study.Count("excluded_answer"), 0) << "an answer that is taken back is not left out any more";
  EXPECT_NE(study.Refusal("registrations.exclude", {{"registration", "F1 2022-07-31"}, {"item", "dwelling"}, {"reason", "x"}}).find("Nothing was entered"), std::string::npos);
  EXPECT_NE(study.Refusal("registrations.exclude", {{"reason", "x"}}), "");
}

TEST_F(Cleaning, ExportsLeaveItOutToo) {
  study.Do("registrations.exclude", {{"case", "F2"}, {"reason", "twice"}});
  const Outcome outcome = study.Do("registrations.export", {{"to", study.folder().path("x.csv")}});
  EXPECT_EQ((*Language::English())(outcome.notes.back()), "Left out by the cleaning: 1 case, 0 registrations and 0 answers.");
  EXPECT_EQ((*Language::English())(outcome.notes.front()).substr(0, 6), "4 rows");
}

TEST_F(Cleaning, StepsMakeTheFlow) {
  study.Do("registrations.add-case", {{"code", "F3"}, {"site", "Noord"}});
  study.Do("registrations.step", {{"case", "F3"}, {"step", "referred"}, {"date", "2022-02-01"}, {"through", "CLB"}});
  study.Do("registrations.step", {{"case", "F3"}, {"step", "declined"}, {"date", "2022-02-15"}});
  EXPECT_EQ(Flow(), (std::vector<std::int64_t>{3, 2, 2, 1}));
  EXPECT_EQ(Fact(study.See("registrations.flow"), "declined"), 1);
  study.Do("registrations.set-period", {{"case", "F3"}, {"start", "2022-03-01"}, {"end", "2022-04-01"}});
  EXPECT_NE(study.Refusal("registrations.set-period", {{"case", "F3"}, {"end", "2022-01-01"}}), "");
  const auto page = study.Words(study.See("registrations.family", {{"case", "F3"}}));
  EXPECT_EQ(page[1], (Lines{"01/02/2022", "Referred", "<empty>", "through CLB"}));
  EXPECT_EQ(page.size(), 5u);
  study.Do("registrations.step", {{"case", "F3"}, {"step", "declined"}});
  EXPECT_EQ(study.Count("case_step"), 1);
}

TEST_F(Cleaning, PercentagesOnlyFromTenOn) {
  EXPECT_EQ(Described("dwelling/3", {{"moment", "all"}}), (Lines{"1", "undefined"}));
  std::string lines;
  for (int i = 10; i < 20; ++i) {
    const std::string code = "G" + std::to_string(i);
    study.Do("registrations.add-case", {{"code", code}, {"site", "Zuid"}});
    lines += code + ",,dwelling,2022-01-31," + (i < 16 ? "3" : "unknown") + ",\n";
  }
  study.Import(lines);
  EXPECT_EQ(Described("dwelling/3", {{"moment", "all"}}), (Lines{"7", "undefined"})) << "n = 8";
  study.Do("registrations.answer", {{"registration", "G16 2022-01-31"}, {"item", "dwelling"}, {"value", "5"}});
  study.Do("registrations.answer", {{"registration", "G17 2022-01-31"}, {"item", "dwelling"}, {"value", "5"}});
  EXPECT_EQ(Described("dwelling/3", {{"moment", "all"}}), (Lines{"7", "70"}));
  EXPECT_EQ(Described("dwelling/unknown", {{"moment", "all"}}), (Lines{"2", ""}));
  EXPECT_EQ(Described("dwelling/3", {{"split", "site"}}), (Lines{"1", "undefined", "6", "undefined"}));
}

TEST_F(Cleaning, AFamilysPageInOrderOfTime) {
  study.Do("registrations.member-dates", {{"case", "F1"}, {"person", "K1"}, {"left", "2022-06-15"}});
  const auto page = study.Words(study.See("registrations.family", {{"case", "F1"}}));
  std::vector<std::string> whats;
  for (std::size_t i = 1; i < page.size(); ++i) whats.push_back(page[i][0] + " " + page[i][1] + ": " + page[i][3]);
  EXPECT_EQ(whats, (Lines{"01/01/2022 Start: <empty>", "31/01/2022 Registration: 1 answer entered; 0 better, 0 worse", "31/01/2022 Registration: 1 answer entered; 0 better, 0 worse",
                          "31/01/2022 Remark: Moe", "30/04/2022 Registration: 1 answer entered; 0 better, 1 worse", "01/06/2022 Joined: A2", "15/06/2022 Left: K1",
                          "31/07/2022 Registration: 1 answer entered; 1 better, 0 worse"}));
  EXPECT_TRUE(study.Rows(study.See("registrations.family")).empty());
}

}  // namespace
}  // namespace meerstem::registrations
