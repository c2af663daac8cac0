// The domain's own promises: names never shown, consent, merging, deletion, carried answers.
#include <gtest/gtest.h>

#include "core/study/codes.h"
#include "core/study/deletion.h"
#include "core/study/display.h"
#include "core/study/instruments.h"
#include "core/study/people.h"
#include "core/study/quotes.h"
#include "core/study/sources.h"
#include "tests/support/test_study.h"

namespace meerstem::testing {
namespace {

class DomainTest : public ::testing::Test {
 protected:
  void Run(const std::function<void(Writing&)>& body) { study_.store().Run({"test", Say("Edit"), study_.actor()}, body); }
  static Id AddText(Writing& writing, const std::string& text) {
    return AddSource(writing, {.title = "T", .kind = "interview", .content = StoreContent(writing, text)});
  }
  static void Code(Writing& writing, const Id& quote, const Id& code) {
    writing.Do("INSERT INTO coding (id, quote_id, code_id, coder_id, at, origin) VALUES (?, ?, ?, ?, 0, 'hand')", writing.NewId(), quote, code, writing.actor());
  }
  TestStudy study_{{}};
};

TEST_F(DomainTest, NamesBesideTypographyAreReplacedAndPartsOfWordsAreNot) {
  Id source;
  const std::string text = "“Jan” – Jan… Janneke zei Jan’s é Jané.";
  Run([&](Writing& writing) {
    source = AddText(writing, text);
    writing.Do("INSERT INTO replacement (id, words, shown) VALUES (?, 'Jan', 'P1')", writing.NewId());
  });
  auto reading = study_.store().Read();
  EXPECT_EQ(DisplayText(*reading, {source, {0, CountCodePoints(text)}}, Purpose::kExport), "“P1” – P1… Janneke zei P1’s é Jané.");
  EXPECT_EQ(DisplayText(*reading, {source, {2, 3}}, Purpose::kScreen), "P1") << "half a name shows the whole replacement";
}

TEST_F(DomainTest, MergingCodesMakesOneOfTwiceTheSame) {
  Id a, b, child, quote;
  Run([&](Writing& writing) {
    a = EnsureCode(writing, "A");
    child = EnsureCode(writing, "A/B");
    b = EnsureCode(writing, "A/C");
    quote = EnsureQuote(writing, {AddText(writing, "woorden"), {0, 3}});
    Code(writing, quote, a);
    Code(writing, quote, b);
  });
  const std::string before = study_.Dump();
  Run([&](Writing& writing) { MergeEntity(writing, "code", a, b); });
  EXPECT_TRUE(study_.store().Check().empty());
  auto reading = study_.store().Read();
  EXPECT_EQ(reading->Number("SELECT count(*) FROM coding"), 1);
  EXPECT_EQ(reading->Number("SELECT count(*) FROM code WHERE id = ? AND parent_id IS NULL", b), 1) << "it takes the place of its parent";
  EXPECT_EQ(reading->Number("SELECT count(*) FROM code WHERE id = ? AND parent_id = ?", child, b), 1);
  study_.Undo();
  EXPECT_EQ(study_.Dump(), before);
}

TEST_F(DomainTest, DeletingASourceTakesWhatHangsOnIt) {
  const std::string before = study_.Dump();
  Run([&](Writing& writing) {
    const Id source = AddText(writing, "woorden");
    const Id quote = EnsureQuote(writing, {source, {0, 3}});
    Code(writing, quote, EnsureCode(writing, "A"));
    writing.Do("INSERT INTO memo (id, entity_kind, entity_id, text, at) VALUES (?, 'quote', ?, 'm', 0)", writing.NewId(), quote);
  });
  Run([&](Writing& writing) {
    Id source;
    { auto row = writing.Query("SELECT id FROM source"); row.Step(); source = row.GetId(0); }
    DeleteEntity(writing, "source", source);
  });
  auto reading = study_.store().Read();
  for (const char* table : {"source", "span", "quote", "coding", "memo"}) EXPECT_EQ(reading->Number(std::string("SELECT count(*) FROM ") + table), 0) << table;
  EXPECT_EQ(reading->Number("SELECT count(*) FROM code"), 1);
  EXPECT_TRUE(study_.store().Check().empty());
}

}  // namespace
}  // namespace meerstem::testing
