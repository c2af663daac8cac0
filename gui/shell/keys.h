#pragma once

#include <map>
#include <string>
#include <vector>

#include <wx/window.h>

#include "core/base/message.h"
#include "core/plugin/registry.h"
#include "gui/widgets/view_widget.h"

namespace meerstem::gui {

/// Something the window itself can do: one line in a menu, in the palette and on the keys sheet.
struct ShellAction {
  std::string id;       ///< `study.open`
  Message label;
  Message help;
  std::string key;
  bool needs_study = true;
  std::function<void()> run;
};

/// Which key does what. The window's own keys come first; a command whose default key is taken keeps its place in
/// menus and palette, without a key.
class Keys {
 public:
  Keys(const std::vector<ShellAction>& actions, const Registry& registry);
  /// Of an action, command or view; empty: none.
  std::string Of(const std::string& id) const;

  /// What has this key; empty: nothing.
  std::string Taker(const std::string& key) const;

  struct Line {
    std::string key;
    Message what;
    Message where;
  };
  /// Everything with a key, in the order of the menus; also what panels and dialogs answer to.
  const std::vector<Line>& lines() const { return lines_; }

 private:
  void Claim(const std::string& id, const std::string& key, const Message& what, const Message& where);
  std::map<std::string, std::string> by_id_;
  std::map<std::string, std::string> taken_;
  std::vector<Line> lines_;
};

/// The sheet that lists every key, also those of the view that is shown; modal.
void ShowKeys(wxWindow* parent, const Keys& keys, const std::vector<WidgetAction>& moves);

}  // namespace meerstem::gui
