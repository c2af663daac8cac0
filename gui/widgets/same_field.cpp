#include "gui/widgets/same_field.h"

#include <algorithm>

namespace meerstem::gui {
namespace {

bool SameChoices(const std::vector<Choice>& a, const std::vector<Choice>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const Choice& x, const Choice& y) { return x.key == y.key && x.label == y.label; });
}

bool SameEdit(const std::optional<view::Edit>& a, const std::optional<view::Edit>& b) {
  if (!a || !b) return !a && !b;
  return a->command == b->command && a->bound == b->bound && a->parameter == b->parameter && a->type == b->type && SameChoices(a->choices, b->choices);
}

bool SameActions(const std::vector<view::Action>& a, const std::vector<view::Action>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const view::Action& x, const view::Action& y) { return x.label == y.label && x.command == y.command && x.bound == y.bound; });
}

bool SameValue(const view::Cell& a, const view::Cell& b) { return a.value == b.value && a.state == b.state && a.why == b.why && a.parts == b.parts && a.alternative == b.alternative; }

}  // namespace

bool SameField(const view::Field& a, const view::Field& b) {
  return a.key == b.key && a.section == b.section && a.label == b.label && a.help == b.help && a.type == b.type && a.error == b.error && a.remark_text == b.remark_text &&
         a.entities == b.entities && SameValue(a.value, b.value) && SameChoices(a.choices, b.choices) && SameActions(a.actions, b.actions) && SameEdit(a.edit, b.edit) &&
         SameEdit(a.remark, b.remark);
}

bool SameQuestions(const view::Form& a, const view::Form& b) {
  return SameActions(a.actions, b.actions) &&
         std::equal(a.sections.begin(), a.sections.end(), b.sections.begin(), b.sections.end(), [](const view::Section& x, const view::Section& y) { return x.key == y.key && x.label == y.label; }) &&
         std::equal(a.fields.begin(), a.fields.end(), b.fields.begin(), b.fields.end(), [](const view::Field& x, const view::Field& y) { return x.key == y.key && x.section == y.section; });
}

}  // namespace meerstem::gui
