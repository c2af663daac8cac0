#include "core/console/console.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/support/test_study.h"

namespace meerstem {
namespace {

using nlohmann::json;

/// A command with a parameter of every awkward kind, and a view of what it did.
void RegisterToys(Registry& registry) {
  Command site{.id = "toy.site", .label = Say("Add a site")};
  site.parameters = {{.name = "name", .label = Say("Name"), .required = true},
                     {.name = "loud", .type = ParameterType::kBoolean, .label = Say("Loud")},
                     {.name = "file", .type = ParameterType::kFile, .label = Say("File")},
                     {.name = "language", .label = Say("Language")}};
  site.prepare = [](Reading& reading, const Arguments& arguments, Job&) {
    const std::string name = arguments.Text("name");
    if (reading.Number("SELECT count(*) FROM site WHERE name = ?", name) > 0) throw Refuse("There is a site “{0}” already.", name);
    if (arguments.Has("file") && !std::ifstream(arguments.Text("file"))) throw Refuse("“{0}” does not exist.", arguments.Text("file"));
    return Simply([arguments, name](Writing& writing, Outcome& outcome) {
      const Id id = writing.NewId();
      writing.Do("INSERT INTO site (id, name, order_key) VALUES (?, ?, 1)", id, arguments.Flag("loud") ? name + "!" : name);
      outcome.created.push_back(id);
      if (arguments.Has("language")) outcome.notes.push_back(Say("Written in {0}.", arguments.Text("language")));
      if (name == "fail late") throw Refuse("It failed\nlate.");
    });
  };
  registry.Add(std::move(site));

  View sites{.id = "toy.sites", .label = Say("Sites")};
  sites.build = [](Reading& reading, const Arguments&, Job&) {
    std::vector<view::Row> rows;
    auto found = reading.Query("SELECT name FROM site ORDER BY name");
    while (found.Step()) rows.push_back({found.Text(0), {{.value = found.Text(0)}}, {}, {}});
    view::Model model;
    model.body = view::Table{{{"name", Say("Name")}}, view::MakeRows(std::move(rows))};
    return model;
  };
  registry.Add(std::move(sites));
}

class ConsoleTest : public ::testing::Test {
 protected:
  ConsoleTest() : program_({folder_.path("plugins"), MEERSTEM_DATA_DIR, "", ""}, {}, {&RegisterToys}), study_(folder_.path("s.meerstem")) {
    EXPECT_EQ(Call({"new", study_, "--as", "Ada", "--language", "en"}), 0) << err_;
  }
  int Call(const std::vector<std::string>& words) {
    std::ostringstream out, err;
    const int status = RunConsole(words, out, err, program_);
    out_ = out.str();
    err_ = err.str();
    return status;
  }
  int Do(std::vector<std::string> words) {
    words.insert(words.begin(), study_);
    words.insert(words.end(), {"--as", "Ada"});
    return Call(words);
  }
  std::string Sites() {
    Call({study_, "toy.sites", "--format", "csv"});
    return out_;
  }
  bool OneLine() const { return std::count(err_.begin(), err_.end(), '\n') == 1; }

  testing::TestFolder folder_;
  Program program_;
  std::string study_, out_, err_;
};

TEST_F(ConsoleTest, ACommandSaysWhatItDid) {
  ASSERT_EQ(Do({"toy.site", "--name", "Bilzen", "--loud", "--format", "json"}), 0) << err_;
  const json outcome = json::parse(out_);
  EXPECT_EQ(outcome["command"], "toy.site");
  EXPECT_EQ(outcome["changed"], (json{{"site", 1}}));
  EXPECT_EQ(outcome["created"].size(), 1u);
  EXPECT_TRUE(outcome["notes"].empty());
  EXPECT_EQ(Do({"toy.site", "--name=Oostende=aan zee", "--loud=no"}), 0) << err_;
  EXPECT_EQ(out_, "Add a site: done (site 1).\n");
  EXPECT_EQ(Sites(), "name\r\nBilzen!\r\nOostende=aan zee\r\n");
}

TEST_F(ConsoleTest, ACommandsOwnLanguageIsItsOwn) {
  ASSERT_EQ(Do({"toy.site", "--name", "Bilzen", "--language", "fr"}), 0) << err_;
  EXPECT_NE(out_.find("Written in fr."), std::string::npos);
  EXPECT_EQ(Call({study_, "toy.sites", "--language", "fr"}), 2);
}

TEST_F(ConsoleTest, WrongUsageIsTwoAndRefusalIsOne) {
  for (const std::vector<std::string>& words : std::vector<std::vector<std::string>>{
           {"toy.nothing"}, {"toy.site"}, {"toy.site", "--nam", "x"}, {"toy.site", "--name"}, {"toy.site", "--name", "--loud"}, {"toy.site", "x"},
           {"toy.site", "--name", "x", "--loud=perhaps"}, {"toy.site", "--name", "x", "--format", "docx"}, {"toy.sites", "--format", "md"}, {"toy.sites", "--preview"}, {"batch"}}) {
    EXPECT_EQ(Do(words), 2) << words[0] << ": " << err_;
    EXPECT_TRUE(OneLine()) << err_;
  }
  EXPECT_EQ(Call({}), 2);
  EXPECT_EQ(Call({folder_.path("none.meerstem"), "toy.sites"}), 1);
  EXPECT_TRUE(OneLine()) << err_;
  EXPECT_EQ(Call({"new", study_}), 1);
  ASSERT_EQ(Do({"toy.site", "--name", "Bilzen"}), 0);
  EXPECT_EQ(Do({"toy.site", "--name", "Bilzen"}), 1);
  EXPECT_EQ(err_, "meerstem-cli: There is a site “Bilzen” already.\n");
  EXPECT_EQ(Call({"--help"}), 0);
  EXPECT_NE(out_.find("--preview"), std::string::npos);
}

TEST_F(ConsoleTest, AFailureLeavesNothingBehindNotEvenItsResearcher) {
  EXPECT_EQ(Call({study_, "toy.site", "--name", "fail late", "--as", "Bob"}), 1);
  EXPECT_EQ(err_, "meerstem-cli: It failed late.\n");
  EXPECT_EQ(Sites(), "name\r\n");
  EXPECT_EQ(program_.Open(study_, true)->Read()->Number("SELECT count(*) FROM researcher WHERE name = 'Bob'"), 0);
}

TEST_F(ConsoleTest, PreviewChangesNothing) {
  EXPECT_EQ(Do({"toy.site", "--name", "Bilzen", "--preview", "--format", "json"}), 0) << err_;
  EXPECT_EQ(json::parse(out_)["view"], "toy.site");
  EXPECT_EQ(Sites(), "name\r\n");
}

TEST_F(ConsoleTest, ABatchIsOneStep) {
  folder_.Write("in/note.txt", "x");
  const std::string file = folder_.Write("in/all.batch", "# sites\n\ntoy.site --name \"Sint-Niklaas \\\"zuid\\\"\" --loud # comment\r\ntoy.site --name Bilzen --file note.txt\n");
  ASSERT_EQ(Do({"batch", file, "--format", "json"}), 0) << err_;
  EXPECT_EQ(json::parse(out_)["changed"], (json{{"site", 2}}));
  EXPECT_EQ(Sites(), "name\r\nBilzen\r\n\"Sint-Niklaas \"\"zuid\"\"!\"\r\n");
  ASSERT_EQ(Do({"undo"}), 0) << err_;
  EXPECT_EQ(Sites(), "name\r\n");
  ASSERT_EQ(Do({"redo"}), 0) << err_;
  EXPECT_NE(Sites().find("Bilzen"), std::string::npos);
}

TEST_F(ConsoleTest, ABadLineTakesTheWholeBatchBack) {
  const std::string file = folder_.Write("all.batch", "toy.site --name Bilzen\ntoy.site --name \"Gent\n");
  EXPECT_EQ(Do({"batch", file}), 1);
  EXPECT_TRUE(err_.starts_with("meerstem-cli: " + file + ", line 2: ")) << err_;
  EXPECT_TRUE(OneLine());
  EXPECT_EQ(Sites(), "name\r\n");
  EXPECT_EQ(Do({"batch", folder_.Write("b", "toy.sites\n")}), 1);
  EXPECT_EQ(Do({"batch", folder_.Write("c", "toy.site --name Gent --nope 1\n")}), 1) << "a wrong line is a refused batch";
  EXPECT_EQ(Do({"batch", folder_.path("none")}), 1);
  EXPECT_EQ(Do({"check"}), 0) << out_;
}

TEST_F(ConsoleTest, OutputGoesToAFileWhoseNameSaysTheFormat) {
  ASSERT_EQ(Do({"toy.site", "--name", "Bilzen"}), 0);
  const std::string file = folder_.path("sites.csv");
  ASSERT_EQ(Call({study_, "toy.sites", "--output", file}), 0) << err_;
  std::ifstream stream(file, std::ios::binary);
  EXPECT_EQ(std::string(std::istreambuf_iterator<char>(stream), {}), "name\r\nBilzen\r\n");
  EXPECT_EQ(Call({study_, "toy.sites", "--output", study_}), 1) << "never over the study";
  EXPECT_EQ(Call({study_, "toy.sites", "--output", folder_.path("none/x.csv")}), 1);
  EXPECT_EQ(Do({"toy.site", "--name", "Gent", "--format", "json", "--output", folder_.path("none/x.json")}), 1);
  EXPECT_EQ(Sites(), "name\r\nBilzen\r\n") << "refused before anything was done";
}

TEST_F(ConsoleTest, ViewsAreReadWhileSomeoneWrites) {
  const auto writer = program_.Open(study_, false);
  EXPECT_EQ(Call({study_, "toy.sites"}), 0) << err_;
  EXPECT_EQ(Call({study_, "journal"}), 0) << err_;
  EXPECT_EQ(Do({"toy.site", "--name", "Bilzen"}), 1) << "the writer's lock is taken";
}

TEST_F(ConsoleTest, ListAndJournalAndSettings) {
  ASSERT_EQ(Call({"list", "--format", "json"}), 0);
  const json list = json::parse(out_);
  EXPECT_TRUE(std::any_of(list["commands"].begin(), list["commands"].end(), [](const json& c) { return c["id"] == "toy.site" && c["parameters"][1]["type"] == "boolean"; }));
  EXPECT_TRUE(std::any_of(list["views"].begin(), list["views"].end(), [](const json& v) { return v["id"] == "study.settings" && v["kind"] == "form"; }));
  ASSERT_EQ(Do({"study.set", "--key", "reference", "--value", "type date"}), 0) << err_;
  EXPECT_EQ(Do({"study.set", "--key", "reference", "--value", "name"}), 1);
  EXPECT_EQ(Do({"study.set", "--key", "colour", "--value", "red"}), 2);
  ASSERT_EQ(Call({study_, "journal", "--format", "json"}), 0) << err_;
  EXPECT_EQ(json::parse(out_)["rows"][0][3], "Change a setting");
  EXPECT_EQ(json::parse(out_)["rows"][0][6], "setting: 1 added");
  ASSERT_EQ(Call({study_, "study.settings", "--format", "json"}), 0);
  EXPECT_EQ(json::parse(out_)["fields"][0]["value"], "type date");
  EXPECT_EQ(Do({"study.add-researcher", "--name", "Ada"}), 1);
}

TEST_F(ConsoleTest, AValueIsTextOnOneLine) {
  EXPECT_EQ(Call({study_, "toy.site", "--name", "North\nSouth", "--as", "Ada"}), 2);
  EXPECT_EQ(err_, "meerstem-cli: --name: one line is expected here, without a line break.\n");
  EXPECT_EQ(Call({study_, "toy.site", "--name", "North\xff", "--as", "Ada"}), 2);
  EXPECT_EQ(err_, "meerstem-cli: --name: this is not text in UTF-8.\n");
  // What complains about such a word shows no bytes that a terminal would take for orders.
  EXPECT_EQ(Call({study_, "toy\x1b[31m\xff"}), 2);
  EXPECT_EQ(err_.find('\x1b'), std::string::npos);
  EXPECT_EQ(err_.find('\xff'), std::string::npos);
}

TEST_F(ConsoleTest, NearNamesAreOfferedFirst) {
  for (const char* name : {"Aalst", "Brugge", "Charleroi", "Dinant", "Eupen", "Fleurus", "Herenthout"}) {
    ASSERT_EQ(Call({study_, "toy.site", "--name", name, "--as", "Ada"}), 0) << err_;
  }
  const auto store = program_.Open(study_, true);
  auto reading = store->Read();
  try {
    ResolveEntity(program_.registry(), *reading, "site", "herentout");
    FAIL() << "there is no such site";
  } catch (const Error& error) {
    EXPECT_EQ((*Language::English())(error.message()).find("No site is named “herentout”; there is Herenthout, "), 0u);
  }
}

TEST_F(ConsoleTest, AnOutputBehindALinkLeavesTheLink) {
  const std::string behind = folder_.Write("behind.csv", "old"), link = folder_.path("link.csv");
  std::filesystem::create_symlink(behind, link);
  EXPECT_EQ(Call({study_, "toy.sites", "--output", link}), 0) << err_;
  EXPECT_TRUE(std::filesystem::is_symlink(link));
  EXPECT_NE(std::filesystem::file_size(behind), 3u);
}

}  // namespace
}  // namespace meerstem
