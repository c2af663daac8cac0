#pragma once

#include <wx/panel.h>

#include "gui/widgets/view_widget.h"

namespace meerstem::gui {

/// What stands in the place of an empty view: a sentence, and a button for each command that would fill it.
class EmptyPanel : public wxPanel {
 public:
  EmptyPanel(wxWindow* parent, WidgetHost& host);
  void Show(const view::Model& model);

 private:
  WidgetHost& host_;
};

}  // namespace meerstem::gui
