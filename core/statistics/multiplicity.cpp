#include "core/statistics/multiplicity.h"

#include <algorithm>

namespace meerstem::statistics {
namespace {

/// Where the tests that have a p stand, smallest p first.
std::vector<std::size_t> Ascending(const PValues& p) {
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < p.size(); ++i) {
    if (p[i]) order.push_back(i);
  }
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return *p[a] < *p[b]; });
  return order;
}

}  // namespace

PValues Holm(const PValues& p) {
  PValues adjusted(p.size());
  const auto order = Ascending(p);
  double least = 0;
  for (std::size_t i = 0; i < order.size(); ++i) {
    least = std::max(least, std::min(1.0, static_cast<double>(order.size() - i) * *p[order[i]]));
    adjusted[order[i]] = least;
  }
  return adjusted;
}

PValues BenjaminiHochberg(const PValues& p) {
  PValues adjusted(p.size());
  const auto order = Ascending(p);
  double most = 1;
  for (std::size_t i = order.size(); i-- > 0;) {
    most = std::min(most, static_cast<double>(order.size()) * *p[order[i]] / static_cast<double>(i + 1));
    adjusted[order[i]] = most;
  }
  return adjusted;
}

}  // namespace meerstem::statistics
