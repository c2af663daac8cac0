#pragma once

#include <functional>
#include <vector>

#include "core/study/carrying.h"

namespace meerstem::indices {

/// What stands of one item for one member, or of the household. `there` is false when nothing was ever entered.
struct Stand {
  bool there = false;
  AnswerStatus status = AnswerStatus::kUnknown;
  bool carried = false;
  int value = 0;
  Date since;
  bool has_value() const { return there && (status == AnswerStatus::kRated || status == AnswerStatus::kConfirmed || status == AnswerStatus::kCopied); }
};

/// One family through time. What stands at each registration is derived: answers are carried forward as in
/// core/study/carrying.h.
struct History {
  Id study_case;
  const std::vector<Member>* members = nullptr;  ///< Adults and children whom the instrument follows.
  std::vector<Registration> registrations;       ///< By date.
  std::vector<std::string> raters;               ///< Who made each of them, by pseudonym; empty: not known.
  std::vector<std::vector<Stand>> stands;        ///< [registration], then At(item, slot).

  /// Slot 0 is the household, slot m + 1 member m.
  std::size_t slots() const { return members->size() + 1; }
  const Stand& At(std::size_t registration, std::size_t item, std::size_t slot) const { return stands[registration][item * slots() + slot]; }
};

/// Every family that has registrations, one after the other; a history is good during the call only. `items` are the
/// indices into instrument.items that are wanted: At counts along that list. What the cleaning left out is not there.
/// One scan of the answers in the order in which they lie.
void WalkHistories(Reading& reading, const Instrument& instrument, const std::vector<std::size_t>& items, const std::function<void(const History&)>& visit);

/// The same of one family, read alone: for one whose answers were touched.
void WalkHistory(Reading& reading, const Instrument& instrument, const std::vector<std::size_t>& items, const Id& study_case, const std::function<void(const History&)>& visit);

}  // namespace meerstem::indices
