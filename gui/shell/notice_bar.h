#pragma once

#include <wx/panel.h>
#include <wx/timer.h>

#include "gui/shell/shell.h"

class wxButton;
class wxStaticText;

namespace meerstem::gui {

/// One sentence above the views: what was refused, what was done, what to know. Not modal; wraps, so that nothing is
/// cut off; what was done leaves by itself, the rest stays until closed.
class NoticeBar : public wxPanel {
 public:
  explicit NoticeBar(wxWindow* parent);
  void Show(const wxString& sentence, NoticeKind kind);
  void Hide();
  wxString sentence() const { return sentence_; }

 private:
  void Wrap();
  wxStaticText* glyph_;
  wxStaticText* words_;
  wxButton* close_;
  wxString sentence_;
  wxTimer leave_;
};

}  // namespace meerstem::gui
