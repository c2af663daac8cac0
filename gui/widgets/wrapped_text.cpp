#include "gui/widgets/wrapped_text.h"

#include <gtk/gtk.h>

#include <wx/arrstr.h>
#include <wx/sizer.h>

namespace meerstem::gui {

WrappedText::WrappedText(wxWindow* parent, const wxString& text, long style)
    : wxStaticText(parent, wxID_ANY, wxString(), wxDefaultPosition, wxDefaultSize, style | wxST_NO_AUTORESIZE), text_(text) {
  SetLabelText(text);
  SetMinSize(wxSize(40, -1));
  Bind(wxEVT_SIZE, &WrappedText::OnSize, this);
}

void WrappedText::SetText(const wxString& text) {
  if (text == text_) return;
  text_ = text;
  const int width = wrapped_;
  wrapped_ = -1;
  SetLabelText(text_);
  if (width > 0) WrapTo(width);
}

void WrappedText::WrapTo(int width) {
  if (width <= 0) return;
  wrapped_ = width;
  SetLabelText(text_);
  Wrap(width);
  InvalidateBestSize();
  const int height = wxControl::DoGetBestSize().GetHeight();
  if (height != GetMinSize().GetHeight()) SetMinSize(wxSize(40, height));
}

void WrappedText::OnSize(wxSizeEvent& event) {
  event.Skip();
  const int width = event.GetSize().GetWidth();
  if (width == wrapped_ || width <= 40) return;
  const int before = GetMinSize().GetHeight();
  WrapTo(width);
  if (GetMinSize().GetHeight() != before && GetParent()) {
    // The height follows the width: lay out again once this round is over.
    GetParent()->CallAfter([parent = GetParent()] {
      parent->Layout();
      if (parent->GetParent()) parent->GetParent()->SendSizeEvent();
    });
  }
}

wxString Folded(const wxWindow& window, const wxString& label, int width) {
  wxString whole, line;
  for (const wxString& word : wxSplit(label, ' ')) {
    const wxString longer = line.empty() ? word : line + wxASCII_STR(" ") + word;
    if (!line.empty() && window.GetTextExtent(longer).x > width) {
      whole += line + wxASCII_STR("\n");
      line = word;
    } else {
      line = longer;
    }
  }
  return whole + line;
}

void SetEllipsized(wxButton& button, const wxString& label) {
  button.SetLabel(label);
  // GTK makes a new label each time.
  GtkWidget* inside = gtk_bin_get_child(GTK_BIN(button.GetHandle()));
  if (GTK_IS_LABEL(inside)) gtk_label_set_ellipsize(GTK_LABEL(inside), PANGO_ELLIPSIZE_END);
}

void GiveRoom(wxAnyButton& button) {
  static GtkCssProvider* provider = [] {
    GtkCssProvider* made = gtk_css_provider_new();
    gtk_css_provider_load_from_data(made, "button { padding: 2px 8px; }", -1, nullptr);
    return made;
  }();
  // Over the style of wx, which takes all of it away.
  gtk_style_context_add_provider(gtk_widget_get_style_context(button.GetHandle()), GTK_STYLE_PROVIDER(provider), GTK_STYLE_PROVIDER_PRIORITY_USER);
  button.InvalidateBestSize();
}

}  // namespace meerstem::gui
