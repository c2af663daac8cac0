#pragma once

#include <functional>
#include <string>
#include <vector>

#include <wx/dataview.h>

#include "core/plugin/registry.h"

namespace meerstem::gui {

/// The tree at the left: everything that can be opened, by section. Native, so that a screen reader can walk it.
class Navigator : public wxDataViewTreeCtrl {
 public:
  Navigator(wxWindow* parent, const Registry& registry, std::function<void(const std::string& id, bool workspace)> open);

  /// In which no label is cut off.
  int WantedWidth() const;

 private:
  void OpenItem(const wxDataViewItem& item);
  std::function<void(const std::string&, bool)> open_;
  std::vector<wxString> labels_;
};

}  // namespace meerstem::gui
