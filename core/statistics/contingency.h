#pragma once

#include <cstdint>
#include <optional>

#include "core/statistics/square.h"

namespace meerstem::statistics {

/// Independence in an r × c table, empty rows and columns left out first. χ² = Σ (o − e)²/e on (r−1)(c−1) df, without
/// continuity correction; V = √(φ²/min(r−1, c−1)), φ² = χ²/n; V corrected for its upward bias: φ² − (r−1)(c−1)/(n−1), not
/// below 0, against r − (r−1)²/(n−1) rows and as many columns.
/// Sources: Pearson 1900; Cramér 1946, §21.9; Bergsma 2013, J Korean Stat Soc 42, 323–328.
struct Independence {
  double chi_square = 0, p = 1, v = 0, least_expected = 0;
  std::int64_t df = 0;
  std::optional<double> v_corrected;  ///< Undefined when n is too small for the correction.
};
/// Undefined: fewer than two rows or columns with counts, rows of unequal length, a negative count.
std::optional<Independence> TestIndependence(const Counts& table);

/// Fisher's exact test of the same: the probability, given both margins, of all tables that are at most as likely as the
/// one seen (within 10⁻⁷, as rounding makes equals differ). Exact as long as the work stays small, column by column over
/// what the rows have left; else `draws` tables with the same margins, each cell from its conditional hypergeometric
/// distribution, and p = (b + 1)/(B + 1).
/// Sources: Freeman & Halton 1951, Biometrika 38, 141–149; drawing: Patefield 1981, algorithm AS 159, Appl Stat 30, 91–97.
struct FisherTest {
  double p = 1;
  bool exact = true;
};
/// Undefined: as TestIndependence.
std::optional<FisherTest> TestFisher(const Counts& table, std::uint64_t seed, int draws = 99'999);

/// The table without its empty rows and columns; empty when it is no table of counts.
Counts WithoutEmpty(const Counts& table);

}  // namespace meerstem::statistics
