#include "core/store/writer_lock.h"

#include <cerrno>
#include <filesystem>

#include <fcntl.h>
#include <pwd.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace meerstem {
namespace {

std::string Holder() {
  char host[256] = "";
  gethostname(host, sizeof host - 1);
  const passwd* user = getpwuid(getuid());
  return std::string(user ? user->pw_name : "?") + " @ " + host + " (" + std::to_string(getpid()) + ")";
}

}  // namespace

std::unique_ptr<WriterLock> WriterLock::Take(const std::string& study, std::string& holder) {
  holder.clear();
  const std::filesystem::path whole(study);
  const std::string path = (whole.parent_path() / ("." + whole.filename().string() + ".lock")).string();
  for (;;) {
    const int file = open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
    if (file < 0) return nullptr;
    if (flock(file, LOCK_EX | LOCK_NB) != 0) {
      if (errno == EINTR) {
        close(file);
        continue;
      }
      if (errno != EWOULDBLOCK) {
        // A file system without locks: nobody can be the one writer there.
        close(file);
        return nullptr;
      }
      char buffer[512];
      const auto length = read(file, buffer, sizeof buffer);
      holder = length > 0 ? std::string(buffer, static_cast<std::size_t>(length)) : "?";
      close(file);
      return nullptr;
    }
    // Whoever had it may have removed the file between our open and our lock: then the lock is on nothing.
    struct stat mine, theirs;
    if (fstat(file, &mine) == 0 && stat(path.c_str(), &theirs) == 0 && mine.st_ino == theirs.st_ino) {
      const std::string name = Holder();
      if (ftruncate(file, 0) != 0 || write(file, name.data(), name.size()) < 0) {
        // The name is a courtesy; the lock holds without it.
      }
      return std::unique_ptr<WriterLock>(new WriterLock(path, file));
    }
    close(file);
  }
}

WriterLock::~WriterLock() {
  unlink(path_.c_str());
  close(file_);
}

}  // namespace meerstem
