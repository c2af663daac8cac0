// From a change in the numbers to the words about it, families against their numbers, associations, and what leaves the house.
#include <algorithm>

#include "core/view/page.h"
#include "core/view/suppress.h"
#include "core/view/writers.h"
#include "tests/plugins/triangulation/strands_study.h"

namespace meerstem::testing {
namespace {

using Words = std::vector<std::vector<std::string>>;

std::vector<std::string> Column(const Words& words, const std::string& id) {
  std::vector<std::string> column;
  for (std::size_t c = 0; c < words[0].size(); ++c) {
    if (words[0][c] != id) continue;
    for (std::size_t r = 1; r < words.size(); ++r) column.push_back(words[r][c]);
  }
  return column;
}

std::int64_t Fact(const view::Model& model, const std::string& id) {
  for (const auto& fact : model.population.facts) {
    if (fact.id == id) return std::get<std::int64_t>(fact.value);
  }
  return -1;
}

TEST_F(StrandsTest, ExplainsWhyFamiliesGotWorse) {
  const auto model = study.See("triangulation.explain");
  EXPECT_EQ(Fact(model, "n"), 4);
  EXPECT_EQ(Fact(model, "down"), 4);
  EXPECT_EQ(Fact(model, "up"), 0);
  EXPECT_EQ(Fact(model, "remarks"), 1);
  EXPECT_EQ(Fact(model, "quotes"), 5);
  const auto words = Column(study.Words(model), "words");
  EXPECT_NE(std::find(words.begin(), words.end(), "De huur steeg."), words.end());
  EXPECT_NE(std::find(words.begin(), words.end(), "4 (punt) → 1 (punt)"), words.end());
}

TEST_F(StrandsTest, ExplainsByItemDomainDirectionAndSite) {
  EXPECT_EQ(Fact(study.See("triangulation.explain", {{"item", "household.b"}, {"outcome", "any"}}), "n"), 8);
  EXPECT_EQ(Fact(study.See("triangulation.explain", {{"item", "household.b"}, {"direction", "better"}, {"outcome", "any"}}), "n"), 4);
  EXPECT_EQ(Fact(study.See("triangulation.explain", {{"item", "household.a"}, {"outcome", "any"}}), "n"), 0);
  EXPECT_EQ(Fact(study.See("triangulation.explain", {{"domain", "household.home"}, {"outcome", "any"}}), "n"), 8);
  EXPECT_EQ(Fact(study.See("triangulation.explain", {{"outcome", "better"}}), "n"), 4);
  EXPECT_EQ(Fact(study.See("triangulation.explain", {{"outcome", "same_deprived"}}), "n"), 4);
}

TEST_F(StrandsTest, ACodeTypedBesideARemarkGoesOnItsWords) {
  const auto model = study.See("triangulation.explain");
  for (const auto& row : study.Rows(model)) {
    const bool about = std::any_of(row.entities.begin(), row.entities.end(), [&](const view::Entity& entity) { return entity.kind == "source" && entity.id == remark; });
    if (!about) continue;
    ASSERT_TRUE(row.cells.back().edit);
    Arguments arguments = row.cells.back().edit->bound;
    arguments.Set(row.cells.back().edit->parameter, std::string("Wonen/Huur"));
    Job job;
    study.engine().Execute(row.cells.back().edit->command, study.engine().Complete(study.engine().CommandOf("coding.apply").parameters, arguments), study.actor(), job);
  }
  const auto codes = Column(study.Words(study.See("triangulation.explain")), "codes");
  EXPECT_NE(std::find(codes.begin(), codes.end(), "Wonen/Huur"), codes.end());
  const auto uncoded = study.See("triangulation.explain", {{"uncoded", "yes"}});
  EXPECT_EQ(Fact(uncoded, "remarks"), 0);
  EXPECT_EQ(Fact(uncoded, "quotes"), 0);
}

TEST_F(StrandsTest, WhatExplainsFollowsEveryEdit) {
  EXPECT_EQ(Fact(study.See("triangulation.explain"), "n"), 4);
  study.store().Run({"test", Say("Answer"), study.actor()}, [&](Writing& writing) {
    writing.Do("UPDATE answer SET value = 5 WHERE item_id = ? AND registration_id = (SELECT registration.id FROM registration JOIN study_case ON study_case.id = case_id WHERE code = 'F-09' AND date = '2023-01-10')", item);
  });
  EXPECT_EQ(Fact(study.See("triangulation.explain"), "n"), 3);
  study.Undo();
  EXPECT_EQ(Fact(study.See("triangulation.explain"), "n"), 4);
}

TEST_F(StrandsTest, DisconfirmingCasesAreRankedWithTheirEvidence) {
  EXPECT_TRUE(study.Rows(study.See("triangulation.disconfirming")).empty());
  study.Do("triangulation.set-direction", {{"theme", "Vooruit"}, {"direction", "better"}});
  study.Do("triangulation.set-direction", {{"theme", "Achteruit"}, {"direction", "worse"}});
  const auto words = study.Words(study.See("triangulation.disconfirming"));
  ASSERT_EQ(words.size(), 2u);  // F-11 got worse and laughs again.
  EXPECT_EQ(words[1][2], "F-11");
  EXPECT_EQ(words[1][4], "1");
  EXPECT_EQ(words[1][5], "1");
  EXPECT_NE(words[1][6].find("Wij lachen weer."), std::string::npos);
  // A theme that would speak for the better and is heard only where it got worse.
  study.Do("triangulation.set-direction", {{"theme", "Achteruit"}, {"direction", "better"}});
  const auto names = Column(study.Words(study.See("triangulation.disconfirming")), "name");
  EXPECT_NE(std::find(names.begin(), names.end(), "Achteruit"), names.end());
  EXPECT_NE(study.Refusal("triangulation.set-direction", {{"direction", "better"}}), "");
}

TEST_F(StrandsTest, AnAssociationIsRefusedInWordsWhereFamiliesAreFew) {
  // Eight families are heard: fewer than a test needs.
  for (const auto& row : study.Rows(study.See("triangulation.association"))) {
    EXPECT_EQ(row.cells[7].state, view::State::kUndefined);
    EXPECT_EQ((*Language::English())(row.cells[7].why), "8 families are linked to a voice and have an outcome; a test needs 10.");
  }
}

TEST_F(StrandsTest, AnAssociationShowsTestsOnlyOnceRevealedAndCallsTheUnexpectedExploratory) {
  for (int f = 4; f < 8; ++f) {
    const std::string name = "Lid" + std::to_string(f);
    AddConversation(study, "Gesprek " + std::to_string(f), {{name, "family", "Noord", "Wij wachten."}});
    study.store().Run({"test", Say("Member"), study.actor()}, [&](Writing& writing) { EnsureMembership(writing, EnsurePerson(writing, name), EnsureCase(writing, Code(f)), "adult"); });
  }
  study.Do("triangulation.set-hypothesis", {{"row", "Achteruit"}, {"text", "Waar het slecht gaat, daalt de score."}});
  auto words = study.Words(study.See("triangulation.association"));
  EXPECT_EQ(Shown(words, "Achteruit", "heard_worse"), "4");
  EXPECT_EQ(Shown(words, "Achteruit", "not_worse"), "0");
  EXPECT_NE(Shown(words, "Achteruit", "v"), "");
  EXPECT_EQ(Shown(words, "Achteruit", "tau_b").substr(0, 1), "-");
  auto rows = study.Rows(study.See("triangulation.association"));
  EXPECT_EQ(rows[0].cells[9].state, view::State::kUndefined);
  study.Do("triangulation.reveal-associations");
  study.SetNow(1'800'000'000'000);
  study.Do("triangulation.set-hypothesis", {{"row", "Vooruit"}, {"text", "Te laat bedacht."}});
  rows = study.Rows(study.See("triangulation.association"));
  for (const auto& row : rows) {
    ASSERT_TRUE(std::holds_alternative<double>(row.cells[9].value));
    EXPECT_GE(std::get<double>(row.cells[10].value), std::get<double>(row.cells[9].value));
  }
  words = study.Words(study.See("triangulation.association"));
  EXPECT_EQ(Shown(words, "Achteruit", "status"), "expected beforehand: Waar het slecht gaat, daalt de score.");
  EXPECT_EQ(Shown(words, "Vooruit", "status"), "exploratory");
  EXPECT_NE(study.Refusal("triangulation.reveal-associations"), "");
}

TEST_F(StrandsTest, TypesLayNumbersBesideVoices) {
  const auto model = study.See("triangulation.types");
  const auto& matrix = std::get<view::Matrix>(model.body);
  const auto at = [&](const std::string& row, const std::string& column) {
    for (std::size_t r = 0; r < matrix.rows.size(); ++r) {
      for (std::size_t c = 0; c < matrix.columns.size(); ++c) {
        if (matrix.rows[r].key == row && matrix.columns[c].key == column) return (*Language::English()).Show(matrix.cells[r][c].value);
      }
    }
    return std::string("?");
  };
  EXPECT_EQ(at("families", "Vooruit"), "5");
  EXPECT_EQ(at("change", "Achteruit"), "1");
  EXPECT_EQ(at("better", "Vooruit"), "4 of 5");
  EXPECT_EQ(at("families", "-"), "4");
  EXPECT_EQ(at("better", "all"), "33.3 % (4 of 12)");
}

TEST_F(StrandsTest, FamiliesStandWithAllTheirSources) {
  const auto words = study.Words(study.See("triangulation.cases"));
  ASSERT_EQ(words.size(), 13u);
  EXPECT_NE(Shown(words, "F-08", "remarks").find("De huur steeg."), std::string::npos);
  EXPECT_EQ(Shown(words, "F-08", "conversations"), "Gesprek 8");
  EXPECT_NE(Shown(words, "F-08", "quotes").find("Het gaat slecht."), std::string::npos);
  EXPECT_EQ(study.Words(study.See("triangulation.cases", {{"heard", "yes"}})).size(), 9u);
}

TEST_F(StrandsTest, ExtremesAndTypicalOnesStandBesideTheirQuotes) {
  const auto model = study.See("triangulation.extremes", {{"most", "2"}});
  const auto& matrix = std::get<view::Matrix>(model.body);
  ASSERT_EQ(matrix.rows.size(), 6u);
  EXPECT_EQ((*Language::English()).Show(matrix.cells[0][1].value), "2 → 1");
  EXPECT_EQ((*Language::English()).Show(matrix.cells[5][1].value), "1 → 2");
}

TEST_F(StrandsTest, AFamilysNumbersAndVoicesLieOnOneAxis) {
  const auto model = study.See("triangulation.timeline", {{"case", "F-08"}});
  std::map<std::string, int> lanes;
  for (const auto& heading : std::get<view::Chart>(model.body).categories) ++lanes[(*Language::English())(heading.group)];
  EXPECT_EQ(lanes["Score"], 2);
  EXPECT_EQ(lanes["Remarks"], 1);
  EXPECT_EQ(lanes["Quotes"], 1);
  EXPECT_EQ(lanes["Registrations"], 2);
}

TEST_F(StrandsTest, SharesAndQuotesStandInTheDisplay) {
  const auto share = study.See("triangulation.display", {{"rows", "theme"}, {"columns", "stakeholder"}, {"show", "share"}, {"count", "quotes"}});
  bool found = false;
  for (const auto& line : std::get<view::Matrix>(share.body).cells) {
    for (const auto& cell : line) found |= (*Language::English()).Show(cell.value).find("of 9") != std::string::npos;
  }
  EXPECT_TRUE(found);
  const auto quotes = study.See("triangulation.display", {{"rows", "theme"}, {"columns", "stakeholder"}, {"show", "quotes"}});
  found = false;
  for (const auto& line : std::get<view::Matrix>(quotes.body).cells) {
    for (const auto& cell : line) found |= (*Language::English()).Show(cell.value).find("Het gaat goed nu.") != std::string::npos;
  }
  EXPECT_TRUE(found);
}

TEST_F(StrandsTest, ThePageHoldsOnlyWhatMayLeaveTheHouse) {
  study.store().Run({"test", Say("Consent"), study.actor()}, [](Writing& writing) { writing.Do("UPDATE person SET may_quote = 0 WHERE pseudonym = 'Lid9'"); });
  const auto model = study.See("triangulation.page");
  ASSERT_TRUE(model.page);
  EXPECT_EQ(model.page->quotes.size(), 8u);
  EXPECT_EQ(Fact(model, "withheld"), 1);
  auto reading = study.store().Read();
  const std::string html = view::Write(model, "html", *Language::English(), *reading);
  EXPECT_EQ(html.find("Lid9"), std::string::npos);
  EXPECT_NE(html.find("Wij lachen weer."), std::string::npos);
  EXPECT_EQ(html.find("http://"), std::string::npos);
  EXPECT_EQ(html.find("https://"), std::string::npos);
}

TEST_F(StrandsTest, WhatFewShareLeavesThePage) {
  auto reading = study.store().Read();
  const auto model = study.See("triangulation.page");
  const auto has = [](const view::Model& one, const char* facet) { return std::any_of(one.page->facets.begin(), one.page->facets.end(), [&](const auto& each) { return each.key == facet; }); };
  ASSERT_TRUE(has(model, "outcome"));
  // Four families that got better and four that got worse were heard.
  auto four = model, five = model;
  view::SuppressBelow(four, 4, *reading);
  view::SuppressBelow(five, 5, *reading);
  EXPECT_TRUE(has(four, "outcome"));
  EXPECT_FALSE(has(five, "outcome"));
  EXPECT_TRUE(has(model, "outcome")) << "the view that was looked at stays as it was";
  EXPECT_EQ(five.page->quotes.size(), model.page->quotes.size());
  const auto small = view::SmallCells(model, 5, *reading);
  EXPECT_TRUE(std::any_of(small.begin(), small.end(), [](const auto& cell) { return (*Language::English())(cell.where).find("filters: ") == 0; }));
  const std::string html = view::Write(five, "html", *Language::English(), *reading);
  EXPECT_NE(html.find("<td>suppressed</td>"), std::string::npos) << "four got better";
}

TEST_F(StrandsTest, TheFlowIsDrawnFromFamiliesAndPeopleToFindings) {
  const auto model = study.See("triangulation.flow");
  const auto& chart = std::get<view::Chart>(model.body);
  EXPECT_EQ(chart.kind, view::ChartKind::kBoxes);
  const auto place = [&](const std::string& key) { return static_cast<std::size_t>(std::find_if(chart.categories.begin(), chart.categories.end(), [&](const auto& box) { return box.key == key; }) - chart.categories.begin()); };
  const auto n = [&](const std::string& from, const std::string& to) { return std::get<std::int64_t>(chart.cells.at(place(from)).at(place(to)).value); };
  EXPECT_EQ(n("approached", "registered"), 12);
  EXPECT_EQ(n("followed", "scored"), 12);
  EXPECT_EQ(n("scored", "linked"), 8) << "families of whom a member speaks";
  EXPECT_EQ(n("people", "conversations"), 9);
  EXPECT_EQ(n("quotes", "quotes"), 9);
  const auto list = study.See("triangulation.flow-steps");
  EXPECT_EQ(std::get<view::Table>(list.body).rows->Count(), chart.categories.size());
}

TEST_F(StrandsTest, NoWordOfATextCanEndThePagesScript) {
  const Id talk = AddConversation(study, "Kwaad", {{"Eva", "family", "Noord", "</script><script>alert(1)</script> & <b>"}});
  CodeWords(study, talk, "</script><script>alert(1)</script> & <b>", "Goed");
  auto reading = study.store().Read();
  const std::string html = view::Write(study.See("triangulation.page"), "html", *Language::English(), *reading);
  EXPECT_EQ(html.find("<script>alert"), std::string::npos);
  EXPECT_EQ(html.find("</script><script>a"), std::string::npos);
}

TEST_F(StrandsTest, TheReportHoldsBothStrandsTheLedgerAndTheChecklists) {
  study.Do("triangulation.add-finding", {{"construct", "Huur"}});
  study.Do("triangulation.add-value", {{"finding", "Huur"}, {"view", "indices.outcomes"}, {"row", "worse_deprived"}, {"column", "n"}});
  study.Do("themes.add-checklist", {{"shipped", "gramms"}});
  auto reading = study.store().Read();
  const std::string text = view::Write(study.See("triangulation.report"), "md", *Language::English(), *reading);
  for (const char* words : {"In short", "What the voices say", "What the numbers say", "Ledger of findings", "Limits", "GRAMMS", "Huur", "two"}) EXPECT_NE(text.find(words), std::string::npos) << words;
}

TEST_F(StrandsTest, WithoutScoresEveryDisplaySaysWhatIsMissing) {
  study.store().Run({"test", Say("No rules"), study.actor()}, [](Writing& writing) { writing.Do("DELETE FROM rule_set"); });
  for (const char* view : {"triangulation.explain", "triangulation.extremes", "triangulation.disconfirming", "triangulation.association", "triangulation.types", "triangulation.cases", "triangulation.ledger"}) {
    const auto model = study.See(view);
    EXPECT_FALSE(model.empty.empty()) << view;
  }
}

}  // namespace
}  // namespace meerstem::testing
