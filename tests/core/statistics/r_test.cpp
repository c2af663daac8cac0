// The statistics against R itself: what base R has is asked, what it has not is written out in R by its definition.
#include <charconv>
#include <cmath>
#include <fstream>
#include <sstream>

#include <gtest/gtest.h>

#include "core/base/process.h"
#include "core/statistics/association.h"
#include "core/statistics/contingency.h"
#include "core/statistics/mcnemar.h"
#include "core/statistics/multiplicity.h"
#include "core/statistics/proportion.h"
#include "core/statistics/random.h"
#include "core/statistics/resampling.h"
#include "core/statistics/sign.h"
#include "core/statistics/square.h"
#include "core/statistics/wilcoxon.h"
#include "tests/support/test_study.h"

namespace meerstem::statistics {
namespace {

using Numbers = std::vector<double>;

std::string Exactly(double number) {
  char text[64];
  return {text, std::to_chars(text, text + sizeof text, number).ptr};
}

/// c(1, 2, ...), as R reads it.
std::string Vector(const Numbers& numbers) {
  std::string all;
  for (const double number : numbers) all += (all.empty() ? "" : ", ") + Exactly(number);
  return "c(" + all + ")";
}

std::string Matrix(const Counts& table) {
  Numbers all;
  for (const auto& row : table) all.insert(all.end(), row.begin(), row.end());
  return "matrix(" + Vector(all) + ", nrow = " + std::to_string(table.size()) + ", byrow = TRUE)";
}

/// What a script tells by say(...), number by number; not a number where R has none.
class InR {
 public:
  void Add(const std::string& line) { script_ += line + "\n"; }
  /// The expression's value is expected to be that.
  void Expect(const std::string& expression, std::optional<double> expected, const std::string& about, double tolerance = 1e-9) {
    Add("say(" + expression + ")");
    expected_.push_back({expected.value_or(std::nan("")), tolerance, about + ": " + expression});
  }
  std::size_t Compare(const std::string& functions = {}) {
    meerstem::testing::TestFolder folder;
    const std::string path = folder.Write("script.R", "options(warn = -1)\nsay <- function(x) cat(sprintf('%.17g\\n', x))\n" + functions + script_);
    const auto result = RunProcess({"Rscript", "--vanilla", path}, {});
    EXPECT_TRUE(result.ok()) << result.err;
    std::istringstream lines(result.out);
    std::string line;
    std::size_t compared = 0;
    while (std::getline(lines, line) && compared < expected_.size()) {
      const auto& [number, tolerance, about] = expected_[compared++];
      double said = std::nan("");
      std::from_chars(line.data(), line.data() + line.size(), said);
      if (std::isnan(number)) EXPECT_TRUE(std::isnan(said)) << about << " is " << line;
      else EXPECT_NEAR(said, number, tolerance) << about;
    }
    EXPECT_EQ(compared, expected_.size());
    return compared;
  }

 private:
  struct Expected {
    double number, tolerance;
    std::string about;
  };
  std::string script_;
  std::vector<Expected> expected_;
};

/// Changes of a score, with ties and zeros as scores have them.
Numbers Changes(Random& random, std::size_t n, int most) {
  Numbers changes;
  for (std::size_t i = 0; i < n; ++i) changes.push_back(static_cast<double>(random.Below(static_cast<std::size_t>(2 * most + 1))) - most);
  return changes;
}

bool AnyChange(const Numbers& changes) {
  return std::any_of(changes.begin(), changes.end(), [](double d) { return d != 0; });
}

/// All sign patterns of the midranks that are left by each zero rule, one by one.
constexpr const char* kPatterns = R"(
patterns <- function(d, pratt) {
  if (!pratt) d <- d[d != 0]
  r <- rank(abs(d))[d != 0]
  w <- sum(r[d[d != 0] > 0])
  all <- as.vector(as.matrix(expand.grid(rep(list(0:1), length(r)))) %*% r)
  min(1, 2 * min(mean(all <= w + 1e-9), mean(all >= w - 1e-9)))
}
flips <- function(d) {
  signs <- as.matrix(expand.grid(rep(list(c(-1, 1)), length(d))))
  mean(abs(as.vector(signs %*% d)) >= abs(sum(d)) - 1e-9)
}
)";

TEST(AgainstR, SignedRanksByBothZeroRules) {
  Random random(11);
  InR r;
  for (std::size_t n = 2; n <= 13; ++n) {
    for (int i = 0; i < 4; ++i) {
      const Numbers d = Changes(random, n, 1 + i);
      if (!AnyChange(d)) continue;
      const std::string vector = Vector(d);
      const auto drop = *TestSignedRanks(d, Zeros::kDrop);
      r.Expect("patterns(" + vector + ", TRUE)", TestSignedRanks(d, Zeros::kPratt)->p_exact, "Pratt");
      r.Expect("patterns(" + vector + ", FALSE)", drop.p_exact, "dropped");
      r.Expect("wilcox.test(" + vector + ", exact = FALSE, correct = FALSE)$p.value", drop.p_asymptotic, "asymptotic");
      r.Expect("wilcox.test(" + vector + ", exact = FALSE, correct = TRUE)$p.value", drop.p_corrected, "corrected");
      r.Expect("wilcox.test(" + vector + ", exact = FALSE)$statistic", drop.w_plus, "W+");
      r.Expect("flips(" + vector + ")", FlipSigns(d, {}, 1)->p, "sign flips");
    }
  }
  // Without ties and zeros R has the exact test itself, also for many.
  for (const std::size_t n : {5u, 20u, 45u}) {
    Numbers d;
    for (std::size_t i = 0; i < n; ++i) d.push_back((random.Coin() ? 1 : -1) * (static_cast<double>(i) + 1 + random.Unit() / 2));
    const auto exact = [&](Sides sides) { return TestSignedRanks(d, Zeros::kPratt, sides)->p_exact; };
    r.Expect("wilcox.test(" + Vector(d) + ", exact = TRUE)$p.value", exact(Sides::kTwo), "exact");
    r.Expect("wilcox.test(" + Vector(d) + ", exact = TRUE, alternative = 'greater')$p.value", exact(Sides::kGreater), "exact, greater");
    r.Expect("wilcox.test(" + Vector(d) + ", exact = TRUE, alternative = 'less')$p.value", exact(Sides::kLess), "exact, less");
  }
  EXPECT_GT(r.Compare(kPatterns), 250u);
}

TEST(AgainstR, SignsMcNemarAndIntervalsOfAShare) {
  Random random(12);
  InR r;
  for (int i = 0; i < 40; ++i) {
    const auto count = [&](std::size_t most) { return static_cast<std::int64_t>(random.Below(most)); };
    const PairedTable table{count(20), count(15), count(15) + 1, count(20)};
    const std::string b = std::to_string(table.n12), c = std::to_string(table.n21), both = std::to_string(table.n12 + table.n21);
    const auto test = *TestMcNemar(table);
    const std::string matrix = Matrix({{table.n11, table.n12}, {table.n21, table.n22}});
    r.Expect("binom.test(" + b + ", " + both + ")$p.value", test.p_exact, "McNemar, exact");
    r.Expect("min(1, 2 * pbinom(min(" + b + ", " + c + ") - 1, " + both + ", 0.5) + dbinom(min(" + b + ", " + c + "), " + both + ", 0.5))", test.p_mid, "McNemar, mid-p");
    r.Expect("mcnemar.test(" + matrix + ", correct = FALSE)$p.value", test.p_asymptotic, "McNemar, χ²");
    r.Expect("mcnemar.test(" + matrix + ")$p.value", test.p_corrected, "McNemar, corrected χ²");
    const auto signs = *TestSigns(table.n12, table.n21, table.n11, Sides::kGreater);
    r.Expect("binom.test(" + b + ", " + both + ", alternative = 'greater')$p.value", signs.p_exact, "sign test, one side");
    r.Expect("binom.test(" + b + ", " + both + ")$conf.int[1]", signs.share_interval->low, "Clopper–Pearson");
    r.Expect("binom.test(" + b + ", " + both + ")$conf.int[2]", signs.share_interval->high, "Clopper–Pearson");
    r.Expect("prop.test(" + b + ", " + both + ", correct = FALSE)$conf.int[1]", Wilson(table.n12, table.n12 + table.n21)->low, "Wilson");
    r.Expect("prop.test(" + b + ", " + both + ", correct = FALSE)$conf.int[2]", Wilson(table.n12, table.n12 + table.n21)->high, "Wilson");
  }
  // The shares of the study: 22, 11 and 4 of 56.
  for (const std::int64_t x : {22, 11, 4, 0}) {
    r.Expect("prop.test(" + std::to_string(x) + ", 56, correct = FALSE)$conf.int[2]", Wilson(x, 56)->high, "of 56");
  }
  r.Compare();
}

TEST(AgainstR, MarginsSymmetryAndAssociation) {
  Random random(13);
  InR r;
  for (int i = 0; i < 20; ++i) {
    // No pair is empty, as R's tests need it.
    Counts table(4, std::vector<std::int64_t>(4));
    for (auto& row : table) {
      for (auto& cell : row) cell = 1 + static_cast<std::int64_t>(random.Below(9));
    }
    const std::string matrix = Matrix(table);
    r.Expect("mcnemar.test(" + matrix + ")$statistic", TestSymmetry(table)->statistic, "Bowker");
    r.Expect("mcnemar.test(" + matrix + ")$p.value", TestSymmetry(table)->p, "Bowker");
    r.Expect("stuart(" + matrix + ")", TestMargins(table)->stuart_p, "Stuart–Maxwell");
    r.Expect("chisq.test(" + matrix + ", correct = FALSE)$p.value", TestIndependence(table)->p, "independence");
    const Counts small = {{table[0][0], table[0][1], table[0][2]}, {table[1][0], table[1][1], table[1][2]}};
    r.Expect("fisher.test(" + Matrix(small) + ")$p.value", TestFisher(small, 1)->p, "Fisher", 1e-7);
    const Numbers x = Changes(random, 15, 3), y = Changes(random, 15, 2);
    const std::string of = "(" + Vector(x) + ", " + Vector(y) + ", exact = FALSE, method = ";
    r.Expect("cor.test" + of + "'kendall')$estimate", KendallTau(x, y)->tau_b, "τ-b");
    r.Expect("cor.test" + of + "'kendall')$p.value", KendallTau(x, y)->p, "τ-b");
    r.Expect("cor.test" + of + "'spearman')$estimate", SpearmanRho(x, y)->rho, "ρ");
  }
  const Numbers p = {0.001, 0.008, 0.039, 0.041, 0.042, 0.06, 0.074, 0.205, 0.9, 0.9};
  const PValues some(p.begin(), p.end());
  for (std::size_t i = 0; i < p.size(); ++i) {
    const std::string at = ")[" + std::to_string(i + 1) + "]";
    r.Expect("p.adjust(" + Vector(p) + ", 'holm'" + at, Holm(some)[i], "Holm");
    r.Expect("p.adjust(" + Vector(p) + ", 'BH'" + at, BenjaminiHochberg(some)[i], "Benjamini–Hochberg");
  }
  r.Compare(R"(
stuart <- function(m) {
  d <- rowSums(m) - colSums(m); v <- diag(rowSums(m) + colSums(m)) - m - t(m); k <- seq_len(nrow(m) - 1)
  pchisq(sum(d[k] * solve(v[k, k], d[k])), nrow(m) - 1, lower.tail = FALSE)
}
)");
}

/// Davison & Hinkley 1997, 5.3, written out; the jackknife gives the acceleration.
constexpr const char* kBca = R"(
at <- function(t, alpha) {
  t <- sort(t); size <- length(t); rank <- (size + 1) * alpha; k <- floor(rank)
  if (k == rank) return(t[k])
  t[k] + (qnorm(alpha) - qnorm(k / (size + 1))) / (qnorm((k + 1) / (size + 1)) - qnorm(k / (size + 1))) * (t[k + 1] - t[k])
}
bca <- function(d, t) {
  z0 <- qnorm(mean(t < mean(d)))
  left <- sapply(seq_along(d), function(i) mean(d[-i])); l <- (length(d) - 1) * (mean(left) - left)
  a <- sum(l^3) / (6 * sum(l^2)^1.5)
  sapply(qnorm(c(0.025, 0.975)), function(z) at(t, pnorm(z0 + (z0 + z) / (1 - a * (z0 + z)))))
}
drawn <- function(d, times) { set.seed(1); replicate(times, mean(sample(d, replace = TRUE))) }
)";

TEST(AgainstR, BcaIntervals) {
  Random random(14);
  InR r;
  std::string functions = kBca;
  for (int i = 0; i < 4; ++i) {
    // Skewed, so that bias and acceleration count; the first two whole numbers, as scores are.
    Numbers d;
    for (int j = 0; j < 30; ++j) {
      const double one = -2 * std::log(1 - random.Unit()) - 0.7;
      d.push_back(i < 2 ? std::round(one) : one);
    }
    double spread = 0;
    for (const double one : d) spread += (one - Mean(d)) * (one - Mean(d)) / 29;
    const double error = std::sqrt(spread / 30);
    const auto replicates = Bootstrap(d, Mean, 5, 1'999);
    const auto same = IntervalsFrom(d, Mean, replicates);
    ASSERT_TRUE(same && same->bca);
    const std::string name = std::to_string(i);
    functions += "d" + name + " <- " + Vector(d) + "\nt" + name + " <- " + Vector(replicates) + "\nmine" + name + " <- bca(d" + name + ", drawn(d" + name + ", 19999))\n";
    r.Expect("bca(d" + name + ", t" + name + ")[1]", same->bca->low, "the same samples");
    r.Expect("bca(d" + name + ", t" + name + ")[2]", same->bca->high, "the same samples");
    // Other samples: an end at 2.5 % of 19,999 is off by less than a tenth of the standard error, and means of whole
    // numbers lie a thirtieth apart.
    const auto other = IntervalsFrom(d, Mean, Bootstrap(d, Mean, 5, 19'999));
    const double tolerance = error / 10 + (i < 2 ? 1.0 / 30 : 0);
    r.Expect("mine" + name + "[1]", other->bca->low, "R's own samples", tolerance);
    r.Expect("mine" + name + "[2]", other->bca->high, "R's own samples", tolerance);
  }
  r.Compare(functions);
}

}  // namespace
}  // namespace meerstem::statistics
