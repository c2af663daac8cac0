// What goes out: valid, whole but for what is said to stay, and back again as it was.
#include <gtest/gtest.h>

#include "plugins/exchange/part.h"
#include "tests/plugins/exchange/project_files.h"
#include "tests/support/conversation.h"
#include "tests/support/tiny_pdf.h"

namespace meerstem::testing {
namespace {

class Export : public ::testing::Test {
 protected:
  Export() {
    source = AddConversation(study, "Gesprek 1", {{"Ann", "coach", "Noord", "Ze belt Karel als het moeilijk gaat 🙂.\nElke week."}, {"Els", "family", "Noord", "Wij vertrouwen haar."}});
    CodeWords(study, source, "als het moeilijk gaat", "Relatie/Vertrouwen");
    CodeWords(study, source, "Elke week", "Tijd");
    CodeWords(study, source, "vertrouwen haar", "Relatie/Vertrouwen");
    study.store().Run({"test", Say("test"), study.actor()}, [&](Writing& writing) {
      writing.Do("UPDATE code SET definition = 'Band & steun', include = 'nabijheid', exclude = 'hulp', example = 'ze belt' WHERE name = 'Vertrouwen'");
      writing.Do("UPDATE code SET codable = 0 WHERE name = 'Relatie'");
      const Id study_case = EnsureCase(writing, "NO-01");
      writing.Do("UPDATE study_case SET started = '2023-01-05', site_id = ?", EnsureSite(writing, "Noord"));
      writing.Do("INSERT INTO source_about (id, source_id, case_id) VALUES (?, ?, ?)", writing.NewId(), source, study_case);
      writing.Do("INSERT INTO quote_about (id, quote_id, case_id) SELECT ?, id, ? FROM quote LIMIT 1", writing.NewId(), study_case);
      writing.Do("INSERT INTO memo (id, entity_kind, entity_id, kind, text, author_id, at) VALUES (?, 'source', ?, 'reflexive', 'Een eerste <indruk>,\nmet veel woorden die niet allemaal in een naam passen.', ?, 1234)",
                 writing.NewId(), source, study.actor());
      writing.Do("INSERT INTO memo (id, entity_kind, entity_id, text, at) SELECT ?, 'quote', id, 'Let op', 99000 FROM quote LIMIT 1", writing.NewId());
      const Id age = writing.NewId();
      writing.Do("INSERT INTO variable (id, name, type, entity_kind) VALUES (?, 'Leeftijd', 'integer', 'case')", age);
      writing.Do("INSERT INTO variable_value (id, variable_id, entity_id, value) VALUES (?, ?, ?, '44')", writing.NewId(), age, study_case);
    });
  }

  std::map<std::string, std::string> Out(const RawArguments& more = {}) {
    RawArguments arguments = {{"to", study.folder().path("out.qdpx")}};
    arguments.insert(arguments.end(), more.begin(), more.end());
    study.Do("exchange.export", arguments);
    return ReadZip(study.folder().path("out.qdpx"));
  }
  static std::string All(TestStudy& of, const std::string& sql) {
    std::string all;
    auto reading = of.store().Read();
    auto rows = reading->Query(sql);
    while (rows.Step()) all += rows.Text(0) + "\n";
    return all;
  }
  /// The tables that travel, without order keys and ids of links.
  static std::string Travels(TestStudy& of) {
    return All(of, "SELECT hex(id) || title || kind || hex(content_hash) || language || date FROM source ORDER BY id") +
           All(of, "SELECT hex(id) || ifnull(hex(parent_id), '') || name || colour || definition || include || exclude || example || codable FROM code ORDER BY id") +
           All(of, "SELECT hex(quote.id) || hex(source_id) || start || '-' || end || hex(created_by) || created_at FROM quote JOIN span ON span.id = span_id ORDER BY quote.id") +
           All(of, "SELECT hex(id) || hex(quote_id) || hex(code_id) || hex(coder_id) || at FROM coding ORDER BY id") +
           All(of, "SELECT hex(id) || entity_kind || hex(entity_id) || kind || text || ifnull(hex(author_id), '') || at FROM memo ORDER BY id") +
           All(of, "SELECT hex(study_case.id) || code || started || site.name FROM study_case JOIN site ON site.id = site_id ORDER BY 1") +
           All(of, "SELECT hex(variable_id) || hex(entity_id) || value FROM variable_value ORDER BY 1") + All(of, "SELECT hex(id) || name || type || entity_kind FROM variable ORDER BY 1") +
           All(of, "SELECT hex(source_id) || hex(case_id) FROM source_about ORDER BY 1") + All(of, "SELECT hex(quote_id) || hex(case_id) FROM quote_about ORDER BY 1");
  }

  TestStudy study{{exchange::Register}};
  Id source;
};

TEST_F(Export, FollowsTheSchema) {
  const auto files = Out();
  ASSERT_TRUE(files.contains("project.qde"));
  EXPECT_EQ(SchemaFaults(files.at("project.qde")), std::vector<std::string>{});
  EXPECT_EQ(files.size(), 2u);
  EXPECT_NE(files.at("project.qde").find("Band &amp; steun"), std::string::npos);
}

TEST_F(Export, ComesBackAsItWas) {
  Out();
  TestStudy other{{exchange::Register}};
  other.Do("exchange.import", {{"file", study.folder().path("out.qdpx")}});
  EXPECT_EQ(Travels(other), Travels(study));
  EXPECT_TRUE(other.store().Check().empty());
  // And adds nothing to the study that it came from.
  EXPECT_TRUE(study.Do("exchange.import", {{"file", study.folder().path("out.qdpx")}}).changed.empty());
}

TEST_F(Export, ForNvivoComesBackAsItWasToo) {
  const auto files = Out({{"places", "nvivo"}});
  EXPECT_EQ(SchemaFaults(files.at("project.qde")), std::vector<std::string>{});
  const std::string& text = files.begin()->first == "project.qde" ? files.rbegin()->second : files.begin()->second;
  EXPECT_TRUE(text.starts_with("\xEF\xBB\xBF"));
  EXPECT_NE(text.find("\r\n"), std::string::npos);
  TestStudy other{{exchange::Register}};
  other.Do("exchange.import", {{"file", study.folder().path("out.qdpx")}});
  EXPECT_EQ(Travels(other), Travels(study));
}

TEST_F(Export, WhatIsKeptGoesOutAgainWithoutWhatIsGone) {
  const std::string media = "<Users><User guid=\"" + Guid(1) + "\" name=\"Bea\"/></Users><CodeBook><Codes><Code guid=\"" + Guid(10) + "\" name=\"Beeld\" isCodable=\"true\"/><Code guid=\"" + Guid(11) +
                            "\" name=\"Klank\" isCodable=\"true\"/></Codes></CodeBook><Sources><PictureSource guid=\"" + Guid(41) + "\" name=\"f.jpg\"><PictureSelection guid=\"" + Guid(53) +
                            "\" firstX=\"1\" firstY=\"2\" secondX=\"3\" secondY=\"4\"><Coding guid=\"" + Guid(61) + "\"><CodeRef targetGUID=\"" + Guid(10) + "\"/></Coding><Coding guid=\"" + Guid(62) +
                            "\"><CodeRef targetGUID=\"" + Guid(11) + "\"/></Coding></PictureSelection></PictureSource></Sources><Links><Link guid=\"" + Guid(70) + "\" originGUID=\"" + Guid(10) +
                            "\" targetGUID=\"" + Guid(53) + "\"/><Link guid=\"" + Guid(71) + "\" originGUID=\"" + Guid(11) + "\" targetGUID=\"" + Guid(53) + "\"/></Links>";
  study.Do("exchange.import", {{"file", WriteZip(study.folder(), "m.qdpx", {{"project.qde", ProjectXml(media)}})}});
  study.store().Run({"test", Say("test"), study.actor()}, [&](Writing& writing) { writing.Do("DELETE FROM code WHERE name = 'Klank'"); });
  const std::string xml = Out().at("project.qde");
  EXPECT_EQ(SchemaFaults(xml), std::vector<std::string>{});
  EXPECT_NE(xml.find(Guid(61)), std::string::npos);
  EXPECT_EQ(xml.find(Guid(62)), std::string::npos);
  EXPECT_NE(xml.find(Guid(70)), std::string::npos);
  EXPECT_EQ(xml.find(Guid(71)), std::string::npos);
}

TEST_F(Export, PdfsAndTranscriptsKeepTheirForm) {
  const auto coding = [](int guid) { return "<Coding guid=\"" + Guid(guid) + "\"><CodeRef targetGUID=\"" + Guid(10) + "\"/></Coding>"; };
  const std::string sections = "<CodeBook><Codes><Code guid=\"" + Guid(10) + "\" name=\"A\" isCodable=\"true\"/></Codes></CodeBook><Sources><PDFSource guid=\"" + Guid(40) +
                               "\" name=\"b.pdf\"><PDFSelection guid=\"" + Guid(50) + "\" page=\"0\" firstX=\"1\" firstY=\"2\" secondX=\"3\" secondY=\"4\">" + coding(60) +
                               "</PDFSelection><Representation guid=\"" + Guid(42) + "\" plainTextPath=\"internal://b.txt\"><PlainTextSelection guid=\"" + Guid(50) + "\" startPosition=\"0\" endPosition=\"3\">" +
                               coding(61) + "</PlainTextSelection></Representation></PDFSource><AudioSource guid=\"" + Guid(43) + "\" name=\"o.m4a\" path=\"relative:///o.m4a\"><Transcript guid=\"" + Guid(44) +
                               "\" plainTextPath=\"internal://b.txt\"><SyncPoint guid=\"" + Guid(90) + "\" position=\"0\" timeStamp=\"0\"/><SyncPoint guid=\"" + Guid(91) +
                               "\" position=\"3\" timeStamp=\"900\"/><TranscriptSelection guid=\"" + Guid(51) + "\" fromSyncPoint=\"" + Guid(90) + "\" toSyncPoint=\"" + Guid(91) + "\">" + coding(62) +
                               "</TranscriptSelection></Transcript></AudioSource></Sources>";
  study.Do("exchange.import", {{"file", WriteZip(study.folder(), "m.qdpx", {{"project.qde", ProjectXml(sections)}, {"sources/b.txt", "Een tekst"}})}});
  const std::string first = Out().at("project.qde");
  EXPECT_EQ(SchemaFaults(first), std::vector<std::string>{});
  EXPECT_NE(first.find("<PDFSelection"), std::string::npos);
  EXPECT_NE(first.find("timeStamp=\"900\""), std::string::npos);
  EXPECT_NE(first.find("<TranscriptSelection"), std::string::npos);
  EXPECT_EQ(first.find("inStudy"), std::string::npos);
  TestStudy other{{exchange::Register}};
  other.Do("exchange.import", {{"file", study.folder().path("out.qdpx")}});
  EXPECT_EQ(Travels(other), Travels(study));
}

TEST_F(Export, APdfThatCameInGoesOutUnlessItShowsWhatTheStudyHides) {
  const std::string pdf = TinyPdf({"Verslag door Mieke) Tj 0 -20 Td (Het beleid van de gemeente is veranderd", "en niemand heeft het haar uitgelegd."});
  const std::string sections = "<Sources><PDFSource guid=\"" + Guid(40) + "\" name=\"b.pdf\" path=\"internal://b.pdf\"><Representation guid=\"" + Guid(42) +
                               "\" plainTextPath=\"internal://b.txt\"/></PDFSource></Sources>";
  study.Do("exchange.import", {{"file", WriteZip(study.folder(), "m.qdpx", {{"project.qde", ProjectXml(sections)},
                                                                         {"sources/b.txt", "Het beleid van de gemeente is veranderd en niemand heeft het haar uitgelegd."},
                                                                         {"sources/b.pdf", pdf}})}});
  const auto files = Out();
  EXPECT_EQ(SchemaFaults(files.at("project.qde")), std::vector<std::string>{});
  EXPECT_EQ(files.at("sources/" + Guid(40) + ".pdf"), pdf);
  TestStudy other{{exchange::Register}};
  other.Do("exchange.import", {{"file", study.folder().path("out.qdpx")}});
  const char* kPages = "SELECT number || ' ' || start || ' ' || end FROM page JOIN span ON span.id = span_id ORDER BY start";
  EXPECT_EQ(All(other, kPages), All(study, kPages));
  EXPECT_EQ(Travels(other), Travels(study));
  // A name that only stands at the head of a page, which the text leaves out.
  study.store().Run({"test", Say("test"), study.actor()}, [&](Writing& writing) { writing.Do("INSERT INTO replacement (id, words, shown) VALUES (?, 'Mieke', 'de coach')", writing.NewId()); });
  EXPECT_FALSE(Out().contains("sources/" + Guid(40) + ".pdf"));
}

TEST_F(Export, NamesThatAreNotShownDoNotLeaveAndPlacesFollow) {
  study.store().Run({"test", Say("test"), study.actor()}, [&](Writing& writing) { writing.Do("INSERT INTO replacement (id, words, shown) VALUES (?, 'Karel', 'de oudste zoon')", writing.NewId()); });
  const auto files = Out();
  for (const auto& [name, bytes] : files) EXPECT_EQ(bytes.find("Karel"), std::string::npos) << name;
  TestStudy other{{exchange::Register}};
  other.Do("exchange.import", {{"file", study.folder().path("out.qdpx")}});
  EXPECT_EQ(All(other, "SELECT text FROM coding_full ORDER BY start"), "als het moeilijk gaat\nElke week\nvertrouwen haar\n");
}

TEST_F(Export, WordsWithoutConsentStayWithTheirCodingsAndMemos) {
  study.store().Run({"test", Say("test"), study.actor()}, [&](Writing& writing) { writing.Do("UPDATE person SET may_quote = 0 WHERE pseudonym = 'Ann'"); });
  const auto files = Out();
  for (const auto& [name, bytes] : files) {
    EXPECT_EQ(bytes.find("moeilijk"), std::string::npos) << name;
    EXPECT_EQ(bytes.find("Let op"), std::string::npos) << name;
  }
  EXPECT_EQ(SchemaFaults(files.at("project.qde")), std::vector<std::string>{});
  TestStudy other{{exchange::Register}};
  other.Do("exchange.import", {{"file", study.folder().path("out.qdpx")}});
  EXPECT_EQ(All(other, "SELECT text FROM coding_full"), "vertrouwen haar\n");
}

TEST_F(Export, ShowsBeforehandWhatStaysBehind) {
  Job job;
  const auto arguments = study.engine().Parse(study.engine().CommandOf("exchange.export").parameters, {{"to", study.folder().path("out.qdpx")}});
  const Plan plan = study.engine().Prepare("exchange.export", arguments, job);
  std::map<std::string, std::vector<std::string>> lines;
  for (const auto& line : study.Words(*plan.preview)) lines[line[0]] = line;
  EXPECT_EQ(lines["Codings"][2], "3");
  EXPECT_EQ(lines["person"][3], "2");
  EXPECT_EQ(lines["turn"][3], "2");
  EXPECT_FALSE(std::filesystem::exists(study.folder().path("out.qdpx"))) << "a preview writes nothing";
}

TEST_F(Export, TheCodebookAloneAndBack) {
  study.Do("exchange.export", {{"to", study.folder().path("out.qdc")}});
  TestStudy other{{exchange::Register}};
  other.Do("exchange.import", {{"file", study.folder().path("out.qdc")}});
  const std::string sql = "SELECT hex(id) || ifnull(hex(parent_id), '') || name || colour || codable FROM code ORDER BY id";
  EXPECT_EQ(All(other, sql), All(study, sql));
  EXPECT_EQ(All(other, "SELECT definition FROM code WHERE name = 'Vertrouwen'"), "Band & steun\nInclude: nabijheid\nExclude: hulp\nExample: ze belt\n");
}

/// A study's file as somebody else takes it along.
class Copy : public Export {
 protected:
  std::string Taken() {
    for (const char* part : {"", "-wal"}) std::filesystem::copy_file(study.store().path() + part, study.folder().path("bo.meerstem") + part);
    return study.folder().path("bo.meerstem");
  }
  void Hide() {
    study.store().Run({"test", Say("test"), study.actor()}, [&](Writing& writing) {
      writing.Do("UPDATE person SET may_quote = 0 WHERE pseudonym = 'Ann'");
      writing.Do("INSERT INTO replacement (id, words, shown) VALUES (?, 'Karel', 'de oudste zoon')", writing.NewId());
    });
  }
};

TEST_F(Copy, BringsWhatSomebodyElseCoded) {
  Hide();
  CodeWords(study, source, "Elke week", "Bo kijkt/Ritme");
  const std::string coded = Travels(study), copy = Taken();
  study.Undo();
  ASSERT_NE(Travels(study), coded);
  // Words that are hidden on the way out are no reason to lose a coding of them: both studies hold the text.
  study.Do("exchange.import", {{"file", copy}});
  EXPECT_EQ(Travels(study), coded);
  EXPECT_EQ(All(study, "SELECT text FROM coding_full WHERE code LIKE '%Ritme'"), "Elke week\n");
  EXPECT_TRUE(study.store().Check().empty());
  EXPECT_TRUE(study.Do("exchange.import", {{"file", copy}}).changed.empty());
  study.Undo();
  EXPECT_NE(Travels(study), coded);
}

TEST_F(Copy, BringsOfOtherTextsWhatItsStudyLetsOut) {
  Hide();
  const std::string copy = Taken();
  TestStudy other{{exchange::Register}};
  other.Do("exchange.import", {{"file", copy}});
  EXPECT_EQ(All(other, "SELECT text FROM coding_full"), "vertrouwen haar\n");
  auto reading = other.store().Read();
  const auto shown = TextOf(*reading, source);
  const std::string text(shown->Slice({0, shown->size()}));
  EXPECT_EQ(text.find("moeilijk"), std::string::npos);
  EXPECT_EQ(text.find("Karel"), std::string::npos);
}

TEST_F(Copy, IsAnotherStudyAndWhole) {
  EXPECT_EQ(study.Refusal("exchange.import", {{"file", study.store().path()}}), "“" + std::filesystem::path(study.store().path()).filename().string() + "” is this study itself; choose the copy in which somebody else worked.");
  const std::string before = Travels(study), copy = Taken();
  std::filesystem::remove(copy + "-wal");
  std::filesystem::resize_file(copy, std::filesystem::file_size(copy) / 2);
  EXPECT_NE(study.Refusal("exchange.import", {{"file", copy}}).find("has been cut off"), std::string::npos);
  EXPECT_EQ(Travels(study), before);
}

TEST_F(Export, RefusesPlacesThatCannotTakeIt) {
  EXPECT_NE(study.Refusal("exchange.export", {{"to", study.folder().path("out.zip")}}).find(".qdpx"), std::string::npos);
  EXPECT_NE(study.Refusal("exchange.export", {{"to", study.folder().path("nergens/out.qdpx")}}).find("does not exist"), std::string::npos);
  std::filesystem::create_directories(study.folder().path("map.qdpx"));
  EXPECT_NE(study.Refusal("exchange.export", {{"to", study.folder().path("map.qdpx")}}).find("folder"), std::string::npos);
}

}  // namespace
}  // namespace meerstem::testing
