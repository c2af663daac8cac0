#pragma once

#include <memory>

#include <wx/app.h>

#include "core/plugin/program.h"

namespace meerstem::gui {

class Frame;

/// The running program: finds the parts of Meerstem, shows the window, opens what the command line names.
class App : public wxApp {
 public:
  bool OnInit() override;
  int OnRun() override;
  bool OnExceptionInMainLoop() override;

 private:
  std::unique_ptr<Program> program_;
  Frame* frame_ = nullptr;
};

}  // namespace meerstem::gui
