#pragma once

#include <functional>
#include <string>
#include <vector>

#include <wx/panel.h>

class wxListBox;

namespace meerstem::gui {

/// What stands in the window while no study is open: make one, open one, or go on with a recent one.
class StartPage : public wxPanel {
 public:
  struct Doors {
    std::function<void()> make;
    std::function<void()> open;
    std::function<void(const std::string&)> recent;
  };
  StartPage(wxWindow* parent, std::vector<std::string> recent, Doors doors);

 private:
  std::vector<std::string> recent_;
  Doors doors_;
};

}  // namespace meerstem::gui
