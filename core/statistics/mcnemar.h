#pragma once

#include <cstdint>
#include <optional>

#include "core/statistics/distributions.h"
#include "core/statistics/proportion.h"

namespace meerstem::statistics {

/// Yes/no before and after: n11 yes twice, n12 yes then no, n21 no then yes, n22 no twice.
struct PairedTable {
  std::int64_t n11 = 0, n12 = 0, n21 = 0, n22 = 0;
  std::int64_t n() const { return n11 + n12 + n21 + n22; }
};

/// McNemar's test on the n12 + n21 discordant pairs. Exact and mid-p: the sign test; asymptotic χ² = (n12−n21)²/(n12+n21)
/// on 1 df, `corrected` with (|n12−n21|−1)². Fagerland, Lydersen & Laake recommend mid-p.
/// Sources: McNemar 1947, Psychometrika 12, 153–157; Fagerland, Lydersen & Laake 2013, BMC Med Res Methodol 13:91.
struct McNemar {
  std::int64_t discordant = 0;
  bool degenerate = false;          ///< No discordant pair: p is 1 by convention, χ² undefined.
  double p_exact = 1;
  double p_mid = 1;
  std::optional<double> chi_square, p_asymptotic, chi_square_corrected, p_corrected;
  double difference = 0;            ///< (n12 − n21) / n: share before minus share after.
};
/// Undefined: n = 0 or a negative count. Sides::kGreater: more yes before than after.
std::optional<McNemar> TestMcNemar(const PairedTable& table, Sides sides = Sides::kTwo);

/// Interval of the paired difference by square-and-add of two Wilson intervals, with Newcombe's corrected correlation.
/// Source: Newcombe 1998, Stat Med 17, 2635–2650, method 10. Undefined: as TestMcNemar.
std::optional<Interval> Newcombe(const PairedTable& table, double confidence = 0.95);

/// Interval of the paired difference by inverting the score test, with the discordant probability estimated under each
/// hypothesis. Source: Tango 1998, Stat Med 17, 891–908, eq. 7–12. Undefined: as TestMcNemar.
std::optional<Interval> Tango(const PairedTable& table, double confidence = 0.95);

}  // namespace meerstem::statistics
