// A child process, and every way in which it is ended.
#include "core/base/process.h"

#include <gtest/gtest.h>

namespace meerstem {
namespace {

TEST(Process, WordsGoInAndOut) {
  const auto result = RunProcess({"cat"}, "één 🙂\n");
  EXPECT_TRUE(result.ok());
  EXPECT_EQ(result.out, "één 🙂\n");
  EXPECT_EQ(result.err, "");
}

TEST(Process, MuchGoesInAndOutAtOnce) {
  const std::string much(5u << 20, 'x');
  EXPECT_EQ(RunProcess({"cat"}, much).out, much);
}

TEST(Process, ExitAndErrorOutput) {
  const auto result = RunProcess({"sh", "-c", "echo uit; echo fout >&2; exit 7"}, "");
  EXPECT_EQ(result.exit, 7);
  EXPECT_EQ(result.out, "uit\n");
  EXPECT_EQ(result.err, "fout\n");
  EXPECT_FALSE(result.ok());
}

TEST(Process, ArgumentsAreNotAShellsBusiness) {
  EXPECT_EQ(RunProcess({"printf", "%s|", "a b", "$(id)", "é;"}, "").out, "a b|$(id)|é;|");
}

TEST(Process, MissingPrograms) {
  const auto result = RunProcess({"meerstem-no-such-program"}, "words");
  EXPECT_TRUE(result.missing);
  EXPECT_FALSE(result.ok());
}

TEST(Process, TimeRunsOut) {
  const auto result = RunProcess({"sh", "-c", "echo begin; sleep 600 & sleep 600"}, "", {.seconds = 0.3});
  EXPECT_TRUE(result.timed_out);
  EXPECT_EQ(result.out, "begin\n");
  EXPECT_FALSE(result.ok());
}

TEST(Process, TimeRunsOutWithItsOutputClosed) {
  EXPECT_TRUE(RunProcess({"sh", "-c", "exec >&- 2>&-; sleep 600"}, "", {.seconds = 0.3}).timed_out);
}

TEST(Process, MemoryRunsOut) {
  const auto result = RunProcess({"sh", "-c", "head -c 1000000000 /dev/zero | tail | wc -c"}, "", {.memory = 64u << 20});
  EXPECT_NE(result.out, "1000000000\n");
  EXPECT_NE(result.err, "");
}

TEST(Process, OutputWithoutEnd) {
  const auto result = RunProcess({"cat", "/dev/zero"}, "", {.output = 1u << 20});
  EXPECT_TRUE(result.too_much);
  EXPECT_FALSE(result.ok());
}

TEST(Process, ItIsStoppedWhenAsked) {
  int asked = 0;
  ProcessLimits limits;
  limits.stop = [&] { return ++asked > 2; };
  EXPECT_TRUE(RunProcess({"sleep", "600"}, "", limits).stopped);
}

TEST(Process, AChildThatDoesNotReadIsNoTrouble) {
  const auto result = RunProcess({"true"}, std::string(5u << 20, 'x'));
  EXPECT_EQ(result.exit, 0);
}

TEST(Process, ASignalIsNoExit) {
  EXPECT_EQ(RunProcess({"sh", "-c", "kill -SEGV $$"}, "").exit, -1);
}

TEST(Process, ItRunsInItsFolder) {
  EXPECT_EQ(RunProcess({"pwd"}, "", {.folder = "/"}).out, "/\n");
}

}  // namespace
}  // namespace meerstem
