#pragma once

#include <wx/listbox.h>
#include <wx/stattext.h>
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
  std::vector<WidgetAction> Actions() override;

 protected:
  void ShowBody(const view::Patch* patch) override;
  void RestyleBody() override;

 private:
  const view::CodedText& text() const { return As<view::CodedText>(); }
  void ShowTwin();
  void Dropped(Range shown, const std::vector<view::Entity>& entities);
  void SizeTwin();
  void ListCodes(Range shown);
  /// The first and the last words of a stretch, on one line.
  std::string Ends(Range shown) const;
  void ShowQuick();
  void ApplyQuick(std::size_t place);
  void MoveEnds(std::size_t mark, Range stored);
  void PopupBadges(const std::vector<std::size_t>& badges);

  /// A line of codes_: a mark, or a badge, by its place in the model.
  struct Listed {
    bool badge;
    std::size_t place;
    bool operator==(const Listed&) const = default;
  };

  CodedTextCanvas* canvas_ = nullptr;
  wxToggleButton* toggle_ = nullptr;
  wxPanel* twin_ = nullptr;
  wxTextCtrl* words_ = nullptr;
  wxListBox* codes_ = nullptr;
  wxStaticText* quick_ = nullptr;
  std::vector<Listed> listed_;        ///< As in codes_.
  std::optional<std::size_t> badge_;  ///< The memo that is pointed at.
  bool telling_ = false;
};

}  // namespace meerstem::gui
