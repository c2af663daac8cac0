// What comes in from a project: the same things with the same ids, once.
#include <gtest/gtest.h>

#include "plugins/exchange/part.h"
#include "plugins/exchange/pdf_pages.h"
#include "tests/plugins/exchange/project_files.h"
#include "tests/support/conversation.h"
#include "tests/support/tiny_pdf.h"

namespace meerstem::testing {
namespace {

std::string Coding(int guid, int code, int user) {
  return "<Coding guid=\"" + Guid(guid) + "\" creatingUser=\"" + Guid(user) + "\" creationDateTime=\"2023-06-14T09:30:00Z\"><CodeRef targetGUID=\"" + Guid(code) + "\"/></Coding>";
}

std::string Selection(int guid, int start, int end, const std::string& inside, const std::string& name = {}) {
  return "<PlainTextSelection guid=\"" + Guid(guid) + "\" name=\"" + name + "\" startPosition=\"" + std::to_string(start) + "\" endPosition=\"" + std::to_string(end) + "\" creatingUser=\"" +
         Guid(1) + "\" creationDateTime=\"2023-06-14T09:30:00Z\">" + inside + "</PlainTextSelection>";
}

const char* kUsersAndCodes =
    "<Users><User guid=\"00000000-0000-4000-8000-000000000001\" name=\"Bea\"/></Users>"
    "<CodeBook><Codes><Code guid=\"00000000-0000-4000-8000-000000000010\" name=\"Relatie\" isCodable=\"false\" color=\"#a1b\"><Description>Hoe men omgaat</Description>"
    "<Code guid=\"00000000-0000-4000-8000-000000000011\" name=\"Vertrouwen\" isCodable=\"true\" color=\"rgb(1, 2, 255)\"/></Code>"
    "<Code guid=\"00000000-0000-4000-8000-000000000012\" name=\"Tijd\"/></Codes></CodeBook>";

std::string Small() {
  return ProjectXml(std::string(kUsersAndCodes) + "<Variables><Variable guid=\"" + Guid(20) + "\" name=\"Leeftijd\" typeOfVariable=\"Integer\"/></Variables>" +
                    "<Cases><Case guid=\"" + Guid(30) + "\" name=\"BA-01\"><VariableValue><VariableRef targetGUID=\"" + Guid(20) + "\"/><IntegerValue>44</IntegerValue></VariableValue><SourceRef targetGUID=\"" +
                    Guid(40) + "\"/><SelectionRef targetGUID=\"" + Guid(50) + "\"/></Case></Cases>" +
                    "<Sources><TextSource guid=\"" + Guid(40) + "\" name=\"Gesprek 1\" plainTextPath=\"internal://gesprek.txt\"><Description>Aan tafel</Description>" +
                    Selection(50, 0, 10, Coding(60, 11, 1) + Coding(61, 12, 1) + "<NoteRef targetGUID=\"" + Guid(70) + "\"/>") + Selection(51, 10, 17, Coding(62, 11, 1), "Een titel") +
                    Selection(52, 0, 10, Coding(63, 11, 1)) + "<VariableValue><VariableRef targetGUID=\"" + Guid(20) +
                    "\"/><IntegerValue>7</IntegerValue></VariableValue></TextSource>" + "<PictureSource guid=\"" + Guid(41) +
                    "\" name=\"foto.jpg\" path=\"internal://foto.jpg\"><PictureSelection guid=\"" + Guid(53) + "\" firstX=\"1\" firstY=\"2\" secondX=\"3\" secondY=\"4\">" + Coding(64, 11, 1) +
                    "</PictureSelection></PictureSource></Sources>" + "<Notes><Note guid=\"" + Guid(70) + "\" name=\"Gedachte\" creatingUser=\"" + Guid(1) +
                    "\"><PlainTextContent>Waarom net hier?</PlainTextContent></Note></Notes>" + "<Sets><Set guid=\"" + Guid(80) + "\" name=\"Mijn set\"><MemberCode targetGUID=\"" + Guid(11) +
                    "\"/></Set></Sets>");
}

constexpr const char* kText = "Zij belde 🙂 ons vaak op";

class Import : public ::testing::Test {
 protected:
  std::int64_t Count(const std::string& table) { return study.store().Read()->Number("SELECT count(*) FROM " + table); }
  std::string One(const std::string& sql) {
    auto reading = study.store().Read();
    auto row = reading->Query(sql);
    return row.Step() ? row.Text(0) : "<none>";
  }
  std::string Project(const std::string& xml, const std::string& text = kText) { return WriteZip(study.folder(), "in.qdpx", {{"project.qde", xml}, {"sources/gesprek.txt", text}}); }

  TestStudy study{{exchange::Register}};
};

TEST_F(Import, BringsEverythingUnderItsOwnIds) {
  study.Do("exchange.import", {{"file", Project(Small())}});
  EXPECT_EQ(Count("source"), 1);
  EXPECT_EQ(One("SELECT lower(hex(id)) || title FROM source"), "00000000000040008000000000000040Gesprek 1");
  EXPECT_EQ(One("SELECT path || colour || codable FROM code_path JOIN code USING (id) WHERE name = 'Vertrouwen'"), "Relatie/Vertrouwen#0102FF1");
  EXPECT_EQ(One("SELECT colour || codable || definition FROM code WHERE name = 'Relatie'"), "#aa11bb0Hoe men omgaat");
  EXPECT_EQ(One("SELECT group_concat(text || '=' || code || ' ' || coder, '; ') FROM (SELECT * FROM coding_full ORDER BY start, code)"),
            "Zij belde =Relatie/Vertrouwen Bea; Zij belde =Tijd Bea; 🙂 ons v=Relatie/Vertrouwen Bea");
  EXPECT_EQ(One("SELECT at FROM coding LIMIT 1"), "1686735000000");
  EXPECT_EQ(One("SELECT text FROM memo WHERE entity_kind = 'quote'"), "Gedachte\n\nWaarom net hier?");
  EXPECT_EQ(One("SELECT text FROM memo WHERE entity_kind = 'source'"), "Aan tafel");
  EXPECT_EQ(One("SELECT group_concat(entity_kind || value, '; ') FROM (SELECT * FROM variable_value JOIN variable ON variable.id = variable_id ORDER BY entity_kind)"), "case44; source7");
  EXPECT_EQ(Count("source_about"), 1);
  EXPECT_EQ(Count("quote_about"), 1);
  EXPECT_EQ(Count("exchange_kept WHERE kind = 'PictureSource'"), 1);
  EXPECT_EQ(Count("exchange_kept WHERE kind = 'Set'"), 1);
  EXPECT_TRUE(study.store().Check().empty());
}

TEST_F(Import, ASecondTimeAddsNothing) {
  const std::string file = Project(Small());
  study.Do("exchange.import", {{"file", file}});
  const std::string before = study.Dump();
  const Outcome again = study.Do("exchange.import", {{"file", file}});
  EXPECT_TRUE(again.changed.empty());
  EXPECT_EQ(study.Dump(), before);
}

TEST_F(Import, IsOneStepBack) {
  const std::string before = study.Dump();
  study.Do("exchange.import", {{"file", Project(Small())}});
  study.Undo();
  EXPECT_EQ(study.Dump(), before);
}

TEST_F(Import, ReportsWhatWasKeptAndLeftOutBeforeAndAfter) {
  const std::string file = Project(Small());
  Job job;
  const auto arguments = study.engine().Parse(study.engine().CommandOf("exchange.import").parameters, {{"file", file}});
  const Plan plan = study.engine().Prepare("exchange.import", arguments, job);
  const auto before = study.Words(*plan.preview);
  study.Do("exchange.import", {{"file", file}});
  EXPECT_EQ(study.Words(study.See("exchange.report")), before);
  std::map<std::string, std::vector<std::string>> lines;
  for (const auto& line : before) lines[line[0]] = line;
  EXPECT_EQ(lines["Selections"][1], "3");
  EXPECT_EQ(lines["Selections"][2], "2");
  EXPECT_EQ(lines["Selections"][3], "1");
  EXPECT_EQ(lines["Codings"][3], "1") << "the same code twice on the same words";
  EXPECT_EQ(lines["Titles of selections"][4], "1");
  EXPECT_EQ(lines["Pictures"][4], "1");
  EXPECT_EQ(lines["Codings on pictures, sound, film and pages"][4], "1");
}

TEST_F(Import, MeetsCodesCodersAndTextsOfTheStudyByNameAndPlace) {
  study.store().Run({"test", Say("test"), study.actor()}, [&](Writing& writing) {
    EnsureCode(writing, "Relatie/Vertrouwen");
    AddSource(writing, {.title = "Gesprek 1", .kind = "interview", .content = StoreContent(writing, kText)});
  });
  EnsureResearcher(study.store(), "Bea");
  const std::string file = Project(Small());
  study.Do("exchange.import", {{"file", file}});
  EXPECT_EQ(Count("code"), 3);
  EXPECT_EQ(Count("researcher WHERE name = 'Bea'"), 1);
  EXPECT_EQ(Count("source"), 1);
  EXPECT_EQ(Count("coding"), 3);
  // Also when they got other names since.
  study.store().Run({"test", Say("test"), study.actor()}, [&](Writing& writing) {
    writing.Do("UPDATE code SET name = 'Band' WHERE name = 'Relatie'");
    writing.Do("UPDATE researcher SET name = 'Beatrijs' WHERE name = 'Bea'");
    writing.Do("UPDATE source SET title = 'Eerste gesprek'");
  });
  EXPECT_TRUE(study.Do("exchange.import", {{"file", file}}).changed.empty());
}

TEST_F(Import, ATextChangedSinceKeepsItsQuotesAndTakesNoUnsureOnes) {
  study.Do("exchange.import", {{"file", Project(Small())}});
  study.store().Run({"test", Say("test"), study.actor()}, [&](Writing& writing) {
    writing.Do("UPDATE source SET content_hash = ?", StoreContent(writing, "Nu! Zij belde 🙂 ons vaak op"));
    writing.Do("UPDATE span SET start = start + 4, end = end + 4");
    writing.Do("DELETE FROM coding");
    writing.Do("DELETE FROM memo");
    writing.Do("DELETE FROM quote_about");
    writing.Do("DELETE FROM quote WHERE id = ?", *ParseId(Guid(51)));
  });
  study.Do("exchange.import", {{"file", Project(Small())}});
  EXPECT_EQ(One("SELECT group_concat(text, '; ') FROM (SELECT DISTINCT text FROM coding_full)"), "Zij belde ");
}

TEST_F(Import, PlacesOfNvivoAreItsOwn) {
  const std::string xml = ProjectXml(std::string(kUsersAndCodes) + "<Sources><TextSource guid=\"" + Guid(40) + "\" name=\"G\" plainTextPath=\"internal://gesprek.txt\">" +
                                         Selection(50, 16, 20, Coding(60, 11, 1)) + "</TextSource></Sources>",
                                     "NVivo for Windows 12.6");
  study.Do("exchange.import", {{"file", Project(xml, "\xEF\xBB\xBFZij belde 🙂\r\n\r\nvaak op")}});
  EXPECT_EQ(One("SELECT text FROM coding_full"), "vaak");
}

TEST_F(Import, ReadsOrderAndNamespacesAsTheyCome) {
  const std::string xml = "<p:Project xmlns:p=\"urn:other:0:10\" name=\"x\" origin=\"Odd\"><p:Sources><p:TextSource guid=\"{" + Guid(40) +
                          "}\" name=\"G\"><p:PlainTextSelection guid=\"" + Guid(50) + "\" startPosition=\"0\" endPosition=\"3\"><p:Coding guid=\"" + Guid(60) + "\"><p:CodeRef targetGUID=\"" + Guid(10) +
                          "\"/></p:Coding></p:PlainTextSelection><p:PlainTextContent>Een tekst</p:PlainTextContent></p:TextSource></p:Sources>" +
                          "<p:CodeBook><p:Codes><p:Code guid=\"" + Guid(10) + "\" name=\"A\"/></p:Codes></p:CodeBook></p:Project>";
  study.Do("exchange.import", {{"file", study.folder().Write("x.qde", xml)}});
  EXPECT_EQ(One("SELECT text || code || ifnull(coder, '-') FROM coding_full"), "EenA-");
}

TEST_F(Import, APdfIsItsTextAndOneSelectionIsOneCoding) {
  const std::string xml = ProjectXml(std::string(kUsersAndCodes) + "<Sources><PDFSource guid=\"" + Guid(40) + "\" name=\"beleid.pdf\" path=\"internal://b.pdf\"><PDFSelection guid=\"" + Guid(50) +
                                     "\" page=\"0\" firstX=\"1\" firstY=\"2\" secondX=\"3\" secondY=\"4\">" + Coding(60, 11, 1) + "</PDFSelection><Representation guid=\"" + Guid(42) +
                                     "\" plainTextPath=\"internal://gesprek.txt\">" + Selection(50, 0, 3, Coding(61, 11, 1)) + "</Representation></PDFSource></Sources>");
  study.Do("exchange.import", {{"file", Project(xml)}});
  EXPECT_EQ(One("SELECT title FROM source"), "beleid.pdf");
  EXPECT_EQ(Count("coding"), 1);
  for (const auto& line : study.Words(study.See("exchange.report"))) EXPECT_NE(line[0], "Codings on pictures, sound, film and pages");
}

TEST_F(Import, ThePagesOfAPdfAreFoundInItsTextAndItsFileStays) {
  const std::vector<std::string> printed = {"Gesprek 7", "Het beleid van de gemeente is veranderd", "Gesprek 7", "sinds de zomer van vorig jaar, zei zij,", "en niemand heeft het haar uitgelegd."};
  const std::string pdf = TinyPdf({printed[0] + ") Tj 0 -20 Td (" + printed[1], printed[2] + ") Tj 0 -20 Td (" + printed[3], printed[4]});
  // The text leaves the heads out and breaks its lines elsewhere.
  const std::string text = "Het beleid van de\ngemeente is veran-\nderd sinds de zomer van vorig jaar, zei\nzij, en niemand heeft het haar uitgelegd.";
  const std::string xml = ProjectXml(std::string(kUsersAndCodes) + "<Sources><PDFSource guid=\"" + Guid(40) + "\" name=\"beleid.pdf\" path=\"internal://b.pdf\"><Representation guid=\"" + Guid(42) +
                                     "\" plainTextPath=\"internal://b.txt\">" + Selection(50, 0, 10, Coding(61, 11, 1)) + "</Representation></PDFSource></Sources>");
  study.Do("exchange.import", {{"file", WriteZip(study.folder(), "p.qdpx", {{"project.qde", xml}, {"sources/b.txt", text}, {"sources/b.pdf", pdf}})}});
  EXPECT_EQ(study.store().Read()->Number("SELECT count(*) FROM source_original JOIN original ON original.hash = original_hash"), 1);
  std::vector<std::string> pages;
  const auto reading = study.store().Read();
  auto rows = reading->Query("SELECT number || ': ' || substr(content.text, start + 1, end - start) FROM page JOIN span ON span.id = span_id JOIN source ON source.id = source_id JOIN content ON content.hash = source.content_hash ORDER BY start");
  while (rows.Step()) pages.push_back(rows.Text(0));
  EXPECT_EQ(pages, (std::vector<std::string>{"1: Het beleid van de\ngemeente is veran-\nderd ", "2: sinds de zomer van vorig jaar, zei\nzij, ", "3: en niemand heeft het haar uitgelegd."}));
  for (const auto& line : study.Words(study.See("exchange.report"))) EXPECT_EQ(line[0].find("Picture, sound"), std::string::npos);
}

TEST_F(Import, APageThatTheTextDoesNotHaveIsNotThere) {
  const Text text("Wat op de tweede bladzijde staat, en dan nog wat er op de derde bladzijde staat.");
  const auto pages = exchange::PagesIn(text, {"Iets heel anders dat nergens in de tekst staat", "wat op de tweede bladzijde staat", "", "EN DAN NOG WAT er op de derde bladzijde staat", "42"});
  ASSERT_EQ(pages.size(), 2u);
  EXPECT_EQ(pages[0].number, 2);
  EXPECT_EQ(text.Slice(pages[0].range), "Wat op de tweede bladzijde staat");
  EXPECT_EQ(pages[1].number, 4);
  EXPECT_EQ(text.Slice(pages[1].range), "en dan nog wat er op de derde bladzijde staat");
  EXPECT_TRUE(exchange::PagesIn(Text(""), {"Wat op de tweede bladzijde staat"}).empty());
}

TEST_F(Import, ATranscriptsSelectionsLieBetweenItsSyncPoints) {
  const std::string xml = ProjectXml(std::string(kUsersAndCodes) + "<Sources><AudioSource guid=\"" + Guid(41) + "\" name=\"opname.m4a\"><Transcript guid=\"" + Guid(40) +
                                     "\" name=\"\" plainTextPath=\"internal://gesprek.txt\"><NoteRef targetGUID=\"" + Guid(70) + "\"/><SyncPoint guid=\"" + Guid(90) + "\" position=\"0\" timeStamp=\"0\"/><SyncPoint guid=\"" +
                                     Guid(91) + "\" position=\"9\" timeStamp=\"1500\"/><TranscriptSelection guid=\"" + Guid(50) + "\" fromSyncPoint=\"" + Guid(90) + "\" toSyncPoint=\"" + Guid(91) + "\">" +
                                     Coding(60, 11, 1) + "</TranscriptSelection></Transcript></AudioSource></Sources><Notes><Note guid=\"" + Guid(70) + "\"><PlainTextContent>Stil</PlainTextContent></Note></Notes>");
  study.Do("exchange.import", {{"file", Project(xml)}});
  EXPECT_EQ(One("SELECT source || ': ' || text FROM coding_full"), "opname.m4a: Zij belde");
  EXPECT_EQ(One("SELECT text FROM memo WHERE entity_kind = 'source'"), "Stil");
}

TEST_F(Import, ANamelessCaseOnlyCarriesItsSourcesVariables) {
  const std::string xml = ProjectXml("<Variables><Variable guid=\"" + Guid(20) + "\" name=\"Site\" typeOfVariable=\"Text\"/></Variables><Cases><Case guid=\"" + Guid(30) +
                                     "\"><VariableValue><VariableRef targetGUID=\"" + Guid(20) + "\"/><TextValue>Noord</TextValue></VariableValue><SourceRef targetGUID=\"" + Guid(40) +
                                     "\"/></Case></Cases><Sources><TextSource guid=\"" + Guid(40) + "\" name=\"G\" plainTextPath=\"gesprek.txt\"/></Sources>");
  study.Do("exchange.import", {{"file", Project(xml)}});
  EXPECT_EQ(Count("study_case"), 0);
  EXPECT_EQ(One("SELECT entity_kind || value FROM variable_value JOIN variable ON variable.id = variable_id"), "sourceNoord");
}

TEST_F(Import, ACodebookComesWithItsSets) {
  const std::string xml = "<CodeBook xmlns=\"urn:QDA-XML:codebook:1.0\"><Codes><Code guid=\"c001\" name=\"A/B\" isCodable=\"true\"/></Codes><Sets><Set guid=\"" + Guid(80) +
                          "\" name=\"S\"><MemberCode guid=\"c001\"/></Set></Sets></CodeBook>";
  study.Do("exchange.import", {{"file", study.folder().Write("x.qdc", xml)}});
  EXPECT_EQ(One("SELECT name FROM code"), "A/B");
  const std::string id = One("SELECT upper(hex(id)) FROM code");
  std::string kept = One("SELECT xml FROM exchange_kept");
  std::erase(kept, '-');
  EXPECT_NE(kept.find("targetGUID=\"" + id), std::string::npos) << kept;
}

}  // namespace
}  // namespace meerstem::testing
