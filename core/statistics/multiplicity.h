#pragma once

#include <optional>
#include <vector>

/// Many tests at once: adjusted p-values, to be compared with the level itself. A test without p is no test: it stays
/// without and does not count.
namespace meerstem::statistics {

using PValues = std::vector<std::optional<double>>;

/// Holm's step-down: max over the smaller ones of (m − rank + 1) p, at most 1. Guards against a single false rejection.
/// Source: Holm 1979, Scand J Stat 6, 65–70.
PValues Holm(const PValues& p);

/// Benjamini & Hochberg's step-up: min over the larger ones of m p / rank. Guards the share of false rejections.
/// Source: Benjamini & Hochberg 1995, JRSS B 57, 289–300.
PValues BenjaminiHochberg(const PValues& p);

}  // namespace meerstem::statistics
