#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>
#include <optional>
#include <vector>

#include "core/study/coded_study.h"
#include "plugins/coding/expression.h"
#include "plugins/coding/word_index.h"

namespace meerstem::coding {

/// Which quotes of one source meet which others: the geometry behind queries and co-occurrence. Looks at the text only
/// when words or paragraphs are asked for.
class Meeting {
 public:
  /// `text` may be nullptr for everything but distances in words and paragraphs.
  Meeting(const CodedStudy::Stock& stock, const Text* text, Expression::Relation relation, Expression::Reach reach, std::int64_t words);

  /// The stretch that another quote has to touch to be looked at.
  Range Around(const CodedStudy::Quote& quote) const;
  /// Of two quotes of which the other touches `around`, the stretch around the first.
  bool Holds(const CodedStudy::Quote& quote, const CodedStudy::Quote& other, const Range& around) const;

 private:
  const CodedStudy::Stock& stock_;
  Expression::Relation relation_;
  Expression::Reach reach_;
  std::int64_t words_;
  std::optional<WordIndex> index_;
};

/// Quotes of a source by position, to be asked which of them touch a stretch.
class Row {
 public:
  Row(const CodedStudy::Stock& stock, const std::vector<char>& chosen) : stock_(stock) {
    std::int32_t reach = std::numeric_limits<std::int32_t>::min();
    for (std::uint32_t i = 0; i < stock.quotes.size(); ++i) {
      if (!chosen[i]) continue;
      reach = std::max(reach, stock.quotes[i].end);
      quotes_.push_back(i);
      reach_.push_back(reach);
    }
  }
  /// Calls `visit(number of the quote)` for each that touches `range`, until it says true; whether it did.
  template <class Visit>
  bool EachIn(const Range& range, Visit visit) const {
    // No quote before this one reaches into the range.
    auto at = static_cast<std::size_t>(std::upper_bound(reach_.begin(), reach_.end(), range.start) - reach_.begin());
    for (; at < quotes_.size() && stock_.quotes[quotes_[at]].start < range.end; ++at) {
      if (stock_.quotes[quotes_[at]].end > range.start && visit(quotes_[at])) return true;
    }
    return false;
  }

 private:
  const CodedStudy::Stock& stock_;
  std::vector<std::uint32_t> quotes_;
  std::vector<std::int32_t> reach_;  ///< How far the quotes up to here reach.
};

}  // namespace meerstem::coding
