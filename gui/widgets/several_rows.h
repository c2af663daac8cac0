#pragma once

#include <wx/dataview.h>

namespace meerstem::gui {

/// GTK lets the other rows go as soon as one of the chosen ones is pressed, so that never more than one can be dragged.
/// With this they stay until the button is up again without a drag.
void KeepRowsWhileDragging(wxDataViewCtrl& list);

}  // namespace meerstem::gui
