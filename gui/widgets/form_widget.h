#pragma once

#include <map>
#include <optional>
#include <utility>
#include <vector>

#include <wx/scrolwin.h>
#include <wx/textctrl.h>
#include <wx/timer.h>

#include "gui/widgets/panel_widget.h"

namespace meerstem::gui {

/// A Form as native controls in sections. A rating is a row of buttons: 1 to 9 set it, Enter confirms, N is not
/// applicable, U unknown, R opens the remark. Each edit is a command; the form that comes back puts the focus on the next
/// field that was not entered here. An answer builds the field's controls anew; what is being typed then is put back. A long form is
/// made a few fields at a time, what is seen first, so that nobody waits for hundreds of controls.
class FormWidget final : public PanelWidget {
 public:
  FormWidget(wxWindow* parent, WidgetHost& host);
  Selection Current() const override;
  std::vector<WidgetAction> Actions() override;

 protected:
  void ShowBody(const view::Patch* patch) override;
  void RestyleBody() override;

 private:
  struct Shown {
    wxWindow* panel = nullptr;
    wxWindow* focus = nullptr;     ///< What takes the keyboard.
  };
  /// The title of a section, a field by its place in the form, or else the actions of the whole form.
  struct Piece {
    const Message* title = nullptr;
    std::optional<std::size_t> field;
  };
  void BuildAll();
  void BuildUntil(std::size_t end);
  static std::vector<Piece> PiecesOf(const view::Form& form);
  wxSizer* BuildActions();
  bool BuildChanged();
  wxWindow* BuildField(const view::Field& field);
  wxWindow* BuildRating(const view::Field& field, wxWindow* parent, wxSizer* sizer);
  wxWindow* BuildControl(const view::Field& field, wxWindow* parent, wxSizer* sizer);
  wxTextCtrl* BuildRemark(const view::Field& field, wxWindow* parent, wxSizer* sizer);
  void WriteRemark(const view::Field& field);
  void TakeWords(wxTextCtrl* text, const std::string& field, const view::Edit& edit, const std::string& value);
  void Send(const view::Edit& edit, const std::string& typed, wxWindow* origin);
  wxString FoldedChoice(const wxWindow& button, const wxString& label) const;
  void FoldAgain();
  bool HasKeyboard() const;
  void FocusField(const std::string& key);
  void Reveal(const wxWindow* panel);
  void OnFieldKey(wxKeyEvent& event, const std::string& key);
  bool Press(int code, const std::string& key);
  void ToldFocus(const std::string& key);
  std::string NextAfter(const std::string& key) const;
  void GoOn();
  const view::Field* Find(const std::string& key) const;

  wxScrolledWindow* scroll_ = nullptr;
  wxWindow* sheet_ = nullptr;                     ///< Holds the fields, one panel each.
  std::vector<Piece> pieces_;                     ///< What stands on the sheet, from top to bottom.
  std::size_t made_ = 0;                          ///< So many of them are there.
  wxTimer more_;                                  ///< Then come the next ones.
  std::shared_ptr<const view::Model> built_;      ///< Of which the controls tell.
  std::map<std::string, Shown> fields_;
  std::map<std::string, wxWindow*> remarks_;
  std::vector<std::pair<wxWindow*, wxString>> choices_;   ///< Buttons of ratings, with their whole labels.
  wxTimer fold_;   ///< Ends when the width has settled.
  int width_ = 0;
  std::string current_;
  bool sent_ = false;   ///< An action of the whole form is under way: afterwards go on to the next field.
};

}  // namespace meerstem::gui
