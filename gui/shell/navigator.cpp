#include "gui/shell/navigator.h"

#include <algorithm>

#include "gui/widgets/accessible.h"
#include "gui/shell/sections.h"
#include "gui/shell/tr.h"

namespace meerstem::gui {
namespace {

struct Leaf : wxClientData {
  Leaf(std::string of, bool is_workspace) : id(std::move(of)), workspace(is_workspace) {}
  std::string id;
  bool workspace;
};

}  // namespace

Navigator::Navigator(wxWindow* parent, const Registry& registry, std::function<void(const std::string&, bool)> open)
    : wxDataViewTreeCtrl(parent, wxID_ANY, wxDefaultPosition, wxDefaultSize, wxDV_NO_HEADER | wxDV_SINGLE), open_(std::move(open)) {
  SetAccessibleName(this, Tr("Navigator"));
  for (const auto& section : SectionsOf(registry)) {
    const bool any = !section.workspaces.empty() || std::any_of(section.views.begin(), section.views.end(), [](const View* view) { return view->in_navigator; });
    if (!any) continue;
    const wxDataViewItem group = AppendContainer(wxDataViewItem(), Shown(section.label));
    for (const View* view : section.views) {
      if (!view->in_navigator) continue;
      AppendItem(group, Shown(view->label), NO_IMAGE, new Leaf(view->id, false));
      labels_.push_back(Shown(view->label));
    }
    for (const Workspace* workspace : section.workspaces) {
      AppendItem(group, Shown(workspace->label), NO_IMAGE, new Leaf(workspace->id, true));
      labels_.push_back(Shown(workspace->label));
    }
    Expand(group);
  }
  // A name that is longer than there is room ends in dots.
  GetColumn(0)->GetRenderer()->EnableEllipsize(wxELLIPSIZE_END);
  Bind(wxEVT_SIZE, [this](wxSizeEvent& event) {
    event.Skip();
    GetColumn(0)->SetWidth(GetClientSize().x);
  });
  Bind(wxEVT_DATAVIEW_ITEM_ACTIVATED, [this](wxDataViewEvent& event) { OpenItem(event.GetItem()); });
  Bind(wxEVT_DATAVIEW_SELECTION_CHANGED, [this](wxDataViewEvent& event) {
    // One click opens; the arrow keys only walk.
    if (event.GetItem().IsOk() && wxGetMouseState().LeftIsDown()) OpenItem(event.GetItem());
  });
}

int Navigator::WantedWidth() const {
  int width = 0;
  for (const auto& label : labels_) width = std::max(width, GetTextExtent(label).x);
  return width + FromDIP(56);
}

void Navigator::OpenItem(const wxDataViewItem& item) {
  if (const auto* leaf = static_cast<Leaf*>(GetItemData(item))) {
    const std::string id = leaf->id;
    const bool workspace = leaf->workspace;
    CallAfter([this, id, workspace] { open_(id, workspace); });
  } else if (IsExpanded(item)) {
    Collapse(item);
  } else {
    Expand(item);
  }
}

}  // namespace meerstem::gui
