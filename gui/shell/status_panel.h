#pragma once

#include <wx/panel.h>
#include <wx/timer.h>

#include "core/base/message.h"
#include "gui/shell/jobs.h"

class wxButton;
class wxGauge;
class wxStaticText;

namespace meerstem::gui {

/// The foot of the window: what is running for longer than a moment, how far it is, and Cancel; at rest, what was done
/// last. A panel, because status bars are silent to screen readers.
class StatusPanel : public wxPanel {
 public:
  explicit StatusPanel(wxWindow* parent);
  /// nullptr: no study.
  void Watch(Jobs* jobs);
  void Say(const wxString& words);
  wxWindow* CancelButton() const;
  bool showing_progress() const { return shown_task_ != nullptr; }

 protected:
  wxSize DoGetBestSize() const override;

 private:
  void Look();
  Jobs* jobs_ = nullptr;
  std::shared_ptr<Task> shown_task_;
  wxString resting_;
  wxTimer timer_;
  wxStaticText* words_;
  wxGauge* gauge_;
  wxButton* cancel_;
};

}  // namespace meerstem::gui
