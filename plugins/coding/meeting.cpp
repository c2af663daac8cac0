#include "plugins/coding/meeting.h"

#include "plugins/coding/around.h"

namespace meerstem::coding {

using Relation = Expression::Relation;
using Reach = Expression::Reach;

Range Meeting::Around(const CodedStudy::Quote& quote) const {
  const Range range = quote.range();
  if (relation_ != Relation::kNear && relation_ != Relation::kFollowedBy) return range;
  if (reach_ == Reach::kWords) return WordsAround(*text_, range, words_);
  if (reach_ == Reach::kParagraph) return LinesAround(*text_, range);
  // Where nobody speaks, only what shares words is together.
  Range turns = range;
  for (auto i = quote.turn; i < stock_.turns.size() && stock_.turns[i].start < quote.end; ++i) {
    turns = {std::min<std::int64_t>(turns.start, stock_.turns[i].start), std::max<std::int64_t>(turns.end, stock_.turns[i].end)};
  }
  return turns;
}

bool Meeting::Holds(const CodedStudy::Quote& quote, const CodedStudy::Quote& other, const Range& around) const {
  switch (relation_) {
    case Relation::kWithin:
      return other.start <= quote.start && quote.end <= other.end;
    case Relation::kEncloses:
      return quote.start <= other.start && other.end <= quote.end;
    case Relation::kFollowedBy:
      return other.start >= quote.end && other.start < around.end;
    default:
      return true;
  }
}

}  // namespace meerstem::coding
