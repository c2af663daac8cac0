// Texts as people and their word processors write them, by code points, all the way through the store.
#include <gtest/gtest.h>

#include "core/study/quotes.h"
#include "core/study/sources.h"
#include "tests/core/store/toy_component.h"
#include "tests/support/test_study.h"

namespace meerstem::testing {
namespace {

class TextTest : public ::testing::Test {
 protected:
  Id Add(const std::string& raw) {
    Id id;
    study_.store().Run({"test", Say("Edit"), study_.actor()}, [&](Writing& writing) {
      id = AddSource(writing, {.title = "T", .kind = "interview", .content = StoreContent(writing, CleanText(raw))});
    });
    return id;
  }
  /// The same range by the text's index, by SQLite's substr and by the view for outside readers.
  void ExpectSlice(const Id& source, Range range, const std::string& expected) {
    auto reading = study_.store().Read();
    EXPECT_EQ(TextOf(*reading, source)->Slice(range), expected);
    auto row = reading->Query("SELECT substr(text, ? + 1, ? - ?) FROM source JOIN content ON hash = content_hash WHERE source.id = ?",
                              range.start, range.end, range.start, source);
    ASSERT_TRUE(row.Step());
    EXPECT_EQ(row.View(0), expected);
    Id quote;
    study_.store().Run({"test", Say("Edit"), study_.actor()}, [&](Writing& writing) { quote = EnsureQuote(writing, {source, range}); });
    auto view = study_.store().Read();
    auto text = view->Query("SELECT text FROM quote_text WHERE quote_id = lower(hex(?))", quote);
    ASSERT_TRUE(text.Step());
    EXPECT_EQ(text.View(0), expected);
  }
  TestStudy study_{{&RegisterToy}};
};

TEST_F(TextTest, EmojiAndCombiningMarksByCodePoints) {
  const Id source = Add("a👩🏽‍👧b e\u0301 é 日本");
  ExpectSlice(source, {1, 5}, "👩🏽‍👧");
  ExpectSlice(source, {7, 9}, "e\u0301");
  ExpectSlice(source, {12, 14}, "日本");
}

TEST_F(TextTest, LineEndsBomAndNul) {
  const Id source = Add(std::string("\xEF\xBB\xBF" "een\r\ntwee\rdrie\0vier", 22));
  ExpectSlice(source, {0, 8}, "een\ntwee");
  ExpectSlice(source, {9, 17}, "drievier");
  EXPECT_EQ(TextOf(*study_.store().Read(), source)->size(), 17);
}

TEST_F(TextTest, InvalidBytesBecomeReplacementCharacters) {
  const Id source = Add("a\xFF\xC3z");
  ExpectSlice(source, {0, 4}, "a\uFFFD\uFFFDz");
}

TEST_F(TextTest, SixHundredThousandCharacters) {
  std::string text;
  for (int i = 0; i < 60'000; ++i) text += "ab é👧cd\n日.";  // ten code points
  const Id source = Add(text);
  EXPECT_EQ(TextOf(*study_.store().Read(), source)->size(), 600'000);
  ExpectSlice(source, {599'990, 600'000}, "ab é👧cd\n日.");
  ExpectSlice(source, {300'004, 300'005}, "👧");
  EXPECT_FALSE(SentenceOf([&] {
    study_.store().Run({"test", Say("Edit"), study_.actor()}, [&](Writing& writing) { EnsureQuote(writing, {source, {599'999, 600'001}}); });
  }).empty());
  EXPECT_TRUE(study_.store().Check().empty());
}

TEST_F(TextTest, FindOnce) {
  const Id source = Add("één twee één drie");
  auto reading = study_.store().Read();
  EXPECT_EQ(FindOnce(*reading, source, "twee"), (Range{4, 8}));
  EXPECT_NE(SentenceOf([&] { FindOnce(*reading, source, "één"); }).find("more than once"), std::string::npos);
  EXPECT_NE(SentenceOf([&] { FindOnce(*reading, source, "vier"); }).find("does not stand in this source"), std::string::npos);
  EXPECT_NE(SentenceOf([&] { FindOnce(*reading, source, ""); }).find("does not stand in this source"), std::string::npos);
}

}  // namespace
}  // namespace meerstem::testing
