#pragma once

#include <wx/button.h>
#include <wx/stattext.h>

namespace meerstem::gui {

/// A native label that wraps to the width it is given and asks its sizer for the height which that takes, so that long
/// words of any language are never cut off.
class WrappedText : public wxStaticText {
 public:
  WrappedText(wxWindow* parent, const wxString& text, long style = 0);
  void SetText(const wxString& text);
  const wxString& text() const { return text_; }
  /// Wraps now, to `width` pixels.
  void WrapTo(int width);

 private:
  void OnSize(wxSizeEvent& event);
  wxString text_;
  int wrapped_ = -1;
};

/// A label over as many lines as the width asks: buttons do not wrap by themselves, and none may be cut off.
wxString Folded(const wxWindow& window, const wxString& label, int width);

/// A button with a name on it that may be longer than its room ends in dots there instead of being cut off.
void SetEllipsized(wxButton& button, const wxString& label);

/// Some room around the words of a button that is as small as they are.
void GiveRoom(wxAnyButton& button);

}  // namespace meerstem::gui
