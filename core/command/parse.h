#pragma once

#include <string>
#include <utility>
#include <vector>

#include "core/command/parameters.h"
#include "core/plugin/registry.h"

namespace meerstem {

/// Arguments as they are typed on the console: name without the dashes, and the words behind it.
using RawArguments = std::vector<std::pair<std::string, std::string>>;

/// From words to typed values: names resolved, choices checked, defaults filled in, what is required asked for.
/// kUsage for a parameter that does not exist or cannot be read, kRefused for a name that nothing has.
Arguments ParseArguments(const Registry& registry, Reading& reading, const std::vector<Parameter>& parameters, const RawArguments& raw);
/// Defaults filled in, what is required asked for.
Arguments CompleteArguments(const Registry& registry, Reading& reading, const std::vector<Parameter>& parameters, Arguments arguments);
/// The same values as words.
RawArguments SpellArguments(const Registry& registry, Reading& reading, const std::vector<Parameter>& parameters, const Arguments& arguments);

/// The settings of a view as they are kept: typed one by one as name=value, a line for each.
std::string JoinSettings(const std::vector<std::string>& typed);
/// The same as arguments; kRefused for a line that is none.
RawArguments ReadSettings(const std::string& lines);

/// The entity of `kind` that `text` names: an id or a unique path. kRefused, with the nearest names, when none or several.
Id ResolveEntity(const Registry& registry, Reading& reading, const std::string& kind, const std::string& text);

}  // namespace meerstem
