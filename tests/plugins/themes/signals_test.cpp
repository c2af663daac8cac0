// Signals counted and bundled; the logic model with its evidence and gaps.
#include <algorithm>

#include <gtest/gtest.h>

#include "core/base/language.h"
#include "core/study/consent.h"
#include "core/view/writers.h"
#include "plugins/themes/part.h"
#include "tests/support/conversation.h"

namespace meerstem::themes {
namespace {

using namespace meerstem::testing;

class SignalsTest : public ::testing::Test {
 protected:
  void SetUp() override {
    source_ = AddConversation(study_, "Gesprek", {{"Ann", "coach", "Noord", "De wachtlijst is zes jaar lang."}, {"Bea", "family", "Noord", "Acht jaar wachten wij op een woning."}, {"Iemand", "", "", "Bij ons ook."}});
    other_ = AddConversation(study_, "Ander", {{"Cis", "family", "Zuid", "Zeven keer hetzelfde bewijs."}});
    study_.store().Run({"test", Say("Edit"), study_.actor()}, [&](Writing& writing) {
      const Id home = EnsureCase(writing, "NO-01");
      EnsureMembership(writing, PersonOf(writing, "Bea"), home, "adult");
      EnsureMembership(writing, PersonOf(writing, "Cis"), EnsureCase(writing, "ZU-01"), "adult");
      remark_ = AddSource(writing, {.title = "NO-01 woning", .kind = "remark", .content = StoreContent(writing, "Staat al acht jaar op de lijst.")});
      writing.Do("INSERT INTO source_about (id, source_id, case_id) VALUES (?, ?, ?)", writing.NewId(), remark_, home);
    });
  }
  static Id PersonOf(Reading& reading, const std::string& name) {
    auto row = reading.Query("SELECT id FROM person WHERE pseudonym = ?", name);
    return row.Step() ? row.GetId(0) : Id{};
  }
  void Tag() {
    study_.Do("themes.add-signal", {{"name", "Wachten op een woning"}, {"description", "Jaren."}, {"request", "Meer woningen"}, {"addressed-to", "Vlaanderen"}});
    study_.Do("themes.tag-signal", {{"signal", "Wachten op een woning"}, {"source", "Gesprek"}, {"text", "De wachtlijst is zes jaar lang."}, {"service", "Woonmaatschappij"}});
    study_.Do("themes.tag-signal", {{"signal", "Wachten op een woning"}, {"source", "Gesprek"}, {"text", "Acht jaar wachten wij op een woning."}, {"service", "Woonmaatschappij"}});
    study_.Do("themes.tag-signal", {{"signal", "Wachten op een woning"}, {"source", "Gesprek"}, {"text", "Bij ons ook."}});
    study_.Do("themes.tag-signal", {{"signal", "Wachten op een woning"}, {"remark", "NO-01 woning"}, {"service", "OCMW"}});
  }
  std::string Written(const std::string& view, const std::string& format, const RawArguments& raw = {}) {
    const auto model = study_.See(view, raw);
    return view::Write(model, format, *Language::English(), *study_.store().Read());
  }
  TestStudy study_{{&Register}};
  Id source_, other_, remark_;
};

TEST_F(SignalsTest, AreCountedOverFamiliesPeopleSitesAndServices) {
  Tag();
  const auto words = study_.Words(study_.See("themes.signals"));
  ASSERT_EQ(words.size(), 2u);
  // A family counts once, though its member spoke and a remark is about it.
  EXPECT_EQ(words[1], (std::vector<std::string>{"Wachten op een woning", "1", "2", "1", "OCMW; Woonmaatschappij", "3", "1", "Vlaanderen", "Meer woningen"}));
  const auto cell = study_.Rows(study_.See("themes.signals")).at(0).cells.at(2);
  EXPECT_EQ(cell.glyph, "≥") << "somebody spoke whom nobody knows";
  EXPECT_EQ(study_.Words(study_.See("themes.signal-quotes", {{"signal", "Wachten op een woning"}})).size(), 5u);
}

TEST_F(SignalsTest, TwiceTheSameIsOnceAndAServiceCanBeChanged) {
  Tag();
  const std::string before = study_.Dump();
  const auto outcome = study_.Do("themes.tag-signal", {{"signal", "Wachten op een woning"}, {"source", "Gesprek"}, {"text", "Bij ons ook."}});
  EXPECT_EQ(study_.Dump(), before);
  EXPECT_EQ(outcome.notes.size(), 1u);
  study_.Do("themes.tag-signal", {{"signal", "Wachten op een woning"}, {"source", "Gesprek"}, {"text", "Bij ons ook."}, {"service", "School"}});
  EXPECT_NE(Written("themes.signals", "csv").find("OCMW; School; Woonmaatschappij"), std::string::npos);
  study_.Undo();
  EXPECT_EQ(study_.Dump(), before);
  EXPECT_NE(study_.Refusal("themes.tag-signal", {{"signal", "Wachten op een woning"}}), "");
  EXPECT_NE(study_.Refusal("themes.tag-signal", {{"signal", "Wachten op een woning"}, {"remark", "Gesprek"}}), "");
  EXPECT_NE(study_.Refusal("themes.add-signal", {{"name", "Wachten op een woning"}}), "");
  study_.Do("themes.delete-signal", {{"signal", "Wachten op een woning"}});
  EXPECT_TRUE(view::IsEmpty(study_.See("themes.signals")));
  EXPECT_TRUE(study_.store().Check().empty());
}

TEST_F(SignalsTest, TheBundleQuotesThemAndWithdrawalEmptiesIt) {
  Tag();
  const std::string bundle = Written("themes.signal-bundle", "md");
  for (const char* part : {"Wachten op een woning", "What is asked of Vlaanderen: Meer woningen", "4 quotes and remarks, 1 family on 1 site", "De wachtlijst is zes jaar lang.", "Staat al acht jaar op de lijst.", "Woonmaatschappij"}) {
    EXPECT_NE(bundle.find(part), std::string::npos) << part << "\n" << bundle;
  }
  EXPECT_EQ(Written("themes.signal-bundle", "md", {{"quotes", "0"}}).find("zes jaar"), std::string::npos);
  study_.store().Run({"test", Say("Edit"), study_.actor()}, [&](Writing& writing) { RecordConsent(writing, PersonOf(writing, "Ann"), "quotation", false, {2023, 7, 1}, {}); });
  EXPECT_EQ(Written("themes.signal-bundle", "md").find("zes jaar"), std::string::npos);
  EXPECT_EQ(study_.Words(study_.See("themes.signals"))[1][5], "3") << "not quoted, and counted still";
  study_.store().Run({"test", Say("Edit"), study_.actor()}, [&](Writing& writing) { Withdraw(writing, PersonOf(writing, "Ann"), {2023, 7, 2}); });
  EXPECT_EQ(study_.Words(study_.See("themes.signals"))[1][5], "2");
}

class LogicTest : public SignalsTest {
 protected:
  void Draw() {
    CodeWords(study_, source_, "Acht jaar wachten wij", "Wonen");
    study_.Do("themes.add-theme", {{"name", "Wonen"}, {"code", "Wonen"}});
    study_.Do("themes.add-theme", {{"name", "Stil"}});
    study_.Do("themes.add-box", {{"name", "Aanwezig zijn"}, {"stage", "activity"}, {"level", "coach"}});
    study_.Do("themes.add-box", {{"name", "Een woning"}, {"stage", "middle"}, {"level", "family"}});
    study_.Do("themes.add-box", {{"name", "Los"}, {"stage", "impact"}});
    study_.Do("themes.draw-arrow", {{"from", "Aanwezig zijn"}, {"to", "Een woning"}, {"because", "wie blijft, helpt zoeken"}});
    study_.Do("themes.hang-theme", {{"box", "Een woning"}, {"theme", "Wonen"}});
    study_.Do("themes.hang-theme", {{"box", "Aanwezig zijn"}, {"theme", "Stil"}});
    study_.Do("themes.hang-indicator", {{"box", "Een woning"}, {"name", "Signalen"}, {"view", "themes.signals"}});
  }
  std::vector<std::string> Box(const std::string& name) {
    for (const auto& row : study_.Words(study_.See("themes.logic-evidence"))) {
      if (row[0] == name) return row;
    }
    return {};
  }
};

TEST_F(LogicTest, EvidenceAndGapsStandPerBox) {
  Draw();
  const auto home = Box("Een woning");
  EXPECT_EQ(home[3], "Wonen");
  EXPECT_EQ(home[4], "1");
  EXPECT_EQ(home[5], "1");
  EXPECT_NE(home[7].find("Signalen: There is no signal yet"), std::string::npos);
  EXPECT_EQ(home[8], "only one type of stakeholder speaks of it; the indicator “Signalen” says nothing");
  EXPECT_EQ(Box("Aanwezig zijn")[8], "its themes have no quotes; no number: no indicator");
  EXPECT_EQ(Box("Los")[8], "nothing is hung on it; no arrow leads to it or from it");
  Tag();
  EXPECT_EQ(Box("Een woning")[8], "only one type of stakeholder speaks of it");
  EXPECT_NE(Box("Een woning")[7].find("Signals: 1"), std::string::npos);
  study_.Do("themes.delete-theme", {{"theme", "Wonen"}});
  EXPECT_NE(Box("Een woning")[8].find("no voice"), std::string::npos);
  EXPECT_TRUE(study_.store().Check().empty());
}

TEST_F(LogicTest, ItIsDrawnWithItsArrowsAndExported) {
  Draw();
  const auto model = study_.See("themes.logic-model");
  const auto& chart = std::get<view::Chart>(model.body);
  EXPECT_EQ(chart.kind, view::ChartKind::kBoxes);
  ASSERT_EQ(chart.categories.size(), 3u);
  EXPECT_EQ((*Language::English())(chart.categories[0].group), "Done");
  EXPECT_EQ(std::get<std::int64_t>(chart.cells[0][1].value), 1);
  EXPECT_EQ(chart.cells[1][0].state, view::State::kEmpty);
  const std::string svg = Written("themes.logic-model", "svg");
  EXPECT_NE(svg.find("<title"), std::string::npos);
  EXPECT_NE(Written("themes.logic-model", "html").find("Aanwezig zijn"), std::string::npos);
}

TEST_F(LogicTest, WhatCannotBeIsRefusedAndAllOfItIsUndone) {
  const std::string before = study_.Dump();
  study_.Do("themes.add-box", {{"name", "A"}, {"stage", "input"}});
  EXPECT_NE(study_.Refusal("themes.add-box", {{"name", "A"}, {"stage", "impact"}}), "");
  EXPECT_NE(study_.Refusal("themes.draw-arrow", {{"from", "A"}, {"to", "A"}}), "");
  EXPECT_NE(study_.Refusal("themes.hang-indicator", {{"box", "A"}, {"name", "I"}, {"view", "themes.signals"}, {"with", "nonsense"}}), "");
  EXPECT_NE(study_.Refusal("themes.hang-indicator", {{"box", "A"}, {"name", "I"}}), "");
  study_.Do("themes.add-box", {{"name", "B"}, {"stage", "impact"}});
  study_.Do("themes.draw-arrow", {{"from", "A"}, {"to", "B"}});
  study_.Do("themes.hang-indicator", {{"box", "B"}, {"name", "I"}, {"view", "themes.signals"}});
  study_.Do("themes.delete-box", {{"box", "B"}});
  EXPECT_TRUE(study_.store().Check().empty());
  for (int i = 0; i < 5; ++i) study_.Undo();
  EXPECT_EQ(study_.Dump(), before);
}

}  // namespace
}  // namespace meerstem::themes
