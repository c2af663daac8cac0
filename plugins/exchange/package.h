#pragma once

#include <string>
#include <string_view>

#include "core/command/job.h"
#include "core/view/private_folder.h"

namespace meerstem::exchange {

/// The files of an export while they are made, in a folder that only we can read.
class Package {
 public:
  /// A file of the project ("sources/GUID.txt"); kDisk when it cannot be written.
  void Add(const std::string& name, std::string_view bytes);
  /// Where a file that is written bit by bit stands; it is of the package once it is there.
  std::string Path(const std::string& name);

  /// Where a file that was added stands.
  std::string PathOf(const std::string& name) const { return (folder_ / name).string(); }

  /// As one zip at `target`, whole or not at all: whoever reads it meanwhile finds the old file or the new one.
  void Zip(const std::string& target, Job& job);
  /// As a folder of their own, whole or not at all; kRefused when there is something in it already.
  void Folder(const std::string& target, Job& job);
  /// The one file alone.
  void Copy(const std::string& name, const std::string& target);

 private:
  view::PrivateFolder folder_;
  std::vector<std::string> names_;
};

/// kRefused, in words, for a place that cannot become a folder of ours: it is there and not empty, or its own cannot be
/// written.
void RequireFreeFolder(const std::string& target);
/// kRefused, in words, for a place that cannot take the file.
void RequireTarget(const std::string& target, const std::string& study);

}  // namespace meerstem::exchange
