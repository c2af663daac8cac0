// Words, sentences and paragraphs, in Dutch as people write it.
#include "core/base/boundaries.h"

#include <gtest/gtest.h>

#include "tests/core/base/random_text.h"

namespace meerstem {
namespace {

std::string Show(const std::string& utf8, std::vector<Range> (*find)(const Text&)) {
  const Text text(utf8);
  std::string shown;
  for (const auto& range : find(text)) shown += "[" + std::string(text.Slice(range)) + "]";
  return shown;
}

TEST(Boundaries, Words) {
  EXPECT_EQ(Show("Ja, één zo'n coach — 42,5 €! 🙂", Words), "[Ja][één][zo'n][coach][42,5]");
  EXPECT_EQ(Show("e\u0301e\u0301n", Words), "[e\u0301e\u0301n]");
  EXPECT_EQ(Show(" ... - ", Words), "");
  EXPECT_EQ(CountWords("Ik zei: 't is goed."), 5);
  EXPECT_EQ(CountWords(""), 0);
  EXPECT_EQ(CountWords("sociaal-artistiek werk"), 3);
}

TEST(Boundaries, Sentences) {
  EXPECT_EQ(Show("Dat is zo. En toen? Ja! Nee...", Sentences), "[Dat is zo.][En toen?][Ja!][Nee...]");
  EXPECT_EQ(Show("Ik sprak met dhr. Peeters en mevr. De Smet. Zij zei ja.", Sentences), "[Ik sprak met dhr. Peeters en mevr. De Smet.][Zij zei ja.]");
  EXPECT_EQ(Show("Veel dingen, bv. Een fiets. Klaar.", Sentences), "[Veel dingen, bv. Een fiets.][Klaar.]");
  EXPECT_EQ(Show("(o.a. Bilzen en Leuven). Goed.", Sentences), "[(o.a. Bilzen en Leuven).][Goed.]");
  EXPECT_EQ(Show("Een regel\nNog een regel", Sentences), "[Een regel][Nog een regel]");
  EXPECT_EQ(Show("  Een.  🙂 Twee.  ", Sentences), "[Een.][🙂 Twee.]");
  EXPECT_EQ(Show("", Sentences), "");
}

TEST(Boundaries, Paragraphs) {
  EXPECT_EQ(Show("\n\nEen.\nTwee.\n \n\t\n  Drie. \n", Paragraphs), "[Een.][Twee.][Drie.]");
  EXPECT_EQ(Show("zonder einde", Paragraphs), "[zonder einde]");
  EXPECT_EQ(Show(" \n ", Paragraphs), "");
}

TEST(Boundaries, TrimAndGrow) {
  const Text text("  één  twee🙂 zo'n drie");
  EXPECT_EQ(TrimRange(text, {0, 7}), (Range{2, 5}));
  EXPECT_TRUE(TrimRange(text, {5, 7}).empty());
  EXPECT_EQ(TrimRange(text, {-5, 99}), (Range{2, text.size()}));
  EXPECT_EQ(GrowToWords(text, {3, 8}), (Range{2, 11}));
  EXPECT_EQ(GrowToWords(text, {14, 15}), (Range{13, 17}));
}

TEST(Boundaries, RangesOfRandomTextsAreInOrder) {
  std::mt19937 random(13);
  for (int round = 0; round < 150; ++round) {
    const std::string utf8 = testing::RandomText(random, 300);
    const Text text(utf8);
    for (const auto find : {Words, Sentences, Paragraphs}) {
      std::int64_t at = 0;
      for (const auto& range : find(text)) {
        ASSERT_LE(at, range.start);
        ASSERT_LT(range.start, range.end);
        at = range.end;
      }
      ASSERT_LE(at, text.size());
    }
    ASSERT_EQ(CountWords(utf8), static_cast<std::int64_t>(Words(text).size()));
  }
}

TEST(Boundaries, SixHundredThousandCharacters) {
  std::string utf8;
  for (int i = 0; i < 30000; ++i) utf8 += "Dit is één zin, 🙂.\n";
  const Text text(utf8);
  EXPECT_GE(text.size(), 550000);
  EXPECT_EQ(Words(text).size(), 120000u);
  EXPECT_EQ(Sentences(text).size(), 30000u);
  EXPECT_EQ(Paragraphs(text).size(), 30000u);
}

}  // namespace
}  // namespace meerstem
