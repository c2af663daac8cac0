// Every figure that the sample study is made to have, as the console tells it.
#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include <nlohmann/json.hpp>

#include "core/console/console.h"
#include "core/plugin/program.h"

namespace meerstem {
namespace {

using Json = nlohmann::json;

class Figures : public ::testing::Test {
 protected:
  static void SetUpTestSuite() { program_ = new Program({MEERSTEM_PLUGIN_DIR, MEERSTEM_DATA_DIR, "", ""}); }
  static void TearDownTestSuite() { delete program_; }

  /// What `meerstem-cli SAMPLE words... --format json` prints.
  static Json Ask(std::vector<std::string> words) {
    words.insert(words.begin(), SAMPLE_STUDY);
    for (const char* more : {"--format", "json", "--language", "en", "--as", "Meerstem"}) words.push_back(more);
    std::ostringstream out, err;
    EXPECT_EQ(RunConsole(words, out, err, *program_), 0) << err.str();
    return Json::parse(out.str());
  }
  /// A table's rows by the text of one of their columns.
  static std::map<std::string, std::map<std::string, Json>> By(const Json& table, const std::string& id) {
    std::map<std::string, std::map<std::string, Json>> rows;
    for (const auto& row : table["rows"]) {
      std::map<std::string, Json> named;
      for (std::size_t i = 0; i < row.size(); ++i) named[table["columns"][i]["id"].get<std::string>()] = Plain(row[i]);
      rows[named.at(id).get<std::string>()] = named;
    }
    return rows;
  }
  /// A cell is a plain value, or a value with its state.
  static Json Plain(const Json& cell) { return cell.is_object() && cell.contains("value") ? cell["value"] : cell; }
  static int Cell(const Json& matrix, std::size_t row, std::size_t column) { return Plain(matrix["rows"][row][column]).get<int>(); }
  static int Row(const Json& matrix, const std::string& key) {
    for (std::size_t i = 0; i < matrix["row_keys"].size(); ++i) {
      if (matrix["row_keys"][i] == key) return static_cast<int>(i);
    }
    ADD_FAILURE() << "no row " << key;
    return 0;
  }

  static Program* program_;
};
Program* Figures::program_ = nullptr;

TEST_F(Figures, FromApproachedToFollowed) {
  const Json flow = Ask({"registrations.flow"});
  const auto kept = static_cast<std::size_t>(Row(flow, "kept")), followed = static_cast<std::size_t>(Row(flow, "followed"));
  std::map<std::string, int> at;
  for (std::size_t i = 0; i < flow["column_labels"].size(); ++i) at[flow["column_labels"][i].get<std::string>()] = Cell(flow, kept, i);
  EXPECT_EQ(at, (std::map<std::string, int>{{"Baldemore", 33}, {"Bilzen", 27}, {"Herenthout", 7}, {"Leuven", 19}, {"Oostende", 4}}));
  EXPECT_EQ(Plain(flow["row_totals"][kept]), 90);
  EXPECT_EQ(Plain(flow["row_totals"][followed]), 56);
}

TEST_F(Figures, AboutThreeChildrenOfEightYears) {
  const auto all = By(Ask({"registrations.composition"}), "site").at("All");
  EXPECT_EQ(all.at("families"), 90);
  EXPECT_NEAR(all.at("children_per_family").get<double>(), 3, 0.5);
  EXPECT_NEAR(all.at("child_age").get<double>(), 8, 0.5);
  EXPECT_LE(all.at("youngest").get<int>(), 0) << "from pregnancy";
  EXPECT_GE(all.at("oldest").get<int>(), 18) << "to adult";
}

/// Each baseline figure as the answers to its item give it.
TEST_F(Figures, Baseline) {
  std::ifstream file(std::string(MEERSTEM_SOURCE_DIR) + "/tests/study/figures.json");
  for (const auto& figure : Json::parse(file)) {
    int n = 0;
    for (const auto& point : figure["points"]) {
      // Of adults and children, the first of each family.
      const Json answers = Ask({"registrations.item-answers", "--item", figure["item"].get<std::string>(), "--moment", "all", "--answer", std::to_string(point.get<int>()),
                                "--member-rule", "first"});
      n += static_cast<int>(answers["rows"].size());
    }
    EXPECT_EQ(n, figure["n"].get<int>()) << figure["figure"];
  }
}

TEST_F(Figures, BetterSameWorse) {
  std::map<std::string, int> n;
  for (const auto& [outcome, row] : By(Ask({"indices.outcomes"}), "outcome")) n[outcome] = row.at("n").get<int>();
  EXPECT_EQ(n, (std::map<std::string, int>{{"left", 4}, {"improved_deprived", 16}, {"improved_never", 2}, {"same_never", 4},
                                           {"same_deprived", 19}, {"entered", 0}, {"worse_deprived", 11}, {"worse_never", 0}}));
  const Json matrix = Ask({"indices.transitions"});
  int better = 0, same = 0, worse = 0, deprived = 0, heavily = 0;
  for (std::size_t before = 0; before < 7; ++before) {
    for (std::size_t after = 0; after < 7; ++after) {
      const int here = Cell(matrix, before, after);
      (after < before ? better : after == before ? same : worse) += here;
      if (before >= 3) deprived += here;
      if (before > 4) heavily += here;
    }
  }
  EXPECT_EQ(better, 22);
  EXPECT_EQ(same, 23);
  EXPECT_EQ(worse, 11);
  EXPECT_EQ(deprived, 50) << "all but 6";
  EXPECT_GT(2 * heavily, deprived) << "most of them heavily";
}

TEST_F(Figures, WhatCarriedProgress) {
  const Json items = Ask({"indices.contributions"});
  std::vector<std::string> first;
  for (std::size_t i = 0; i < 4; ++i) first.push_back(Plain(items["rows"][i][0]).get<std::string>());
  EXPECT_EQ((std::set<std::string>(first.begin(), first.end())), (std::set<std::string>{"Family support", "The child's leisure", "Paperwork", "Leisure outside the home"}));
  const auto by = By(items, "item");
  for (const char* least : {"Violence in the family", "Education", "Reading", "Writing", "Insight into the budget", "Check-ups"}) {
    EXPECT_LE(by.at(least).at("progress").get<int>(), 1) << least;
  }
}

TEST_F(Figures, StressMostlyUnchangedAndMoreBetterThanWorse) {
  for (const char* item : {"adult.stress", "child.stress"}) {
    const Json change = Ask({"indices.change", "--item", item});
    ASSERT_EQ(change["rows"].size(), 1u);
    std::map<std::string, int> n;
    for (std::size_t i = 0; i < change["columns"].size(); ++i) {
      const Json value = Plain(change["rows"][0][i]);
      if (value.is_number_integer()) n[change["columns"][i]["id"].get<std::string>()] = value.get<int>();
    }
    EXPECT_GT(2 * n["same"], n["n"]) << item;
    EXPECT_GT(n["better"], n["worse"]) << item;
    EXPECT_EQ(n["better"] + n["same"] + n["worse"], n["n"]) << item;
  }
}

TEST_F(Figures, ThirteenFamiliesFellToLimitedOrInsufficientCare) {
  // The families behind the cells that lead from sufficient (4, 5) to limited or insufficient (1 to 3).
  const auto families = [](const char* moment, std::set<int> points) {
    std::map<std::string, std::string> found;
    for (const int point : points) {
      const Json answers = Ask({"registrations.item-answers", "--item", "child.parental_care", "--moment", moment, "--answer", std::to_string(point)});
      for (const auto& row : answers["rows"]) found[Plain(row[1]).get<std::string>()] = Plain(row[0]).get<std::string>();
    }
    return found;
  };
  const auto before = families("baseline", {4, 5}), after = families("follow_up", {1, 2, 3});
  std::set<std::string> fell;
  for (const auto& [child, family] : after) {
    if (before.contains(child)) fell.insert(family);
  }
  EXPECT_EQ(fell.size(), 13u);
}

TEST_F(Figures, SixFamiliesMetACrisis) {
  const Json crisis = Ask({"registrations.item-answers", "--item", "child.youth_care", "--moment", "ever", "--answer", "1"});
  EXPECT_EQ(crisis["population"]["families"], 6);
}

}  // namespace
}  // namespace meerstem
