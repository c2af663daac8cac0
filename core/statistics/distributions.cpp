#include "core/statistics/distributions.h"

#include <algorithm>
#include <boost/math/distributions/beta.hpp>
#include <boost/math/distributions/binomial.hpp>
#include <boost/math/distributions/chi_squared.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <boost/math/special_functions/gamma.hpp>
#include <cmath>

namespace meerstem::statistics {

namespace math = boost::math;

double NormalBelow(double z) { return 0.5 * std::erfc(-z / std::sqrt(2.0)); }
double NormalAbove(double z) { return NormalBelow(-z); }

double NormalP(double z, Sides sides) {
  if (sides == Sides::kGreater) return NormalAbove(z);
  if (sides == Sides::kLess) return NormalBelow(z);
  return std::min(1.0, 2 * NormalAbove(std::fabs(z)));
}

double NormalQuantile(double p) { return math::quantile(math::normal(), p); }

double ChiSquareAbove(double x, double df) {
  return std::isinf(x) ? 0 : math::cdf(math::complement(math::chi_squared(df), x));
}

double StudentTwoSided(double t, double df) {
  return std::isinf(t) ? 0 : 2 * math::cdf(math::complement(math::students_t(df), std::fabs(t)));
}

double BetaQuantile(double p, double a, double b) { return math::quantile(math::beta_distribution<>(a, b), p); }

double HalfBinomialBelow(std::int64_t k, std::int64_t n) {
  if (k < 0) return 0;
  if (k >= n) return 1;
  return math::cdf(math::binomial(static_cast<double>(n), 0.5), static_cast<double>(k));
}

double HalfBinomialAbove(std::int64_t k, std::int64_t n) { return HalfBinomialBelow(n - k, n); }

double HalfBinomialAt(std::int64_t k, std::int64_t n) {
  if (k < 0 || k > n) return 0;
  if (n == 0) return 1;
  return math::pdf(math::binomial(static_cast<double>(n), 0.5), static_cast<double>(k));
}

// std::lgamma writes a global sign, which threads would share.
double LogFactorial(std::int64_t n) { return math::lgamma(static_cast<double>(n) + 1); }

}  // namespace meerstem::statistics
