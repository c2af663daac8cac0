#include "plugins/indices/scoring.h"

#include <gtest/gtest.h>

namespace meerstem::indices {
namespace {

Answer Known(int value, bool carried = false) { return {Answer::Kind::kKnown, value, carried}; }
const Answer kGone{Answer::Kind::kUnknown, 0, false};
const Answer kNotConcerned{Answer::Kind::kNotApplicable, 0, false};
constexpr auto kIn = Verdict::kInsufficient;
constexpr auto kOk = Verdict::kSufficient;
constexpr auto kUn = Verdict::kUnknown;

Criterion One(Persons persons, int cutoff = 2) { return {.id = "c", .level = "adult", .items = {{"i", cutoff}}, .persons = persons}; }

Verdict Of(Persons persons, std::vector<Answer> answers, int cutoff = 2) { return Judge(One(persons, cutoff), {std::move(answers)}).verdict; }

TEST(Persons, OneLowAnswerAmongThree) {
  const std::vector<Answer> answers = {Known(2), Known(4), Known(5)};
  EXPECT_EQ(Of(Persons::kAny, answers), kIn);
  EXPECT_EQ(Of(Persons::kAll, answers), kOk);
  EXPECT_EQ(Of(Persons::kWorst, answers), kIn);
  EXPECT_EQ(Of(Persons::kMean, answers), kOk);
}

TEST(Persons, TheMeanOnTheCutoffIsInsufficient) {
  EXPECT_EQ(Of(Persons::kMean, {Known(1), Known(3)}), kIn);
  EXPECT_EQ(Of(Persons::kMean, {Known(1), Known(4)}), kOk);
  EXPECT_EQ(Of(Persons::kAny, {Known(3), Known(3)}), kOk);
  EXPECT_EQ(Of(Persons::kAll, {Known(2)}), kIn);
}

TEST(Persons, AnUnknownAnswerDecidesOnlyWhereItCannotMatter) {
  EXPECT_EQ(Of(Persons::kAny, {Known(2), kGone, Known(5)}), kIn);
  EXPECT_EQ(Of(Persons::kAny, {Known(4), kGone}), kUn);
  EXPECT_EQ(Of(Persons::kAll, {Known(4), kGone}), kOk);
  EXPECT_EQ(Of(Persons::kAll, {Known(1), kGone}), kUn);
  EXPECT_EQ(Of(Persons::kWorst, {Known(4), kGone}), kOk);
  EXPECT_EQ(Of(Persons::kMean, {Known(2), kGone}), kIn);
  for (const auto persons : {Persons::kAny, Persons::kAll, Persons::kWorst, Persons::kMean}) EXPECT_EQ(Of(persons, {kGone, kGone}), kUn);
}

TEST(Persons, NotApplicableIsLeftOut) {
  EXPECT_EQ(Of(Persons::kAll, {Known(1), kNotConcerned}), kIn);
  EXPECT_EQ(Of(Persons::kAny, {kNotConcerned, Known(4)}), kOk);
}

TEST(Criterion, WithoutAnyApplicableAnswer) {
  Criterion criterion = One(Persons::kAny);
  for (const auto verdict : {kOk, kIn, kUn}) {
    criterion.without_persons = verdict;
    EXPECT_EQ(Judge(criterion, {{}}).verdict, verdict);
    EXPECT_EQ(Judge(criterion, {{kNotConcerned}}).verdict, verdict);
  }
  criterion.without_persons = kOk;
  EXPECT_EQ(Judge(criterion, {{kGone}}).verdict, kUn) << "unknown is not the same as not there";
}

TEST(Criterion, FewerKnownAnswersThanNeeded) {
  Criterion criterion = One(Persons::kAny);
  criterion.min_answered = 2;
  EXPECT_EQ(Judge(criterion, {{Known(1), kGone}}).verdict, kUn);
  EXPECT_EQ(Judge(criterion, {{Known(1), Known(5)}}).verdict, kIn);
}

TEST(Criterion, CountsWhatItRestsOn) {
  const auto result = Judge(One(Persons::kAny), {{Known(1, true), Known(3), kGone, kNotConcerned}});
  EXPECT_EQ(result.known, 2);
  EXPECT_EQ(result.carried, 1);
  EXPECT_EQ(result.unknown, 1);
  EXPECT_EQ(result.not_applicable, 1);
}

TEST(Across, AnyAllShareTable) {
  struct Case {
    std::vector<Verdict> verdicts;
    Verdict any, all, share;
  };
  const Case cases[] = {
      {{kIn, kOk}, kIn, kOk, kIn},
      {{kIn, kOk, kOk}, kIn, kOk, kOk},
      {{kIn, kUn}, kIn, kUn, kIn},
      {{kOk, kUn}, kUn, kOk, kUn},
      {{kOk, kOk, kUn}, kUn, kOk, kOk},
      {{kIn, kOk, kUn}, kIn, kOk, kUn},
      {{kIn, kIn}, kIn, kIn, kIn},
      {{kOk, kOk}, kOk, kOk, kOk},
      {{kUn, kUn}, kUn, kUn, kUn},
  };
  for (const auto& c : cases) {
    EXPECT_EQ(Combine(Across::kAny, c.verdicts), c.any);
    EXPECT_EQ(Combine(Across::kAll, c.verdicts), c.all);
    EXPECT_EQ(Combine(Across::kShare, c.verdicts), c.share);
  }
}

TEST(Across, TheMeanWeighsEachItemAgainstItsOwnCutoff) {
  Criterion criterion{.id = "c", .level = "household", .items = {{"a", 2}, {"b", 3}}, .across = Across::kMean};
  EXPECT_EQ(Judge(criterion, {{Known(1)}, {Known(4)}}).verdict, kIn) << "−1 and +1";
  EXPECT_EQ(Judge(criterion, {{Known(2)}, {Known(4)}}).verdict, kOk) << "0 and +1";
  EXPECT_EQ(Judge(criterion, {{kGone}, {Known(3)}}).verdict, kIn) << "the unknown item is left out";
  EXPECT_EQ(Judge(criterion, {{kGone}, {kGone}}).verdict, kUn);
  criterion.persons = Persons::kAll;
  EXPECT_EQ(Judge(criterion, {{Known(1), Known(5)}, {Known(3)}}).verdict, kOk) << "the highest of the persons: +3 and 0";
}

Score Sum(std::vector<Verdict> verdicts, int threshold = 3) {
  std::vector<CriterionResult> criteria;
  for (const auto verdict : verdicts) criteria.push_back({verdict});
  return Count(std::move(criteria), threshold);
}

TEST(Score, BoundsAndTheThreshold) {
  struct Case {
    std::vector<Verdict> verdicts;
    int low, high;
    Deprivation deprived;
  };
  const Case cases[] = {
      {{kIn, kIn, kIn, kOk, kOk, kOk}, 3, 3, Deprivation::kYes},
      {{kIn, kIn, kUn, kOk, kOk, kOk}, 2, 3, Deprivation::kUndetermined},
      {{kIn, kIn, kIn, kUn, kUn, kOk}, 3, 5, Deprivation::kYes},
      {{kIn, kOk, kUn, kOk, kOk, kOk}, 1, 2, Deprivation::kNo},
      {{kUn, kUn, kUn, kUn, kUn, kUn}, 0, 6, Deprivation::kUndetermined},
  };
  for (const auto& c : cases) {
    const Score score = Sum(c.verdicts);
    EXPECT_EQ(score.low, c.low);
    EXPECT_EQ(score.high, c.high);
    EXPECT_EQ(score.deprived, c.deprived);
    EXPECT_EQ(score.exact(), c.low == c.high);
  }
}

TEST(Outcome, EveryPairHasOne) {
  EXPECT_EQ(Classify(3, 2, 3), Outcome::kLeft);
  EXPECT_EQ(Classify(6, 3, 3), Outcome::kImprovedDeprived);
  EXPECT_EQ(Classify(2, 0, 3), Outcome::kImprovedNever);
  EXPECT_EQ(Classify(2, 2, 3), Outcome::kSameNever);
  EXPECT_EQ(Classify(3, 3, 3), Outcome::kSameDeprived);
  EXPECT_EQ(Classify(2, 3, 3), Outcome::kEntered);
  EXPECT_EQ(Classify(3, 4, 3), Outcome::kWorseDeprived);
  EXPECT_EQ(Classify(0, 2, 3), Outcome::kWorseNever);
  int counts[kOutcomes] = {};
  for (int before = 0; before <= 6; ++before) {
    for (int after = 0; after <= 6; ++after) ++counts[static_cast<int>(Classify(before, after, 3))];
  }
  const int expected[kOutcomes] = {12, 6, 3, 3, 4, 12, 6, 3};
  for (int i = 0; i < kOutcomes; ++i) EXPECT_EQ(counts[i], expected[i]) << OutcomeKey(static_cast<Outcome>(i));
}

TEST(Outcome, NoneWithoutExactScores) {
  const Score exact = Sum({kIn, kIn, kIn}), open = Sum({kIn, kIn, kUn});
  EXPECT_EQ(Classify(exact, exact, 3), Outcome::kSameDeprived);
  EXPECT_FALSE(Classify(open, exact, 3));
  EXPECT_FALSE(Classify(exact, open, 3));
}

}  // namespace
}  // namespace meerstem::indices
