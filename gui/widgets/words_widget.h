#pragma once

#include <wx/textctrl.h>

#include "gui/widgets/panel_widget.h"

namespace meerstem::gui {

/// Any view as its words in a native read-only text.
class WordsWidget final : public PanelWidget {
 public:
  WordsWidget(wxWindow* parent, WidgetHost& host);

 protected:
  void ShowBody(const view::Patch* patch) override;
  void RestyleBody() override;

 private:
  wxTextCtrl* text_ = nullptr;
};

}  // namespace meerstem::gui
