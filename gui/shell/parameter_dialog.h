#pragma once

#include <functional>
#include <memory>
#include <vector>

#include <wx/dialog.h>

#include "gui/shell/parameter_field.h"

#include <wx/scrolwin.h>

class wxButton;
class wxSizer;
class wxStaticText;

namespace meerstem::gui {

/// Asks for the parameters of a command, made from their descriptions. Stays open while the command runs and when it
/// is refused, with the sentence in it, so that nothing typed is lost. Modal; Ctrl+Enter is OK.
class ParameterDialog : public wxDialog {
 public:
  /// Called once the work is over; nullptr: it went well.
  using Over = std::function<void(const Error*)>;
  struct Doing {
    std::function<std::shared_ptr<Task>(const Arguments&, Over)> run;
    /// The last argument is called with the arguments narrowed to rows that were chosen in the preview.
    std::function<std::shared_ptr<Task>(const Arguments&, Over, std::function<void(const Arguments&)>)> preview;
  };
  /// Asks for what `known` does not hold.
  ParameterDialog(wxWindow* parent, Session& session, const Command& command, const Arguments& known, Doing doing);
  ~ParameterDialog() override;

  /// It turned out that this cannot be done now, whatever is filled in.
  void Refuse(const Message& why);
  ParameterField* Field(const std::string& name) const;
  wxString error() const;

 private:
  struct Line {
    std::unique_ptr<ParameterField> field;
    wxStaticText* error;
  };
  void KeepDraft(ParameterField& field);
  void AddLine(wxWindow* parent, wxSizer* grid, const Parameter& parameter);
  bool Collect(Arguments& into);
  void Submit();
  void Start(const Arguments& arguments);
  void Preview();
  void Begin(std::shared_ptr<Task> task);
  void OnKey(wxKeyEvent& event);
  void ShowError(const wxString& words);
  void FitBody();
  void Grow();

  Session& session_;
  std::string command_;
  Arguments known_;
  Doing doing_;
  std::vector<Line> lines_;
  std::vector<std::string> drafts_;
  bool refused_ = false;
  wxScrolledWindow* body_;
  wxStaticText* error_;
  wxButton* ok_;
  wxButton* preview_;
  wxButton* pressed_ = nullptr;  ///< Gets the focus back when the work is done.
  std::shared_ptr<Task> task_;
};

}  // namespace meerstem::gui
