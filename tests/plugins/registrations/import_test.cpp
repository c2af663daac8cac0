#include <gtest/gtest.h>

#include "core/base/language.h"
#include "tests/plugins/registrations/small_study.h"

namespace meerstem::registrations {
namespace {

using Lines = std::vector<std::string>;

TEST(Households, ComeInOnceAndCanBeUndone) {
  SmallStudy study;
  EXPECT_EQ(study.Words(study.See("registrations.cases"))[1],
            (Lines{"F1", "Noord", "2", "1", "0", "01/01/2022", "<empty>", "<empty>", "<empty>", "<empty>"}));
  const std::string dump = study.Dump();
  study.Undo();
  EXPECT_EQ(study.Count("study_case"), 0);
  EXPECT_EQ(study.Count("person"), 0);
  study.Redo();
  EXPECT_EQ(study.Dump(), dump);
  EXPECT_EQ(study.Count("membership"), 4);
}

TEST(Households, BadLinesAreNamed) {
  SmallStudy study;
  const std::string file = study.folder().Write("bad.csv",
                                                "case,member,level,joined\nF3,C1,uncle,\nF3,A1,adult,\nF3,C2,child,31/02/2022\n,C3,child,\nF3,C4,child,2022-03-01\n");
  const std::string why = study.Refusal("registrations.import-households", {{"file", file}});
  EXPECT_NE(why.find("4 rows cannot come in, the first on line 2: the level of a member is adult or child, not “uncle”."), std::string::npos) << why;
  study.Do("registrations.import-households", {{"file", file}, {"skip-bad", "yes"}});
  EXPECT_EQ(study.Count("person"), 5);
}

TEST(Households, AMemberWithAPseudonymOfConversationsKeepsIt) {
  SmallStudy study;
  study.store().Run({"test", Say("Pseudonym"), study.actor()}, [](Writing& writing) { writing.Do("UPDATE person SET pseudonym = 'Samira' WHERE pseudonym = 'A1'"); });
  study.Do("registrations.import-households", {{"file", study.folder().Write("again.csv", "case,site,start,member,level\nF1,Noord,2022-01-01,A1,adult\n")}});
  EXPECT_EQ(study.Count("person"), 4) << "the code is known, so nobody new comes";
  study.Import("F1,A1,stress,2022-01-10,2,\n");
  EXPECT_EQ(study.History("F1")[2], "stress/Samira: 2");
}

TEST(Import, StoresOnlyWhatWasEntered) {
  SmallStudy study;
  study.Import(
      "F1,,dwelling,2022-01-10,3,\n"
      "F1,A1,employment,2022-01-10,n/a,\n"
      "F1,A1,stress,2022-01-10,2,\n"
      "F1,K1,school,2022-01-10,4,\n"
      "F1,,,2022-04-10,,\n"
      "F1,,dwelling,2022-07-10,=,\n"
      "F1,A1,stress,2022-07-10,unknown,\n"
      "F1,A2,employment,2022-07-10,1,\n"
      "F1,A1,stress,2022-10-10,3,\n");
  EXPECT_EQ(study.Count("answer"), 8);
  EXPECT_EQ(study.Count("registration"), 4);
  EXPECT_EQ(study.History("F1"), (Lines{"dwelling: 3 3c 3 3c",
                                        "employment/A1: n/a n/a n/a n/a",
                                        "stress/A1: 2 2c unknown 3",
                                        "employment/A2: not_asked not_asked 1 1c",
                                        "stress/A2: not_asked not_asked empty empty",
                                        "school/K1: 4 4c 4c 4c"}));
  EXPECT_EQ(study.store().Read()->Number("SELECT count(*) FROM answer WHERE status = 'confirmed' AND value = 3"), 1);
  EXPECT_TRUE(study.store().Check().empty());
}

TEST(Import, ConfirmedFollowsDatesNotLines) {
  SmallStudy study;
  study.Import("F1,,dwelling,2022-07-10,=,\nF1,,dwelling,2022-01-10,2,\nF1,,dwelling,2022-04-10,5,\n");
  EXPECT_EQ(study.History("F1")[0], "dwelling: 2 5 5");
}

TEST(Import, DryRunListsEveryRowThatStaysOut) {
  SmallStudy study;
  const std::string file = study.folder().Write("dry.csv",
                                                "case,member,item,date,value,remark\n"
                                                "F1,,dwelling,2022-01-10,3,\n"
                                                "F9,,dwelling,2022-01-10,3,\n"
                                                "F1,,roof,2022-01-10,3,\n"
                                                "F1,A1,dwelling,2022-01-10,3,\n"
                                                "F1,,stress,2022-01-10,3,\n"
                                                "F1,A2,stress,2022-01-10,3,\n"
                                                "F1,K1,stress,2022-01-10,3,\n"
                                                "F1,,dwelling,2022-13-10,3,\n"
                                                "F1,,dwelling,2022-02-10,6,\n"
                                                "F1,,dwelling,2022-02-10,n/a,\n"
                                                "F1,A1,stress,2022-01-10,=,\n"
                                                "F1,,dwelling,2022-01-10,4,\n"
                                                "F1,A1,stress,2022-02-10,,\n");
  const auto before = study.Dump();
  Job job;
  const Command& command = study.engine().CommandOf("registrations.import");
  const Arguments arguments = study.engine().Parse(command.parameters, {{"file", file}});
  Plan plan = study.engine().Prepare("registrations.import", arguments, job);
  const view::Model preview = study.engine().Preview("registrations.import", arguments, plan);
  std::vector<std::string> lines;
  for (const auto& row : study.Rows(preview)) {
    lines.push_back(row.key);
    EXPECT_FALSE(std::get<Message>(row.cells.back().value).empty()) << row.key;
  }
  EXPECT_EQ(lines, (Lines{"3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14"}));
  EXPECT_EQ(study.Dump(), before) << "a dry run changes nothing";
  EXPECT_NE(study.Refusal("registrations.import", {{"file", file}}).find("12 rows cannot come in, the first on line 3"), std::string::npos);
  EXPECT_EQ(study.Dump(), before);
  study.Do("registrations.import", {{"file", file}, {"skip-bad", "yes"}});
  EXPECT_EQ(study.Count("answer"), 1);
}

TEST(Import, TheSameFileTwiceIsNothingNew) {
  SmallStudy study;
  const std::string lines = "F1,,dwelling,2022-01-10,3,Too small\nF1,A1,stress,2022-01-10,2,\nF1,,dwelling,2022-04-10,=,\n";
  study.Import(lines);
  const std::string dump = study.Dump();
  const Outcome again = study.Import(lines);
  EXPECT_TRUE(again.changed.empty());
  EXPECT_EQ(study.Dump(), dump);
  EXPECT_EQ((*Language::English())(again.notes.back()), "2 registrations are in the study already, with the same answers.");
  EXPECT_NE(study.ImportRefusal("F1,,dwelling,2022-01-10,4,Too small\n").find("F1 has a registration on 10/01/2022 already"), std::string::npos);
  EXPECT_NE(study.ImportRefusal("F1,,dwelling,2022-01-10,3,Other words\n").find("already"), std::string::npos);
  study.Import("F1,,dwelling,2022-07-10,=,\n");
  EXPECT_EQ(study.History("F1")[0], "dwelling: 3 3 3") << "confirms what the study knew";
}

TEST(Import, FullSnapshotsCountRepeatsAsCarried) {
  SmallStudy study;
  study.Import("F1,,dwelling,2022-01-10,3,\nF1,,dwelling,2022-04-10,3,\nF1,,dwelling,2022-07-10,4,\n", {{"repeats", "copied"}});
  EXPECT_EQ(study.History("F1")[0], "dwelling: 3 3c 4");
}

TEST(Import, RemarksBecomeSources) {
  SmallStudy study;
  study.Import("F1,A1,stress,2022-01-10,2,\"Slaapt slecht, al weken.\"\nF1,,dwelling,2022-01-10,,Lekt\n");
  auto reading = study.store().Read();
  auto row = reading->Query(
      "SELECT title, kind, language, encoding, source.date, text, code FROM source JOIN content ON hash = content_hash "
      "JOIN source_about ON source_id = source.id JOIN study_case ON study_case.id = case_id ORDER BY title");
  ASSERT_TRUE(row.Step());
  EXPECT_EQ(row.Text(0), "F1 dwelling 2022-01-10");
  ASSERT_TRUE(row.Step());
  EXPECT_EQ(row.Text(0), "F1 stress 2022-01-10 A1");
  EXPECT_EQ(row.Text(1), "remark");
  EXPECT_EQ(row.Text(2), "nl");
  EXPECT_EQ(row.Text(3), "utf-8");
  EXPECT_EQ(row.Text(4), "2022-01-10");
  EXPECT_EQ(row.Text(5), "Slaapt slecht, al weken.");
  EXPECT_EQ(row.Text(6), "F1");
  EXPECT_EQ(study.History("F1")[0], "dwelling: empty") << "a remark alone is no answer";
}

TEST(Import, LargeFilesComeInAsOneStep) {
  SmallStudy study;
  const std::string before = study.Dump();
  std::string lines;
  for (int i = 0; i < 1500; ++i) {
    const Date date = AddMonths({1850, 1, 1}, i);
    lines += "F1,,dwelling," + ToIso(date) + "," + std::to_string(1 + i % 5) + ",\n";
  }
  const Outcome outcome = study.Import(lines);
  EXPECT_EQ(outcome.changed.tables.at("answer").inserted, 1500);
  EXPECT_GT(study.store().NextUndo()->entries, 3) << "several short Runs";
  const std::string after = study.Dump();
  study.Undo();
  EXPECT_EQ(study.Dump(), before);
  study.Redo();
  EXPECT_EQ(study.Dump(), after);
}

TEST(Import, WhatIsNotAnImport) {
  SmallStudy study;
  EXPECT_NE(study.Refusal("registrations.import", {{"file", study.folder().path("none.csv")}}).find("There is no file"), std::string::npos);
  EXPECT_NE(study.Refusal("registrations.import", {{"file", study.folder().Write("a.csv", "")}}).find("is empty"), std::string::npos);
  EXPECT_NE(study.Refusal("registrations.import", {{"file", study.folder().Write("b.csv", "case,item,date\n")}}).find("has no column “value”"), std::string::npos);
  EXPECT_NE(study.Refusal("registrations.import", {{"file", study.folder().Write("c.csv", "case,item,date,value\nF1,dwelling,2022-01-01,3,x\n")}})
                .find("Line 2 has 5 cells"),
            std::string::npos);
}

TEST(Instrument, TheShippedOneComesInOnce) {
  meerstem::registrations::SmallStudy study;
  study.Do("registrations.add-instrument", {{"shipped", "sociale-balans"}});
  EXPECT_EQ(study.Count("item"), 4 + 45);
  EXPECT_EQ(study.Refusal("registrations.add-instrument", {{"shipped", "sociale-balans"}}), "The instrument “sociale-balans”, version 1, is in the study already.");
  study.Undo();
  EXPECT_EQ(study.Count("item"), 4);
}

TEST(Instrument, FaultsNameTheirPlace) {
  SmallStudy study;
  const auto refusal = [&](const std::string& json) { return study.Refusal("registrations.add-instrument", {{"file", study.folder().Write("i.json", json)}}); };
  EXPECT_EQ(refusal("{"), "“i.json” is not JSON: it cannot be read from line 1 on.");
  EXPECT_EQ(refusal("{\"items\": 1" + std::string(400, '0') + "}"), "“i.json” cannot be read: a number in it is too large.");
  EXPECT_EQ(refusal(R"({"format":"other"})"), "“i.json”, at format: “other” is not one of meerstem-instrument.");
  const std::string head = R"({"format":"meerstem-instrument","format_version":1,"id":"x","version":"1","name":{"en":"X"},"domains":)";
  EXPECT_EQ(refusal(head + "[]}"), "“i.json”, at domains: an instrument has at least one domain.");
  EXPECT_EQ(refusal(head + R"([{"id":"d","level":"pet","name":{"en":"D"},"items":[]}]})"), "“i.json”, at domains[0].level: “pet” is not one of household, adult, child.");
  EXPECT_EQ(refusal(head + R"([{"id":"d","level":"adult","name":{"en":"D"},"items":[{"id":"i","name":{"en":"I"},"points":[{"value":1,"label":{}}]}]}]})"),
            "“i.json”, at domains[0].items[0].points[0].label: a text by language is expected, as in {“nl”: “...”, “en”: “...”}.");
}

}  // namespace
}  // namespace meerstem::registrations
