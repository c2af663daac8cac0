#include "gui/widgets/tree_widget.h"

#include <algorithm>

#include <wx/clipbrd.h>
#include <wx/sizer.h>

#include "gui/widgets/accessible.h"
#include "gui/widgets/cell_editor.h"
#include "gui/widgets/cell_text.h"
#include "gui/widgets/entity_drag.h"
#include "gui/widgets/entity_list.h"
#include "gui/widgets/several_rows.h"
#include "gui/widgets/strings.h"
#include "gui/widgets/theme.h"

namespace meerstem::gui {

/// The nodes as the native tree asks for them; an item is a pointer to an Item of the widget.
class TreeWidget::TreeModel final : public wxDataViewModel {
 public:
  explicit TreeModel(TreeWidget& owner) : owner_(owner) {}
#if !wxCHECK_VERSION(3, 3, 0)
  unsigned int GetColumnCount() const override { return static_cast<unsigned int>(1 + owner_.As<view::Tree>().columns.size()); }
  wxString GetColumnType(unsigned int column) const override { return column == 0 ? wxString(wxS("wxDataViewIconText")) : wxString(wxS("string")); }
#endif
  void GetValue(wxVariant& value, const wxDataViewItem& item, unsigned int column) const override {
    const view::Node* node = owner_.NodeOf(item);
    if (column == 0) {
      wxDataViewIconText label(node ? owner_.Words(node->label) : wxString());
      if (node && !node->colour.empty()) {
        const wxColour colour = ParseColour(node->colour);
        if (colour.IsOk()) label.SetBitmapBundle(wxBitmapBundle(Swatch(colour, owner_.tree_->GetCharHeight() * 3 / 4)));
      }
      value << label;
      return;
    }
    wxString text;
    const auto& columns = owner_.As<view::Tree>().columns;
    if (node && column - 1 < node->cells.size() && column - 1 < columns.size()) {
      text = ToWx(OneLine(ShowCell(node->cells[column - 1], columns[column - 1].type, owner_.language()).text));
    }
    value = text;
  }
  bool SetValue(const wxVariant&, const wxDataViewItem&, unsigned int) override { return false; }
  bool GetAttr(const wxDataViewItem& item, unsigned int column, wxDataViewItemAttr& attribute) const override {
    const view::Node* node = owner_.NodeOf(item);
    if (!node || column == 0 || column - 1 >= node->cells.size()) return false;
    if (node->cells[column - 1].state == view::State::kValue) return false;
    attribute.SetItalic(true);
    return true;
  }
  wxDataViewItem GetParent(const wxDataViewItem& item) const override {
    const Item* here = owner_.ItemOf(item);
    return here && !here->parent.empty() ? owner_.FindKey(here->parent) : wxDataViewItem();
  }
  bool IsContainer(const wxDataViewItem& item) const override {
    const Item* here = owner_.ItemOf(item);
    return !here || !here->children.empty();
  }
  bool HasContainerColumns(const wxDataViewItem&) const override { return true; }
  unsigned int GetChildren(const wxDataViewItem& item, wxDataViewItemArray& children) const override {
    const Item* here = owner_.ItemOf(item);
    const auto& list = here ? here->children : owner_.roots_;
    for (Item* child : list) children.Add(wxDataViewItem(child));
    return static_cast<unsigned int>(list.size());
  }

 private:
  TreeWidget& owner_;
};

TreeWidget::TreeWidget(wxWindow* parent, WidgetHost& host) : PanelWidget(parent, host) {
  tree_ = new wxDataViewCtrl(body(), wxID_ANY, wxDefaultPosition, wxDefaultSize, wxDV_MULTIPLE);
  auto* sizer = new wxBoxSizer(wxVERTICAL);
  sizer->Add(tree_, wxSizerFlags(1).Expand());
  body()->SetSizer(sizer);
  tree_->Bind(wxEVT_DATAVIEW_ITEM_ACTIVATED, [this](wxDataViewEvent& event) {
    if (const auto* node = NodeOf(event.GetItem())) Follow(node->target, wxGetKeyState(WXK_CONTROL));
  });
  tree_->Bind(wxEVT_DATAVIEW_ITEM_CONTEXT_MENU, [this](wxDataViewEvent& event) {
    if (event.GetItem().IsOk() && !tree_->IsSelected(event.GetItem())) {
      tree_->UnselectAll();
      tree_->Select(event.GetItem());
      TellSelection();
    }
    Popup(tree_, Current());
  });
  tree_->Bind(wxEVT_DATAVIEW_SELECTION_CHANGED, [this](wxDataViewEvent&) { TellSelection(); });
  tree_->Bind(wxEVT_DATAVIEW_ITEM_COLLAPSED, [this](wxDataViewEvent& event) {
    if (const Item* item = ItemOf(event.GetItem()); item && !quiet_) closed_.insert(item->key);
  });
  tree_->Bind(wxEVT_DATAVIEW_ITEM_EXPANDED, [this](wxDataViewEvent& event) {
    if (const Item* item = ItemOf(event.GetItem()); item && !quiet_) closed_.erase(item->key);
  });
  tree_->Bind(wxEVT_DATAVIEW_ITEM_BEGIN_DRAG, [this](wxDataViewEvent& event) {
    const auto* node = NodeOf(event.GetItem());
    if (!node || node->entities.empty()) {
      event.Veto();
      return;
    }
    std::vector<std::vector<view::Entity>> rows{node->entities};
    wxDataViewItemArray chosen;
    if (tree_->IsSelected(event.GetItem()) && tree_->GetSelections(chosen) > 1) {
      rows.clear();
      for (const auto& item : chosen) {
        if (const auto* each = NodeOf(item)) rows.push_back(each->entities);
      }
    }
    dragged_ = OneOfEach(rows);
    event.SetDataObject(NewEntityData(dragged_));
    event.SetDragFlags(wxDrag_AllowMove);
  });
  tree_->Bind(wxEVT_DATAVIEW_ITEM_DROP_POSSIBLE, &TreeWidget::OnDropPossible, this);
  tree_->Bind(wxEVT_DATAVIEW_ITEM_DROP, &TreeWidget::OnDrop, this);
  tree_->Bind(wxEVT_SIZE, [this](wxSizeEvent& event) {
    event.Skip();
    if (tree_->GetColumnCount() > 1) FitLabels();
  });
  tree_->Bind(wxEVT_CHAR_HOOK, &TreeWidget::OnKey, this);
  tree_->GetMainWindow()->Bind(wxEVT_MOTION, &TreeWidget::OnMotion, this);
  KeepRowsWhileDragging(*tree_);
}

TreeWidget::~TreeWidget() {
  if (Window() && tree_) tree_->AssociateModel(nullptr);
}

TreeWidget::Item* TreeWidget::ItemOf(const wxDataViewItem& item) const { return static_cast<Item*>(item.GetID()); }

const view::Node* TreeWidget::NodeOf(const wxDataViewItem& item) const {
  const Item* here = ItemOf(item);
  const auto& nodes = As<view::Tree>().nodes;
  return here && here->node < nodes.size() ? &nodes[here->node] : nullptr;
}

wxDataViewItem TreeWidget::FindKey(const std::string& key) const {
  const auto found = items_.find(key);
  return found == items_.end() ? wxDataViewItem() : wxDataViewItem(found->second.get());
}

void TreeWidget::BuildColumns() {
  tree_->ClearColumns();
  const auto& tree = As<view::Tree>();
  const int character = tree_->GetCharWidth();
  int widest = 24 * character;
  for (const auto& node : tree.nodes) widest = std::max(widest, tree_->GetTextExtent(Words(node.label)).x + 10 * character);
  auto* label = new wxDataViewIconTextRenderer(wxS("wxDataViewIconText"), wxDATAVIEW_CELL_INERT);
  label->EnableEllipsize(wxELLIPSIZE_END);
  label_width_ = std::min(widest, 52 * character);
  auto* first = new wxDataViewColumn(Words(tree.label_title), label, 0, label_width_, wxALIGN_LEFT, wxDATAVIEW_COL_RESIZABLE);
  tree_->AppendColumn(first);
  tree_->SetExpanderColumn(first);
  fitted_width_ = label_width_;
  if (!tree.columns.empty()) FitLabels();
  for (std::size_t i = 0; i < tree.columns.size(); ++i) {
    const auto& column = tree.columns[i];
    const wxString title = Words(column.title);
    int width = tree_->GetTextExtent(title).x + 4 * character;
    if (column.width > 0) {
      width = std::max(width, column.width * character);
    } else {
      for (std::size_t node = 0; node < std::min<std::size_t>(tree.nodes.size(), 200); ++node) {
        if (i >= tree.nodes[node].cells.size()) continue;
        const int content = tree_->GetTextExtent(ToWx(OneLine(ShowCell(tree.nodes[node].cells[i], column.type, language()).text))).x;
        width = std::max(width, std::min(content, 24 * character) + 3 * character);
      }
    }
    const wxAlignment side = IsNumeric(column.type) ? wxALIGN_RIGHT : wxALIGN_LEFT;
    auto* renderer = new wxDataViewTextRenderer(wxS("string"), wxDATAVIEW_CELL_INERT, side | wxALIGN_CENTRE_VERTICAL);
    renderer->EnableEllipsize(wxELLIPSIZE_END);
    tree_->AppendColumn(new wxDataViewColumn(title, renderer, static_cast<unsigned int>(i + 1), width, side, wxDATAVIEW_COL_RESIZABLE));
  }
}

/// In a narrow window the labels leave room for what stands beside them, until someone gives them another width.
void TreeWidget::FitLabels() {
  wxDataViewColumn* labels = tree_->GetExpanderColumn();
  if (labels->GetWidth() > 0 && labels->GetWidth() != fitted_width_) return;
  const int least = 24 * tree_->GetCharWidth();
  fitted_width_ = std::min(label_width_, std::max(least, tree_->GetClientSize().x * 3 / 5));
  if (labels->GetWidth() != fitted_width_) labels->SetWidth(fitted_width_);
}

void TreeWidget::Fill() {
  items_.clear();
  roots_.clear();
  const auto& nodes = As<view::Tree>().nodes;
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    auto item = std::make_unique<Item>(Item{nodes[i].key, nodes[i].parent, i, {}});
    const auto parent = items_.find(nodes[i].parent);
    if (nodes[i].parent.empty() || parent == items_.end()) {
      item->parent.clear();
      roots_.push_back(item.get());
    } else {
      parent->second->children.push_back(item.get());
    }
    items_[nodes[i].key] = std::move(item);
  }
}

void TreeWidget::Expand(const Item& item) {
  if (item.children.empty() || closed_.contains(item.key)) return;
  tree_->Expand(wxDataViewItem(const_cast<Item*>(&item)));
  for (const Item* child : item.children) Expand(*child);
}

/// Only changed words and counts: the shape stays, so each changed node is told apart and nothing moves.
bool TreeWidget::ApplyPatch(const view::Patch& patch) {
  if (!patch.added.empty() || !patch.removed.empty()) return false;
  const auto& nodes = As<view::Tree>().nodes;
  if (nodes.size() != items_.size()) return false;
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    const auto found = items_.find(nodes[i].key);
    if (found == items_.end() || found->second->parent != nodes[i].parent) return false;
  }
  for (std::size_t i = 0; i < nodes.size(); ++i) items_[nodes[i].key]->node = i;
  for (const auto& key : patch.changed) {
    if (const auto item = FindKey(key); item.IsOk()) nodes_->ItemChanged(item);
  }
  return true;
}

void TreeWidget::Rebuild() {
  std::vector<std::string> selected;
  wxDataViewItemArray items;
  if (nodes_) tree_->GetSelections(items);
  for (const auto& item : items) selected.push_back(ItemOf(item)->key);
  tree_->AssociateModel(nullptr);
  Fill();
  nodes_.reset(new TreeModel(*this));
  tree_->AssociateModel(nodes_.get());
  // On GTK dragging belongs to the model's side of the control, and goes with it.
  tree_->EnableDragSource(EntityFormat());
  tree_->EnableDropTarget(EntityFormat());
  for (const Item* root : roots_) Expand(*root);
  wxDataViewItemArray again;
  for (const auto& key : selected) {
    if (const auto item = FindKey(key); item.IsOk()) again.Add(item);
  }
  if (!again.empty()) {
    tree_->SetSelections(again);
    tree_->EnsureVisible(again[0]);
  }
}

void TreeWidget::ShowBody(const view::Patch* patch) {
  SetAccessibleName(tree_, Words(model()->title));
  quiet_ = true;
  if (!patch || !nodes_ || !ApplyPatch(*patch)) {
    if (!patch || tree_->GetColumnCount() == 0) {
      ApplyFont(body(), host().zoom());
      BuildColumns();
    }
    Rebuild();
  }
  wxDataViewItemArray made;
  for (const auto& key : std::exchange(choose_next_, {})) {
    if (const auto item = FindKey(key); item.IsOk()) made.Add(item);
  }
  if (!made.empty()) {
    tree_->EnsureVisible(made[0]);
    tree_->SetCurrentItem(made[0]);
    tree_->SetSelections(made);
  }
  quiet_ = false;
  TellSelection();
}

void TreeWidget::RestyleBody() {
  quiet_ = true;
  ApplyFont(body(), host().zoom());
  BuildColumns();
  Rebuild();
  quiet_ = false;
}

Selection TreeWidget::Current() const {
  Selection selection;
  if (!nodes_) return selection;
  wxDataViewItemArray items;
  tree_->GetSelections(items);
  for (const auto& item : items) {
    if (const auto* node = NodeOf(item)) selection.entities.insert(selection.entities.end(), node->entities.begin(), node->entities.end());
  }
  return selection;
}

void TreeWidget::TellSelection() {
  if (!quiet_) host().Selected(Current());
}

void TreeWidget::OnKey(wxKeyEvent& event) {
  const int key = event.GetKeyCode();
  const wxDataViewItem item = tree_->GetCurrentItem();
  if (key == WXK_F2) {
    Rename();
  } else if ((key == WXK_RETURN || key == WXK_NUMPAD_ENTER) && tree_->HasFocus()) {
    if (const auto* node = NodeOf(item)) Follow(node->target, event.ControlDown());
  } else if (key == WXK_RIGHT && !event.HasAnyModifiers() && item.IsOk()) {
    tree_->Expand(item);
  } else if (key == WXK_LEFT && !event.HasAnyModifiers() && item.IsOk()) {
    // As in other trees: close the branch, or go to the parent.
    if (nodes_->IsContainer(item) && tree_->IsExpanded(item)) {
      tree_->Collapse(item);
    } else if (const auto parent = nodes_->GetParent(item); parent.IsOk()) {
      tree_->UnselectAll();
      tree_->SetCurrentItem(parent);
      tree_->Select(parent);
      TellSelection();
    }
  } else if (key == WXK_MENU || key == WXK_WINDOWS_MENU || (key == WXK_F10 && event.ShiftDown())) {
    Popup(tree_, Current());
  } else if (event.ControlDown() && key == 'C') {
    wxString text;
    wxDataViewItemArray items;
    tree_->GetSelections(items);
    for (const auto& each : items) {
      if (const auto* node = NodeOf(each)) text += (text.empty() ? wxString() : wxString(wxS("\n"))) + Words(node->label);
    }
    if (wxTheClipboard->Open()) {
      wxTheClipboard->SetData(new wxTextDataObject(text));
      wxTheClipboard->Close();
    }
  } else {
    event.Skip();
  }
}

void TreeWidget::Rename() {
  const wxDataViewItem item = tree_->GetCurrentItem();
  const auto* node = NodeOf(item);
  if (!node || !node->rename) {
    wxBell();
    return;
  }
  tree_->EnsureVisible(item);
  wxRect area = tree_->GetItemRect(item, tree_->GetColumn(0));
  area.SetPosition(body()->ScreenToClient(tree_->ClientToScreen(area.GetPosition())));
  EditInPlace(body(), area, host(), *node->rename, language()(node->label), [this] { tree_->SetFocus(); });
}

/// What lies under the mouse. GTK names the place among the children of the row that is dropped into: not that row; and
/// of a motion the place below the header.
const view::Node* TreeWidget::NodeUnderMouse(wxDataViewColumn** column) const {
  wxDataViewItem item;
  wxDataViewColumn* in = nullptr;
  tree_->HitTest(tree_->ScreenToClient(wxGetMousePosition()), item, in);
  if (column) *column = in;
  return item.IsOk() ? NodeOf(item) : nullptr;
}

void TreeWidget::OnDropPossible(wxDataViewEvent& event) {
  const auto* node = NodeUnderMouse();
  // What comes from another widget is only known once dropped.
  const bool known = !dragged_.empty();
  if (!node || !TakesDrops(model()->drops, node->entities) || (known && !MatchDrop(model()->drops, dragged_, node->entities))) event.Veto();
}

void TreeWidget::OnDrop(wxDataViewEvent& event) {
  dragged_.clear();
  const auto* node = NodeUnderMouse();
  if (!node || !TakeDrop(DraggedIn(event.GetDataBuffer(), event.GetDataSize()), node->entities)) event.Veto();
}

void TreeWidget::OnMotion(wxMouseEvent& event) {
  event.Skip();
  if (!nodes_ || event.Dragging()) return;
  wxDataViewColumn* column = nullptr;
  const auto* node = NodeUnderMouse(&column);
  std::string tip;
  if (node && column) {
    const std::size_t i = column->GetModelColumn();
    const auto& columns = As<view::Tree>().columns;
    if (i == 0) tip = language()(node->label);
    else if (i - 1 < node->cells.size() && i - 1 < columns.size()) tip = DescribeCell(node->cells[i - 1], columns[i - 1].type, language());
  }
  if (tip == hovered_) return;
  hovered_ = tip;
  if (tip.empty()) tree_->UnsetToolTip();
  else tree_->SetToolTip(ToWx(tip));
}

}  // namespace meerstem::gui
