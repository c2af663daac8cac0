// Where a foreign position lies in the stored text, under every way of counting.
#include <gtest/gtest.h>

#include "plugins/exchange/moment.h"
#include "plugins/exchange/offsets.h"

namespace meerstem::exchange {
namespace {

const std::string kBom = "\xEF\xBB\xBF";

/// The words that [start, end) of the file names.
std::string Words(const ForeignText& text, std::int64_t start, std::int64_t end, const OffsetRule& rule) { return std::string(text.text().Slice(text.ToStored(start, end, rule))); }

TEST(Offsets, CodePointsByTheStandard) {
  const ForeignText text("één 🙂 twee\ndrie");
  EXPECT_EQ(Words(text, 6, 10, {}), "twee");
  EXPECT_EQ(Words(text, 11, 15, {}), "drie");
  EXPECT_EQ(Words(text, 6, 9, {.inclusive = true}), "twee");
}

TEST(Offsets, Utf16UnitsCountWideCharactersTwice) {
  const ForeignText text("één 🙂 twee");
  EXPECT_EQ(Words(text, 7, 11, {.utf16 = true}), "twee");
}

TEST(Offsets, LineEndsOfTwoCharacters) {
  const ForeignText text(kBom + "a\r\n🙂b\r\ntwee\rdrie");
  EXPECT_EQ(text.text().utf8(), "a\n🙂b\ntwee\ndrie");
  EXPECT_TRUE(text.bom());
  EXPECT_EQ(Words(text, 5, 9, {}), "twee");
  EXPECT_EQ(Words(text, 7, 11, {.crlf_two = true}), "twee");
  EXPECT_EQ(Words(text, 8, 12, {.utf16 = true, .crlf_two = true}), "twee");
  EXPECT_EQ(Words(text, 9, 13, {.utf16 = true, .bom_counted = true, .crlf_two = true}), "twee");
  EXPECT_EQ(Words(text, 13, 17, {.utf16 = true, .crlf_two = true}), "drie");
  // Between CR and LF is at the line end.
  EXPECT_EQ(text.ToStored(2, {.crlf_two = true}), 1);
}

TEST(Offsets, BeyondTheEndStaysBeyond) {
  const ForeignText text("kort");
  EXPECT_GT(text.ToStored(100, {}), text.text().size());
  EXPECT_GT(text.ToStored(100, {.utf16 = true}), text.text().size());
  EXPECT_LT(text.ToStored(-3, {.utf16 = true}), 0);
}

TEST(Offsets, OtherEncodingsAreRead) {
  EXPECT_EQ(ForeignText(std::string("caf\xE9")).text().utf8(), "café");
  EXPECT_EQ(ForeignText(std::string("\xFF\xFE" "h\0\xE9\0", 6)).text().utf8(), "hé");
}

TEST(Offsets, TheOriginsRuleStandsUnlessWordsSayOtherwise) {
  const ForeignText text("🙂 Eerst dit.\r\nDaarna 🙂 dat.\r\nTen slotte het laatste woord.");
  std::vector<Sample> utf16, points;
  const std::vector<std::string> words = {"Eerst", "Daarna", "dat", "slotte", "laatste", "woord"};
  for (const auto& word : words) {
    const auto byte = text.text().utf8().find(word);
    const std::int64_t at = text.text().CodePoint(byte), end = at + static_cast<std::int64_t>(word.size());
    points.push_back({&text, at, end, {}});
    std::int64_t lines = 0;
    for (std::size_t i = 0; i < byte; ++i) lines += text.text().utf8()[i] == '\n';
    utf16.push_back({&text, text.text().Utf16(at) + lines, text.text().Utf16(end) + lines, {}});
  }
  const OffsetRule nvivo{.utf16 = true, .crlf_two = true};
  EXPECT_EQ(ChooseRule(RuleOf("NVivo for Windows 12"), utf16).rule, nvivo);
  // A tool that is not known to count so is found out by the words.
  EXPECT_EQ(ChooseRule(RuleOf("Another"), utf16).rule, nvivo);
  EXPECT_EQ(ChooseRule(RuleOf("Another"), utf16).expected, OffsetRule{});
  EXPECT_EQ(ChooseRule(RuleOf("Another"), points).rule, OffsetRule{});
  EXPECT_EQ(ChooseRule(RuleOf("NVivo"), points).rule, OffsetRule{});
  EXPECT_DOUBLE_EQ(ChooseRule(RuleOf("Another"), points).score, 1);
}

TEST(Offsets, QuotedNamesTellTheLastCharacterFromTheOneAfter) {
  const ForeignText text("Een gezin belt de coach elke dag op.");
  const std::vector<Sample> samples = {{&text, 4, 22, "gezin belt de coach"}, {&text, 15, 31, "de coach elke dag"}, {&text, 10, 26, "belt de coach elke dag"}};
  EXPECT_TRUE(ChooseRule(RuleOf("Another"), {samples[0], samples[1]}).rule.inclusive);
}

TEST(Offsets, NamesThatAreOnlyTheWords) {
  EXPECT_TRUE(IsQuotedWords("", "Een gezin belt."));
  EXPECT_TRUE(IsQuotedWords("Een  gezin…", "Een gezin belt."));
  EXPECT_TRUE(IsQuotedWords("Een gezin belt.", "Een gezin belt."));
  EXPECT_FALSE(IsQuotedWords("Het bellen", "Een gezin belt."));
}

TEST(Moments, AreReadAsToolsWriteThem) {
  EXPECT_EQ(ParseMoment("1970-01-02T00:00:01Z"), 86'401'000);
  EXPECT_EQ(ParseMoment("1970-01-02 00:00:01"), 86'401'000);
  EXPECT_EQ(ParseMoment("1970-01-02T02:00:01.5+02:00"), 86'401'500);
  EXPECT_EQ(ParseMoment("1970-01-02"), 86'400'000);
  EXPECT_FALSE(ParseMoment("gisteren"));
  EXPECT_FALSE(ParseMoment("1970-13-02T00:00:01Z"));
  for (const std::int64_t moment : {std::int64_t{0}, std::int64_t{1'700'000'000'123}, std::int64_t{1'700'000'000'000}}) EXPECT_EQ(ParseMoment(ShowMoment(moment)), moment);
}

}  // namespace
}  // namespace meerstem::exchange
