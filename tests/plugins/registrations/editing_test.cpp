// Instruments made and changed by hand, their calendar, and the members of families.
#include <gtest/gtest.h>

#include <algorithm>

#include "core/base/language.h"
#include "core/study/instruments.h"
#include "tests/plugins/registrations/small_study.h"

namespace meerstem::registrations {
namespace {

using Lines = std::vector<std::string>;

class Editing : public ::testing::Test {
 protected:
  view::Field Field(const std::string& view, const RawArguments& raw, const std::string& key) {
    const view::Model model = study.See(view, raw);
    for (const auto& field : std::get<view::Form>(model.body).fields) {
      if (field.key == key) return field;
    }
    return {};
  }
  SmallStudy study;
};

TEST_F(Editing, AnInstrumentFromNothing) {
  study.Do("registrations.new-instrument", {{"key", "coachpeiling"}, {"name", "Coachpeiling"}, {"subject", "professional"}});
  study.Do("registrations.add-domain", {{"instrument", "coachpeiling"}, {"key", "werk"}, {"name", "Werkdruk"}});
  study.Do("registrations.add-item", {{"instrument", "coachpeiling"}, {"domain", "werk"}, {"key", "draagkracht"}, {"name", "Draagkracht"}, {"point", "1=laag"}, {"point", "2=hoog"}});
  EXPECT_NE(study.Refusal("registrations.add-domain", {{"instrument", "coachpeiling"}, {"key", "kind"}, {"name", "Kind"}, {"level", "child"}}).find("about professionals"), std::string::npos);
  EXPECT_NE(study.Refusal("registrations.add-item", {{"instrument", "coachpeiling"}, {"domain", "werk"}, {"key", "draagkracht"}, {"name", "x"}}).find("already"), std::string::npos);
  EXPECT_NE(study.Refusal("registrations.add-item", {{"instrument", "coachpeiling"}, {"domain", "werk"}, {"key", "a b"}, {"name", "x"}}).find("is not a key"), std::string::npos);
  EXPECT_NE(study.Refusal("registrations.add-item", {{"instrument", "coachpeiling"}, {"domain", "werk"}, {"key", "c"}, {"name", "x"}, {"point", "veel"}}).find("is not value=wording"), std::string::npos);
  // A coach is followed as a family is, and apart from the families.
  study.Do("registrations.add-case", {{"code", "Coach-1"}, {"subject", "professional"}});
  EXPECT_NE(study.Refusal("registrations.start", {{"case", "Coach-1"}, {"date", "2022-01-01"}, {"instrument", "small"}}).find("do not go together"), std::string::npos);
  study.Do("registrations.start", {{"case", "Coach-1"}, {"date", "2022-01-01"}, {"instrument", "coachpeiling"}});
  study.Do("registrations.answer", {{"registration", "Coach-1 2022-01-01"}, {"item", "draagkracht"}, {"value", "2"}});
  EXPECT_EQ(study.Words(study.See("registrations.cases")).size(), 3u) << "the families only";
  EXPECT_EQ(study.Words(study.See("registrations.cases", {{"subject", "professional"}}))[1][0], "Coach-1");
  EXPECT_NE(study.Refusal("registrations.import", {{"instrument", "coachpeiling"}, {"file", study.folder().Write("f.csv", "case,item,date,value\nF1,draagkracht,2022-01-01,1\n")}}).find("no professional “F1”"),
            std::string::npos);
  EXPECT_TRUE(study.store().Check().empty());
}

TEST_F(Editing, AWordingChangesAndRecordedValuesDoNot) {
  study.Import("F1,,dwelling,2022-01-31,3,\n");
  study.Do("registrations.word", {{"item", "dwelling"}, {"point", "3"}, {"language", "nl"}, {"text", "kleine gebreken"}});
  EXPECT_EQ(study.Count("former_wording"), 0) << "a correction needs no version";
  const Outcome outcome = study.Do("registrations.word", {{"item", "dwelling"}, {"point", "3"}, {"language", "nl"}, {"text", "herstelbare gebreken"}, {"version", "2"}});
  EXPECT_EQ((*Language::English())(outcome.notes.front()), "The earlier wording is kept under version 1.");
  EXPECT_EQ(study.Count("instrument WHERE version = '2'"), 1);
  EXPECT_EQ(study.History("F1")[0], "dwelling: 3");
  const auto field = Field("registrations.edit-item", {{"item", "dwelling"}}, "3/nl");
  EXPECT_EQ(std::get<std::string>(field.value.value), "herstelbare gebreken");
  EXPECT_EQ(field.help.id, "In version {0}: {1}");
  ASSERT_TRUE(field.edit);
  Arguments arguments = field.edit->bound;
  arguments.Set(field.edit->parameter, std::string("te herstellen"));
  Job job;
  study.engine().Execute(field.edit->command, arguments, study.actor(), job);
  EXPECT_EQ(std::get<std::string>(Field("registrations.edit-item", {{"item", "dwelling"}}, "3/nl").value.value), "te herstellen");
  EXPECT_EQ(std::get<std::string>(Field("registrations.edit-item", {{"item", "dwelling"}}, "3/en").value.value), "point 3");
  for (int i = 0; i < 3; ++i) study.Undo();
  EXPECT_EQ(study.Count("former_wording"), 0);
}

TEST_F(Editing, SeveralPointsAreWordedForOneVersion) {
  study.Do("registrations.word", {{"item", "dwelling"}, {"point", "3"}, {"text", "drie"}, {"version", "2"}});
  // The form binds the version that it is told.
  const auto field = Field("registrations.edit-item", {{"item", "dwelling"}, {"new-version", "2"}}, "4/nl");
  ASSERT_TRUE(field.edit);
  EXPECT_EQ(field.edit->bound.Text("version"), "2");
  Arguments arguments = field.edit->bound;
  Job job;
  for (const char* text : {"vier", "toch vier"}) {
    arguments.Set(field.edit->parameter, std::string(text));
    study.engine().Execute(field.edit->command, arguments, study.actor(), job);
  }
  EXPECT_EQ(study.Count("instrument WHERE version = '2'"), 1);
  EXPECT_EQ(study.Count("former_wording WHERE version = '1'"), 2) << "a correction within the version keeps what stood before the version";
  study.Do("registrations.word", {{"item", "dwelling"}, {"point", "4"}, {"text", "nog eens vier"}, {"version", "3"}});
  EXPECT_EQ(study.Count("former_wording WHERE version = '2'"), 1);
}

TEST_F(Editing, WhatWasAnsweredStays) {
  study.Import("F1,,dwelling,2022-01-31,3,\nF1,A1,employment,2022-01-31,n/a,\n");
  EXPECT_NE(study.Refusal("registrations.remove-part", {{"item", "dwelling"}, {"point", "3"}}).find("so it stays"), std::string::npos);
  EXPECT_NE(study.Refusal("registrations.remove-part", {{"item", "dwelling"}}).find("so it stays"), std::string::npos);
  EXPECT_NE(study.Refusal("registrations.remove-part", {{"domain", "housing"}}).find("still has 1 items"), std::string::npos);
  EXPECT_NE(study.Refusal("registrations.remove-part", {}).find("so it stays"), std::string::npos);
  EXPECT_NE(study.Refusal("registrations.set-item", {{"item", "employment"}, {"not-applicable", "no"}}).find("already"), std::string::npos);
  study.Do("registrations.remove-part", {{"item", "dwelling"}, {"point", "1"}});
  study.Do("registrations.add-point", {{"item", "dwelling"}, {"value", "6"}, {"text", "perfect"}});
  EXPECT_NE(study.Refusal("registrations.add-point", {{"item", "dwelling"}, {"value", "6"}, {"text", "nog eens"}}).find("already"), std::string::npos);
  study.Do("registrations.remove-part", {{"item", "stress"}});
  EXPECT_EQ(study.Count("item"), 3);
}

TEST_F(Editing, ItemsMoveAmongTheirOwn) {
  const auto order = [&] {
    Lines keys;
    auto reading = study.store().Read();
    for (const auto& item : GetInstrument(*reading, Instruments(*reading).front()).items) keys.push_back(item.key);
    return keys;
  };
  study.Do("registrations.add-item", {{"domain", "work"}, {"key", "pay"}, {"name", "Pay"}, {"point", "1=a"}, {"point", "2=b"}});
  study.Do("registrations.move-item", {{"item", "pay"}, {"to", "up"}});
  EXPECT_EQ(order(), (Lines{"dwelling", "employment", "pay", "stress", "school"}));
  study.Do("registrations.move-item", {{"item", "pay"}, {"to", "up"}});
  EXPECT_EQ(order(), (Lines{"dwelling", "pay", "employment", "stress", "school"}));
  EXPECT_NE(study.Refusal("registrations.move-item", {{"item", "pay"}, {"to", "up"}}), "");
  study.Do("registrations.move-item", {{"item", "pay"}, {"to", "down"}});
  EXPECT_EQ(order(), (Lines{"dwelling", "employment", "pay", "stress", "school"}));
}

class Calendar : public Editing {
 protected:
  /// case occasion due-day days-overdue
  Lines Due(const std::string& on, const std::string& within = "0") {
    Lines lines;
    const auto words = study.Words(study.See("registrations.due", {{"on", on}, {"within", within}}));
    for (std::size_t i = 1; i < words.size(); ++i) lines.push_back(words[i][0] + " " + words[i][3] + " " + words[i][4] + " " + words[i][5] + " " + words[i][6]);
    return lines;
  }
};

TEST_F(Calendar, EveryThreeMonthsFromTheLast) {
  EXPECT_TRUE(Due("2022-12-01").empty());
  study.Do("registrations.add-occasion", {{"name", "driemaandelijks"}, {"rule", "every"}, {"months", "3"}});
  EXPECT_EQ(Due("2022-04-01"), (Lines{"F1 driemaandelijks 01/04/2022 0 due today", "F2 driemaandelijks 01/04/2022 0 due today"}));
  study.Import("F1,,dwelling,2022-03-10,3,\nF2,,dwelling,2022-11-10,3,\n");
  EXPECT_EQ(Due("2022-06-30"), (Lines{"F2 driemaandelijks 01/04/2022 90 overdue", "F1 driemaandelijks 10/06/2022 20 overdue"})) << "from the last, as it stood that day";
  EXPECT_EQ(Due("2023-03-01"), Lines{"F1 driemaandelijks 10/06/2022 264 overdue"}) << "F2 ended before it was due again";

}

TEST_F(Calendar, IntakeAfterAndClosing) {
  study.Do("registrations.add-occasion", {{"name", "intake"}, {"rule", "after"}, {"months", "0"}});
  study.Do("registrations.add-occasion", {{"name", "6 maanden"}, {"rule", "after"}, {"months", "6"}});
  study.Do("registrations.add-occasion", {{"name", "afsluiting"}, {"rule", "closing"}});
  EXPECT_EQ(Due("2022-02-01"), (Lines{"F1 intake 01/01/2022 31 overdue", "F2 intake 01/01/2022 31 overdue"}));
  study.Import("F1,,dwelling,2022-01-10,3,\n");
  EXPECT_EQ(Due("2022-02-01"), Lines{"F2 intake 01/01/2022 31 overdue"}) << "made within a month around its day";
  study.Do("registrations.start", {{"case", "F2"}, {"date", "2022-03-10"}, {"occasion", "Intake"}});
  EXPECT_TRUE(Due("2022-04-01").empty()) << "late, but it bears the name";
  EXPECT_EQ(Due("2022-06-20", "14"), (Lines{"F1 6 maanden 01/07/2022 0 coming", "F2 6 maanden 01/07/2022 0 coming"}));
  EXPECT_EQ(Due("2023-01-10"), (Lines{"F1 6 maanden 01/07/2022 193 overdue", "F2 6 maanden 01/07/2022 193 overdue", "F2 afsluiting 31/12/2022 10 overdue"}));
  study.Do("registrations.exclude", {{"case", "F2"}, {"reason", "x"}});
  EXPECT_EQ(Due("2023-01-10"), Lines{"F1 6 maanden 01/07/2022 193 overdue"});
  study.Do("registrations.remove-occasion", {{"occasion", "6 maanden"}});
  EXPECT_TRUE(Due("2023-01-10").empty());
  EXPECT_NE(study.Refusal("registrations.add-occasion", {{"name", "INTAKE"}, {"rule", "after"}}).find("already"), std::string::npos);
  EXPECT_NE(study.Refusal("registrations.add-occasion", {{"name", "nooit"}, {"rule", "every"}}), "");
}

TEST_F(Calendar, FamiliesAndProfessionalsEachHaveTheirOwn) {
  for (const char* shipped : {"traject-gezin", "traject-coach", "thuisondersteuning"}) study.Do("registrations.add-instrument", {{"shipped", shipped}});
  study.Do("registrations.add-case", {{"code", "Coach-1"}, {"subject", "professional"}, {"start", "2022-01-01"}});
  EXPECT_NE(study.Refusal("registrations.start", {{"case", "F1"}, {"date", "2022-03-01"}, {"instrument", "traject-coach"}}).find("do not go together"), std::string::npos);
  const auto due = [&](const char* instrument, const char* on) {
    Lines lines;
    const auto words = study.Words(study.See("registrations.due", {{"instrument", instrument}, {"on", on}, {"within", "0"}}));
    for (std::size_t i = 1; i < words.size(); ++i) lines.push_back(words[i][0] + " " + words[i][3] + " " + words[i][4] + " " + words[i][6]);
    return lines;
  };
  EXPECT_EQ(due("traject-coach", "2022-05-01"), Lines{"Coach-1 Driemaandelijks 01/04/2022 overdue"}) << "of coaches only";
  study.Do("registrations.start", {{"case", "Coach-1"}, {"date", "2022-04-20"}, {"instrument", "traject-coach"}});
  study.Do("registrations.answer", {{"registration", "Coach-1 2022-04-20"}, {"item", "work.time"}, {"value", "2"}});
  EXPECT_TRUE(due("traject-coach", "2022-05-01").empty());
  const auto described = study.See("registrations.describe", {{"instrument", "traject-coach"}, {"moment", "all"}});
  EXPECT_EQ(described.population.facts[0].value, Value(std::int64_t{1})) << "professionals, not families";
  const auto words = study.Words(described);
  const auto line = std::find_if(words.begin(), words.end(), [](const auto& row) { return row[2] == "Time" && row[3] == "2. seldom"; });
  ASSERT_NE(line, words.end());
  EXPECT_EQ((*line)[0] + " " + (*line)[4], "Professional 1");
  EXPECT_EQ(due("traject-coach", "2022-07-20"), Lines{"Coach-1 Driemaandelijks 20/07/2022 due today"});
  EXPECT_EQ(due("traject-gezin", "2022-05-01"), (Lines{"F1 Driemaandelijks 01/04/2022 overdue", "F2 Driemaandelijks 01/04/2022 overdue"}));
  study.Do("registrations.start", {{"case", "F1"}, {"date", "2022-01-10"}, {"instrument", "thuisondersteuning"}, {"occasion", "Intake"}});
  EXPECT_EQ(due("thuisondersteuning", "2023-01-05"),
            (Lines{"F2 Intake 01/01/2022 overdue", "F1 Na 3 maanden 01/04/2022 overdue", "F2 Na 3 maanden 01/04/2022 overdue", "F1 Na 6 maanden 01/07/2022 overdue",
                   "F2 Na 6 maanden 01/07/2022 overdue", "F2 Afsluiting 31/12/2022 overdue", "F1 Na 12 maanden 01/01/2023 overdue"}));
}

TEST_F(Editing, MembersJoinAndLeave) {
  study.Import("F1,K1,school,2022-03-01,3,\n");
  study.Do("registrations.add-member", {{"case", "F1"}, {"code", "K2"}, {"level", "child"}, {"birth-year", "2022"}, {"joined", "2022-05-01"}});
  study.Do("registrations.start", {{"case", "F1"}, {"date", "2022-04-01"}});
  study.Do("registrations.start", {{"case", "F1"}, {"date", "2022-06-01"}});
  EXPECT_TRUE(study.Field("F1 2022-04-01", "school/K2").key.empty()) << "not born yet";
  EXPECT_EQ(study.Field("F1 2022-06-01", "school/K2").key, "school/K2");
  EXPECT_NE(study.Refusal("registrations.member-dates", {{"case", "F1"}, {"person", "K1"}, {"left", "2022-02-01"}}).find("still has answers on 01/03/2022"), std::string::npos);
  const auto form = study.Form("F1 2022-06-01");
  EXPECT_TRUE(std::any_of(form.actions.begin(), form.actions.end(), [](const view::Action& action) {
    return action.command == "registrations.member-dates" && action.bound.Day("left") == Date{2022, 6, 1};
  })) << "the form knows the day";
  study.Do("registrations.member-dates", {{"case", "F1"}, {"person", "K1"}, {"left", "2022-05-15"}});
  EXPECT_TRUE(study.Field("F1 2022-06-01", "school/K1").key.empty());
  study.Do("registrations.member-dates", {{"case", "F1"}, {"person", "K1"}, {"stays", "yes"}});
  EXPECT_EQ(study.Field("F1 2022-06-01", "school/K1").key, "school/K1");
  EXPECT_NE(study.Refusal("registrations.add-member", {{"case", "F1"}, {"code", "K1"}, {"level", "child"}}).find("already"), std::string::npos);
  EXPECT_NE(study.Refusal("registrations.member-dates", {{"case", "F1"}, {"person", "B1"}, {"left", "2022-05-15"}}).find("not a member of F1"), std::string::npos);
}

}  // namespace
}  // namespace meerstem::registrations
