#include <gtest/gtest.h>

#include <algorithm>

#include "core/base/language.h"
#include "core/study/deletion.h"
#include "core/study/quotes.h"
#include "tests/plugins/registrations/small_study.h"

namespace meerstem::registrations {
namespace {

constexpr const char* kFirst = "F1,,dwelling,2022-01-10,3,\nF1,A1,employment,2022-01-10,n/a,\nF1,A1,stress,2022-01-10,unknown,\nF1,K1,school,2022-01-10,4,\n";

bool Offers(const view::Field& field, const std::string& command) {
  return std::any_of(field.actions.begin(), field.actions.end(), [&](const view::Action& action) { return action.command == command; });
}

/// Does what a widget does: the field's own edit with a new value.
void Edit(SmallStudy& study, const view::Edit& edit, const std::string& value) {
  Arguments arguments = edit.bound;
  arguments.Set(edit.parameter, value);
  Job job;
  study.engine().Execute(edit.command, arguments, study.actor(), job);
}

class Entry : public ::testing::Test {
 protected:
  Entry() {
    study.Import(kFirst);
    study.Do("registrations.start", {{"case", "F1"}, {"date", "2022-07-10"}, {"occasion", "six months"}});
  }
  SmallStudy study;
  const std::string now = "F1 2022-07-10";
};

TEST_F(Entry, OpensOnWhatWasKnownLast) {
  EXPECT_EQ(study.Count("answer"), 4) << "nothing is copied";
  EXPECT_EQ(study.Field(now, "dwelling").value.state, view::State::kCarried);
  EXPECT_EQ(std::get<std::int64_t>(study.Field(now, "dwelling").value.value), 3);
  EXPECT_EQ(study.Field(now, "employment/A1").value.state, view::State::kNotApplicable);
  EXPECT_EQ(study.Field(now, "stress/A1").value.state, view::State::kUnknown);
  EXPECT_EQ(study.Field(now, "employment/A2").value.state, view::State::kEmpty) << "A2 joined in between";
  EXPECT_EQ(study.Form("F1 2022-01-10").fields.size(), 4u);
  EXPECT_EQ(study.Form(now).fields.size(), 6u);
  EXPECT_EQ(study.Field(now, "dwelling").choices.size(), 5u);
  EXPECT_EQ(study.Form(now).sections.size(), 4u);
}

TEST_F(Entry, TheNextUnansweredFieldMoves) {
  EXPECT_EQ(study.Form(now).next_unanswered, "stress/A1") << "an earlier unknown is asked again";
  Edit(study, *study.Field(now, "stress/A1").edit, "2");
  EXPECT_EQ(study.Form(now).next_unanswered, "employment/A2");
  study.Do("registrations.unknown", {{"registration", now}, {"item", "employment"}, {"person", "A2"}});
  EXPECT_EQ(study.Form(now).next_unanswered, "stress/A2") << "unknown is an answer here";
  Edit(study, *study.Field(now, "stress/A2").edit, "5");
  EXPECT_EQ(study.Form(now).next_unanswered, "");
}

TEST_F(Entry, ConfirmChangeAndTakeBack) {
  ASSERT_TRUE(Offers(study.Field(now, "dwelling"), "registrations.confirm"));
  study.Do("registrations.confirm", {{"registration", now}, {"item", "dwelling"}});
  EXPECT_EQ(study.Field(now, "dwelling").value.state, view::State::kValue);
  EXPECT_FALSE(Offers(study.Field(now, "dwelling"), "registrations.confirm"));
  EXPECT_EQ(study.store().Read()->Number("SELECT count(*) FROM answer WHERE status = 'confirmed' AND value = 3"), 1);
  Edit(study, *study.Field(now, "dwelling").edit, "5");
  EXPECT_EQ(study.History("F1")[0], "dwelling: 3 5");
  EXPECT_EQ(study.Count("answer"), 5) << "the same answer changes, no second one";
  study.Do("registrations.clear", {{"registration", now}, {"item", "dwelling"}});
  EXPECT_EQ(study.History("F1")[0], "dwelling: 3 3c");
  EXPECT_NE(study.Refusal("registrations.clear", {{"registration", now}, {"item", "dwelling"}}), "");
  EXPECT_NE(study.Refusal("registrations.confirm", {{"registration", now}, {"item", "stress"}, {"person", "A1"}}).find("nothing to confirm"), std::string::npos);
}

TEST_F(Entry, NotApplicableOnlyWhereTheItemAllowsIt) {
  EXPECT_FALSE(Offers(study.Field(now, "dwelling"), "registrations.not-applicable"));
  EXPECT_EQ(study.Refusal("registrations.not-applicable", {{"registration", now}, {"item", "dwelling"}}), "“dwelling” applies to everyone; it cannot be “not applicable”.");
  study.Do("registrations.not-applicable", {{"registration", now}, {"item", "school"}, {"person", "K1"}});
  EXPECT_EQ(study.Field(now, "school/K1").value.state, view::State::kNotApplicable);
  study.Do("registrations.confirm", {{"registration", now}, {"item", "employment"}, {"person", "A1"}});
  EXPECT_EQ(study.Field(now, "employment/A1").value.state, view::State::kNotApplicable);
  EXPECT_EQ(study.Count("answer WHERE status = 'not_applicable'"), 3);
}

TEST_F(Entry, WhatDoesNotFitIsRefused) {
  EXPECT_NE(study.Refusal("registrations.answer", {{"registration", now}, {"item", "stress"}, {"value", "3"}}).find("say whom with --person"), std::string::npos);
  EXPECT_NE(study.Refusal("registrations.answer", {{"registration", now}, {"item", "dwelling"}, {"person", "A1"}, {"value", "3"}}).find("about the household"), std::string::npos);
  EXPECT_NE(study.Refusal("registrations.answer", {{"registration", now}, {"item", "stress"}, {"person", "K1"}, {"value", "3"}}).find("not one of them in F1"), std::string::npos);
  EXPECT_NE(study.Refusal("registrations.answer", {{"registration", now}, {"item", "stress"}, {"person", "B1"}, {"value", "3"}}).find("not one of them in F1"), std::string::npos);
  EXPECT_NE(study.Refusal("registrations.answer", {{"registration", "F1 2022-01-10"}, {"item", "stress"}, {"person", "A2"}, {"value", "3"}}).find("was not a member of F1 on"),
            std::string::npos);
  EXPECT_NE(study.Refusal("registrations.answer", {{"registration", now}, {"item", "dwelling"}, {"value", "9"}}), "");
  EXPECT_NE(study.Refusal("registrations.start", {{"case", "F1"}, {"date", "2022-07-10"}}).find("has a registration on 10/07/2022 already"), std::string::npos);
}

TEST_F(Entry, ARemarkBecomesASource) {
  const auto field = study.Field(now, "dwelling");
  ASSERT_TRUE(field.remark);
  Edit(study, *field.remark, "Het dak lekt.\r\nAl maanden.");
  EXPECT_EQ(study.Field(now, "dwelling").remark_text, Verbatim("Het dak lekt.\nAl maanden."));
  EXPECT_EQ(study.Field(now, "dwelling").value.state, view::State::kCarried) << "a remark alone is no answer";
  EXPECT_EQ(study.Count("source WHERE kind = 'remark' AND title = 'F1 dwelling 2022-07-10'"), 1);
  Edit(study, *field.edit, "2");
  EXPECT_EQ(study.Count("answer WHERE remark_id IS NOT NULL AND value = 2"), 1);
  study.Do("registrations.clear", {{"registration", now}, {"item", "dwelling"}});
  EXPECT_EQ(study.Field(now, "dwelling").remark_text, Verbatim("Het dak lekt.\nAl maanden."));
  Edit(study, *field.remark, "Gemaakt.");
  EXPECT_EQ(study.Count("source"), 1);
  Edit(study, *field.remark, "");
  EXPECT_EQ(study.Count("source"), 0);
  EXPECT_EQ(study.Count("answer"), 4);
  EXPECT_NE(study.Refusal("registrations.remark", {{"registration", now}, {"item", "dwelling"}, {"text", " "}}), "");
}

TEST_F(Entry, AQuotedRemarkKeepsItsWords) {
  study.Do("registrations.remark", {{"registration", now}, {"item", "dwelling"}, {"text", "Het dak lekt."}});
  Id source;
  {
    auto reading = study.store().Read();
    auto row = reading->Query("SELECT id FROM source");
    ASSERT_TRUE(row.Step());
    source = row.GetId(0);
  }
  study.store().Run({"test", Say("Quote"), study.actor()}, [&](Writing& writing) { EnsureQuote(writing, {source, {0, 7}}); });
  EXPECT_NE(study.Refusal("registrations.remark", {{"registration", now}, {"item", "dwelling"}, {"text", "Anders"}}).find("quoted or coded"), std::string::npos);
}

TEST_F(Entry, DeletingARegistrationTakesItsRemarksAlong) {
  study.Do("registrations.answer", {{"registration", now}, {"item", "dwelling"}, {"value", "1"}});
  study.Do("registrations.remark", {{"registration", now}, {"item", "dwelling"}, {"text", "Het dak lekt."}});
  const std::string dump = study.Dump();
  study.Do("registrations.delete", {{"registration", now}});
  EXPECT_EQ(study.Count("source"), 0);
  EXPECT_EQ(study.History("F1")[0], "dwelling: 3");
  study.Undo();
  EXPECT_EQ(study.Dump(), dump);
}

TEST_F(Entry, EverythingIsUndoneAndRedone) {
  std::vector<std::string> dumps = {study.Dump()};
  const RawArguments place = {{"registration", now}, {"item", "school"}, {"person", "K1"}};
  const auto with = [&](const std::string& name, const std::string& value) {
    RawArguments arguments = place;
    arguments.emplace_back(name, value);
    return arguments;
  };
  const auto note = [&] { dumps.push_back(study.Dump()); };
  study.Do("registrations.confirm", place);
  note();
  study.Do("registrations.answer", with("value", "1"));
  note();
  study.Do("registrations.remark", with("text", "Gepest."));
  note();
  study.Do("registrations.remark", with("text", "Gepest, weer."));
  note();
  study.Do("registrations.not-applicable", place);
  note();
  study.Do("registrations.unknown", place);
  note();
  study.Do("registrations.clear", place);
  note();
  for (std::size_t i = dumps.size() - 1; i-- > 0;) {
    study.Undo();
    EXPECT_EQ(study.Dump(), dumps[i]) << i;
  }
  for (std::size_t i = 1; i < dumps.size(); ++i) {
    study.Redo();
    EXPECT_EQ(study.Dump(), dumps[i]) << i;
  }
  EXPECT_TRUE(study.store().Check().empty());
}

TEST_F(Entry, WithoutARegistrationTheFormSaysHowToStart) {
  const auto model = study.See("registrations.entry", {{"case", "F2"}});
  EXPECT_TRUE(view::IsEmpty(model));
  EXPECT_FALSE(model.empty.empty());
  ASSERT_EQ(model.actions.size(), 1u);
  EXPECT_EQ(model.actions[0].command, "registrations.start");
  EXPECT_TRUE(model.actions[0].bound.Has("case"));
}

TEST_F(Entry, OneDomainOnly) {
  const auto form = std::get<view::Form>(study.See("registrations.entry", {{"registration", now}, {"domain", "work"}}).body);
  EXPECT_EQ(form.fields.size(), 4u);
  EXPECT_EQ(form.sections.size(), 2u);
}

TEST_F(Entry, AnEarlierRegistrationDoesNotLookAhead) {
  study.Do("registrations.answer", {{"registration", now}, {"item", "dwelling"}, {"value", "5"}});
  study.Do("registrations.start", {{"case", "F1"}, {"date", "2022-04-10"}});
  EXPECT_EQ(std::get<std::int64_t>(study.Field("F1 2022-04-10", "dwelling").value.value), 3);
  EXPECT_EQ(study.History("F1")[0], "dwelling: 3 3c 5");
}

}  // namespace
}  // namespace meerstem::registrations
