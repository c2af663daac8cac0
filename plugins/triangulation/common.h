#pragma once

#include "core/plugin/registry.h"
#include "core/study/display.h"

/// What the parts of this plugin share.
namespace meerstem::triangulation {

void AddFindingCommands(Registry& registry);
void AddEvidenceCommands(Registry& registry);
void AddJudging(Registry& registry);
void AddLedgerViews(Registry& registry);
void AddFindingForm(Registry& registry);
void AddSideBySide(Registry& registry);
void AddDisplay(Registry& registry);
void AddExplain(Registry& registry);
void AddCases(Registry& registry);
void AddGroups(Registry& registry);
void AddDisconfirming(Registry& registry);
void AddAssociation(Registry& registry);
void AddTimeline(Registry& registry);
void AddStudyFlow(Registry& registry);
void AddReport(Registry& registry);
void AddPage(Registry& registry);

/// An order key behind the last row of `table`.
double OrderBehind(Reading& reading, const std::string& table);
/// The researcher who acts; nothing for one who is not known.
std::optional<Id> Actor(Writing& writing);
/// `--for`: whether words are shown as they may be analysed, or as they may leave the house.
Parameter UseParameter();
Purpose UseOf(const Arguments& arguments);
/// A plan of one Run that undo does not reach: what was promised and what was looked at cannot be taken back.
Plan ForGood(std::function<void(Writing&, Outcome&)> body);
/// What `arguments` say under `name`, without white space at the ends. kRefused when nothing is left.
std::string RequireText(const Arguments& arguments, const std::string& name, const Message& what);

}  // namespace meerstem::triangulation
