#pragma once

#include <map>
#include <set>

#include <wx/dataview.h>

#include "gui/widgets/panel_widget.h"

namespace meerstem::gui {

/// A Tree as a native tree with columns: swatch and label first, then the counts. Enter opens, F2 renames, nodes are
/// dragged onto nodes and onto texts; what stands open stays open over a refresh.
class TreeWidget final : public PanelWidget {
 public:
  TreeWidget(wxWindow* parent, WidgetHost& host);
  ~TreeWidget() override;
  Selection Current() const override;
  void ChooseNext(std::vector<std::string> keys) override { choose_next_ = std::move(keys); }

 protected:
  void ShowBody(const view::Patch* patch) override;
  void RestyleBody() override;

 private:
  class TreeModel;
  struct Item {
    std::string key;
    std::string parent;
    std::size_t node = 0;  ///< Index into Tree::nodes.
    std::vector<Item*> children;
  };
  void BuildColumns();
  void FitLabels();
  void Fill();
  bool ApplyPatch(const view::Patch& patch);
  void Rebuild();
  void Expand(const Item& item);
  Item* ItemOf(const wxDataViewItem& item) const;
  const view::Node* NodeOf(const wxDataViewItem& item) const;
  wxDataViewItem FindKey(const std::string& key) const;
  void OnKey(wxKeyEvent& event);
  const view::Node* NodeUnderMouse(wxDataViewColumn** column = nullptr) const;
  void OnDropPossible(wxDataViewEvent& event);
  void OnDrop(wxDataViewEvent& event);
  void OnMotion(wxMouseEvent& event);
  void Rename();
  void TellSelection();

  wxDataViewCtrl* tree_ = nullptr;
  wxObjectDataPtr<TreeModel> nodes_;
  std::map<std::string, std::unique_ptr<Item>> items_;
  std::vector<Item*> roots_;
  std::set<std::string> closed_;   ///< Keys of what the user closed; new branches stand open.
  std::vector<view::Entity> dragged_;
  std::vector<std::string> choose_next_;
  std::string hovered_;
  bool quiet_ = false;
  int label_width_ = 0;            ///< As the labels ask.
  int fitted_width_ = 0;           ///< As they have got.
};

}  // namespace meerstem::gui
