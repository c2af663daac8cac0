// A text is corrected, a person withdraws, a code goes: each quote of the chapter that this touches is marked where it
// stands, and no other; undone, every mark is gone.
#include <map>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "core/study/sources.h"
#include "tests/study/sample_copy.h"

namespace meerstem {
namespace {

using Json = nlohmann::json;

constexpr char kPerson[] = "Samira", kCode[] = "Vertrouwen winnen", kTheme[] = "Vertrouwen";
constexpr char kSource[] = "Baldemore – coördinator", kWord[] = "rekeninguittreksels", kCorrected[] = "bankuittreksels";

class Marks : public testing::SampleCopy {
 protected:
  Json See(std::vector<std::string> words) {
    words.insert(words.end(), {"--format", "json"});
    return Json::parse(Call(words));
  }
  /// The quotes of the chapter by their block.
  std::map<std::string, Json> Quotes() {
    std::map<std::string, Json> quotes;
    const Json chapter = See({"themes.chapter", "--chapter", "Wat coördinatoren, coaches en gezinnen vertellen"});
    for (const auto& block : chapter.at("blocks")) {
      if (block.at("kind") == "quote") quotes[block.at("key")] = block;
    }
    return quotes;
  }
  /// How many summaries of the framework rest on something that changed.
  std::int64_t StaleSummaries() { return See({"themes.framework"}).at("population").at("stale"); }
};

/// The blocks whose quotes lie in their theme by that code alone.
std::vector<std::string> RestingOn(Store& store) {
  auto reading = store.Read();
  auto rows = reading->Query(
      "SELECT b.id FROM chapter_block b JOIN theme t ON t.id = b.theme_id AND t.name = ? WHERE b.quote_id IN "
      "(SELECT g.quote_id FROM coding g JOIN code c ON c.id = g.code_id WHERE c.name = ?) AND b.quote_id NOT IN "
      "(SELECT g.quote_id FROM coding g JOIN code c ON c.id = g.code_id JOIN theme_code l ON l.code_id = c.id AND l.theme_id = t.id WHERE c.name <> ?) "
      "AND b.quote_id NOT IN (SELECT q.quote_id FROM theme_quote q WHERE q.theme_id = t.id)",
      kTheme, kCode, kCode);
  std::vector<std::string> blocks;
  while (rows.Step()) blocks.push_back(ToString(rows.GetId(0)));
  return blocks;
}

TEST_F(Marks, StandWhereAQuoteChangedAndNowhereElse) {
  const auto before = Quotes();
  const std::int64_t summaries = StaleSummaries();
  ASSERT_GE(before.size(), 100u);
  std::string text;
  std::map<std::string, std::string> expected;
  for (const auto& [block, quote] : before) {
    ASSERT_FALSE(quote.contains("state")) << quote;
    if (quote.at("text").get<std::string>().find(kWord) != std::string::npos) expected[block] = "the words of this quote have changed at their source since it was put here";
  }
  ASSERT_EQ(expected.size(), 1u);
  {
    auto store = program_->Open(study_, true);
    for (const auto& block : RestingOn(*store)) expected[block] = "this quote no longer speaks for the theme “" + std::string(kTheme) + "”";
    ASSERT_GE(expected.size(), 4u);
    auto reading = store->Read();
    auto row = reading->Query("SELECT id FROM source WHERE title = ?", kSource);
    ASSERT_TRUE(row.Step());
    text = std::string(TextOf(*reading, row.GetId(0))->utf8());
  }
  const auto left = expected.size();
  for (const auto& [block, quote] : before) {
    if (quote.at("reference").get<std::string>().rfind(kPerson, 0) == 0) expected[block] = "Who said this does not consent to being quoted.";
  }
  ASSERT_GT(expected.size(), left);

  text.replace(text.find(kWord), sizeof kWord - 1, kCorrected);
  Call({"documents.correct", "--source", kSource, "--text", text});
  Call({"people.withdraw", "--person", kPerson});
  Call({"coding.delete-code", "--code", "Relatie/" + std::string(kCode)});

  const auto after = Quotes();
  ASSERT_EQ(after.size(), before.size());
  for (const auto& [block, quote] : after) {
    SCOPED_TRACE(before.at(block).at("text").get<std::string>());
    const auto mark = expected.find(block);
    if (mark == expected.end()) {
      EXPECT_EQ(quote, before.at(block));
    } else if (mark->second.rfind("Who", 0) == 0) {
      EXPECT_EQ(quote.value("state", ""), "suppressed");
      EXPECT_EQ(quote.at("why"), mark->second);
      EXPECT_EQ(quote.at("text"), "");
    } else {
      EXPECT_EQ(quote.value("state", ""), "stale");
      EXPECT_EQ(quote.at("why"), mark->second);
    }
  }
  EXPECT_GT(StaleSummaries(), summaries);

  for (int i = 0; i < 3; ++i) Call({"undo"});
  EXPECT_EQ(Quotes(), before);
  EXPECT_EQ(StaleSummaries(), summaries);
}

}  // namespace
}  // namespace meerstem
