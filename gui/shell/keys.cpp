#include "gui/shell/keys.h"

#include <sstream>

#include <wx/button.h>
#include <wx/dataview.h>
#include <wx/dialog.h>
#include <wx/sizer.h>

#include "gui/widgets/accessible.h"
#include "gui/shell/sections.h"
#include "gui/shell/tr.h"

namespace meerstem::gui {

Keys::Keys(const std::vector<ShellAction>& actions, const Registry& registry) {
  const Message window = Say("Everywhere");
  for (const auto& action : actions) Claim(action.id, action.key, action.label, window);
  const std::pair<const char*, Message> fixed[] = {
      {"F6", Say("Next part of the window")},
      {"Shift+F6", Say("Previous part of the window")},
      {"Ctrl+Tab", Say("Next tab")},
      {"Ctrl+Shift+Tab", Say("Previous tab")},
  };
  for (const auto& [key, what] : fixed) Claim(std::string("window.") + key, key, what, window);
  for (const auto& section : SectionsOf(registry)) {
    for (const Command* command : section.commands) Claim(command->id, command->key, command->label, section.label);
    for (const View* view : section.views) Claim(view->id, view->key, view->label, section.label);
  }
  const Message dialogs = Say("In a dialog");
  lines_.push_back({"Ctrl+Enter", Say("OK, also from a field of several lines"), dialogs});
  lines_.push_back({"Esc", Say("Close without doing anything"), dialogs});
  const Message views = Say("In a view");
  lines_.push_back({"Enter", Say("Open what is behind a row, cell or node"), views});
  lines_.push_back({"Ctrl+F8", Say("Put the rows of a table in the order of this column; again: the other way round"), views});
  lines_.push_back({"Page Down", Say("In a page as it was printed: further down, and from its foot on to the next page"), views});
  lines_.push_back({"Shift+F10", Say("What can be done with the selection"), views});
}

void Keys::Claim(const std::string& id, const std::string& key, const Message& what, const Message& where) {
  // Several keys of one command stand in a row, "Ctrl+Shift+K, Delete"; menus show the first.
  std::istringstream keys(key);
  for (std::string each; std::getline(keys >> std::ws, each, ',');) {
    if (taken_.contains(each)) continue;
    taken_[each] = id;
    by_id_.try_emplace(id, each);
    lines_.push_back({each, what, where});
  }
}

std::string Keys::Of(const std::string& id) const {
  const auto found = by_id_.find(id);
  return found == by_id_.end() ? std::string() : found->second;
}

std::string Keys::Taker(const std::string& key) const {
  const auto found = taken_.find(key);
  return found == taken_.end() ? std::string() : found->second;
}

void ShowKeys(wxWindow* parent, const Keys& keys, const std::vector<WidgetAction>& moves) {
  wxDialog dialog(parent, wxID_ANY, Tr("Keys"), wxDefaultPosition, wxDefaultSize, wxDEFAULT_DIALOG_STYLE | wxRESIZE_BORDER);
  auto* list = new wxDataViewListCtrl(&dialog, wxID_ANY, wxDefaultPosition, dialog.FromDIP(wxSize(640, 460)), wxDV_ROW_LINES | wxDV_SINGLE);
  SetAccessibleName(list, Tr("Keys"));
  list->AppendTextColumn(Tr("Shortcut"), wxDATAVIEW_CELL_INERT, dialog.FromDIP(140));
  list->AppendTextColumn(Tr("What it does"), wxDATAVIEW_CELL_INERT, dialog.FromDIP(330));
  list->AppendTextColumn(Tr("Where"), wxDATAVIEW_CELL_INERT, dialog.FromDIP(140));
  std::vector<Keys::Line> lines = keys.lines();
  for (const auto& move : moves) lines.push_back({move.key, move.label, Say("In the view that is shown")});
  for (const auto& line : lines) {
    wxVector<wxVariant> cells;
    cells.push_back(wxVariant(ToWx(line.key)));
    cells.push_back(wxVariant(Shown(line.what)));
    cells.push_back(wxVariant(Shown(line.where)));
    list->AppendItem(cells);
  }
  auto* column = new wxBoxSizer(wxVERTICAL);
  column->Add(list, wxSizerFlags(1).Expand().Border(wxALL, dialog.FromDIP(10)));
  auto* close = new wxButton(&dialog, wxID_CANCEL, Tr("Close"));
  column->Add(close, wxSizerFlags().Right().Border(wxLEFT | wxRIGHT | wxBOTTOM, dialog.FromDIP(10)));
  dialog.SetSizerAndFit(column);
  dialog.CentreOnParent();
  list->SetFocus();
  dialog.ShowModal();
}

}  // namespace meerstem::gui
