#pragma once

#include <memory>
#include <string>
#include <vector>

#include <wx/panel.h>

#include "gui/shell/parameter_bar.h"
#include "gui/shell/shell.h"
#include "gui/widgets/view_widget.h"

class wxBitmapButton;
class wxButton;
class wxStaticText;

namespace meerstem::gui {

class WrappedText;

/// One view with its parameters, from its first build through every refresh to its end. Builds on a worker; a newer
/// build cancels the older, and what comes too late is dropped. Window thread.
class ViewPane : public wxPanel, public WidgetHost {
 public:
  ViewPane(wxWindow* parent, Shell& shell, std::string view, Arguments arguments);
  ~ViewPane() override;

  const std::string& view() const { return view_; }
  const Arguments& arguments() const { return arguments_; }
  std::shared_ptr<const view::Model> model() const { return model_; }
  const Selection& selection() const { return selection_; }
  /// What the view is about, such as the source of a text.
  std::vector<view::Entity> Subjects() const;
  /// The model's, or the view's until there is one.
  Message title() const;
  bool building() const { return task_ != nullptr; }

  /// Another thing of the same view; the one before is a Back away.
  void Go(const Arguments& arguments);
  bool Back();
  void Build();
  /// Builds again when what was built read any of the changed tables.
  void Refresh(const Change& change);
  void Restyle();
  void FocusContent();
  ParameterBar* bar() { return bar_; }
  ViewWidget* widget() { return widget_.get(); }

  void Open(const view::Target& target, bool beside) override;
  void Execute(const std::string& command, const Arguments& arguments) override;
  void Selected(const Selection& selection) override;
  void PopupCommands(wxWindow* window, const Selection& selection, const std::vector<view::Action>& actions) override;
  void Rebuild(const Arguments& changed) override;
  std::shared_ptr<void> Ask(std::function<void(Reading&, Job&)> look, std::function<void(const Error*)> answered) override;
  Drafts& drafts() override;
  std::shared_ptr<const Language> KeptLanguage() const override { return language_; }
  double zoom() const override;

 private:
  void MakeHeader();
  void ShowHeader();
  void ShowResult(std::shared_ptr<const view::Model> model, const view::Patch* patch);
  void ShowSentence(const wxString& sentence);
  void TakeFocus();
  Message NeededFirst() const;

  Shell& shell_;
  std::string view_;
  const View& description_;
  Arguments arguments_;
  std::vector<Arguments> before_;
  std::shared_ptr<const Language> language_;
  std::shared_ptr<const view::Model> model_;
  std::unique_ptr<ViewWidget> widget_;
  std::shared_ptr<Task> task_;
  Selection selection_;
  bool wants_focus_ = false;  ///< Asked for before there was something to focus.

  wxPanel* header_ = nullptr;
  wxButton* back_ = nullptr;
  WrappedText* title_ = nullptr;
  wxStaticText* population_ = nullptr;
  WrappedText* sentence_ = nullptr;
  ParameterBar* bar_ = nullptr;
};

}  // namespace meerstem::gui
