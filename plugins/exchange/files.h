#pragma once

#include <memory>
#include <optional>
#include <string>

#include "plugins/exchange/xml_reader.h"

namespace meerstem::exchange {

/// The files of a project: a .qdpx (a zip), or a .qde or .qdc with what stands beside it. Only names inside the project
/// are ever opened, nothing is unpacked to disk. One thread.
class ProjectFiles {
 public:
  virtual ~ProjectFiles() = default;
  /// Opens by content, whatever the name says. kRefused, in words, for everything that is neither.
  static std::unique_ptr<ProjectFiles> Open(const std::string& path);

  /// The name that people know the file by.
  virtual const std::string& name() const = 0;
  /// The project's XML, from its beginning.
  virtual ByteSource Xml() = 0;
  /// The bytes of the file that a path in the project names ("internal://GUID.txt", "admin.txt"); nullopt when the
  /// project does not hold it, whatever else the machine may hold. kRefused when it is larger than 64 MiB.
  virtual std::optional<std::string> Read(const std::string& path) = 0;
  /// As Read, for a file that the project can do without: nullopt too for one that is larger than `most`, or that would
  /// leave little for those that it cannot do without.
  std::optional<std::string> ReadSmall(const std::string& path, std::size_t most);

  /// Bytes given out by Read so far; more than 512 MiB is refused.
 protected:
  /// What the file is said to hold, unpacked; nullopt when the project does not hold it.
  virtual std::optional<std::uint64_t> SizeOf(const std::string& path) = 0;
  void Count(std::size_t bytes);

 private:
  std::size_t given_ = 0;
};

inline constexpr std::size_t kLargestFile = std::size_t{64} << 20;

}  // namespace meerstem::exchange
