// The sample study against the integers of the study that it is modelled on, each by the road that a user takes:
// a view, its rows, its cells.
#include <fstream>
#include <map>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "core/base/boundaries.h"
#include "core/command/engine.h"
#include "core/plugin/program.h"
#include "core/study/display.h"
#include "core/study/instruments.h"
#include "core/study/people.h"
#include "core/study/sources.h"

namespace meerstem {
namespace {

class SampleStudy : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    program_ = new Program({MEERSTEM_PLUGIN_DIR, MEERSTEM_DATA_DIR, "", ""});
    store_ = program_->Open(SAMPLE_STUDY, true).release();
    engine_ = new Engine(program_->registry(), *store_);
  }
  static void TearDownTestSuite() {
    delete engine_;
    delete store_;
    delete program_;
  }

  view::Model See(const std::string& id, const RawArguments& raw = {}) {
    Job job;
    return engine_->Build(id, engine_->Parse(engine_->ViewOf(id).parameters, raw), job);
  }
  std::vector<std::map<std::string, view::Cell>> Rows(const view::Model& model) {
    const auto& table = std::get<view::Table>(model.body);
    auto reading = store_->Read();
    std::vector<std::map<std::string, view::Cell>> rows;
    for (const auto& row : table.rows->Page(*reading, 0, table.rows->Count())) {
      auto& named = rows.emplace_back();
      for (std::size_t i = 0; i < table.columns.size(); ++i) named[table.columns[i].id] = row.cells[i];
    }
    return rows;
  }
  static std::string Words(const view::Cell& cell) { return Language::English()->Show(cell.value); }
  std::int64_t Number(const std::string& sql) { return store_->Read()->Number(sql); }

  static Program* program_;
  static Store* store_;
  static Engine* engine_;
};
Program* SampleStudy::program_ = nullptr;
Store* SampleStudy::store_ = nullptr;
Engine* SampleStudy::engine_ = nullptr;

TEST_F(SampleStudy, EveryPluginIsThere) {
  ASSERT_EQ(program_->plugins().size(), 7u);
  for (const auto& report : program_->plugins()) EXPECT_TRUE(report.loaded) << report.file << ": " << (*Language::English())(report.why_not);
}

TEST_F(SampleStudy, IsWhole) { EXPECT_EQ(store_->Check(), std::vector<std::string>{}); }

TEST_F(SampleStudy, HoldsFifteenConversationsOfFortyThousandWords) {
  std::int64_t words = 0, conversations = 0;
  auto reading = store_->Read();
  auto rows = reading->Query("SELECT id FROM source WHERE kind IN ('interview', 'focus_group')");
  while (rows.Step()) {
    words += CountWords(TextOf(*reading, rows.GetId(0))->utf8());
    ++conversations;
  }
  EXPECT_EQ(conversations, 15);
  EXPECT_GE(words, 40000);
}

TEST_F(SampleStudy, HasNinetyFamiliesOnFiveSites) {
  std::map<std::string, int> sites;
  for (const auto& row : Rows(See("registrations.cases"))) ++sites[Words(row.at("site"))];
  EXPECT_EQ(sites, (std::map<std::string, int>{{"Baldemore", 33}, {"Bilzen", 27}, {"Herenthout", 7}, {"Leuven", 19}, {"Oostende", 4}}));
}

TEST_F(SampleStudy, OutcomesAreThePublishedOnes) {
  std::map<std::string, std::int64_t> n;
  for (const auto& row : Rows(See("indices.outcomes"))) n[std::get<std::string>(row.at("outcome").value)] = std::get<std::int64_t>(row.at("n").value);
  EXPECT_EQ(n, (std::map<std::string, std::int64_t>{{"left", 4}, {"improved_deprived", 16}, {"improved_never", 2}, {"same_never", 4},
                                                    {"same_deprived", 19}, {"entered", 0}, {"worse_deprived", 11}, {"worse_never", 0}}));
}

TEST_F(SampleStudy, TransitionsAgreeWithTheOutcomes) {
  const auto model = See("indices.transitions");
  const auto& matrix = std::get<view::Matrix>(model.body);
  ASSERT_EQ(matrix.rows.size(), 7u);
  ASSERT_EQ(matrix.columns.size(), 7u);
  std::int64_t better = 0, same = 0, worse = 0, deprived = 0;
  for (std::size_t before = 0; before < 7; ++before) {
    for (std::size_t after = 0; after < 7; ++after) {
      const auto* n = std::get_if<std::int64_t>(&matrix.cells[before][after].value);
      if (!n) continue;
      (after < before ? better : after == before ? same : worse) += *n;
      if (before >= 3) deprived += *n;
    }
  }
  EXPECT_EQ(better, 22);
  EXPECT_EQ(same, 23);
  EXPECT_EQ(worse, 11);
  EXPECT_EQ(deprived, 50);
}

TEST_F(SampleStudy, BaselineFiguresAreThePublishedOnes) {
  std::ifstream file(std::string(MEERSTEM_SOURCE_DIR) + "/tests/study/figures.json");
  auto reading = store_->Read();
  const Instrument instrument = GetInstrument(*reading, Instruments(*reading).at(0));
  for (const auto& figure : nlohmann::json::parse(file)) {
    const Item* item = instrument.Find(figure["item"].get<std::string>());
    ASSERT_TRUE(item);
    int n = 0;
    auto cases = reading->Query("SELECT id, code FROM study_case");
    while (cases.Step()) {
      const auto registrations = RegistrationsOf(*reading, cases.GetId(0), instrument.id);
      ASSERT_FALSE(registrations.empty()) << cases.Text(1);
      AnswerKey key{item->id, {}};
      if (const std::string member = figure["member"]; !member.empty()) {
        auto person = reading->Query("SELECT person_id FROM membership WHERE code = ?", cases.Text(1) + "-" + member);
        if (!person.Step()) continue;
        key.person = person.GetId(0);
      }
      const State state = StateAt(*reading, cases.GetId(0), instrument.id, registrations.front());
      const auto found = state.find(key);
      if (found == state.end() || !found->second.value) continue;
      for (const auto& point : figure["points"]) n += *found->second.value == point.get<int>();
    }
    EXPECT_EQ(n, figure["n"].get<int>()) << figure["figure"];
  }
}

TEST_F(SampleStudy, TheOverviewSaysWhereNobodyWasHeard) {
  const auto model = See("documents.overview");
  const auto& matrix = std::get<view::Matrix>(model.body);
  int silent = 0;
  for (std::size_t row = 0; row < matrix.rows.size(); ++row) {
    for (std::size_t column = 0; column < matrix.columns.size(); ++column) silent += matrix.cells[row][column].state == view::State::kEmpty;
  }
  EXPECT_EQ(silent, 3);  // Coordinators of Herenthout and Oostende, families of Herenthout.
}

TEST_F(SampleStudy, TheChapterIsCarriedByLiteralQuotes) {
  const auto model = See("themes.chapter", {{"chapter", "Wat coördinatoren, coaches en gezinnen vertellen"}});
  std::map<std::string, int> quotes;  // By the chapter's own parts.
  std::string part;
  auto reading = store_->Read();
  for (const auto& block : std::get<view::Prose>(model.body).blocks) {
    if (block.kind == view::Block::Kind::kHeading && block.level == 1) part = (*Language::English())(block.text);
    if (block.kind != view::Block::Kind::kQuote) continue;
    ++quotes[part];
    EXPECT_EQ(block.state, view::State::kValue);
    ASSERT_TRUE(block.target);
    const auto source = block.target->arguments.Entity("source");
    ASSERT_TRUE(source);
    EXPECT_NE(TextOf(*reading, *source)->utf8().find((*Language::English())(block.text)), std::string::npos);
  }
  EXPECT_GE(quotes["Coördinatoren"], 25);
  EXPECT_GE(quotes["Coaches"], 55);
  EXPECT_GE(quotes["Gezinnen"], 30);
}

TEST_F(SampleStudy, WhatWasExpectedIsToldFromWhatWasFound) {
  std::map<std::string, std::string> verdicts;
  int fresh = 0;
  for (const auto& row : Rows(See("themes.frame", {{"frame", "Verwachtingen vooraf"}}))) {
    const std::string verdict = Words(row.at("verdict"));
    if (verdict == "new") ++fresh;
    else verdicts[Words(row.at("expected"))] = verdict;
  }
  EXPECT_EQ(verdicts.at("Nabijheid"), "confirmed");
  EXPECT_EQ(verdicts.at("Zelfredzaamheid"), "confirmed, with contradiction");
  EXPECT_EQ(verdicts.at("Wat een coach doet/Praktische hulp"), "confirmed");
  EXPECT_EQ(verdicts.at("Hulp op afstand"), "not found");
  EXPECT_EQ(verdicts.at("Randvoorwaarden/Vaste vorming"), "not found");
  EXPECT_EQ(verdicts.size(), 11u);
  EXPECT_EQ(fresh, 9);
}

TEST_F(SampleStudy, SilentNotAskedAndNotKnownStandApart) {
  const auto model = See("themes.asked");
  std::map<view::State, int> states;
  for (const auto& line : std::get<view::Matrix>(model.body).cells) {
    for (const auto& cell : line) ++states[cell.state];
  }
  for (const auto state : {view::State::kValue, view::State::kSilent, view::State::kNotAsked, view::State::kUnknown}) EXPECT_GT(states[state], 0) << view::StateName(state);
}

TEST_F(SampleStudy, TheFrameworkHoldsSummariesAndMarksTheOneThatLostAQuote) {
  const auto model = See("themes.framework");
  std::map<std::string, std::int64_t> facts;
  for (const auto& fact : model.population.facts) facts[fact.id] = std::get<std::int64_t>(fact.value);
  EXPECT_EQ(facts["written"], 18);
  EXPECT_EQ(facts["stale"], 1);
  EXPECT_GE(facts["rows"], 5);
}

TEST_F(SampleStudy, TheStrandsMeet) {
  const auto model = See("triangulation.display", {{"rows", "theme"}, {"columns", "outcome"}, {"count", "quotes"}});
  const auto& matrix = std::get<view::Matrix>(model.body);
  EXPECT_GE(matrix.rows.size(), 14u);
  std::int64_t linked = -1, not_linked = -1;
  for (const auto& fact : model.population.facts) {
    if (fact.id == "linked") linked = std::get<std::int64_t>(fact.value);
    if (fact.id == "not_linked") not_linked = std::get<std::int64_t>(fact.value);
  }
  EXPECT_GT(linked, 0);
  EXPECT_GT(not_linked, 0);
}

TEST_F(SampleStudy, TheLedgerHoldsEightFindingsAndEveryLabel) {
  std::map<std::string, int> verdicts;
  int disagreed = 0;
  for (const auto& row : Rows(See("triangulation.ledger"))) {
    EXPECT_EQ(row.at("verdict").state, view::State::kValue) << Words(row.at("construct"));
    ++verdicts[Words(row.at("verdict"))];
    EXPECT_EQ(std::get<std::int64_t>(row.at("changed").value), 0) << Words(row.at("construct"));
  }
  int findings = 0;
  for (const auto& [label, n] : verdicts) findings += n;
  EXPECT_GE(findings, 8);
  EXPECT_EQ(verdicts.size(), 5u);
  const auto agreement = Rows(See("triangulation.agreement"));
  ASSERT_EQ(agreement.size(), 1u);
  disagreed = static_cast<int>(std::get<std::int64_t>(agreement[0].at("differ").value));
  EXPECT_GT(disagreed, 0);
  EXPECT_GT(std::get<double>(agreement[0].at("kappa").value), 0);
  // Not asked and silent stand apart.
  const auto model = See("triangulation.completeness");
  std::map<view::State, int> states;
  for (const auto& line : std::get<view::Matrix>(model.body).cells) {
    for (const auto& cell : line) ++states[cell.state];
  }
  EXPECT_GT(states[view::State::kSilent], 0);
  EXPECT_GT(states[view::State::kNotAsked], 0);
}

TEST_F(SampleStudy, WhyElevenFamiliesGotWorseStandsInOneView) {
  const auto model = See("triangulation.explain");
  std::map<std::string, std::int64_t> facts;
  for (const auto& fact : model.population.facts) {
    if (const auto* n = std::get_if<std::int64_t>(&fact.value)) facts[fact.id] = *n;
  }
  EXPECT_EQ(facts["n"], 11);
  EXPECT_GT(facts["remarks"], 11);
  EXPECT_GT(facts["quotes"], 0);
  std::map<std::string, int> kinds;
  for (const auto& row : Rows(model)) ++kinds[Words(row.at("what"))];
  EXPECT_EQ(kinds["Family"], 11);
  EXPECT_EQ(kinds["Remark"], facts["remarks"]);
}

TEST_F(SampleStudy, TheReportHoldsThePublishedCountsWithTheirRuleSet) {
  const auto model = See("triangulation.report");
  std::map<std::string, std::string> counts;
  std::map<std::string, int> kinds;
  for (const auto& block : std::get<view::Prose>(model.body).blocks) {
    if (block.figure) ++kinds[block.figure->view];
    EXPECT_NE(block.state, view::State::kStale) << Language::English()->operator()(block.text) << ": " << Language::English()->operator()(block.why);
    if (!block.figure || block.figure->view != "triangulation.report" || !counts.empty()) continue;
    auto reading = store_->Read();
    const auto& table = std::get<view::Table>(block.figure->body);
    for (const auto& row : table.rows->Page(*reading, 0, table.rows->Count())) counts[row.key] = Words(row.cells[1]);
  }
  const std::map<std::string, std::string> published = {{"families", "90"}, {"n", "56"}, {"better", "22"}, {"same", "23"}, {"worse", "11"}, {"outcome/left", "4"}, {"outcome/improved_deprived", "16"},
                                                        {"outcome/improved_never", "2"}, {"outcome/same_never", "4"}, {"outcome/same_deprived", "19"}, {"outcome/worse_deprived", "11"}, {"rule_set", "kind-en-gezin"}};
  for (const auto& [key, n] : published) EXPECT_EQ(counts[key], n) << key;
  EXPECT_FALSE(counts["rule_set_version"].empty());
  for (const char* view : {"indices.outcomes", "indices.transitions", "registrations.describe", "triangulation.side-by-side", "triangulation.explain", "triangulation.completeness"}) EXPECT_EQ(kinds[view], 1) << view;
}

TEST_F(SampleStudy, EveryViewOfTheNavigatorBuildsAndPrintsNothingUndefined) {
  for (const auto& view : program_->registry().views()) {
    if (!view.in_navigator) continue;
    bool ready = true;
    for (const auto& parameter : view.parameters) ready &= !parameter.required || !parameter.fallback.empty();
    if (!ready) continue;
    SCOPED_TRACE(view.id);
    const auto model = See(view.id);
    EXPECT_EQ(model.kind(), view.kind);
    EXPECT_FALSE(model.title.empty());
    EXPECT_TRUE(!view::IsEmpty(model) || !model.empty.empty());
  }
}

}  // namespace
}  // namespace meerstem
