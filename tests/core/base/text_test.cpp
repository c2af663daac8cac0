// Code points, bytes and UTF-16 units of one text, and the form in which texts are stored.
#include "core/base/text.h"

#include <gtest/gtest.h>

#include "tests/core/base/random_text.h"

namespace meerstem {
namespace {

using namespace std::literals;

struct Offsets {
  std::vector<std::size_t> bytes;
  std::vector<std::int64_t> units;
};

/// The slow and certain way.
Offsets Count(const std::string& utf8) {
  Offsets offsets;
  std::int64_t unit = 0;
  for (std::size_t byte = 0; byte < utf8.size();) {
    offsets.bytes.push_back(byte);
    offsets.units.push_back(unit);
    const auto lead = static_cast<unsigned char>(utf8[byte]);
    const std::size_t width = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    unit += width == 4 ? 2 : 1;
    byte += width;
  }
  offsets.bytes.push_back(utf8.size());
  offsets.units.push_back(unit);
  return offsets;
}

TEST(Text, EveryPositionOfRandomTexts) {
  std::mt19937 random(7);
  for (int round = 0; round < 300; ++round) {
    const std::string utf8 = testing::RandomText(random, static_cast<int>(random() % 400));
    const Text text(utf8);
    const Offsets slow = Count(utf8);
    const auto size = static_cast<std::int64_t>(slow.bytes.size()) - 1;
    ASSERT_EQ(text.size(), size);
    for (std::int64_t i = 0; i <= size; ++i) {
      const auto at = static_cast<std::size_t>(i);
      ASSERT_EQ(text.Byte(i), slow.bytes[at]) << i;
      ASSERT_EQ(text.Utf16(i), slow.units[at]) << i;
      ASSERT_EQ(text.FromUtf16(slow.units[at]), i) << i;
      ASSERT_EQ(text.CodePoint(slow.bytes[at]), i) << i;
      // A byte inside a character belongs to it; so does the second half of a surrogate pair.
      for (std::size_t byte = slow.bytes[at]; i < size && byte < slow.bytes[at + 1]; ++byte) ASSERT_EQ(text.CodePoint(byte), i);
      if (i < size && slow.units[at + 1] == slow.units[at] + 2) {
        ASSERT_EQ(text.FromUtf16(slow.units[at] + 1), i);
      }
    }
    EXPECT_EQ(text.Slice({0, size}), utf8);
  }
}

TEST(Text, PositionsOutsideAreClamped) {
  for (const char* utf8 : {"", "abc", "é🙂"}) {
    const Text text(utf8);
    EXPECT_EQ(text.Byte(-3), 0u);
    EXPECT_EQ(text.Byte(99), text.utf8().size());
    EXPECT_EQ(text.CodePoint(999), text.size());
    EXPECT_EQ(text.FromUtf16(-1), 0);
    EXPECT_EQ(text.FromUtf16(999), text.size());
    EXPECT_EQ(text.Utf16(999), text.Utf16(text.size()));
    EXPECT_EQ(text.Slice({5, 2}), "");
    EXPECT_EQ(text.Slice({-4, 99}), text.utf8());
  }
}

TEST(Text, SixHundredThousandCharacters) {
  std::string utf8;
  for (int i = 0; i < 100000; ++i) utf8 += "aé€🙂e\u0301";
  const Text text(utf8);
  EXPECT_EQ(text.size(), 600000);
  EXPECT_EQ(text.Byte(599994), utf8.size() - 13);
  EXPECT_EQ(text.Slice({599997, 598}), "");
  EXPECT_EQ(text.Slice({599997, 600000}), "🙂e\u0301");
  EXPECT_EQ(text.Utf16(600000), 700000);
  EXPECT_EQ(text.CodePoint(text.Byte(300001)), 300001);
  const Text ascii(std::string(600000, 'x'));
  EXPECT_EQ(ascii.Byte(599999), 599999u);
}

TEST(Text, CleanIsLfWithoutBomAndNul) {
  EXPECT_EQ(CleanText("\xEF\xBB\xBF" "a\r\nb\rc\nd\r\r\n\0e"s), "a\nb\nc\nd\n\ne");
  EXPECT_EQ(CleanText("a\r"), "a\n");
  EXPECT_EQ(CleanText("e\u0301 é"), "e\u0301 é");  // Not normalised.
  EXPECT_EQ(CleanText("a\xFFz"), "a\uFFFDz");
  EXPECT_EQ(CleanText("\xC3"), "\uFFFD");
  EXPECT_EQ(CleanText("\xED\xA0\x80").find('\xED'), std::string::npos);  // A surrogate is no character.
  EXPECT_EQ(CleanText(""), "");
  EXPECT_EQ(CleanText("\0\0"s), "");
}

TEST(Text, CleanIsAlwaysValidAndStays) {
  std::mt19937 random(11);
  for (int round = 0; round < 500; ++round) {
    std::string raw;
    for (int i = 0; i < 200; ++i) raw += static_cast<char>(random() % 3 == 0 ? random() % 256 : "ab\r\n\xC3\xA9\xF0\x9F"[random() % 8]);
    const std::string clean = CleanText(raw);
    ASSERT_TRUE(IsValidUtf8(clean));
    ASSERT_EQ(clean.find('\r'), std::string::npos);
    ASSERT_EQ(clean.find('\0'), std::string::npos);
    if (!clean.starts_with("\xEF\xBB\xBF")) {
      ASSERT_EQ(CleanText(clean), clean);
    }
    ASSERT_EQ(CountCodePoints(clean), Text(clean).size());
  }
}

TEST(Text, ValidityAndTrim) {
  EXPECT_TRUE(IsValidUtf8("é🙂"));
  EXPECT_FALSE(IsValidUtf8("\xE9"));
  EXPECT_FALSE(IsValidUtf8("\xC0\x80"));
  EXPECT_FALSE(IsValidUtf8("\xF5\x80\x80\x80"));
  EXPECT_EQ(Trim(" \t\u00A0é 🙂\u2003\n"), "é 🙂");
  EXPECT_EQ(Trim(" \n "), "");
  EXPECT_EQ(Trim(""), "");
}

}  // namespace
}  // namespace meerstem
