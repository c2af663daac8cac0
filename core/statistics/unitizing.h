#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace meerstem::statistics {

/// A stretch of a continuum that a coder marked with a code.
struct Unit {
  double start = 0;
  double end = 0;
  std::string code;
};

/// How two units differ, by place and by code: alpha ((|Δstart| + |Δend|)/(length + length))² empty + beta [codes differ] empty.
/// `empty` is the price of a unit without a counterpart.
struct UnitCosts {
  double alpha = 1;
  double beta = 1;
  double empty = 1;
};

/// The disorder of the best alignment of two coders' units: Σ over pairs and units left alone, and that divided by the mean
/// number of units per coder, which is the numerator of γ. Best by the assignment problem, O(n³).
/// Source: Mathet, Widlöcher & Métivier 2015, Computational Linguistics 41, 437–479, eq. 1–6.
struct Disorder {
  double total = 0;
  double observed = 0;
  std::int64_t pairs = 0;  ///< Units aligned with one of the other coder.
};
/// Undefined: no units at all, or a unit that ends before it starts.
std::optional<Disorder> ObservedDisorder(const std::vector<Unit>& one, const std::vector<Unit>& other, const UnitCosts& costs = {});

}  // namespace meerstem::statistics
