#include "gui/shell/view_pane.h"

#include <algorithm>
#include <utility>

#include <wx/button.h>
#include <wx/settings.h>
#include <wx/sizer.h>
#include <wx/stattext.h>
#include <wx/textctrl.h>
#include <wx/weakref.h>

#include "gui/widgets/accessible.h"
#include "gui/shell/tr.h"
#include "gui/shell/zoom.h"
#include "gui/widgets/theme.h"
#include "gui/widgets/wrapped_text.h"

namespace meerstem::gui {

ViewPane::ViewPane(wxWindow* parent, Shell& shell, std::string view, Arguments arguments)
    : wxPanel(parent), shell_(shell), view_(std::move(view)), description_(shell.session().engine().ViewOf(view_)), language_(CurrentLanguage()) {
  arguments_ = std::move(arguments);
  auto* column = new wxBoxSizer(wxVERTICAL);
  SetSizer(column);
  MakeHeader();
  bar_ = new ParameterBar(this, description_, shell_.session(), [this](const Arguments& changed) {
    arguments_ = changed;
    Build();
  });
  bar_->Show(!bar_->empty());
  column->Add(header_, wxSizerFlags().Expand().Border(wxALL, FromDIP(10)));
  column->Add(bar_, wxSizerFlags().Expand().Border(wxLEFT | wxRIGHT, FromDIP(10)));
  sentence_ = new WrappedText(this, wxString());
  column->Add(sentence_, wxSizerFlags().Expand().Border(wxALL, FromDIP(10)));
  sentence_->Hide();
  widget_ = MakeWidget(description_.kind, this, *this);
  SetAccessibleName(widget_->Window(), Shown(description_.label));
  column->Add(widget_->Window(), wxSizerFlags(1).Expand());
  widget_->Window()->Hide();
  widget_->Window()->Bind(wxEVT_CHILD_FOCUS, [this](wxChildFocusEvent& event) {
    event.Skip();
    shell_.PaneShown(*this);
  });
  ShowHeader();
  Build();
}

ViewPane::~ViewPane() {
  if (task_) task_->job.Cancel();
}

void ViewPane::MakeHeader() {
  header_ = new wxPanel(this);
  auto* row = new wxBoxSizer(wxHORIZONTAL);
  back_ = new wxButton(header_, wxID_ANY, Tr("Back"), wxDefaultPosition, wxDefaultSize, wxBU_EXACTFIT);
  back_->Bind(wxEVT_BUTTON, [this](wxCommandEvent&) { Back(); });
  back_->Hide();
  title_ = new WrappedText(header_, wxString());
  population_ = new wxStaticText(header_, wxID_ANY, wxString(), wxDefaultPosition, wxDefaultSize, wxST_ELLIPSIZE_END);
  population_->SetForegroundColour(wxSystemSettings::GetColour(wxSYS_COLOUR_GRAYTEXT));
  row->Add(back_, wxSizerFlags().CentreVertical().Border(wxRIGHT, FromDIP(8)));
  auto* words = new wxBoxSizer(wxVERTICAL);
  words->Add(title_, wxSizerFlags().Expand());
  words->Add(population_, wxSizerFlags().Expand());
  row->Add(words, wxSizerFlags(1).CentreVertical());
  auto* close = new wxButton(header_, wxID_ANY, ToWx("✕"), wxDefaultPosition, wxDefaultSize, wxBU_EXACTFIT | wxBORDER_NONE);
  close->SetToolTip(Tr("Close the tab (Ctrl+W)"));
  SetAccessibleName(close, Tr("Close the tab"));
  close->Bind(wxEVT_BUTTON, [this](wxCommandEvent&) { shell_.CloseTabOf(*this); });
  row->Add(close, wxSizerFlags().Top().Border(wxLEFT, FromDIP(8)));
  header_->SetSizer(row);
}

Message ViewPane::title() const { return model_ && !model_->title.empty() ? model_->title : description_.label; }

void ViewPane::ShowHeader() {
  title_->SetFont(ZoomedFont(1.15 * std::clamp(shell_.zoom(), 0.8, 2.0)).Bold());
  title_->SetText(Shown(title()));
  title_->WrapTo(title_->GetSize().x);
  const wxString population = model_ ? Shown(model_->population.description) : wxString();
  population_->SetLabel(Plain(population));
  population_->SetToolTip(population);
  population_->Show(!population.empty());
  back_->Show(!before_.empty());
  header_->InvalidateBestSize();
  Layout();
  header_->Layout();
}

Message ViewPane::NeededFirst() const {
  for (const auto& parameter : description_.parameters) {
    if (!parameter.required || !parameter.fallback.empty() || arguments_.Has(parameter.name)) continue;
    return Say("Choose “{0}” first; there is nothing to show without it.", parameter.label);
  }
  return {};
}

void ViewPane::Go(const Arguments& arguments) {
  if (arguments == arguments_) {
    Build();
    return;
  }
  if (NeededFirst().empty()) before_.push_back(arguments_);
  arguments_ = arguments;
  Build();
}

std::vector<view::Entity> ViewPane::Subjects() const {
  std::vector<view::Entity> subjects;
  for (const auto& parameter : description_.parameters) {
    // A view that is told one thing only is about that thing, also where it can be opened without.
    const bool about = parameter.required || description_.parameters.size() == 1;
    if (parameter.type != ParameterType::kEntity || !about || parameter.list) continue;
    if (const auto id = arguments_.Entity(parameter.name)) subjects.push_back({parameter.entity_kind, *id});
  }
  return subjects;
}

bool ViewPane::Back() {
  if (before_.empty()) return false;
  arguments_ = before_.back();
  before_.pop_back();
  Build();
  return true;
}

void ViewPane::Build() {
  if (task_) task_->job.Cancel();
  task_.reset();
  bar_->Load(arguments_);
  if (const Message needed = NeededFirst(); !needed.empty()) {
    model_.reset();
    ShowHeader();
    ShowSentence(Shown(needed));
    return;
  }
  struct Result {
    std::shared_ptr<const view::Model> model;
    std::optional<view::Patch> patch;
  };
  auto result = std::make_shared<Result>();
  Session& session = shell_.session();
  const wxWeakRef<ViewPane> self(this);
  auto started = std::make_shared<std::weak_ptr<Task>>();
  task_ = session.jobs().Start(
      Jobs::Lane::kReading, description_.label,
      [&session, view = view_, arguments = arguments_, before = model_, result](Job& job) {
        auto model = std::make_shared<view::Model>(session.engine().Build(view, arguments, job));
        if (before) {
          const auto reading = session.store().Read();
          result->patch = view::Compare(*before, *model, reading.get());
        }
        result->model = std::move(model);
      },
      [self, result, started](const Error* error) {
        const auto task = started->lock();
        if (!self || !task || self->task_ != task) return;
        self->task_.reset();
        if (error) {
          if (error->code() == ErrorCode::kCancelled) self->ShowSentence(Tr("Stopped. Change a setting above or refresh to build it again."));
          else self->ShowSentence(Shown(error->message()));
          return;
        }
        self->ShowResult(result->model, result->patch ? &*result->patch : nullptr);
      });
  *started = task_;
}

void ViewPane::ShowResult(std::shared_ptr<const view::Model> model, const view::Patch* patch) {
  const bool first = !model_ || !widget_->Window()->IsShown();
  // Where the answer stands may have been asked for once; a refresh later must not scroll back to it.
  model_ = std::move(model);
  sentence_->Hide();
  widget_->Window()->Show();
  if (first || !patch || patch->whole) widget_->Show(model_, nullptr);
  else widget_->Show(model_, patch);
  ShowHeader();
  Selected(widget_->Current());
  TakeFocus();
  shell_.PaneShown(*this);
}

/// The keyboard, asked for while the view was being built; not out of a dialog or from under someone who types.
void ViewPane::TakeFocus() {
  if (!std::exchange(wants_focus_, false) || !IsShownOnScreen()) return;
  wxWindow* focus = wxWindow::FindFocus();
  if (!focus) return FocusContent();
  const auto* typing = dynamic_cast<wxTextCtrl*>(focus);
  if (wxGetTopLevelParent(focus) == wxGetTopLevelParent(this) && (!typing || !typing->IsModified())) FocusContent();
}

void ViewPane::ShowSentence(const wxString& sentence) {
  widget_->Window()->Hide();
  sentence_->SetText(sentence);
  sentence_->Show();
  Layout();
  TakeFocus();
  shell_.PaneShown(*this);
}

void ViewPane::Refresh(const Change& change) {
  if (!model_) {
    if (!task_) Build();
    return;
  }
  const bool touched = std::any_of(change.tables.begin(), change.tables.end(), [&](const auto& table) { return model_->reads.contains(table.first); });
  if (touched || task_) Build();
}

void ViewPane::Restyle() {
  // Said to each, so that what ends in dots is measured in it at once.
  ApplyFont(bar_, shell_.zoom());
  LayOutAnew(bar_);
  widget_->Restyle();
  ShowHeader();
}

void ViewPane::FocusContent() {
  wants_focus_ = false;
  if (widget_->Window()->IsShown()) {
    // An empty view that asks for words gets them in its bar.
    if (!(model_ && view::IsEmpty(*model_) && bar_->FocusLive())) widget_->Window()->SetFocus();
  } else if (building()) {
    wants_focus_ = true;
  } else {
    bar_->FocusFirst();
  }
}

void ViewPane::Open(const view::Target& target, bool beside) { shell_.OpenTarget(target, beside, this); }

void ViewPane::Execute(const std::string& command, const Arguments& arguments) { shell_.RunCommand(command, arguments, false); }

void ViewPane::Selected(const Selection& selection) {
  selection_ = selection;
  shell_.SelectionChanged(*this, selection);
}

void ViewPane::PopupCommands(wxWindow* window, const Selection& selection, const std::vector<view::Action>& actions) {
  shell_.PopupCommands(window, selection, actions);
}

void ViewPane::Rebuild(const Arguments& changed) {
  arguments_.Merge(changed);
  Build();
}

std::shared_ptr<void> ViewPane::Ask(std::function<void(Reading&, Job&)> look, std::function<void(const Error*)> answered) {
  return shell_.session().Ask(description_.label, std::move(look), std::move(answered));
}

Drafts& ViewPane::drafts() { return shell_.session().drafts(); }
double ViewPane::zoom() const { return shell_.zoom(); }

}  // namespace meerstem::gui
