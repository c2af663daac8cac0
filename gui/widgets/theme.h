#pragma once

#include <string>

#include <wx/bitmap.h>
#include <wx/colour.h>
#include <wx/font.h>
#include <wx/window.h>

namespace meerstem::gui {

/// The colours of the desktop at this moment, light or dark, and what follows from them.
struct Theme {
  bool dark = false;
  wxColour text;
  wxColour quiet;       ///< Second-rank text, still readable.
  wxColour background;
  wxColour raised;      ///< Headings and panels on the background.
  wxColour line;
  wxColour selection;
  wxColour selection_text;
  wxColour accent;
  wxColour warning;
  static Theme Current();
};

/// `#RRGGBB`; not ok when it is something else.
wxColour ParseColour(const std::string& text);
/// `share` of `over` on `under`.
wxColour Blend(const wxColour& under, const wxColour& over, double share);
/// Black or white, whichever is easier to read on it.
wxColour ReadableOn(const wxColour& background);

/// The desktop's own font, as it was before the window was zoomed.
const wxFont& DesktopFont();
/// The desktop's font, `zoom` times as large.
wxFont ZoomedFont(double zoom);
/// The zoomed font on a window and everything in it; bold, italic and relative size of a child stay.
void ApplyFont(wxWindow* window, double zoom);

/// A square of a code's colour, with a border that stands out in light and dark.
wxBitmap Swatch(const wxColour& colour, int size);

}  // namespace meerstem::gui
