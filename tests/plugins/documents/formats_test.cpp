// Files of word processors, books and pages, made here: through pandoc and poppler into the study.
#include <gtest/gtest.h>

#include "core/base/language.h"
#include "core/base/process.h"
#include "core/study/places.h"
#include "core/study/sources.h"
#include "plugins/documents/part.h"
#include "plugins/documents/pandoc.h"
#include "tests/support/test_study.h"
#include "tests/support/tiny_pdf.h"
#include "tests/support/zip_files.h"

namespace meerstem::documents {
namespace {

using meerstem::testing::ReadZip;
using meerstem::testing::TestStudy;
using meerstem::testing::TinyPdf;
using meerstem::testing::WriteZip;
using Lines = std::vector<std::string>;

struct Formats : ::testing::Test {
  TestStudy study{{&Register}};
  Outcome Bring(const std::string& name, const std::string& bytes) { return study.Do("documents.import", {{"file", study.folder().Write(name, bytes)}}); }
  std::string TextNow(const Outcome& outcome) { return TextOf(*study.store().Read(), outcome.created.at(0))->utf8(); }
  std::string Made(const std::string& format, const std::string& markdown) {
    const ProcessResult made = RunProcess({"pandoc", "-f", "markdown", "-t", format, "-s", "-M", "title=T"}, markdown);
    EXPECT_TRUE(made.ok()) << made.err;
    return made.out;
  }
  std::string Refused(const std::string& name, const std::string& bytes) { return study.Refusal("documents.import", {{"file", study.folder().Write(name, bytes)}}); }
};

constexpr const char* kTalk = "**Interviewer:** Hoe *gaat* het?\n\nAnna: Goed, één.[^1]\n\nInterviewer: Ja.\n\nAnna: Nee.\n\n[^1]: noot\n";
constexpr const char* kWords = "Interviewer: Hoe gaat het?\n\nAnna: Goed, één. [noot]\n\nInterviewer: Ja.\n\nAnna: Nee.\n";

TEST_F(Formats, EachBecomesTheSameText) {
  for (const char* format : {"odt", "rtf", "html", "epub"}) {
    const std::string text = TextNow(Bring("gesprek-" + std::string(format) + "." + format, Made(format, kTalk)));
    EXPECT_NE(text.find("Interviewer: Hoe gaat het?"), std::string::npos) << format << ": " << text;
    EXPECT_NE(text.find("Anna: Goed, één."), std::string::npos) << format << ": " << text;
    EXPECT_NE(text.find("noot"), std::string::npos) << format << ": " << text;
    EXPECT_NE(text.find("Anna: Nee."), std::string::npos) << format << ": " << text;
  }
  EXPECT_EQ(study.store().Read()->Number("SELECT count(DISTINCT source_id) FROM speaker"), 4);
}

TEST_F(Formats, HtmlIsReadInTheEncodingThatItNames) {
  EXPECT_EQ(TextNow(Bring("oud.html", "<html><head><meta charset=\"iso-8859-2\"><title>x</title></head><body><p>Za\xBF\xF3\xB3\xE6</p><script>weg()</script></body></html>")), "Zażółć\n");
}

TEST_F(Formats, CommentsBecomeMemosAndTrackedChangesAreAccepted) {
  const std::string markdown =
      "Interviewer: Hoe?\n\nAnna: [Let op.]{.comment-start id=\"0\" author=\"Bea\" date=\"2024-01-02T03:04:05Z\"}goed zo[]{.comment-end id=\"0\"}, "
      "[nieuw]{.insertion author=\"Bea\" date=\"2024-01-02T03:04:05Z\"}[oud]{.deletion author=\"Bea\" date=\"2024-01-02T03:04:05Z\"} dus.\n\nInterviewer: Ja.\n";
  const ProcessResult made = RunProcess({"pandoc", "-f", "markdown", "-t", "docx", "--track-changes=all"}, markdown);
  ASSERT_TRUE(made.ok());
  const Outcome outcome = Bring("gesprek.docx", made.out);
  EXPECT_EQ(TextNow(outcome), "Interviewer: Hoe?\n\nAnna: goed zo, nieuw dus.\n\nInterviewer: Ja.\n");
  auto reading = study.store().Read();
  EXPECT_EQ(reading->Number("SELECT count(*) FROM memo JOIN quote ON quote.id = entity_id JOIN span ON span.id = span_id "
                            "WHERE memo.text = 'Bea: Let op.' AND start = 25 AND end = 32"), 1);
  Lines notes;
  for (const auto& note : outcome.notes) notes.push_back((*Language::English())(note));
  EXPECT_NE(std::find(notes.begin(), notes.end(), "“gesprek”: 1 comment became a memo."), notes.end());
  EXPECT_NE(std::find(notes.begin(), notes.end(), "“gesprek”: 2 tracked changes were taken as accepted."), notes.end());
}

TEST_F(Formats, AWordDocumentInTheStrictFormWithATextBox) {
  const auto zip = [&](std::map<std::string, std::string> parts) { return WriteZip(study.folder(), "streng.docx", parts); };
  auto parts = ReadZip(study.folder().Write("gewoon.docx", Made("docx", kTalk)));
  std::string& words = parts.at("word/document.xml");
  const auto first = words.find("</w:p>", words.find("Goed"));
  ASSERT_NE(first, std::string::npos);
  // As a word processor writes a box: twice, for new programs and for old ones, inside a paragraph.
  const std::string box = "<w:txbxContent><w:p><w:r><w:t>Kader: ze lacht en wijst naar de tuin.</w:t></w:r></w:p></w:txbxContent>";
  words.insert(first, R"(<w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice Requires="wps"><w:drawing><wps:txbx xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">)" + box +
                          R"(</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox xmlns:v="urn:schemas-microsoft-com:vml">)" + box + "</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>");
  const auto count = [](const std::string& text, const std::string& part) { return text.find(part) == std::string::npos ? 0 : text.find(part) == text.rfind(part) ? 1 : 2; };
  const std::string usual = TextNow(study.Do("documents.import", {{"file", zip(parts)}}));
  EXPECT_EQ(count(usual, "Kader: ze lacht en wijst naar de tuin."), 1) << usual;
  for (auto& [name, part] : parts) {
    for (const auto& [from, to] : {std::pair{"http://schemas.openxmlformats.org/wordprocessingml/2006/main", "http://purl.oclc.org/ooxml/wordprocessingml/main"},
                                   std::pair{"http://schemas.openxmlformats.org/officeDocument/2006/relationships", "http://purl.oclc.org/ooxml/officeDocument/relationships"}}) {
      const std::string old = from;
      for (auto at = part.find(old); at != std::string::npos; at = part.find(old, at)) part.replace(at, old.size(), to);
    }
  }
  ASSERT_NE(parts.at("word/document.xml").find("purl.oclc.org"), std::string::npos);
  study.Undo();
  EXPECT_EQ(TextNow(study.Do("documents.import", {{"file", zip(parts)}})), usual);
  EXPECT_NE(usual.find("Anna: Goed, één."), std::string::npos) << usual;
  EXPECT_NE(usual.find("[noot]"), std::string::npos) << usual;
}

TEST_F(Formats, OfAnOpenDocumentTextItIsSaidThatItsCommentsStayBehind) {
  const auto notes = [](const Outcome& outcome) {
    std::string all;
    for (const auto& note : outcome.notes) all += (*Language::English())(note) + "\n";
    return all;
  };
  const std::string comment = "`<office:annotation office:name=\"1\"><dc:creator>Bea</dc:creator><text:p>Let op.</text:p></office:annotation>`{=opendocument}";
  const Outcome outcome = Bring("gesprek.odt", Made("odt", "Interviewer: Hoe?\n\nAnna: " + comment + "goed zo`<office:annotation-end office:name=\"1\"/>`{=opendocument}.\n\nInterviewer: Ja.\n"));
  EXPECT_NE(TextNow(outcome).find("Anna: goed zo."), std::string::npos);
  EXPECT_NE(notes(outcome).find("1 comment stays behind; save the text as .docx first to bring it along as a memo."), std::string::npos) << notes(outcome);
  EXPECT_EQ(notes(Bring("zonder.odt", Made("odt", kTalk))).find("behind"), std::string::npos);
}

TEST_F(Formats, SubtitlesKeepTheirTimesWithTheWords) {
  const Outcome outcome = Bring("z.vtt", "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n<v Anna>Dag.</v>\n\n00:01:02.000 --> 00:01:03.000\n<v Bart>Ja.</v>\n");
  auto reading = study.store().Read();
  const auto moments = MomentsOf(*reading, outcome.created.at(0));
  ASSERT_EQ(moments.size(), 2u);
  EXPECT_EQ(TextOf(*reading, outcome.created.at(0))->Slice(moments[1].range), "Ja.");
  EXPECT_EQ(SpellMoment(moments[1].from), "01:02");
}

TEST_F(Formats, APdfRemembersItsPages) {
  const Outcome outcome = Bring("p.pdf", TinyPdf({"Anna: dat was lang", "geleden, ja."}));
  EXPECT_EQ(TextNow(outcome), "Anna: dat was lang geleden, ja.\n");
  auto reading = study.store().Read();
  const auto pages = PagesOf(*reading, outcome.created.at(0));
  ASSERT_EQ(pages.size(), 2u);
  EXPECT_EQ(TextOf(*reading, outcome.created.at(0))->Slice(pages[1].range), "geleden, ja.");
}

struct Printed : Formats {
  /// Its pages as the study shows one, and the names of those that it leads to.
  std::pair<bool, Lines> Page(const std::string& page) {
    const auto model = study.See("documents.page", {{"page", page}});
    const auto& chart = std::get<view::Chart>(model.body);
    Lines around;
    for (const auto& heading : chart.categories) around.push_back((*Language::English())(heading.label));
    EXPECT_EQ(chart.picture == nullptr, !model.empty.empty());
    return {chart.picture != nullptr, around};
  }
  std::int64_t Files() { return study.store().Read()->Number("SELECT count(*) FROM source_original JOIN original ON original.hash = original_hash"); }
};

TEST_F(Printed, APageIsShownAsItWasWithItsNeighbours) {
  const Outcome outcome = Bring("p.pdf", TinyPdf({"Anna: dat was lang", "geleden, ja.", "Einde."}));
  EXPECT_EQ(Page("p/1"), std::pair(true, Lines{"Page 1", "Page 2"}));
  EXPECT_EQ(Page("p/2"), std::pair(true, Lines{"Page 1", "Page 2", "Page 3"}));
  const auto model = study.See("documents.page", {{"page", "p/2"}});
  const auto& chart = std::get<view::Chart>(model.body);
  EXPECT_EQ(chart.pictured, 1u);
  EXPECT_EQ(chart.cells[1][0].value, Value(std::int64_t{2}));
  study.Undo();
  EXPECT_EQ(Files(), 0);
  study.Redo();
  EXPECT_EQ(Page("p/3"), std::pair(true, Lines{"Page 2", "Page 3"}));
  // A file that takes its place brings its own pages.
  study.Do("documents.import-again", {{"source", "p"}, {"file", study.folder().Write("q.pdf", TinyPdf({"Anna: dat was lang geleden, ja. Einde."}))}});
  EXPECT_EQ(Page("p/1"), std::pair(true, Lines{"Page 1"}));
  EXPECT_EQ(Files(), 1);
  study.Undo();
  EXPECT_EQ(Page("p/3"), std::pair(true, Lines{"Page 2", "Page 3"}));
}

TEST_F(Printed, NobodySeesANameOnAPageThatTheTextHides) {
  Bring("p.pdf", TinyPdf({"Anna: dat was bij Karel", "thuis, ja."}));
  study.Do("people.replace-name", {{"words", "Karel"}, {"shown", "[broer]"}});
  EXPECT_FALSE(Page("p/1").first);
  EXPECT_TRUE(Page("p/2").first);
}

TEST_F(Printed, NorOneAtTheHeadOfPagesThatTheTextLeavesOut) {
  const std::string head = ") Tj 0 75 Td (Gesprek met Karel Peeters";
  const Outcome outcome = Bring("p.pdf", TinyPdf({"Anna: dat was lang" + head, "geleden, ja," + head, "heel lang." + head}));
  ASSERT_EQ(TextNow(outcome).find("Karel"), std::string::npos) << TextNow(outcome);
  EXPECT_TRUE(Page("p/2").first);
  study.Do("people.replace-name", {{"words", "Karel Peeters"}, {"shown", "[broer]"}});
  EXPECT_FALSE(Page("p/2").first);
}

TEST_F(Printed, TheFileStaysOutWhenAsked) {
  study.Do("documents.import", {{"file", study.folder().Write("p.pdf", TinyPdf({"Anna: ja."}))}, {"without-file", "yes"}});
  EXPECT_EQ(Files(), 0);
  EXPECT_FALSE(Page("p/1").first);
}

TEST_F(Printed, NoFileOutlivesThePurgeOfWhoSpeaksInIt) {
  study.Do("documents.import", {{"file", study.folder().Write("p.pdf", TinyPdf({"Anna heeft veel verteld over vroeger."}))}, {"person", "M1"}});
  study.Do("documents.import", {{"file", study.folder().Write("q.pdf", TinyPdf({"Iets anders."}))}});
  study.Do("people.withdraw", {{"person", "M1"}});
  EXPECT_FALSE(Page("p/1").first);
  study.Do("people.purge", {{"person", "M1"}, {"confirm", "yes"}});
  EXPECT_EQ(study.store().Read()->Number("SELECT count(*) FROM original"), 1);
  EXPECT_FALSE(Page("p/1").first);
  EXPECT_TRUE(Page("q/1").first);
}

TEST_F(Printed, NorOneThatNamesThemAtTheHeadOnly) {
  const std::string head = ") Tj 0 75 Td (Gesprek over Karel) Tj 0 -14 Td (Peeters";
  study.Do("documents.import", {{"file", study.folder().Write("p.pdf", TinyPdf({"Anna: dat was lang" + head, "geleden, ja," + head, "heel lang." + head}))}});
  study.Do("documents.import", {{"file", study.folder().Write("q.pdf", TinyPdf({"Iets anders."}))}});
  study.Do("documents.import", {{"file", study.folder().Write("t.txt", "Karel Peeters: Ik was er niet bij.")}, {"person", "M1"}});
  study.Do("people.replace-name", {{"words", "Karel Peeters"}, {"shown", "M1"}});
  study.Do("people.withdraw", {{"person", "M1"}});
  EXPECT_EQ(Files(), 2);
  Job job;
  auto& engine = study.engine();
  const Plan plan = engine.Prepare("people.purge", engine.Parse(engine.CommandOf("people.purge").parameters, {{"person", "M1"}, {"confirm", "yes"}}), job);
  const auto lines = study.Words(*plan.preview);
  EXPECT_TRUE(std::any_of(lines.begin(), lines.end(), [](const auto& line) { return line[0].starts_with("Pages as they were printed") && line[1] == "1"; }));
  study.Do("people.purge", {{"person", "M1"}, {"confirm", "yes"}});
  EXPECT_EQ(Files(), 1);
  EXPECT_FALSE(Page("p/1").first);
  EXPECT_TRUE(Page("q/1").first);
}

TEST_F(Formats, WhatCannotComeInIsSaidInOneSentence) {
  EXPECT_EQ(Refused("half.pdf", TinyPdf({"Anna: ja"}).substr(0, 60)), "“half.pdf” cannot be read as a PDF; it may be half a file. Print it to PDF again.");
  EXPECT_EQ(Refused("web.pdf", "<html>nee</html>"), "“web.pdf” is not a PDF; give it the extension of what it is.");
  EXPECT_EQ(Refused("leeg.pdf", TinyPdf({""})), "“leeg.pdf” holds no words, only pictures of pages; have its text recognised (OCR) first.");
  std::string locked = TinyPdf({"Anna: ja"});
  const std::string nobody(64, '0');
  locked.replace(locked.find(" /Root"), 6, " /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <" + nobody + "> /U <" + nobody + "> >> /ID [<00> <00>] /Root");
  EXPECT_EQ(Refused("dicht.pdf", locked), "“dicht.pdf” is protected by a password; save it without one first.");
  EXPECT_EQ(Refused("oud.docx", "\xD0\xCF\x11\xE0\xA1\xB1"), "“oud.docx” is an old Word document (.doc) or one with a password; open it in a word processor and save it as .docx without one.");
  EXPECT_EQ(Refused("x.odt", "PK\x03\x04 niets"), "“x.odt” cannot be read as an OpenDocument text; open it in a word processor and save it again as .odt.");
  EXPECT_EQ(Refused("x.epub", "niets"), "“x.epub” is not a book (.epub); save it as .html or .txt.");
  EXPECT_EQ(Refused("x.rtf", "niets"), "“x.rtf” is not an RTF document; open it in a word processor and save it again as .docx.");
  std::string deep = "{\"pandoc-api-version\":[1,22],\"meta\":{},\"blocks\":[", close;
  for (int i = 0; i < 100000; ++i) {
    deep += "{\"t\":\"BlockQuote\",\"c\":[";
    close += "]}";
  }
  Document document{.file_name = "d"};
  EXPECT_THROW(FillFromJson(deep + close + "]}", true, document), Error);
}

}  // namespace
}  // namespace meerstem::documents
