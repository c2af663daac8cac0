#pragma once

#include <wx/choice.h>

namespace meerstem::gui {

/// A letter goes to the next entry that begins with it, as in the lists of other desktops; GTK opens a list only.
void ChooseByLetter(wxChoice& choice);

}  // namespace meerstem::gui
