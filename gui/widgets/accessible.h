#pragma once

#include <wx/string.h>
#include <wx/window.h>

namespace meerstem::gui {

/// The name and description that assistive technology reads. wx sets neither on GTK, so this speaks to GTK itself.
void SetAccessibleName(wxWindow* window, const wxString& name, const wxString& description = {});

}  // namespace meerstem::gui
