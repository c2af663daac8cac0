// The ledger: evidence of both strands, two analysts who do not see each other, verdicts, and what has changed since.
#include "core/view/writers.h"
#include "tests/plugins/triangulation/strands_study.h"

namespace meerstem::testing {
namespace {

class LedgerTest : public StrandsTest {
 protected:
  LedgerTest() {
    study.Do("triangulation.add-finding", {{"construct", "Huur"}, {"statement", "De huur drukt."}});
    study.Do("triangulation.add-value", {{"finding", "Huur"}, {"view", "indices.outcomes"}, {"row", "worse_deprived"}, {"column", "n"}});
    study.Do("triangulation.add-quote", {{"finding", "Huur"}, {"source", "Gesprek 8"}, {"text", "De huur steeg."}});
  }
  void BothJudge(const std::string& finding, const std::string& one, const std::string& other) {
    study.DoAs("Ann", "triangulation.judge", {{"finding", finding}, {"label", one}});
    study.DoAs("Bert", "triangulation.judge", {{"finding", finding}, {"label", other}});
  }
  std::string Ledger(const std::string& finding, const std::string& column) { return Shown(study.Words(study.See("triangulation.ledger")), finding, column); }
  view::Cell Cell(const std::string& finding, const std::string& column) {
    const auto model = study.See("triangulation.ledger");
    const auto& table = std::get<view::Table>(model.body);
    for (const auto& row : study.Rows(model)) {
      for (std::size_t c = 0; c < table.columns.size(); ++c) {
        if (table.columns[c].id == column && std::get<std::string>(row.cells[0].value) == finding) return row.cells[c];
      }
    }
    return {};
  }
};

TEST_F(LedgerTest, EvidenceOfEachStrandIsCountedAndSpeaksForItsVoice) {
  EXPECT_EQ(Ledger("Huur", "numbers"), "1");
  EXPECT_EQ(Ledger("Huur", "voices"), "1");
  study.Do("triangulation.add-literature", {{"finding", "Huur"}, {"text", "Huur stijgt overal."}});
  EXPECT_EQ(Ledger("Huur", "literature"), "1");
  study.Do("triangulation.mark-silent", {{"finding", "Huur"}, {"voice", "coach"}, {"state", "not_asked"}});
  study.Do("triangulation.mark-silent", {{"finding", "Huur"}, {"voice", "coordinator"}, {"state", "silent"}});
  const auto model = study.See("triangulation.completeness");
  const auto& matrix = std::get<view::Matrix>(model.body);
  std::map<std::string, view::Cell> cells;
  for (std::size_t c = 0; c < matrix.columns.size(); ++c) cells[matrix.columns[c].key] = matrix.cells[0][c];
  EXPECT_EQ(std::get<std::int64_t>(cells["numbers"].value), 1);
  EXPECT_EQ(std::get<std::int64_t>(cells["family"].value), 1);
  EXPECT_EQ(std::get<std::int64_t>(cells["literature"].value), 1);
  EXPECT_EQ(cells["coach"].state, view::State::kNotAsked);
  EXPECT_EQ(cells["coordinator"].state, view::State::kSilent);
  EXPECT_EQ(cells["remarks"].state, view::State::kEmpty);
  study.Do("triangulation.mark-silent", {{"finding", "Huur"}, {"voice", "coach"}, {"state", "none"}});
  EXPECT_EQ(std::get<view::Matrix>(study.See("triangulation.completeness").body).cells[0][2].state, view::State::kEmpty);
}

TEST_F(LedgerTest, NobodySeesAJudgementBeforeTwoHaveJudged) {
  study.DoAs("Ann", "triangulation.judge", {{"finding", "Huur"}, {"label", "dissonance"}, {"rationale", "Geheim oordeel"}});
  for (const char* view : {"triangulation.ledger", "triangulation.finding", "triangulation.side-by-side", "triangulation.agreement"}) {
    const auto model = study.See(view, std::string(view) == "triangulation.finding" ? RawArguments{{"finding", "Huur"}} : RawArguments{});
    auto reading = study.store().Read();
    const std::string json = view::Write(model, "json", *Language::English(), *reading);
    EXPECT_EQ(json.find("Dissonance"), std::string::npos) << view;
    EXPECT_EQ(json.find("Tegenspraak"), std::string::npos) << view;
    EXPECT_EQ(json.find("Geheim"), std::string::npos) << view;
  }
  EXPECT_NE(Ledger("Huur", "judged").find("Ann"), std::string::npos);
  // One's own may still be changed, and stays one.
  study.DoAs("Ann", "triangulation.judge", {{"finding", "Huur"}, {"label", "partial"}});
  study.DoAs("Bert", "triangulation.judge", {{"finding", "Huur"}, {"label", "agreement"}});
  const std::string both = Ledger("Huur", "judged");
  EXPECT_NE(both.find("Partial agreement"), std::string::npos) << both;
  EXPECT_NE(both.find("Bert: Agreement"), std::string::npos) << both;
  // Whoever has seen both cannot judge any more.
  EXPECT_THROW(study.DoAs("Ann", "triangulation.judge", {{"finding", "Huur"}, {"label", "silence"}}), Error);
  EXPECT_THROW(study.DoAs("Cas", "triangulation.judge", {{"finding", "Huur"}, {"label", "silence"}}), Error);
}

TEST_F(LedgerTest, AgreementIsPercentAndKappaAndSaysWhenItIsUndefined) {
  EXPECT_TRUE(study.Rows(study.See("triangulation.agreement")).empty());
  BothJudge("Huur", "agreement", "agreement");
  auto rows = study.Rows(study.See("triangulation.agreement"));
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_DOUBLE_EQ(std::get<double>(rows[0].cells[4].value), 100);
  EXPECT_EQ(rows[0].cells[5].state, view::State::kUndefined);
  EXPECT_FALSE(rows[0].cells[5].why.empty());
  for (const auto& [construct, one, other] : {std::tuple("B", "dissonance", "dissonance"), std::tuple("C", "agreement", "dissonance"), std::tuple("D", "agreement", "agreement")}) {
    study.Do("triangulation.add-finding", {{"construct", construct}});
    study.Do("triangulation.add-literature", {{"finding", construct}, {"text", "Iets."}});
    BothJudge(construct, one, other);
  }
  rows = study.Rows(study.See("triangulation.agreement"));
  // 3 of 4; margins 3/4, 1/4 and 2/4, 2/4: pe = 0.5, κ = 0.5.
  EXPECT_DOUBLE_EQ(std::get<double>(rows[0].cells[4].value), 75);
  EXPECT_NEAR(std::get<double>(rows[0].cells[5].value), 0.5, 1e-12);
}

TEST_F(LedgerTest, AVerdictComesAfterTwoJudgementsOrSaysThatItIsAlone) {
  EXPECT_NE(study.Refusal("triangulation.resolve", {{"finding", "Huur"}, {"label", "agreement"}}), "");
  study.Do("triangulation.resolve", {{"finding", "Huur"}, {"label", "agreement"}, {"alone", "yes"}});
  EXPECT_EQ(Ledger("Huur", "verdict"), "Agreement");
  EXPECT_THROW(study.DoAs("Ann", "triangulation.judge", {{"finding", "Huur"}, {"label", "silence"}}), Error);
  study.Undo();
  BothJudge("Huur", "partial", "agreement");
  study.Do("triangulation.resolve", {{"finding", "Huur"}, {"label", "complementarity"}, {"rationale", "Samen gelezen"}});
  const auto model = study.See("triangulation.side-by-side");
  EXPECT_EQ((*Language::English())(std::get<Message>(std::get<view::Matrix>(model.body).cells[0][2].value)), "Complementarity");
}

TEST_F(LedgerTest, WhatChangesBeneathIsMarked) {
  BothJudge("Huur", "agreement", "agreement");
  study.Do("triangulation.resolve", {{"finding", "Huur"}, {"label", "agreement"}});
  study.Do("triangulation.infer", {{"finding", "Huur"}, {"inference", "Huur hoort in het beleid."}});
  for (const char* column : {"changed", "verdict", "inference"}) EXPECT_NE(Cell("Huur", column).state, view::State::kStale) << column;
  // Another registration counts: the number is not what it was.
  study.Do("registrations.exclude", {{"case", "F-08"}, {"reason", "dubbel"}});
  EXPECT_EQ(Cell("Huur", "changed").state, view::State::kStale);
  EXPECT_EQ(Cell("Huur", "verdict").state, view::State::kStale);
  EXPECT_EQ(Cell("Huur", "inference").state, view::State::kStale);
  const auto form = study.See("triangulation.finding", {{"finding", "Huur"}});
  const auto& fields = std::get<view::Form>(form.body).fields;
  const auto stale = std::find_if(fields.begin(), fields.end(), [](const view::Field& field) { return field.section == "numbers"; });
  ASSERT_NE(stale, fields.end());
  EXPECT_EQ(stale->value.state, view::State::kStale);
  EXPECT_EQ((*Language::English())(stale->value.why), "It was 4 when it was entered.");
  // Accepting it takes the mark from the evidence, not from what was judged on the old value.
  study.Do("triangulation.accept-evidence", {{"evidence", "Huur/1"}});
  EXPECT_NE(Cell("Huur", "changed").state, view::State::kStale);
  EXPECT_EQ(Cell("Huur", "verdict").state, view::State::kStale);
  study.Undo();
  study.Undo();
  EXPECT_NE(Cell("Huur", "verdict").state, view::State::kStale);
}

TEST_F(LedgerTest, AThemeIsEvidenceAsLongAsItsQuotesStay) {
  study.Do("triangulation.add-finding", {{"construct", "Vooruitgang"}});
  study.Do("triangulation.add-theme", {{"finding", "Vooruitgang"}, {"theme", "Vooruit"}, {"stakeholder", "family"}});
  EXPECT_NE(Cell("Vooruitgang", "changed").state, view::State::kStale);
  study.Do("themes.unlink-code", {{"theme", "Vooruit"}, {"code", "Goed"}});
  EXPECT_EQ(Cell("Vooruitgang", "changed").state, view::State::kStale);
  study.Do("themes.delete-theme", {{"theme", "Vooruit"}});
  EXPECT_EQ(Cell("Vooruitgang", "changed").state, view::State::kStale);
  EXPECT_NE(study.Refusal("triangulation.accept-evidence", {{"evidence", "Vooruitgang/1"}}), "");
}

TEST_F(LedgerTest, ConsentReachesTheLedger) {
  study.store().Run({"test", Say("Consent"), study.actor()}, [](Writing& writing) { writing.Do("UPDATE person SET may_analyse = 0 WHERE pseudonym = 'Lid8'"); });
  auto reading = study.store().Read();
  for (const char* view : {"triangulation.side-by-side", "triangulation.thread", "triangulation.explain", "triangulation.cases"}) {
    const std::string json = view::Write(study.See(view), "json", *Language::English(), *reading);
    EXPECT_EQ(json.find("“De huur steeg.”"), std::string::npos) << view;
  }
  // Nothing is marked as changed by it: the words are what they were.
  EXPECT_NE(Cell("Huur", "changed").state, view::State::kStale);
}

TEST_F(LedgerTest, LabelsAreTheStudysOwn) {
  study.Do("triangulation.add-label", {{"name", "Onbeslist"}, {"fit", "partial"}});
  study.Do("triangulation.set-label", {{"label", "Onbeslist"}, {"definition", "Nog te bespreken."}});
  BothJudge("Huur", "Onbeslist", "Onbeslist");
  EXPECT_NE(Ledger("Huur", "judged").find("Onbeslist"), std::string::npos);
  EXPECT_NE(study.Refusal("triangulation.delete-label", {{"label", "Onbeslist"}}), "");
  study.Do("triangulation.delete-label", {{"label", "silence"}});
  EXPECT_NE(study.Refusal("triangulation.resolve", {{"finding", "Huur"}, {"label", "silence"}}), "");
}

TEST_F(LedgerTest, WhatCannotBeIsRefusedInWords) {
  EXPECT_NE(study.Refusal("triangulation.add-finding", {{"construct", "Huur"}}), "");
  EXPECT_NE(study.Refusal("triangulation.add-value", {{"finding", "Huur"}, {"view", "indices.outcomes"}, {"row", "nothing"}, {"column", "n"}}), "");
  EXPECT_NE(study.Refusal("triangulation.add-value", {{"finding", "Huur"}, {"view", "indices.outcomes"}, {"row", "left"}}), "");
  EXPECT_NE(study.Refusal("triangulation.add-value", {{"finding", "Huur"}, {"view", "triangulation.ledger"}, {"row", "Huur"}, {"column", "numbers"}}), "");
  EXPECT_NE(study.Refusal("triangulation.add-quote", {{"finding", "Huur"}}), "");
  study.Do("triangulation.add-finding", {{"construct", "Leeg"}});
  EXPECT_NE(study.Refusal("triangulation.judge", {{"finding", "Leeg"}, {"label", "agreement"}}), "");
}

TEST_F(LedgerTest, UndoBringsAFindingBackWithEverythingThatHungOnIt) {
  BothJudge("Huur", "agreement", "partial");
  study.Do("triangulation.resolve", {{"finding", "Huur"}, {"label", "partial"}});
  const std::string before = study.Dump();
  study.Do("triangulation.delete-finding", {{"finding", "Huur"}});
  EXPECT_TRUE(study.Rows(study.See("triangulation.ledger")).empty());
  study.Undo();
  EXPECT_EQ(study.Dump(), before);
  EXPECT_EQ(study.store().Check(), std::vector<std::string>{});
}

TEST_F(LedgerTest, FindingsStandInTheOrderThatIsGiven) {
  study.Do("triangulation.add-finding", {{"construct", "Tweede"}});
  study.Do("triangulation.add-finding", {{"construct", "Derde"}});
  study.Do("triangulation.move-finding", {{"finding", "Derde"}});
  study.Do("triangulation.move-finding", {{"finding", "Huur"}, {"after", "Tweede"}});
  const auto words = study.Words(study.See("triangulation.ledger"));
  EXPECT_EQ(words[1][0], "Derde");
  EXPECT_EQ(words[2][0], "Tweede");
  EXPECT_EQ(words[3][0], "Huur");
}

TEST_F(LedgerTest, AThreadGoesFromOneStrandToTheOther) {
  study.Do("triangulation.add-value", {{"finding", "Huur"}, {"view", "indices.outcomes"}, {"row", "left"}, {"column", "n"}, {"led-to", "En wie raakte eruit?"}});
  const auto words = study.Words(study.See("triangulation.thread", {{"finding", "Huur"}}));
  ASSERT_EQ(words.size(), 4u);
  EXPECT_EQ(Shown(words, "Huur", "step"), "1");
  EXPECT_EQ(words[3][4], "En wie raakte eruit?");
}

}  // namespace
}  // namespace meerstem::testing
