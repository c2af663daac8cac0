#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "core/command/parameters.h"

namespace meerstem::coding {

/// Stretches of texts in the order of sources and positions, eight bytes each: one letter stands in millions of places.
class Places {
 public:
  struct Spot {
    std::int32_t start, end;
    Range range() const { return {start, end}; }
  };
  struct InSource {
    Id source;
    std::vector<Spot> spots;  ///< At least one.
    std::size_t before;       ///< How many stand in the sources before.
  };

  /// Of a source that has none yet; nothing when there are no spots.
  void Add(const Id& source, std::vector<Spot> spots) {
    if (spots.empty()) return;
    const std::size_t before = size_;
    size_ += spots.size();
    sources_.push_back({source, std::move(spots), before});
  }
  std::size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  const std::vector<InSource>& sources() const { return sources_; }
  SourceSpan operator[](std::size_t index) const {
    const auto after = std::upper_bound(sources_.begin(), sources_.end(), index, [](std::size_t i, const InSource& in) { return i < in.before; });
    const InSource& in = *(after - 1);
    return {in.source, in.spots[index - in.before].range()};
  }

 private:
  std::vector<InSource> sources_;
  std::size_t size_ = 0;
};

}  // namespace meerstem::coding
