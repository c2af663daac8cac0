#include "plugins/coding/meeting.h"

namespace meerstem::coding {

using Relation = Expression::Relation;
using Reach = Expression::Reach;

Meeting::Meeting(const CodedStudy::Stock& stock, const Text* text, Relation relation, Reach reach, std::int64_t words)
    : stock_(stock), relation_(relation), reach_(reach), words_(words) {
  const bool reaches = relation == Relation::kNear || relation == Relation::kFollowedBy;
  if (text && reaches && reach != Reach::kTurn) index_.emplace(*text);
}

Range Meeting::Around(const CodedStudy::Quote& quote) const {
  const Range range = quote.range();
  if (relation_ != Relation::kNear && relation_ != Relation::kFollowedBy) return range;
  if (reach_ == Reach::kWords) return index_->Near(range, words_);
  if (reach_ == Reach::kParagraph) return index_->Paragraphs(range);
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
