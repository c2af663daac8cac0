// The process is killed at random moments, over and over on the same study: what was acknowledged is there, what was
// not is there whole or not at all, and the file is always whole.
#include <gtest/gtest.h>

#include <chrono>
#include <random>
#include <optional>
#include <set>
#include <sstream>

#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/core/store/toy_component.h"
#include "tests/support/test_study.h"

namespace meerstem::testing {
namespace {

constexpr int kKills = 200;

struct Step {
  std::string name;
  int count = 0;
};

std::set<std::string> NamesOf(const std::vector<Step>& steps) {
  std::set<std::string> names;
  for (const auto& step : steps) {
    for (int i = 0; i < step.count; ++i) names.insert(step.name + "." + std::to_string(i));
  }
  return names;
}

/// Runs the writer for `microseconds` after it is ready, kills it, and returns all that it said.
std::string RunAndKill(const std::string& study, int run, int microseconds) {
  int ends[2];
  if (pipe(ends) != 0) return {};
  const pid_t child = fork();
  if (child == 0) {
    dup2(ends[1], STDOUT_FILENO);
    close(ends[0]);
    close(ends[1]);
    execl(STORE_WRITER, STORE_WRITER, study.c_str(), std::to_string(run).c_str(), nullptr);
    _exit(127);
  }
  close(ends[1]);
  using Time = std::chrono::steady_clock;
  std::string said;
  auto deadline = Time::time_point::max();
  bool killed = false;
  for (;;) {
    const auto left = std::chrono::duration_cast<std::chrono::nanoseconds>(deadline - Time::now()).count();
    if (!killed && deadline != Time::time_point::max() && left <= 0) {
      kill(child, SIGKILL);
      killed = true;
    }
    pollfd readable{ends[0], POLLIN, 0};
    const timespec wait{deadline == Time::time_point::max() || killed ? 20 : 0, killed || left < 0 ? 0 : static_cast<long>(std::min<long long>(left, 999'999'999))};
    if (ppoll(&readable, 1, &wait, nullptr) <= 0) continue;
    char buffer[4096];
    const auto got = read(ends[0], buffer, sizeof buffer);
    if (got <= 0) break;
    said.append(buffer, static_cast<std::size_t>(got));
    if (deadline == Time::time_point::max() && said.find("ready\n") != std::string::npos) deadline = Time::now() + std::chrono::microseconds(microseconds);
  }
  close(ends[0]);
  int status = 0;
  waitpid(child, &status, 0);
  EXPECT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL) << "the writer stopped by itself";
  return said;
}

TEST(Killed, NothingAcknowledgedIsLost) {
  TestFolder folder;
  const std::string study = folder.path("a.meerstem");
  Store::Create(study, ToyOptions()).reset();
  std::mt19937 random(7);
  std::vector<Step> steps;  // What stands, as undo sees it: a stack.
  int acknowledged = 0, taken_back = 0;
  for (int run = 1; run <= kKills * Dose(); ++run) {
    SCOPED_TRACE("run " + std::to_string(run));
    std::istringstream said(RunAndKill(study, run, static_cast<int>(random() % 30'000)));
    std::optional<std::pair<std::string, Step>> under_way;
    const auto settle = [&] {
      if (under_way->first == "undo") steps.pop_back();
      else steps.push_back(under_way->second);
    };
    for (std::string line; std::getline(said, line);) {
      std::istringstream words(line);
      std::string what, kind;
      Step step;
      words >> what >> kind >> step.name >> step.count;
      if (what == "b") under_way = {kind, step};
      if (what == "a") {
        settle();
        under_way.reset();
        ++acknowledged;
      }
    }
    auto store = Store::Open(study, ToyOptions(static_cast<std::uint64_t>(run) + 5000));
    for (const auto& fault : store->Check()) ADD_FAILURE() << fault;
    taken_back += !store->notices().empty();
    std::set<std::string> present;
    {
      auto reading = store->Read();
      auto rows = reading->Query("SELECT name FROM code");
      while (rows.Step()) present.insert(rows.Text(0));
    }
    if (present != NamesOf(steps) && under_way) settle();
    ASSERT_EQ(present, NamesOf(steps)) << "neither what was acknowledged nor that with the step under way";
    if (HasFailure()) return;
  }
  // The dose was one: it hit writes, and groups in the middle.
  EXPECT_GT(acknowledged, kKills);
  EXPECT_GT(taken_back, kKills / 20);
  std::printf("%d kills, %d acknowledged steps, %d groups taken back\n", kKills * Dose(), acknowledged, taken_back);
}

}  // namespace
}  // namespace meerstem::testing
