// Criteria scores: rules, bounds, windows, outcomes.
#include <algorithm>
#include <stdexcept>

#include "core/study/carrying.h"
#include "plugins/indices/scoring.h"
#include "tests/oracles/case.h"

namespace meerstem::oracles {
namespace {

using indices::Across;
using indices::Outcome;
using indices::Verdict;

Answers Outcomes(const Json& input, const std::string&) {
  Answers answers;
  const auto table = TableOf(input.at("matrix"));
  const auto threshold = static_cast<int>(CountOf(input.value("threshold", Json(3))));
  std::map<Outcome, double> counts;
  double n = 0;
  for (std::size_t before = 0; before < table.size(); ++before) {
    if (table[before].size() != table.size()) {
      answers.undefined = true;
      return answers;
    }
    for (std::size_t after = 0; after < table.size(); ++after) {
      counts[indices::Classify(static_cast<int>(before), static_cast<int>(after), threshold)] += static_cast<double>(table[before][after]);
      n += static_cast<double>(table[before][after]);
    }
  }
  const double entered = counts[Outcome::kEntered], within = counts[Outcome::kWorseDeprived], never = counts[Outcome::kWorseNever];
  answers.undefined = n == 0;
  answers.Set("n", n);
  answers.Set("left_deprivation", counts[Outcome::kLeft]);
  answers.Set("progress_within", counts[Outcome::kImprovedDeprived]);
  answers.Set("progress_never_deprived", counts[Outcome::kImprovedNever]);
  answers.Set("positive_status_quo", counts[Outcome::kSameNever]);
  answers.Set("negative_status_quo", counts[Outcome::kSameDeprived]);
  answers.Set("worse", entered + within + never);
  answers.Set("entered_deprivation", entered);
  answers.Set("worse_within_deprivation", within);
  answers.Set("worse_never_deprived", never);
  return answers;
}

/// The same answers, as items of one criterion, under each way of joining items.
Answers DomainRule(const Json& input, const std::string&) {
  const std::string rule = input.value("missing_rule", "available");
  if (rule != "available") throw std::invalid_argument("missing_rule “" + rule + "” is not known");
  indices::Criterion criterion;
  criterion.missing = indices::Silence::kLeaveOut;
  std::vector<std::vector<indices::Answer>> answers_given;
  const auto cutoff = static_cast<int>(CountOf(input.at("cutoff")));
  for (const auto& value : Gapped(input.at("values"))) {
    criterion.items.push_back({"item", cutoff});
    if (value) answers_given.push_back({{indices::Answer::Kind::kKnown, static_cast<int>(*value)}});
    else answers_given.push_back({{indices::Answer::Kind::kMissing}});
  }
  Answers answers;
  const std::pair<const char*, Across> ways[] = {
      {"any", Across::kAny}, {"all", Across::kAll}, {"mean", Across::kMean}, {"median", Across::kMedian}, {"half", Across::kShare}};
  for (const auto& [name, across] : ways) {
    criterion.across = across;
    const Verdict verdict = indices::Judge(criterion, answers_given).verdict;
    answers.Set(name, std::string(verdict == Verdict::kInsufficient ? "insufficient" : verdict == Verdict::kSufficient ? "sufficient" : "missing"));
  }
  return answers;
}

Answers Index(const Json& input, const std::string&) {
  Answers answers;
  std::vector<indices::CriterionResult> criteria;
  double missing = 0;
  for (const auto& insufficient : input.at("insufficient")) {
    Verdict verdict = Verdict::kUnknown;
    if (!insufficient.is_null()) verdict = insufficient.get<bool>() ? Verdict::kInsufficient : Verdict::kSufficient;
    missing += verdict == Verdict::kUnknown;
    criteria.push_back({verdict});
  }
  const auto score = indices::Count(std::move(criteria), static_cast<int>(CountOf(input.value("threshold", Json(3)))));
  answers.Set("score_lower", score.low);
  answers.Set("score_upper", score.high);
  answers.Set("n_missing_domains", missing);
  using indices::Deprivation;
  answers.Set("status", std::string(score.deprived == Deprivation::kYes  ? "deprived"
                                    : score.deprived == Deprivation::kNo ? "not deprived"
                                                                         : "undetermined"));
  return answers;
}

Answers PrePost(const Json& input, const std::string&) {
  Answers answers;
  std::vector<Registration> registrations;
  for (const auto& text : input.at("dates")) {
    if (text.is_null()) continue;
    const auto date = ParseDate(text.get<std::string>());
    if (!date) throw std::invalid_argument("not a date");
    registrations.push_back({{}, *date, {}});
  }
  std::sort(registrations.begin(), registrations.end(), [](const Registration& a, const Registration& b) { return a.date < b.date; });
  const auto months = static_cast<int>(CountOf(input.value("min_months", Json(6))));
  const Window first = ChooseWindow(registrations, {months, false}), last = ChooseWindow(registrations, {months, true});
  const auto iso = [&](const std::optional<std::size_t>& which) { return which ? ToIso(registrations[*which].date) : std::string("none"); };
  answers.undefined = registrations.empty();
  answers.Set("baseline", iso(first.baseline));
  answers.Set("earliest_post", registrations.empty() ? "none" : ToIso(AddMonths(registrations.front().date, months)));
  answers.Set("first_eligible", iso(first.follow_up));
  answers.Set("last_eligible", iso(last.follow_up));
  return answers;
}

}  // namespace

void AddIndexMethods(Methods& methods) {
  methods["outcome_classification"] = &Outcomes;
  methods["domain_rule"] = &DomainRule;
  methods["deprivation_index"] = &Index;
  methods["pre_post_window"] = &PrePost;
}

}  // namespace meerstem::oracles
