#include "gui/widgets/same_field.h"

#include <gtest/gtest.h>

namespace meerstem::gui {
namespace {

view::Field Question() {
  view::Field field{.key = "wonen", .section = "huis", .label = Say("Dwelling"), .type = ParameterType::kChoice};
  field.choices = {{"1", Say("poor")}, {"2", Say("good")}};
  field.value = {.value = std::int64_t{1}, .state = view::State::kCarried, .why = Say("since long")};
  field.edit = view::Edit{.command = "answer", .parameter = "value"};
  field.actions = {{Say("Confirm"), "confirm", {}}};
  return field;
}

TEST(SameField, WhatIsSeenOrSentMakesADifference) {
  const view::Field field = Question();
  EXPECT_TRUE(SameField(field, Question()));
  const auto differs = [&](auto change) {
    view::Field other = Question();
    change(other);
    return !SameField(field, other);
  };
  EXPECT_TRUE(differs([](view::Field& f) { f.value.state = view::State::kValue; }));
  EXPECT_TRUE(differs([](view::Field& f) { f.value.value = std::int64_t{2}; }));
  EXPECT_TRUE(differs([](view::Field& f) { f.value.why = Say("since yesterday"); }));
  EXPECT_TRUE(differs([](view::Field& f) { f.error = Say("missing"); }));
  EXPECT_TRUE(differs([](view::Field& f) { f.choices[1].label = Say("fine"); }));
  EXPECT_TRUE(differs([](view::Field& f) { f.actions.clear(); }));
  EXPECT_TRUE(differs([](view::Field& f) { f.edit->bound.Set("item", std::string("x")); }));
  EXPECT_TRUE(differs([](view::Field& f) { f.edit.reset(); }));
  EXPECT_TRUE(differs([](view::Field& f) { f.remark = view::Edit{.command = "remark"}; }));
  EXPECT_TRUE(differs([](view::Field& f) { f.remark_text = Say("moved"); }));
}

TEST(SameQuestions, AnswersDoNotCountQuestionsAndTheirOrderDo) {
  view::Form form{.sections = {{"huis", Say("House")}}, .fields = {Question(), Question()}};
  form.fields[1].key = "geld";
  view::Form other = form;
  other.fields[0].value.value = std::int64_t{2};
  EXPECT_TRUE(SameQuestions(form, other));
  std::swap(other.fields[0], other.fields[1]);
  EXPECT_FALSE(SameQuestions(form, other));
  other = form;
  other.fields.pop_back();
  EXPECT_FALSE(SameQuestions(form, other));
  other = form;
  other.sections[0].label = Say("Home");
  EXPECT_FALSE(SameQuestions(form, other));
  other = form;
  other.actions = {{Say("Close"), "close", {}}};
  EXPECT_FALSE(SameQuestions(form, other));
}

}  // namespace
}  // namespace meerstem::gui
