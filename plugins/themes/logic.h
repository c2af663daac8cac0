#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/command/parse.h"
#include "core/plugin/registry.h"
#include "core/study/quotes.h"

/// A logic model: what is put in and done, what it brings about in the short, middle and long term, and the impact; with
/// themes and indicators hung on its boxes, so that evidence and gaps show.
namespace meerstem::themes {

struct LogicBox {
  Id id;
  std::string name;
  std::string stage;        ///< input, activity, short, middle, long, impact
  std::string level;        ///< family, coach, organisation, network, or none.
  std::string description;
};
struct LogicArrow {
  Id id, from, to;
  std::string because;
};
struct LogicIndicator {
  Id id, box;
  std::string name;
  std::string view;
  std::string arguments;    ///< "name=value", one a line.
};

/// By stage, then in the study's order.
std::vector<LogicBox> LogicBoxes(Reading& reading);
std::vector<LogicArrow> LogicArrows(Reading& reading);
std::vector<LogicIndicator> LogicIndicators(Reading& reading);

std::vector<Choice> StageChoices();
std::vector<Choice> LevelChoices();

void RegisterLogic(Registry& registry);
void RegisterLogicViews(Registry& registry);

}  // namespace meerstem::themes
