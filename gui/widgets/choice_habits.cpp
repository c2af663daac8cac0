#include "gui/widgets/choice_habits.h"

#include <gtk/gtk.h>

namespace meerstem::gui {

namespace {

/// Not the choice's: it goes on to its parents.
gboolean Scrolled(GtkWidget* widget, GdkEvent*, gpointer) {
  g_signal_stop_emission_by_name(widget, "scroll-event");
  return FALSE;
}

}  // namespace

void GiveHabits(wxChoice& choice) {
  g_signal_connect(choice.GetHandle(), "scroll-event", G_CALLBACK(Scrolled), nullptr);
  choice.Bind(wxEVT_CHAR_HOOK, [&choice](wxKeyEvent& event) {
    const wxChar typed = event.GetUnicodeKey();
    const int count = static_cast<int>(choice.GetCount());
    if (typed <= WXK_SPACE || event.ControlDown() || event.AltDown() || count == 0) return event.Skip();
    const wxString letter = wxString(typed).Lower();
    const int from = choice.GetSelection();
    for (int step = 1; step <= count; ++step) {
      const int at = (from + step + count) % count;
      if (!choice.GetString(static_cast<unsigned int>(at)).Lower().StartsWith(letter)) continue;
      if (at != from) {
        choice.SetSelection(at);
        wxCommandEvent chosen(wxEVT_CHOICE, choice.GetId());
        chosen.SetEventObject(&choice);
        chosen.SetInt(at);
        choice.GetEventHandler()->ProcessEvent(chosen);
      }
      return;
    }
    event.Skip();
  });
}

}  // namespace meerstem::gui
