// Every family's score, criterion by criterion, and what every result says of its population.
#include <algorithm>
#include <cmath>

#include "plugins/indices/common.h"

namespace meerstem::indices {
namespace {

view::Cell VerdictCell(const CriterionResult& result) {
  view::Cell cell;
  switch (result.verdict) {
    case Verdict::kInsufficient:
      cell.value = Say("insufficient");
      cell.glyph = "●";
      break;
    case Verdict::kSufficient:
      cell.value = Say("sufficient");
      cell.glyph = "○";
      break;
    case Verdict::kUnknown:
      cell.state = view::State::kUndefined;
      cell.why = Say("{0} known and {1} unknown answers do not decide it.", result.known, result.unknown);
      return cell;
  }
  cell.why = Say("{0} known answers, {1} of them carried; {2} unknown, {3} not applicable", result.known, result.carried, result.unknown, result.not_applicable);
  return cell;
}

/// A number, or the bounds with the reason.
view::Cell ScoreCell(const Score& score) {
  view::Cell cell;
  if (score.exact()) {
    cell.value = std::int64_t{score.low};
    return cell;
  }
  cell.value = "[" + std::to_string(score.low) + "–" + std::to_string(score.high) + "]";
  cell.state = view::State::kUndefined;
  cell.why = SayCount("{0} criterion is not known.", "{0} criteria are not known.", score.high - score.low);
  return cell;
}

view::Cell DeprivedCell(const Score& score, int threshold) {
  view::Cell cell;
  if (score.deprived == Deprivation::kUndetermined) {
    cell.state = view::State::kUndefined;
    cell.why = Say("The bounds {0} to {1} lie on both sides of the threshold {2}.", score.low, score.high, threshold);
  } else {
    cell.value = score.deprived == Deprivation::kYes ? Say("yes") : Say("no");
  }
  return cell;
}

view::Cell OutcomeCell(const FamilyScore& family) {
  view::Cell cell;
  if (family.outcome) {
    cell.value = OutcomeLabel(*family.outcome);
    cell.colour = OutcomeColour(*family.outcome);
    cell.glyph = OutcomeGlyph(*family.outcome);
  } else if (family.after) {
    cell.state = view::State::kUndefined;
    cell.why = Say("The score is not exact at baseline or at follow-up.");
  } else {
    cell.state = view::State::kEmpty;
    cell.why = Say("Not followed long enough.");
  }
  return cell;
}

bool Wanted(const FamilyScore& family, const Arguments& arguments) {
  const auto exactly = [&](const char* parameter, const std::optional<Score>& score) {
    return !arguments.Has(parameter) || (score && score->exact() && score->low == arguments.Int(parameter));
  };
  if (!exactly("baseline-score", family.before) || !exactly("follow-up-score", family.after)) return false;
  if (arguments.Has("followed") && arguments.Flag("followed") != family.outcome.has_value()) return false;
  const std::string outcome = arguments.Text("outcome");
  if (outcome == "not_followed") {
    if (family.after) return false;
  } else if (outcome == "undetermined") {
    if (!family.after || family.outcome) return false;
  } else if (!outcome.empty() && (!family.outcome || OutcomeKey(*family.outcome) != outcome)) {
    return false;
  }
  const std::string deprived = arguments.Text("deprived");
  if (deprived.empty()) return true;
  if (!family.before) return false;
  const Deprivation wanted = deprived == "yes" ? Deprivation::kYes : deprived == "no" ? Deprivation::kNo : Deprivation::kUndetermined;
  return family.before->deprived == wanted;
}

std::vector<view::Column> Columns(const RuleSet& rules) {
  std::vector<view::Column> columns = {{"case", Say("Case")}, {"site", Say("Site")}, {"baseline", Say("Baseline"), view::ColumnType::kDate},
                                       {"score", Say("Score"), view::ColumnType::kInteger}};
  for (const auto& criterion : rules.criteria) columns.push_back({criterion.id, Verbatim(criterion.name)});
  columns.insert(columns.end(), {{"deprived", Say("Deprived")},
                                 {"follow_up", Say("Follow-up"), view::ColumnType::kDate},
                                 {"follow_up_score", Say("Score at follow-up"), view::ColumnType::kInteger},
                                 {"change", Say("Change"), view::ColumnType::kInteger},
                                 {"outcome", Say("Outcome")}});
  return columns;
}

view::Row RowOf(const FamilyScore& family, const RuleSet& rules) {
  view::Row row;
  row.key = ToString(family.study_case);
  row.entities = {{"case", family.study_case}};
  row.target = view::Target{"registrations.case", {{"case", family.study_case}}};
  const view::Cell nothing{.state = view::State::kEmpty, .why = Say("Nothing was registered.")};
  const view::Cell not_followed{.state = view::State::kEmpty, .why = Say("Not followed long enough.")};
  row.cells = {{.value = family.code}, {.value = family.site_name}};
  if (family.before) {
    row.cells.push_back({.value = family.baseline->date});
    row.cells.push_back(ScoreCell(*family.before));
    for (const auto& criterion : family.before->criteria) row.cells.push_back(VerdictCell(criterion));
    row.cells.push_back(DeprivedCell(*family.before, rules.threshold));
  } else {
    row.cells.insert(row.cells.end(), rules.criteria.size() + 3, nothing);
  }
  if (family.after) {
    row.cells.push_back({.value = family.follow_up->date});
    row.cells.push_back(ScoreCell(*family.after));
    view::Cell change;
    if (family.outcome) {
      change.value = std::int64_t{family.after->low} - family.before->low;
    } else {
      change.state = view::State::kUndefined;
      change.why = Say("The score is not exact at baseline or at follow-up.");
    }
    row.cells.push_back(std::move(change));
  } else {
    row.cells.insert(row.cells.end(), 3, not_followed);
  }
  row.cells.push_back(OutcomeCell(family));
  return row;
}

view::Model Scores(Reading& reading, const Arguments& arguments, Job&) {
  view::Model model;
  const auto scores = ScoreStudy(reading);
  if (!scores) {
    model.body = view::Table{Columns({}), view::MakeRows({})};
    SayNoRules(model);
    return model;
  }
  auto families = Select(*scores, arguments.Entity("site"));
  std::erase_if(families, [&](const FamilyScore* family) { return !Wanted(*family, arguments); });
  std::vector<view::Row> rows;
  for (const auto* family : families) rows.push_back(RowOf(*family, scores->rules));
  model.body = view::Table{Columns(scores->rules), view::MakeRows(std::move(rows))};
  model.population = PopulationOf(*scores, families);
  model.empty = scores->families.empty() ? Say("There are no families in the study yet.") : Say("No family answers to these filters.");
  return model;
}

}  // namespace

void SayNoRules(view::Model& model) {
  model.empty = Say("The study has no rule set in use, or not the instrument that it needs.");
  model.actions.push_back({Say("Add the rule set “Kind en Gezin”"), "indices.add-rule-set", {{"shipped", std::string("kind-en-gezin")}}});
}

Parameter SiteParameter() {
  return {.name = "site", .type = ParameterType::kEntity, .label = Say("Site"), .live = true, .entity_kind = "site"};
}

std::vector<view::Entity> Cases(const std::vector<const FamilyScore*>& families) {
  std::vector<view::Entity> entities;
  for (const auto* family : families) entities.push_back({"case", family->study_case});
  return entities;
}

std::vector<const FamilyScore*> Select(const StudyScores& scores, const std::optional<Id>& site) {
  std::vector<const FamilyScore*> families;
  for (const auto& family : scores.families) {
    if (!site || family.site == site) families.push_back(&family);
  }
  return families;
}

void AddDates(view::Population& population, const std::vector<const FamilyScore*>& families) {
  std::optional<Date> first, last;
  for (const auto* family : families) {
    for (const auto* registration : {&family->baseline, &family->follow_up}) {
      if (!*registration) continue;
      first = first ? std::min(*first, (*registration)->date) : (*registration)->date;
      last = last ? std::max(*last, (*registration)->date) : (*registration)->date;
    }
  }
  if (!first) return;
  population.facts.push_back({"first_date", Say("First registration"), *first});
  population.facts.push_back({"last_date", Say("Last registration"), *last});
}

view::Population PopulationOf(const StudyScores& scores, const std::vector<const FamilyScore*>& families) {
  std::int64_t registered = 0, followed = 0, n = 0, undetermined = 0, known = 0, carried = 0;
  for (const auto* family : families) {
    registered += family->before.has_value();
    followed += family->after.has_value();
    n += family->outcome.has_value();
    undetermined += family->after.has_value() && !family->outcome.has_value();
    if (!family->after) continue;
    for (const auto& criterion : family->after->criteria) {
      known += criterion.known;
      carried += criterion.carried;
    }
  }
  view::Population population;
  population.description = Say("Families with a baseline and a follow-up at least {0} months later", scores.rules.follow_up_months);
  const auto count = static_cast<std::int64_t>(families.size());
  population.facts = {{"families", Say("Families"), count},
                      {"registered", Say("Registered at least once"), registered},
                      {"followed", Say("Followed"), followed},
                      {"n", Say("n (exact score at both)"), n},
                      {"undetermined", Say("Followed, score not exact"), undetermined},
                      {"missing", Say("Not followed"), count - followed},
                      {"rule_set", Say("Rule set"), scores.rules.key},
                      {"rule_set_version", Say("Version"), scores.rules.version}};
  if (known > 0) {
    population.facts.push_back({"carried", Say("Carried answers at follow-up (%)"), std::round(1000.0 * static_cast<double>(carried) / static_cast<double>(known)) / 10.0});
  }
  return population;
}

void AddScoresView(Registry& registry) {
  View scores;
  scores.id = "indices.scores";
  scores.kind = view::Kind::kTable;
  scores.label = Say("Scores");
  scores.help = Say("Every family's criteria at baseline, its score or the bounds of it, and its change at follow-up.");
  std::vector<Choice> outcomes;
  for (int i = 0; i < kOutcomes; ++i) outcomes.push_back({OutcomeKey(static_cast<Outcome>(i)), OutcomeLabel(static_cast<Outcome>(i))});
  outcomes.push_back({"undetermined", Say("Undetermined")});
  outcomes.push_back({"not_followed", Say("Not followed")});
  scores.parameters = {SiteParameter(),
                       {.name = "outcome", .type = ParameterType::kChoice, .label = Say("Outcome"), .live = true, .choices = std::move(outcomes)},
                       {.name = "deprived", .type = ParameterType::kChoice, .label = Say("Deprived at baseline"), .live = true,
                        .choices = {{"yes", Say("yes")}, {"no", Say("no")}, {"undetermined", Say("Undetermined")}}},
                       {.name = "baseline-score", .type = ParameterType::kInteger, .label = Say("Score at baseline")},
                       {.name = "follow-up-score", .type = ParameterType::kInteger, .label = Say("Score at follow-up")},
                       {.name = "followed", .type = ParameterType::kBoolean, .label = Say("With an exact score at both")}};
  scores.build = &Scores;
  registry.Add(std::move(scores));
}

}  // namespace meerstem::indices
