#pragma once

#include <wx/scrolwin.h>
#include <wx/timer.h>
#include <wx/weakref.h>

#include "gui/shell/runner.h"
#include "gui/shell/view_pane.h"

class wxBoxSizer;

namespace meerstem::gui {

/// The panel at the right: what is selected, what can be done with it, and whom the numbers of the view are about.
/// Native controls only. Window thread; a worker asks the study for names and for what is possible.
class Inspector : public wxScrolledWindow {
 public:
  Inspector(wxWindow* parent, Shell& shell, Runner& runner);
  /// Soon: a selection that moves with the arrow keys is looked at when it rests.
  void Watch(ViewPane* pane);

 private:
  /// What the study says of a selection.
  struct Found {
    std::vector<std::pair<std::string, std::string>> names;  ///< Kind and name, no thing twice.
    std::vector<const Command*> possible;
  };
  void Ask();
  static Found Find(Session& session, Runner& runner, const Selection& selection, Reading& reading, Job& job);
  /// What is selected; when nothing is, what the whole view is about.
  Selection AtHand() const;
  void Fill(const Selection& selection, const Found& found);
  void Heading(const wxString& words);
  void Line(const wxString& words, bool grey = false);
  void Pair(const wxString& label, const wxString& value);
  void FillSelection(const Selection& selection, const Found& found);
  void FillModel(const view::Model& model);

  Shell& shell_;
  Runner& runner_;
  wxWeakRef<ViewPane> pane_;
  wxTimer rest_;
  std::shared_ptr<void> asking_;
  wxBoxSizer* column_;
  int width_ = 0;
};

}  // namespace meerstem::gui
