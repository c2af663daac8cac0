// Searching without case and diacritics, at the right places.
#include "core/base/fold.h"

#include <gtest/gtest.h>

#include "tests/core/base/random_text.h"

namespace meerstem {
namespace {

/// What is found, as stretches of the text itself.
std::string Found(const std::string& text, const std::string& needle) {
  const Text whole(text);
  std::string found;
  for (const auto& range : FindFolded(FoldedText(text), needle)) found += "[" + std::string(whole.Slice(range)) + "]";
  return found;
}

TEST(Fold, OneCodePointForOne) {
  std::mt19937 random(3);
  for (int round = 0; round < 300; ++round) {
    const std::string text = testing::RandomText(random, 300);
    const std::string folded = FoldText(text);
    ASSERT_EQ(CountCodePoints(folded), CountCodePoints(text));
    ASSERT_TRUE(IsValidUtf8(folded));
    ASSERT_EQ(FoldText(folded), folded);
  }
}

TEST(Fold, CaseAndDiacriticsGo) {
  EXPECT_EQ(FoldText("COÖRDINATOR Één Ñandú Åse Çédille"), "coordinator een nandu ase cedille");
  EXPECT_EQ(FoldText("‘zo’ “dat” – ja\u00A0nee"), "'zo' \"dat\" - ja nee");
  EXPECT_EQ(FoldText("ẞ ß Œ œ Ĳ ĳ"), "ß ß œ œ ĳ ĳ");
  EXPECT_EQ(FoldText("ЯЩ Ωμ"), "ящ ωμ");
  EXPECT_EQ(FoldText("e\u0301"), "e\x01");
  EXPECT_EQ(FoldText(""), "");
}

TEST(Fold, FindsAcrossSpellings) {
  EXPECT_EQ(Found("Een één EEN e\u0301e\u0301n een", "één"), "[Een][één][EEN][e\u0301e\u0301n][een]");
  EXPECT_EQ(Found("Straße, STRASSE, strasse", "straße"), "[Straße][STRASSE][strasse]");
  EXPECT_EQ(Found("\uFB01ets, fiets, o\uFB03cieel, be\uFB06", "fiets"), "[\uFB01ets][fiets]");
  EXPECT_EQ(Found("\uFB01ets, fiets, o\uFB03cieel, be\uFB06", "officieel"), "[o\uFB03cieel]");
  EXPECT_EQ(Found("\uFB01ets, fiets, o\uFB03cieel, be\uFB06", "best"), "[be\uFB06]");
  EXPECT_EQ(Found("\uFB01ets, fiets", "\uFB01ets"), "[\uFB01ets][fiets]");
  EXPECT_EQ(Found("Straße, STRASSE, strasse", "STRASSE"), "[Straße][STRASSE][strasse]");
  EXPECT_EQ(Found("œuvre Oeuvre ŒUVRE", "oeuvre"), "[œuvre][Oeuvre][ŒUVRE]");
  EXPECT_EQ(Found("vrĳ vrij VRĲ", "vrij"), "[vrĳ][vrij][VRĲ]");
  EXPECT_EQ(Found("vrij", "vrĳ"), "[vrij]");
  EXPECT_EQ(Found("zo’n zo'n", "zo'n"), "[zo’n][zo'n]");
  EXPECT_EQ(Found("🙂 één 🙂", "één 🙂"), "[één 🙂]");
}

TEST(Fold, PlacesAreExact) {
  const std::string text = "🙂e\u0301\u0323n ß einde";
  const auto ranges = FindFolded(FoldedText(text), "en");
  ASSERT_EQ(ranges.size(), 1u);
  EXPECT_EQ(ranges[0], (Range{1, 5}));
  EXPECT_EQ(FindFolded(FoldedText(text), "n").front(), (Range{4, 5}));
  // A letter takes its marks along.
  EXPECT_EQ(FindFolded(FoldedText(text), "e").front(), (Range{1, 4}));
}

TEST(Fold, NothingIsFoundWhereNothingStands) {
  EXPECT_EQ(Found("abc", ""), "");
  EXPECT_EQ(Found("", "a"), "");
  EXPECT_EQ(Found("abc", "\u0301"), "");
  EXPECT_EQ(Found("aaaa", "aa"), "[aa][aa]");  // Not overlapping.
  EXPECT_EQ(Found("ß", "s"), "[ß]");
}

TEST(Fold, WhatIsCutFromATextIsFoundInIt) {
  std::mt19937 random(5);
  for (int round = 0; round < 400; ++round) {
    const std::string utf8 = testing::RandomText(random, 120);
    const Text text(utf8);
    const auto start = static_cast<std::int64_t>(random() % 100);
    const std::string needle(text.Slice({start, start + 1 + static_cast<std::int64_t>(random() % 15)}));
    if (needle.find_first_not_of("\xCC\x81\x88\xEF\xB8\x8F") == std::string::npos) continue;  // Marks alone find nothing.
    ASSERT_FALSE(FindFolded(FoldedText(utf8), needle).empty()) << needle;
    for (const auto& range : FindFolded(FoldedText(utf8), needle)) {
      ASSERT_LE(0, range.start);
      ASSERT_LT(range.start, range.end);
      ASSERT_LE(range.end, text.size());
    }
  }
}

std::string FoundWords(const std::string& text, const std::string& needle) {
  const Text whole(text);
  std::vector<Range> ranges;
  FoldedNeedle(needle, FoldedNeedle::Edges::kWords).Find(FoldedText(text), ranges);
  std::string found;
  for (const auto& range : ranges) found += "[" + std::string(whole.Slice(range)) + "]";
  return found;
}

TEST(Fold, WholeWordsEndAtWhatIsNoLetter) {
  EXPECT_EQ(FoundWords("Taal, taalles, moedertaal en de táál", "taal"), "[Taal][táál]");
  EXPECT_EQ(FoundWords("één eend ééne één2 één", "een"), "[één][één]");
  EXPECT_EQ(FoundWords("e\u0301e\u0301n een\u0301 eens ß", "een"), "[e\u0301e\u0301n][een\u0301]");  // Not in step.
  EXPECT_EQ(FoundWords("xa a a", "a a"), "[a a]");  // What is no whole word takes nothing from what is.
  EXPECT_EQ(FoundWords("ß xa a a", "a a"), "[a a]");
  EXPECT_EQ(FoundWords("да дай", "да"), "[да]");
}

TEST(Fold, BlocksOfBytesHideNothing) {
  // Every place in and across the blocks that are looked at together, beside a plain search.
  std::mt19937 random(11);
  for (int round = 0; round < 300; ++round) {
    std::string text;
    for (std::size_t i = random() % 400; i > 0; --i) text += "aaabn "[random() % 6];
    std::string needle;
    for (std::size_t i = 1 + random() % 5; i > 0; --i) needle += "aaabn "[random() % 6];
    std::vector<Range> plain;
    for (std::size_t at = 0; (at = text.find(needle, at)) != std::string::npos; at += needle.size()) {
      plain.push_back({static_cast<std::int64_t>(at), static_cast<std::int64_t>(at + needle.size())});
    }
    ASSERT_EQ(FindFolded(FoldedText(text), needle), plain) << text << "|" << needle;
  }
}

TEST(Fold, ALongTextIsSearchedWhole) {
  std::string text;
  for (int i = 0; i < 60000; ++i) text += "één zin. 🙂";
  const FoldedText folded(text);
  ASSERT_EQ(folded.size(), 600000);
  const auto found = FindFolded(folded, "EEN ZIN");
  ASSERT_EQ(found.size(), 60000u);
  EXPECT_EQ(found.back(), (Range{599990, 599997}));
}

}  // namespace
}  // namespace meerstem
