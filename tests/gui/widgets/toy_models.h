#pragma once

#include <memory>
#include <string>

#include "core/view/model.h"

namespace meerstem::gui::testing {

/// Rich models of every kind with long Dutch labels, every cell state, edits, targets, actions and drops.
std::shared_ptr<const view::Model> ToyTable();
/// A table of a million rows made when looked at.
std::shared_ptr<const view::Model> ToyLargeTable(std::size_t rows);
std::shared_ptr<const view::Model> ToyTree();
std::shared_ptr<const view::Model> ToyMatrix();
std::shared_ptr<const view::Model> ToyChart(view::ChartKind kind);
/// `repeat`: how many times the conversation stands in the text.
std::shared_ptr<const view::Model> ToyText(int repeat = 1);
std::shared_ptr<const view::Model> ToyProse();
std::shared_ptr<const view::Model> ToyForm();
std::shared_ptr<const view::Model> ToyEmpty(view::Kind kind);
std::shared_ptr<const view::Model> ToyModel(const std::string& name);
Id ToyId(int number);

}  // namespace meerstem::gui::testing
