#pragma once

#include <memory>
#include <string>
#include <utility>

#include <wx/string.h>

#include "core/base/language.h"
#include "core/base/message.h"
#include "gui/widgets/strings.h"

namespace meerstem::gui {

/// The language of the window. Set and read on the window thread only.
std::shared_ptr<const Language> CurrentLanguage();
void SetCurrentLanguage(std::shared_ptr<const Language> language);

/// A message as the user reads it now.
wxString Shown(const Message& message);

/// `Tr("Open…")`: the literal is what xgettext collects (keyword Tr).
template <class... Arguments>
wxString Tr(const char* id, Arguments&&... arguments) {
  return Shown(Say(id, std::forward<Arguments>(arguments)...));
}

/// For labels in which wx reads `&` as the mark of a mnemonic.
wxString Plain(const wxString& text);

}  // namespace meerstem::gui
