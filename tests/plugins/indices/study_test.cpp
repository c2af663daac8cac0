#include <gtest/gtest.h>

#include "tests/plugins/indices/tiny_study.h"

namespace meerstem::indices {
namespace {

/// Families that show each road: left, same and deprived, undetermined, not followed.
void Fill(Tiny& study) {
  study.Registered("L", "2022-01-31", {"home=1", "work@A1=1", "school@K1=5"});
  study.Registered("L", "2022-07-31", {"home=3"});
  study.Registered("S", "2022-01-01", {"home=1", "work@A1=1", "work@A2=unknown", "work@A3=2", "school@K1=1"}, "Zuid");
  study.Registered("S", "2022-03-01", {"work@A2=1"}, "Zuid");
  study.Registered("S", "2022-09-01", {"work@A2=5"}, "Zuid");
  study.Registered("U", "2022-01-01", {"home=1", "work@A1=unknown", "school@K1=n/a"});
  study.Registered("U", "2022-08-01", {"work@A1=5"});
  study.Registered("N", "2022-08-31", {"home=1", "work@A1=1", "school@K1=1"});
  study.Registered("N", "2023-02-27", {"home=5"});
}

TEST(Scores, WithoutWhatTheCleaningLeftOut) {
  Tiny study;
  Fill(study);
  study.Write([](Writing& writing) {
    writing.Do("INSERT INTO excluded_case SELECT ?, id, 'twice', NULL, 0 FROM study_case WHERE code = 'L'", writing.NewId());
    writing.Do("INSERT INTO excluded_registration SELECT ?, registration.id, 'by mistake', NULL, 0 FROM registration JOIN study_case ON study_case.id = case_id "
               "WHERE code = 'S' AND date = '2022-09-01'", writing.NewId());
  });
  const auto model = study.See("indices.scores");
  EXPECT_EQ(study.Facts(model)["families"], "3");
  const Words words = study.Words(model);
  EXPECT_EQ(words[1][0], "S");
  EXPECT_EQ(words[1][8], "<empty>") << "no longer followed";
}

TEST(Scores, WithBoundsAndReasons) {
  Tiny study;
  Fill(study);
  const auto model = study.See("indices.scores");
  const Words words = study.Words(model);
  EXPECT_EQ(words[0], (std::vector<std::string>{"case", "site", "baseline", "score", "home", "work", "school", "deprived", "follow_up", "follow_up_score", "change", "outcome"}));
  EXPECT_EQ(words[1], (std::vector<std::string>{"L", "Noord", "31/01/2022", "2", "insufficient", "insufficient", "sufficient", "yes", "31/07/2022", "1", "-1", "Better: left deprivation"}));
  EXPECT_EQ(words[2], (std::vector<std::string>{"S", "Zuid", "01/01/2022", "[2–3]", "insufficient", "<undefined>", "insufficient", "yes", "01/09/2022", "2", "<undefined>", "<undefined>"}));
  EXPECT_EQ(words[3][3], "[1–2]");
  EXPECT_EQ(words[3][7], "<undefined>") << "the bounds lie on both sides of 2";
  EXPECT_EQ(words[4][8], "<empty>") << "27 February is a day too early";
  const auto rows = study.Rows(model);
  EXPECT_FALSE(rows[2].cells[7].why.empty());
  EXPECT_EQ(rows[2].cells[3].state, view::State::kUndefined);
  auto facts = study.Facts(model);
  EXPECT_EQ(facts["families"], "4");
  EXPECT_EQ(facts["followed"], "3");
  EXPECT_EQ(facts["n"], "1");
  EXPECT_EQ(facts["undetermined"], "2");
  EXPECT_EQ(facts["missing"], "1");
  EXPECT_EQ(facts["rule_set"], "three");
  EXPECT_EQ(facts["rule_set_version"], "1");
  EXPECT_TRUE(facts.contains("carried"));
}

TEST(Outcomes, AllEightRowsAlways) {
  Tiny study;
  EXPECT_EQ(study.Outcomes().size(), 8u);
  EXPECT_EQ(study.Rows(study.See("indices.outcomes"))[0].cells[3].state, view::State::kUndefined) << "no share of nobody";
  Fill(study);
  auto counts = study.Outcomes();
  EXPECT_EQ(counts["left"], "1");
  EXPECT_EQ(counts["same_deprived"], "0");
  EXPECT_EQ(study.Outcomes({{"site", "Zuid"}})["left"], "0");
  const auto row = study.Rows(study.See("indices.outcomes"))[0];
  EXPECT_EQ(row.target->view, "indices.scores");
  Job job;
  const auto behind = study.engine().Build(row.target->view, row.target->arguments, job);
  EXPECT_EQ(study.Words(behind).size(), 2u);
  EXPECT_EQ(study.Words(behind)[1][0], "L");
  EXPECT_EQ(row.entities.size(), 1u);
}

TEST(Transitions, CountsWithTotalsAndTargets) {
  Tiny study;
  Fill(study);
  study.Registered("E", "2022-01-01", {"home=5", "work@A1=5", "school@K1=5"});
  study.Registered("E", "2022-12-01", {"home=1", "work@A1=2"});
  const auto model = study.See("indices.transitions");
  const auto& matrix = std::get<view::Matrix>(model.body);
  ASSERT_EQ(matrix.rows.size(), 4u) << "three criteria: 0 to 3";
  EXPECT_EQ(std::get<std::int64_t>(matrix.cells[2][1].value), 1);
  EXPECT_EQ(std::get<std::int64_t>(matrix.cells[0][2].value), 1);
  EXPECT_EQ(matrix.cells[3][3].value, Value(std::int64_t{0}));
  EXPECT_EQ(std::get<std::int64_t>(matrix.total->value), 2);
  EXPECT_EQ(std::get<std::int64_t>(matrix.row_totals[2].value), 1);
  EXPECT_EQ(std::get<std::int64_t>(matrix.column_totals[1].value), 1);
  EXPECT_EQ(matrix.threshold_after, 1u);
  EXPECT_EQ(matrix.cells[2][1].glyph, "⇑");
  Job job;
  const auto& target = *matrix.cells[0][2].target;
  EXPECT_EQ(study.Words(study.engine().Build(target.view, target.arguments, job))[1][0], "E");
}

TEST(Dimensions, GroupTheCases) {
  Tiny study;
  Fill(study);
  auto reading = study.store().Read();
  const Grouping outcome = study.registry().FindDimension("outcome")->groups(*reading);
  ASSERT_EQ(outcome.groups.size(), 10u);
  EXPECT_EQ(outcome.groups[8].key, "undetermined");
  EXPECT_EQ(outcome.groups[9].key, "not_followed");
  std::map<std::string, int> sizes;
  for (const auto& [id, group] : outcome.members) ++sizes[outcome.groups[group].key];
  EXPECT_EQ(sizes, (std::map<std::string, int>{{"left", 1}, {"undetermined", 2}, {"not_followed", 1}}));
  const Grouping deprivation = study.registry().FindDimension("deprivation")->groups(*reading);
  EXPECT_EQ(deprivation.groups.size(), 3u);
  EXPECT_EQ(deprivation.members.size(), 4u);
}

TEST(RuleSets, WithoutOneTheViewsSayHowToGetOne) {
  meerstem::testing::TestStudy study({&Register});
  for (const auto* view : {"indices.scores", "indices.outcomes", "indices.transitions", "indices.rule-set"}) {
    const auto model = study.See(view);
    EXPECT_TRUE(view::IsEmpty(model)) << view;
    EXPECT_FALSE(model.empty.empty()) << view;
    ASSERT_EQ(model.actions.size(), 1u) << view;
    EXPECT_EQ(model.actions[0].command, "indices.add-rule-set");
  }
  EXPECT_TRUE(study.registry().FindDimension("outcome")->groups(*study.store().Read()).groups.empty());
  EXPECT_NE(study.Refusal("indices.add-rule-set", {{"shipped", "kind-en-gezin"}}).find("needs the instrument “sociale-balans”"), std::string::npos);
}

TEST(RuleSets, OneIsInUseAndAllIsUndone) {
  Tiny study;
  Fill(study);
  const std::string before = study.Dump();
  study.Do("indices.add-rule-set", {{"file", study.folder().Write("two.json", Rules("\"max_carried_months\":null", "2", "1"))}});
  EXPECT_EQ(study.Facts(study.See("indices.outcomes"))["rule_set_version"], "1") << "the first stays in use";
  study.Do("indices.use-rule-set", {{"rule-set", "three 2"}});
  EXPECT_EQ(study.Facts(study.See("indices.outcomes"))["rule_set_version"], "2");
  EXPECT_EQ(study.Outcomes()["left"], "0") << "with threshold 1 the family stays deprived";
  EXPECT_EQ(study.Outcomes()["improved_deprived"], "1");
  EXPECT_NE(study.Refusal("indices.use-rule-set", {{"rule-set", "three 2"}}), "");
  EXPECT_TRUE(study.store().Check().empty());
  study.Undo();
  study.Undo();
  EXPECT_EQ(study.Dump(), before);
  EXPECT_NE(study.Refusal("indices.add-rule-set", {{"file", study.folder().Write("again.json", Rules())}}).find("is in the study already"), std::string::npos);
}

TEST(RuleSets, CarriedAnswersCanGrowTooOld) {
  Tiny study;
  Fill(study);
  study.Do("indices.add-rule-set", {{"file", study.folder().Write("old.json", Rules("\"max_carried_months\":3", "2"))}});
  study.Do("indices.use-rule-set", {{"rule-set", "three 2"}});
  EXPECT_EQ(study.Words(study.See("indices.scores"))[1][9], "[0–2]") << "work and school were entered six months before";
}

TEST(RuleSets, FaultsNameTheirPlace) {
  Tiny study;
  const auto refusal = [&](const std::string& from, const std::string& to) {
    std::string json = Rules("\"max_carried_months\":null", "9");
    json.replace(json.find(from), from.size(), to);
    return study.Refusal("indices.add-rule-set", {{"file", study.folder().Write("r.json", json)}});
  };
  EXPECT_EQ(refusal("\"threshold\":2", "\"threshold\":4"), "“r.json”, at threshold: a whole number from 1 to 3 is expected.");
  EXPECT_EQ(refusal("\"persons\":\"all\"", "\"persons\":\"some\""), "“r.json”, at criteria[1].persons: “some” is not one of any, all, worst, mean, named.");
  EXPECT_EQ(refusal("\"follow_up\":\"last\"", "\"follow\":\"last\""), "“r.json”: “follow_up” is missing.");
  EXPECT_EQ(refusal("\"insufficient_at_most\":2", "\"insufficient_at_most\":\"2\""),
            "“r.json”, at criteria[0].items[0].insufficient_at_most: a whole number from -1,000 to 1,000 is expected.");
  EXPECT_EQ(refusal("\"item\":\"work\"", "\"item\":\"job\""), "The criterion “work” uses the item “job”, which “tiny” does not have.");
  EXPECT_NE(refusal("\"level\":\"child\"", "\"level\":\"adult\"").find("use the level “any” to mix"), std::string::npos);
  EXPECT_EQ(study.Refusal("indices.add-rule-set", {{"file", study.folder().Write("r.json", "[]")}}), "“r.json”: an object {…} is expected.");
}

TEST(RuleSets, TheTreeShowsItemsAndCutoffs) {
  Tiny study;
  const auto tree = std::get<view::Tree>(study.See("indices.rule-set").body);
  ASSERT_EQ(tree.nodes.size(), 6u);
  EXPECT_EQ(tree.nodes[1].parent, "home");
  EXPECT_EQ(std::get<std::int64_t>(tree.nodes[1].cells[0].value), 2);
}

}  // namespace
}  // namespace meerstem::indices
