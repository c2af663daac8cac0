#pragma once

#include <functional>
#include <map>
#include <memory>
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
/// this object must live as long as they do. Window thread; choices and names that the study decides come from a worker,
/// and until then the value that was loaded stands.
class ParameterField {
 public:
  enum class Room { kDialog, kBar };
  struct Told {
    std::function<void(bool typing)> changed;  ///< The user changed the value; typing: more may follow.
    std::function<void()> resized;             ///< The control asks for other room than before.
  };
  ParameterField(wxWindow* parent, Parameter parameter, Session& session, Room room, Told told);
  ParameterField(const ParameterField&) = delete;

  const Parameter& parameter() const { return parameter_; }
  /// What to lay out: the control, or a row of it and its buttons.
  wxSizer* sizer() const { return sizer_; }
  wxWindow* focus() const { return focus_; }
  /// A check box carries its own label.
  bool labelled() const { return check_ != nullptr; }
  void Load(const Arguments& arguments);
  /// What was loaded is not what stands when nobody chooses.
  bool chosen() const;
  /// Writes the value into `into`, or clears it there. The message says what is wrong; empty: nothing. Whether an
  /// expression can be read is for Parameter::fault to say, on a worker.
  Message Store(Arguments& into) const;
  /// What kinds have no control: a place in a text, rows of a preview.
  static bool HasControl(const Parameter& parameter);

 private:
  void MakeText(wxWindow* parent, Room room);
  void MakeChoice(wxWindow* parent);
  void AskChoices();
  void ShowChoices();
  void LoadChoices();
  void MakeEntity(wxWindow* parent, Room room);
  void MakeFile(wxWindow* parent);
  void MakeExpression(wxWindow* parent, Room room);
  /// Asks which piece of the language, and puts it where the cursor stands.
  void InsertPiece();
  void PickFile();
  void PickOne();
  void AskNames();
  void ShowEntities();
  void Changed(bool typing);
  Message StoreText(Arguments& into) const;

  Parameter parameter_;
  Session& session_;
  Told told_;
  bool loading_ = false;
  std::shared_ptr<void> asking_;
  wxSizer* sizer_ = nullptr;
  wxWindow* focus_ = nullptr;
  wxTextCtrl* text_ = nullptr;
  wxCheckBox* check_ = nullptr;
  wxChoice* choice_ = nullptr;
  wxCheckListBox* checks_ = nullptr;
  wxButton* pick_ = nullptr;
  wxButton* clear_ = nullptr;
  bool none_ = false;                 ///< The first entry of the choice stands for no value.
  bool awaited_ = false;              ///< The choices are not known yet.
  std::vector<Choice> choices_;
  std::vector<ArgumentValue> values_; ///< What was loaded.
  std::vector<Id> entities_;
  std::map<Id, std::string> names_;   ///< Of those and of others before.
};

}  // namespace meerstem::gui
