#include "plugins/indices/scoring.h"

#include <algorithm>

namespace meerstem::indices {
namespace {

/// `decisive` wins as soon as one has it; its opposite needs all of them known.
Verdict Lead(const std::vector<Verdict>& verdicts, Verdict decisive, Verdict otherwise) {
  bool unknown = false;
  for (const Verdict verdict : verdicts) {
    if (verdict == decisive) return decisive;
    unknown |= verdict == Verdict::kUnknown;
  }
  return unknown ? Verdict::kUnknown : otherwise;
}

/// The answers to one item that apply.
struct ItemAnswers {
  std::vector<int> known;
  bool unknown = false;      ///< An answer that is kept as unknown.
  bool left_out = false;     ///< An unknown answer that does not count.
  bool sufficient = false;   ///< Not applicable, and that is sufficient.
  bool applies() const { return unknown || left_out || sufficient || !known.empty(); }
};

/// The value that stands for the persons of an item; only with known answers.
double ValueOf(Persons persons, const std::vector<int>& known) {
  if (persons == Persons::kAll) return *std::max_element(known.begin(), known.end());
  if (persons != Persons::kMean) return *std::min_element(known.begin(), known.end());
  double sum = 0;
  for (const int value : known) sum += value;
  return sum / static_cast<double>(known.size());
}

Verdict JudgeItem(Persons persons, int cutoff, const ItemAnswers& answers) {
  if (persons == Persons::kWorst || persons == Persons::kMean) {
    if (answers.known.empty()) return answers.sufficient ? Verdict::kSufficient : Verdict::kUnknown;
    return ValueOf(persons, answers.known) <= cutoff ? Verdict::kInsufficient : Verdict::kSufficient;
  }
  std::vector<Verdict> verdicts;
  for (const int value : answers.known) verdicts.push_back(value <= cutoff ? Verdict::kInsufficient : Verdict::kSufficient);
  if (answers.unknown) verdicts.push_back(Verdict::kUnknown);
  if (answers.sufficient) verdicts.push_back(Verdict::kSufficient);
  return Combine(persons == Persons::kAll ? Across::kAll : Across::kAny, verdicts);
}

double Median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  const std::size_t middle = values.size() / 2;
  return values.size() % 2 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

}  // namespace

Verdict Combine(Across across, const std::vector<Verdict>& verdicts, int share_percent) {
  if (verdicts.empty()) return Verdict::kUnknown;
  switch (across) {
    case Across::kAll:
      return Lead(verdicts, Verdict::kSufficient, Verdict::kInsufficient);
    case Across::kShare: {
      const auto count = [&](Verdict verdict) { return 100 * std::count(verdicts.begin(), verdicts.end(), verdict); };
      const auto all = share_percent * static_cast<std::ptrdiff_t>(verdicts.size());
      if (count(Verdict::kInsufficient) >= all) return Verdict::kInsufficient;
      if (count(Verdict::kInsufficient) + count(Verdict::kUnknown) < all) return Verdict::kSufficient;
      return Verdict::kUnknown;
    }
    case Across::kAny:
    case Across::kMean:
    case Across::kMedian:
      break;
  }
  return Lead(verdicts, Verdict::kInsufficient, Verdict::kSufficient);
}

CriterionResult Judge(const Criterion& criterion, const std::vector<std::vector<Answer>>& answers) {
  CriterionResult result;
  std::vector<Verdict> verdicts;
  std::vector<double> distances;
  bool applies = false;
  for (std::size_t i = 0; i < criterion.items.size() && i < answers.size(); ++i) {
    ItemAnswers item;
    for (const Answer& answer : answers[i]) {
      switch (answer.kind) {
        case Answer::Kind::kNotApplicable:
          ++result.not_applicable;
          item.sufficient |= criterion.not_applicable_is_sufficient;
          break;
        case Answer::Kind::kMissing:
        case Answer::Kind::kUnknown:
          ++result.unknown;
          ((answer.kind == Answer::Kind::kMissing ? criterion.missing : criterion.unknown) == Silence::kKeep ? item.unknown : item.left_out) = true;
          break;
        case Answer::Kind::kKnown:
          ++result.known;
          result.carried += answer.carried;
          item.known.push_back(answer.value);
          break;
      }
    }
    if (!item.applies()) continue;
    applies = true;
    if (!item.unknown && !item.sufficient && item.known.empty()) continue;
    const int cutoff = criterion.items[i].insufficient_at_most;
    verdicts.push_back(JudgeItem(criterion.persons, cutoff, item));
    if (!item.known.empty()) {
      distances.push_back(ValueOf(criterion.persons, item.known) - cutoff);
    }
  }
  if (!applies) {
    result.verdict = criterion.without_persons;
  } else if (result.known < criterion.min_answered) {
    result.verdict = Verdict::kUnknown;
  } else if (criterion.across == Across::kMean || criterion.across == Across::kMedian) {
    if (distances.empty()) {
      result.verdict = Combine(Across::kAny, verdicts);
    } else {
      double middle = Median(distances);
      if (criterion.across == Across::kMean) {
        middle = 0;
        for (const double distance : distances) middle += distance;
      }
      result.verdict = middle <= 0 ? Verdict::kInsufficient : Verdict::kSufficient;
    }
  } else {
    result.verdict = Combine(criterion.across, verdicts, criterion.share_percent);
  }
  return result;
}

Score Count(std::vector<CriterionResult> criteria, int threshold) {
  Score score;
  for (const auto& criterion : criteria) {
    score.low += criterion.verdict == Verdict::kInsufficient;
    score.high += criterion.verdict != Verdict::kSufficient;
  }
  score.deprived = score.low >= threshold ? Deprivation::kYes : score.high < threshold ? Deprivation::kNo : Deprivation::kUndetermined;
  score.criteria = std::move(criteria);
  return score;
}

Outcome Classify(int baseline, int follow_up, int threshold) {
  const bool before = baseline >= threshold, after = follow_up >= threshold;
  if (follow_up < baseline) return before ? (after ? Outcome::kImprovedDeprived : Outcome::kLeft) : Outcome::kImprovedNever;
  if (follow_up == baseline) return before ? Outcome::kSameDeprived : Outcome::kSameNever;
  return after ? (before ? Outcome::kWorseDeprived : Outcome::kEntered) : Outcome::kWorseNever;
}

std::optional<Outcome> Classify(const Score& baseline, const Score& follow_up, int threshold) {
  if (!baseline.exact() || !follow_up.exact()) return std::nullopt;
  return Classify(baseline.low, follow_up.low, threshold);
}

const char* OutcomeKey(Outcome outcome) {
  switch (outcome) {
    case Outcome::kLeft: return "left";
    case Outcome::kImprovedDeprived: return "improved_deprived";
    case Outcome::kImprovedNever: return "improved_never";
    case Outcome::kSameNever: return "same_never";
    case Outcome::kSameDeprived: return "same_deprived";
    case Outcome::kEntered: return "entered";
    case Outcome::kWorseDeprived: return "worse_deprived";
    case Outcome::kWorseNever: return "worse_never";
  }
  return "";
}

Message OutcomeLabel(Outcome outcome) {
  switch (outcome) {
    case Outcome::kLeft: return Say("Better: left deprivation");
    case Outcome::kImprovedDeprived: return Say("Better, still deprived");
    case Outcome::kImprovedNever: return Say("Better, never deprived");
    case Outcome::kSameNever: return Say("Same, never deprived");
    case Outcome::kSameDeprived: return Say("Same, still deprived");
    case Outcome::kEntered: return Say("Worse: became deprived");
    case Outcome::kWorseDeprived: return Say("Worse, was deprived already");
    case Outcome::kWorseNever: return Say("Worse, never deprived");
  }
  return {};
}

const char* OutcomeColour(Outcome outcome) {
  switch (outcome) {
    case Outcome::kLeft: return "#009E73";
    case Outcome::kImprovedDeprived: return "#56B4E9";
    case Outcome::kImprovedNever: return "#0072B2";
    case Outcome::kSameNever: return "#F0E442";
    case Outcome::kSameDeprived: return "#E69F00";
    case Outcome::kEntered:
    case Outcome::kWorseDeprived:
    case Outcome::kWorseNever: return "#D55E00";
  }
  return "";
}

const char* OutcomeGlyph(Outcome outcome) {
  switch (outcome) {
    case Outcome::kLeft: return "⇑";
    case Outcome::kImprovedDeprived: return "↑";
    case Outcome::kImprovedNever: return "↗";
    case Outcome::kSameNever: return "=";
    case Outcome::kSameDeprived: return "≡";
    case Outcome::kEntered: return "⇓";
    case Outcome::kWorseDeprived: return "↓";
    case Outcome::kWorseNever: return "↘";
  }
  return "";
}

}  // namespace meerstem::indices
