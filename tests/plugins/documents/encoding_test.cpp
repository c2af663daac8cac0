// The encodings in which transcripts come in.
#include <gtest/gtest.h>

#include "core/base/error.h"
#include "core/base/text.h"
#include "plugins/documents/encoding.h"

namespace meerstem::documents {
namespace {

using namespace std::literals;

std::string Utf16(std::u16string_view text, bool big, bool bom) {
  std::string bytes;
  const auto put = [&](char16_t unit) {
    const char high = static_cast<char>(unit >> 8), low = static_cast<char>(unit & 0xFF);
    bytes += big ? high : low;
    bytes += big ? low : high;
  };
  if (bom) put(0xFEFF);
  for (const char16_t unit : text) put(unit);
  return bytes;
}

TEST(Encoding, Utf8WithAndWithoutBom) {
  EXPECT_EQ(Decode("één € 🙂").encoding, "UTF-8");
  EXPECT_EQ(Decode("één € 🙂").utf8, "één € 🙂");
  const Decoded with = Decode("\xEF\xBB\xBF" "één");
  EXPECT_EQ(with.encoding, "UTF-8");
  EXPECT_EQ(CleanText(with.utf8), "één");
  EXPECT_EQ(Decode("plain").encoding, "UTF-8");
}

TEST(Encoding, Utf16InBothOrders) {
  const std::u16string text = u"Anna: één koffie, € 2 🙂\r\nInterviewer: ja";
  for (const bool big : {false, true}) {
    for (const bool bom : {false, true}) {
      const Decoded decoded = Decode(Utf16(text, big, bom));
      EXPECT_EQ(decoded.encoding, big ? "UTF-16BE" : "UTF-16LE") << bom;
      EXPECT_EQ(CleanText(decoded.utf8), "Anna: één koffie, € 2 🙂\nInterviewer: ja") << big << bom;
    }
  }
}

TEST(Encoding, Windows1252KeepsTheEuro) {
  const Decoded decoded = Decode("Interviewer: wat kost dat?\r\nAnna: \x80 42 per maand, dat is v\xE9\xE9l, en zo\x92n ding \x96 ja");
  EXPECT_EQ(decoded.encoding, "windows-1252");
  EXPECT_EQ(decoded.utf8, "Interviewer: wat kost dat?\r\nAnna: € 42 per maand, dat is véél, en zo’n ding – ja");
}

TEST(Encoding, Latin1AndLatin9) {
  const Decoded one = Decode("We hebben dat samen gedaan, en dat is een idee van de co\xF6rdinator, h\xE9. Ge moet er geen re\xEBle kost van maken.");
  EXPECT_EQ(one.encoding, "ISO-8859-1");
  EXPECT_EQ(one.utf8, "We hebben dat samen gedaan, en dat is een idee van de coördinator, hé. Ge moet er geen reële kost van maken.");
  const Decoded nine = Decode("Dat kost \xA4 42 per maand, h\xE9, en dat is te veel voor het gezin dat wij kennen.");
  EXPECT_EQ(nine.encoding, "ISO-8859-15");
  EXPECT_EQ(nine.utf8, "Dat kost € 42 per maand, hé, en dat is te veel voor het gezin dat wij kennen.");
}

TEST(Encoding, ShortTextsAreTakenAsWestern) {
  EXPECT_EQ(Decode("h\xE9").utf8, "hé");
  EXPECT_EQ(Decode("\x80").utf8, "€");
  EXPECT_EQ(Decode("Zo\xEB: ja\nZo\xEB: nee").utf8, "Zoë: ja\nZoë: nee");
}

TEST(Encoding, OneThatIsNamedIsTaken) {
  EXPECT_EQ(DecodeAs("\xE9", "ISO-8859-2").utf8, "é");
  EXPECT_EQ(DecodeAs("\xB1", "ISO-8859-2").utf8, "ą");
  EXPECT_THROW(DecodeAs("x", "klingon"), Error);
  EXPECT_EQ(CleanText(DecodeAs("a\xFFz", "UTF-8").utf8), "a�z");
}

TEST(Encoding, LongTextsAreConvertedWhole) {
  std::string bytes;
  for (int i = 0; i < 200000; ++i) bytes += "\xE9\xE8 ";
  const Decoded decoded = DecodeAs(bytes, "windows-1252");
  EXPECT_EQ(CountCodePoints(decoded.utf8), 600000);
  EXPECT_EQ(decoded.utf8.substr(decoded.utf8.size() - 5), "éè ");
}

}  // namespace
}  // namespace meerstem::documents
