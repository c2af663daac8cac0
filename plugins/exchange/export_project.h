#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "core/plugin/registry.h"
#include "core/study/display.h"
#include "plugins/exchange/package.h"
#include "plugins/exchange/report.h"

namespace meerstem::exchange {

struct ExportOptions {
  std::string name;          ///< Of the project.
  Id actor;
  std::int64_t now = 0;
  bool nvivo = false;        ///< Positions as NVivo counts them.
  Purpose purpose = Purpose::kExport;  ///< Whose consent is asked: to be quoted, or to be archived.
  std::function<bool(const Id& source)> as_stored;  ///< Texts that whoever receives this holds as well: nothing is replaced or withheld. Empty: none.
};

/// Writes the study as `project.qde` with its texts into `package`, in the order of the schema; what goes out and what
/// stays behind. Words pass through DisplayText and MayUse. Reads one state of the study.
std::vector<Line> WriteProject(Reading& reading, const Registry& registry, const ExportOptions& options, Package& package, Job& job);

/// Writes the codebook as `codebook.qdc`.
std::vector<Line> WriteCodebook(Reading& reading, Package& package);

}  // namespace meerstem::exchange
