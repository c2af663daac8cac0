#pragma once

#include <string>

#include "core/command/engine.h"

namespace meerstem::console {

/// Does the commands of `file`, one a line, as one undoable group by `actor`. Relative paths in it are relative to
/// the file. An error names file and line; everything is taken back before it leaves.
Outcome RunBatch(Engine& engine, const std::string& file, const Id& actor, std::int64_t& commands);

/// kRefused when there is no such file or it cannot be read.
void RequireReadable(const std::string& file);

}  // namespace meerstem::console
