#include "tests/gui/widgets/recording_host.h"

#include <cstdio>

namespace meerstem::gui::testing {

void RecordingHost::Open(const view::Target& target, bool beside) {
  opened.push_back(target);
  std::printf("open %s%s\n", target.view.c_str(), beside ? " beside" : "");
}

void RecordingHost::Execute(const std::string& command, const Arguments& arguments) {
  executed.push_back({command, arguments});
  std::printf("execute %s with %zu parameters\n", command.c_str(), arguments.all().size());
}

void RecordingHost::PopupCommands(wxWindow*, const Selection& selection, const std::vector<view::Action>& actions) {
  ++popups;
  std::printf("menu for %zu things, %zu actions\n", selection.entities.size(), actions.size());
}

}  // namespace meerstem::gui::testing
