#pragma once

#include <functional>
#include <optional>
#include <string>

#include "gui/shell/shell.h"

namespace meerstem::gui {

/// Undo and redo by name. What comes next is asked of the store on a worker after every change, because the store
/// answers only between writes and a menu must not wait. Owned by the window, one per study. Window thread.
class Undo {
 public:
  Undo(wxWindow* parent, Shell& shell);
  /// Looks again what comes next; `on_known` when it is known.
  void Look();
  std::function<void()> on_known;

  /// "Undo: Apply a code"; without a step "Undo".
  Message UndoLabel() const;
  Message RedoLabel() const;
  bool can_undo() const { return undo_.step.has_value(); }
  bool can_redo() const { return redo_.step.has_value(); }
  void Do(bool undo);

 private:
  struct Known {
    std::optional<Step> step;
    std::string actor;  ///< Who did it.
  };
  bool Agreed(const Known& known, bool undo);
  wxWindow* parent_;
  Shell& shell_;
  Known undo_;
  Known redo_;
  bool looking_ = false;
  bool again_ = false;
};

}  // namespace meerstem::gui
