#pragma once

#include <optional>
#include <string>

#include "core/base/language.h"
#include "core/view/model.h"

namespace meerstem::gui {

/// A cell as it is read: its words, and whether they are a state rather than a value (set in italics).
struct ShownCell {
  std::string text;
  bool quiet = false;
};

ShownCell ShowCell(const view::Cell& cell, view::ColumnType type, const Language& language);

/// The same on one line: line ends and tabs become spaces, so that a row stays a row in a list and on the clipboard.
std::string OneLine(std::string text);

/// Everything that is known of the cell: value in full, state with its reason, the other counts. For a tooltip, a
/// details line and assistive technology.
std::string DescribeCell(const view::Cell& cell, view::ColumnType type, const Language& language);

/// Numbers stand right.
bool IsNumeric(view::ColumnType type);

/// The value as it would be typed in an editor: no grouping, dates as in Language::Day, messages in the language.
std::string EditText(const view::Cell& cell, const Language& language);

/// What was typed, as the argument of the edit's type. Empty when it cannot be read so.
std::optional<ArgumentValue> ReadEdit(const view::Edit& edit, const std::string& typed);

}  // namespace meerstem::gui
