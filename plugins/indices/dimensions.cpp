// What others group by: how a family fared, and whether it was deprived at baseline.
#include "plugins/indices/common.h"

namespace meerstem::indices {
namespace {

Grouping ByOutcome(Reading& reading) {
  Grouping grouping;
  const auto scores = ScoreStudy(reading);
  if (!scores) return grouping;
  for (int i = 0; i < kOutcomes; ++i) {
    const auto outcome = static_cast<Outcome>(i);
    grouping.groups.push_back({.key = OutcomeKey(outcome), .label = OutcomeLabel(outcome), .colour = OutcomeColour(outcome), .glyph = OutcomeGlyph(outcome)});
  }
  // Cases whose score is not exact have a group of their own only when there are any.
  bool undetermined = false;
  for (const auto& family : scores->families) undetermined |= family.after && !family.outcome;
  if (undetermined) grouping.groups.push_back({.key = "undetermined", .label = Say("Undetermined"), .glyph = "?"});
  grouping.groups.push_back({.key = "not_followed", .label = Say("Not followed"), .glyph = "–"});
  for (const auto& family : scores->families) {
    const std::size_t group = family.outcome ? static_cast<std::size_t>(*family.outcome) : family.after ? kOutcomes : grouping.groups.size() - 1;
    grouping.members.emplace_back(family.study_case, group);
    grouping.groups[group].entities.push_back({"case", family.study_case});
  }
  return grouping;
}

Grouping ByDeprivation(Reading& reading) {
  Grouping grouping;
  const auto scores = ScoreStudy(reading);
  if (!scores) return grouping;
  grouping.groups = {{.key = "yes", .label = Say("Deprived at baseline"), .colour = "#D55E00", .glyph = "●"},
                     {.key = "no", .label = Say("Not deprived at baseline"), .colour = "#0072B2", .glyph = "○"}};
  for (const auto& family : scores->families) {
    if (family.before && family.before->deprived == Deprivation::kUndetermined && grouping.groups.size() == 2) {
      grouping.groups.push_back({.key = "undetermined", .label = Say("Undetermined"), .glyph = "?"});
    }
  }
  for (const auto& family : scores->families) {
    if (!family.before) continue;
    const std::size_t group = family.before->deprived == Deprivation::kYes ? 0 : family.before->deprived == Deprivation::kNo ? 1 : 2;
    grouping.members.emplace_back(family.study_case, group);
    grouping.groups[group].entities.push_back({"case", family.study_case});
  }
  return grouping;
}

}  // namespace

void AddDimensions(Registry& registry) {
  registry.Add(Dimension{"outcome", Say("Outcome of the family"), "case", &ByOutcome});
  registry.Add(Dimension{"deprivation", Say("Deprived at baseline"), "case", &ByDeprivation});
}

}  // namespace meerstem::indices
