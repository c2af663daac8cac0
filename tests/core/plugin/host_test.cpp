// Plugins that are broken in every way: each gets a sentence, none takes the program, the study or another plugin along.
#include <gtest/gtest.h>

#include <filesystem>

#include <sys/wait.h>
#include <unistd.h>

#include "core/base/language.h"
#include "core/command/engine.h"
#include "core/plugin/host.h"
#include "tests/support/test_study.h"

namespace meerstem::testing {
namespace {

namespace fs = std::filesystem;

class HostTest : public ::testing::Test {
 protected:
  HostTest() { RegisterCore(registry_); }
  /// Loads the toys of these names, and no others.
  std::vector<PluginReport> Load(const std::vector<std::string>& toys, PluginHost::Options options = {}) {
    options.folder = folder_.path("plugins");
    fs::create_directories(options.folder);
    for (const auto& toy : toys) {
      fs::copy_file(std::string(TOY_FOLDER) + "/" + toy + ".so", options.folder + "/" + toy + ".so", fs::copy_options::skip_existing);
    }
    return PluginHost(options).Load(registry_);
  }
  std::string WhyNot(const std::string& toy) {
    const auto reports = Load({toy});
    EXPECT_EQ(reports.size(), 1u);
    EXPECT_FALSE(reports.front().loaded);
    return (*Language::English())(reports.front().why_not);
  }
  TestFolder folder_;
  Registry registry_;
};

TEST_F(HostTest, GoodOnesInOrderOfNeed) {
  const auto reports = Load({"needs_good", "good"});
  ASSERT_EQ(reports.size(), 2u);
  for (const auto& report : reports) EXPECT_TRUE(report.loaded) << (*Language::English())(report.why_not);
  EXPECT_TRUE(registry_.FindCommand("good.add"));
  EXPECT_TRUE(registry_.FindDimension("needs_good"));
  EXPECT_EQ(reports[0].version, "1.0");
}

TEST_F(HostTest, EmptyAndMissingFolder) {
  EXPECT_TRUE(Load({}).empty());
  EXPECT_TRUE(PluginHost({.folder = folder_.path("none")}).Load(registry_).empty());
}

TEST_F(HostTest, TooNew) { EXPECT_EQ(WhyNot("too_new"), "This plugin needs a newer Meerstem (plugin interface 2, this program has 1)."); }
TEST_F(HostTest, TooOld) { EXPECT_EQ(WhyNot("too_old"), "This plugin was made for an older Meerstem (plugin interface 0, this program has 1)."); }
TEST_F(HostTest, Nobody) { EXPECT_EQ(WhyNot("nobody"), "This plugin says neither who it is nor how to start it."); }
TEST_F(HostTest, BuiltDifferently) {
  EXPECT_EQ(WhyNot("built_differently"),
            "This plugin was built differently from this Meerstem (another compiler or version); build it again with the same sources.");
}
TEST_F(HostTest, LibraryThatIsNoPlugin) { EXPECT_EQ(WhyNot("no_plugin"), "This library is not a Meerstem plugin."); }
TEST_F(HostTest, TextFile) {
  folder_.Write("plugins/notes.so", "These are notes, not a library; long enough to hold what would be a header.");
  folder_.Write("plugins/empty.so", "");
  fs::create_directories(folder_.path("plugins/folder.so"));
  const auto reports = Load({"good"});
  ASSERT_EQ(reports.size(), 4u);
  for (const auto& report : reports) {
    EXPECT_EQ(report.loaded, report.id == "good") << report.file;
    if (!report.loaded) {
      EXPECT_EQ((*Language::English())(report.why_not), "This is not a plugin: the file cannot be read as a library.");
    }
  }
}
TEST_F(HostTest, MissingNeed) { EXPECT_EQ(WhyNot("needs_absent"), "It needs the plugin absent, which is not there."); }
TEST_F(HostTest, Circular) {
  const auto reports = Load({"circle_a", "circle_b", "good"});
  ASSERT_EQ(reports.size(), 3u);
  EXPECT_EQ((*Language::English())(reports[0].why_not), "It waits for circle_b, which wait for it or failed.");
  EXPECT_EQ((*Language::English())(reports[1].why_not), "It waits for circle_a, which wait for it or failed.");
  EXPECT_TRUE(reports[2].loaded);
}
TEST_F(HostTest, TwoOfTheSameId) {
  const auto reports = Load({"good", "good_twin"});
  ASSERT_EQ(reports.size(), 2u);
  EXPECT_TRUE(reports[0].loaded);
  EXPECT_EQ((*Language::English())(reports[1].why_not), "There are two plugins “good”; this one was left out.");
}
TEST_F(HostTest, ThrowingAtStartLeavesNothingBehind) {
  EXPECT_EQ(WhyNot("throws_error"), "The plugin “throws” failed (no luck); the study is as it was.");
  EXPECT_FALSE(registry_.FindDimension("half"));
}
TEST_F(HostTest, ThrowingAnythingAtStart) { EXPECT_EQ(WhyNot("throws_int"), "The plugin “throws” failed; the study is as it was."); }
TEST_F(HostTest, TakenIdLeavesNothingBehind) {
  const auto components = registry_.components().size();
  EXPECT_EQ(WhyNot("taken"), "“site” is registered twice.");
  EXPECT_EQ(registry_.components().size(), components);
}

TEST_F(HostTest, ThrowingInACommandOrAViewLeavesTheStudyAsItWas) {
  ASSERT_TRUE(Load({"good"}).front().loaded);
  auto clock = std::make_shared<FixedClock>();
  auto store = Store::Create(folder_.path("a.meerstem"), {.backups = false, .clock = clock, .ids = std::make_shared<IdSource>(clock, 1), .components = registry_.components()});
  Engine engine(registry_, *store);
  Job job;
  const auto sentence = [&](const auto& call) {
    try {
      call();
    } catch (const Error& error) {
      return (*Language::English())(error.message());
    }
    return std::string();
  };
  engine.Execute("good.add", {}, {}, job);
  EXPECT_EQ(sentence([&] { engine.Execute("good.fail", {}, {}, job); }), "The plugin “good” failed (no luck); the study is as it was.");
  EXPECT_EQ(sentence([&] { engine.Execute("good.prepare", {}, {}, job); }), "The plugin “good” failed; the study is as it was.");
  EXPECT_EQ(sentence([&] { engine.Build("good.view", {}, job); }), "The plugin “good” failed (no row); the study is as it was.");
  EXPECT_EQ(store->Read()->Number("SELECT count(*) FROM code"), 1);
  EXPECT_EQ(store->Journal().size(), 1u);
}

/// A start in a process of its own; true when it came to its end.
bool Starts(const std::string& plugins, const std::string& state, bool calm, std::optional<bool> answer, bool& asked, bool& loaded) {
  int ends[2];
  EXPECT_EQ(pipe(ends), 0);
  const pid_t child = fork();
  if (child == 0) {
    if (calm) setenv("TOY_CALM", "1", 1);
    Registry registry;
    char result[2] = {'n', 'n'};
    PluginHost host({plugins, state, [&](const std::string&) {
                       result[0] = 'y';
                       return answer.value_or(true);
                     }});
    if (host.Load(registry).front().loaded) result[1] = 'y';
    _exit(write(ends[1], result, 2) == 2 ? 0 : 1);
  }
  close(ends[1]);
  char result[2] = {'n', 'n'};
  const bool told = read(ends[0], result, 2) == 2;
  close(ends[0]);
  int status = 0;
  waitpid(child, &status, 0);
  asked = result[0] == 'y';
  loaded = result[1] == 'y';
  return told && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

class CrashTest : public ::testing::TestWithParam<const char*> {};

TEST_P(CrashTest, NextStartAsksAndBothAnswersWork) {
  TestFolder folder;
  const std::string plugins = folder.path("plugins"), state = folder.path("state");
  fs::create_directories(plugins);
  fs::copy_file(std::string(TOY_FOLDER) + "/" + GetParam() + ".so", plugins + "/" + GetParam() + ".so");
  bool asked = false, loaded = false;
  EXPECT_FALSE(Starts(plugins, state, false, {}, asked, loaded)) << "it did not crash";
  EXPECT_TRUE(Starts(plugins, state, false, false, asked, loaded));
  EXPECT_TRUE(asked);
  EXPECT_FALSE(loaded);
  EXPECT_TRUE(Starts(plugins, state, false, false, asked, loaded)) << "asked once, it must be asked again";
  EXPECT_TRUE(asked);
  EXPECT_FALSE(Starts(plugins, state, false, true, asked, loaded)) << "loaded again, it crashes again";
  EXPECT_TRUE(Starts(plugins, state, true, true, asked, loaded));
  EXPECT_TRUE(asked);
  EXPECT_TRUE(loaded);
  EXPECT_TRUE(Starts(plugins, state, true, true, asked, loaded));
  EXPECT_FALSE(asked) << "after a good start nobody asks";
  EXPECT_TRUE(fs::is_empty(state));
}

INSTANTIATE_TEST_SUITE_P(Crashing, CrashTest, ::testing::Values("crashes_in_create", "crashes_in_load"),
                         [](const auto& tested) { return std::string(tested.param); });

}  // namespace
}  // namespace meerstem::testing
