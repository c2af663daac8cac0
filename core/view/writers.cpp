#include "core/view/writers.h"

#include <algorithm>

#include "core/base/error.h"
#include "core/view/grid.h"

namespace meerstem::view {

std::vector<std::string> FormatsOf(Kind kind) {
  std::vector<std::string> formats{"table", "csv", "json", "html"};
  const auto also = [&](std::initializer_list<const char*> more) { formats.insert(formats.end(), more.begin(), more.end()); };
  if (kind == Kind::kTable || kind == Kind::kMatrix || kind == Kind::kChart) also({"xlsx"});
  if (kind == Kind::kMatrix || kind == Kind::kChart) also({"svg", "png", "pdf"});
  if (kind == Kind::kProse) also({"md", "docx", "odt", "pdf"});
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
  if (format == "json") return WriteJson(model, language, reading);
  if (format == "html") return WriteHtml(model, language, reading);
  if (format == "xlsx") return WriteXlsx(model, language, reading);
  if (format == "md") return WriteMarkdown(model, language, reading);
  if (format == "docx" || format == "odt" || model.kind() == Kind::kProse) return WriteOffice(model, format, language, reading);
  return WritePicture(model, format, language);
}

}  // namespace meerstem::view
