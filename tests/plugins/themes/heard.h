#pragma once

#include <gtest/gtest.h>

#include "core/study/deletion.h"
#include "core/study/display.h"
#include "plugins/themes/part.h"
#include "tests/support/conversation.h"

namespace meerstem::testing {

/// Three conversations: a coach and a family in the north, a coach in the south; one theme said by a coach and a family,
/// one said by nobody.
class HeardTest : public ::testing::Test {
 protected:
  explicit HeardTest(std::vector<TestStudy::Part> parts = {&themes::Register}) : study(std::move(parts)) {
    coach = AddConversation(study, "Coach noord", {{"Interviewer", "researcher", "Noord", "Vertel eens."}, {"Ann", "coach", "Noord", "Zij vertrouwt mij nu. Dat duurde lang."}});
    family = AddConversation(study, "Gezin noord", {{"Bea", "family", "Noord", "Ze komt als ik bel. Vertrouwen, nee, dat niet."}});
    south = AddConversation(study, "Coach zuid", {{"Cas", "coach", "Zuid", "De bus rijdt niet meer."}});
    trust = CodeWords(study, coach, "Zij vertrouwt mij nu.", "Vertrouwen");
    doubt = CodeWords(study, family, "Vertrouwen, nee, dat niet.", "Vertrouwen");
    near = CodeWords(study, family, "Ze komt als ik bel.", "Nabij");
    study.Do("themes.add-theme", {{"name", "Vertrouwen"}, {"code", "Vertrouwen"}});
    study.Do("themes.add-theme", {{"name", "Geld"}});
  }

  using Words = std::vector<std::vector<std::string>>;
  Words See(const std::string& view, const RawArguments& raw = {}) { return study.Words(study.See(view, raw)); }
  std::vector<view::Row> Rows(const std::string& view, const RawArguments& raw = {}) { return study.Rows(study.See(view, raw)); }
  const view::Matrix& Matrix(const std::string& view, const RawArguments& raw = {}) {
    model = study.See(view, raw);
    return std::get<view::Matrix>(model.body);
  }
  static std::string Say(const Message& message) { return (*Language::English())(message); }
  void Change(const std::function<void(Writing&)>& body) { study.store().Run({"test", meerstem::Say("Change"), study.actor()}, body); }
  void EditText(const Id& source, const std::string& from, const std::string& to) {
    Change([&](Writing& writing) {
      std::string text(TextOf(writing, source)->utf8());
      text.replace(text.find(from), from.size(), to);
      writing.Do("UPDATE source SET content_hash = ? WHERE id = ?", StoreContent(writing, text), source);
    });
  }
  /// Everything undone and redone is what it was, and whole.
  void ExpectReversible() {
    const std::string end = study.Dump();
    int steps = 0;
    for (; study.store().NextUndo(); ++steps) study.Undo();
    for (int i = 0; i < steps; ++i) study.Redo();
    EXPECT_EQ(study.Dump(), end);
    EXPECT_TRUE(study.store().Check().empty());
  }

  TestStudy study;
  Id coach, family, south, trust, doubt, near;
  view::Model model;
};

}  // namespace meerstem::testing
