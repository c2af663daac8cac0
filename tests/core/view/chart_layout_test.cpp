#include "core/view/chart_layout.h"

#include <cmath>
#include <map>
#include <set>

#include <gtest/gtest.h>

#include "core/view/pen.h"

namespace meerstem::view {
namespace {

TEST(Scale, HasRoundStepsThatCoverEverything) {
  for (const auto& [low, high] : {std::pair{0.0, 56.0}, {0.0, 0.37}, {-3.0, 12.0}, {0.0, 1.0}, {0.0, 0.0}, {0.0, 1e6}}) {
    const Scale scale = MakeScale(low, high);
    EXPECT_LE(scale.low, low);
    EXPECT_GE(scale.high, high);
    const double steps = (scale.high - scale.low) / scale.step;
    EXPECT_NEAR(steps, std::round(steps), 1e-6);
    EXPECT_LE(steps, 7);
  }
  EXPECT_EQ(MakeScale(0, 2, true).step, 1) << "there are no half families";
}

TEST(Alluvial, FlowsFillTheirNodesAndNothingElse) {
  const std::vector<std::vector<double>> counts = {{1, 0, 0, 2}, {4, 2, 0, 0}, {0, 3, 8, 5}};
  const auto layout = LayAlluvial(counts, 100, 10, 4, 0);
  double all = 0;
  std::map<std::size_t, double> from, to;
  for (const auto& flow : layout.flows) {
    all += flow.height;
    from[flow.from] += flow.height;
    to[flow.to] += flow.height;
    EXPECT_GT(flow.count, 0);
    EXPECT_NEAR(flow.height / flow.count, 4, 1e-9) << "25 counts share 100";
    EXPECT_GE(flow.top_from, layout.left[flow.from].top - 1e-9);
    EXPECT_LE(flow.top_from + flow.height, layout.left[flow.from].top + layout.left[flow.from].height + 1e-9);
    EXPECT_GE(flow.top_to, layout.right[flow.to].top - 1e-9);
    EXPECT_LE(flow.top_to + flow.height, layout.right[flow.to].top + layout.right[flow.to].height + 1e-9);
  }
  EXPECT_EQ(layout.flows.size(), 7u);
  EXPECT_NEAR(all, 100, 1e-9);
  for (const auto& [i, height] : from) EXPECT_NEAR(height, layout.left[i].height, 1e-9);
  for (const auto& [i, height] : to) EXPECT_NEAR(height, layout.right[i].height, 1e-9);
  for (const auto* side : {&layout.left, &layout.right}) {
    for (std::size_t i = 0; i + 1 < side->size(); ++i) EXPECT_LE((*side)[i].slot + (*side)[i].slot_height + 4, (*side)[i + 1].slot + 1e-9) << "slots hold a label each";
    EXPECT_NEAR(side->back().slot + side->back().slot_height, layout.height, 1e-9) << "both sides end together";
  }
  ASSERT_TRUE(layout.threshold_left);
  EXPECT_GT(*layout.threshold_left, layout.left[0].slot + layout.left[0].slot_height);
  EXPECT_LT(*layout.threshold_left, layout.left[1].slot);
}

TEST(Alluvial, OfNothingIsNothing) {
  EXPECT_TRUE(LayAlluvial({}, 100, 10, 4, std::nullopt).flows.empty());
  EXPECT_TRUE(LayAlluvial({{0, 0}, {0, 0}}, 100, 10, 4, 0).flows.empty());
}

TEST(Slopes, EqualLinesLieBesideEachOther) {
  const std::vector<std::vector<std::optional<double>>> values = {{3, 1}, {3, 5}, {3, 1}, {5, 5}, {3, std::nullopt}, {2, 1}};
  const auto spread = SpreadSlopes(values);
  std::map<std::pair<int, double>, std::set<double>> places;
  for (std::size_t i = 0; i < values.size(); ++i) {
    for (std::size_t m = 0; m < 2; ++m) {
      if (!values[i][m]) continue;
      auto& taken = places[{static_cast<int>(m), *values[i][m]}];
      EXPECT_TRUE(taken.insert(spread[i][m]).second) << "line " << i << " at " << m;
    }
  }
  EXPECT_NEAR(std::abs(spread[0][0] - spread[2][0]), 1, 1e-12) << "a bundle is not torn apart";
  EXPECT_NEAR(std::abs(spread[0][1] - spread[2][1]), 1, 1e-12);
  for (const auto& [place, offsets] : places) {
    double sum = 0;
    for (const double offset : offsets) sum += offset;
    EXPECT_NEAR(sum, 0, 1e-12) << "around the value itself";
  }
}

TEST(Rows, HoldWhatDoesNotOverlap) {
  const std::vector<Interval> intervals = {{0, 4}, {1, 2}, {2, 3}, {4, 6}, {3, 5}};
  const auto rows = PackRows(intervals);
  EXPECT_EQ(rows, (std::vector<std::size_t>{0, 1, 1, 0, 1}));
  for (std::size_t i = 0; i < rows.size(); ++i) {
    for (std::size_t j = i + 1; j < rows.size(); ++j) {
      EXPECT_TRUE(rows[i] != rows[j] || intervals[i].to <= intervals[j].from || intervals[j].to <= intervals[i].from);
    }
  }
}

TEST(Tiles, ShareTheirRowsByLength) {
  const std::vector<double> lengths = {10, 0, 35, 5, 50};
  const auto pieces = CutTiles(lengths, 4);
  std::map<std::size_t, double> by_tile, by_row;
  std::size_t last_row = 0;
  double last_end = 0;
  for (const auto& piece : pieces) {
    by_tile[piece.tile] += (piece.to - piece.from) * 25;
    by_row[piece.row] += piece.to - piece.from;
    EXPECT_NEAR(piece.from, piece.row == last_row ? last_end : 0, 1e-9) << "no holes";
    last_row = piece.row;
    last_end = piece.to;
  }
  for (const auto& [tile, length] : by_tile) EXPECT_NEAR(length, lengths[tile], 1e-9);
  EXPECT_EQ(by_tile.size(), 4u);
  ASSERT_EQ(by_row.size(), 4u);
  for (const auto& [row, share] : by_row) EXPECT_NEAR(share, 1, 1e-9);
  EXPECT_TRUE(CutTiles({}, 4).empty());
  EXPECT_TRUE(CutTiles({0, 0}, 4).empty());
}

TEST(Network, TheSameSeedLaysItTheSame) {
  const std::vector<std::vector<double>> weights = {{5, 9, 0, 0}, {9, 4, 0, 0}, {0, 0, 3, 0}, {0, 0, 0, 2}};
  const auto once = LayNetwork(weights, 7), again = LayNetwork(weights, 7), other = LayNetwork(weights, 8);
  const auto apart = [&](std::size_t i, std::size_t j) { return std::hypot(once[i].x - once[j].x, once[i].y - once[j].y); };
  bool differs = false;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    EXPECT_EQ(once[i].x, again[i].x);
    EXPECT_EQ(once[i].y, again[i].y);
    EXPECT_TRUE(once[i].x >= 0 && once[i].x <= 1 && once[i].y >= 0 && once[i].y <= 1);
    differs |= once[i].x != other[i].x;
    for (std::size_t j = i + 1; j < weights.size(); ++j) EXPECT_GE(apart(i, j), apart(0, 1) - 1e-9) << "what is tied lies closest";
  }
  EXPECT_TRUE(differs);
  EXPECT_TRUE(LayNetwork({}, 1).empty());
}

TEST(Places, AreGivenOnce) {
  Places places;
  const Rectangle here{0, 0, 10, 10}, there{20, 0, 10, 10};
  EXPECT_EQ(places.Choose({here, there}).x, 0);
  EXPECT_EQ(places.Choose({here, there}).x, 20);
  EXPECT_EQ(places.Choose({{5, 0, 10, 10}, {9, 9, 10, 10}}).x, 9) << "where nothing is free, what covers least";
}

TEST(Ink, ReadsOnEveryColour) {
  const auto luminance = [](Colour c) {
    const auto linear = [](double v) { return v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4); };
    return 0.2126 * linear(c.red) + 0.7152 * linear(c.green) + 0.0722 * linear(c.blue);
  };
  const auto contrast = [&](Colour a, Colour b) {
    const double x = luminance(a), y = luminance(b);
    return (std::max(x, y) + 0.05) / (std::min(x, y) + 0.05);
  };
  for (int red = 0; red <= 255; red += 15) {
    for (int green = 0; green <= 255; green += 15) {
      for (int blue = 0; blue <= 255; blue += 15) {
        const Colour colour{red / 255.0, green / 255.0, blue / 255.0};
        ASSERT_GE(contrast(colour, InkOn(colour)), 4.5) << red << " " << green << " " << blue;
      }
    }
  }
  for (const bool dark : {false, true}) {
    const Pen pen(nullptr, {.dark = dark});
    EXPECT_GE(contrast(pen.paper(), pen.ink()), 7);
    EXPECT_GE(contrast(pen.paper(), pen.quiet()), 4.5);
  }
}

}  // namespace
}  // namespace meerstem::view
