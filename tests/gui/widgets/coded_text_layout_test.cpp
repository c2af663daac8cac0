#include "gui/widgets/coded_text_layout.h"

#include <gtest/gtest.h>

namespace meerstem::gui {
namespace {

using Role = view::Run::Role;

/// "Ann: " label, words with a replaced name (6 stored, 14 shown) and a hidden label of the second turn.
view::CodedText Sample() {
  view::CodedText text;
  text.runs = {{"Ann:", {0, 4}, Role::kLabel}, {" Hé 🙂 ", {4, 10}, Role::kWords}, {"[begeleidster]", {10, 16}, Role::kReplaced},
               {" kwam.\n\n", {16, 24}, Role::kWords}, {"", {24, 30}, Role::kHidden}, {"Ja.\nEcht.", {30, 39}, Role::kWords}};
  text.turns = {{.key = "1", .label = {0, 4}, .words = {5, 22}}, {.key = "2", .label = {24, 29}, .words = {30, 39}}};
  text.marks = {{.key = "a", .range = {5, 22}}, {.key = "b", .range = {12, 14}}, {.key = "c", .range = {30, 33}}};
  return text;
}

TEST(CodedTextIndexTest, SplitsParagraphsAndFindsTheirTurns) {
  const auto text = Sample();
  const CodedTextIndex index(text);
  EXPECT_EQ(index.size(), 41);
  ASSERT_EQ(index.paragraphs().size(), 4u);
  EXPECT_EQ(index.paragraphs()[0].shown, (Range{0, 30}));
  EXPECT_TRUE(index.paragraphs()[0].opens_turn);
  EXPECT_EQ(index.paragraphs()[0].turn, 0);
  EXPECT_TRUE(index.paragraphs()[1].shown.empty());
  EXPECT_TRUE(index.paragraphs()[2].opens_turn);
  EXPECT_EQ(index.paragraphs()[2].turn, 1);
  EXPECT_FALSE(index.paragraphs()[3].opens_turn);
  EXPECT_EQ(index.paragraphs()[3].turn, 1);
  EXPECT_EQ(index.ParagraphAt(0), 0u);
  EXPECT_EQ(index.ParagraphAt(31), 1u);
  EXPECT_EQ(index.ParagraphAt(41), 3u);
}

TEST(CodedTextIndexTest, AReplacedNameStandsForItsWholeStoredRange) {
  const auto text = Sample();
  const CodedTextIndex index(text);
  EXPECT_EQ(index.ToStored({12, 15}), (Range{10, 16}));   // Inside the replacement.
  EXPECT_EQ(index.ToStored({8, 12}), (Range{8, 16}));
  EXPECT_EQ(index.ToStored({20, 26}), (Range{10, 18}));
  EXPECT_EQ(index.ToStored({5, 7}), (Range{5, 7}));
  EXPECT_EQ(index.ToShown({12, 14}), (Range{10, 24}));
  EXPECT_EQ(index.ToShown({5, 22}), (Range{5, 30}));
}

TEST(CodedTextIndexTest, WhatIsNotCodedIsFoundTurnByTurn) {
  view::CodedText text;
  text.runs = {{"Een twee. Drie vier.\nEn u?\nVijf zes", {0, 35}, Role::kWords}};
  text.turns = {{.key = "1", .label = {}, .words = {0, 20}}, {.key = "2", .label = {}, .words = {21, 26}, .researcher = true}, {.key = "3", .label = {}, .words = {27, 35}}};
  text.marks = {{.key = "long", .range = {4, 14}}, {.key = "inside", .range = {5, 7}}};
  const CodedTextIndex index(text);
  // Between the marks, without white space at the ends; not what the interviewer asks.
  EXPECT_EQ(index.uncoded(), (std::vector<Range>{{0, 3}, {15, 20}, {27, 35}}));
  EXPECT_EQ(index.NextUncoded(-1), (Range{0, 3}));
  EXPECT_EQ(index.NextUncoded(0), (Range{15, 20}));
  EXPECT_EQ(index.PreviousUncoded(27), (Range{15, 20}));
  EXPECT_FALSE(index.NextUncoded(27));
  // A full stop that is left over is nothing that was overlooked.
  text.marks = {{.key = "all", .range = {0, 19}}, {.key = "end", .range = {27, 35}}};
  EXPECT_TRUE(CodedTextIndex(text).uncoded().empty());
}

TEST(CodedTextIndexTest, AHiddenLabelIsNotSelectedWithItsNeighbours) {
  const auto text = Sample();
  const CodedTextIndex index(text);
  EXPECT_EQ(index.ToStored({32, 35}), (Range{30, 33}));
  EXPECT_EQ(index.ToStored({25, 32}), (Range{17, 24}));
  EXPECT_EQ(index.ToShown({30, 33}), (Range{32, 35}));
}

TEST(CodedTextIndexTest, EveryShownRangeGoesThereAndBack) {
  const auto text = Sample();
  const CodedTextIndex index(text);
  for (std::int64_t start = 0; start < index.size(); ++start) {
    for (std::int64_t end = start + 1; end <= index.size(); ++end) {
      const Range back = index.ToShown(index.ToStored({start, end}));
      EXPECT_LE(back.start, start) << start << "-" << end;
      EXPECT_GE(back.end, end) << start << "-" << end;
    }
  }
}

TEST(CodedTextIndexTest, MovesBetweenTurnsAndMarks) {
  const auto text = Sample();
  const CodedTextIndex index(text);
  EXPECT_EQ(index.NextTurn(0), 32);
  EXPECT_EQ(index.NextTurn(32), 41);
  EXPECT_EQ(index.PreviousTurn(40), 32);
  EXPECT_EQ(index.PreviousTurn(32), 0);
  EXPECT_EQ(index.TurnAt(10), 0);
  EXPECT_EQ(index.TurnAt(31), -1);
  EXPECT_EQ(index.NextMark(0, std::nullopt), 0u);
  EXPECT_EQ(index.NextMark(5, 0u), 1u);
  EXPECT_EQ(index.NextMark(32, 2u), std::nullopt);
  EXPECT_EQ(index.PreviousMark(32, 2u), 1u);
  EXPECT_EQ(index.MarksAt(12), (std::vector<std::size_t>{1, 0}));  // The narrowest first.
}

TEST(CodedTextIndexTest, TwoMarksAtOnePlaceAreBothReached) {
  view::CodedText text;
  text.runs = {{"woorden", {0, 7}, Role::kWords}};
  text.marks = {{.key = "a", .range = {2, 6}}, {.key = "b", .range = {2, 4}}};
  const CodedTextIndex index(text);
  EXPECT_EQ(index.NextMark(0, std::nullopt), 0u);
  EXPECT_EQ(index.NextMark(2, 0u), 1u);
  EXPECT_EQ(index.PreviousMark(2, 1u), 0u);
}

TEST(CodedTextIndexTest, ADropMeansTheSelectionOrElseTheTurn) {
  const auto text = Sample();
  const CodedTextIndex index(text);
  EXPECT_EQ(index.DropRange(8, {6, 9}), (Range{6, 9}));
  EXPECT_EQ(index.DropRange(12, {6, 9}), (Range{5, 30}));
  EXPECT_EQ(index.DropRange(38, {}), (Range{32, 41}));
}

TEST(ScrollHeightsTest, SumsAndPlacesAgreeWithPlainAddition) {
  ScrollHeights heights;
  std::vector<double> plain;
  for (int i = 0; i < 137; ++i) plain.push_back(10 + i * 7 % 13);
  heights.Reset(plain);
  for (int i = 0; i < 137; i += 3) {
    plain[static_cast<std::size_t>(i)] += 5;
    heights.Set(static_cast<std::size_t>(i), plain[static_cast<std::size_t>(i)]);
  }
  double top = 0;
  for (std::size_t i = 0; i < plain.size(); ++i) {
    EXPECT_DOUBLE_EQ(heights.Top(i), top);
    EXPECT_EQ(heights.IndexAt(top), i);
    EXPECT_EQ(heights.IndexAt(top + plain[i] - 0.5), i);
    top += plain[i];
  }
  EXPECT_DOUBLE_EQ(heights.Total(), top);
  EXPECT_EQ(heights.IndexAt(top + 1000), plain.size() - 1);
}

}  // namespace
}  // namespace meerstem::gui
