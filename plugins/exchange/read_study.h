#pragma once

#include "core/plugin/registry.h"
#include "plugins/exchange/project.h"

namespace meerstem::exchange {

/// Another study of ours as a project: a copy in which somebody else coded comes back to the study that it was made from.
/// A text that `ours` holds too comes as it is, so that places fit; of any other what its own study lets out. kRefused,
/// in words, for the study itself and for a file that cannot be read.
Project ReadStudy(Reading& ours, const Registry& registry, const std::string& path, Job& job);

}  // namespace meerstem::exchange
