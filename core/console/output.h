#pragma once

#include <iosfwd>
#include <optional>
#include <string>
#include <vector>

#include "core/base/language.h"
#include "core/command/engine.h"
#include "core/console/words.h"

/// What the console prints and writes; nothing outside core/console needs it.
namespace meerstem::console {

/// The asked format, or that of the output's extension, or "table".
std::string FormatOf(const Options& options);

/// Counts below this are left out; 0: none are. kUsage for anything but a number from 2 to 1000.
std::int64_t SuppressedBelow(const Options& options);

/// Refuses an --output that cannot be one, or is `study` itself: asked before anything is done.
void RequireTarget(const Options& options, const std::string& study);

/// To `options.output`, by way of a temporary file beside it, or to `out`. Refuses to write over `study`.
void Deliver(const std::string& bytes, const std::string& format, const Options& options, const std::string& study, std::ostream& out);

/// The outcome of a command in `format` (table: sentences for people; json).
std::string WriteOutcome(const std::string& command, const Message& label, const Outcome& outcome, const std::string& format,
                         const Registry& registry, const Language& language);

/// Every command and view with its parameters; `only`: that one.
std::string WriteList(const Registry& registry, const std::string& format, const Language& language, const std::string& only = {});

std::string WriteFaults(const std::vector<std::string>& faults, const std::string& format, const Language& language);

}  // namespace meerstem::console
