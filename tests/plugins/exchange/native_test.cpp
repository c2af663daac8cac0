// Projects as other tools keep them themselves, and databases that mean harm. Every one is made here.
#include <gtest/gtest.h>
#include <sqlite3.h>

#include "plugins/exchange/html_text.h"
#include "plugins/exchange/part.h"
#include "tests/plugins/exchange/project_files.h"

namespace meerstem::testing {
namespace {

const char* const kQualCoder =
    "CREATE TABLE project (databaseversion text, date text, memo text, about text);"
    "CREATE TABLE source (id integer primary key, name text, fulltext text, mediapath text, memo text, owner text, date text);"
    "CREATE TABLE code_cat (catid integer primary key, name text, owner text, date text, memo text, supercatid integer);"
    "CREATE TABLE code_name (cid integer primary key, name text, memo text, catid integer, owner text, date text, color text);"
    "CREATE TABLE code_text (ctid integer primary key, cid integer, fid integer, seltext text, pos0 integer, pos1 integer, owner text, date text, memo text);"
    "CREATE TABLE annotation (anid integer primary key, fid integer, pos0 integer, pos1 integer, memo text, owner text, date text);"
    "CREATE TABLE cases (caseid integer primary key, name text, memo text, owner text, date text);"
    "CREATE TABLE case_text (id integer primary key, caseid integer, fid integer, pos0 integer, pos1 integer, owner text, date text, memo text);"
    "CREATE TABLE attribute_type (name text primary key, date text, owner text, memo text, caseOrFile text, valuetype text);"
    "CREATE TABLE attribute (attrid integer primary key, name text, attr_type text, value text, id integer, date text, owner text);"
    "CREATE TABLE journal (jid integer primary key, name text, jentry text, date text, owner text);"
    "INSERT INTO project VALUES ('v8', '2023-01-01 10:00:00', 'Een proef', 'QualCoder 3.5');"
    "INSERT INTO source VALUES (1, 'Gesprek', char(65279) || 'Ze belt 🙂 als' || char(13, 10) || 'het moeilijk gaat.', NULL, 'Eerste bezoek', 'bea', '2023-01-02 10:00:00'),"
    "  (2, 'film.mp4', NULL, '/video/film.mp4', '', 'bea', '2023-01-02 10:00:00');"
    "INSERT INTO code_cat VALUES (1, 'Relatie', 'bea', '', 'Wat bindt', NULL), (2, 'Nabij', 'bea', '', '', 1);"
    "INSERT INTO code_name VALUES (7, 'Vertrouwen', 'Steun', 2, 'bea', '', '#FF0000'), (8, 'Tijd', '', NULL, 'bea', '', 'geen kleur');";

class Native : public ::testing::Test {
 protected:
  std::string Database(const std::string& name, const std::string& sql) {
    const std::string path = study.folder().path(name);
    if (!std::filesystem::exists(path)) study.folder().Write(name, "");
    sqlite3* database = nullptr;
    sqlite3_open(path.c_str(), &database);
    char* error = nullptr;
    EXPECT_EQ(sqlite3_exec(database, sql.c_str(), nullptr, nullptr, &error), SQLITE_OK) << (error ? error : "");
    sqlite3_free(error);
    sqlite3_close(database);
    return path;
  }
  void Import(const std::string& path) { study.Do("exchange.import", {{"file", path}}); }
  std::string Refused(const std::string& path) {
    const std::string before = study.Dump();
    const std::string sentence = study.Refusal("exchange.import", {{"file", path}});
    EXPECT_EQ(study.Dump(), before);
    return sentence;
  }
  std::string All(const std::string& sql) {
    std::string all;
    auto reading = study.store().Read();
    auto rows = reading->Query(sql);
    while (rows.Step()) all += rows.Text(0) + "\n";
    return all;
  }
  std::int64_t Count(const std::string& table) { return study.store().Read()->Number("SELECT count(*) FROM " + table); }
  /// What the last import left out, by the report's words.
  std::string LeftOut() { return All("SELECT json_extract(what, '$[0]') || ': ' || dropped FROM exchange_line WHERE dropped > 0 ORDER BY order_key"); }

  TestStudy study{{exchange::Register}};
};

void ExpectSays(const std::string& sentence, const std::string& words) { EXPECT_NE(sentence.find(words), std::string::npos) << sentence; }

TEST_F(Native, QualCoder) {
  Database("Proef.qda/data.qda", std::string(kQualCoder) +
                                     "INSERT INTO code_text VALUES (1, 7, 1, 'het moeilijk gaat', 16, 33, 'bea', '2023-02-03 04:05:06', 'Let op'), (2, 8, 1, 'Ze belt', 1, 8, 'jan', '', '');"
                                     "INSERT INTO annotation VALUES (1, 1, 4, 8, 'Wie belt?', 'jan', '2023-02-04 00:00:00');"
                                     "INSERT INTO cases VALUES (3, 'NO-01', 'Een gezin', 'bea', ''), (4, 'NO-02', '', 'bea', '');"
                                     "INSERT INTO case_text VALUES (1, 3, 1, 0, 34, 'bea', '', ''), (2, 4, 1, 16, 33, 'bea', '', '');"
                                     "INSERT INTO attribute_type VALUES ('Leeftijd', '', '', '', 'case', 'numeric'), ('Plaats', '', '', '', 'file', 'character');"
                                     "INSERT INTO attribute VALUES (1, 'Leeftijd', 'case', '44', 3, '', ''), (2, 'Plaats', 'file', 'Gent', 1, '', ''), (3, 'Plaats', 'file', 'Aalst', 99, '', '');"
                                     "INSERT INTO journal VALUES (1, 'Dagboek', 'Vandaag begonnen', '2023-01-03 00:00:00', 'bea');");
  Import(study.folder().path("Proef.qda"));
  EXPECT_EQ(All("SELECT coder || ': ' || code || ': ' || text FROM coding_full ORDER BY start"), "jan: Tijd: Ze belt\nbea: Relatie/Nabij/Vertrouwen: het moeilijk gaat\n");
  EXPECT_EQ(All("SELECT name || codable || colour || definition FROM code WHERE name IN ('Relatie', 'Vertrouwen') ORDER BY name"), "Relatie0" + All("SELECT colour FROM code WHERE name = 'Relatie'").substr(0, 7) +
                                                                                                                                     "Wat bindt\nVertrouwen1#FF0000Steun\n");
  EXPECT_EQ(All("SELECT strftime('%Y-%m-%d %H:%M:%S', at / 1000, 'unixepoch') FROM coding JOIN code ON code.id = code_id WHERE name = 'Vertrouwen'"), "2023-02-03 04:05:06\n");
  EXPECT_EQ(All("SELECT entity_kind || ': ' || text FROM memo ORDER BY 1"), "case: Een gezin\nquote: Let op\nquote: Wie belt?\nsource: Eerste bezoek\nstudy: Dagboek\n\nVandaag begonnen\nstudy: Een proef\n");
  EXPECT_EQ(All("SELECT code FROM source_about JOIN study_case ON study_case.id = case_id"), "NO-01\n");
  EXPECT_EQ(All("SELECT code FROM quote_about JOIN study_case ON study_case.id = case_id"), "NO-02\n");
  EXPECT_EQ(All("SELECT name || type || value FROM variable_value JOIN variable ON variable.id = variable_id ORDER BY 1"), "Leeftijdfloat44\nPlaatstextGent\n");
  EXPECT_EQ(LeftOut(), "Pictures, sound recordings and films: 1\nValues of unknown things: 1\n");
  EXPECT_TRUE(study.store().Check().empty());
  const std::string before = study.Dump();
  Import(study.folder().path("Proef.qda/data.qda"));
  EXPECT_EQ(study.Dump(), before);
  EXPECT_EQ(All("SELECT file_name FROM exchange_import"), "Proef.qda\n");
}

TEST_F(Native, WhatWasCodedThereSinceIsAdded) {
  const std::string path = Database("Proef.qda/data.qda", std::string(kQualCoder) + "INSERT INTO code_text VALUES (1, 7, 1, 'belt', 4, 8, 'bea', '', '');");
  Import(path);
  Database("Proef.qda/data.qda", "INSERT INTO code_text VALUES (2, 8, 1, 'belt', 4, 8, 'jan', '', ''); INSERT INTO code_name VALUES (9, 'Nieuw', '', 1, 'jan', '', '');");
  Import(path);
  EXPECT_EQ(Count("coding"), 2);
  EXPECT_EQ(Count("code"), 5);
  EXPECT_EQ(Count("source"), 1);
}

TEST_F(Native, Rqda) {
  Import(Database("p.rqda",
                  "CREATE TABLE project (databaseversion text, date text, memo text);"
                  "CREATE TABLE source (name text, id integer, file text, memo text, owner text, date text, status integer);"
                  "CREATE TABLE freecode (name text, memo text, owner text, id integer, status integer, color text);"
                  "CREATE TABLE codecat (name text, catid integer, memo text, status integer);"
                  "CREATE TABLE treecode (cid integer, catid integer, status integer);"
                  "CREATE TABLE coding (cid integer, fid integer, seltext text, selfirst real, selend real, status integer, owner text, date text, memo text);"
                  "CREATE TABLE coding2 (cid integer, fid integer, seltext text, selfirst real, selend real, status integer, owner text, date text, memo text);"
                  "CREATE TABLE annotation (fid integer, position integer, annotation text, owner text, date text, status integer);"
                  "INSERT INTO project VALUES ('0.2.2', 'Fri Jul 16 17:16:29 2010', '');"
                  "INSERT INTO source VALUES ('G', 1, 'Ze belt 🙂 elke week.', '', 'An', '', 1), ('Weg', 2, 'weg', '', 'An', '', 0);"
                  "INSERT INTO freecode VALUES ('Tijd', 'Hoe vaak', 'An', 1, 1, NULL), ('Weg', '', 'An', 2, 0, NULL);"
                  "INSERT INTO codecat VALUES ('Ritme', 5, '', 1), ('Ook', 6, '', 1);"
                  "INSERT INTO treecode VALUES (1, 5, 1), (1, 6, 1);"
                  "INSERT INTO coding VALUES (1, 1, 'elke week', 10.0, 19.0, 1, 'An', 'Sat Jul  3 07:08:09 2010', 'Nagaan'), (1, 1, 'Ze', 0, 2, 0, 'An', '', ''), (2, 1, 'belt', 3, 7, 1, 'An', '', ''),"
                  "  (1, 1, 'iets anders', 3, 7, 1, 'An', '', '');"
                  "INSERT INTO coding2 VALUES (1, 1, 'elke week', 10.0, 19.0, 1, 'Bo', '', '');"
                  "INSERT INTO annotation VALUES (1, 4, 'Bel terug', 'An', '', 1);"));
  EXPECT_EQ(All("SELECT coder || ': ' || code || ': ' || text FROM coding_full ORDER BY start, coder"), "An: Ritme/Tijd: belt\nAn: Ritme/Tijd: elke week\nBo: Ritme/Tijd: elke week\n");
  EXPECT_EQ(All("SELECT strftime('%Y-%m-%d %H:%M:%S', min(at) / 1000, 'unixepoch') FROM coding"), "2010-07-03 07:08:09\n");
  EXPECT_EQ(All("SELECT entity_kind || ': ' || text FROM memo ORDER BY 1"), "quote: Nagaan\nsource: Bel terug\n");
  const std::string left = LeftOut();
  ExpectSays(left, "Things deleted in the tool: 3");
  ExpectSays(left, "Codes in a further category: 1");
  ExpectSays(left, "Codings with an unknown code: 1");
  ExpectSays(left, "Selections whose words are others than the tool noted: 1");
  ExpectSays(left, "Memos at a place in a text: 1");
}

const std::string kTaguette =
    "CREATE TABLE projects (id INTEGER PRIMARY KEY, name TEXT, description TEXT, created DATETIME);"
    "CREATE TABLE documents (id INTEGER PRIMARY KEY, name TEXT, description TEXT, filename TEXT, contents TEXT);"
    "CREATE TABLE tags (id INTEGER PRIMARY KEY, project_id INTEGER, path TEXT, description TEXT);"
    "CREATE TABLE highlights (id INTEGER PRIMARY KEY, document_id INTEGER, start_offset INTEGER, end_offset INTEGER, snippet TEXT);"
    "CREATE TABLE highlight_tags (highlight_id INTEGER, tag_id INTEGER);"
    "CREATE TABLE commands (id INTEGER PRIMARY KEY, date DATETIME, user_login TEXT, payload TEXT);"
    "INSERT INTO projects VALUES (1, 'Proef', 'Over proeven', '2024-06-21 14:53:48.297396');"
    "INSERT INTO documents VALUES (1, 'Gesprek', '', 'g.docx', '<p>Ze <b>belt</b> 🙂 &amp; é</p><p>Elke week.</p><br>Dag');"
    "INSERT INTO tags VALUES (1, 1, 'steun', 'Wie helpt'), (2, 1, 'tijd', '');";

TEST_F(Native, Taguette) {
  // Bytes of the words: "Ze belt 🙂 & é" is 17 long, then "Elke week." and "Dag".
  Import(Database("p.sqlite3", kTaguette +
                                   "INSERT INTO highlights VALUES (1, 1, 3, 17, '<b>belt</b> 🙂 &amp; é'), (2, 1, 17, 21, 'Elke'), (3, 1, 27, 30, 'Dag'), (4, 1, 27, 99, '');"
                                   "INSERT INTO highlight_tags VALUES (1, 1), (1, 2), (2, 2), (3, 9);"
                                   "INSERT INTO commands VALUES (1, '2024-06-22 10:00:00', 'bea', '{\"type\": \"highlight_add\", \"highlight_id\": 1}'), (2, '', 'jan', '{\"type\": \"highlight_add\", \"highlight_id\": 1}'),"
                                   "  (3, '', 'jan', 'geen json'), (4, '', 'jan', '[[[');"));
  EXPECT_EQ(All("SELECT text FROM content"), "Ze belt 🙂 & é\nElke week.\nDag\n");
  EXPECT_EQ(All("SELECT ifnull(coder, '-') || ': ' || code || ': ' || text FROM coding_full ORDER BY start, code"), "bea: steun: belt 🙂 & é\nbea: tijd: belt 🙂 & é\n-: tijd: Elke\n");
  EXPECT_EQ(All("SELECT text FROM quote_text ORDER BY start"), "belt 🙂 & é\nElke\nDag\n");
  ExpectSays(LeftOut(), "Selections outside their text: 1");
  ExpectSays(LeftOut(), "Codings with an unknown code: 1");
  EXPECT_EQ(All("SELECT text FROM memo"), "Over proeven\n");
}

TEST_F(Native, SeveralProjectsInOneFile) { ExpectSays(Refused(Database("p.sqlite3", kTaguette + "INSERT INTO projects VALUES (2, 'Nog een', '', '');")), "2 projects"); }

TEST_F(Native, WhatNobodyDescribes) {
  ExpectSays(Refused(study.folder().Write("p.mx22", "SQLite format 3")), "REFI-QDA");
  ExpectSays(Refused(Database("x.sqlite3", "CREATE TABLE iets (a)")), "no project of QualCoder");
  ExpectSays(Refused(Database("x.qda", "CREATE TABLE source (id); CREATE TABLE code_name (cid); CREATE TABLE code_text (ctid);")), "neither texts nor codes");
  std::filesystem::create_directories(study.folder().path("map"));
  ExpectSays(Refused(study.folder().path("map")), "folder");
}

TEST_F(Native, HalfADatabase) {
  const std::string path = Database("p.rqda", std::string(kQualCoder) + "WITH RECURSIVE n(i) AS (SELECT 10 UNION ALL SELECT i + 1 FROM n WHERE i < 2000) INSERT INTO source SELECT i, 'g' || i, hex(randomblob(300)), '', '', '', '' FROM n;");
  std::filesystem::resize_file(path, std::filesystem::file_size(path) / 2);
  ExpectSays(Refused(path), "not a whole file");
  ExpectSays(Refused(study.folder().Write("q.rqda", std::string("SQLite format 3\0", 16) + std::string(4000, 'x'))), "not a whole file");
}

TEST_F(Native, OpenElsewhere) {
  const std::string path = Database("p.rqda", kQualCoder);
  study.folder().Write("p.rqda-wal", "nog niet ingevoegd");
  ExpectSays(Refused(path), "another program");
}

TEST_F(Native, ViewsTriggersAndMadeUpColumnsNeverRun) {
  const std::string tables = "CREATE TABLE project (date); CREATE TABLE echt (id, name, fulltext); INSERT INTO echt VALUES (1, 'g', 'tekst'); CREATE TABLE code_name (cid, name); CREATE TABLE code_text (cid);";
  ExpectSays(Refused(Database("v.rqda", tables + "CREATE VIEW source AS SELECT * FROM echt;")), "no project of");
  const std::string path = Database("g.rqda", tables + "CREATE TABLE source (id, name, fulltext, memo AS (hex(zeroblob(20000000)) || hex(zeroblob(20000000))));"
                                                       "INSERT INTO source (id, name, fulltext) VALUES (1, 'g', 'tekst');"
                                                       "CREATE TRIGGER t AFTER INSERT ON source BEGIN SELECT load_extension('x'); END;");
  Import(path);
  EXPECT_EQ(Count("source"), 1);
  EXPECT_EQ(Count("memo"), 0);
}

TEST_F(Native, ValuesOfTheWrongKind) {
  Import(Database("p?a=b%20#.rqda", std::string(kQualCoder) +
                                        "INSERT INTO source VALUES (3, NULL, x'5A65206200656C74FF', NULL, x'00', 5, 6.5), (4, 'g', 123, '', '', '', '');"
                                        "INSERT INTO code_name VALUES (20, NULL, NULL, 'x', NULL, NULL, NULL);"
                                        "INSERT INTO code_text (cid, fid, pos0, pos1, owner) VALUES (7, 1, 'a', 3, ''), (7, 1, 1.5, 3, ''), (7, 1, -5, 3, ''), (7, 1, 8, 1, ''), (7, 1, 3, 9e18, ''), (NULL, 1, 1, 3, NULL),"
                                        "  (7, 99, 1, 3, ''), (7, NULL, 1, 3, ''), ('7', '1', '1', '3', x'00FF');"));
  EXPECT_TRUE(study.store().Check().empty());
  EXPECT_EQ(Count("coding"), 1);
  EXPECT_EQ(Count("source"), 3);
  const std::string left = LeftOut();
  ExpectSays(left, "Selections without a place: 2");
  ExpectSays(left, "Selections outside their text: 2");
  ExpectSays(left, "Selections that end before they begin: 1");
  ExpectSays(left, "Selections in a text that is not there: 2");
}

TEST_F(Native, AValueWithoutEnd) {
  ExpectSays(Refused(Database("p.rqda", std::string(kQualCoder) + "INSERT INTO source VALUES (3, 'g', zeroblob(70000000), '', '', '', '');")), "single value");
}

TEST_F(Native, CategoriesInACircle) {
  Import(Database("p.rqda", std::string(kQualCoder) + "UPDATE code_cat SET supercatid = 2 WHERE catid = 1; INSERT INTO code_cat VALUES (5, 'Zelf', '', '', '', 5);"));
  EXPECT_EQ(Count("code_path"), 5);
  ExpectSays(LeftOut(), "Codes that hang below themselves: 2");
}

TEST_F(Native, ACodebookAsATable) {
  Import(study.folder().Write("codes.csv", "tag,description,number of highlights\nSteun,\"Wie helpt, en hoe\",12\nTijd,,3\nSteun,nog eens,1\n"));
  EXPECT_EQ(All("SELECT name || ': ' || definition FROM code ORDER BY name"), "Steun: Wie helpt, en hoe\nTijd: \n");
  ExpectSays(LeftOut(), "Codes that stand in the table twice: 1");
  const std::string before = study.Dump();
  Import(study.folder().path("codes.csv"));
  EXPECT_EQ(study.Dump(), before);
  ExpectSays(Refused(study.folder().Write("antwoorden.csv", "zaak;datum\nNO-01;2023-01-01\n")), "no codebook");
  ExpectSays(Refused(study.folder().Write("leeg.csv", "")), "no codebook");
}

TEST(HtmlText, WordsAndPlaces) {
  const auto page = exchange::WordsOfHtml("<h1>A&eacute;</h1><p>b<script>x()</script></p>\n<p>c</p>");
  EXPECT_EQ(page.words, "Aé\nb\nc");
  EXPECT_EQ(page.Place(3, true), 3u);
  EXPECT_EQ(page.Place(3, false), 4u);
  EXPECT_EQ(exchange::WordsOfHtml("").words, "");
  EXPECT_EQ(exchange::WordsOfHtml("<p>half <b").words, "half ");
}

}  // namespace
}  // namespace meerstem::testing
