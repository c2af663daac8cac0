#pragma once

#include <memory>
#include <string>

namespace meerstem {

/// The operating system's lock that makes one process the writer of a study: a flock on a small file beside it,
/// which names who holds it. The kernel frees it when the process ends, however it ends.
class WriterLock {
 public:
  /// nullptr when another process holds it (then `holder` says who) or when the folder cannot be written to
  /// (then `holder` is empty).
  static std::unique_ptr<WriterLock> Take(const std::string& study, std::string& holder);
  ~WriterLock();

 private:
  WriterLock(std::string path, int file) : path_(std::move(path)), file_(file) {}
  std::string path_;
  int file_;
};

}  // namespace meerstem
