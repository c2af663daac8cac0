// Every view of the sample study in every format of its kind: something comes out, of the kind that the format promises.
#include <algorithm>
#include <sstream>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "core/console/console.h"
#include "core/plugin/program.h"
#include "core/view/writers.h"
#include "tests/study/sample_copy.h"
#include "tests/study/view_arguments.h"

namespace meerstem {
namespace {

using nlohmann::json;

class Formats : public testing::SampleCopy {
 protected:
  void SetUp() override {
    SampleCopy::SetUp();
    BringInPages();
  }

  std::string Write(const View& view, const std::string& format, const std::string& language) {
    std::vector<std::string> words = {study_, view.id, "--format", format, "--language", language, "--as", "Meerstem"};
    // Whether --language is the view's own is for the view to say; none has one.
    if (const auto found = kArguments.find(view.id); found != kArguments.end()) words.insert(words.end(), found->second.begin(), found->second.end());
    std::ostringstream out, err;
    const int exit = RunConsole(words, out, err, *program_);
    // LibreOffice makes PDF of texts where it is installed; a machine without it says so.
    if (view.kind == view::Kind::kProse && format == "pdf" && exit == 1) {
      EXPECT_NE(err.str().find("LibreOffice"), std::string::npos) << err.str();
      return "%PDF- refused in words";
    }
    EXPECT_EQ(exit, 0) << err.str();
    EXPECT_EQ(err.str(), "");
    return out.str();
  }
};

TEST_F(Formats, EveryViewInEveryFormatSaysSomething) {
  int written = 0;
  for (const auto& view : program_->registry().views()) {
    for (const auto& format : view::FormatsOf(view.kind)) {
      // A display as a text of its own takes a program that starts anew each time: those of the room that is made of displays.
      const bool office = format == "docx" || format == "odt";
      if (office && view.kind != view::Kind::kProse && (format == "odt" || !view.id.starts_with("triangulation."))) continue;
      SCOPED_TRACE(view.id + " as " + format);
      std::string bytes = Write(view, format, written % 2 ? "nl" : "en");
      ++written;
      ASSERT_GT(bytes.size(), 12u);
      if (format == "png") {
        EXPECT_EQ(bytes.substr(1, 3), "PNG");
      }
      if (format == "pdf") {
        EXPECT_EQ(bytes.substr(0, 5), "%PDF-");
      }
      if (format == "xlsx" || format == "docx" || format == "odt") {
        EXPECT_EQ(bytes.substr(0, 2), "PK");
      }
      if (format == "svg") {
        EXPECT_NE(bytes.find("<title"), std::string::npos);
      }
      if (format == "html") {
        EXPECT_NE(bytes.find("</html>"), std::string::npos);
      }
      // A word of the machine's: never before people's eyes.
      if (format == "table" || format == "html" || format == "md") {
        // A program in a page is not for people's eyes.
        for (auto at = bytes.find("<script"); at != std::string::npos; at = bytes.find("<script")) bytes.erase(at, bytes.find("</script>", at) - at + 9);
        EXPECT_EQ(bytes.find("(null)"), std::string::npos);
        for (const char* mistake : {"{0}", "{1}", "-nan", "monostate"}) EXPECT_EQ(bytes.find(mistake), std::string::npos) << mistake;
      }
    }
  }
  EXPECT_GT(written, 100);
}

TEST_F(Formats, JsonOfEveryViewKeepsTheContract) {
  for (const auto& view : program_->registry().views()) {
    SCOPED_TRACE(view.id);
    const json model = json::parse(Write(view, "json", "en"));
    EXPECT_EQ(model["view"], view.id);
    EXPECT_TRUE(model["title"].is_string());
    EXPECT_FALSE(model["title"].get<std::string>().empty());
    EXPECT_TRUE(model["population"].is_object());
    EXPECT_TRUE(model["notes"].is_array());
    const std::string kind = model["kind"];
    if (kind == "table" || kind == "matrix" || kind == "chart" || kind == "tree") {
      for (const auto& column : model["columns"]) {
        for (const char* name : {"id", "title", "type"}) EXPECT_TRUE(column.contains(name)) << name;
      }
      for (const auto& row : model["rows"]) {
        // A tree's rows carry key and parent beside their cells.
        if (row.is_array()) EXPECT_EQ(row.size(), model["columns"].size());
        else EXPECT_TRUE(row.contains("key") && row.contains("parent"));
        if (!row.is_array()) continue;
        for (const auto& cell : row) {
          if (cell.is_object()) { EXPECT_TRUE(cell.contains("value") && cell.contains("state")) << cell; }
        }
      }
    }
    if (kind == "matrix") {
      EXPECT_TRUE(model["row_labels"].is_array());
      EXPECT_TRUE(model["column_labels"].is_array());
      EXPECT_EQ(model["row_labels"].size(), model["rows"].size());
    }
    if (kind == "coded_text") { EXPECT_TRUE(model["runs"].is_array()); }
    if (kind == "prose") { EXPECT_TRUE(model["blocks"].is_array()); }
    if (kind == "form") { EXPECT_TRUE(model["fields"].is_array()); }
  }
}

TEST_F(Formats, BeforeAViewBecomesAFileItIsSaidWhatCouldIdentifySomebody) {
  const testing::TestFolder folder;
  const auto call = [&](std::vector<std::string> words, int expected) {
    std::ostringstream out, err;
    words.insert(words.begin(), SAMPLE_STUDY);
    words.insert(words.end(), {"--language", "en", "--as", "Meerstem"});
    EXPECT_EQ(RunConsole(words, out, err, *program_), expected) << err.str();
    return out.str() + err.str();
  };
  EXPECT_NE(call({"documents.overview", "--output", folder.path("heard.csv")}, 0).find("counts below five"), std::string::npos);
  EXPECT_EQ(call({"documents.overview", "--output", folder.path("heard.csv"), "--suppress", "5"}, 0).find("counts below five"), std::string::npos);
  EXPECT_NE(call({"documents.overview", "--suppress", "5"}, 0).find("suppressed"), std::string::npos);
  EXPECT_NE(call({"documents.overview", "--suppress", "many"}, 2).find("--suppress"), std::string::npos);
  EXPECT_NE(call({"people.replace-name", "--words", "Els", "--shown", "[zus]", "--suppress", "5"}, 2).find("--suppress"), std::string::npos);
  // The chapter names nobody whom nobody has looked at: every line of the check leads to its place.
  const json check = json::parse(call({"people.export-check", "--of", "themes.report", "--format", "json"}, 0));
  EXPECT_GT(check["rows"].size(), 0u);
}

}  // namespace
}  // namespace meerstem
