#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include <wx/menu.h>

#include "gui/shell/keys.h"
#include "gui/shell/runner.h"
#include "gui/shell/sections.h"

namespace meerstem::gui {

/// What the items of menus do, by wx id: one handler of the frame serves them all.
class MenuActions {
 public:
  wxMenuItem* Add(wxMenu& menu, const wxString& label, const std::string& key, const wxString& help, std::function<void()> run,
                  wxItemKind kind = wxITEM_NORMAL);
  /// False: not one of ours.
  bool Run(int id) const;

 private:
  std::map<int, std::function<void()>> actions_;
};

/// One menu per section: its commands, those of a group in a submenu; then its views and workspaces, where there are many
/// in a submenu too.
class CommandMenu : public wxMenu {
 public:
  CommandMenu(const Section& section, MenuActions& actions, const Keys& keys, std::function<void(const std::string&)> run,
              std::function<void(const std::string&, bool workspace)> open);
  /// Greys out what turns out not to be possible now, with the reason as its help.
  void Check(Runner& runner, const Selection& selection);
  /// Makes everything possible again: a key must reach its command, which says itself why not.
  void Release();

 private:
  std::vector<wxMenuItem*> items_;
  std::vector<const Command*> commands_;  ///< Of the items, in their order.
  std::shared_ptr<void> asking_;
};

/// A label with a mnemonic that no other label of the bar has.
wxString WithMnemonic(const wxString& label, std::string& used);

}  // namespace meerstem::gui
