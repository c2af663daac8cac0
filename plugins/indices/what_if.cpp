// The same answers under other reasonable rule sets: how far the result depends on choices.
#include <algorithm>

#include "plugins/indices/changes.h"
#include "plugins/indices/common.h"
#include "plugins/indices/plan.h"

namespace meerstem::indices {
namespace {

struct Variant {
  std::string key;
  Message label;
  RuleSet rules;
};

/// The rule set in use with one choice changed at a time, and every other rule set of the study for the same instrument.
class Variants {
 public:
  Variants(const Id& id, const RuleSet& rules) : id_(id), rules_(rules) { all_.push_back({"in_use", Say("The rule set in use"), rules}); }

  std::vector<Variant> Make(Reading& reading) {
    Threshold();
    Cutoffs();
    Joining();
    Time();
    Silent();
    Raters(reading);
    Stored(reading);
    return std::move(all_);
  }

 private:
  template <class Change>
  void Add(std::string key, Message label, const Change& change) {
    RuleSet rules = rules_;
    change(rules);
    // What changes nothing is no alternative.
    if (WriteRuleSet(rules) != WriteRuleSet(rules_)) all_.push_back({std::move(key), std::move(label), std::move(rules)});
  }
  template <class Change>
  void AddForCriteria(std::string key, Message label, const Change& change) {
    Add(std::move(key), std::move(label), [&](RuleSet& rules) {
      for (auto& criterion : rules.criteria) change(criterion);
    });
  }

  void Threshold() {
    for (const int threshold : {rules_.threshold - 1, rules_.threshold + 1}) {
      if (threshold < 1 || threshold > static_cast<int>(rules_.criteria.size())) continue;
      Add("threshold_" + std::to_string(threshold), Say("Deprived from {0} criteria", threshold), [&](RuleSet& rules) { rules.threshold = threshold; });
    }
  }
  void Cutoffs() {
    for (const int step : {-1, 1}) {
      AddForCriteria(step < 0 ? "cutoffs_lower" : "cutoffs_higher", step < 0 ? Say("Every cut-off one point lower") : Say("Every cut-off one point higher"), [&](Criterion& criterion) {
        for (auto& item : criterion.items) item.insufficient_at_most += step;
      });
    }
  }
  void Joining() {
    const std::pair<Persons, const char*> persons[] = {{Persons::kAny, "persons_any"}, {Persons::kAll, "persons_all"}, {Persons::kMean, "persons_mean"}};
    for (const auto& [which, key] : persons) {
      AddForCriteria(key, Say("Persons: {0}", PersonsLabel(which)), [which = which](Criterion& criterion) { criterion.persons = which; });
    }
    const std::pair<Across, const char*> across[] = {{Across::kMean, "items_mean"}, {Across::kMedian, "items_median"}, {Across::kShare, "items_half"}, {Across::kAll, "items_all"}};
    for (const auto& [which, key] : across) {
      AddForCriteria(key, Say("Items: {0}", which == Across::kShare ? Say("at least half of the items") : AcrossLabel(which)), [which = which](Criterion& criterion) {
        criterion.across = which;
        criterion.share_percent = 50;
      });
    }
  }
  void Time() {
    Add("baseline_complete", Say("Baseline: {0}", Say("first on which every criterion is known")), [](RuleSet& rules) { rules.complete_baseline = true; });
    Add("follow_up_first", Say("Follow-up: {0}", Say("first that is late enough")), [](RuleSet& rules) { rules.last_follow_up = false; });
    Add("follow_up_last", Say("Follow-up: {0}", Say("last registration")), [](RuleSet& rules) { rules.last_follow_up = true; });
    for (const int months : {3, 9, 12}) {
      Add("months_" + std::to_string(months), Say("Follow-up after at least {0} months", months), [&](RuleSet& rules) { rules.follow_up_months = months; });
    }
    Add("roster_both", Say("Who counts: {0}", Say("who belonged to it at both")), [](RuleSet& rules) { rules.roster = Roster::kBoth; });
  }
  void Silent() {
    AddForCriteria("missing_left_out", Say("Missing and unknown answers are left out"), [](Criterion& criterion) { criterion.missing = criterion.unknown = Silence::kLeaveOut; });
    for (const int months : {6, 12}) {
      Add("carried_" + std::to_string(months), Say("Carried answers count for {0} months", months), [&](RuleSet& rules) { rules.max_carried_months = months; });
    }
    Add("without_carried", Say("Without carried answers"), [](RuleSet& rules) { rules.carried_counts = false; });
  }
  /// Where it is known who registered.
  void Raters(Reading& reading) {
    if (reading.Number("SELECT count(*) FROM registration WHERE registrar_id IS NOT NULL") == 0) return;
    Add("rated_by_same", Say("Who rated: {0}", Say("the same person at baseline and at follow-up")), [](RuleSet& rules) { rules.raters = indices::Raters::kSame; });
  }
  void Stored(Reading& reading) {
    auto rows = reading.Query("SELECT id, json, key || ' ' || version FROM rule_set WHERE id <> ? AND id NOT IN (SELECT rule_set_id FROM archived_rule_set) ORDER BY id", id_);
    while (rows.Step()) {
      RuleSet rules = ReadRuleSet(rows.Text(1), rows.Text(2));
      if (rules.instrument == rules_.instrument) all_.push_back({"stored_" + ToString(rows.GetId(0)), Say("Rule set: {0}", rows.Text(2)), std::move(rules)});
    }
  }

  const Id& id_;
  const RuleSet& rules_;
  std::vector<Variant> all_;
};

struct Result {
  Directions directions;
  std::int64_t followed = 0, undetermined = 0, deprived = 0, left = 0, entered = 0;
};

Result Tell(const StudyScores& scores, const std::optional<Id>& site) {
  Result result;
  for (const auto& family : scores.families) {
    if (site && family.site != site) continue;
    result.deprived += family.after && family.before->deprived == Deprivation::kYes;
    result.followed += family.after.has_value();
    result.undetermined += family.after && !family.outcome;
    if (!family.outcome) continue;
    result.directions.Add(family.before->low - family.after->low);
    result.left += *family.outcome == Outcome::kLeft;
    result.entered += *family.outcome == Outcome::kEntered;
  }
  return result;
}

std::vector<view::Column> WhatIfColumns() {
  using view::ColumnType;
  return {{"variant", Say("Rules")},
          {"followed", Say("Followed"), ColumnType::kInteger},
          {"n", Say("n"), ColumnType::kInteger},
          {"better", Say("Better"), ColumnType::kInteger},
          {"same", Say("Same"), ColumnType::kInteger},
          {"worse", Say("Worse"), ColumnType::kInteger},
          {"left", Say("Left deprivation"), ColumnType::kInteger},
          {"entered", Say("Became deprived"), ColumnType::kInteger},
          {"deprived", Say("Deprived at baseline"), ColumnType::kInteger},
          {"undetermined", Say("Undetermined"), ColumnType::kInteger}};
}

view::Model WhatIf(Reading& reading, const Arguments& arguments, Job&) {
  view::Model model;
  const auto active = ActiveRules(reading);
  std::vector<StudyScores> scored;
  std::vector<Variant> variants;
  if (active) {
    variants = Variants(active->first, active->second).Make(reading);
    std::vector<std::pair<Id, RuleSet>> rules;
    for (const auto& variant : variants) rules.emplace_back(active->first, variant.rules);
    scored = ScoreStudy(reading, rules);
  }
  if (scored.empty()) {
    model.body = view::Table{WhatIfColumns(), view::MakeRows({})};
    SayNoRules(model);
    return model;
  }
  const auto site = arguments.Entity("site");
  std::vector<view::Row> rows;
  Directions least, most;
  std::int64_t compared = 0;
  for (std::size_t i = 0; i < scored.size(); ++i) {
    const Result result = Tell(scored[i], site);
    const Directions& d = result.directions;
    view::Row row{.key = variants[i].key};
    row.cells.push_back({.value = variants[i].label});
    for (const auto value : {result.followed, d.n(), d.better, d.same, d.worse, result.left, result.entered, result.deprived, result.undetermined}) row.cells.push_back({.value = value});
    rows.push_back(std::move(row));
    // A range over different families would say nothing: only what scores as many as the rule set in use takes part.
    if (i > 0 && d.n() != Tell(scored.front(), site).directions.n()) continue;
    if (compared++ == 0) least = most = d;
    least = {std::min(least.better, d.better), std::min(least.same, d.same), std::min(least.worse, d.worse)};
    most = {std::max(most.better, d.better), std::max(most.same, d.same), std::max(most.worse, d.worse)};
  }
  model.body = view::Table{WhatIfColumns(), view::MakeRows(std::move(rows))};
  model.population = PopulationOf(scored.front(), Select(scored.front(), site));
  model.notes.push_back(Say("Over the {0} rule sets that score as many families as the one in use: better {1} to {2}, same {3} to {4}, worse {5} to {6}.", compared, least.better, most.better,
                            least.same, most.same, least.worse, most.worse));
  model.notes.push_back(Say("Each line changes one choice of the rule set in use; stored rule sets for the same instrument stand below. None of them is put to use by looking."));
  return model;
}

}  // namespace

void AddWhatIf(Registry& registry) {
  View what_if;
  what_if.id = "indices.what-if";
  what_if.kind = view::Kind::kTable;
  what_if.label = Say("What if other rules");
  what_if.help = Say("Better, same and worse under other reasonable choices: thresholds, cut-offs, persons, items, baseline, follow-up, missing and carried answers.");
  what_if.parameters = {SiteParameter()};
  what_if.build = &WhatIf;
  registry.Add(std::move(what_if));
}

}  // namespace meerstem::indices
