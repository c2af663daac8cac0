#pragma once

#include <functional>
#include <memory>
#include <vector>

#include <wx/panel.h>
#include <wx/timer.h>

#include "gui/shell/parameter_field.h"

class wxBoxSizer;
class wxStaticText;
class wxToggleButton;
class wxWrapSizer;

namespace meerstem::gui {

/// The parameters of a view above it: filters, sorts, dimensions, what it is about. Where there are many, the later ones
/// stand behind a button as long as nothing is chosen in them. A change reports itself, typing only after a short rest. Owned by its pane. Window thread.
class ParameterBar : public wxPanel {
 public:
  ParameterBar(wxWindow* parent, const View& view, Session& session, std::function<void(const Arguments&)> changed);
  bool empty() const { return fields_.empty(); }
  void Load(const Arguments& arguments);
  void FocusFirst();
  /// To the field that builds the view as one types; false: it has none.
  bool FocusLive();
  /// The control of the first parameter of that name; nullptr: none.
  wxWindow* Control(const std::string& name) const;

 private:
  void Report(bool typing, bool live);
  void Send();
  void Tell(const Arguments& arguments, const Message& wrong);
  void FoldLabels(int width);
  void AddMore();
  bool MayWait(std::size_t field) const;
  /// Shows what may not wait and what was chosen; `all`: everything.
  void ShowFields(bool all);
  /// Gives it the keyboard, and brings it out where it waits.
  void Reach(const ParameterField& field);

  Session& session_;
  std::function<void(const Arguments&)> changed_;
  std::vector<std::unique_ptr<ParameterField>> fields_;
  std::vector<wxStaticText*> labels_;
  std::vector<wxBoxSizer*> pairs_;      ///< Of each field: its label and its control.
  wxWrapSizer* wrap_ = nullptr;
  wxToggleButton* more_ = nullptr;      ///< nullptr: there are few.
  wxStaticText* error_ = nullptr;
  Arguments arguments_;
  std::shared_ptr<void> reading_;  ///< Whether what was typed can be read.
  wxTimer rest_;
};

}  // namespace meerstem::gui
