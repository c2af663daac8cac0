#include "gui/shell/command_menu.h"

#include <algorithm>
#include <cctype>

#include "gui/shell/tr.h"

namespace meerstem::gui {
namespace {

constexpr std::size_t kManyViews = 10;

}  // namespace

wxMenuItem* MenuActions::Add(wxMenu& menu, const wxString& label, const std::string& key, const wxString& help, std::function<void()> run, wxItemKind kind) {
  wxString text = Plain(label);
  if (!key.empty()) text += wxASCII_STR("\t") + ToWx(key);
  const int id = wxWindow::NewControlId();
  actions_[id] = std::move(run);
  return menu.Append(id, text, help, kind);
}

bool MenuActions::Run(int id) const {
  const auto found = actions_.find(id);
  if (found == actions_.end()) return false;
  const auto run = found->second;  // A language switch inside takes the menus away under it.
  run();
  return true;
}

CommandMenu::CommandMenu(const Section& section, MenuActions& actions, const Keys& keys, std::function<void(const std::string&)> run,
                         std::function<void(const std::string&, bool)> open) {
  std::vector<std::pair<std::string, wxMenu*>> groups;
  const auto in = [&](const Message& label) -> wxMenu& {
    if (label.empty()) return *this;
    const std::string shown = FromWx(Shown(label));
    for (const auto& [name, menu] : groups) {
      if (name == shown) return *menu;
    }
    groups.emplace_back(shown, new wxMenu);
    AppendSubMenu(groups.back().second, Plain(Shown(label)));
    return *groups.back().second;
  };
  for (const Command* command : section.commands) {
    items_.push_back(actions.Add(in(command->group), LabelOf(*command, {}), keys.Of(command->id), Shown(command->help), [run, id = command->id] { run(id); }));
    commands_.push_back(command);
  }
  const auto offered = static_cast<std::size_t>(std::count_if(section.views.begin(), section.views.end(), [](const View* view) { return view->in_navigator || !view->key.empty(); }));
  wxMenu& looks = offered + section.workspaces.size() > kManyViews ? in(Say("Views")) : *this;
  bool separated = section.commands.empty() || &looks != this;
  const auto separate = [&] {
    if (!separated) AppendSeparator();
    separated = true;
  };
  for (const View* view : section.views) {
    if (!view->in_navigator && view->key.empty()) continue;
    separate();
    actions.Add(looks, Shown(view->label), keys.Of(view->id), Shown(view->help), [open, id = view->id] { open(id, false); });
  }
  for (const Workspace* workspace : section.workspaces) {
    separate();
    actions.Add(looks, Shown(workspace->label), {}, Tr("Views side by side"), [open, id = workspace->id] { open(id, true); });
  }
}

void CommandMenu::Check(Runner& runner, const Selection& selection) {
  asking_ = runner.AskPossible(commands_, selection, [this](const std::vector<Message>& why) {
    for (std::size_t i = 0; i < items_.size(); ++i) {
      items_[i]->Enable(why[i].empty());
      items_[i]->SetHelp(Shown(why[i].empty() ? commands_[i]->help : why[i]));
    }
  });
}

void CommandMenu::Release() {
  asking_.reset();
  for (wxMenuItem* item : items_) item->Enable(true);
}

wxString WithMnemonic(const wxString& label, std::string& used) {
  for (std::size_t i = 0; i < label.length(); ++i) {
    const wxUniChar letter = label[i];
    if (!letter.IsAscii() || !std::isalpha(static_cast<char>(letter))) continue;
    const char lower = static_cast<char>(std::tolower(static_cast<char>(letter)));
    if (used.find(lower) != std::string::npos) continue;
    used += lower;
    return Plain(label.Left(i)) + wxASCII_STR("&") + Plain(label.Mid(i));
  }
  return Plain(label);
}

}  // namespace meerstem::gui
