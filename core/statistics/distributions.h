#pragma once

#include <cstdint>

/// Tails and quantiles of the distributions behind the tests. The one place where Boost.Math is met.
namespace meerstem::statistics {

/// What a test looks for: any difference, or one in a direction that was chosen beforehand.
enum class Sides { kTwo, kGreater, kLess };

/// P(Z ≤ z) and P(Z ≥ z) of the standard normal distribution.
double NormalBelow(double z);
double NormalAbove(double z);
/// The p of a standardised statistic.
double NormalP(double z, Sides sides = Sides::kTwo);
/// z with P(Z ≤ z) = p, for 0 < p < 1.
double NormalQuantile(double p);

/// P(X ≥ x) of χ² with `df` > 0.
double ChiSquareAbove(double x, double df);
/// P(|T| ≥ |t|) of Student's t with `df` > 0.
double StudentTwoSided(double t, double df);
/// x with P(X ≤ x) = p of the beta distribution, for a, b > 0.
double BetaQuantile(double p, double a, double b);

/// P(X ≤ k), P(X ≥ k) and P(X = k) for X ~ Binomial(n, ½).
double HalfBinomialBelow(std::int64_t k, std::int64_t n);
double HalfBinomialAbove(std::int64_t k, std::int64_t n);
double HalfBinomialAt(std::int64_t k, std::int64_t n);

/// log n!
double LogFactorial(std::int64_t n);

}  // namespace meerstem::statistics
