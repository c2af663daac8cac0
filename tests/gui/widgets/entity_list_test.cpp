#include "gui/widgets/entity_list.h"

#include <gtest/gtest.h>

namespace meerstem::gui {
namespace {

Id Number(std::uint8_t n) {
  Id id;
  id.bytes[15] = n;
  return id;
}

TEST(EntityListTest, ComesBackAsItWasWritten) {
  const std::vector<view::Entity> entities = {{"code", Number(1)}, {"quote", Number(2)}};
  EXPECT_EQ(ReadEntities(WriteEntities(entities)), entities);
  EXPECT_TRUE(ReadEntities("code nonsense\n").empty());
}

TEST(EntityListTest, WordsAreDraggedOntoACode) {
  const SourceSpan words{Number(9), {3, 8}};
  const std::string dragged = WriteEntities({{"turn", Number(4)}}, words);
  EXPECT_EQ(ReadSpan(dragged), words);
  EXPECT_EQ(ReadEntities(dragged), (std::vector<view::Entity>{{"turn", Number(4)}}));
  EXPECT_FALSE(ReadSpan("span " + ToString(Number(9)) + " 8 3\n"));
  EXPECT_FALSE(ReadSpan("span nonsense 3 8\n"));
  const std::vector<view::Drop> drops = {{"code", "code", "coding.move-code", "code", "parent"}, {"span", "code", "coding.apply", "span", "code"}};
  const auto applied = MatchDrop(drops, *ReadSpan(dragged), {{"code", Number(2)}});
  ASSERT_TRUE(applied);
  EXPECT_EQ(applied->command, "coding.apply");
  EXPECT_EQ(applied->arguments.Span("span"), words);
  EXPECT_EQ(applied->arguments.Entity("code"), Number(2));
}

TEST(EntityListTest, ADropBindsBothSides) {
  const std::vector<view::Drop> drops = {{"code", "code", "coding.move-code", "code", "parent"}, {"code", "span", "coding.apply", "code", "span"}};
  const auto moved = MatchDrop(drops, {{"code", Number(1)}}, {{"code", Number(2)}});
  ASSERT_TRUE(moved);
  EXPECT_EQ(moved->arguments.Entity("code"), Number(1));
  EXPECT_EQ(moved->arguments.Entity("parent"), Number(2));
  EXPECT_FALSE(MatchDrop(drops, {{"code", Number(1)}}, {{"code", Number(1)}}));  // Onto itself.
  EXPECT_FALSE(MatchDrop(drops, {{"theme", Number(1)}}, {{"code", Number(2)}}));
  const auto rows = OneOfEach({{{"code", Number(1)}, {"code", Number(4)}, {"memo", Number(5)}}, {{"code", Number(3)}}});
  EXPECT_EQ(rows, (std::vector<view::Entity>{{"code", Number(1)}, {"memo", Number(5)}, {"code", Number(3)}}));
  EXPECT_EQ(MatchDrop(drops, rows, {{"code", Number(2)}})->arguments.Entities("code"), (std::vector<Id>{Number(1), Number(3)}));
  EXPECT_FALSE(MatchDrop(drops, rows, {{"code", Number(3)}}));  // Onto one of themselves.
  const auto applied = MatchDrop(drops, {{"code", Number(1)}}, SourceSpan{Number(9), {3, 8}});
  ASSERT_TRUE(applied);
  EXPECT_EQ(applied->command, "coding.apply");
  EXPECT_EQ(applied->arguments.Span("span")->range, (Range{3, 8}));
}

}  // namespace
}  // namespace meerstem::gui
