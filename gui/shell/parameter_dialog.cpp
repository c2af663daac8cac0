#include "gui/shell/parameter_dialog.h"

#include <algorithm>
#include <utility>

#include <wx/button.h>
#include <wx/scrolwin.h>
#include <wx/settings.h>
#include <wx/sizer.h>
#include <wx/stattext.h>
#include <wx/textctrl.h>
#include <wx/weakref.h>

#include "gui/shell/tr.h"
#include "gui/shell/zoom.h"

namespace meerstem::gui {

ParameterDialog::ParameterDialog(wxWindow* parent, Session& session, const Command& command, const Arguments& known, Doing doing)
    : wxDialog(parent, wxID_ANY, Shown(command.label), wxDefaultPosition, wxDefaultSize, wxDEFAULT_DIALOG_STYLE | wxRESIZE_BORDER),
      session_(session),
      command_(command.id),
      known_(known),
      doing_(std::move(doing)) {
  const int gap = FromDIP(10);
  auto* column = new wxBoxSizer(wxVERTICAL);
  wxStaticText* help = nullptr;
  if (!command.help.empty()) {
    help = new wxStaticText(this, wxID_ANY, Plain(Shown(command.help)));
    column->Add(help, wxSizerFlags().Border(wxLEFT | wxRIGHT | wxTOP, gap + FromDIP(4)));
  }
  body_ = new wxScrolledWindow(this, wxID_ANY, wxDefaultPosition, wxDefaultSize, wxVSCROLL | wxTAB_TRAVERSAL);
  body_->SetScrollRate(0, FromDIP(12));
  auto* grid = new wxFlexGridSizer(2, wxSize(FromDIP(12), FromDIP(8)));
  grid->AddGrowableCol(1, 1);
  // What must be filled in stands above what may be.
  for (const bool required : {true, false}) {
    for (const auto& parameter : command.parameters) {
      if (parameter.required != required || !ParameterField::HasControl(parameter) || known.Has(parameter.name)) continue;
      AddLine(body_, grid, parameter);
    }
  }
  auto* padding = new wxBoxSizer(wxVERTICAL);
  padding->Add(grid, wxSizerFlags(1).Expand().Border(wxALL, gap));
  body_->SetSizer(padding);
  LayOutAnew(body_);
  FitBody();
  // As wide as what stands below it: with large letters that is more.
  if (help) help->Wrap(std::max(FromDIP(560), body_->GetMinSize().x - 2 * (gap + FromDIP(4))));
  column->Add(body_, wxSizerFlags(1).Expand());
  error_ = new wxStaticText(this, wxID_ANY, wxString());
  error_->Hide();
  column->Add(error_, wxSizerFlags().Expand().Border(wxLEFT | wxRIGHT | wxBOTTOM, gap + FromDIP(4)));

  auto* buttons = new wxBoxSizer(wxHORIZONTAL);
  preview_ = new wxButton(this, wxID_ANY, Tr("Preview…"));
  // Not wxID_CANCEL: GTK would put its own word there, in the system's language.
  auto* cancel = new wxButton(this, wxID_ANY, Tr("Cancel"));
  SetEscapeId(cancel->GetId());
  cancel->Bind(wxEVT_BUTTON, [this](wxCommandEvent&) { EndModal(wxID_CANCEL); });
  ok_ = new wxButton(this, wxID_OK, Tr("OK"));
  ok_->SetDefault();
  buttons->Add(preview_, wxSizerFlags().Border(wxRIGHT, gap));
  buttons->AddStretchSpacer();
  buttons->Add(cancel, wxSizerFlags().Border(wxRIGHT, gap));
  buttons->Add(ok_);
  column->Add(buttons, wxSizerFlags().Expand().Border(wxALL, gap));
  SetSizerAndFit(column);
  CentreOnParent();

  ok_->Bind(wxEVT_BUTTON, [this](wxCommandEvent&) { Submit(); });
  preview_->Bind(wxEVT_BUTTON, [this](wxCommandEvent&) { Preview(); });
  Bind(wxEVT_CHAR_HOOK, &ParameterDialog::OnKey, this);
  if (!lines_.empty()) lines_.front().field->focus()->SetFocus();
}

ParameterDialog::~ParameterDialog() {
  for (const auto& key : drafts_) session_.drafts().Forget(key);
  if (task_) task_->job.Cancel();
}

void ParameterDialog::AddLine(wxWindow* parent, wxSizer* grid, const Parameter& parameter) {
  wxString label = Shown(parameter.label);
  if (parameter.required) label = Tr("{0} (needed)", parameter.label);
  auto* name = new wxStaticText(parent, wxID_ANY, parameter.type == ParameterType::kBoolean ? wxString() : Plain(label));
  auto field = std::make_unique<ParameterField>(parent, parameter, session_, ParameterField::Room::kDialog,
                                                ParameterField::Told{[](bool) {}, [this] {
                                                                       FitBody();
                                                                       Grow();
                                                                     }});
  field->Load({});
  KeepDraft(*field);
  auto* cell = new wxBoxSizer(wxVERTICAL);
  cell->Add(field->sizer(), wxSizerFlags().Expand());
  if (!parameter.help.empty()) {
    auto* help = new wxStaticText(parent, wxID_ANY, Plain(Shown(parameter.help)));
    help->SetForegroundColour(wxSystemSettings::GetColour(wxSYS_COLOUR_GRAYTEXT));
    help->Wrap(FromDIP(380));
    cell->Add(help, wxSizerFlags().Border(wxTOP, FromDIP(2)));
  }
  auto* error = new wxStaticText(parent, wxID_ANY, wxString());
  error->SetForegroundColour(wxColour(0xB0, 0x1E, 0x1E));
  error->Hide();
  cell->Add(error, wxSizerFlags().Border(wxTOP, FromDIP(2)));
  grid->Add(name, wxSizerFlags().Border(wxTOP, FromDIP(6)));
  grid->Add(cell, wxSizerFlags(1).Expand());
  lines_.push_back({std::move(field), error});
}

/// Long texts survive the end of the program: the same dialog opens with them. OK and Cancel both let go of them.
void ParameterDialog::KeepDraft(ParameterField& field) {
  if (field.parameter().type != ParameterType::kProse) return;
  auto* text = dynamic_cast<wxTextCtrl*>(field.focus());
  if (!text) return;
  const std::string key = DraftKey(command_, known_, field.parameter().name);
  if (const auto draft = session_.drafts().Recall(key)) text->ChangeValue(ToWx(*draft));
  text->Bind(wxEVT_TEXT, [this, text, key](wxCommandEvent& event) {
    event.Skip();
    session_.drafts().Keep(key, FromWx(text->GetValue()));
  });
  drafts_.push_back(key);
}

ParameterField* ParameterDialog::Field(const std::string& name) const {
  for (const auto& line : lines_) {
    if (line.field->parameter().name == name) return line.field.get();
  }
  return nullptr;
}

wxString ParameterDialog::error() const { return error_->IsShown() ? error_->GetLabelText() : wxString(); }

bool ParameterDialog::Collect(Arguments& into) {
  ParameterField* first_wrong = nullptr;
  for (const auto& line : lines_) {
    const Message wrong = line.field->Store(into);
    line.error->SetLabel(Plain(Shown(wrong)));
    line.error->Wrap(FromDIP(380));
    line.error->Show(!wrong.empty());
    if (!wrong.empty() && !first_wrong) first_wrong = line.field.get();
  }
  body_->Layout();
  FitBody();
  Grow();
  if (first_wrong) first_wrong->focus()->SetFocus();
  return first_wrong == nullptr;
}

void ParameterDialog::ShowError(const wxString& words) {
  error_->SetLabel(words.empty() ? wxString() : Plain(ToWx("⚠ ") + words));
  error_->Wrap(std::max(GetClientSize().x - FromDIP(30), FromDIP(300)));
  error_->Show(!words.empty());
  Grow();
}

void ParameterDialog::FitBody() {
  const wxSize wanted = body_->GetSizer()->GetMinSize();
  body_->SetMinSize(wxSize(std::max(wanted.x + FromDIP(20), FromDIP(520)), std::min(wanted.y, FromDIP(520))));
}

/// For a sentence, or for choices that came; gives back no room that the user made.
void ParameterDialog::Grow() {
  if (!GetSizer()) return;
  body_->FitInside();
  Layout();
  const wxSize best = GetBestSize();
  SetSize(wxSize(std::max(best.x, GetSize().x), std::max(best.y, GetSize().y)));
}

void ParameterDialog::Refuse(const Message& why) {
  refused_ = true;
  ok_->Disable();
  preview_->Disable();
  ShowError(Shown(why));
}

void ParameterDialog::Begin(std::shared_ptr<Task> task) {
  task_ = std::move(task);
  // A button that is greyed leaves the keyboard nowhere.
  if (task_ && (ok_->HasFocus() || preview_->HasFocus()) && !lines_.empty()) {
    pressed_ = ok_->HasFocus() ? ok_ : preview_;
    lines_.front().field->focus()->SetFocus();
  }
  ok_->Enable(!task_ && !refused_);
  preview_->Enable(!task_ && !refused_);
  ok_->SetLabel(task_ ? Tr("Working…") : Tr("OK"));
  if (!task_ && pressed_) std::exchange(pressed_, nullptr)->SetFocus();
}

void ParameterDialog::Submit() {
  if (task_ || refused_) return;
  Arguments arguments = known_;
  ShowError({});
  if (Collect(arguments)) Start(arguments);
}

void ParameterDialog::Start(const Arguments& arguments) {
  const wxWeakRef<wxDialog> self(this);
  Begin(doing_.run(arguments, [this, self](const Error* error) {
    if (!self) return;
    Begin(nullptr);
    if (error) ShowError(Shown(error->message()));
    else EndModal(wxID_OK);
  }));
}

void ParameterDialog::Preview() {
  if (task_ || refused_) return;
  Arguments arguments = known_;
  ShowError({});
  if (!Collect(arguments)) return;
  const wxWeakRef<wxDialog> self(this);
  Begin(doing_.preview(
      arguments,
      [this, self](const Error* error) {
        if (!self) return;
        Begin(nullptr);
        if (error) ShowError(Shown(error->message()));
      },
      [this, self](const Arguments& only) {
        if (self && !task_) Start(only);
      }));
}

void ParameterDialog::OnKey(wxKeyEvent& event) {
  const int key = event.GetKeyCode();
  if ((key == WXK_RETURN || key == WXK_NUMPAD_ENTER) && event.ControlDown()) return Submit();
  if (key == WXK_ESCAPE && task_) {
    // The first Esc stops the work, the next closes the dialog.
    task_->job.Cancel();
    return;
  }
  event.Skip();
}

}  // namespace meerstem::gui
