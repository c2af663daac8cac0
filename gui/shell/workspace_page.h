#pragma once

#include <string>
#include <vector>

#include "gui/shell/tabs.h"

namespace meerstem::gui {

/// A workspace: views side by side, of which an entity chosen in the first fills the linked parameters of the others.
class WorkspacePage : public Page {
 public:
  WorkspacePage(wxWindow* parent, Shell& shell, const Workspace& workspace, const std::vector<Arguments>& arguments);

  const std::string& id() const override { return workspace_.id; }
  wxString title() const override;
  std::vector<ViewPane*> panes() const override { return panes_; }
  ViewPane* active() const override { return active_; }
  void SetActive(ViewPane* pane) override { active_ = pane; }
  void Follow(ViewPane& pane, const Selection& selection) override;
  bool Take(const view::Target& target, ViewPane* from) override;
  bool workspace() const override { return true; }

 private:
  wxWindow* Split(wxWindow* parent, std::size_t first, const std::vector<Arguments>& arguments);

  Shell& shell_;
  const Workspace& workspace_;
  std::vector<ViewPane*> panes_;
  ViewPane* active_ = nullptr;
};

}  // namespace meerstem::gui
