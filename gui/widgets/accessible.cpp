#include "gui/shell/accessible.h"

#include <gtk/gtk.h>

namespace meerstem::gui {

void SetAccessibleName(wxWindow* window, const wxString& name, const wxString& description) {
  if (!window || !window->GetHandle()) return;
  AtkObject* accessible = gtk_widget_get_accessible(window->GetHandle());
  if (!accessible) return;
  atk_object_set_name(accessible, name.utf8_str());
  if (!description.empty()) atk_object_set_description(accessible, description.utf8_str());
}

}  // namespace meerstem::gui
