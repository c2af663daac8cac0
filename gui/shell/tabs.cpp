#include "gui/shell/tabs.h"

#include <wx/menu.h>
#include <wx/sizer.h>

#include "gui/widgets/accessible.h"
#include "gui/shell/tr.h"
#include "gui/shell/workspace_page.h"

namespace meerstem::gui {
namespace {

constexpr std::size_t kTitle = 28;  ///< Characters of a tab's title; the whole title stands above the view.

}  // namespace

ViewPage::ViewPage(wxWindow* parent, Shell& shell, const std::string& view, const Arguments& arguments) : Page(parent) {
  pane_ = new ViewPane(this, shell, view, arguments);
  auto* sizer = new wxBoxSizer(wxVERTICAL);
  sizer->Add(pane_, wxSizerFlags(1).Expand());
  SetSizer(sizer);
}

wxString ViewPage::title() const { return Shown(pane_->title()); }

Tabs::Tabs(wxWindow* parent, Shell& shell) : wxNotebook(parent, wxID_ANY), shell_(shell) {
  SetAccessibleName(this, Tr("Open views"));
  const auto close_at = [this](const wxPoint& place) {
    const int index = HitTest(place);
    if (index == wxNOT_FOUND) return;
    SetSelection(index);
    CallAfter([this] { CloseCurrent(); });
  };
  Bind(wxEVT_MIDDLE_UP, [close_at](wxMouseEvent& event) { close_at(event.GetPosition()); });
  Bind(wxEVT_NOTEBOOK_PAGE_CHANGED, [this](wxBookCtrlEvent& event) {
    event.Skip();
    if (ViewPane* pane = active()) {
      shell_.SelectionChanged(*pane, pane->selection());
      shell_.PaneShown(*pane);
    }
  });
}

std::vector<Tabs::Spec> Tabs::Specs() const {
  std::vector<Spec> specs;
  for (std::size_t i = 0; i < GetPageCount(); ++i) {
    Spec spec{page(i)->id(), page(i)->workspace(), {}};
    for (const ViewPane* pane : page(i)->panes()) spec.arguments.push_back(pane->arguments());
    specs.push_back(std::move(spec));
  }
  return specs;
}

Page* Tabs::current() const {
  const int index = GetSelection();
  return index == wxNOT_FOUND ? nullptr : page(index);
}

ViewPane* Tabs::active() const {
  Page* shown = current();
  return shown ? shown->active() : nullptr;
}

Page* Tabs::PageOf(const ViewPane& pane) const {
  for (std::size_t i = 0; i < GetPageCount(); ++i) {
    for (const ViewPane* each : page(i)->panes()) {
      if (each == &pane) return page(i);
    }
  }
  return nullptr;
}

ViewPane* Tabs::OpenView(const std::string& view, const Arguments& arguments, bool beside, ViewPane* from) {
  if (!beside && from) {
    if (Page* own = PageOf(*from); own && own->Take({view, arguments}, from)) return own->active();
  }
  // Chosen outside the tabs: a pane of the views side by side that are worked in shows it there.
  if (Page* shown = current(); !beside && !from && shown && shown->workspace() && shown->Take({view, arguments}, nullptr)) return shown->active();
  for (std::size_t i = 0; i < GetPageCount() && !beside; ++i) {
    if (page(i)->workspace() || page(i)->id() != view) continue;
    SetSelection(i);
    // Nothing asked for in particular: the tab as it stands is what was meant.
    if (!arguments.all().empty()) page(i)->active()->Go(arguments);
    return page(i)->active();
  }
  auto* added = new ViewPage(this, shell_, view, arguments);
  Add(added);
  return added->active();
}

Page* Tabs::OpenWorkspace(const std::string& workspace, const std::vector<Arguments>& arguments) {
  for (std::size_t i = 0; i < GetPageCount(); ++i) {
    if (!page(i)->workspace() || page(i)->id() != workspace) continue;
    SetSelection(i);
    return page(i);
  }
  for (const auto& each : shell_.session().registry().workspaces()) {
    if (each.id != workspace) continue;
    auto* added = new WorkspacePage(this, shell_, each, arguments);
    Add(added);
    return added;
  }
  return nullptr;
}

void Tabs::Add(Page* added) {
  AddPage(added, wxString(), true);
  if (ViewPane* pane = added->active()) ShowTitle(*pane);
}

void Tabs::ShowTitle(const ViewPane& pane) {
  for (std::size_t i = 0; i < GetPageCount(); ++i) {
    if (page(i) != PageOf(pane)) continue;
    wxString title = page(i)->title();
    if (title.length() > kTitle) title = title.Left(kTitle - 1).Trim() + ToWx("…");
    if (GetPageText(i) != title) SetPageText(i, title);
  }
}

void Tabs::CloseCurrent() {
  const int index = GetSelection();
  if (index != wxNOT_FOUND) DeletePage(index);
}

void Tabs::CloseAll() { DeleteAllPages(); }

void Tabs::Step(int pages) {
  const int count = static_cast<int>(GetPageCount());
  if (count < 2) return;
  SetSelection((GetSelection() + pages + count) % count);
  if (ViewPane* pane = active()) pane->FocusContent();
}

}  // namespace meerstem::gui
