#pragma once

#include <functional>
#include <string>
#include <vector>

#include <wx/window.h>

#include "core/command/parameters.h"
#include "gui/shell/session.h"

class wxButton;
class wxCheckBox;
class wxCheckListBox;
class wxChoice;
class wxSizer;
class wxTextCtrl;

namespace meerstem::gui {

/// The native control for one parameter, in a dialog or in the bar above a view. Its windows belong to `parent`;
/// this object must live as long as they do. Window thread.
class ParameterField {
 public:
  enum class Room { kDialog, kBar };
  /// `changed(typing)`: the user changed the value; typing: more may follow.
  ParameterField(wxWindow* parent, Parameter parameter, Session& session, Room room, std::function<void(bool typing)> changed);
  ParameterField(const ParameterField&) = delete;

  const Parameter& parameter() const { return parameter_; }
  /// What to lay out: the control, or a row of it and its buttons.
  wxSizer* sizer() const { return sizer_; }
  wxWindow* focus() const { return focus_; }
  /// A check box carries its own label.
  bool labelled() const { return check_ != nullptr; }
  void Load(const Arguments& arguments);
  /// Writes the value into `into`, or clears it there. The message says what is wrong; empty: nothing.
  Message Store(Arguments& into) const;
  /// What kinds have no control: a place in a text, rows of a preview.
  static bool HasControl(const Parameter& parameter);

 private:
  void MakeText(wxWindow* parent, Room room);
  void MakeChoice(wxWindow* parent);
  void MakeEntity(wxWindow* parent, Room room);
  void MakeFile(wxWindow* parent);
  void MakeExpression(wxWindow* parent, Room room);
  /// Asks which piece of the language, and puts it where the cursor stands.
  void InsertPiece();
  void PickFile();
  void PickOne();
  void ShowEntities();
  void Changed(bool typing);
  Message StoreText(Arguments& into) const;

  Parameter parameter_;
  Session& session_;
  std::function<void(bool)> changed_;
  bool loading_ = false;
  wxSizer* sizer_ = nullptr;
  wxWindow* focus_ = nullptr;
  wxTextCtrl* text_ = nullptr;
  wxCheckBox* check_ = nullptr;
  wxChoice* choice_ = nullptr;
  wxCheckListBox* checks_ = nullptr;
  wxButton* pick_ = nullptr;
  wxButton* clear_ = nullptr;
  bool none_ = false;                 ///< The first entry of the choice stands for no value.
  std::vector<Choice> choices_;
  std::vector<Id> entities_;
};

}  // namespace meerstem::gui
