#include "gui/widgets/empty_panel.h"

#include <wx/button.h>
#include <wx/sizer.h>
#include <wx/stattext.h>

#include "gui/widgets/accessible.h"
#include "gui/widgets/strings.h"
#include "gui/widgets/theme.h"
#include "gui/widgets/wrapped_text.h"

namespace meerstem::gui {

EmptyPanel::EmptyPanel(wxWindow* parent, WidgetHost& host) : wxPanel(parent), host_(host) {}

void EmptyPanel::Show(const view::Model& model) {
  DestroyChildren();
  auto* column = new wxBoxSizer(wxVERTICAL);
  const wxString sentence = ToWx(host_.language()(model.empty.empty() ? Say("There is nothing to show here.") : model.empty));
  SetAccessibleName(this, sentence);
  auto* text = new WrappedText(this, sentence, wxALIGN_CENTRE_HORIZONTAL);
  column->AddStretchSpacer(2);
  column->Add(text, wxSizerFlags().Expand().Border(wxALL, 16));
  for (const auto& action : model.actions) {
    auto* button = new wxButton(this, wxID_ANY, ToWx(host_.language()(action.label)));
    button->Bind(wxEVT_BUTTON, [this, command = action.command, bound = action.bound](wxCommandEvent&) { host_.Execute(command, bound); });
    column->Add(button, wxSizerFlags().Centre().Border(wxALL, 4));
  }
  column->AddStretchSpacer(3);
  SetSizer(column);
  ApplyFont(this, host_.zoom());
  Layout();
}

}  // namespace meerstem::gui
