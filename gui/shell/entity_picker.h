#pragma once

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include <wx/window.h>

#include "gui/shell/finder.h"
#include "gui/shell/session.h"

namespace meerstem::gui {

struct Picked {
  std::vector<std::pair<Id, std::string>> there;  ///< With their names.
  std::vector<std::string> made;                  ///< Names of new ones, where they may be made.
  bool empty() const { return there.empty() && made.empty(); }
};

/// Asks for entities of a kind, by typing, which may begin before a worker has found them. Empty: closed without
/// choosing. `impossible`, on the worker, says why there is nothing to choose for.
Picked PickEntities(wxWindow* parent, Session& session, const std::string& kind, const wxString& title, Finder::Taking taking,
                    std::function<Message()> impossible = {});

}  // namespace meerstem::gui
