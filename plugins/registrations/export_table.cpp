#include "plugins/registrations/export_table.h"

#include <algorithm>
#include <filesystem>

#include <unistd.h>

#include "core/base/error.h"

namespace meerstem::registrations {
namespace {

namespace fs = std::filesystem;

/// Writes beside the target and puts it in its place when it is whole.
void WriteWhole(const std::string& target, const std::function<void(const std::string&)>& write) {
  const std::string draft = target + ".unfinished-" + std::to_string(getpid());
  std::error_code error;
  try {
    write(draft);
  } catch (...) {
    fs::remove(draft, error);
    throw;
  }
  fs::rename(draft, target, error);
  if (!error) return;
  std::error_code ignored;
  fs::remove(draft, ignored);
  throw Error(ErrorCode::kDisk, Say("“{0}” could not be replaced; look whether it may be written.", target));
}

std::string FormatOf(const std::string& path) {
  std::string ending = fs::path(path).extension().string();
  std::transform(ending.begin(), ending.end(), ending.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  for (const char* known : {"csv", "xlsx", "sav", "zsav"}) {
    if (ending == std::string(".") + known) return known;
  }
  throw Refuse("“{0}” does not say how it should be written; let the name end in .csv, .xlsx, .sav or .zsav.", path);
}

}  // namespace

void RequireTarget(const std::string& path) {
  FormatOf(path);
  std::error_code error;
  const fs::path folder = fs::path(path).parent_path().empty() ? fs::path(".") : fs::path(path).parent_path();
  if (!fs::is_directory(folder, error)) throw Refuse("The folder “{0}” does not exist; make it first.", folder.string());
  if (fs::exists(path, error) && !fs::is_regular_file(path, error)) throw Refuse("“{0}” is not a file that can be written.", path);
}

void RefuseStudyItself(const std::string& path, const Store& store) {
  std::error_code ignored;
  if (fs::equivalent(path, store.path(), ignored)) throw Refuse("“{0}” is the study itself; choose another file for the output.", path);
}

void WriteTable(const ExportTable& table, const std::string& path) {
  const std::string format = FormatOf(path);
  WriteWhole(path, [&](const std::string& draft) {
    if (format == "csv") WriteCsvFile(table, draft);
    else if (format == "xlsx") WriteXlsxFile(table, draft);
    else WriteSavFile(table, draft, format == "zsav");
  });
}

}  // namespace meerstem::registrations
