// Plan, reveal, tests, other rules, and what moved.
#include <gtest/gtest.h>

#include "plugins/indices/changes.h"
#include "plugins/indices/plan.h"
#include "tests/plugins/indices/tiny_study.h"

namespace meerstem::indices {
namespace {

/// Twelve families: eight whose home gets better, two that stay, two that get worse.
class Twelve : public Tiny {
 public:
  Twelve() {
    for (int i = 0; i < 12; ++i) {
      const std::string code = "F" + std::to_string(10 + i), before = i < 8 ? "1" : i < 10 ? "3" : "5", after = i < 8 ? "4" : i < 10 ? "3" : "2";
      Registered(code, "2022-01-01", {"home=" + before, "work@A1=1", "work@A2=2", "school@K1=5"}, i % 2 ? "Noord" : "Zuid");
      Registered(code, "2022-09-01", {"home=" + after, "school@K1=5"}, i % 2 ? "Noord" : "Zuid");
    }
  }
  view::Cell Cell(const std::string& view, const std::string& key, const std::string& column, const RawArguments& raw = {}) {
    const auto model = See(view, raw);
    const auto& columns = std::get<view::Table>(model.body).columns;
    for (const auto& row : Rows(model)) {
      for (std::size_t i = 0; row.key == key && i < columns.size(); ++i) {
        if (columns[i].id == column) return row.cells[i];
      }
    }
    ADD_FAILURE() << view << " has no " << key << " " << column;
    return {};
  }
  std::string Notes(const view::Model& model) {
    std::string all;
    for (const auto& note : model.notes) all += (*Language::English())(note) + "\n";
    return all;
  }
};

TEST(Tests, CountsAndSizesStandBeforeTheReveal) {
  Twelve study;
  EXPECT_EQ(study.Cell("indices.tests", "score/sign", "better").value, Value(std::int64_t{8}));
  EXPECT_EQ(study.Cell("indices.tests", "score/sign", "worse").value, Value(std::int64_t{2}));
  EXPECT_DOUBLE_EQ(std::get<double>(study.Cell("indices.tests", "score/sign", "effect").value), 9.0 / 12);
  for (const char* key : {"score/sign", "score/wilcoxon", "score/mean", "criterion/home"}) {
    EXPECT_EQ(study.Cell("indices.tests", key, "p").state, view::State::kSuppressed) << key;
    EXPECT_EQ(study.Cell("indices.tests", key, "p").value, Value()) << "not even in an export";
  }
  EXPECT_EQ(study.Cell("indices.tests", "score/margins", "effect").state, view::State::kSuppressed);
  EXPECT_EQ(study.Cell("indices.tests", "score/better", "low").state, view::State::kSuppressed);
  EXPECT_NE(study.Notes(study.See("indices.tests")).find("not revealed yet"), std::string::npos);
}

TEST(Tests, TheRevealShowsThemByThePlan) {
  Twelve study;
  study.Do("indices.reveal");
  EXPECT_NEAR(std::get<double>(study.Cell("indices.tests", "score/sign", "p").value), 2.0 * 56 / 1024, 1e-12) << "2 (1 + 10 + 45) / 2¹⁰";
  EXPECT_NEAR(std::get<double>(study.Cell("indices.tests", "score/better", "low").value), 0.390622, 1e-5);
  // Of three criteria only one has changes enough, so Holm leaves its p alone.
  EXPECT_EQ(study.Cell("indices.tests", "criterion/home", "p").value, study.Cell("indices.tests", "criterion/home", "p_adjusted").value);
  EXPECT_EQ(study.Cell("indices.tests", "criterion/work", "p").state, view::State::kUndefined);
  const auto item = study.Cell("indices.tests", "item/work", "n");
  EXPECT_EQ(item.value, Value(std::int64_t{24}));
  EXPECT_EQ(study.Cell("indices.tests", "item/work", "carried").value, Value(100.0));
  EXPECT_EQ(study.Cell("indices.tests", "item/work", "n_without").value, Value(std::int64_t{0}));
  EXPECT_EQ(study.Facts(study.See("indices.tests"))["plan"], "1") << "the defaults were recorded";
  EXPECT_NE(study.Refusal("indices.reveal"), "");
}

TEST(Tests, TheyCanBeMadeAgain) {
  Twelve study;
  study.Do("indices.reveal");
  const auto words = study.Words(study.See("indices.tests"));
  EXPECT_EQ(words, study.Words(study.See("indices.tests")));
  study.Reopen();
  EXPECT_EQ(words, study.Words(study.See("indices.tests")));
}

TEST(Tests, TooFewAreSaidInWords) {
  Twelve study;
  study.Do("indices.reveal");
  const auto few = study.Cell("indices.tests", "score/sign", "p", {{"site", "Noord"}});
  EXPECT_EQ(few.state, view::State::kUndefined);
  EXPECT_EQ((*Language::English())(few.why), "n is below 10: counts only.");
  EXPECT_EQ(study.Cell("indices.tests", "score/sign", "effect", {{"site", "Noord"}}).state, view::State::kUndefined);
  EXPECT_EQ(study.Cell("indices.tests", "score/sign", "n", {{"site", "Noord"}}).value, Value(std::int64_t{6}));
  EXPECT_EQ((*Language::English())(study.Cell("indices.tests", "item/school", "p").why), "Too few changes to test: 0, of at least 6.");
}

TEST(Plan, WhatIsChangedAfterTheRevealIsSaidForEver) {
  Twelve study;
  study.Do("indices.set-plan", {{"sides", "greater"}, {"seed", "7"}});
  EXPECT_EQ(study.Facts(study.See("indices.plan"))["plan"], "1");
  EXPECT_NE(study.Refusal("indices.set-plan", {{"seed", "7"}}), "");
  study.Do("indices.reveal");
  EXPECT_EQ(study.Notes(study.See("indices.tests")).find("after the results were revealed"), std::string::npos);
  const double one_sided = std::get<double>(study.Cell("indices.tests", "score/sign", "p").value);
  study.Do("indices.set-plan", {{"sides", "two"}});
  study.Do("indices.set-rule", {{"what", "threshold"}, {"value", "1"}});
  const auto model = study.See("indices.tests");
  EXPECT_NE(study.Notes(model).find("The plan was changed after the results were revealed: version 1 stood then, version 2 stands now."), std::string::npos);
  EXPECT_NE(study.Notes(model).find("three 1 stood then, three 2 stands now."), std::string::npos);
  EXPECT_NEAR(std::get<double>(study.Cell("indices.tests", "score/sign", "p").value), 2 * one_sided, 1e-12);
  // Undo takes back the rule set, never the plan or the reveal.
  study.Undo();
  EXPECT_EQ(study.Facts(study.See("indices.plan"))["plan"], "2");
  EXPECT_TRUE(TheReveal(*study.store().Read()));
  EXPECT_TRUE(study.store().Check().empty());
  int recorded = 0;
  for (const auto& entry : study.store().Journal()) recorded += entry.command == "indices.set-plan" || entry.command == "indices.reveal";
  EXPECT_EQ(recorded, 3);
}

TEST(Plan, RefusesWhatIsNoPlan) {
  Twelve study;
  EXPECT_EQ(study.Refusal("indices.set-plan", {{"confidence", "95"}}), "The confidence of intervals is from 0.5 to 0.999, as in 0.95.");
  EXPECT_EQ(study.Refusal("indices.set-plan", {{"replicates", "5"}}), "The number of random draws is 5; from 999 to 99,999 are possible.");
  EXPECT_NE(study.Refusal("indices.set-plan", {{"test", "hope"}}), "");
  EXPECT_EQ(study.Facts(study.See("indices.plan"))["plan"], "defaults, not recorded yet");
}

TEST(WhatIf, OtherRulesBesideTheOneInUse) {
  Twelve study;
  EXPECT_EQ(study.Cell("indices.what-if", "in_use", "better").value, Value(std::int64_t{8}));
  EXPECT_EQ(study.Cell("indices.what-if", "in_use", "left").value, Value(std::int64_t{8}));
  EXPECT_EQ(study.Cell("indices.what-if", "threshold_1", "left").value, Value(std::int64_t{0})) << "work stays insufficient";
  EXPECT_EQ(study.Cell("indices.what-if", "cutoffs_lower", "worse").value, Value(std::int64_t{0})) << "a home of 2 is sufficient then";
  EXPECT_EQ(study.Cell("indices.what-if", "without_carried", "undetermined").value, Value(std::int64_t{12}));
  EXPECT_EQ(study.Facts(study.See("indices.what-if"))["rule_set_version"], "1") << "looking changes nothing";
  EXPECT_NE(study.Notes(study.See("indices.what-if")).find("better 8 to 8, same 2 to 4, worse 0 to 2"), std::string::npos) << study.Notes(study.See("indices.what-if"));
}

TEST(ChangeViews, PerPersonPerItemAndOverTheThreshold) {
  Twelve study;
  EXPECT_EQ(study.Cell("indices.change", "work", "n").value, Value(std::int64_t{24}));
  EXPECT_EQ(study.Cell("indices.change", "work", "families").value, Value(std::int64_t{12}));
  EXPECT_EQ(study.Cell("indices.change", "home", "better").value, Value(std::int64_t{8}));
  EXPECT_EQ(study.Cell("indices.contributions", "home", "progress_in_better").value, Value(std::int64_t{8}));
  EXPECT_EQ(study.Cell("indices.contributions", "home", "decline_in_worse").value, Value(std::int64_t{2}));
  EXPECT_EQ(study.Rows(study.See("indices.contributions"))[0].key, "home") << "most progress first";
  const auto points = std::get<view::Matrix>(study.See("indices.item-changes", {{"item", "home"}}).body);
  EXPECT_EQ(points.cells[0][3].value, Value(std::int64_t{8}));
  EXPECT_EQ(points.cells[0][3].entities.size(), 8u);
  EXPECT_EQ(points.total->value, Value(std::int64_t{12}));
  const auto flows = std::get<view::Matrix>(study.See("indices.flows").body);
  EXPECT_EQ(flows.cells[1][0].value, Value(std::int64_t{8}));
  EXPECT_EQ(flows.cells[0][1].value, Value(std::int64_t{2}));
  EXPECT_EQ(flows.total->value, Value(std::int64_t{12}));
}

TEST(ChangeViews, NotApplicableAndMissingStandApart) {
  Tiny study;
  study.Registered("A", "2022-01-01", {"home=1", "work@A1=n/a", "school@K1=2"});
  study.Registered("A", "2022-09-01", {"work@A1=3", "school@K1=unknown"});
  const auto changes = *CollectChanges(*study.store().Read());
  EXPECT_EQ(changes.items[0].pairs.size(), 1u);
  EXPECT_TRUE(changes.items[0].pairs[0].carried);
  EXPECT_EQ(changes.items[1].not_applicable, 1);
  EXPECT_EQ(changes.items[2].missing, 1);
}

}  // namespace
}  // namespace meerstem::indices
