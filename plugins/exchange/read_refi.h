#pragma once

#include "core/command/job.h"
#include "plugins/exchange/files.h"
#include "plugins/exchange/project.h"

namespace meerstem::exchange {

/// Reads a REFI-QDA project or codebook, as tolerantly as real files ask: any namespace, any order of children, GUIDs that
/// are none, what is not known is kept or counted in Project::dropped. kRefused for what is no project at all.
Project ReadRefi(ProjectFiles& files, Job& job);

}  // namespace meerstem::exchange
