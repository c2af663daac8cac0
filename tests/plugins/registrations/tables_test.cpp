// Tables of every format and shape, good and hostile, and what a program that is not ours makes of what we write.
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

#include <zip.h>

#include "core/base/csv.h"
#include "core/base/language.h"
#include "core/base/process.h"
#include "core/study/exclusions.h"
#include "plugins/registrations/export_table.h"
#include "tests/plugins/registrations/small_study.h"

namespace meerstem::registrations {
namespace {

using Lines = std::vector<std::string>;

constexpr const char* kTabled =
    "F1,,dwelling,2022-01-31,3,\"Te klein; lekt, \"\"al lang\"\"\"\n"
    "F1,A1,stress,2022-01-31,2,\n"
    "F1,A1,employment,2022-01-31,n/a,\n"
    "F1,K1,school,2022-01-31,unknown,\n"
    "F1,,,2022-04-30,,\n"
    "F1,,dwelling,2022-07-30,=,\n"
    "F1,A2,stress,2022-07-30,4,\n"
    "F2,B1,stress,2022-03-01,5,\n"
    "F2,,dwelling,2022-03-01,,-alleen een opmerking\n";

std::string Utf16(const std::string& ascii, bool big_endian) {
  std::string bytes = big_endian ? "\xFE\xFF" : "\xFF\xFE";
  for (const char c : ascii) bytes += big_endian ? std::string("\0", 1) + c : c + std::string("\0", 1);
  return bytes;
}

/// A zip file of these parts.
void WriteZip(const std::string& path, const std::vector<std::pair<std::string, std::string>>& parts) {
  zip_t* zip = zip_open(path.c_str(), ZIP_CREATE | ZIP_TRUNCATE, nullptr);
  for (const auto& [name, bytes] : parts) zip_file_add(zip, name.c_str(), zip_source_buffer(zip, bytes.data(), bytes.size(), 0), 0);
  ASSERT_EQ(zip_close(zip), 0);
}

constexpr const char* kWorkbook =
    R"(<workbook xmlns:r="r"><sheets><sheet name="Uitleg" r:id="a"/><sheet name="Data" r:id="b"/></sheets></workbook>)";
constexpr const char* kRelations =
    R"(<Relationships><Relationship Id="a" Target="worksheets/sheet1.xml"/><Relationship Id="b" Target="/xl/worksheets/sheet2.xml"/></Relationships>)";

std::vector<std::pair<std::string, std::string>> Workbook(const std::string& sheet) {
  return {{"xl/workbook.xml", kWorkbook}, {"xl/_rels/workbook.xml.rels", kRelations}, {"xl/worksheets/sheet1.xml", sheet}, {"xl/worksheets/sheet2.xml", sheet}};
}

class Tables : public ::testing::Test {
 protected:
  std::string File(const std::string& name, const std::string& bytes) { return study.folder().Write(name, bytes); }
  Lines Refused(const std::string& file) { return {study.Refusal("registrations.import", {{"file", file}})}; }
  Lines All() {
    Lines lines = study.History("F1");
    for (const auto& line : study.History("F2")) lines.push_back(line);
    return lines;
  }
  /// What the study holds of registrations, as a table of text, ids left out.
  std::string Content() {
    std::string all;
    auto reading = study.store().Read();
    auto rows = reading->Query(
        "SELECT study_case.code, registration.date, occasion, ifnull(item.key, ''), ifnull(pseudonym, ''), ifnull(status, ''), ifnull(answer.value, ''), ifnull(content.text, '') "
        "FROM registration JOIN study_case ON study_case.id = case_id LEFT JOIN answer ON registration_id = registration.id LEFT JOIN item ON item.id = item_id "
        "LEFT JOIN person ON person.id = person_id LEFT JOIN source ON source.id = remark_id LEFT JOIN content ON hash = content_hash ORDER BY 1, 2, 4, 5");
    while (rows.Step()) {
      for (int i = 0; i < 8; ++i) all += rows.Text(i) + (i < 7 ? "|" : "\n");
    }
    return all;
  }
  SmallStudy study;
};

TEST_F(Tables, SemicolonsTitlesAndDutchHeads) {
  study.Do("registrations.import", {{"file", File("a.csv", "Export van het platform\r\ngemaakt op;1/2/2022\r\n\r\nGezin;Lid;Vraag;Datum;Waarde;Opmerking\r\nF1;;dwelling;31-01-2022;3,0;\"Dak; goot\"\r\n"
                                                            "F1;A1;stress;31.01.2022 00:00:00;point 2;\r\nF1;A1;employment;2022-01-31;niet van toepassing;\r\n")}});
  EXPECT_EQ(study.History("F1"), (Lines{"dwelling: 3", "employment/A1: n/a", "stress/A1: 2", "employment/A2: not_asked", "stress/A2: not_asked", "school/K1: empty"}));
}

TEST_F(Tables, Utf16BothWaysAndOtherSeparators) {
  const std::string text = "case|item|date|value\nF1|dwelling|2022-01-31|3\n";
  for (const bool big : {false, true}) {
    study.Do("registrations.import", {{"file", File("u.csv", Utf16(text, big))}});
    EXPECT_EQ(study.History("F1")[0], "dwelling: 3");
    study.Undo();
  }
  study.Do("registrations.import", {{"file", File("x.csv", "case#item#date#value\nF1#dwelling#2022-01-31#3\n")}, {"separator", "#"}});
  EXPECT_EQ(study.History("F1")[0], "dwelling: 3");
  EXPECT_NE(study.Refusal("registrations.import", {{"file", File("o.csv", Utf16(text, true) + "x")}}).find("ends in the middle of a character"), std::string::npos);
}

TEST_F(Tables, WideTablesAndMapping) {
  const std::string file = File("wide.csv",
                                "Code;Wie;Dag;Q1;Q2;Q3;Vrij\nF1;;31/01/2022;3;;;x\nF1;A1;31/01/2022;;9;2;\nF1;K1;31/01/2022;;;;\nF1;A2;31/01/2022;;;2;\n");
  const RawArguments mapping = {{"file", file}, {"map", "case=Code"}, {"map", "member=Wie"}, {"map", "date=Dag"}, {"map", "dwelling=Q1"}, {"map", "employment=Q2"}, {"map", "stress=Q3"}, {"not-applicable", "9"}};
  EXPECT_NE(study.Refusal("registrations.import", mapping).find("1 row cannot come in, line 5: A2 was not a member of F1 on 31/01/2022."), std::string::npos);
  RawArguments skipping = mapping;
  skipping.emplace_back("skip-bad", "yes");
  skipping.emplace_back("remember", "platform");
  study.Do("registrations.import", skipping);
  const Lines expected = {"dwelling: 3", "employment/A1: n/a", "stress/A1: 2", "employment/A2: not_asked", "stress/A2: not_asked", "school/K1: empty"};
  EXPECT_EQ(study.History("F1"), expected);
  study.Undo();
  EXPECT_EQ(study.Count("import_mapping"), 0) << "one step, mapping and all";
  study.Redo();
  study.Do("registrations.delete", {{"registration", "F1 2022-01-31"}});
  study.Do("registrations.import", {{"file", file}, {"mapping", "platform"}, {"skip-bad", "yes"}});
  EXPECT_EQ(study.History("F1"), expected) << "what was remembered is enough";
  EXPECT_NE(study.Refusal("registrations.import", {{"file", file}, {"mapping", "platform"}, {"map", "case=Nummer"}}).find("“Nummer”"), std::string::npos);
  EXPECT_NE(study.Refusal("registrations.import", {{"file", file}, {"map", "Code"}}).find("is not role=column"), std::string::npos);
}

TEST_F(Tables, AMappingIsAForm) {
  study.Do("registrations.map", {{"file", File("m.csv", "Meetmomenten\n\nCode;Datum;Q1;Q2\nF1;31/01/2022;3;4\n")}, {"name", "m"}});
  const auto form = [&] { return std::get<view::Form>(study.See("registrations.mapping", {{"mapping", "m"}}).body); };
  const auto field = [&](const std::string& key) {
    const view::Form now = form();
    for (const auto& one : now.fields) {
      if (one.key == key) return one;
    }
    return view::Field{};
  };
  EXPECT_EQ(form().next_unanswered, "case");
  EXPECT_EQ(std::get<std::string>(field("date").value.value), "Datum");
  EXPECT_EQ(field("case").choices.size(), 5u);
  study.Do("registrations.set-mapping", {{"mapping", "m"}, {"what", "case"}, {"value", "Code"}});
  study.Do("registrations.set-mapping", {{"mapping", "m"}, {"what", "dwelling"}, {"value", "Q1"}});
  EXPECT_EQ(form().next_unanswered, "");
  EXPECT_NE(study.Refusal("registrations.set-mapping", {{"mapping", "m"}, {"what", "stress"}, {"value", "Q9"}}), "");
  study.Do("registrations.import", {{"file", study.folder().path("m.csv")}, {"mapping", "m"}});
  EXPECT_EQ(study.History("F1")[0], "dwelling: 3");
  study.Do("registrations.delete-mapping", {{"mapping", "m"}});
  study.Do("registrations.map", {{"file", File("lang.csv", "Gezin;Datum;Vraag;Hoeveel\nF1;31/01/2022;dwelling;3\n")}, {"name", "m"}});
  EXPECT_EQ(form().next_unanswered, "value") << "a line for each answer, of which one column is not known yet";
  study.Do("registrations.delete-mapping", {{"mapping", "m"}});
  EXPECT_TRUE(view::IsEmpty(study.See("registrations.mapping"))) << "and without one the view says how to make one";
}

TEST_F(Tables, WhatGoesOutComesInTheSame) {
  study.Import(kTabled);
  const std::string before = Content();
  ASSERT_NE(before.find("confirmed|3"), std::string::npos);
  for (const char* name : {"long.csv", "long.xlsx", "long.sav", "long.zsav", "long.dta"}) {
    const std::string path = study.folder().path(name);
    study.Do("registrations.export", {{"to", path}});
    for (const char* registration : {"F1 2022-01-31", "F1 2022-04-30", "F1 2022-07-30", "F2 2022-03-01"}) study.Do("registrations.delete", {{"registration", registration}});
    ASSERT_EQ(study.Count("answer"), 0);
    study.Do("registrations.import", {{"file", path}});
    EXPECT_EQ(Content(), before) << name;
  }
}

TEST_F(Tables, WideGoesOutAndComesInWithItsValues) {
  study.Import(kTabled);
  const Lines before = All();
  for (const char* name : {"wide.csv", "wide.xlsx", "wide.sav", "wide.dta"}) {
    const std::string path = study.folder().path(name);
    study.Do("registrations.export", {{"to", path}, {"shape", "wide"}});
    for (const char* registration : {"F1 2022-01-31", "F1 2022-04-30", "F1 2022-07-30", "F2 2022-03-01"}) study.Do("registrations.delete", {{"registration", registration}});
    study.Do("registrations.import", {{"file", path}});
    EXPECT_EQ(All(), before) << name;
  }
  study.Do("registrations.export", {{"to", study.folder().path("standing.csv")}, {"shape", "wide"}, {"values", "standing"}});
  std::ifstream file(study.folder().path("standing.csv"));
  std::string text((std::istreambuf_iterator<char>(file)), {});
  EXPECT_NE(text.find("F1,Noord,,household,2022-04-30,,3,,,"), std::string::npos) << text;
}

TEST_F(Tables, PsppReadsLabelsLevelsAndMissingValues) {
  study.Import(kTabled);
  study.Do("registrations.export", {{"to", study.folder().path("out.sav")}, {"shape", "wide"}, {"labels", "en"}});
  File("look.sps", "GET FILE='out.sav'.\nDISPLAY DICTIONARY.\nFREQUENCIES /VARIABLES=employment stress.\nLIST /VARIABLES=case date dwelling.\n");
  ProcessLimits limits;
  limits.folder = study.folder().path("");
  const auto result = RunProcess({"pspp", "--no-output", "-o", "out.txt", "look.sps"}, {}, limits);
  ASSERT_TRUE(result.ok()) << result.err << result.out;
  std::ifstream file(study.folder().path("out.txt"));
  const std::string text((std::istreambuf_iterator<char>(file)), {});
  for (const char* expected : {"point 4", "Ordinal", "-8; -9", "EDATE10", "31.01.2022", "n/a"}) EXPECT_NE(text.find(expected), std::string::npos) << expected << "\n" << text;
}

/// Runs a script in the study's folder and returns what it says.
std::string InR(const std::string& folder, const std::string& script) {
  ProcessLimits limits;
  limits.folder = folder;
  const auto result = RunProcess({"Rscript", "--vanilla", "-e", script}, {}, limits);
  EXPECT_TRUE(result.ok()) << result.err;
  return result.out;
}

TEST_F(Tables, RReadsSpssWithItsLabels) {
  study.Import(kTabled);
  study.Do("registrations.export", {{"to", study.folder().path("out.sav")}, {"shape", "wide"}, {"labels", "en"}});
  const std::string said = InR(study.folder().path(""),
                               "d <- suppressWarnings(foreign::read.spss('out.sav', to.data.frame = TRUE, use.value.labels = FALSE, use.missings = TRUE)); "
                               "cat(nrow(d), sum(d$dwelling, na.rm = TRUE), sum(!is.na(d$dwelling)), names(attr(d$stress, 'value.labels')), sep = '|')");
  std::int64_t rows = 0, sum = 0, known = 0;
  {
    auto reading = study.store().Read();
    rows = reading->Number("SELECT (SELECT count(*) FROM registration) + (SELECT count(*) FROM (SELECT DISTINCT registration_id, person_id FROM answer WHERE person_id IS NOT NULL AND status <> 'remark'))");
    sum = reading->Number("SELECT sum(value) FROM answer WHERE item_id = (SELECT id FROM item WHERE key = 'dwelling')");
    known = reading->Number("SELECT count(value) FROM answer WHERE item_id = (SELECT id FROM item WHERE key = 'dwelling')");
  }
  EXPECT_EQ(said.rfind(std::to_string(rows) + "|" + std::to_string(sum) + "|" + std::to_string(known) + "|", 0), 0u) << said;
  EXPECT_NE(said.find("point 4"), std::string::npos) << said;
}

TEST_F(Tables, WhatRWritesForStataComesIn) {
  // R writes dates as bare numbers, what is not there as the last of Stata's missing values, factors counted from 1, and
  // UTF-8 into a format that Stata itself filled with Windows-1252.
  InR(study.folder().path(""),
      "d <- data.frame(Gezin = c('F1', 'F1', 'F2'), Lid = c(' ', 'A1', 'B1'), Datum = as.Date(c('2022-01-31', '2022-01-31', '2022-03-01')), dwelling = c(3L, NA, NA), "
      "stress = factor(c(NA, 'weet niet', 'point 5'), levels = c('point 1', 'point 5', 'weet niet')), plek = c('één', 'Brontë', 'x'), stringsAsFactors = FALSE); "
      "for (v in c(7, 8, 10)) foreign::write.dta(d, paste0('in', v, '.dta'), version = v)");
  for (const char* name : {"in7.dta", "in8.dta", "in10.dta"}) {
    study.Do("registrations.import", {{"file", study.folder().path(name)}});
    EXPECT_EQ(study.Count("registration WHERE date IN ('2022-01-31', '2022-03-01')"), 2) << name;
    EXPECT_EQ(study.History("F1")[0], "dwelling: 3") << name;
    EXPECT_EQ(study.History("F1")[2], "stress/A1: unknown") << name << ": said by its value label";
    EXPECT_EQ(study.History("F2")[2], "stress/B1: 5") << name << ": the second level of the factor is point 5";
    study.Undo();
    study.Do("registrations.import-variables", {{"file", study.folder().path(name)}, {"number-rows", "R"}});
    EXPECT_EQ(study.Count("variable_value WHERE value IN ('één', 'Brontë')"), 2) << name;
    EXPECT_EQ(study.Count("variable_missing"), 0) << name << ": nothing was said to be missing";
    study.Undo();
  }
}

TEST_F(Tables, WhoRegisteredComesInAndGoesOut) {
  study.Import(kTabled);
  study.Do("registrations.registered-by", {{"registration", "F1 2022-01-31"}, {"person", "A1"}});
  const auto who = [&] {
    auto reading = study.store().Read();
    auto row = reading->Query("SELECT group_concat(pseudonym) FROM registration JOIN person ON person.id = registrar_id");
    row.Step();
    return row.Text(0);
  };
  EXPECT_EQ(who(), "A1");
  EXPECT_NE(Language::English()->Show(study.See("registrations.entry", {{"registration", "F1 2022-01-31"}}).population.description).find("registered by A1"), std::string::npos);
  for (const char* shape : {"long", "wide"}) {
    const std::string path = study.folder().path(std::string(shape) + "-by.csv");
    study.Do("registrations.export", {{"to", path}, {"shape", shape}});
    study.Do("registrations.delete", {{"registration", "F1 2022-01-31"}});
    EXPECT_EQ(who(), "");
    for (const char* registration : {"F1 2022-04-30", "F1 2022-07-30", "F2 2022-03-01"}) study.Do("registrations.delete", {{"registration", registration}});
    study.Do("registrations.import", {{"file", path}});
    EXPECT_EQ(who(), "A1") << shape;
  }
  study.Do("registrations.registered-by", {{"registration", "F1 2022-01-31"}});
  EXPECT_EQ(who(), "");
}

TEST_F(Tables, WhatPsppWritesComesIn) {
  File("make.sps",
       "DATA LIST LIST /Gezin (A4) Lid (A4) Datum (EDATE10) Q1 Q2.\nBEGIN DATA\nF1 \"\" 31.01.2022 3 .\nF1 A1 31.01.2022 . 99\nF2 B1 01.03.2022 . 7\nEND DATA.\n"
       "VARIABLE LABELS Q1 'dwelling' Q2 'stress'.\nVALUE LABELS Q2 7 'point 5' 99 'weet niet'.\nMISSING VALUES Q2 (99).\nSAVE OUTFILE='in.sav'.\nSAVE OUTFILE='in.zsav' /ZCOMPRESSED.\n");
  ProcessLimits limits;
  limits.folder = study.folder().path("");
  ASSERT_TRUE(RunProcess({"pspp", "-o", "log.txt", "make.sps"}, {}, limits).ok());
  for (const char* name : {"in.sav", "in.zsav"}) {
    study.Do("registrations.import", {{"file", study.folder().path(name)}});
    EXPECT_EQ(study.History("F1")[0], "dwelling: 3") << "found by its label";
    EXPECT_EQ(study.History("F1")[2], "stress/A1: unknown") << "a value that the file declares missing";
    EXPECT_EQ(study.History("F2")[2], "stress/B1: 5") << "counted otherwise, found by its value label";
    study.Undo();
  }
}

TEST_F(Tables, WorkbooksWithDatesSheetsAndInlineTexts) {
  auto parts = Workbook(
      R"(<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>Titel</t></is></c></row>)"
      R"(<row r="3"><c r="A3" t="s"><v>0</v></c><c r="B3" t="inlineStr"><is><r><t>it</t></r><r><t>em</t></r></is></c><c r="C3" t="str"><v>date</v></c><c r="E3" t="inlineStr"><is><t>value</t></is></c></row>)"
      R"(<row r="4"><c r="A4" t="inlineStr"><is><t>F1</t></is></c><c r="B4" t="inlineStr"><is><t>dwelling</t></is></c><c r="C4" s="1"><v>44592</v></c><c r="E4"><v>3</v></c></row></sheetData></worksheet>)");
  parts.emplace_back("xl/sharedStrings.xml", "<sst><si><t>case</t></si></sst>");
  parts.emplace_back("xl/styles.xml", R"(<styleSheet><numFmts><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs></styleSheet>)");
  WriteZip(study.folder().path("w.xlsx"), parts);
  study.Do("registrations.import", {{"file", study.folder().path("w.xlsx")}, {"sheet", "Data"}});
  EXPECT_EQ(study.Count("registration WHERE date = '2022-01-31'"), 1);
  EXPECT_NE(study.Refusal("registrations.import", {{"file", study.folder().path("w.xlsx")}, {"sheet", "Meer"}}).find("has no sheet “Meer”; there is Uitleg, Data."), std::string::npos);
}

TEST_F(Tables, HostileWorkbooksAreRefused) {
  const std::string path = study.folder().path("h.xlsx");
  const auto refusal = [&](const std::string& sheet) {
    WriteZip(path, Workbook(sheet));
    return study.Refusal("registrations.import", {{"file", path}});
  };
  EXPECT_NE(refusal("<worksheet><sheetData><row><c t=\"inlineStr\"><is><t>" + std::string(2'000'000, 'x') + "</t></is></c></row></sheetData></worksheet>").find("is longer than"), std::string::npos);
  EXPECT_NE(refusal("<worksheet><sheetData><row r=\"1\"><c r=\"XFD1\"><v>1</v></c></row></sheetData></worksheet>").find("more than 1,000 columns"), std::string::npos);
  EXPECT_NE(refusal("<!DOCTYPE a [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;\">]><worksheet><sheetData>&b;</sheetData></worksheet>").find("is not a whole workbook"), std::string::npos);
  EXPECT_NE(refusal("<worksheet><sheetData><row><c><v>1</v>").find("is not a whole workbook"), std::string::npos);
  EXPECT_NE(refusal("<worksheet><sheetData><row><c t=\"s\"><v>7</v></c></row></sheetData></worksheet>").find("is not a whole workbook"), std::string::npos);
  WriteZip(path, {{"word/document.xml", "<a/>"}});
  EXPECT_NE(study.Refusal("registrations.import", {{"file", path}}).find("is a zip file but no workbook"), std::string::npos);
  EXPECT_NE(study.Refusal("registrations.import", {{"file", File("p.xlsx", "PK\x03\x04 not a zip")}}).find("is not a whole workbook"), std::string::npos);
  EXPECT_NE(study.Refusal("registrations.import", {{"file", File("s.sav", "$FL2@(#) half a file")}}).find("is not a whole SPSS or Stata file"), std::string::npos);
  EXPECT_NE(study.Refusal("registrations.import", {{"file", File("o.xls", "\xD0\xCF\x11\xE0 old")}}).find("old format of Excel"), std::string::npos);
}

TEST_F(Tables, ABombIsStoppedWhileItUnpacks) {
  const std::string path = study.folder().path("bomb.xlsx");
  std::string sheet = "<worksheet>";
  const std::string part = "<x>" + std::string(5'000'000, ' ') + "</x>";
  for (int i = 0; i < 60; ++i) sheet += part;
  WriteZip(path, Workbook(sheet + "</worksheet>"));
  EXPECT_LT(std::filesystem::file_size(path), 2'000'000u);
  EXPECT_NE(study.Refusal("registrations.import", {{"file", path}}).find("unpacks to more than"), std::string::npos);
}

TEST_F(Tables, HalfAnSpssFileBreaksNothing) {
  study.Import(kTabled);
  study.Do("registrations.export", {{"to", study.folder().path("whole.sav")}});
  std::ifstream file(study.folder().path("whole.sav"), std::ios::binary);
  const std::string bytes((std::istreambuf_iterator<char>(file)), {});
  const std::string dump = study.Dump();
  for (std::size_t size = 4; size < bytes.size(); size += bytes.size() / 12) {
    EXPECT_NE(study.Refusal("registrations.import", {{"file", File("half.sav", bytes.substr(0, size))}}), "") << size;
  }
  for (std::size_t at = 4; at < bytes.size(); at += bytes.size() / 24) {
    std::string wrong = bytes;
    wrong[at] = static_cast<char>(wrong[at] ^ 0x5A);
    study.Refusal("registrations.import", {{"file", File("wrong.sav", wrong)}});  // Whatever it says, it says it.
  }
  while (study.store().NextUndo() && study.Dump() != dump) study.Undo();
  EXPECT_EQ(study.Dump(), dump);
}

TEST_F(Tables, VariablesOfCases) {
  study.Do("registrations.import-variables", {{"file", File("v.csv", "case;Aanmelding;Afstand;Traject;Start\nF1;OCMW;1,5;2;1/3/2022\nF2;CLB;12;3;2/3/2022\n")}});
  EXPECT_EQ(study.Count("variable"), 4);
  EXPECT_EQ(study.Count("variable WHERE name = 'Afstand' AND type = 'float'"), 1);
  EXPECT_EQ(study.Count("variable WHERE name = 'Start' AND type = 'date'"), 1);
  EXPECT_EQ(study.Count("variable_value WHERE value IN ('1.5', '2022-03-01', 'OCMW')"), 3);
  study.Import("F1,,dwelling,2022-01-31,3,\nF2,,dwelling,2022-01-31,4,\n");
  const auto words = study.Words(study.See("registrations.describe", {{"variable", "Aanmelding"}, {"level", "household"}}));
  EXPECT_EQ(words[0], (Lines{"level", "domain", "item", "answer", "CLB/all", "CLB/all_percent", "OCMW/all", "OCMW/all_percent"}));
  EXPECT_NE(study.Refusal("registrations.import-variables", {{"file", File("b.csv", "case,x\nF9,1\n")}}).find("there is no case “F9”"), std::string::npos);
}

TEST_F(Tables, OpenAnswersBecomeTextsOfQuestionsAndAnswers) {
  const std::string survey = File("peiling.csv", "member,case,date,Leeftijd,Wat hielp?,Wat ontbrak?\nR1,F1,3/2/2023,34,\"Dat ze bleef komen, elke week.\",Niets\n"
                                                 "R2,,,41,,\"Een woning.\r\nEn rust in huis.\"\nR3,F9,,28,Tijd en geduld van iedereen,\nR4,,,50,,\n");
  const std::string before = study.Dump();
  EXPECT_NE(study.Refusal("registrations.import-open-answers", {{"file", survey}}).find("there is no person “R1”"), std::string::npos);
  const RawArguments all = {{"file", survey}, {"make-new", "yes"}, {"stakeholder", "family"}};
  EXPECT_NE(study.Refusal("registrations.import-open-answers", all).find("there is no case “F9”"), std::string::npos);
  EXPECT_EQ(study.Dump(), before);
  RawArguments some = all;
  some.emplace_back("skip-bad", "yes");
  const Outcome outcome = study.Do("registrations.import-open-answers", some);
  EXPECT_EQ(outcome.created.size(), 2u) << "one says nothing, one does not belong";
  {
    auto reading = study.store().Read();
    auto rows = reading->Query("SELECT source.title, date, person.pseudonym, type.key, substr(content.text, start + 1, end - start) FROM turn JOIN speaker ON speaker.id = speaker_id "
                               "JOIN person ON person.id = person_id JOIN stakeholder_type type ON type.id = person.stakeholder_id JOIN span ON span.id = turn.span_id "
                               "JOIN source ON source.id = span.source_id JOIN content ON content.hash = content_hash ORDER BY title, start");
    std::vector<std::string> turns;
    while (rows.Step()) turns.push_back(rows.Text(0) + "|" + rows.Text(1) + "|" + rows.Text(3) + "|" + rows.Text(4));
    EXPECT_EQ(turns, (std::vector<std::string>{"R1 – peiling|2023-02-03|researcher|Wat hielp?", "R1 – peiling|2023-02-03|family|Dat ze bleef komen, elke week.", "R1 – peiling|2023-02-03|researcher|Wat ontbrak?",
                                               "R1 – peiling|2023-02-03|family|Niets", "R2 – peiling||researcher|Wat ontbrak?", "R2 – peiling||family|Een woning.\nEn rust in huis."}));
  }
  EXPECT_EQ(study.Count("source_about JOIN study_case ON study_case.id = case_id WHERE code = 'F1'"), 1);
  EXPECT_TRUE(study.Do("registrations.import-open-answers", some).changed.empty()) << "a second time adds nothing";
  study.Undo();
  EXPECT_EQ(study.Dump(), before);
}

TEST_F(Tables, OpenAnswersOfFamiliesAreAboutThem) {
  study.Do("registrations.import-open-answers", {{"file", File("gezinnen.csv", "case;Nog iets?\nF1;ja\nF2;Nee\n")}, {"for", "case"}, {"column", "Nog iets?"}});
  EXPECT_EQ(study.Count("source_about"), 2);
  EXPECT_EQ(study.Count("person WHERE pseudonym IN ('F1', 'F2')"), 2);
  EXPECT_NE(study.Refusal("registrations.import-open-answers", {{"file", File("anders.csv", "case;Nog iets?\nF1;ja\n")}, {"for", "case"}}).find("no column with open answers"), std::string::npos);
  EXPECT_NE(study.Refusal("registrations.import-open-answers", {{"file", File("gezinnen.csv", "case;Nog iets?\nF1;ja\n")}, {"for", "case"}, {"column", "Nog iets?"}}).find("already"), std::string::npos);
  study.Do("registrations.import-open-answers", {{"file", File("zelf.csv", "case;Nog iets?\nwie1;Dat was het voor mij\n")}, {"map", "member=case"}, {"make-new", "yes"}});
  EXPECT_EQ(study.Count("source_about"), 2) << "the column of the respondents is none of cases";
  study.Do("registrations.import-open-answers", {{"file", File("los.csv", "Wat vond je ervan?\nHet was heel erg goed\nTe kort om iets te zeggen\n")}, {"number-rows", "R"}});
  EXPECT_EQ(study.Count("person WHERE pseudonym IN ('R1', 'R2')"), 2);
}

TEST_F(Tables, VariablesGoOutAndComeInTheSame) {
  study.Do("registrations.import-variables",
           {{"file", File("v.csv", "case;Aanmelding;Afstand;Traject;Start\nF1;OCMW;1,5;2;1/3/2022\nF2;\"CLB; school\";12;;2/3/2022\nF7;;;9;\n")}, {"make-new", "yes"}});
  EXPECT_EQ(study.Count("study_case"), 3);
  const auto content = [&] {
    std::string all;
    auto reading = study.store().Read();
    auto rows = reading->Query("SELECT code, name, type, value FROM variable_value JOIN variable ON variable.id = variable_id JOIN study_case ON study_case.id = entity_id ORDER BY 1, 2");
    while (rows.Step()) all += rows.Text(0) + "|" + rows.Text(1) + "|" + rows.Text(2) + "|" + rows.Text(3) + "\n";
    return all;
  };
  const std::string before = content();
  ASSERT_NE(before.find("F1|Afstand|float|1.5\n"), std::string::npos) << before;
  for (const char* name : {"v2.csv", "v2.xlsx", "v2.sav", "v2.zsav"}) {
    const std::string path = study.folder().path(name);
    study.Do("registrations.export-variables", {{"to", path}});
    study.Undo();  // The import: an export is no step.
    EXPECT_EQ(content(), "");
    study.Do("registrations.import-variables", {{"file", path}, {"make-new", "yes"}});
    EXPECT_EQ(content(), before) << name;
  }
}

TEST_F(Tables, VariablesFromSpssGoOutAsTheyCame) {
  File("make.sps",
       "DATA LIST LIST /id (A4) steun (F2) kern (A2) afstand (F8.2).\nBEGIN DATA\nF1 1 aa 1.25\nF2 8 bb 99\nF3 2 aa 3\nF4 5 cc 98\nEND DATA.\n"
       "VARIABLE LABELS steun 'Hoeveel steun?' kern 'Kern'.\nVALUE LABELS steun 1 'weinig' 2 'weinig' 8 'weet niet' /kern 'aa' 'Noord'.\n"
       "MISSING VALUES steun (8) afstand (98 THRU 99).\nVARIABLE LEVEL steun (ORDINAL).\nSAVE OUTFILE='in.sav'.\n");
  ProcessLimits limits;
  limits.folder = study.folder().path("");
  ASSERT_TRUE(RunProcess({"pspp", "-o", "log.txt", "make.sps"}, {}, limits).ok());
  study.Do("registrations.import-variables", {{"file", study.folder().path("in.sav")}, {"map", "case=id"}, {"make-new", "yes"}});
  EXPECT_EQ(study.Count("variable_value WHERE value IN ('weet niet', '8', '99', '98')"), 0) << "what is missing is counted nowhere";
  study.Do("registrations.export-variables", {{"to", study.folder().path("out.sav")}});
  study.Do("registrations.export-variables", {{"to", study.folder().path("out.dta")}});
  const std::string said = InR(study.folder().path(""),
                               "show <- function(f) { d <- suppressWarnings(foreign::read.spss(f, use.value.labels = FALSE, use.missings = FALSE)); "
                               "m <- attr(d, 'missings'); for (n in c('steun', 'kern', 'afstand')) cat(n, d[[n]], '|', names(sort(attr(d[[n]], 'value.labels'))), trimws(sort(attr(d[[n]], 'value.labels'))), '|', "
                               "attr(d, 'variable.labels')[n], '|', m[[n]]$type, m[[n]]$value, '\n') }; cat('IN\n'); show('in.sav'); cat('OUT\n'); show('out.sav')");
  const auto out = said.find("OUT\n");
  ASSERT_NE(out, std::string::npos) << said;
  EXPECT_EQ(said.substr(3, out - 3), said.substr(out + 4)) << "values, labels and missing values are the same";
  EXPECT_NE(said.find("1.25"), std::string::npos) << said;
  // And once more through ours.
  study.Undo();
  EXPECT_EQ(study.Count("variable_meaning"), 0);
  study.Do("registrations.import-variables", {{"file", study.folder().path("out.sav")}, {"make-new", "yes"}});
  EXPECT_EQ(study.Count("variable_missing"), 3);
  study.Undo();
  study.Do("registrations.import-variables", {{"file", study.folder().path("out.dta")}, {"make-new", "yes"}});
  EXPECT_EQ(study.Count("variable_missing"), 1) << "Stata has the one with a label";
}

TEST_F(Tables, MomentsKeepTheirTimeAndDatesTheirLabel) {
  File("make.sps",
       "DATA LIST LIST /moment (DATETIME24.3) dag (EDATE10) oud (DATETIME20).\nBEGIN DATA\n'05-JUN-2018 10:00:00.250' 06.05.2018 '01-JAN-1960 00:00:00'\n"
       "'06-JUN-2018 23:10:09' 07.05.2018 '02-JAN-1880 00:00:00'\n'07-JUN-2018 00:00:00' 31.12.9999 .\nEND DATA.\n"
       "VARIABLE LABELS dag 'Welke dag?'.\nCOMPUTE gemist = DATE.DMY(31, 12, 9999).\nMISSING VALUES dag (265621593600).\nSAVE OUTFILE='in.sav' /DROP=gemist.\n");
  ProcessLimits limits;
  limits.folder = study.folder().path("");
  ASSERT_TRUE(RunProcess({"pspp", "-o", "log.txt", "make.sps"}, {}, limits).ok());
  study.Do("registrations.import-variables", {{"file", study.folder().path("in.sav")}, {"number-rows", "R"}});
  for (const char* value : {"2018-06-05T10:00:00.250", "2018-06-06T23:10:09", "2018-06-07T00:00:00", "2018-05-07", "1960-01-01", "1880-01-02"}) {
    EXPECT_EQ(study.Count("variable_value WHERE value = '" + std::string(value) + "'"), 1) << value;
  }
  EXPECT_EQ(study.Count("variable_missing"), 1);
  study.Do("registrations.export-variables", {{"to", study.folder().path("out.sav")}});
  const std::string said = InR(study.folder().path(""),
                               "show <- function(f) { d <- suppressWarnings(foreign::read.spss(f, use.missings = FALSE)); "
                               "ours <- if (is.null(d$case)) TRUE else grepl('^R', d$case); for (n in c('moment', 'dag', 'oud')) cat(n, format(d[[n]][ours], digits = 17), attr(d, 'variable.labels')[n], attr(d, 'missings')[[n]]$value, '\n') }; cat('IN\n'); show('in.sav'); cat('OUT\n'); show('out.sav')");
  const auto out = said.find("OUT\n");
  ASSERT_NE(out, std::string::npos) << said;
  EXPECT_EQ(said.substr(3, out - 3), said.substr(out + 4));
  EXPECT_NE(said.find("Welke dag?"), std::string::npos) << said;
  // Stata counts otherwise and has no such missing value.
  study.Do("registrations.export-variables", {{"to", study.folder().path("out.dta")}});
  study.Undo();
  study.Do("registrations.import-variables", {{"file", study.folder().path("out.dta")}, {"make-new", "yes"}});
  for (const char* value : {"2018-06-05T10:00:00.250", "2018-06-06T23:10:09", "2018-05-07", "1880-01-02"}) {
    EXPECT_EQ(study.Count("variable_value WHERE value = '" + std::string(value) + "'"), 1) << value;
  }
  EXPECT_EQ(study.Count("variable_value WHERE value LIKE '9999%'"), 0);
}

TEST_F(Tables, ColumnsOfOneNameAreSeveralVariables) {
  const auto outcome = study.Do("registrations.import-variables", {{"file", File("v.csv", "Gezin;Bedrag;Bedrag;;\nF1;1;2;los;\nF2;3;;;\n")}, {"map", "case=Gezin"}});
  EXPECT_EQ(study.Count("variable WHERE name IN ('Bedrag', 'Bedrag 2')"), 2);
  EXPECT_EQ(study.Count("variable_value WHERE value IN ('1', '2', '3')"), 3);
  EXPECT_TRUE(std::any_of(outcome.notes.begin(), outcome.notes.end(), [](const Message& note) {
    return Language::English()->Show(note).rfind("1 column with values has no name", 0) == 0;
  }));
}

TEST_F(Tables, AVariableThatBecameTextGoesOutAsText) {
  File("make.sps", "DATA LIST LIST /id (A4) steun (F2).\nBEGIN DATA\nF1 1\nF2 2\nEND DATA.\nVALUE LABELS steun 1 'weinig'.\nSAVE OUTFILE='in.sav'.\n");
  ProcessLimits limits;
  limits.folder = study.folder().path("");
  ASSERT_TRUE(RunProcess({"pspp", "-o", "log.txt", "make.sps"}, {}, limits).ok());
  study.Do("registrations.import-variables", {{"file", study.folder().path("in.sav")}, {"map", "case=id"}});
  study.Do("registrations.import-variables", {{"file", File("later.csv", "case;steun\nF2;gaat wel\n")}});
  study.Do("registrations.export-variables", {{"to", study.folder().path("out.sav")}});
  EXPECT_EQ(InR(study.folder().path(""), "cat(trimws(suppressWarnings(foreign::read.spss('out.sav'))$steun), sep = '|')"), "weinig|gaat wel");
}

/// Runs the console on a hostile file with so much memory and no more; the one sentence that it says.
std::string Sentence(SmallStudy& study, const std::string& file, int* exit) {
  const std::string path = study.store().path();
  ProcessLimits limits;
  limits.memory = std::uint64_t{900} << 20;
  const std::string copy = study.folder().path("copy.meerstem");
  study.store().Read()->Query("VACUUM INTO '" + copy + "'").Finish();
  const auto result = RunProcess({std::string(MEERSTEM_BIN_DIR) + "/meerstem-cli", copy, "registrations.import", "--file", file}, {}, limits);
  std::filesystem::remove(copy);
  *exit = result.exit;
  return result.err;
}

TEST_F(Tables, HostileCsvInBoundedMemory) {
  const std::string path = study.folder().path("hostile.csv");
  const auto refused = [&](const char* expected) {
    int exit = 0;
    const std::string sentence = Sentence(study, path, &exit);
    EXPECT_EQ(exit, 1) << sentence;
    EXPECT_NE(sentence.find(expected), std::string::npos) << sentence;
    EXPECT_EQ(std::count(sentence.begin(), sentence.end(), '\n'), 1) << sentence;
  };
  {
    std::string columns;
    for (int i = 0; i < 10'000'000; ++i) columns += "a,";
    std::ofstream(path) << columns;
  }
  refused("columns");
  {
    std::ofstream file(path);
    file << "case,item,date,value\n";
    for (int i = 0; i < 3'000'000; ++i) file << "F9,x,2022-01-01,3\n";
  }
  refused("More than 10,000 rows cannot come in");
  std::ofstream(path) << "case,item,date,value\n\"F1" << std::string(30'000'000, 'x');
  refused("is not closed");
  std::ofstream(path) << "case,item,date,value\nF1,\0dwelling,2022-01-01,3\n" << std::string(1, '\0');
  refused("NUL");
  std::ofstream(path) << "case";
  std::filesystem::resize_file(path, std::uintmax_t{2} << 30);
  refused("files of this kind are read up to");
}

}  // namespace
}  // namespace meerstem::registrations
