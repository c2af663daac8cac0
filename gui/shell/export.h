#pragma once

#include "gui/shell/shell.h"
#include "gui/shell/view_pane.h"

namespace meerstem::gui {

/// Asks for a file and a format, says what in the view could identify somebody, and writes it as it stands there, on a
/// worker.
void ExportView(wxWindow* parent, Shell& shell, ViewPane& pane);

/// The same without asking; reports through the shell.
void WriteView(Shell& shell, std::shared_ptr<const view::Model> model, const std::string& format, const std::string& path);

}  // namespace meerstem::gui
