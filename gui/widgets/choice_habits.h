#pragma once

#include <wx/choice.h>

namespace meerstem::gui {

/// A letter goes to the next entry that begins with it, as in the lists of other desktops; and the wheel scrolls what the
/// choice stands in, where GTK would change an answer that nobody looks at.
void GiveHabits(wxChoice& choice);

}  // namespace meerstem::gui
