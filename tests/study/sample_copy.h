#pragma once

#include <filesystem>
#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "core/console/console.h"
#include "core/plugin/program.h"
#include "tests/support/test_study.h"
#include "tests/support/tiny_pdf.h"

namespace meerstem::testing {

/// A copy of the sample study that a test may change, by the words of the console. The plugins are loaded once for all its tests.
class SampleCopy : public ::testing::Test {
 protected:
  static void SetUpTestSuite() { program_ = new Program({MEERSTEM_PLUGIN_DIR, MEERSTEM_DATA_DIR, "", ""}); }
  static void TearDownTestSuite() { delete program_; }
  void SetUp() override {
    study_ = folder_.path("study.meerstem");
    std::filesystem::copy_file(SAMPLE_STUDY, study_);
  }

  /// A text whose pages can be shown, which the sample study has none of.
  void BringInPages() { Call({"documents.import", "--file", folder_.Write("Gedrukt.pdf", TinyPdf({"Een uitnodiging", "voor de buurt"})), "--kind", "document"}); }

  /// What the console answers; anything but success fails the test.
  std::string Call(std::vector<std::string> words) {
    std::ostringstream out, err;
    words.insert(words.begin(), study_);
    words.insert(words.end(), {"--as", "Meerstem"});
    EXPECT_EQ(RunConsole(words, out, err, *program_), 0) << err.str();
    return out.str();
  }

  static inline Program* program_ = nullptr;
  TestFolder folder_;
  std::string study_;
};

}  // namespace meerstem::testing
