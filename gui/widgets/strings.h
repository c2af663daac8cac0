#pragma once

#include <string>
#include <string_view>

#include <wx/string.h>

namespace meerstem::gui {

/// The one pair of conversions between the UTF-8 of core and wxString.
inline wxString ToWx(std::string_view utf8) { return wxString::FromUTF8(utf8.data(), utf8.size()); }
inline std::string FromWx(const wxString& text) {
  const auto buffer = text.utf8_str();
  return {buffer.data(), buffer.length()};
}

}  // namespace meerstem::gui
