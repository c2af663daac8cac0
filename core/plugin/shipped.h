#pragma once

#include <string>

#include "core/command/parameters.h"

namespace meerstem {

/// A choice parameter `--shipped` over the JSON files that come with Meerstem in `folder`, by name without ending.
Parameter ShippedParameter(std::string folder, Message label);

}  // namespace meerstem
