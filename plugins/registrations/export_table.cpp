#include "plugins/registrations/export_table.h"

#include <filesystem>

#include "core/base/error.h"
#include "core/base/fold.h"
#include "core/base/write_file.h"

namespace meerstem::registrations {
namespace {

namespace fs = std::filesystem;

std::string FormatOf(const std::string& path) {
  const std::string ending = LowerAscii(fs::path(path).extension().string());
  for (const char* known : {"csv", "xlsx", "sav", "zsav", "dta"}) {
    if (ending == std::string(".") + known) return known;
  }
  throw Refuse("“{0}” does not say how it should be written; let the name end in .csv, .xlsx, .sav, .zsav or .dta.", path);
}

}  // namespace

bool KeepsCodes(const std::string& path) {
  const std::string format = FormatOf(path);
  return format == "sav" || format == "zsav" || format == "dta";
}

void RequireTarget(const std::string& path) {
  FormatOf(path);
  RequireFileTarget(path);
}

void RefuseStudyItself(const std::string& path, const Store& store) {
  RequireFileTarget(path, store.path());
}

void WriteTable(const ExportTable& table, const std::string& path) {
  const std::string format = FormatOf(path);
  ReplaceFile(path, [&](const std::string& draft) {
    if (format == "csv") WriteCsvFile(table, draft);
    else if (format == "xlsx") WriteXlsxFile(table, draft);
    else if (format == "dta") WriteDtaFile(table, draft);
    else WriteSavFile(table, draft, format == "zsav");
  });
}

}  // namespace meerstem::registrations
