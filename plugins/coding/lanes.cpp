#include "plugins/coding/lanes.h"

#include <algorithm>
#include <functional>
#include <numeric>
#include <queue>
#include <set>
#include <utility>

namespace meerstem::coding {

Lanes AllocateLanes(const std::vector<Range>& ranges) {
  Lanes lanes;
  lanes.order.resize(ranges.size());
  lanes.lane.resize(ranges.size());
  std::iota(lanes.order.begin(), lanes.order.end(), std::size_t{0});
  std::stable_sort(lanes.order.begin(), lanes.order.end(), [&](std::size_t a, std::size_t b) {
    return std::pair(ranges[a].start, -ranges[a].end) < std::pair(ranges[b].start, -ranges[b].end);
  });
  using Busy = std::pair<std::int64_t, int>;  // Where it ends, which lane.
  std::priority_queue<Busy, std::vector<Busy>, std::greater<>> busy;
  std::set<int> free;
  for (const auto index : lanes.order) {
    while (!busy.empty() && busy.top().first <= ranges[index].start) {
      free.insert(busy.top().second);
      busy.pop();
    }
    int lane = lanes.count;
    if (free.empty()) {
      ++lanes.count;
    } else {
      lane = *free.begin();
      free.erase(free.begin());
    }
    lanes.lane[index] = lane;
    busy.emplace(std::max(ranges[index].end, ranges[index].start + 1), lane);
  }
  return lanes;
}

}  // namespace meerstem::coding
