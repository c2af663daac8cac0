// Files come in: texts, titles, turns, and one sentence for every file that cannot.
#include <cstdlib>
#include <filesystem>

#include <gtest/gtest.h>

#include "core/base/language.h"
#include "core/base/process.h"
#include "core/study/sources.h"
#include "plugins/documents/part.h"
#include "tests/support/test_study.h"

namespace meerstem::documents {
namespace {

using namespace std::literals;
using meerstem::testing::TestStudy;
using Lines = std::vector<std::string>;

struct Import : ::testing::Test {
  TestStudy study{{&Register}};

  std::string File(const std::string& name, const std::string& bytes) { return study.folder().Write(name, bytes); }
  Id Bring(const std::string& name, const std::string& bytes, RawArguments more = {}) {
    more.emplace_back("file", File(name, bytes));
    return study.Do("documents.import", more).created.at(0);
  }
  std::string TextOf(const Id& source) { return meerstem::TextOf(*study.store().Read(), source)->utf8(); }
  Lines Spoken(const Id& source) {
    auto reading = study.store().Read();
    const auto text = meerstem::TextOf(*reading, source);
    Lines spoken;
    for (const auto& turn : TurnsOf(*reading, source)) spoken.push_back(turn.speaker_label + "|" + turn.person_name + "|" + std::string(text->Slice(turn.words)));
    return spoken;
  }
  std::string Refused(const std::string& path, RawArguments more = {}) {
    const std::string before = study.Dump();
    more.emplace_back("file", path);
    const std::string sentence = study.Refusal("documents.import", more);
    EXPECT_EQ(study.Dump(), before);
    EXPECT_EQ(sentence.find('\n'), std::string::npos);
    return sentence;
  }
  /// A file made by pandoc; empty when pandoc is not there.
  std::string Docx(const std::string& markdown) {
    const ProcessResult made = RunProcess({"pandoc", "-f", "markdown", "-t", "docx"}, markdown);
    return made.ok() ? made.out : "";
  }
};

TEST_F(Import, ATranscriptGetsSpeakersAndTurns) {
  const Id id = Bring("gesprek één.txt", "\xEF\xBB\xBFInterviewer: 🙂 Hoe?\r\n\r\nAnna: Goe\0d.\r\nEn u?\r\n\r\nInterviewer: Ja.\r\n\r\nAnna: Oké.\r\n"s,
                      {{"site", "Bilzen"}, {"stakeholder", "coach"}, {"date", "14/06/2023"}, {"language", "nl"}, {"about-case", "BI-01"}});
  EXPECT_EQ(TextOf(id), "Interviewer: 🙂 Hoe?\n\nAnna: Goed.\nEn u?\n\nInterviewer: Ja.\n\nAnna: Oké.\n");
  EXPECT_EQ(Spoken(id), (Lines{"Interviewer|Interviewer|🙂 Hoe?", "Anna||Goed.\nEn u?", "Interviewer|Interviewer|Ja.", "Anna||Oké."}));
  auto reading = study.store().Read();
  const Source source = GetSource(*reading, id);
  EXPECT_EQ(source.title, "gesprek één");
  EXPECT_EQ(source.kind, "interview");
  EXPECT_EQ(source.encoding, "UTF-8");
  EXPECT_EQ(source.file_name, "gesprek één.txt");
  EXPECT_EQ(source.language, "nl");
  EXPECT_EQ(source.date, (Date{2023, 6, 14}));
  EXPECT_TRUE(source.site && source.stakeholder);
  EXPECT_TRUE(TurnsOf(*reading, id)[0].researcher);
  EXPECT_EQ(reading->Number("SELECT count(*) FROM source_about JOIN study_case ON study_case.id = case_id WHERE code = 'BI-01'"), 1);
  EXPECT_TRUE(study.store().Check().empty());
}

TEST_F(Import, TheInterviewerIsOnePersonInAllTexts) {
  Bring("a.txt", "Interviewer: ja\nAnna: nee\nInterviewer: ja");
  Bring("b.txt", "Moderator: ja\nBart: nee\nModerator: ja\nBart: nee");
  EXPECT_EQ(study.store().Read()->Number("SELECT count(*) FROM person"), 1);
}

TEST_F(Import, TheEncodingIsToldAndKept) {
  const Outcome outcome = study.Do("documents.import", {{"file", File("oud.txt", "Anna: \x80 42, v\xE9\xE9l\nBart: ja\nAnna: nee")}});
  EXPECT_EQ(TextOf(outcome.created[0]), "Anna: € 42, véél\nBart: ja\nAnna: nee");
  EXPECT_EQ(GetSource(*study.store().Read(), outcome.created[0]).encoding, "windows-1252");
  EXPECT_EQ((*Language::English())(outcome.notes.at(0)), "“oud”: 3 paragraphs, read as windows-1252.");
  EXPECT_EQ((*Language::English())(outcome.notes.at(1)), "“oud”: speakers and their turns: Anna (2), Bart (1).");
  const Outcome chosen = study.Do("documents.import", {{"file", File("pl.txt", "\xB1")}, {"encoding", "ISO-8859-2"}});
  EXPECT_EQ(TextOf(chosen.created[0]), "ą");
  const Outcome wrong = study.Do("documents.import", {{"file", File("wrong.txt", "h\xE9 hallo")}, {"encoding", "UTF-8"}});
  EXPECT_EQ((*Language::English())(wrong.notes.at(1)), "“wrong”: 1 character could not be read and became �; another --encoding may fit better.");
}

TEST_F(Import, ATextWithoutLabelsIsOneTurnOfOnePerson) {
  const Id id = Bring("verhaal.txt", "\n  Ik ben hier gekomen.\n\nEn gebleven.  \n", {{"person", "Rosa"}, {"stakeholder", "family"}, {"site", "Oostende"}});
  EXPECT_EQ(Spoken(id), Lines{"Rosa|Rosa|Ik ben hier gekomen.\n\nEn gebleven."});
  EXPECT_EQ(study.store().Read()->Number("SELECT count(*) FROM person JOIN site ON site.id = site_id JOIN stakeholder_type t ON t.id = stakeholder_id "
                                         "WHERE pseudonym = 'Rosa' AND site.name = 'Oostende' AND t.key = 'family'"), 1);
}

TEST_F(Import, OnePersonBesidesTheInterviewerTakesThePerson) {
  const Id id = Bring("a.txt", "Interviewer: ja\nR: nee\nInterviewer: ja\nR: wel", {{"person", "Rosa"}});
  EXPECT_EQ(Spoken(id)[1], "R|Rosa|nee");
  EXPECT_EQ(Refused(File("b.txt", "Anna: ja\nBart: nee\nAnna: ja"), {{"person", "Rosa"}}),
            "Several people speak in “b.txt” (Anna, Bart); leave out --person and say who each of them is with documents.assign-speaker.");
}

TEST_F(Import, ADocumentHasNoTurns) {
  EXPECT_TRUE(Spoken(Bring("plan.txt", "Doelgroep: gezinnen\nBudget: veel\nDoelgroep: gezinnen", {{"kind", "document"}})).empty());
}

TEST_F(Import, MarkdownLosesItsMarksAndNothingElse) {
  const Id id = Bring("g.md", "# Gesprek\n\n*Op 3 mei.*\n\n**Interviewer:** 't Is zo'n \"ding\"... -- ja?\nAnna: Wij\nzeggen <lacht> **ja**, @iedereen.\n\n- een\n- twee\n  1. drie\n\n"
                      "Interviewer: En?[^1]\n\n| a | b |\n|---|---|\n| c | d |\n\n[^1]: noot\n\n## Slot\n\nAnna: Dag<br>dag. <!-- weg -->\n");
  EXPECT_EQ(TextOf(id), "Gesprek\n\nOp 3 mei.\n\nInterviewer: 't Is zo'n \"ding\"... -- ja?\nAnna: Wij zeggen <lacht> ja, @iedereen.\n\n- een\n- twee\n  1. drie\n\n"
                        "Interviewer: En? [noot]\n\na\tb\nc\td\n\nSlot\n\nAnna: Dag\ndag.\n");
  EXPECT_EQ(Spoken(id), (Lines{"Interviewer|Interviewer|'t Is zo'n \"ding\"... -- ja?", "Anna||Wij zeggen <lacht> ja, @iedereen.\n\n- een\n- twee\n  1. drie",
                               "Interviewer|Interviewer|En? [noot]\n\na\tb\nc\td", "Anna||Dag\ndag."}));
}

TEST_F(Import, AWordDocumentBecomesItsText) {
  const std::string docx = Docx("# Gesprek\n\n**Interviewer:** Hoe *gaat* het 🙂?\n\nAnna: Goed, één.\n\n- een\n- twee\n\nInterviewer: Ja.\n\nAnna: Nee.\n");
  ASSERT_FALSE(docx.empty()) << "pandoc is needed for this test";
  const Id id = Bring("woord.docx", docx);
  EXPECT_EQ(TextOf(id), "Gesprek\n\nInterviewer: Hoe gaat het 🙂?\n\nAnna: Goed, één.\n\n- een\n- twee\n\nInterviewer: Ja.\n\nAnna: Nee.\n");
  EXPECT_EQ(Spoken(id), (Lines{"Interviewer|Interviewer|Hoe gaat het 🙂?", "Anna||Goed, één.\n\n- een\n- twee", "Interviewer|Interviewer|Ja.", "Anna||Nee."}));
}

TEST_F(Import, SeveralFilesAreOneStep) {
  const std::string before = study.Dump();
  const Outcome outcome = study.Do("documents.import", {{"file", File("a.txt", "een")}, {"file", File("b.txt", "twee")}, {"file", File("c.md", "drie")}});
  EXPECT_EQ(outcome.created.size(), 3u);
  const std::string after = study.Dump();
  study.Undo();
  EXPECT_EQ(study.Dump(), before);
  study.Redo();
  EXPECT_EQ(study.Dump(), after);
  EXPECT_EQ(Refused(study.folder().path("a.txt"), {{"file", File("z.txt", "z")}, {"title", "T"}}),
            "--title names one text; leave it out and each of the 2 files takes its own name as title.");
  EXPECT_EQ(Refused(File("x/q.txt", "1"), {{"file", File("y/q.txt", "2")}}), "Two of these files would have the title “q”; bring them in one by one, with --title.");
}

TEST_F(Import, UndoAndRedoOfATranscript) {
  const std::string before = study.Dump();
  Bring("a.txt", "Interviewer: ja\nAnna: nee\nInterviewer: ja\nAnna: wel", {{"site", "Bilzen"}});
  const std::string after = study.Dump();
  study.Undo();
  EXPECT_EQ(study.Dump(), before);
  study.Redo();
  EXPECT_EQ(study.Dump(), after);
}

TEST_F(Import, ThePreviewShowsAndChangesNothing) {
  Job job;
  const std::string before = study.Dump();
  const auto arguments = study.engine().Parse(study.engine().CommandOf("documents.import").parameters,
                                              {{"file", File("a.txt", "Interviewer: ja\n\nAnna: nee\n\nInterviewer: ja\n\nAnna: wel, ja")}});
  const Plan plan = study.engine().Prepare("documents.import", arguments, job);
  const auto words = study.Words(study.engine().Preview("documents.import", arguments, plan));
  EXPECT_EQ(words[0], (Lines{"file", "title", "encoding", "paragraphs", "words", "speakers", "turns", "found-by", "moments", "pages", "comments", "notes"}));
  EXPECT_EQ(words[1], (Lines{"a.txt", "a", "UTF-8", "4", "9", "Interviewer (2), Anna (2)", "4", "Name: words", "0", "0", "0", "<empty>"}));
  EXPECT_EQ(study.Dump(), before);
}

TEST_F(Import, WhatCannotComeInIsSaidInOneSentence) {
  const auto path = [&](const std::string& name) { return study.folder().path(name); };
  EXPECT_EQ(Refused(path("weg.txt")), "There is no file “" + path("weg.txt") + "”; check its name and folder.");
  std::filesystem::create_directory(path("map.txt"));
  EXPECT_EQ(Refused(path("map.txt")), "“map.txt” is a folder; bring it in with documents.import-folder.");
  EXPECT_EQ(Refused(File("leeg.txt", "")), "“leeg.txt” is empty.");
  EXPECT_EQ(Refused(File("wit.txt", " \n\t\r\n")), "“wit.txt” holds no words, only blanks.");
  EXPECT_EQ(Refused(File("foto.jpg", "x")), "“foto.jpg” is of a kind that cannot be read here; save it as .docx, .odt, .pdf, .md or .txt.");
  EXPECT_EQ(Refused(File("nep.docx", "Anna: ja")),
            "“nep.docx” is not a Word document of the newer kind (.docx); open it in a word processor and save it again as .docx.");
  EXPECT_EQ(Refused(File("stuk.docx", "PK\x03\x04 en dan niets")), "“stuk.docx” cannot be read as a Word document; open it in a word processor and save it again as .docx.");
  EXPECT_EQ(Refused(File("pak.txt", "PK\x03\x04zzzz")), "“pak.txt” is not a text file but a packed one, perhaps a Word document; give it the extension .docx.");
  EXPECT_EQ(Refused(File("p.txt", "%PDF-1.4")), "“p.txt” is a PDF, not a text file; give it the extension .pdf.");
  EXPECT_EQ(Refused(File("bin.txt", std::string(50, '\x01') + "abc")), "“bin.txt” holds no text that can be read; it seems to be a file of another kind.");
  EXPECT_EQ(Refused("/dev/null"), "“null” is of a kind that cannot be read here; save it as .docx, .odt, .pdf, .md or .txt.");
  EXPECT_EQ(Refused(File("e.txt", "x"), {{"encoding", "klingon"}}).find("“klingon” is not an encoding"), 0u);
  EXPECT_EQ(Refused(File("l.txt", "x"), {{"language", "Nederlands!"}}), "“Nederlands!” is not a language; write nl, en, de, fr ...");
  std::filesystem::resize_file(File("groot.txt", "x"), (64u << 20) + 1);
  EXPECT_EQ(Refused(path("groot.txt")), "“groot.txt” is larger than 64 MB, which no conversation is; split it, or leave out its pictures.");
  // One bad file among good ones: nothing comes in.
  EXPECT_EQ(Refused(path("leeg.txt"), {{"file", File("goed.txt", "goed")}}), "“leeg.txt” is empty.");
}

TEST_F(Import, ATitleIsTakenOnce) {
  Bring("a.txt", "een");
  EXPECT_EQ(Refused(study.folder().path("a.txt")), "There is already a source with the title “a”; give this one another title.");
  EXPECT_EQ(study.Refusal("documents.import", {{"file", study.folder().path("a.txt")}, {"title", "b"}}), "");
}

TEST_F(Import, WithoutPandocASentenceSaysSo) {
  const std::string path = std::getenv("PATH");
  const std::string file = File("a.md", "# Kop\n\nwoorden");
  setenv("PATH", "/nonexistent", 1);
  const std::string sentence = Refused(file);
  setenv("PATH", path.c_str(), 1);
  EXPECT_EQ(sentence, "Reading “a.md” needs pandoc, which is not on this machine; install the package pandoc.");
}

TEST_F(Import, ALongTextComesInWhole) {
  std::string text;
  while (text.size() < 700000) text += "Interviewer: En toen 🙂?\n\nAnna: Toen was het e\u0301\u00e9n en al zon.\n\n";
  const Id id = Bring("lang.txt", text);
  EXPECT_EQ(TextOf(id), text);
  EXPECT_GT(meerstem::TextOf(*study.store().Read(), id)->size(), 600000);
  EXPECT_TRUE(study.store().Check().empty());
}

}  // namespace
}  // namespace meerstem::documents
