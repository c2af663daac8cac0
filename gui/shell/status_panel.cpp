#include "gui/shell/status_panel.h"

#include <algorithm>

#include <wx/button.h>
#include <wx/gauge.h>
#include <wx/sizer.h>
#include <wx/stattext.h>

#include "gui/widgets/accessible.h"
#include "gui/shell/tr.h"

namespace meerstem::gui {
namespace {

constexpr int kLook = 100;                                ///< Milliseconds between looks at what runs.
constexpr auto kPatience = std::chrono::milliseconds(1000);  ///< What is done sooner shows no progress.

}  // namespace

StatusPanel::StatusPanel(wxWindow* parent) : wxPanel(parent) {
  auto* row = new wxBoxSizer(wxHORIZONTAL);
  words_ = new wxStaticText(this, wxID_ANY, wxString(), wxDefaultPosition, wxDefaultSize, wxST_ELLIPSIZE_END);
  gauge_ = new wxGauge(this, wxID_ANY, 1000, wxDefaultPosition, FromDIP(wxSize(180, -1)));
  cancel_ = new wxButton(this, wxID_ANY, Tr("Cancel"), wxDefaultPosition, wxDefaultSize, wxBU_EXACTFIT);
  SetAccessibleName(gauge_, Tr("Progress"));
  row->Add(words_, wxSizerFlags(1).CentreVertical().Border(wxALL, FromDIP(6)));
  row->Add(gauge_, wxSizerFlags().CentreVertical().Border(wxRIGHT, FromDIP(8)));
  row->Add(cancel_, wxSizerFlags().CentreVertical().Border(wxRIGHT, FromDIP(8)));
  SetSizer(row);
  gauge_->Hide();
  cancel_->Hide();
  cancel_->Bind(wxEVT_BUTTON, [this](wxCommandEvent&) {
    if (shown_task_) shown_task_->job.Cancel();
  });
  timer_.Bind(wxEVT_TIMER, [this](wxTimerEvent&) { Look(); });
}

void StatusPanel::Watch(Jobs* jobs) {
  jobs_ = jobs;
  shown_task_.reset();
  if (jobs) timer_.Start(kLook);
  else timer_.Stop();
  Look();
}

/// Room for the button is kept, so that the window does not jump when work begins.
wxSize StatusPanel::DoGetBestSize() const {
  const wxSize best = wxPanel::DoGetBestSize();
  return {best.x, std::max(best.y, cancel_->GetBestSize().y + FromDIP(6))};
}

void StatusPanel::Say(const wxString& words) {
  resting_ = words;
  if (!shown_task_) words_->SetLabel(Plain(words));
}

wxWindow* StatusPanel::CancelButton() const { return cancel_->IsShown() ? cancel_ : nullptr; }

void StatusPanel::Look() {
  std::shared_ptr<Task> longest;
  if (jobs_) {
    for (const auto& task : jobs_->running()) {
      if (task->age() >= kPatience) {
        longest = task;
        break;
      }
    }
  }
  if (!longest && !shown_task_) return;
  const bool was = shown_task_ != nullptr;
  shown_task_ = longest;
  if (!longest) {
    words_->SetLabel(Plain(resting_));
  } else {
    const Message step = longest->step();
    wxString words = step.empty() ? Shown(longest->what()) : Tr("{0}: {1}", longest->what(), step);
    if (longest->job.cancelled()) words = Tr("Stopping: {0}", longest->what());
    if (words_->GetLabelText() != words) words_->SetLabel(Plain(words));
    const double done = longest->done();
    if (done > 0) gauge_->SetValue(static_cast<int>(done * 1000));
    else gauge_->Pulse();
  }
  if (was != (longest != nullptr)) {
    gauge_->Show(longest != nullptr);
    cancel_->Show(longest != nullptr);
    Layout();
  }
}

}  // namespace meerstem::gui
