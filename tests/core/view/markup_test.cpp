#include "core/view/markup.h"

#include <gtest/gtest.h>

namespace meerstem::view {
namespace {

/// The reading in a form that is easy to compare: _emphasis_, !strong!, {note}, @reference@.
std::string Shape(const std::vector<Inline>& inlines) {
  std::string out;
  for (const auto& each : inlines) {
    switch (each.kind) {
      case Inline::Kind::kText: out += each.text; break;
      case Inline::Kind::kEmphasis: out += "_" + Shape(each.inside) + "_"; break;
      case Inline::Kind::kStrong: out += "!" + Shape(each.inside) + "!"; break;
      case Inline::Kind::kNote: out += "{" + Shape(each.inside) + "}"; break;
      case Inline::Kind::kReference: out += "@" + each.text + "@"; break;
    }
  }
  return out;
}
std::string Read(const std::string& text) { return Shape(ReadMarkup(text)); }

TEST(Markup, FourSigns) {
  EXPECT_EQ(Read("een *zacht* en **hard** woord[^met een noot], zie [@tabel]"), "een _zacht_ en !hard! woord{met een noot}, zie @tabel@");
  EXPECT_EQ(Read("**hard en *zacht* samen**"), "!hard en _zacht_ samen!");
  EXPECT_EQ(Read("[^een *noot* met [@verwijzing] en [haken]]"), "{een _noot_ met @verwijzing@ en [haken]}");
}

TEST(Markup, WhatDoesNotCloseIsText) {
  for (const std::string text : {"*", "**", "***", "2 * 3 = 6", "[^", "[^]", "[@", "een *", "[...] en [dialect]", "**half", "\\"}) EXPECT_EQ(Read(text), text);
}

TEST(Markup, ABackslashTakesTheMeaningOff) {
  EXPECT_EQ(Read("\\*geen\\* nadruk, \\[^geen noot]"), "*geen* nadruk, [^geen noot]");
  EXPECT_EQ(Read("c:\\nieuw"), "c:\\nieuw");
}

TEST(Markup, LongAndDeepTextStaysCheap) {
  std::string deep;
  for (int i = 0; i < 20000; ++i) deep += "[^";
  EXPECT_EQ(Read(deep).size(), deep.size());
  std::string stars(40000, '*');
  EXPECT_FALSE(Read(stars).empty());
}

TEST(Numbering, CountsFiguresAndTablesApart) {
  Prose prose;
  prose.blocks = {{.key = "a", .kind = Block::Kind::kFigure}, {.key = "b", .kind = Block::Kind::kTable, .text = Verbatim("Wie"), .anchor = "wie"}, {.key = "c", .kind = Block::Kind::kFigure, .anchor = "hoe"}};
  const auto english = Language::English();
  const Numbering numbering(prose, *english);
  EXPECT_EQ(numbering.Caption(prose.blocks[0]), "Figure 1");
  EXPECT_EQ(numbering.Caption(prose.blocks[1]), "Table 1. Wie");
  EXPECT_EQ(numbering.Refer("hoe"), "figure 2");
  EXPECT_EQ(numbering.Refer("nergens"), "nergens (?)");
}

}  // namespace
}  // namespace meerstem::view
