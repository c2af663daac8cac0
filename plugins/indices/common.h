#pragma once

#include "core/plugin/registry.h"
#include "plugins/indices/study_scores.h"

/// What the parts of this plugin share.
namespace meerstem::indices {

void AddCommands(Registry& registry);
void AddScoresView(Registry& registry);
void AddOutcomeViews(Registry& registry);
void AddFlowCharts(Registry& registry);
void AddRuleView(Registry& registry);
void AddRuleForm(Registry& registry);
void AddRuleCommands(Registry& registry);
void AddRuleSets(Registry& registry);
void AddPlan(Registry& registry);
void AddTests(Registry& registry);
void AddWhatIf(Registry& registry);
void AddChangeViews(Registry& registry);
void AddAssociationViews(Registry& registry);

/// “household”, “adult” or “child”.
Message LevelLabel(const std::string& level);
/// The name of an item, with the level where several levels may ask the same: “Stress (child)”.
Message ItemLabel(const Item& item);
Message PersonsLabel(Persons persons);
Message AcrossLabel(Across across);
Message VerdictLabel(Verdict verdict);
/// The rule set that `rule-set` names, else the one in use.
std::optional<std::pair<Id, RuleSet>> RulesAsked(Reading& reading, const Arguments& arguments);
/// The parameter by which a command or view takes a rule set, and what it names; kRefused when there is none.
Parameter TheRuleSet();
std::pair<Id, RuleSet> RequiredRules(Reading& reading, const Arguments& arguments);
void AddDimensions(Registry& registry);
void AddTrajectory(Registry& registry);

/// “No rule set yet” and the command that brings one.
void SayNoRules(view::Model& model);
/// Whom these scores are about, with the rule set that made them: stands with every result.
view::Population PopulationOf(const StudyScores& scores, const std::vector<const FamilyScore*>& families);
std::vector<view::Entity> Cases(const std::vector<const FamilyScore*>& families);
/// From the first baseline to the last follow-up: what the title of a picture says.
void AddDates(view::Population& population, const std::vector<const FamilyScore*>& families);
/// The families of one site, or all.
std::vector<const FamilyScore*> Select(const StudyScores& scores, const std::optional<Id>& site);
Parameter SiteParameter();

}  // namespace meerstem::indices
