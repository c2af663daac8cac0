// Fisher's test for r × c tables: exact over what the rows have left, or by drawing.
#include <algorithm>
#include <cmath>
#include <map>

#include "core/statistics/contingency.h"
#include "core/statistics/distributions.h"
#include "core/statistics/random.h"

namespace meerstem::statistics {
namespace {

using Margin = std::vector<std::int64_t>;
/// About a second's work.
constexpr std::int64_t kMostSteps = 8'000'000;
/// How near two log-probabilities are the same.
constexpr double kEqual = 1e-7;

/// log n!, looked up as long as n is small.
class LogFactorials {
 public:
  explicit LogFactorials(std::int64_t n) : known_(static_cast<std::size_t>(std::min<std::int64_t>(n, 100'000)) + 1) {
    for (std::size_t i = 0; i < known_.size(); ++i) known_[i] = LogFactorial(static_cast<std::int64_t>(i));
  }
  double operator()(std::int64_t n) const { return static_cast<std::size_t>(n) < known_.size() ? known_[static_cast<std::size_t>(n)] : LogFactorial(n); }

 private:
  std::vector<double> known_;
};

/// A table as its margins, the shorter side in rows, columns ascending.
struct Problem {
  Margin rows, columns;
  std::int64_t n = 0;
  double observed = 0;  ///< −Σ log x!, all that differs between tables with these margins.
};

Problem Pose(const Counts& table, const LogFactorials& log_factorial) {
  Problem problem;
  problem.rows.resize(table.size());
  problem.columns.resize(table.front().size());
  for (std::size_t i = 0; i < table.size(); ++i) {
    for (std::size_t j = 0; j < table[i].size(); ++j) {
      problem.rows[i] += table[i][j];
      problem.columns[j] += table[i][j];
      problem.n += table[i][j];
      problem.observed -= log_factorial(table[i][j]);
    }
  }
  if (problem.rows.size() > problem.columns.size()) std::swap(problem.rows, problem.columns);
  std::sort(problem.rows.begin(), problem.rows.end());
  std::sort(problem.columns.begin(), problem.columns.end());
  return problem;
}

/// The exact test. Rows are alike to the probability, so what they have left is kept sorted: a node. A node knows the
/// log-probabilities by which it was reached, and how much weight each has.
class Exact {
 public:
  Exact(const Problem& problem, const LogFactorials& log_factorial) : problem_(problem), log_factorial_(log_factorial) {}

  /// nullopt: too much work.
  std::optional<double> P() {
    std::map<Margin, Pasts> nodes;
    nodes[problem_.rows][0.0] = 1;
    for (std::size_t column = 0; column + 2 < problem_.columns.size(); ++column) {
      std::map<Margin, Pasts> next;
      for (const auto& [left, pasts] : nodes) {
        const bool done = Fill(left, problem_.columns[column], [&](Margin rest, double factor) {
          std::sort(rest.begin(), rest.end());
          Pasts& to = next[std::move(rest)];
          for (const auto& [past, weight] : pasts) to[Rounded(past + factor)] += weight;
          steps_ += static_cast<std::int64_t>(pasts.size());
        });
        if (!done) return std::nullopt;
      }
      nodes = std::move(next);
    }
    double p = 0;
    for (const auto& [left, pasts] : nodes) {
      if (!Finish(left, pasts, p)) return std::nullopt;
    }
    return std::min(1.0, p);
  }

 private:
  using Pasts = std::map<double, double>;
  static double Rounded(double past) { return std::round(past * 1e11) / 1e11; }

  /// All ways to take `column` from what the rows have left; false beyond the limit of work.
  template <class Visit>
  bool Fill(const Margin& left, std::int64_t column, const Visit& visit) {
    Margin behind(left.size() + 1);  // What the rows from here on can still give.
    for (std::size_t i = left.size(); i-- > 0;) behind[i] = behind[i + 1] + left[i];
    Margin rest = left;
    const auto descend = [&](auto&& self, std::size_t row, std::int64_t open, double factor) -> bool {
      if (++steps_ > kMostSteps) return false;
      if (row == left.size()) {
        visit(rest, factor);
        return true;
      }
      const std::int64_t least = std::max<std::int64_t>(0, open - behind[row + 1]), most = std::min(open, left[row]);
      for (std::int64_t take = least; take <= most; ++take) {
        rest[row] = left[row] - take;
        if (!self(self, row + 1, open - take, factor - log_factorial_(take))) return false;
      }
      rest[row] = left[row];
      return true;
    };
    return descend(descend, 0, column, 0);
  }

  /// Two columns are left: one is chosen, the other follows. Adds up what is at most as likely as the observed table.
  bool Finish(const Margin& left, const Pasts& pasts, double& p) {
    std::vector<double> ends;
    const bool done = Fill(left, problem_.columns[problem_.columns.size() - 2], [&](const Margin& rest, double factor) {
      for (const auto count : rest) factor -= log_factorial_(count);
      ends.push_back(factor);
    });
    if (!done) return false;
    std::sort(ends.begin(), ends.end());
    std::vector<double> cumulative{0};
    const double top = ends.back();
    for (const double end : ends) cumulative.push_back(cumulative.back() + std::exp(end - top));
    double constant = top - log_factorial_(problem_.n);
    for (const auto count : problem_.rows) constant += log_factorial_(count);
    for (const auto count : problem_.columns) constant += log_factorial_(count);
    for (const auto& [past, weight] : pasts) {
      const auto end = std::upper_bound(ends.begin(), ends.end(), problem_.observed + kEqual - past);
      p += weight * std::exp(constant + past) * cumulative[static_cast<std::size_t>(end - ends.begin())];
    }
    return true;
  }

  const Problem& problem_;
  const LogFactorials& log_factorial_;
  std::int64_t steps_ = 0;
};

/// How many of `drawn` units fall in a group of `group` among `all`, from its mode outwards.
std::int64_t Hypergeometric(std::int64_t all, std::int64_t group, std::int64_t drawn, const LogFactorials& log_factorial, Random& random) {
  const std::int64_t least = std::max<std::int64_t>(0, drawn + group - all), most = std::min(drawn, group);
  const double a = static_cast<double>(all), g = static_cast<double>(group), d = static_cast<double>(drawn);
  const auto mode = std::clamp(static_cast<std::int64_t>((d + 1) * (g + 1) / (a + 2)), least, most);
  const auto other = [&](std::int64_t x) { return all - group - drawn + x; };
  double up = std::exp(log_factorial(group) + log_factorial(all - group) + log_factorial(drawn) + log_factorial(all - drawn) - log_factorial(all) -
                       log_factorial(mode) - log_factorial(group - mode) - log_factorial(drawn - mode) - log_factorial(other(mode)));
  double down = up, open = random.Unit() - up;
  std::int64_t above = mode, below = mode;
  while (open >= 0) {
    if (above == most && below == least) return mode;  // Rounding left a speck of chance over.
    if (above < most) {
      up *= static_cast<double>(group - above) * static_cast<double>(drawn - above) / (static_cast<double>(above + 1) * static_cast<double>(other(above + 1)));
      ++above;
      open -= up;
      if (open < 0) return above;
    }
    if (below > least) {
      down *= static_cast<double>(below) * static_cast<double>(other(below)) / (static_cast<double>(group - below + 1) * static_cast<double>(drawn - below + 1));
      --below;
      open -= down;
      if (open < 0) return below;
    }
  }
  return mode;
}

double Draw(const Problem& problem, const LogFactorials& log_factorial, std::uint64_t seed, int draws) {
  Random random(seed);
  std::int64_t extreme = 0;
  for (int draw = 0; draw < draws; ++draw) {
    Margin columns = problem.columns;
    std::int64_t units = problem.n;
    double probability = 0;
    for (const auto row : problem.rows) {
      std::int64_t open = row, rest = units;
      for (auto& column : columns) {
        const std::int64_t x = open == 0 ? 0 : Hypergeometric(rest, column, open, log_factorial, random);
        probability -= log_factorial(x);
        rest -= column;
        column -= x;
        open -= x;
      }
      units -= row;
    }
    extreme += probability <= problem.observed + kEqual;
  }
  return static_cast<double>(extreme + 1) / static_cast<double>(draws + 1);
}

}  // namespace

std::optional<FisherTest> TestFisher(const Counts& all, std::uint64_t seed, int draws) {
  const Counts table = WithoutEmpty(all);
  if (table.size() < 2 || table.front().size() < 2) return std::nullopt;
  std::int64_t n = 0;
  for (const auto& row : table) {
    for (const auto count : row) n += count;
  }
  const LogFactorials log_factorial(n);
  const Problem problem = Pose(table, log_factorial);
  if (const auto p = Exact(problem, log_factorial).P()) return FisherTest{*p, true};
  return FisherTest{Draw(problem, log_factorial, seed, draws), false};
}

}  // namespace meerstem::statistics
