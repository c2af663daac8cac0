// A text is corrected, a person withdraws, a code goes: each quote of the chapter that this touches is marked where it
// stands, and no other; undone, every mark is gone.
#include <filesystem>
#include <map>
#include <sstream>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "core/console/console.h"
#include "core/plugin/program.h"
#include "core/study/sources.h"
#include "tests/support/test_study.h"

namespace meerstem {
namespace {

using Json = nlohmann::json;

constexpr char kPerson[] = "Samira", kCode[] = "Relatie/Vertrouwen winnen", kTheme[] = "Vertrouwen";
constexpr char kSource[] = "Baldemore – coördinator", kWord[] = "rekeninguittreksels", kCorrected[] = "bankuittreksels";

class Marks : public ::testing::Test {
 protected:
  static void SetUpTestSuite() { program_ = new Program({MEERSTEM_PLUGIN_DIR, MEERSTEM_DATA_DIR, "", ""}); }
  static void TearDownTestSuite() { delete program_; }
  void SetUp() override {
    study_ = folder_.path("study.meerstem");
    std::filesystem::copy_file(SAMPLE_STUDY, study_);
  }

  std::string Call(std::vector<std::string> words) {
    std::ostringstream out, err;
    words.insert(words.begin(), study_);
    words.insert(words.end(), {"--as", "Meerstem"});
    EXPECT_EQ(RunConsole(words, out, err, *program_), 0) << err.str();
    return out.str();
  }
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

  static Program* program_;
  testing::TestFolder folder_;
  std::string study_;
};
Program* Marks::program_ = nullptr;

/// The quotes that stand in the chapter for a theme in which only one code puts them, and which nobody else coded.
std::vector<std::string> RestingOn(Store& store, const std::string& theme, const std::string& code) {
  auto reading = store.Read();
  auto rows = reading->Query(
      "SELECT b.id FROM chapter_block b JOIN theme t ON t.id = b.theme_id AND t.name = ? WHERE b.quote_id IN "
      "(SELECT g.quote_id FROM coding g JOIN code c ON c.id = g.code_id WHERE c.name = ?) AND b.quote_id NOT IN "
      "(SELECT g.quote_id FROM coding g JOIN code c ON c.id = g.code_id JOIN theme_code l ON l.code_id = c.id AND l.theme_id = t.id WHERE c.name <> ?) "
      "AND b.quote_id NOT IN (SELECT q.quote_id FROM theme_quote q WHERE q.theme_id = t.id)",
      theme, code, code);
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
    for (const auto& block : RestingOn(*store, kTheme, "Vertrouwen winnen")) expected[block] = "this quote no longer speaks for the theme “Vertrouwen”";
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
  Call({"coding.delete-code", "--code", kCode});

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
