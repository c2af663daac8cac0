#pragma once

#include <map>

#include <wx/scrolwin.h>
#include <wx/textctrl.h>
#include <wx/timer.h>

#include "gui/widgets/panel_widget.h"

namespace meerstem::gui {

/// A Prose as a column of block editors. What is typed is a draft until the focus leaves or the typing rests; then it
/// is sent as the block's own command; a draft that the end of the program left behind is put back and sent. Ctrl+Z
/// takes back the draft first. A refresh leaves a block with a draft alone.
/// Ctrl+Up and Ctrl+Down go from block to block; what is dropped on a block comes after it.
class ProseWidget final : public PanelWidget {
 public:
  ProseWidget(wxWindow* parent, WidgetHost& host);
  ~ProseWidget() override;
  Selection Current() const override;

 protected:
  void ShowBody(const view::Patch* patch) override;
  void RestyleBody() override;

 private:
  struct Shown {
    view::Block block;
    wxPanel* panel = nullptr;            ///< None while the block waits to be built.
    wxTextCtrl* text = nullptr;
    std::string sent;                    ///< What the study has, as far as we know.
    std::vector<std::string> history;    ///< Of the draft, oldest first.
    std::string last;
    std::unique_ptr<ViewWidget> figure;
    std::string caption;                 ///< Of a figure or table, with its number.
  };
  void Build(Shown& shown);
  void BuildMore();
  void BuildNow(Shown& shown);
  void ShowBuilt();
  void BuildText(Shown& shown, wxSizer* row);
  void TakeDrops(wxWindow* window, const std::string& key);
  void Arrange();
  int PageWidth() const;
  void Fit(Shown& shown);
  void FitText(Shown& shown);
  void FitFigure(Shown& shown);
  void FitAll();
  void Send(const std::string& key);
  void SendLeft();
  void OnTyped(const std::string& key);
  void OnKey(wxKeyEvent& event, const std::string& key);
  void FocusBlock(const std::string& key, int step);
  wxFont FontOf(const view::Block& block) const;

  wxScrolledWindow* scroll_ = nullptr;
  wxTimer rest_;                         ///< Ends when the typing has rested.
  std::vector<std::string> waiting_;     ///< Keys of blocks that are not built yet, in their order.
  std::vector<std::string> hidden_;      ///< Built, and not laid out yet.
  std::map<std::string, std::unique_ptr<Shown>> blocks_;
  std::string current_;
  wxSizer* column_ = nullptr;
  int width_ = 0;
};

}  // namespace meerstem::gui
