#pragma once

#include <optional>
#include <string>
#include <vector>

#include <wx/window.h>

#include "gui/shell/finder.h"
#include "gui/shell/session.h"

namespace meerstem::gui {

struct Picked {
  std::vector<Id> ids;
  std::vector<std::string> made;  ///< Names of new ones, where they may be made.
  bool empty() const { return ids.empty() && made.empty(); }
};

/// Asks for entities of a kind, by typing. Empty: closed without choosing.
Picked PickEntities(wxWindow* parent, Session& session, const std::string& kind, const wxString& title, Finder::Taking taking);
/// The same for one that is there already.
std::optional<Id> PickEntity(wxWindow* parent, Session& session, const std::string& kind, const wxString& title);

}  // namespace meerstem::gui
