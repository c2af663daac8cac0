#pragma once

#include <optional>
#include <string>

#include "core/statistics/distributions.h"
#include "core/statistics/multiplicity.h"
#include "core/statistics/wilcoxon.h"
#include "core/view/model.h"
#include "plugins/indices/study_scores.h"

/// What is decided before results are looked at, and whether they were.
namespace meerstem::indices {

struct AnalysisPlan {
  enum class Test { kSign, kWilcoxon, kPermutation };
  enum class Correction { kHolm, kBenjaminiHochberg, kNone };
  std::int64_t version = 0;      ///< 0: nothing was recorded, these are the defaults.
  std::int64_t at = 0;
  Test test = Test::kSign;
  statistics::Zeros zeros = statistics::Zeros::kPratt;
  statistics::Sides sides = statistics::Sides::kTwo;  ///< kGreater: better is expected.
  double confidence = 0.95;
  Correction criteria = Correction::kHolm;
  Correction items = Correction::kBenjaminiHochberg;
  std::int64_t seed = 20'230'614;
  int replicates = 9'999;
};

/// The newest reveal, and the plan and rule set that stood at the first one: what was promised.
struct Reveal {
  std::int64_t first_at = 0;
  std::int64_t first_plan = 0;   ///< Version.
  std::string first_rule_set;    ///< Key and version.
};

AnalysisPlan CurrentPlan(Reading& reading);
std::optional<Reveal> TheReveal(Reading& reading);

/// Adjusts as the plan says.
statistics::PValues Adjust(AnalysisPlan::Correction correction, const statistics::PValues& p);
Message TestLabel(AnalysisPlan::Test test);
Message CorrectionLabel(AnalysisPlan::Correction correction);

/// Plan, reveal and whatever changed since, as facts and notes of a result.
void SayPlan(view::Model& model, const AnalysisPlan& plan, const std::optional<Reveal>& reveal, const RuleSet& rules);
/// “kind-en-gezin 1”
std::string NameOf(const RuleSet& rules);

}  // namespace meerstem::indices
