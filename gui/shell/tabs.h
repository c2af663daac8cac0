#pragma once

#include <string>
#include <vector>

#include <wx/notebook.h>
#include <wx/panel.h>

#include "gui/shell/view_pane.h"

namespace meerstem::gui {

/// What a tab holds: one view, or a workspace's views side by side.
class Page : public wxPanel {
 public:
  using wxPanel::wxPanel;
  /// Id of the view or workspace.
  virtual const std::string& id() const = 0;
  virtual wxString title() const = 0;
  virtual std::vector<ViewPane*> panes() const = 0;
  /// The pane with the focus, or the first.
  virtual ViewPane* active() const = 0;
  virtual void SetActive(ViewPane* pane) = 0;
  /// A pane's selection changed: fills what is linked to it.
  virtual void Follow(ViewPane&, const Selection&) {}
  /// Takes the target in one of its own panes; false: it has none for it.
  virtual bool Take(const view::Target&, ViewPane*) { return false; }
  virtual bool workspace() const { return false; }
};

/// A single view.
class ViewPage : public Page {
 public:
  ViewPage(wxWindow* parent, Shell& shell, const std::string& view, const Arguments& arguments);
  const std::string& id() const override { return pane_->view(); }
  wxString title() const override;
  std::vector<ViewPane*> panes() const override { return {pane_}; }
  ViewPane* active() const override { return pane_; }
  void SetActive(ViewPane*) override {}

 private:
  ViewPane* pane_;
};

/// The native notebook in the middle of the window.
class Tabs : public wxNotebook {
 public:
  explicit Tabs(wxWindow* parent, Shell& shell);

  /// What must be known to show the same tabs again.
  struct Spec {
    std::string id;
    bool workspace = false;
    std::vector<Arguments> arguments;
  };
  std::vector<Spec> Specs() const;

  Page* page(std::size_t index) const { return static_cast<Page*>(GetPage(index)); }
  Page* current() const;
  ViewPane* active() const;
  ViewPane* OpenView(const std::string& view, const Arguments& arguments, bool beside, ViewPane* from);
  Page* OpenWorkspace(const std::string& workspace, const std::vector<Arguments>& arguments = {});
  /// The page that holds the pane.
  Page* PageOf(const ViewPane& pane) const;
  void ShowTitle(const ViewPane& pane);
  void CloseCurrent();
  void CloseAll();
  void Step(int pages);

 private:
  void Add(Page* page);
  Shell& shell_;
};

}  // namespace meerstem::gui
