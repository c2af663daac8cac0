// Every common way in which a text says who speaks and when, and code pages of RTF.
#include <gtest/gtest.h>

#include "core/base/error.h"
#include "plugins/documents/docx.h"
#include "plugins/documents/rtf.h"
#include "plugins/documents/stamps.h"
#include "plugins/documents/turns.h"

namespace meerstem::documents {
namespace {

using Lines = std::vector<std::string>;

Lines Spoken(const Text& text, const Conversation& conversation) {
  Lines spoken;
  for (const auto& turn : conversation.turns) spoken.push_back(conversation.speakers[turn.speaker].label + "|" + std::string(text.Slice(turn.words)));
  return spoken;
}

Lines Found(const std::string& words, SpeakerForm expected, const std::vector<Range>& names = {}) {
  const Text text(words);
  const FormFound found = FindForm(text, {}, names);
  EXPECT_EQ(found.form, expected) << words;
  return Spoken(text, found.conversation);
}

TEST(SpeakerForms, ColonWithTimeAndNumberedLines) {
  EXPECT_EQ(Found("An (00:12:03): dag\nRosa (00:12:09): ja\nAn (00:12:12): goed", SpeakerForm::kColon), (Lines{"An|dag", "Rosa|ja", "An|goed"}));
  EXPECT_EQ(Found("1 An: dag\n2 Rosa: ja\n3 An: goed", SpeakerForm::kColon), (Lines{"An|dag", "Rosa|ja", "An|goed"}));
  EXPECT_EQ(Found("1\tAn: dag\n2\tRosa: ja\n3\tAn: goed", SpeakerForm::kColon), (Lines{"An|dag", "Rosa|ja", "An|goed"}));
}

TEST(SpeakerForms, BracketsAndNotWhatTheTranscriberHeard) {
  EXPECT_EQ(Found("[An] dag\n[Rosa]: ja [lacht]\n[An] goed\n[Rosa] dan", SpeakerForm::kBracket), (Lines{"An|dag", "Rosa|ja [lacht]", "An|goed", "Rosa|dan"}));
  const Text text("[lacht] ja\n[lacht] nee\n[Stilte] dan\n[Stilte] zo");
  EXPECT_FALSE(FindForm(text, {}, {}).form);
}

TEST(SpeakerForms, NameAndTimeAboveTheWords) {
  EXPECT_EQ(Found("An Peeters   0:03\nDag.\n\nRosa   0:12\nJa.\nGoed.\n\nAn Peeters   1:02:03\nDan.", SpeakerForm::kTimed), (Lines{"An Peeters|Dag.", "Rosa|Ja.\nGoed.", "An Peeters|Dan."}));
  EXPECT_EQ(Found("[00:00:05] An\nDag.\n[00:00:09] Rosa\nJa.\n[00:00:12] An\nGoed.", SpeakerForm::kTimed), (Lines{"An|Dag.", "Rosa|Ja.", "An|Goed."}));
}

TEST(SpeakerForms, AColumnOfNames) {
  EXPECT_EQ(Found("Tijd\tSpreker\tTekst\n0:01\tAn\tdag\n0:04\tRosa\tja\n0:09\tAn\tgoed", SpeakerForm::kTable), (Lines{"An|dag", "Rosa|ja", "An|goed"}));
}

TEST(SpeakerForms, BoldNames) {
  EXPECT_EQ(Found("An dag en welkom\nRosa ja\nAn goed", SpeakerForm::kBold, {{0, 2}, {17, 21}, {25, 27}}), (Lines{"An|dag en welkom", "Rosa|ja", "An|goed"}));
}

TEST(SpeakerForms, APatternOfOnesOwn) {
  const Text text("<<an>> dag\n<<rosa>> ja\nen nee");
  EXPECT_EQ(Spoken(text, FindTurnsBy("<<(?<speaker>\\w+)>>", text)), (Lines{"an|dag", "rosa|ja\nen nee"}));
  EXPECT_THROW(FindTurnsBy("(", text), Error);
  EXPECT_THROW(FindTurnsBy("(\\w+)", text), Error);
  const Text endless(std::string(5000, 'a') + "!");
  EXPECT_THROW(FindTurnsBy("(?<speaker>(a+)+)$", endless), Error);
}

TEST(Stamps, RunOnThroughTheTextAndReachToTheNext) {
  const Text text("An: dag [00:00:05]\n\nRosa: ja #00:00:09-5# en nee\n\nAn: goed 01:12");
  const auto moments = FindStamps(text);
  ASSERT_EQ(moments.size(), 3u);
  EXPECT_EQ(moments[0].from, 5000);
  EXPECT_EQ(moments[1].until, 72000);
  EXPECT_TRUE(FindStamps(Text("we spraken af om (9:30)\nen dan om (9:00)\nof om (8:15)")).empty());
  EXPECT_TRUE(FindStamps(Text("Johannes 3:16 en 4:12, en 5:01 daarna")).empty());
}

TEST(Rtf, EveryCodePageBecomesUnicode) {
  EXPECT_EQ(RtfInUnicode("{\\rtf1\\ansi\\ansicpg1251 \\'cf\\'f0}"), "{\\rtf1\\ansi\\ansicpg1251 Пр}");
  EXPECT_EQ(RtfInUnicode("{\\rtf1\\ansi{\\fonttbl{\\f0\\fcharset0 A;}{\\f1\\fcharset238 B;}}\\f0 \\'e9\\f1 \\'b3\\f0 x}"), "{\\rtf1\\ansi{\\fonttbl{\\f0\\fcharset0 A;}{\\f1\\fcharset238 B;}}\\f0 é\\f1 ł\\f0 x}");
  EXPECT_EQ(RtfInUnicode("{\\rtf1\\ansicpg932 \\'83\\'5c \\'83A.}"), "{\\rtf1\\ansicpg932 ソ ア.}");
  EXPECT_EQ(RtfInUnicode("{\\rtf1\\uc1 \\u8364? a\\u-10179?\\u-8704?b\\uc2\\u233 xyz}"), "{\\rtf1\\uc1 € a😀b\\uc2éz}");
  EXPECT_EQ(RtfInUnicode("{\\rtf1 \x93zo\x94 \\'7bx}"), "{\\rtf1 “zo” \\{x}");
  EXPECT_EQ(RtfInUnicode("{\\rtf1\\bin5 ab}{c d}"), "{\\rtf1 d}");
  for (const char* broken : {"\\", "\\'", "\\'g", "\\u", "\\u1", "{{{", "}}}", "\\bin99999999", "\\u99999999999 x", "\\'83"}) EXPECT_NO_THROW(RtfInUnicode(broken)) << broken;
}

TEST(DocxParts, TextBoxesAreOpenedAndTheStrictFormRenamed) {
  std::int64_t boxes = 0;
  EXPECT_EQ(ReadablePart("<w:p>a<mc:Choice><w:txbxContent x=\"1\"><w:p>b</w:p></w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent><w:p>b</w:p></w:txbxContent></mc:Fallback>c</w:p><w:p>d</w:p>", boxes),
            "<w:p>a<mc:Choice></mc:Choice>c</w:p><w:p>b</w:p><w:p>d</w:p>");
  EXPECT_EQ(boxes, 1);
  EXPECT_EQ(ReadablePart("<a x=\"http://purl.oclc.org/ooxml/wordprocessingml/main\" y='http://purl.oclc.org/ooxml/officeDocument/relationships/styles'/>", boxes),
            "<a x=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" y='http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles'/>");
  for (const char* broken : {"<w:txbxContent", "<w:txbxContent>", "<w:txbxContent><w:txbxContent></w:txbxContent>", "<mc:Fallback", "http://purl.oclc.org/ooxml/"}) EXPECT_NO_THROW(ReadablePart(broken, boxes));
}

}  // namespace
}  // namespace meerstem::documents
