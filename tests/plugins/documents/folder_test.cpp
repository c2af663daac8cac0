// A whole folder comes in at once, and every file is accounted for.
#include <gtest/gtest.h>

#include "core/base/language.h"
#include "plugins/documents/part.h"
#include "tests/support/test_study.h"

namespace meerstem::documents {
namespace {

using meerstem::testing::TestStudy;
using Lines = std::vector<std::string>;

struct Folder : ::testing::Test {
  TestStudy study{{&Register}};
  std::string folder = study.folder().path("map");
  void SetUp() override {
    study.folder().Write("map/a.txt", "Interviewer: ja\n\nAnna: nee\n\nInterviewer: ja\n\nAnna: wel");
    study.folder().Write("map/b.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\n<v An>dag</v>\n");
    study.folder().Write("map/foto.jpg", "x");
    study.folder().Write("map/leeg.txt", "");
    study.folder().Write("map/.verborgen.txt", "x");
    study.folder().Write("map/onder/a.txt", "een");
  }
  std::vector<Lines> Preview(RawArguments more = {}) {
    Job job;
    more.emplace_back("folder", folder);
    const auto arguments = study.engine().Parse(study.engine().CommandOf("documents.import-folder").parameters, more);
    const Plan plan = study.engine().Prepare("documents.import-folder", arguments, job);
    auto words = study.Words(study.engine().Preview("documents.import-folder", arguments, plan));
    words.erase(words.begin());
    return words;
  }
};

TEST_F(Folder, ThePreviewSaysWhatBecomesOfEachFile) {
  const std::string before = study.Dump();
  const auto rows = Preview({{"subfolders", "yes"}});
  ASSERT_EQ(rows.size(), 5u);
  EXPECT_EQ(rows[0][0] + " " + rows[0][1] + " " + rows[0][6], "a.txt yes Interviewer (2), Anna (2)");
  EXPECT_EQ(rows[1][0] + " " + rows[1][1] + " " + rows[1][6], "b.vtt yes An (1)");
  EXPECT_EQ(rows[2][0] + " " + rows[2][1], "foto.jpg no");
  EXPECT_EQ(rows[3][0] + " " + rows[3][1], "leeg.txt no");
  EXPECT_EQ(rows[4][0] + " " + rows[4][1], "onder/a.txt no");
  EXPECT_EQ(Preview().size(), 4u);
  EXPECT_EQ(study.Dump(), before);
}

TEST_F(Folder, WhatCanBeReadComesInAsOneStepAndTwiceAddsNothing) {
  const std::string before = study.Dump();
  const Outcome outcome = study.Do("documents.import-folder", {{"folder", folder}});
  EXPECT_EQ(outcome.created.size(), 2u);
  EXPECT_EQ((*Language::English())(outcome.notes.at(0)), "2 of 4 files came in.");
  const std::string after = study.Dump();
  EXPECT_NE(study.Refusal("documents.import-folder", {{"folder", folder}}), "");
  EXPECT_EQ(study.Dump(), after);
  study.Undo();
  EXPECT_EQ(study.Dump(), before);
  EXPECT_EQ(study.Refusal("documents.import-folder", {{"folder", folder + "/weg"}}), "“" + folder + "/weg” is not a folder that can be opened; choose one.");
}

}  // namespace
}  // namespace meerstem::documents
