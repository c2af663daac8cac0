#include "gui/shell/start_page.h"

#include <filesystem>

#include <wx/button.h>
#include <wx/listbox.h>
#include <wx/settings.h>
#include <wx/sizer.h>
#include <wx/stattext.h>

#include "gui/widgets/accessible.h"
#include "gui/shell/tr.h"

namespace meerstem::gui {

StartPage::StartPage(wxWindow* parent, std::vector<std::string> recent, Doors doors)
    : wxPanel(parent), recent_(std::move(recent)), doors_(std::move(doors)) {
  auto* column = new wxBoxSizer(wxVERTICAL);
  auto* name = new wxStaticText(this, wxID_ANY, ToWx("Meerstem"));
  name->SetFont(GetFont().Bold().Scaled(2.2f));
  auto* purpose = new wxStaticText(this, wxID_ANY, Tr("Many voices: a workbench for lived experience and numbers in one study."));
  purpose->Wrap(FromDIP(460));
  column->Add(name, wxSizerFlags().Border(wxBOTTOM, FromDIP(4)));
  column->Add(purpose, wxSizerFlags().Border(wxBOTTOM, FromDIP(24)));

  auto* buttons = new wxBoxSizer(wxHORIZONTAL);
  auto* make = new wxButton(this, wxID_ANY, Tr("New study…"));
  auto* open = new wxButton(this, wxID_ANY, Tr("Open…"));
  make->Bind(wxEVT_BUTTON, [this](wxCommandEvent&) { doors_.make(); });
  open->Bind(wxEVT_BUTTON, [this](wxCommandEvent&) { doors_.open(); });
  buttons->Add(make, wxSizerFlags().Border(wxRIGHT, FromDIP(8)));
  buttons->Add(open);
  column->Add(buttons, wxSizerFlags().Border(wxBOTTOM, FromDIP(24)));

  column->Add(new wxStaticText(this, wxID_ANY, Tr("Recent studies")), wxSizerFlags().Border(wxBOTTOM, FromDIP(6)));
  if (recent_.empty()) {
    auto* none = new wxStaticText(this, wxID_ANY, Tr("None yet. A study is one file; everything in it stays on this machine."));
    none->SetForegroundColour(wxSystemSettings::GetColour(wxSYS_COLOUR_GRAYTEXT));
    none->Wrap(FromDIP(460));
    column->Add(none);
    make->SetFocus();
  } else {
    wxArrayString labels;
    for (const auto& path : recent_) {
      const std::filesystem::path file(path);
      labels.push_back(ToWx(file.stem().string() + "    (" + file.parent_path().string() + ")"));
    }
    auto* list = new wxListBox(this, wxID_ANY, wxDefaultPosition, FromDIP(wxSize(460, 200)), labels);
    SetAccessibleName(list, Tr("Recent studies"));
    list->SetSelection(0);
    const auto take = [this, list] {
      const int index = list->GetSelection();
      if (index == wxNOT_FOUND) return;
      CallAfter([this, path = recent_[index]] { doors_.recent(path); });
    };
    list->Bind(wxEVT_LISTBOX_DCLICK, [take](wxCommandEvent&) { take(); });
    list->Bind(wxEVT_CHAR_HOOK, [take](wxKeyEvent& event) {
      if (event.GetKeyCode() == WXK_RETURN || event.GetKeyCode() == WXK_NUMPAD_ENTER) take();
      else event.Skip();
    });
    column->Add(list, wxSizerFlags().Expand());
    list->SetFocus();
  }
  auto* outer = new wxBoxSizer(wxVERTICAL);
  outer->AddStretchSpacer(1);
  outer->Add(column, wxSizerFlags().CentreHorizontal().Border(wxALL, FromDIP(24)));
  outer->AddStretchSpacer(2);
  SetSizer(outer);
}

}  // namespace meerstem::gui
