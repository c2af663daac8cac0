#include "gui/widgets/cell_text.h"

#include <gtest/gtest.h>

namespace meerstem::gui {
namespace {

const Language& Dutch() {
  static const auto language = Language::Load("nl", "");
  return *language;
}

TEST(CellTextTest, ValuesFollowTheLanguage) {
  EXPECT_EQ(ShowCell({.value = 1234.5}, view::ColumnType::kReal, Dutch()).text, "1.234,5");
  EXPECT_EQ(ShowCell({.value = 12.34}, view::ColumnType::kPercent, Dutch()).text, "12,3 %");
  EXPECT_EQ(ShowCell({.value = Date{2024, 3, 9}}, view::ColumnType::kDate, Dutch()).text, "09/03/2024");
}

TEST(CellTextTest, EveryStateIsSaidInWords) {
  for (int state = static_cast<int>(view::State::kSilent); state <= static_cast<int>(view::State::kStale); ++state) {
    const auto shown = ShowCell({.state = static_cast<view::State>(state)}, view::ColumnType::kText, Dutch());
    EXPECT_TRUE(shown.quiet);
    EXPECT_FALSE(shown.text.empty()) << state;
  }
  EXPECT_EQ(ShowCell({.value = std::int64_t{4}, .state = view::State::kCarried}, view::ColumnType::kInteger, Dutch()).text, "4 (carried)");
  EXPECT_EQ(ShowCell({.value = std::int64_t{4}, .state = view::State::kSuppressed}, view::ColumnType::kInteger, Dutch()).text, "suppressed");
}

TEST(CellTextTest, ADescriptionHoldsReasonAndParts) {
  view::Cell cell{.state = view::State::kUndefined, .why = Verbatim("no variation")};
  cell.parts = {{"people", std::int64_t{3}}};
  EXPECT_EQ(DescribeCell(cell, view::ColumnType::kReal, Dutch()), "undefined: no variation; people 3");
}

TEST(CellTextTest, TypedValuesAreReadAsTheEditWants) {
  const auto read = [](ParameterType type, const char* typed) { return ReadEdit({.type = type}, typed); };
  EXPECT_EQ(read(ParameterType::kInteger, " 12 "), ArgumentValue(std::int64_t{12}));
  EXPECT_FALSE(read(ParameterType::kInteger, "12a"));
  EXPECT_EQ(read(ParameterType::kNumber, "1,5"), ArgumentValue(1.5));
  EXPECT_EQ(read(ParameterType::kDate, "31/12/2024"), ArgumentValue(Date{2024, 12, 31}));
  EXPECT_FALSE(read(ParameterType::kDate, "31/02/2024"));
  EXPECT_EQ(read(ParameterType::kText, " words "), ArgumentValue(std::string("words")));
}

}  // namespace
}  // namespace meerstem::gui
