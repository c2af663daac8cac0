#pragma once

#include <map>
#include <optional>
#include <string>

#include "core/plugin/registry.h"
#include "core/study/instruments.h"

/// What the parts of this plugin share.
namespace meerstem::registrations {

void AddInstrumentCommands(Registry& registry);
void AddHouseholdImport(Registry& registry);
void AddRegistrationImport(Registry& registry);
void AddExport(Registry& registry);
void AddEntryCommands(Registry& registry);
void AddCaseViews(Registry& registry);
void AddItemView(Registry& registry);
void AddItemAnswers(Registry& registry);
void AddTimeline(Registry& registry);
void AddEntryView(Registry& registry);
void AddInstrumentView(Registry& registry);
void AddRemarksView(Registry& registry);
void AddCleaningCommands(Registry& registry);
void AddCleaningViews(Registry& registry);
void AddDescribeViews(Registry& registry);
void AddVariables(Registry& registry);
void AddOpenAnswers(Registry& registry);
void AddInstrumentEditing(Registry& registry);
void AddInstrumentForms(Registry& registry);
void AddOccasions(Registry& registry);
void AddMembers(Registry& registry);
void AddFamilyPage(Registry& registry);

/// `--instrument`, which may be left out in a study with one instrument.
Parameter InstrumentParameter();
/// The instrument that is named, or the only one. kRefused when there is none, or several and none is named.
Id TheInstrument(Reading& reading, const Arguments& arguments);
/// The same for views: nullopt when there is none; the first when there are several.
std::optional<Id> AnInstrument(Reading& reading, const Arguments& arguments);
/// “No instrument yet” and the command that brings one.
void SayNoInstrument(view::Model& model);

/// Who is meant by what a file calls them: a case by its code; a person by pseudonym or by the code of a member.
std::map<std::string, Id> NamesOf(Reading& reading, const std::string& kind);
/// What is asked of a table with a line for each case or person: --file, --for (called `whose`), --column, --make-new,
/// --number-rows, --skip-bad.
std::vector<Parameter> RosterParameters(Message whose, std::string fallback);

std::string CaseCode(Reading& reading, const Id& study_case);
/// Full calendar months from one day to another.
int MonthsBetween(Date from, Date to);
Message LevelLabel(const std::string& level, const std::string& subject = "family");
/// “Referred”, of a step that a case went through.
Message StepLabel(const std::string& step);
/// The domains of the study's instruments, to choose from.
std::vector<Choice> DomainChoices(Reading& reading);

/// A standing answer as a cell: its value and its state, and since when it stands.
view::Cell StandingCell(const Item& item, const Standing* standing);

/// The words of a remark as they may be shown; empty when they may not.
Message RemarkText(Reading& reading, const Id& remark);

}  // namespace meerstem::registrations
