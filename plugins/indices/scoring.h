#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/message.h"

/// The arithmetic of criteria scores: pure functions, no study, no database.
///
/// Source of the criteria: Kind en Gezin's six criteria of deprivation (employment, income, housing, education, health,
/// stimulation; weak on three or more: deprived), here the family's score from 0 to 6 and not the index, which is a
/// share of the children born in three years. How items become criteria is the rule set's, never code.
namespace meerstem::indices {

/// Three-valued: what is unknown stays unknown unless it cannot matter.
enum class Verdict { kSufficient, kInsufficient, kUnknown };

/// One member's answer to one item, or the household's. Missing: never given; unknown: asked and not known, or too old.
struct Answer {
  enum class Kind { kKnown, kMissing, kUnknown, kNotApplicable };
  Kind kind = Kind::kMissing;
  int value = 0;
  bool carried = false;
};

/// How the members' answers to one item become one.
enum class Persons {
  kAny,    ///< Insufficient if one answer is; sufficient if all are known and none is.
  kAll,    ///< Insufficient if all answers are known and insufficient; sufficient if one is sufficient.
  kWorst,  ///< The lowest known value against the cutoff; unknown answers are left out.
  kMean,   ///< The mean of the known values against the cutoff; unknown answers are left out.
  kNamed,  ///< One member's answer, by the code that the member has in the household; others do not count.
};
/// How the items become the criterion.
enum class Across {
  kAny,    ///< As Persons::kAny, over items.
  kAll,
  kMean,   ///< Insufficient if the mean over items of (value − cutoff) is at most 0. An item's value is that of its
           ///< persons: the lowest (any, worst), the highest (all) or the mean of the known ones. Unknown items are left out.
  kMedian, ///< As kMean, with the median of (value − cutoff).
  kShare,  ///< Insufficient if at least Criterion::share_percent of the items are; unknown as long as the unknown items can
           ///< decide it.
};

/// What an answer that says nothing does to any, all and share (the lowest, the mean and the median leave it out always).
enum class Silence {
  kKeep,      ///< It stays unknown, and so does the criterion unless the others decide it.
  kLeaveOut,  ///< The others decide; without any, the criterion is unknown.
};

/// Who counts at baseline and at follow-up.
enum class Roster {
  kAsIs,   ///< Those who belong to the household on the date itself.
  kFixed,  ///< Those who belonged to it at baseline.
  kBoth,   ///< Those who belonged to it at both.
};

/// Whose registrations make the follow-up.
enum class Raters {
  kAnyone,
  kSame,   ///< Only those by whoever made the baseline; nobody known at baseline: not followed.
};

struct ItemRule {
  std::string item;             ///< Key in the instrument.
  int insufficient_at_most = 2; ///< value ≤ cutoff: insufficient.
};

struct Criterion {
  std::string id;
  Localized name;
  std::string level;            ///< household, adult, child, any
  std::vector<ItemRule> items;
  Persons persons = Persons::kAny;
  std::string person;           ///< Of kNamed: the member's code.
  Across across = Across::kAny;
  int share_percent = 50;       ///< Of kShare.
  Silence missing = Silence::kKeep;
  Silence unknown = Silence::kKeep;
  bool not_applicable_is_sufficient = false;  ///< Else an answer that is not applicable is left out.
  int min_answered = 1;         ///< Fewer known answers: unknown.
  Verdict without_persons = Verdict::kUnknown;  ///< When no answer applies: nobody of the level, or all not applicable.
};

struct RuleSet {
  std::string key, version;
  Localized name;
  Localized source;             ///< Where it comes from; empty: not said.
  std::string instrument;
  int threshold = 3;            ///< Deprived: insufficient on at least so many criteria.
  bool complete_baseline = false;  ///< Baseline: the first registration on which every criterion is known; else the first.
  int follow_up_months = 6;
  bool last_follow_up = true;
  std::optional<int> max_carried_months;  ///< Older carried answers count as unknown.
  bool carried_counts = true;   ///< False: a carried answer counts as unknown, whatever its age.
  Roster roster = Roster::kAsIs;
  Raters raters = Raters::kAnyone;
  std::string rater;            ///< Only this person's registrations are baseline or follow-up; empty: everyone's.
  std::vector<Criterion> criteria;
};

struct CriterionResult {
  Verdict verdict = Verdict::kUnknown;
  int known = 0;
  int unknown = 0;              ///< With the missing ones.
  int not_applicable = 0;
  int carried = 0;              ///< Of the known.
};

/// `answers[i]` are those to criterion.items[i].
CriterionResult Judge(const Criterion& criterion, const std::vector<std::vector<Answer>>& answers);

/// Combines verdicts of equals by any, all or share; used over items.
Verdict Combine(Across across, const std::vector<Verdict>& verdicts, int share_percent = 50);

enum class Deprivation { kNo, kYes, kUndetermined };

/// Number of insufficient criteria: `low` if every unknown criterion is sufficient, `high` if none of them is.
/// Never imputed: undetermined when the bounds lie on both sides of the threshold.
struct Score {
  int low = 0;
  int high = 0;
  Deprivation deprived = Deprivation::kUndetermined;
  std::vector<CriterionResult> criteria;
  bool exact() const { return low == high; }
};
Score Count(std::vector<CriterionResult> criteria, int threshold);

/// Eight outcomes that together are all there is. Better and worse go by the score, deprived by the threshold.
enum class Outcome { kLeft, kImprovedDeprived, kImprovedNever, kSameNever, kSameDeprived, kEntered, kWorseDeprived, kWorseNever };
inline constexpr int kOutcomes = 8;
Outcome Classify(int baseline, int follow_up, int threshold);
/// nullopt when either score is not exact.
std::optional<Outcome> Classify(const Score& baseline, const Score& follow_up, int threshold);

/// left, improved_deprived ...: what exports and filters use.
const char* OutcomeKey(Outcome outcome);
Message OutcomeLabel(Outcome outcome);
/// Okabe–Ito; distinct under colour blindness, not in grey: the glyph always stands beside it.
const char* OutcomeColour(Outcome outcome);
const char* OutcomeGlyph(Outcome outcome);

}  // namespace meerstem::indices
