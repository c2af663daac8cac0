#include "core/base/process.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstring>

#include <fcntl.h>
#include <linux/close_range.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/base/error.h"

namespace meerstem {
namespace {

class Descriptor {
 public:
  Descriptor() = default;
  explicit Descriptor(int fd) : fd_(fd) {}
  ~Descriptor() { Close(); }
  Descriptor(const Descriptor&) = delete;
  int get() const { return fd_; }
  bool open() const { return fd_ >= 0; }
  void Take(int fd) {
    Close();
    fd_ = fd;
  }
  void Close() {
    if (fd_ >= 0) close(fd_);
    fd_ = -1;
  }

 private:
  int fd_ = -1;
};

struct Pipe {
  Descriptor read, write;
  Pipe() {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) throw Error(ErrorCode::kInternal, Say("No further process can be started: {0}.", std::strerror(errno)));
    read.Take(ends[0]);
    write.Take(ends[1]);
  }
};

/// Writing to a child that has ended already must be an error of that write, not the end of our own process; signal
/// handlers belong to the program, so SIGPIPE is only held back on this thread.
class PipeSignalHeld {
 public:
  PipeSignalHeld() {
    sigemptyset(&pipe_);
    sigaddset(&pipe_, SIGPIPE);
    sigset_t pending;
    sigpending(&pending);
    was_pending_ = sigismember(&pending, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &pipe_, &before_);
  }
  ~PipeSignalHeld() {
    if (!was_pending_) {
      const timespec now{};
      while (sigtimedwait(&pipe_, nullptr, &now) == -1 && errno == EINTR) {
      }
    }
    pthread_sigmask(SIG_SETMASK, &before_, nullptr);
  }

 private:
  sigset_t pipe_, before_;
  bool was_pending_ = false;
};

/// Between fork and exec: only what is safe in the child of a threaded program.
[[noreturn]] void BecomeChild(char* const* argv, const ProcessLimits& limits, const char* folder, int in, int out, int err, int report) {
  setpgid(0, 0);
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, nullptr);
  const bool ready = dup2(in, 0) >= 0 && dup2(out, 1) >= 0 && dup2(err, 2) >= 0 && (!folder || chdir(folder) == 0);
  if (ready) {
    close_range(3, ~0u, CLOSE_RANGE_CLOEXEC);
    if (limits.memory > 0) {
      const rlimit memory{limits.memory, limits.memory};
      setrlimit(RLIMIT_AS, &memory);
    }
    const rlimit no_core{0, 0};
    setrlimit(RLIMIT_CORE, &no_core);
    execvp(argv[0], argv);
  }
  const int why = errno;
  [[maybe_unused]] const auto written = write(report, &why, sizeof why);
  _exit(127);
}

/// Reads what is there; false at the end of the stream.
bool Pull(int fd, std::string& into) {
  std::array<char, 65536> buffer;
  const ssize_t n = read(fd, buffer.data(), buffer.size());
  if (n > 0) into.append(buffer.data(), static_cast<std::size_t>(n));
  return n > 0 || (n < 0 && (errno == EAGAIN || errno == EINTR));
}

}  // namespace

ProcessResult RunProcess(const std::vector<std::string>& argv, std::string_view input, const ProcessLimits& limits) {
  using Clock = std::chrono::steady_clock;
  std::vector<char*> words;
  for (const auto& word : argv) words.push_back(const_cast<char*>(word.c_str()));
  words.push_back(nullptr);

  Pipe in, out, err, report;
  const pid_t child = fork();
  if (child < 0) throw Error(ErrorCode::kInternal, Say("No further process can be started: {0}.", std::strerror(errno)));
  if (child == 0) {
    BecomeChild(words.data(), limits, limits.folder.empty() ? nullptr : limits.folder.c_str(), in.read.get(), out.write.get(),
                err.write.get(), report.write.get());
  }
  in.read.Close();
  out.write.Close();
  err.write.Close();
  report.write.Close();

  ProcessResult result;
  int why = 0;
  ssize_t told;
  do told = read(report.read.get(), &why, sizeof why);
  while (told < 0 && errno == EINTR);
  result.missing = told == sizeof why;

  const PipeSignalHeld held;
  fcntl(in.write.get(), F_SETFL, O_NONBLOCK);
  fcntl(out.read.get(), F_SETFL, O_NONBLOCK);
  fcntl(err.read.get(), F_SETFL, O_NONBLOCK);
  const auto deadline = Clock::now() + std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(limits.seconds));
  bool killed = false;
  while (out.read.open() || err.read.open()) {
    if (input.empty()) in.write.Close();
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now()).count();
    result.timed_out = left <= 0;
    result.stopped = limits.stop && limits.stop();
    result.too_much = result.out.size() > limits.output || result.err.size() > limits.output;
    if (result.timed_out || result.stopped || result.too_much) {
      killed = true;
      break;
    }
    std::array<pollfd, 3> watched{{{out.read.get(), POLLIN, 0}, {err.read.get(), POLLIN, 0}, {in.write.get(), POLLOUT, 0}}};
    poll(watched.data(), watched.size(), static_cast<int>(std::min<std::int64_t>(left + 1, 200)));
    if (watched[2].revents != 0) {
      const ssize_t n = write(in.write.get(), input.data(), std::min<std::size_t>(input.size(), 65536));
      if (n > 0) input.remove_prefix(static_cast<std::size_t>(n));
      else if (n < 0 && errno != EAGAIN && errno != EINTR) input = {};  // It reads no further; what it says decides.
    }
    if (watched[0].revents != 0 && !Pull(out.read.get(), result.out)) out.read.Close();
    if (watched[1].revents != 0 && !Pull(err.read.get(), result.err)) err.read.Close();
  }
  in.write.Close();
  // A child may close its output and live on: it gets the rest of its time, in small waits.
  int status = 0;
  while (!killed) {
    const pid_t ended = waitpid(child, &status, WNOHANG);
    if (ended == child || (ended < 0 && errno != EINTR)) break;
    result.timed_out = Clock::now() >= deadline;
    result.stopped = limits.stop && limits.stop();
    killed = result.timed_out || result.stopped;
    if (!killed) poll(nullptr, 0, 2);
  }
  if (killed) {
    kill(-child, SIGKILL);
    kill(child, SIGKILL);
    while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
  }
  if (WIFEXITED(status) && !killed) result.exit = WEXITSTATUS(status);
  return result;
}

}  // namespace meerstem
