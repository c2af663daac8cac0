// What changed within the same units, and shares of them.
#include "core/statistics/mcnemar.h"
#include "core/statistics/proportion.h"
#include "core/statistics/resampling.h"
#include "core/statistics/sign.h"
#include "core/statistics/square.h"
#include "core/statistics/wilcoxon.h"
#include "tests/oracles/case.h"

namespace meerstem::oracles {
namespace {

using namespace statistics;

constexpr std::uint64_t kFlipSeed = 20230614;

void SetInterval(Answers& answers, const std::string& name, const std::optional<Interval>& interval) {
  answers.Set(name + "_lo", interval ? std::optional(interval->low) : std::nullopt);
  answers.Set(name + "_hi", interval ? std::optional(interval->high) : std::nullopt);
}

Answers Proportion(const Json& input, const std::string&) {
  Answers answers;
  const auto x = CountOf(input.at("x")), n = CountOf(input.at("n"));
  const double confidence = input.value("conf", 0.95);
  const auto wilson = Wilson(x, n, confidence);
  answers.undefined = !wilson;
  answers.Set("x", static_cast<double>(x));
  answers.Set("n", static_cast<double>(n));
  answers.Set("p", wilson ? std::optional(static_cast<double>(x) / static_cast<double>(n)) : std::nullopt);
  SetInterval(answers, "wilson", wilson);
  SetInterval(answers, "cp", ClopperPearson(x, n, confidence));
  return answers;
}

Answers Sign(const Json& input, const std::string&) {
  Answers answers;
  const auto test = TestSigns(CountOf(input.at("positive")), CountOf(input.at("negative")), CountOf(input.value("zero", Json(0))), Sides::kTwo, input.value("conf", 0.95));
  answers.undefined = !test;
  const auto some = [&](auto value) { return test ? std::optional<double>(value(*test)) : std::nullopt; };
  answers.degenerate = test && test->degenerate;
  answers.Set("p_exact", some([](const SignTest& t) { return t.p_exact; }));
  answers.Set("p_mid", some([](const SignTest& t) { return t.p_mid; }));
  answers.Set("prop_pos_nonties", test ? test->share_positive : std::nullopt);
  SetInterval(answers, "cp", test ? test->share_interval : std::nullopt);
  answers.Set("PSdep", some([](const SignTest& t) { return t.superiority; }));
  answers.Set("dw", some([](const SignTest& t) { return t.within_difference; }));
  answers.Set("n", some([](const SignTest& t) { return static_cast<double>(t.n()); }));
  return answers;
}

Answers McNemarTable(const Json& input, const std::string&) {
  Answers answers;
  const auto cells = TableOf(input.at("table"));
  if (cells.size() != 2 || cells[0].size() != 2 || cells[1].size() != 2) {
    answers.undefined = true;
    return answers;
  }
  const PairedTable table{cells[0][0], cells[0][1], cells[1][0], cells[1][1]};
  const double confidence = input.value("conf", 0.95);
  const auto test = TestMcNemar(table);
  answers.undefined = !test;
  answers.Set("n", static_cast<double>(table.n()));
  answers.Set("n_discordant", static_cast<double>(table.n12 + table.n21));
  if (!test) return answers;
  answers.degenerate = test->degenerate;
  answers.Set("p_exact", test->p_exact);
  answers.Set("p_mid", test->p_mid);
  answers.Set("chisq", test->chi_square);
  answers.Set("p_asym", test->p_asymptotic);
  answers.Set("chisq_cc", test->chi_square_corrected);
  answers.Set("p_cc", test->p_corrected);
  answers.Set("diff", test->difference);
  SetInterval(answers, "newcombe10", Newcombe(table, confidence));
  SetInterval(answers, "tango", Tango(table, confidence));
  return answers;
}

Answers Wilcoxon(const Json& input, const std::string&) {
  Answers answers;
  const auto differences = Present(input.at(input.contains("diff") ? "diff" : "diff_post_minus_pre"));
  const std::string zeros = input.value("zero_method", "pratt");
  if (zeros != "pratt" && zeros != "wilcoxon") throw std::invalid_argument("zero_method “" + zeros + "” is not known");
  const auto test = TestSignedRanks(differences, zeros == "pratt" ? Zeros::kPratt : Zeros::kDrop);
  answers.undefined = !test;
  answers.Set("n", static_cast<double>(differences.size()));
  if (!test) return answers;
  answers.degenerate = test->degenerate;
  answers.Set("n_zero", static_cast<double>(test->zero));
  answers.Set("n_used", static_cast<double>(test->used));
  answers.Set("W_plus", test->w_plus);
  answers.Set("W_minus", test->w_minus);
  answers.Set("p_exact", test->p_exact);
  answers.Set("var", test->variance);
  answers.Set("z", test->z);
  answers.Set("p_asym", test->p_asymptotic);
  answers.Set("p_asym_cc", test->p_corrected);
  answers.Set("rank_biserial", test->rank_biserial);
  return answers;
}

/// Lower is better, as with the criteria score.
Answers Dominance(const Json& input, const std::string&) {
  Answers answers;
  const auto [before, after] = Complete(input.at("pre"), input.at("post"));
  std::int64_t up = 0, down = 0;
  for (std::size_t i = 0; i < before.size(); ++i) {
    up += after[i] > before[i];
    down += after[i] < before[i];
  }
  const auto n = static_cast<std::int64_t>(before.size());
  answers.Set("n_pairs", static_cast<double>(n));
  const auto test = TestSigns(up, down, n - up - down);
  const auto margins = CompareMargins({before, after});
  answers.undefined = !test;
  if (!test) return answers;
  answers.Set("n_better", static_cast<double>(down));
  answers.Set("n_worse", static_cast<double>(up));
  answers.Set("n_same", static_cast<double>(test->zero));
  answers.Set("p_sign_exact", test->p_exact);
  answers.Set("p_sign_mid", test->p_mid);
  answers.Set("PSdep_post_gt_pre", test->superiority);
  answers.Set("cliff_d_within", test->within_difference);
  answers.Set("cliff_d_between", margins->between);
  answers.Set("VDA_margins", margins->margins);
  answers.degenerate = test->degenerate;
  return answers;
}

Answers Square(const Json& input, const std::string&) {
  Answers answers;
  const auto table = TableOf(input.at("table"));
  const auto margins = TestMargins(table);
  const auto symmetry = TestSymmetry(table);
  answers.undefined = !margins;
  if (!margins) return answers;
  answers.degenerate = margins->degenerate;
  answers.Set("stuart", margins->stuart);
  answers.Set("stuart_df", margins->df);
  answers.Set("stuart_p", margins->stuart_p);
  answers.Set("bhapkar", margins->bhapkar);
  answers.Set("bhapkar_p", margins->bhapkar_p);
  answers.Set("bowker", symmetry->statistic);
  answers.Set("bowker_df_nonzero", symmetry->df);
  answers.Set("bowker_p", symmetry->p);
  answers.Set("bowker_df_full", symmetry->df_full);
  answers.Set("bowker_p_full", symmetry->p_full);
  return answers;
}

Answers ExactSymmetry(const Json& input, const std::string&) {
  Answers answers;
  const auto test = FlipSymmetry(TableOf(input.at("table")), kFlipSeed);
  answers.undefined = !test || !test->exact;
  if (answers.undefined) return answers;
  answers.degenerate = test->degenerate;
  answers.Set("statistic", test->statistic);
  answers.Set("p_exact", test->p);
  return answers;
}

Answers SignFlips(const Json& input, const std::string&) {
  Answers answers;
  const auto test = FlipSigns(Present(input.at("diff")), {}, kFlipSeed);
  answers.undefined = !test || !test->exact;
  if (answers.undefined) return answers;
  answers.degenerate = test->degenerate;
  answers.Set("mean_diff", test->mean);
  answers.Set("p_exact", test->p);
  return answers;
}

}  // namespace

void AddPairedMethods(Methods& methods) {
  methods["wilson_ci"] = &Proportion;
  methods["sign_test"] = &Sign;
  methods["mcnemar_and_paired_diff_ci"] = &McNemarTable;
  methods["wilcoxon_signed_rank"] = &Wilcoxon;
  methods["sign_test_and_dominance"] = &Dominance;
  methods["bowker_stuart_maxwell"] = &Square;
  methods["bowker_exact"] = &ExactSymmetry;
  methods["sign_flip_permutation_mean"] = &SignFlips;
}

}  // namespace meerstem::oracles
