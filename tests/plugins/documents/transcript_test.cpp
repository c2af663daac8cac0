// Subtitles and transcription programs: who speaks, when, and which words.
#include <gtest/gtest.h>

#include "core/base/error.h"
#include "plugins/documents/transcript.h"

namespace meerstem::documents {
namespace {

using Lines = std::vector<std::string>;

Lines Spoken(const Transcript& transcript) {
  Lines lines;
  for (const auto& each : transcript.utterances) lines.push_back(each.speaker + "|" + std::to_string(each.from) + "-" + std::to_string(each.until) + "|" + each.words);
  return lines;
}

Document Filled(Transcript transcript) {
  Document document;
  FillFrom(std::move(transcript), document);
  return document;
}

TEST(Times, AreReadInEveryNotation) {
  EXPECT_EQ(ReadTime("1:02:03.450"), 3723450);
  EXPECT_EQ(ReadTime("02:03,4"), 123400);
  EXPECT_EQ(ReadTime("62.5"), 62500);
  for (const char* none : {"", ":", "1:", "1:60", "-1:00", "1:2:3:4", "x", "100:00:00", "1:00x", "99999999999"}) EXPECT_FALSE(ReadTime(none)) << none;
}

TEST(Captions, OfZoomNameTheSpeakerInEachCue) {
  const auto transcript = ParseCaptions("WEBVTT\n\n1\n00:00:01.000 --> 00:00:02.000\nAn Peeters: Goeiedag.\n\n2\n00:00:02.500 --> 00:00:03.000\nAn Peeters: Ja: zo.\n\n3\n00:00:03.000 --> 00:00:04.000\nRosa: Dag.\n", "z.vtt");
  EXPECT_EQ(Spoken(transcript), (Lines{"An Peeters|1000-2000|Goeiedag.", "An Peeters|2500-3000|Ja: zo.", "Rosa|3000-4000|Dag."}));
  const Document document = Filled(transcript);
  EXPECT_EQ(document.text, "An Peeters: Goeiedag. Ja: zo.\n\nRosa: Dag.\n");
  ASSERT_TRUE(document.conversation);
  EXPECT_EQ(document.conversation->turns.size(), 2u);
  ASSERT_EQ(document.moments.size(), 3u);
  EXPECT_EQ(Text(document.text).Slice(document.moments[1].range), "Ja: zo.");
}

TEST(Captions, OfTeamsHaveVoices) {
  const auto transcript = ParseCaptions("WEBVTT\n\nb1e/12-0\n00:00:01.000 --> 00:00:02.000\n<v An &amp; co>Hoe <i>gaat</i> het?</v> <v Rosa>Goed.</v>\n", "t.vtt");
  EXPECT_EQ(Spoken(transcript), (Lines{"An & co|1000-2000|Hoe gaat het?", "Rosa|1000-2000|Goed."}));
}

TEST(Captions, ThatRollAreSaidOnce) {
  const auto transcript = ParseCaptions(
      "WEBVTT\n\n00:00.000 --> 00:02.000\n \nik<00:00.500><c> bel</c>\n\n00:02.000 --> 00:02.010\nik bel\n \n\n00:02.010 --> 00:04.000\nik bel\nelke week\n\n"
      "00:04.000 --> 00:04.010\nelke week\n \n\n00:04.010 --> 00:06.000\nelke week\nop vrijdag\n", "y.vtt");
  EXPECT_EQ(Filled(transcript).text, "ik bel elke week op vrijdag\n");
  EXPECT_EQ(transcript.notes.size(), 1u);
}

TEST(Captions, SomeoneWhoSaysYesTwiceIsHeardTwice) {
  EXPECT_EQ(Filled(ParseCaptions("1\n00:00:01,000 --> 00:00:02,000\nJa.\n\n2\n00:00:02,000 --> 00:00:03,000\nJa.\n\n3\n00:00:03,000 --> 00:00:04,000\nNee <lacht>.\n", "s.srt")).text,
            "Ja. Ja. Nee <lacht>.\n");
}

TEST(Captions, OfSubRipMayLackNumbersAndBlankLines) {
  const auto transcript = ParseCaptions("00:00:01,000 --> 00:00:02,000\nEen.\n2\n00:00:02,000 --> 00:00:03,000\n{\\an8}Twee\nen half.\n\nen meer\n\n3\n00:00:03,000 --> 00:00:04,000\n", "s.srt");
  EXPECT_EQ(Filled(transcript).text, "Een. Twee en half. en meer\n");
}

TEST(Captions, WithoutTimesAreRefused) { EXPECT_THROW(ParseCaptions("WEBVTT\n\nniets\n", "x.vtt"), Error); }

constexpr const char* kGrid =
    "File type = \"ooTextFile\"\nObject class = \"TextGrid\"\n\nxmin = 0\nxmax = 9\ntiers? <exists>\nsize = 3\nitem []:\n item [1]:\n  class = \"IntervalTier\"\n  name = \"An\"\n  xmin = 0\n"
    "  xmax = 9\n  intervals: size = 2\n  intervals [1]:\n   xmin = 0\n   xmax = 1.5\n   text = \"zei ze \"\"ja\"\"\"\n  intervals [2]:\n   xmin = 1.5\n   xmax = 9\n   text = \"\"\n item [2]:\n"
    "  class = \"IntervalTier\"\n  name = \"Rosa\"\n  xmin = 0\n  xmax = 9\n  intervals: size = 1\n  intervals [1]:\n   xmin = 1\n   xmax = 3\n   text = \"één\"\n item [3]:\n  class = \"TextTier\"\n"
    "  name = \"klik\"\n  xmin = 0\n  xmax = 9\n  points: size = 1\n  points [1]:\n   number = 1\n   mark = \"x\"\n";

TEST(TextGrid, TiersAreSpeakers) {
  const auto transcript = ParseTextGrid(kGrid, "g.TextGrid");
  EXPECT_EQ(Spoken(transcript), (Lines{"An|0-1500|zei ze \"ja\"", "Rosa|1000-3000|één"}));
  EXPECT_EQ(transcript.notes.size(), 1u);
  EXPECT_EQ(Spoken(ParseTextGrid("File type = \"ooTextFile\"\n\"TextGrid\"\n\n0\n9\n<exists>\n1\n\"IntervalTier\"\n\"words\"\n0\n9\n1\n0\n9\n\"kort\"\n", "k.TextGrid")), Lines{"|0-9000|kort"});
}

TEST(TextGrid, HalfAFileIsRefused) {
  const std::string whole = kGrid;
  for (std::size_t size = 0; size + 60 < whole.size(); size += 37) EXPECT_THROW(ParseTextGrid(whole.substr(0, size), "g.TextGrid"), Error) << size;
  EXPECT_THROW(ParseTextGrid("File type = \"ooTextFile\" \"TextGrid\" 0 1 <exists> 1e300 \"IntervalTier\" \"x\" 0 1 1e300 ", "g.TextGrid"), Error);
}

TEST(Transcriber, TurnsHaveSpeakersAndMoments) {
  const auto transcript = ParseTranscriber(
      "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>\n<!DOCTYPE Trans SYSTEM \"trans-14.dtd\">\n<Trans><Speakers><Speaker id=\"spk1\" name=\"An\"/><Speaker id=\"spk2\" name=\"Rosa\"/></Speakers>"
      "<Episode><Section type=\"report\" startTime=\"0\" endTime=\"9\"><Turn speaker=\"spk1\" startTime=\"0\" endTime=\"4.5\"><Sync time=\"0\"/>\nDag &amp; welkom\n<Event desc=\"lacht\" extent=\"instantaneous\"/>\n"
      "<Sync time=\"2.5\"/>\nja</Turn><Turn speaker=\"spk1 spk2\" startTime=\"4.5\" endTime=\"9\"><Sync time=\"4.5\"/><Who nb=\"1\"/>nee\n<Who nb=\"2\"/>wel</Turn></Section></Episode></Trans>",
      "t.trs");
  Document document = Filled(transcript);
  EXPECT_EQ(document.text, "An: Dag & welkom [lacht] ja nee\n\nRosa: wel\n");
  EXPECT_EQ(document.moments[1].from, 2500);
  EXPECT_THROW(ParseTranscriber("<Trans><Turn>", "t.trs"), Error);
  EXPECT_THROW(ParseTranscriber("<html/>", "t.trs"), Error);
}

TEST(Elan, ParticipantsSpeakAndTiersThatHangAreLeftOut) {
  const auto transcript = ParseElan(
      "<ANNOTATION_DOCUMENT><TIME_ORDER><TIME_SLOT TIME_SLOT_ID=\"a\" TIME_VALUE=\"100\"/><TIME_SLOT TIME_SLOT_ID=\"b\"/><TIME_SLOT TIME_SLOT_ID=\"c\" TIME_VALUE=\"900\"/></TIME_ORDER>"
      "<TIER TIER_ID=\"t1\" PARTICIPANT=\"An\"><ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID=\"1\" TIME_SLOT_REF1=\"a\" TIME_SLOT_REF2=\"c\"><ANNOTATION_VALUE>Dag\nallemaal</ANNOTATION_VALUE>"
      "</ALIGNABLE_ANNOTATION></ANNOTATION></TIER><TIER TIER_ID=\"en\" PARENT_REF=\"t1\"><ANNOTATION><REF_ANNOTATION ANNOTATION_ID=\"2\" ANNOTATION_REF=\"1\"><ANNOTATION_VALUE>Hi</ANNOTATION_VALUE>"
      "</REF_ANNOTATION></ANNOTATION></TIER></ANNOTATION_DOCUMENT>",
      "e.eaf");
  EXPECT_EQ(Filled(transcript).text, "An: Dag allemaal\n");
  EXPECT_EQ(transcript.notes.size(), 1u);
}

TEST(Xml, EntitiesOfTheFilesOwnAndEndlessDepthAreRefused) {
  EXPECT_THROW(ParseElan("<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;\">]><ANNOTATION_DOCUMENT>&b;</ANNOTATION_DOCUMENT>", "e.eaf"), Error);
  std::string deep;
  for (int i = 0; i < 100000; ++i) deep += "<a>";
  EXPECT_THROW(ParseElan("<ANNOTATION_DOCUMENT>" + deep, "e.eaf"), Error);
}

TEST(Transcripts, ALongTurnIsBrokenWhereThereWasAPause) {
  Transcript transcript;
  transcript.utterances = {{"An", 0, 1000, "een"}, {"An", 1100, 2000, "twee"}, {"An", 9000, 9500, "drie"}};
  const Document document = Filled(transcript);
  EXPECT_EQ(document.text, "An: een twee\n\ndrie\n");
  EXPECT_EQ(document.conversation->turns.at(0).words, (Range{4, 18}));
}

}  // namespace
}  // namespace meerstem::documents
