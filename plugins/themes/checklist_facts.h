#pragma once

#include <string>
#include <vector>

#include "core/base/message.h"
#include "core/store/store.h"

namespace meerstem::themes {

/// The names under which a checklist's point can ask the study itself ("from" in the file).
const std::vector<std::string>& StudyFacts();

/// What the study knows about a point, in one or more sentences; empty: nothing. Counts only, never words or names.
std::vector<Message> StudyFact(Reading& reading, const std::string& name);

}  // namespace meerstem::themes
