#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <wx/window.h>

#include "core/base/language.h"
#include "core/command/job.h"
#include "core/command/parameters.h"
#include "core/store/store.h"
#include "core/view/model.h"
#include "gui/widgets/drafts.h"

namespace meerstem::gui {

/// What the user points at. The shell keeps it and offers it to every command that takes such parameters.
struct Selection {
  std::vector<view::Entity> entities;
  std::optional<SourceSpan> span;
  std::vector<std::string> rows;  ///< Keys of a table's chosen rows: what a preview hands back to its command.
  std::vector<view::Entity> subjects;  ///< Not pointed at: what the whole view is about. Dialogs offer them.
  bool empty() const { return entities.empty() && !span; }
};

/// What the shell is to a widget: the only way in which a widget speaks back. Main thread.
class WidgetHost {
 public:
  virtual ~WidgetHost() = default;
  /// Shows what is behind a thing; `beside`: in another tab.
  virtual void Open(const view::Target& target, bool beside) = 0;
  /// Runs a command as a job; asks in a dialog for required parameters that are not bound. Errors are shown.
  virtual void Execute(const std::string& command, const Arguments& arguments) = 0;
  /// The selection changed in this widget.
  virtual void Selected(const Selection& selection) = 0;
  /// The context menu of commands for the selection, at a place of `window` (screen default: the mouse).
  virtual void PopupCommands(wxWindow* window, const Selection& selection, const std::vector<view::Action>& actions) = 0;
  /// Parameters of the view changed (a live search box, a filter, a sort): build it again.
  virtual void Rebuild(const Arguments& changed) = 0;
  /// A short question to the study, such as a page of rows: `look` on a worker, then `answered` here (nullptr: it went
  /// well). Whoever lets go of what this returns is not answered any more.
  [[nodiscard]] virtual std::shared_ptr<void> Ask(std::function<void(Reading&, Job&)> look, std::function<void(const Error*)> answered) = 0;
  /// For what is typed in a widget, until it is sent.
  virtual Drafts& drafts() = 0;
  /// For work that outlives a widget.
  virtual std::shared_ptr<const Language> KeptLanguage() const = 0;
  const Language& language() const { return *KeptLanguage(); }
  /// 1 is 100 %.
  virtual double zoom() const = 0;
};

/// Something that a widget itself does at its cursor, under a key; the palette and the sheet of keys list it too.
struct WidgetAction {
  Message label;
  std::string key;
  std::function<void()> run;
};

/// The widget of one kind of view. Owned by its parent window. Keeps selection, scroll and focus over a refresh by
/// the keys of the model. Every kind can be worked by keyboard alone; drawn ones have a native twin that assistive
/// technology reads.
class ViewWidget {
 public:
  virtual ~ViewWidget() = default;
  virtual wxWindow* Window() = 0;
  /// Shows the model; `patch` says what differs from the one shown before, nullptr at first or when all does.
  virtual void Show(std::shared_ptr<const view::Model> model, const view::Patch* patch) = 0;
  virtual Selection Current() const = 0;
  /// In pixels, with which all of it is seen at once at such a width; 0: any height serves as well.
  virtual int HeightFor(int /*width*/) { return 0; }
  /// Keys of what was just made: chosen and brought into sight where the next model has them.
  virtual void ChooseNext(std::vector<std::string> /*keys*/) {}
  /// What it does by itself now. Good until the next Show.
  virtual std::vector<WidgetAction> Actions() { return {}; }
  /// The zoom or the language changed.
  virtual void Restyle() = 0;
};

/// The one widget for the kind.
std::unique_ptr<ViewWidget> MakeWidget(view::Kind kind, wxWindow* parent, WidgetHost& host);

}  // namespace meerstem::gui
