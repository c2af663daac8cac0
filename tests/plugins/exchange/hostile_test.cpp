// Files that mean harm, or are not what their name says: one sentence each, and the study as it was.
#include <gtest/gtest.h>
#include <zip.h>

#include "plugins/exchange/files.h"
#include "plugins/exchange/part.h"
#include "tests/plugins/exchange/project_files.h"

namespace meerstem::testing {
namespace {

class Hostile : public ::testing::Test {
 protected:
  /// The refusal's sentence; the study must be untouched.
  std::string Refused(const std::string& file) {
    const std::string before = study.Dump();
    const std::string sentence = study.Refusal("exchange.import", {{"file", file}});
    EXPECT_EQ(study.Dump(), before);
    return sentence;
  }
  std::string Zipped(const std::string& xml) { return WriteZip(study.folder(), "x.qdpx", {{"project.qde", xml}}); }
  std::int64_t Count(const std::string& table) { return study.store().Read()->Number("SELECT count(*) FROM " + table); }

  TestStudy study{{exchange::Register}};
};

void ExpectSays(const std::string& sentence, const std::string& words) { EXPECT_NE(sentence.find(words), std::string::npos) << sentence; }

TEST_F(Hostile, WhatIsNoProject) {
  ExpectSays(Refused(study.folder().Write("a.qdpx", "")), "is empty");
  ExpectSays(Refused(study.folder().Write("a.qdpx", "zomaar wat")), "is not a project");
  ExpectSays(Refused(study.folder().Write("a.qdpx", "<!DOCTYPE html><html><body>Log in</body></html>")), "web page");
  ExpectSays(Refused(study.folder().Write("a.qdpx", "<html><body>Log in</body></html>")), "web page");
  ExpectSays(Refused(study.folder().Write("a.qde", "<svg/>")), "no project");
  ExpectSays(Refused(study.folder().path("nergens.qdpx")), "There is no file");
  ExpectSays(Refused(WriteZip(study.folder(), "b.qdpx", {{"readme.txt", "x"}})), "holds no project");
  ExpectSays(Refused(WriteZip(study.folder(), "c.qdpx", {{"a.qde", "<Project/>"}, {"b.qde", "<Project/>"}})), "more than one project");
  ExpectSays(Refused(study.folder().Write("a.qdc", "<CodeBook/>")), "without codes");
}

TEST_F(Hostile, HalfAFile) {
  const std::string whole = ProjectXml("<Users><User guid=\"" + Guid(1) + "\" name=\"Bea\"/></Users>");
  ExpectSays(Refused(study.folder().Write("half.qde", whole.substr(0, whole.size() / 2))), "not a whole file");
  const std::string zip = Zipped(whole + std::string(2000, ' '));
  std::filesystem::resize_file(zip, std::filesystem::file_size(zip) / 2);
  ExpectSays(Refused(zip), "not a whole file");
}

TEST_F(Hostile, EntitiesAndDocumentTypes) {
  ExpectSays(Refused(Zipped("<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY b \"ha\"><!ENTITY c \"&b;&b;\">]><Project name=\"&c;\"/>")), "document type");
  ExpectSays(Refused(Zipped("<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><Project>&b;</Project>")), "document type");
  ExpectSays(Refused(Zipped("<Project name=\"&unknown;\"/>")), "cannot be read");
}

TEST_F(Hostile, DeepNesting) {
  std::string codes;
  for (int i = 0; i < 100'000; ++i) codes += "<Code name=\"a\">";
  ExpectSays(Refused(Zipped(ProjectXml("<CodeBook><Codes>" + codes + "</Codes></CodeBook>"))), "deeper than");
}

TEST_F(Hostile, CodesNestedDeeperThanACodebookWalks) {
  std::string codes, ends;
  for (int i = 0; i < 150; ++i) {
    codes += "<Code guid=\"" + Guid(100 + i) + "\" name=\"n" + std::to_string(i) + "\">";
    ends += "</Code>";
  }
  study.Do("exchange.import", {{"file", Zipped(ProjectXml("<CodeBook><Codes>" + codes + ends + "</Codes></CodeBook>"))}});
  EXPECT_EQ(Count("code_path"), 150);
}

TEST_F(Hostile, ValuesWithoutEnd) {
  ExpectSays(Refused(Zipped(ProjectXml("<Users><User name=\"" + std::string(std::size_t{20} << 20, 'a') + "\"/></Users>"))), "single value");
  ExpectSays(Refused(WriteZip(study.folder(), "t.qdpx",
                              {{"project.qde", ProjectXml("<Sources><TextSource guid=\"" + Guid(40) + "\" plainTextPath=\"internal://a.txt\"/></Sources>")},
                               {"sources/a.txt", std::string(std::size_t{65} << 20, 'a')}})),
             "larger than");
}

TEST_F(Hostile, BombsThatUnfold) {
  // Small as a zip: a text that is too large, and a project whose one value never ends.
  const std::string bomb = WriteZip(study.folder(), "b.qdpx", {{"project.qde", ProjectXml("<Sources><TextSource guid=\"" + Guid(40) + "\" plainTextPath=\"internal://a.txt\"/></Sources>")},
                                                               {"sources/a.txt", std::string(std::size_t{70} << 20, '0')}});
  EXPECT_LT(std::filesystem::file_size(bomb), std::size_t{1} << 20);
  ExpectSays(Refused(bomb), "larger than");
  const std::string endless = Zipped(ProjectXml("<Notes><Note guid=\"" + Guid(41) + "\" name=\"" + std::string(std::size_t{30} << 20, 'a') + "\"/></Notes>"));
  EXPECT_LT(std::filesystem::file_size(endless), std::size_t{1} << 20);
  ExpectSays(Refused(endless), "single value");
}

TEST(ProjectFiles, TextsThatAreTooMuchTogether) {
  struct Counting final : exchange::ProjectFiles {
    const std::string& name() const override { return own; }
    exchange::ByteSource Xml() override { return {}; }
    std::optional<std::string> Read(const std::string&) override {
      Count(exchange::kLargestFile);
      return "";
    }
    std::optional<std::uint64_t> SizeOf(const std::string& path) override { return path == "none" ? std::nullopt : std::optional<std::uint64_t>(exchange::kLargestFile); }
    std::string own = "x.qdpx";
  } files;
  // What a project can do without is read as long as it leaves room for the rest.
  EXPECT_FALSE(files.ReadSmall("none", exchange::kLargestFile));
  EXPECT_FALSE(files.ReadSmall("a.pdf", exchange::kLargestFile - 1));
  for (int i = 0; i < 4; ++i) EXPECT_TRUE(files.ReadSmall("a.pdf", exchange::kLargestFile));
  EXPECT_FALSE(files.ReadSmall("a.pdf", exchange::kLargestFile));
  for (int i = 0; i < 4; ++i) files.Read("a.txt");
  EXPECT_THROW(files.Read("a.txt"), Error);
}

TEST_F(Hostile, AZipOfMoreFilesThanAProjectHas) {
  std::map<std::string, std::string> entries = {{"project.qde", ProjectXml("")}};
  for (int i = 0; i < 100'001; ++i) entries["sources/" + std::to_string(i)] = "";
  ExpectSays(Refused(WriteZip(study.folder(), "n.qdpx", entries)), "files, more than a project can");
}

TEST_F(Hostile, AZipInsideOutAndOneWithAPassword) {
  std::string bytes = "PK\x03\x04";
  bytes.append(300, '\xFF');
  ExpectSays(Refused(study.folder().Write("p.qdpx", bytes)), "not a whole file");
  const std::string path = study.folder().path("w.qdpx");
  int error = 0;
  zip_t* zip = zip_open(path.c_str(), ZIP_CREATE | ZIP_TRUNCATE, &error);
  const std::string xml = ProjectXml("");
  const auto index = zip_file_add(zip, "project.qde", zip_source_buffer(zip, xml.data(), xml.size(), 0), 0);
  zip_file_set_encryption(zip, static_cast<zip_uint64_t>(index), ZIP_EM_AES_256, "geheim");
  ASSERT_EQ(zip_close(zip), 0);
  ExpectSays(Refused(path), "password");
}

TEST_F(Hostile, PathsThatLeaveTheProject) {
  study.folder().Write("geheim.txt", "Wat niemand mag lezen");
  const std::string absolute = study.folder().path("geheim.txt");
  std::string sources;
  int n = 40;
  for (const std::string& path : {std::string("../geheim.txt"), std::string("internal://../geheim.txt"), std::string("relative:///../geheim.txt"), absolute, "absolute://" + absolute, "file://" + absolute,
                                  std::string("sources/../../geheim.txt"), std::string("..\\geheim.txt")}) {
    sources += "<TextSource guid=\"" + Guid(n++) + "\" name=\"s\" plainTextPath=\"" + path + "\"/>";
  }
  const std::string xml = ProjectXml("<Sources>" + sources + "</Sources>");
  study.Do("exchange.import", {{"file", study.folder().Write("project/x.qde", xml)}});
  study.Do("exchange.import", {{"file", WriteZip(study.folder(), "x.qdpx", {{"project.qde", xml}, {"../geheim.txt", "Wat niemand mag lezen"}})}});
  EXPECT_EQ(Count("source"), 0);
  EXPECT_EQ(Count("content WHERE text LIKE '%niemand%'"), 0);
  EXPECT_EQ(Count("exchange_kept"), 8);
}

TEST_F(Hostile, LinksThatLeaveTheProject) {
  const std::string secret = study.folder().Write("geheim.txt", "Wat niemand mag lezen");
  const std::string file = study.folder().Write("project/x.qde", ProjectXml("<Sources><TextSource guid=\"" + Guid(40) + "\" plainTextPath=\"internal://a.txt\"/></Sources>"));
  std::filesystem::create_directories(study.folder().path("project/sources"));
  std::filesystem::create_symlink(secret, study.folder().path("project/sources/a.txt"));
  study.Do("exchange.import", {{"file", file}});
  EXPECT_EQ(Count("source"), 0);
}

TEST_F(Hostile, PlacesAndReferencesThatLeadNowhere) {
  const auto selection = [](const std::string& guid, const std::string& start, const std::string& end, int code) {
    static int coding = 200;
    return "<PlainTextSelection guid=\"" + guid + "\" startPosition=\"" + start + "\" endPosition=\"" + end + "\"><Coding guid=\"" + Guid(coding++) + "\" creatingUser=\"" + Guid(99) + "\"><CodeRef targetGUID=\"" +
           Guid(code) + "\"/></Coding><NoteRef targetGUID=\"" + Guid(98) + "\"/></PlainTextSelection>";
  };
  const std::string xml = ProjectXml("<CodeBook><Codes><Code guid=\"" + Guid(10) + "\" name=\"A\"/><Code guid=\"" + Guid(10) + "\" name=\"B\"/></Codes></CodeBook><Cases><Case guid=\"" + Guid(10) +
                                     "\" name=\"C\"><SourceRef targetGUID=\"" + Guid(97) + "\"/><VariableValue><VariableRef targetGUID=\"" + Guid(96) + "\"/><TextValue>x</TextValue></VariableValue></Case></Cases>" +
                                     "<Sources><TextSource guid=\"" + Guid(40) + "\" name=\"G\"><PlainTextContent>Een korte tekst</PlainTextContent>" + selection(Guid(50), "0", "3", 10) +
                                     selection(Guid(51), "-1", "3", 10) + selection(Guid(52), "9", "4", 10) + selection(Guid(53), "4", "400", 10) +
                                     selection(Guid(54), "4", "99999999999999999999999", 10) + selection(Guid(55), "4", "4", 10) + selection(Guid(50), "4", "9", 10) + selection(Guid(40), "10", "15", 10) +
                                     selection("", "10", "12", 11) + "</TextSource></Sources>");
  study.Do("exchange.import", {{"file", Zipped(xml)}});
  EXPECT_TRUE(study.store().Check().empty());
  EXPECT_EQ(Count("code"), 2);
  EXPECT_EQ(Count("study_case"), 1);
  EXPECT_EQ(Count("study_case JOIN code USING (id)"), 0) << "two kinds of things never share an id";
  EXPECT_EQ(Count("quote"), 4);
  EXPECT_EQ(Count("coding"), 3);
  EXPECT_EQ(Count("coding WHERE coder_id IS NOT NULL"), 0);
  const std::string before = study.Dump();
  study.Do("exchange.import", {{"file", Zipped(xml)}});
  EXPECT_EQ(study.Dump(), before);
}

TEST_F(Hostile, AStoppedImportLeavesNothing) {
  const std::string before = study.Dump();
  const std::string file = Zipped(ProjectXml("<CodeBook><Codes><Code guid=\"" + Guid(10) + "\" name=\"A\"/></Codes></CodeBook><Sources><TextSource guid=\"" + Guid(40) +
                                             "\" name=\"G\"><PlainTextContent>Een korte tekst</PlainTextContent></TextSource></Sources>"));
  Job reading;
  const auto arguments = study.engine().Parse(study.engine().CommandOf("exchange.import").parameters, {{"file", file}});
  Plan plan = study.engine().Prepare("exchange.import", arguments, reading);
  Job* running = nullptr;
  Job writing([&](double, const Message&) { running->Cancel(); });  // Once the codebook is in.
  running = &writing;
  EXPECT_THROW(study.engine().Apply("exchange.import", plan, study.actor(), writing), Error);
  EXPECT_EQ(study.Dump(), before);
}

}  // namespace
}  // namespace meerstem::testing
