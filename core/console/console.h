#pragma once

#include <iosfwd>
#include <string>
#include <vector>

#include "core/plugin/program.h"

namespace meerstem {

/// What meerstem-cli does with `arguments` (without the program's own name): the whole contract of the console, as a
/// function, so that tests call it without a process. Returns the exit status: 0 done, 1 refused or failed (one line
/// on `err`, nothing changed), 2 wrong usage. Throws nothing.
int RunConsole(const std::vector<std::string>& arguments, std::ostream& out, std::ostream& err, const Program& program);

}  // namespace meerstem
