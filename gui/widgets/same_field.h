#pragma once

#include "core/view/model.h"

namespace meerstem::gui {

/// Whether two fields look the same and send the same, so that the controls of one serve the other.
bool SameField(const view::Field& a, const view::Field& b);
/// Whether two forms ask the same questions in the same places, whatever the answers.
bool SameQuestions(const view::Form& a, const view::Form& b);

}  // namespace meerstem::gui
