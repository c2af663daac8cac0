#include "gui/widgets/letter_choice.h"

namespace meerstem::gui {

void ChooseByLetter(wxChoice& choice) {
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
