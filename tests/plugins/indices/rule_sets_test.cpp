#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <set>

#include "tests/plugins/indices/tiny_study.h"

namespace meerstem::indices {
namespace {

std::string ReadBack(const std::string& path) {
  std::ifstream file(path);
  return std::string((std::istreambuf_iterator<char>(file)), {});
}

TEST(RuleSets, GoOutAndComeInTheSame) {
  Tiny study;
  study.Do("indices.set-rule", {{"what", "rated_by"}, {"value", "same"}});
  study.Do("indices.set-rule", {{"what", "rater"}, {"value", "Ann"}});
  const std::string path = study.folder().path("out.json");
  study.Do("indices.export-rule-set", {{"to", path}});
  const RuleSet out = ReadRuleSet(ReadBack(path), "out.json");
  EXPECT_EQ(out.version, "3");
  EXPECT_EQ(out.raters, Raters::kSame);
  EXPECT_EQ(out.rater, "Ann");
  Tiny other;
  other.Do("indices.add-rule-set", {{"file", path}});
  other.Do("indices.use-rule-set", {{"rule-set", "three 3"}});
  other.Do("indices.export-rule-set", {{"to", other.folder().path("again.json")}});
  EXPECT_EQ(ReadBack(other.folder().path("again.json")), ReadBack(path));
  EXPECT_NE(study.Refusal("indices.export-rule-set", {{"to", study.store().path()}}), "") << "never over the study";
  EXPECT_NE(study.Refusal("indices.export-rule-set", {{"to", "/nowhere/at/all.json"}}), "");
}

TEST(RuleSets, AreCopiedPutAsideAndRemovedAndAllIsUndone) {
  Tiny study;
  const std::string before = study.Dump();
  study.Do("indices.copy-rule-set", {{"key", "strict"}, {"name", "Streng"}});
  study.Do("indices.set-rule", {{"rule-set", "strict 1"}, {"what", "threshold"}, {"value", "1"}});
  const auto states = [&] {
    std::string all;
    for (const auto& row : study.Words(study.See("indices.rule-sets"))) all += row[1] + " " + row[2] + " " + row[3] + "; ";
    return all;
  };
  EXPECT_EQ(states(), "key version state; strict 1 kept; strict 2 kept; three 1 in use; ");
  const auto variants = [&] {
    int stored = 0;
    for (const auto& row : study.Rows(study.See("indices.what-if"))) stored += row.key.rfind("stored_", 0) == 0;
    return stored;
  };
  EXPECT_EQ(variants(), 2);
  study.Do("indices.archive-rule-set", {{"rule-set", "strict 1"}});
  EXPECT_EQ(variants(), 1);
  EXPECT_EQ(states(), "key version state; strict 1 put aside; strict 2 kept; three 1 in use; ");
  EXPECT_EQ(study.Refusal("indices.archive-rule-set", {{"rule-set", "strict 1"}}), "This rule set is put aside already.");
  study.Do("indices.archive-rule-set", {{"rule-set", "strict 1"}, {"back", "yes"}});
  EXPECT_EQ(variants(), 2);
  study.Do("indices.archive-rule-set", {{"rule-set", "strict 1"}});
  study.Do("indices.use-rule-set", {{"rule-set", "strict 1"}});
  EXPECT_EQ(states(), "key version state; strict 1 in use; strict 2 kept; three 1 kept; ") << "what is used is not aside";
  EXPECT_EQ(study.store().Check(), std::vector<std::string>{});
  EXPECT_EQ(study.Refusal("indices.remove-rule-set", {{"rule-set", "strict 1"}}), "This rule set is in use; put another to use first.");
  EXPECT_EQ(study.Refusal("indices.archive-rule-set", {{"rule-set", "strict 1"}}), "This rule set is in use; put another to use first.");
  study.Do("indices.remove-rule-set", {{"rule-set", "strict 2"}});
  EXPECT_EQ(states(), "key version state; strict 1 in use; three 1 kept; ");
  for (int i = 0; i < 7; ++i) study.Undo();
  EXPECT_EQ(study.Dump(), before);
}

TEST(RuleSets, UnderWhichTestsWereRevealedStay) {
  Tiny study;
  study.Do("indices.reveal");
  study.Do("indices.set-rule", {{"what", "threshold"}, {"value", "1"}});
  EXPECT_EQ(study.Refusal("indices.remove-rule-set", {{"rule-set", "three 1"}}), "Tests were revealed under three 1, so it stays; put it aside with indices.archive-rule-set.");
  study.Do("indices.archive-rule-set", {{"rule-set", "three 1"}});
}

TEST(RuleSets, GainAndLoseCriteria) {
  Tiny study;
  study.Registered("A", "2022-01-01", {"home=1", "work@A1=5", "school@K1=5"});
  study.Do("indices.add-criterion", {{"key", "more"}, {"name", "Meer"}, {"item", "home"}, {"insufficient-at-most", "1"}});
  EXPECT_EQ(study.Words(study.See("indices.scores"))[1][3], "2") << "home and more";
  study.Do("indices.remove-criterion", {{"criterion", "home"}});
  EXPECT_EQ(study.Words(study.See("indices.scores"))[1][3], "1");
  EXPECT_NE(study.Refusal("indices.add-criterion", {{"key", "more"}, {"name", "Meer"}, {"item", "home"}}), "");
  EXPECT_NE(study.Refusal("indices.add-criterion", {{"key", "else"}, {"name", "Anders"}, {"item", "garden"}}), "");
  EXPECT_NE(study.Refusal("indices.remove-criterion", {{"criterion", "garden"}}), "");
  study.Do("indices.remove-criterion", {{"criterion", "more"}});
  EXPECT_NE(study.Refusal("indices.remove-criterion", {{"criterion", "work"}}), "") << "a threshold of 2 needs two criteria";
}

class Raters : public ::testing::Test {
 protected:
  Raters() {
    study.Registered("A", "2022-01-01", {"home=1", "work@A1=1", "school@K1=1"});
    study.Registered("A", "2022-08-01", {"home=5"});
    study.Registered("A", "2022-10-01", {"work@A1=5"});
    By("2022-01-01", "Ann");
    By("2022-08-01", "Ann");
    By("2022-10-01", "Ben");
  }
  void By(const std::string& date, const std::string& who) {
    study.Write([&](Writing& writing) { writing.Do("UPDATE registration SET registrar_id = ? WHERE date = ?", EnsurePerson(writing, who), date); });
  }
  /// Baseline, its score, follow-up, its score.
  std::string Seen() {
    const auto row = study.Words(study.See("indices.scores"))[1];
    return row[2] + " " + row[3] + ", " + row[8] + " " + row[9];
  }
  Tiny study;
};

TEST_F(Raters, AnyoneTheSameOrOnePerson) {
  EXPECT_EQ(Seen(), "01/01/2022 3, 01/10/2022 1");
  study.Do("indices.set-rule", {{"what", "rated_by"}, {"value", "same"}});
  EXPECT_EQ(Seen(), "01/01/2022 3, 01/08/2022 2") << "Ben's is no follow-up to Ann's";
  study.Do("indices.set-rule", {{"what", "rater"}, {"value", "Ben"}});
  EXPECT_EQ(Seen(), "01/10/2022 1, <empty> <empty>") << "Ben only once; what Ann entered still stands";
  study.Do("indices.set-rule", {{"what", "rater"}, {"value", ""}});
  study.Do("indices.set-rule", {{"what", "rated_by"}, {"value", "anyone"}});
  EXPECT_EQ(Seen(), "01/01/2022 3, 01/10/2022 1");
}

TEST_F(Raters, WhoIsNotKnownIsNotTheSame) {
  study.Write([](Writing& writing) { writing.Do("UPDATE registration SET registrar_id = NULL"); });
  study.Do("indices.set-rule", {{"what", "rated_by"}, {"value", "same"}});
  EXPECT_EQ(Seen(), "01/01/2022 3, <empty> <empty>");
}

TEST_F(Raters, WhatIfComparesWhereItIsKnown) {
  const auto row = [&]() -> std::string {
    for (const auto& one : study.Rows(study.See("indices.what-if"))) {
      if (one.key == "rated_by_same") return Language::English()->Show(one.cells[3].value);
    }
    return "none";
  };
  EXPECT_EQ(row(), "1");
  study.Write([](Writing& writing) { writing.Do("UPDATE registration SET registrar_id = NULL"); });
  EXPECT_EQ(row(), "none");
}

TEST(Kept, ScoresFollowEveryChangeOfWhatTheyRestOn) {
  Tiny study;
  study.Registered("A", "2022-01-01", {"home=1", "work@A1=1", "school@K1=1"});
  const auto score = [&] { return study.Words(study.See("indices.scores"))[1][3]; };
  EXPECT_EQ(score(), "3");
  study.Write([](Writing& writing) { writing.Do("UPDATE answer SET value = 5 WHERE item_id = (SELECT id FROM item WHERE key = 'home')"); });
  EXPECT_EQ(score(), "2");
  study.Undo();
  EXPECT_EQ(score(), "3");
  study.Do("indices.set-rule-item", {{"criterion", "work"}, {"item", "work"}, {"insufficient-at-most", "0"}});
  EXPECT_EQ(score(), "2");
  study.Write([](Writing& writing) { writing.Do("UPDATE membership SET left_on = '2021-12-31' WHERE role = 'child'"); });
  EXPECT_EQ(score(), "1");
  EXPECT_TRUE(study.See("indices.scores").reads.contains("answer")) << "also when it came from memory";
}

TEST(Kept, AFamilyThatIsScoredAgainIsAsAllScoredAnew) {
  Tiny study;
  study.Registered("A", "2022-01-01", {"home=1", "work@A1=1", "school@K1=1"});
  study.Registered("A", "2022-08-01", {"home=4"});
  study.Registered("B", "2022-02-01", {"home=2", "work@A1=unknown"});
  const auto told = [](const StudyScores& scores) {
    std::string all;
    for (const auto& family : scores.families) {
      const auto bounds = [](const std::optional<Score>& score) { return score ? std::to_string(score->low) + "-" + std::to_string(score->high) : "none"; };
      all += family.code + " " + (family.baseline ? ToIso(family.baseline->date) : "") + " " + bounds(family.before) + " " + (family.follow_up ? ToIso(family.follow_up->date) : "") + " " + bounds(family.after) +
             " " + (family.outcome ? OutcomeKey(*family.outcome) : "none") + "; ";
    }
    return all;
  };
  std::set<std::string> seen;
  const auto check = [&](const char* what) {
    const auto reading = study.store().Read();
    const auto kept = ScoreStudy(*reading);
    ASSERT_TRUE(kept);
    EXPECT_EQ(told(*kept), told(ScoreStudy(*reading, {*ActiveRules(*reading)}).front())) << what;
    seen.insert(told(*kept));
  };
  check("at first");
  study.Write([](Writing& writing) { writing.Do("UPDATE answer SET value = 5 WHERE value = 4"); });
  check("an answer changed");
  study.Write([](Writing& writing) { writing.Do("UPDATE answer SET value = 1 WHERE value = 5"); });
  check("and again");
  study.Write([&](Writing& writing) {
    const Id registration = writing.NewId();
    writing.Do("INSERT INTO registration (id, case_id, instrument_id, date) SELECT ?, id, ?, '2022-12-01' FROM study_case WHERE code = 'B'", registration, study.instrument);
    writing.Do("INSERT INTO answer (id, registration_id, item_id, status, value) VALUES (?, ?, ?, 'rated', 5)", writing.NewId(), registration, study.items["home"]);
  });
  check("a family is followed");
  study.Write([](Writing& writing) { writing.Do("UPDATE registration SET date = '2022-03-01' WHERE date = '2022-12-01'"); });
  check("a date is put right");
  study.Write([](Writing& writing) {
    writing.Do("DELETE FROM answer WHERE registration_id = (SELECT id FROM registration WHERE date = '2022-01-01')");
    writing.Do("DELETE FROM registration WHERE date = '2022-01-01'");
  });
  check("a registration is gone");
  study.Undo();
  check("and back");
  EXPECT_EQ(seen.size(), 4u) << "what was changed was told differently";
}

}  // namespace
}  // namespace meerstem::indices
