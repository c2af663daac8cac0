#include "gui/shell/zoom.h"

#include <algorithm>

#include <gtk/gtk.h>
#include <wx/textctrl.h>

#include "gui/widgets/strings.h"
#include "gui/widgets/theme.h"
#include "gui/widgets/wrapped_text.h"

namespace meerstem::gui {

void ZoomNativeFonts(double zoom) {
  const wxString name = ZoomedFont(zoom).GetNativeFontInfoDesc();
  g_object_set(gtk_settings_get_default(), "gtk-font-name", static_cast<const char*>(name.utf8_str()), nullptr);
}

void FitMenuBar(const wxMenuBar& bar, double zoom, int width) {
  constexpr int kAround = 22;  // Of each title, in the themes of Debian.
  const wxFont font = ZoomedFont(zoom);
  int titles = 0;
  for (std::size_t i = 0; i < bar.GetMenuCount(); ++i) {
    int title = 0;
    bar.GetTextExtent(bar.GetMenuLabelText(i), &title, nullptr, nullptr, nullptr, &font);
    titles += title;
  }
  const int room = width - kAround * static_cast<int>(bar.GetMenuCount());
  const int percent = titles > room ? std::max(40, 100 * room / titles) : 100;
  static GtkCssProvider* provider = [] {
    GtkCssProvider* made = gtk_css_provider_new();
    gtk_style_context_add_provider_for_screen(gdk_screen_get_default(), GTK_STYLE_PROVIDER(made), GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
    return made;
  }();
  const std::string style = "menubar > menuitem > label { font-size: " + std::to_string(percent) + "%; }";
  gtk_css_provider_load_from_data(provider, style.c_str(), -1, nullptr);
}

void LayOutAnew(wxWindow* window) {
  window->InvalidateBestSize();
  if (const auto* text = dynamic_cast<wxTextCtrl*>(window); text && text->IsSingleLine()) {
    // GTK leaves a line of large letters no room around it.
    window->SetMinSize(wxSize(window->GetMinWidth(), std::max(window->GetBestSize().y, window->GetCharHeight() * 8 / 5)));
  }
  // Its height rests on the letters that it was wrapped with.
  if (auto* wrapped = dynamic_cast<WrappedText*>(window)) wrapped->WrapTo(window->GetSize().GetWidth());
  for (wxWindow* child : window->GetChildren()) LayOutAnew(child);
  if (window->GetSizer()) window->Layout();
}

}  // namespace meerstem::gui
