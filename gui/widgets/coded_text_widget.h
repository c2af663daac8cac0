#pragma once

#include <wx/listbox.h>
#include <wx/textctrl.h>
#include <wx/tglbtn.h>

#include "gui/widgets/coded_text_canvas.h"
#include "gui/widgets/panel_widget.h"

namespace meerstem::gui {

/// A CodedText: the drawn words with their marks, and below them natively what stands at the cursor: who speaks, the
/// words selected or of the turn, and the codes there, which assistive technology reads and the keyboard reaches (F6).
class CodedTextWidget final : public PanelWidget {
 public:
  CodedTextWidget(wxWindow* parent, WidgetHost& host);
  Selection Current() const override;

 protected:
  void ShowBody(const view::Patch* patch) override;
  void RestyleBody() override;

 private:
  const view::CodedText& text() const { return As<view::CodedText>(); }
  void ShowTwin();
  void Dropped(Range shown, const std::vector<view::Entity>& entities);
  void SizeTwin();

  CodedTextCanvas* canvas_ = nullptr;
  wxToggleButton* toggle_ = nullptr;
  wxPanel* twin_ = nullptr;
  wxTextCtrl* words_ = nullptr;
  wxListBox* codes_ = nullptr;
  std::vector<std::size_t> listed_;   ///< Marks in codes_.
  bool telling_ = false;
};

}  // namespace meerstem::gui
