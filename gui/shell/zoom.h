#pragma once

#include <wx/menu.h>
#include <wx/window.h>

namespace meerstem::gui {

/// Makes everything native (menus, navigator, tabs, bars, dialogs) as large as the views: the font that GTK gives this
/// program, `zoom` times the desktop's. Windows that are there already are laid out anew by LayOutAnew.
void ZoomNativeFonts(double zoom);
/// GTK makes a window at least as wide as its menu bar: titles that would not fit in `width` are set smaller.
void FitMenuBar(const wxMenuBar& bar, double zoom, int width);
/// After a change of font: sizes that were remembered are asked for again, everywhere below `window`.
void LayOutAnew(wxWindow* window);

}  // namespace meerstem::gui
