#include "gui/shell/preview_dialog.h"

#include <algorithm>

#include <wx/button.h>
#include <wx/display.h>
#include <wx/sizer.h>
#include <wx/stattext.h>

#include "gui/shell/tr.h"

namespace meerstem::gui {

PreviewDialog::PreviewDialog(wxWindow* parent, Session& session, double zoom, std::shared_ptr<const view::Model> model, bool takes_rows)
    : wxDialog(parent, wxID_ANY, Tr("Preview: {0}", model->title), wxDefaultPosition, wxDefaultSize, wxDEFAULT_DIALOG_STYLE | wxRESIZE_BORDER),
      session_(session),
      zoom_(zoom),
      language_(CurrentLanguage()) {
  auto* column = new wxBoxSizer(wxVERTICAL);
  const auto say = [&](const wxString& words) {
    if (words.empty()) return;
    auto* line = new wxStaticText(this, wxID_ANY, Plain(words));
    line->Wrap(FromDIP(700));
    column->Add(line, wxSizerFlags().Border(wxLEFT | wxRIGHT | wxTOP, FromDIP(10)));
  };
  say(Tr("Nothing has been changed yet. This is what it would do:"));
  say(Shown(model->population.description));
  for (const auto& note : model->notes) say(Shown(note));
  widget_ = MakeWidget(model->kind(), this, *this);
  column->Add(widget_->Window(), wxSizerFlags(1).Expand().Border(wxALL, FromDIP(10)));
  auto* close = new wxButton(this, wxID_CANCEL, Tr("Close"));
  auto* buttons = new wxBoxSizer(wxHORIZONTAL);
  if (takes_rows && !view::IsEmpty(*model)) {
    only_ = new wxButton(this, wxID_OK, Tr("Only the chosen rows"));
    only_->Disable();
    buttons->Add(only_, wxSizerFlags().Border(wxRIGHT, FromDIP(10)));
  }
  buttons->Add(close);
  column->Add(buttons, wxSizerFlags().Right().Border(wxLEFT | wxRIGHT | wxBOTTOM, FromDIP(10)));
  SetSizer(column);
  // Rows say why they would stay out in their last column: as wide as there is room for, up to what one line asks.
  const wxSize screen = wxDisplay(this).GetClientArea().GetSize();
  SetSize(std::min(screen.x - FromDIP(60), FromDIP(1180)), std::min(screen.y - FromDIP(60), FromDIP(560)));
  CentreOnScreen();
  widget_->Show(std::move(model), nullptr);
}

std::shared_ptr<void> PreviewDialog::Ask(std::function<void(Reading&, Job&)> look, std::function<void(const Error*)> answered) {
  return session_.Ask(Say("Preview"), std::move(look), std::move(answered));
}

void PreviewDialog::Selected(const Selection& selection) {
  rows_ = selection.rows;
  if (only_) only_->Enable(!rows_.empty());
}

}  // namespace meerstem::gui
