#pragma once

#include <cstdlib>
#include <filesystem>
#include <string>

#include "core/base/error.h"

namespace meerstem::view {

/// A folder that only we can read, gone at the end.
class PrivateFolder {
 public:
  PrivateFolder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "meerstem-XXXXXX").string();
    if (!mkdtemp(pattern.data())) throw Error(ErrorCode::kDisk, Say("No temporary folder could be made; look whether the disk is full."));
    path_ = pattern;
  }
  ~PrivateFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  PrivateFolder(const PrivateFolder&) = delete;
  std::filesystem::path operator/(const std::string& name) const { return path_ / name; }
  std::string string() const { return path_.string(); }

 private:
  std::filesystem::path path_;
};

}  // namespace meerstem::view
