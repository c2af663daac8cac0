#include "core/base/write_file.h"

#include <filesystem>
#include <fstream>

#include <unistd.h>

#include "core/base/error.h"

namespace meerstem {

namespace fs = std::filesystem;

void RequireFileTarget(const std::string& path, const std::string& study) {
  std::error_code error;
  const fs::path folder = fs::path(path).parent_path().empty() ? fs::path(".") : fs::path(path).parent_path();
  if (!fs::is_directory(folder, error)) throw Refuse("The folder “{0}” does not exist; make it first.", folder.string());
  if (fs::exists(path, error) && !fs::is_regular_file(path, error)) throw Refuse("“{0}” is not a file that can be written.", path);
  if (!study.empty() && fs::equivalent(path, study, error)) throw Refuse("“{0}” is the study itself; choose another file for the output.", path);
}

void ReplaceFile(const std::string& target, const std::function<void(const std::string&)>& write) {
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

void ReplaceFile(const std::string& target, const std::string& bytes) {
  ReplaceFile(target, [&](const std::string& draft) {
    std::ofstream file(draft, std::ios::binary | std::ios::trunc);
    if (file) file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    file.close();
    if (!file) throw Error(ErrorCode::kDisk, Say("“{0}” could not be written; look whether the disk is full or the folder can only be read.", target));
  });
}

}  // namespace meerstem
