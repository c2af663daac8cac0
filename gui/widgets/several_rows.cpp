#include "gui/widgets/several_rows.h"

#include <gtk/gtk.h>

namespace meerstem::gui {
namespace {

/// What is pressed and not yet let go; belongs to the tree view.
struct Press {
  GtkTreePath* path = nullptr;
};

gboolean Never(GtkTreeSelection*, GtkTreeModel*, GtkTreePath*, gboolean, gpointer) { return FALSE; }

/// wx has this function for itself at other moments, and wants to find it unset.
void Hold(GtkTreeSelection* selection, Press& press, GtkTreePath* path) {
  press.path = path;
  gtk_tree_selection_set_select_function(selection, Never, nullptr, nullptr);
}

void Forget(Press& press) {
  if (press.path) gtk_tree_path_free(press.path);
  press.path = nullptr;
}

void LetGo(GtkTreeSelection* selection, Press& press) {
  if (press.path) gtk_tree_selection_set_select_function(selection, nullptr, nullptr, nullptr);
  Forget(press);
}

gboolean Pressed(GtkWidget* widget, GdkEventButton* event, gpointer data) {
  Press& press = *static_cast<Press*>(data);
  GtkTreeView* view = GTK_TREE_VIEW(widget);
  LetGo(gtk_tree_view_get_selection(view), press);
  if (event->type != GDK_BUTTON_PRESS || event->button != 1 || event->window != gtk_tree_view_get_bin_window(view)) return FALSE;
  if (event->state & (GDK_SHIFT_MASK | GDK_CONTROL_MASK)) return FALSE;
  GtkTreeSelection* selection = gtk_tree_view_get_selection(view);
  if (gtk_tree_selection_count_selected_rows(selection) < 2) return FALSE;
  const int x = static_cast<int>(event->x), y = static_cast<int>(event->y);
  GtkTreePath* path = nullptr;
  GtkTreeViewColumn* column = nullptr;
  if (!gtk_tree_view_get_path_at_pos(view, x, y, &path, &column, nullptr, nullptr)) return FALSE;
  GdkRectangle cell;
  gtk_tree_view_get_cell_area(view, path, column, &cell);
  const bool on_expander = column == gtk_tree_view_get_expander_column(view) && x < cell.x;
  if (on_expander || !gtk_tree_selection_path_is_selected(selection, path)) {
    gtk_tree_path_free(path);
    return FALSE;
  }
  Hold(selection, press, path);
  return FALSE;
}

gboolean Released(GtkWidget* widget, GdkEventButton*, gpointer data) {
  Press& press = *static_cast<Press*>(data);
  if (!press.path) return FALSE;
  GtkTreeSelection* selection = gtk_tree_view_get_selection(GTK_TREE_VIEW(widget));
  GtkTreePath* path = gtk_tree_path_copy(press.path);
  LetGo(selection, press);
  gtk_tree_selection_unselect_all(selection);
  gtk_tree_selection_select_path(selection, path);
  gtk_tree_path_free(path);
  return FALSE;
}

void DragBegun(GtkWidget* widget, GdkDragContext*, gpointer data) {
  LetGo(gtk_tree_view_get_selection(GTK_TREE_VIEW(widget)), *static_cast<Press*>(data));
}

void Gone(gpointer data, GClosure*) {
  Forget(*static_cast<Press*>(data));
  delete static_cast<Press*>(data);
}

}  // namespace

void KeepRowsWhileDragging(wxDataViewCtrl& list) {
  GtkWidget* view = list.GtkGetTreeView();
  auto* press = new Press;
  g_signal_connect_data(view, "button-press-event", G_CALLBACK(Pressed), press, Gone, GConnectFlags(0));
  g_signal_connect(view, "button-release-event", G_CALLBACK(Released), press);
  g_signal_connect(view, "drag-begin", G_CALLBACK(DragBegun), press);
}

}  // namespace meerstem::gui
