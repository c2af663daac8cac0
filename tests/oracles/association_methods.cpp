// How two things go together, many tests at once, resampling, and how codes meet.
#include <charconv>
#include <cmath>
#include <filesystem>
#include <fstream>

#include "core/statistics/association.h"
#include "core/statistics/contingency.h"
#include "core/statistics/multiplicity.h"
#include "core/statistics/overlap.h"
#include "core/statistics/resampling.h"
#include "core/statistics/unitizing.h"
#include "tests/oracles/case.h"

namespace meerstem::oracles {
namespace {

using namespace statistics;

constexpr std::uint64_t kSeed = 20230614;

Answers Correlation(const Json& input, const std::string&) {
  Answers answers;
  const auto [x, y] = Complete(input.at("x"), input.at("y"));
  const auto kendall = KendallTau(x, y);
  const auto spearman = SpearmanRho(x, y);
  answers.Set("n", static_cast<double>(x.size()));
  answers.undefined = !kendall;
  if (!kendall) return answers;
  answers.Set("tau_b", kendall->tau_b);
  answers.Set("kendall_z", kendall->z);
  answers.Set("kendall_p", kendall->p);
  answers.Set("kendall_p_exact", kendall->p_exact);
  answers.Set("rho", spearman->rho);
  answers.Set("spearman_p_t", spearman->p_t);
  answers.Set("spearman_p_exact", spearman->p_exact);
  return answers;
}

Answers RowsByColumns(const Json& input, const std::string&) {
  Answers answers;
  const auto table = TableOf(input.at("table"));
  const auto test = TestIndependence(table);
  answers.undefined = !test;
  if (!test) return answers;
  answers.Set("chisq", test->chi_square);
  answers.Set("df", static_cast<double>(test->df));
  answers.Set("p_chisq", test->p);
  answers.Set("V", test->v);
  answers.Set("V_bias_corrected", test->v_corrected);
  answers.Set("min_expected", test->least_expected);
  answers.Set("p_fisher", TestFisher(table, kSeed)->p);
  return answers;
}

Answers Adjusted(const Json& input, const std::string&) {
  Answers answers;
  const PValues p = Gapped(input.at("p"));
  const auto holm = Holm(p), bh = BenjaminiHochberg(p);
  double tests = 0, by_holm = 0, by_bh = 0;
  for (std::size_t i = 0; i < p.size(); ++i) {
    tests += p[i].has_value();
    by_holm += holm[i] && *holm[i] <= 0.05;
    by_bh += bh[i] && *bh[i] <= 0.05;
  }
  answers.Set("holm", holm);
  answers.Set("BH", bh);
  answers.Set("n_tests", tests);
  answers.Set("BH_rejected_05", by_bh);
  answers.Set("holm_rejected_05", by_holm);
  return answers;
}

/// The first column of a CSV file below its header, or the list itself.
std::vector<double> Replicates(const Json& input, const std::string& folder) {
  if (input.contains("replicates")) return Present(input.at("replicates"));
  std::vector<double> values;
  if (!input.contains("replicates_csv")) return values;
  const std::string name = input.at("replicates_csv");
  std::ifstream file(std::filesystem::path(folder) / std::filesystem::path(name).filename());
  if (!file) throw std::invalid_argument("“" + name + "” cannot be read");
  std::string line;
  for (std::getline(file, line); std::getline(file, line);) {
    double value = 0;
    if (std::from_chars(line.data(), line.data() + line.size(), value).ec == std::errc()) values.push_back(value);
  }
  return values;
}

Answers Bca(const Json& input, const std::string& folder) {
  Answers answers;
  if (input.value("statistic", "mean") != "mean") throw std::invalid_argument("only the mean is known as a statistic");
  const auto data = Present(input.at("data"));
  auto replicates = Replicates(input, folder);
  if (replicates.empty()) replicates = Bootstrap(data, &Mean, kSeed, input.value("R", 1999));
  if (!data.empty()) answers.Set("t0", Mean(data));
  const auto intervals = IntervalsFrom(data, &Mean, replicates, input.value("conf", 0.95));
  answers.undefined = !intervals;
  if (!intervals) return answers;
  const auto hundredths = [](double value) { return std::round(100 * value) / 100; };
  answers.Set("z0", intervals->z0);
  answers.Set("a_jackknife", intervals->acceleration);
  answers.Set("perc_lo", intervals->percentile.low);
  answers.Set("perc_hi", intervals->percentile.high);
  answers.Set("basic_lo", intervals->basic.low);
  answers.Set("basic_hi", intervals->basic.high);
  answers.Set("bca_lo", intervals->bca ? std::optional(intervals->bca->low) : std::nullopt);
  answers.Set("bca_hi", intervals->bca ? std::optional(intervals->bca->high) : std::nullopt);
  // As R prints them.
  answers.Set("bca_rank_lo", hundredths(intervals->rank_low));
  answers.Set("bca_rank_hi", hundredths(intervals->rank_high));
  return answers;
}

Answers Exhaustive(const Json& input, const std::string&) {
  Answers answers;
  const auto all = AllMeans(Present(input.at("data")));
  answers.undefined = !all;
  if (!all) return answers;
  answers.Set("n_resamples", all->samples);
  answers.Set("sd", all->deviation);
  answers.Set("P_mean_lt_0", all->below_zero);
  answers.Set("P_mean_eq_0", all->zero);
  answers.Set("q025_type1", all->low);
  answers.Set("q975_type1", all->high);
  return answers;
}

Answers CoOccurrence(const Json& input, const std::string&) {
  Answers answers;
  const auto overlap = MeasureOverlap(CountOf(input.at("n1")), CountOf(input.at("n2")), CountOf(input.at("n12")), CountOf(input.at("N")));
  answers.undefined = !overlap;
  if (!overlap) return answers;
  answers.Set("jaccard", overlap->jaccard);
  answers.Set("dice", overlap->dice);
  answers.Set("overlap", overlap->coefficient);
  answers.Set("phi", overlap->phi);
  answers.Set("expected", overlap->expected);
  return answers;
}

Answers Gamma(const Json& input, const std::string&) {
  Answers answers;
  std::vector<std::vector<Unit>> coders;
  for (const auto& coder : input.at("coders")) {
    auto& units = coders.emplace_back();
    for (const auto& unit : coder) {
      const Json code = unit.value("code", Json());
      units.push_back({unit.at("start"), unit.at("end"), code.is_string() ? code.get<std::string>() : code.dump()});
    }
  }
  if (coders.size() != 2) throw std::invalid_argument("the disorder of other than two coders is not known");
  const auto disorder = ObservedDisorder(coders[0], coders[1], {input.value("alpha", 1.0), input.value("beta", 1.0), input.value("delta_empty", 1.0)});
  answers.undefined = !disorder;
  if (!disorder) return answers;
  answers.Set("total", disorder->total);
  answers.Set("observed_disorder", disorder->observed);
  answers.Set("n_aligned_pairs", static_cast<double>(disorder->pairs));
  return answers;
}

}  // namespace

void AddAssociationMethods(Methods& methods) {
  methods["kendall_spearman"] = &Correlation;
  methods["kendall_spearman_exact"] = &Correlation;
  methods["fisher_rxc_cramers_v"] = &RowsByColumns;
  methods["p_adjust"] = &Adjusted;
  methods["bca_given_replicates"] = &Bca;
  methods["exhaustive_percentile"] = &Exhaustive;
  methods["jaccard_c_phi"] = &CoOccurrence;
  methods["gamma_observed_disorder"] = &Gamma;
}

}  // namespace meerstem::oracles
