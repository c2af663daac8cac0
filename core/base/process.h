#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace meerstem {

/// What a child process may take. It is killed, with everything it started, when it takes more.
struct ProcessLimits {
  double seconds = 60;
  std::uint64_t memory = std::uint64_t{2} << 30;  ///< Address space, in bytes (RLIMIT_AS); 0: no limit.
  std::size_t output = std::size_t{256} << 20;    ///< Of standard output and of standard error each, in bytes.
  std::string folder;                             ///< Where it runs; empty: where we are.
  std::function<bool()> stop;                     ///< Asked a few times a second; true ends the child.
};

struct ProcessResult {
  int exit = -1;           ///< Exit status; -1 when a signal ended it.
  std::string out, err;
  bool timed_out = false;
  bool missing = false;    ///< No such program on this machine.
  bool stopped = false;    ///< ProcessLimits::stop said so.
  bool too_much = false;   ///< It wrote more than the limit.
  bool ok() const { return exit == 0 && !timed_out && !missing && !stopped && !too_much; }
};

/// Runs `argv` (argv[0] is looked up in PATH), gives it `input` and waits for its end. No shell; the child inherits no
/// open file of ours and dies with us. Any thread. Throws Error kInternal only when the system gives no process.
ProcessResult RunProcess(const std::vector<std::string>& argv, std::string_view input, const ProcessLimits& limits = {});

}  // namespace meerstem
