#pragma once

#include <string>
#include <vector>

#include "core/view/model.h"
#include "gui/shell/session.h"
#include "gui/widgets/view_widget.h"

namespace meerstem::gui {

class ViewPane;

enum class NoticeKind { kDone, kNote, kRefused };

/// What panes, panels and dialogs ask of the window around them. Window thread.
class Shell {
 public:
  virtual ~Shell() = default;
  virtual Session& session() = 0;
  virtual double zoom() const = 0;
  /// `from` may be nullptr. A pane of the same tab that shows this view already takes the target.
  virtual void OpenTarget(const view::Target& target, bool beside, ViewPane* from) = 0;
  /// `asking`: started from a menu or a key, so that optional parameters may be asked for too.
  virtual void RunCommand(const std::string& command, const Arguments& bound, bool asking) = 0;
  virtual void SelectionChanged(ViewPane& pane, const Selection& selection) = 0;
  virtual void PaneShown(ViewPane& pane) = 0;
  virtual void CloseTabOf(ViewPane& pane) = 0;
  virtual void PopupCommands(wxWindow* window, const Selection& selection, const std::vector<view::Action>& actions) = 0;
  /// What a command made, for the view in front to choose.
  virtual void Made(const std::vector<Id>& created) = 0;
  virtual void ShowNotice(const Message& message, NoticeKind kind) = 0;
  /// What commands are offered: that of the active pane.
  virtual Selection CurrentSelection() const = 0;
  /// The key under which a command or view answers here; empty: none.
  virtual std::string KeyOf(const std::string& id) const = 0;
};

}  // namespace meerstem::gui
