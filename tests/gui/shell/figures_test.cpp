// Every figure that the sample study is made to have, as the window shows it; tests/study has the same of the console.
#include <fstream>
#include <map>
#include <set>

#include <nlohmann/json.hpp>

#include "core/base/language.h"
#include "core/view/writers.h"
#include "tests/gui/shell/sample_house.h"

namespace meerstem::testing {
namespace {

using Json = nlohmann::json;

class FiguresInTheWindow : public SampleHouseTest {
 protected:
  /// What the window shows of a view, all its rows.
  Json Shown(const std::string& view, const RawArguments& raw = {}) {
    EXPECT_TRUE(See(view, raw)) << view;
    const auto& model = *pane()->model();
    return Json::parse(Aside([&] { return view::Write(model, "json", *Language::English(), *session().store().Read()); }));
  }
  /// A cell is a plain value, or a value with its state.
  static Json Plain(const Json& cell) { return cell.is_object() && cell.contains("value") ? cell["value"] : cell; }
  static int Cell(const Json& matrix, std::size_t row, std::size_t column) { return Plain(matrix["rows"][row][column]).get<int>(); }
  /// A number of a table, by the text of the row's first cell and the column's id.
  static double Number(const Json& table, const std::string& row, const std::string& column) {
    for (const auto& cells : table["rows"]) {
      for (std::size_t i = 0; Plain(cells[0]) == row && i < cells.size(); ++i) {
        if (table["columns"][i]["id"] == column) return Plain(cells[i]).get<double>();
      }
    }
    ADD_FAILURE() << row << " " << column;
    return -1;
  }
};

TEST_F(FiguresInTheWindow, Baseline) {
  std::ifstream file(std::string(MEERSTEM_SOURCE_DIR) + "/tests/study/figures.json");
  for (const auto& figure : Json::parse(file)) {
    std::size_t n = 0;
    for (const auto& point : figure["points"]) {
      n += Shown("registrations.item-answers",
                 {{"item", figure["item"].get<std::string>()}, {"moment", "all"}, {"answer", std::to_string(point.get<int>())}, {"member-rule", "first"}})["rows"].size();
    }
    EXPECT_EQ(n, figure["n"].get<std::size_t>()) << figure["figure"];
  }
}

TEST_F(FiguresInTheWindow, FromApproachedToFollowed) {
  const Json flow = Shown("registrations.flow");
  std::map<std::string, int> kept;
  int followed = 0;
  for (std::size_t row = 0; row < flow["rows"].size(); ++row) {
    for (std::size_t i = 0; i < flow["column_labels"].size(); ++i) {
      if (flow["row_keys"][row] == "kept") kept[flow["column_labels"][i].get<std::string>()] = Cell(flow, row, i);
      if (flow["row_keys"][row] == "followed") followed += Cell(flow, row, i);
    }
  }
  EXPECT_EQ(kept, (std::map<std::string, int>{{"Baldemore", 33}, {"Bilzen", 27}, {"Herenthout", 7}, {"Leuven", 19}, {"Oostende", 4}}));
  EXPECT_EQ(followed, 56);
  const Json families = Shown("registrations.composition");
  EXPECT_EQ(Number(families, "All", "families"), 90);
  EXPECT_NEAR(Number(families, "All", "children_per_family"), 3, 0.5);
  EXPECT_NEAR(Number(families, "All", "child_age"), 8, 0.5);
}

TEST_F(FiguresInTheWindow, BetterSameWorse) {
  const Json outcomes = Shown("indices.outcomes");
  const std::map<std::string, int> expected = {{"left", 4},           {"improved_deprived", 16}, {"improved_never", 2}, {"same_never", 4},
                                               {"same_deprived", 19}, {"entered", 0},            {"worse_deprived", 11}, {"worse_never", 0}};
  for (const auto& [outcome, n] : expected) EXPECT_EQ(Number(outcomes, outcome, "n"), n) << outcome;
  const Json matrix = Shown("indices.transitions");
  int better = 0, same = 0, worse = 0, deprived = 0, heavily = 0;
  for (std::size_t before = 0; before < 7; ++before) {
    for (std::size_t after = 0; after < 7; ++after) {
      const int here = Cell(matrix, before, after);
      (after < before ? better : after == before ? same : worse) += here;
      if (before >= 3) deprived += here;
      if (before > 4) heavily += here;
    }
  }
  EXPECT_EQ(std::vector<int>({better, same, worse, deprived}), std::vector<int>({22, 23, 11, 50}));
  EXPECT_GT(2 * heavily, deprived);
}

TEST_F(FiguresInTheWindow, WhatCarriedChange) {
  const Json items = Shown("indices.contributions");
  std::set<std::string> most;
  for (std::size_t i = 0; i < 4; ++i) most.insert(Plain(items["rows"][i][0]).get<std::string>());
  EXPECT_EQ(most, (std::set<std::string>{"Family support", "The child's leisure", "Paperwork", "Leisure outside the home"}));
  for (const char* least : {"Violence in the family", "Education", "Reading", "Writing", "Insight into the budget", "Check-ups"}) {
    EXPECT_LE(Number(items, least, "progress"), 1) << least;
  }
  for (const char* item : {"adult.stress", "child.stress"}) {
    const Json change = Shown("indices.change", {{"item", item}});
    ASSERT_EQ(change["rows"].size(), 1u);
    const std::string name = Plain(change["rows"][0][0]).get<std::string>();
    EXPECT_GT(2 * Number(change, name, "same"), Number(change, name, "n")) << item;
    EXPECT_GT(Number(change, name, "better"), Number(change, name, "worse")) << item;
  }
  EXPECT_EQ(Shown("registrations.item-answers", {{"item", "child.youth_care"}, {"moment", "ever"}, {"answer", "1"}})["population"]["families"], 6);
  // Thirteen families fell from sufficient care to limited or insufficient.
  const auto families = [&](const char* moment, std::initializer_list<const char*> points) {
    std::map<std::string, std::string> found;
    for (const char* point : points) {
      const Json answers = Shown("registrations.item-answers", {{"item", "child.parental_care"}, {"moment", moment}, {"answer", point}});
      for (const auto& row : answers["rows"]) {
        found[Plain(row[1]).get<std::string>()] = Plain(row[0]).get<std::string>();
      }
    }
    return found;
  };
  const auto before = families("baseline", {"4", "5"}), after = families("follow_up", {"1", "2", "3"});
  std::set<std::string> fell;
  for (const auto& [child, family] : after) {
    if (before.contains(child)) fell.insert(family);
  }
  EXPECT_EQ(fell.size(), 13u);
}

}  // namespace
}  // namespace meerstem::testing
