#include "gui/widgets/accessible.h"

#include <gtk/gtk.h>

namespace meerstem::gui {

namespace {

void Name(GtkWidget* widget, const wxString& name, const wxString& description) {
  AtkObject* accessible = gtk_widget_get_accessible(widget);
  if (!accessible) return;
  atk_object_set_name(accessible, name.utf8_str());
  if (!description.empty()) atk_object_set_description(accessible, description.utf8_str());
}

}  // namespace

void SetAccessibleName(wxWindow* window, const wxString& name, const wxString& description) {
  if (!window || !window->GetHandle()) return;
  Name(window->GetHandle(), name, description);
  // Lists, trees and texts of several lines stand in a scrolled frame: what has the keyboard is inside.
  if (!GTK_IS_SCROLLED_WINDOW(window->GetHandle())) return;
  if (GtkWidget* inside = gtk_bin_get_child(GTK_BIN(window->GetHandle()))) Name(inside, name, description);
}

}  // namespace meerstem::gui
