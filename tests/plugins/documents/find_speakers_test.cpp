// Texts that came in without speakers get them afterwards.
#include <gtest/gtest.h>

#include "core/study/people.h"
#include "core/study/sources.h"
#include "plugins/documents/part.h"
#include "tests/support/test_study.h"

namespace meerstem::testing {
namespace {

class FindSpeakers : public ::testing::Test {
 protected:
  Id Add(const std::string& title, const std::string& text) {
    Id source;
    study.store().Run({"test", Say("test"), study.actor()}, [&](Writing& writing) { source = AddSource(writing, {.title = title, .kind = "document", .content = StoreContent(writing, text)}); });
    return source;
  }
  std::int64_t Count(const std::string& table) { return study.store().Read()->Number("SELECT count(*) FROM " + table); }
  TestStudy study{{documents::Register}};
};

const char* const kTalk = "Interviewer: Hoe gaat het?\n\nAnn: Goed.\n\nInterviewer: En thuis?\n\nAnn: Ook goed, dank u.\n";

TEST_F(FindSpeakers, InEverySourceWithoutThem) {
  Add("Gesprek", kTalk);
  Add("Nota", "Niemand zegt hier iets.\n");
  study.Do("documents.find-speakers");
  EXPECT_EQ(Count("speaker"), 2);
  EXPECT_EQ(Count("turn"), 4);
  EXPECT_EQ(Count("speaker WHERE person_id IS NOT NULL"), 1) << "the interviewer is somebody at once";
  study.Do("documents.assign-speaker", {{"source", "Gesprek"}, {"label", "Ann"}, {"person", "Ann"}, {"stakeholder", "family"}});
  EXPECT_EQ(Count("speaker WHERE person_id IS NOT NULL"), 2);
  study.Undo();
  study.Undo();
  EXPECT_EQ(Count("speaker"), 0);
}

TEST_F(FindSpeakers, ShowsThemBeforehandAndDoesNothingTwice) {
  Add("Gesprek", kTalk);
  Job job;
  const Plan plan = study.engine().Prepare("documents.find-speakers", {}, job);
  EXPECT_EQ(study.Words(*plan.preview)[1], (std::vector<std::string>{"Gesprek", "Interviewer (2), Ann (2)"}));
  EXPECT_EQ(Count("speaker"), 0);
  study.Do("documents.find-speakers", {{"source", "Gesprek"}});
  EXPECT_NE(study.Refusal("documents.find-speakers", {{"source", "Gesprek"}}).find("already"), std::string::npos);
  EXPECT_NE(study.Refusal("documents.find-speakers").find("Every source"), std::string::npos);
}

}  // namespace
}  // namespace meerstem::testing
