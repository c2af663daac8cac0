#pragma once

#include "core/command/command.h"
#include "plugins/exchange/resolve.h"

namespace meerstem::exchange {

/// Brings in what Resolve found to be new, in short Runs of one group, and writes the report down. `kind`: of new sources.
void WriteImport(Applying& applying, const Resolved& resolved, const std::string& kind);

}  // namespace meerstem::exchange
