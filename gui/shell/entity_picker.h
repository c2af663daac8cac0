#pragma once

#include <optional>
#include <string>

#include <wx/window.h>

#include "gui/shell/session.h"

namespace meerstem::gui {

/// Asks for one of all entities of a kind, by typing. nullopt: closed without choosing.
std::optional<Id> PickEntity(wxWindow* parent, Session& session, const std::string& kind, const wxString& title);

}  // namespace meerstem::gui
