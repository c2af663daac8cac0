#pragma once

#include <functional>

#include <wx/window.h>

#include "gui/widgets/view_widget.h"

namespace meerstem::gui {

/// An edit in place over a cell: a text field, several lines for prose, or a choice. Enter sends the command with its
/// bound parameters and the new value, Escape lets go; leaving it sends too, as in any sheet. It ends itself.
/// `area` is in client coordinates of `parent`. `done` gives the focus back.
void EditInPlace(wxWindow* parent, const wxRect& area, WidgetHost& host, const view::Edit& edit, const std::string& value,
                 std::function<void()> done);

}  // namespace meerstem::gui
