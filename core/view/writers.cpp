#include "core/view/writers.h"

#include <algorithm>

#include "core/base/error.h"
#include "core/view/grid.h"

namespace meerstem::view {

std::vector<std::string> FormatsOf(Kind kind) {
  std::vector<std::string> formats{"table", "csv", "json"};
  static_cast<void>(kind);
  return formats;
}

std::string Write(const Model& model, const std::string& format, const Language& language, Reading& reading) {
  const auto formats = FormatsOf(model.kind());
  if (std::find(formats.begin(), formats.end(), format) == formats.end()) {
    std::string known;
    for (const auto& one : formats) known += (known.empty() ? "" : ", ") + one;
    throw Error(ErrorCode::kUsage, Say("“{0}” cannot be written as {1}; there is {2}.", model.view, format, known));
  }
  if (format == "table") return WriteText(model, language, reading);
  if (format == "csv") return WriteCsv(model, language, reading);
  return WriteJson(model, language, reading);
}

}  // namespace meerstem::view
