#pragma once

#include <optional>
#include <vector>

#include "plugins/indices/study_scores.h"

namespace meerstem::indices {

/// One member's answer (or the household's) at baseline and at follow-up.
struct AnswerPair {
  std::size_t family = 0;   ///< In StudyScores::families.
  std::optional<Id> person;
  int before = 0, after = 0;
  bool carried = false;     ///< The answer at follow-up was not given then.
  int change() const { return after - before; }  ///< Higher points are better.
};

/// How one item changed among the followed families.
struct ItemChange {
  std::size_t item = 0;     ///< In Instrument::items.
  std::vector<AnswerPair> pairs;
  std::int64_t not_applicable = 0;  ///< At one of the two, or both.
  std::int64_t missing = 0;         ///< Never given or not known at one of the two.
  std::int64_t members = 0;         ///< Of that level, in followed families, there at both.
};

struct Changes {
  StudyScores scores;
  Instrument instrument;
  std::vector<ItemChange> items;    ///< As asked.
};

/// `keys` empty: all items. Baseline and follow-up as the rule set in use says. nullopt as ScoreStudy. kRefused for an item
/// that the instrument does not have.
std::optional<Changes> CollectChanges(Reading& reading, const std::vector<std::string>& keys = {});

/// Better, same, worse.
struct Directions {
  std::int64_t better = 0, same = 0, worse = 0;
  std::int64_t n() const { return better + same + worse; }
  void Add(int change) { ++(change > 0 ? better : change < 0 ? worse : same); }
};
Directions Count(const std::vector<AnswerPair>& pairs, bool with_carried = true);

}  // namespace meerstem::indices
