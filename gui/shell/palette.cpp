#include "gui/shell/palette.h"

#include "gui/shell/finder.h"
#include "gui/shell/sections.h"
#include "gui/shell/tr.h"

namespace meerstem::gui {

void ShowPalette(wxWindow* parent, const std::vector<ShellAction>& actions, const Registry& registry, const Keys& keys, const std::vector<WidgetAction>& moves, Runner* runner,
                 const Selection& selection, const PaletteDoors& doors) {
  std::vector<Finder::Item> items;
  std::vector<std::function<void()>> runs;
  std::vector<const Command*> commands;
  std::vector<std::size_t> places;  // Of the commands among the items.
  const auto words = [](const Message& message) { return FromWx(Shown(message)); };
  for (const auto& move : moves) {
    items.push_back({words(Say("In this view: {0}", move.label)), move.key, {}});
    runs.push_back(move.run);
  }
  if (runner) {
    for (const auto& section : SectionsOf(registry)) {
      for (const Command* command : section.commands) {
        items.push_back({words(Say("{0}: {1}", section.label, command->label)), keys.Of(command->id), {}, words(command->help)});
        commands.push_back(command);
        places.push_back(items.size() - 1);
        runs.push_back([&doors, id = command->id] { doors.command(id); });
      }
      for (const View* view : section.views) {
        items.push_back({words(Say("Open {0}: {1}", section.label, view->label)), keys.Of(view->id), {}, words(view->help)});
        runs.push_back([&doors, id = view->id] { doors.open(id, false); });
      }
      for (const Workspace* workspace : section.workspaces) {
        items.push_back({words(Say("Open {0}: {1}", section.label, workspace->label)), {}, {}});
        runs.push_back([&doors, id = workspace->id] { doors.open(id, true); });
      }
    }
  }
  for (const auto& action : actions) {
    if (action.id == "view.palette") continue;
    items.push_back({words(action.label), action.key, action.needs_study && !runner ? words(Say("Open a study first.")) : std::string()});
    runs.push_back(action.run);
  }
  std::vector<std::string> remarks;
  for (const auto& item : items) remarks.push_back(item.remark);
  Finder finder(parent, Tr("Command palette"), Tr("What do you want to do or see?"), Finder::Lines::kDetailed);
  finder.Fill(std::move(items));
  std::shared_ptr<void> asked;
  if (runner) {
    asked = runner->AskPossible(commands, selection, [&, remarks](const std::vector<Message>& why) mutable {
      for (std::size_t i = 0; i < why.size(); ++i) remarks[places[i]] = words(why[i]);
      finder.SetRemarks(remarks);
    });
  }
  const auto taken = finder.Ask();
  // What is impossible is run all the same: its refusal is the sentence that the user wants to read.
  if (taken && (remarks[*taken].empty() || runner)) runs[*taken]();
}

}  // namespace meerstem::gui
