#include "gui/shell/workspace_page.h"

#include <algorithm>
#include <memory>

#include <wx/sizer.h>
#include <wx/splitter.h>

#include "gui/shell/tr.h"

namespace meerstem::gui {

WorkspacePage::WorkspacePage(wxWindow* parent, Shell& shell, const Workspace& workspace, const std::vector<Arguments>& arguments)
    : Page(parent), shell_(shell), workspace_(workspace) {
  auto* sizer = new wxBoxSizer(wxVERTICAL);
  sizer->Add(Split(this, 0, arguments), wxSizerFlags(1).Expand());
  SetSizer(sizer);
  active_ = panes_.empty() ? nullptr : panes_.front();
}

/// Two panes in a splitter; of three, the second part is split again.
wxWindow* WorkspacePage::Split(wxWindow* parent, std::size_t first, const std::vector<Arguments>& arguments) {
  const auto make = [&](wxWindow* inside) {
    auto* pane = new ViewPane(inside, shell_, workspace_.panes[first].view, first < arguments.size() ? arguments[first] : Arguments());
    panes_.push_back(pane);
    return pane;
  };
  if (first + 1 >= workspace_.panes.size()) return make(parent);
  auto* splitter = new wxSplitterWindow(parent, wxID_ANY, wxDefaultPosition, wxDefaultSize, wxSP_LIVE_UPDATE | wxSP_3DSASH);
  splitter->SetMinimumPaneSize(FromDIP(160));
  // Of three, the one in the middle is what is read; the sash stays where it is in proportion, or where a hand left it.
  const std::size_t left_over = workspace_.panes.size() - first;
  const double fair = left_over > 2 ? 0.3 : workspace_.panes.size() > 2 ? 0.57 : 0.5;
  const auto share = std::make_shared<double>(fair);
  splitter->SetSashGravity(fair);
  wxWindow* left = make(splitter);
  wxWindow* right = Split(splitter, first + 1, arguments);
  splitter->SplitVertically(left, right);
  splitter->Bind(wxEVT_SIZE, [splitter, share](wxSizeEvent& event) {
    event.Skip();
    splitter->SetSashPosition(static_cast<int>(splitter->GetClientSize().x * *share));
  });
  splitter->Bind(wxEVT_LEFT_UP, [splitter, share](wxMouseEvent& event) {
    event.Skip();
    splitter->CallAfter([splitter, share] { *share = splitter->GetSashPosition() / std::max(1.0, static_cast<double>(splitter->GetClientSize().x)); });
  });
  return splitter;
}

wxString WorkspacePage::title() const { return Shown(workspace_.label); }

void WorkspacePage::Follow(ViewPane& pane, const Selection& selection) {
  if (panes_.empty() || &pane != panes_.front()) return;
  for (std::size_t i = 1; i < panes_.size(); ++i) {
    const std::string links = "," + workspace_.panes[i].link + ",";
    const bool several = links.find(',', 1) + 1 < links.size();
    const View& view = shell_.session().engine().ViewOf(workspace_.panes[i].view);
    Arguments arguments = panes_[i]->arguments();
    bool any = false;
    for (const auto& parameter : view.parameters) {
      if (links.find("," + parameter.name + ",") == std::string::npos) continue;
      const auto entity = std::find_if(selection.entities.begin(), selection.entities.end(),
                                       [&](const view::Entity& each) { return each.kind == parameter.entity_kind; });
      if (entity != selection.entities.end()) {
        any = true;
        arguments.Set(parameter.name, entity->id);
      } else if (several) {
        arguments.Clear(parameter.name);
      }
    }
    if (any && arguments != panes_[i]->arguments()) panes_[i]->Go(arguments);
  }
}

bool WorkspacePage::Take(const view::Target& target, ViewPane* from) {
  ViewPane* taker = nullptr;
  for (ViewPane* pane : panes_) {
    if (pane->view() != target.view) continue;
    // Another pane before the one that asks, which pages through its own things.
    if (!taker || taker == from) taker = pane;
  }
  if (!taker) return false;
  taker->Go(target.arguments);
  active_ = taker;
  return true;
}

}  // namespace meerstem::gui
