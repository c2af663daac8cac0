#include "gui/widgets/table_widget.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include <gtk/gtk.h>
#include <wx/clipbrd.h>
#include <wx/sizer.h>

#include "core/view/sorted.h"
#include "gui/widgets/accessible.h"
#include "gui/widgets/cell_editor.h"
#include "gui/widgets/cell_text.h"
#include "gui/widgets/entity_drag.h"
#include "gui/widgets/strings.h"
#include "gui/widgets/theme.h"

namespace meerstem::gui {
namespace {

constexpr int kNarrowestColumn = 6;   // In characters.
constexpr int kWidestColumn = 46;
constexpr std::size_t kMeasured = 40;  // Rows by which a column takes its width; all on the first page.
constexpr std::size_t kCopyLimit = 100'000;
/// Native headings are set in bold, with room for an arrow.
int HeadingWidth(wxWindow* window, const wxString& title) {
  int width = 0, height = 0;
  const wxFont bold = window->GetFont().Bold();
  window->GetTextExtent(title, &width, &height, nullptr, nullptr, &bold);
  return width + 4 * window->GetCharWidth();
}

constexpr std::size_t kManyChanges = 200;  // Beyond this, one reset is cheaper than as many notices.

/// Ids are for who joins an export to something else; on the screen they only take room from the words.
bool IsForMachines(const view::Column& column) { return column.id == "id" || column.id.ends_with("_id"); }

}  // namespace

/// What the native list asks for; everything comes out of the pages.
class TableWidget::ListModel final : public wxDataViewVirtualListModel {
 public:
  explicit ListModel(TableWidget& owner) : owner_(owner) {}
  unsigned int GetCount() const override { return owner_.pages_ ? static_cast<unsigned int>(owner_.pages_->Count()) : 0; }
#if !wxCHECK_VERSION(3, 3, 0)
  unsigned int GetColumnCount() const override {
    return static_cast<unsigned int>(owner_.columns().size());
  }
  wxString GetColumnType(unsigned int) const override { return wxS("string"); }
#endif
  void GetValueByRow(wxVariant& value, unsigned int row, unsigned int column) const override {
    const auto& columns = owner_.columns();
    wxString text;
    if (owner_.pages_ && column < columns.size()) {
      const view::Row* shown = owner_.pages_->At(row);
      if (!shown) text = ToWx("…");
      else if (column < shown->cells.size()) text = ToWx(OneLine(ShowCell(shown->cells[column], columns[column].type, owner_.language()).text));
    }
    value = text;
  }
  bool GetAttrByRow(unsigned int row, unsigned int column, wxDataViewItemAttr& attribute) const override {
    const view::Row* shown = owner_.pages_ ? owner_.pages_->At(row) : nullptr;
    if (!shown || column >= shown->cells.size()) return false;
    const view::Cell& cell = shown->cells[column];
    bool any = false;
    if (cell.state != view::State::kValue) {
      attribute.SetItalic(true);
      any = true;
    }
    const wxColour colour = ParseColour(cell.colour);
    if (colour.IsOk()) {
      const wxColour tint = Blend(Theme::Current().background, colour, 0.45);
      attribute.SetBackgroundColour(tint);
      attribute.SetColour(ReadableOn(tint));
      any = true;
    }
    return any;
  }
  bool SetValueByRow(const wxVariant&, unsigned int, unsigned int) override { return false; }

 private:
  TableWidget& owner_;
};

TableWidget::TableWidget(wxWindow* parent, WidgetHost& host) : PanelWidget(parent, host) {
  list_ = new wxDataViewCtrl(body(), wxID_ANY, wxDefaultPosition, wxDefaultSize, wxDV_MULTIPLE | wxDV_ROW_LINES | wxDV_HORIZ_RULES);
  details_ = new wxTextCtrl(body(), wxID_ANY, wxString(), wxDefaultPosition, wxDefaultSize,
                            wxTE_MULTILINE | wxTE_READONLY | wxTE_BESTWRAP);
  auto* sizer = new wxBoxSizer(wxVERTICAL);
  sizer->Add(list_, wxSizerFlags(1).Expand());
  sizer->Add(details_, wxSizerFlags().Expand().Border(wxTOP, 2));
  details_->Hide();
  body()->SetSizer(sizer);
  list_->Bind(wxEVT_DATAVIEW_ITEM_ACTIVATED, &TableWidget::OnActivated, this);
  list_->Bind(wxEVT_DATAVIEW_ITEM_CONTEXT_MENU, &TableWidget::OnMenu, this);
  list_->Bind(wxEVT_DATAVIEW_SELECTION_CHANGED, [this](wxDataViewEvent&) { TellSelection(); });
  list_->Bind(wxEVT_CHAR_HOOK, &TableWidget::OnKey, this);
  // Not skipped, so that the native list does not sort pages by itself.
  list_->Bind(wxEVT_DATAVIEW_COLUMN_HEADER_CLICK, [this](wxDataViewEvent& event) {
    if (event.GetDataViewColumn()) SortBy(event.GetDataViewColumn()->GetModelColumn());
  });
  list_->GetMainWindow()->Bind(wxEVT_MOTION, &TableWidget::OnMotion, this);
  g_signal_connect_after(list_->GtkGetTreeView(), "size-allocate", G_CALLBACK(+[](GtkWidget*, GdkRectangle*, gpointer owner) { static_cast<TableWidget*>(owner)->ShowFollowed(); }), this);
  KeepRowsWhileDragging(*list_);
  BindDrags();
}

int TableWidget::HeightFor(int) {
  const int line = list_->GetCharHeight() + 8;
  return static_cast<int>(std::min<std::size_t>(As<view::Table>().rows->Count() + 2, 100)) * line + (details_->IsShown() ? details_->GetMinSize().y + 2 : 0);
}

TableWidget::~TableWidget() {
  // The native list may live until its parent dies: nothing of ours may be asked again.
  if (!Window() || !list_) return;
  g_signal_handlers_disconnect_by_data(list_->GtkGetTreeView(), this);
  list_->AssociateModel(nullptr);
}

void TableWidget::BindDrags() {
  list_->Bind(wxEVT_DATAVIEW_ITEM_BEGIN_DRAG, [this](wxDataViewEvent& event) {
    const view::Row* row = rows_ && event.GetItem().IsOk() ? pages_->At(rows_->GetRow(event.GetItem())) : nullptr;
    if (!row || row->entities.empty()) {
      event.Veto();
      return;
    }
    std::vector<view::Entity> dragged = OneOfEach({row->entities});
    if (const auto chosen = SelectedRows(); chosen.size() > 1 && list_->IsSelected(event.GetItem())) {
      std::vector<std::vector<view::Entity>> rows;
      for (const std::size_t each : chosen) {
        if (const view::Row* one = pages_->At(each)) rows.push_back(one->entities);
      }
      // Of rows that are no longer at hand the selection knows what they stand for.
      dragged = rows.size() == chosen.size() ? OneOfEach(rows) : selection_.entities;
    }
    event.SetDataObject(NewEntityData(dragged));
    event.SetDragFlags(wxDrag_CopyOnly);
  });
  list_->Bind(wxEVT_DATAVIEW_ITEM_DROP_POSSIBLE, [this](wxDataViewEvent& event) {
    const view::Row* row = RowUnderMouse();
    if (!row || !TakesDrops(model()->drops, row->entities)) event.Veto();
  });
  list_->Bind(wxEVT_DATAVIEW_ITEM_DROP, [this](wxDataViewEvent& event) {
    const view::Row* row = RowUnderMouse();
    if (!row || !TakeDrop(DraggedIn(event.GetDataBuffer(), event.GetDataSize()), row->entities)) event.Veto();
  });
}

/// Where GTK says that a motion or a drop is, the header is left out.
const view::Row* TableWidget::RowUnderMouse(wxDataViewColumn** column) const {
  wxDataViewItem item;
  wxDataViewColumn* in = nullptr;
  list_->HitTest(list_->ScreenToClient(wxGetMousePosition()), item, in);
  if (column) *column = in;
  return item.IsOk() && rows_ && pages_ ? pages_->At(rows_->GetRow(item)) : nullptr;
}

void TableWidget::BuildColumns() {
  list_->ClearColumns();
  const int character = list_->GetCharWidth();
  const std::size_t looked_at = std::min(pages_->Count(), kMeasured);
  for (std::size_t i = 0; i < columns().size(); ++i) {
    const auto& column = columns()[i];
    const wxString title = Words(column.title) + OrderMark(column.id);
    int width = HeadingWidth(list_, title);
    if (column.width > 0) {
      width = std::max(width, column.width * character);
    } else {
      int content = 0;
      for (std::size_t row = 0; row < looked_at; ++row) {
        const view::Row* shown = pages_->At(row);
        if (shown && i < shown->cells.size()) {
          content = std::max(content, list_->GetTextExtent(ToWx(OneLine(ShowCell(shown->cells[i], column.type, language()).text))).x);
        }
      }
      width = std::max(width, std::clamp(content + 3 * character, kNarrowestColumn * character, kWidestColumn * character));
    }
    const wxAlignment side = IsNumeric(column.type) ? wxALIGN_RIGHT : wxALIGN_LEFT;
    auto* renderer = new wxDataViewTextRenderer(wxS("string"), wxDATAVIEW_CELL_INERT, side | wxALIGN_CENTRE_VERTICAL);
    renderer->EnableEllipsize(wxELLIPSIZE_END);
    const int hidden = IsForMachines(column) ? wxDATAVIEW_COL_HIDDEN : 0;
    list_->AppendColumn(new wxDataViewColumn(title, renderer, static_cast<unsigned int>(i), width, side, wxDATAVIEW_COL_RESIZABLE | wxDATAVIEW_COL_REORDERABLE | wxDATAVIEW_COL_SORTABLE | hidden));
  }
}

wxString TableWidget::OrderMark(const std::string& column) const {
  const std::string by = shown_->arguments.Text(view::kSort);
  if (by == column) return ToWx(" ▲");
  return by == "-" + column ? ToWx(" ▼") : wxString();
}

/// Up, down, and as it came.
void TableWidget::SortBy(std::size_t index) {
  // What a preview shows is in the order in which it will be done.
  if (!shown_ || index >= columns().size() || shown_->view.empty()) return;
  const std::string& id = columns()[index].id;
  const std::string by = shown_->arguments.Text(view::kSort);
  host().Rebuild({{view::kSort, by == id ? "-" + id : by == "-" + id ? std::string() : id}});
}

void TableWidget::ShowBody(const view::Patch* patch) {
  // What differs is told from the one before; when that one was never shown, too much does.
  const bool follows = patch && shown_ && !next_.pages;
  next_.model = model();
  next_.patch = follows ? std::optional(*patch) : std::nullopt;
  next_.pages = std::make_unique<TablePages>(
      As<view::Table>().rows, [this](auto look, auto answered) { return host().Ask(std::move(look), std::move(answered)); },
      [this](std::size_t first, std::size_t count) { Arrived(first, count); });
  next_.pages->Bring(InSight(*next_.pages), [this] { Swap(); });
}

/// The first rows, by which columns take their widths, and where the list is scrolled to.
std::set<std::size_t> TableWidget::InSight(const TablePages& pages) const {
  std::set<std::size_t> rows{0};
  if (!rows_ || !pages_) return rows;
  const std::size_t current = CurrentRow();
  if (current < pages_->Count()) rows.insert(pages.Find(pages_->Key(current), current));
  if (const wxDataViewItem top = list_->GetTopItem(); top.IsOk()) {
    const std::size_t first = rows_->GetRow(top);
    rows.insert(first);
    rows.insert(first + static_cast<std::size_t>(std::max(0, list_->GetCountPerPage())));
  }
  return rows;
}

void TableWidget::Swap() {
  // Meanwhile there may be nothing to show.
  if (next_.model != model()) {
    next_ = {};
    return;
  }
  const auto keys = SelectedKeys();
  const std::size_t row = CurrentRow();
  const std::string current = pages_ && row < pages_->Count() ? pages_->Key(row) : std::string();
  const auto before = std::move(pages_);
  pages_ = std::move(next_.pages);
  shown_ = std::exchange(next_.model, nullptr);
  const auto patch = std::exchange(next_.patch, std::nullopt);
  SetAccessibleName(list_, Words(shown_->title));
  const std::string order = shown_->arguments.Text(view::kSort);
  const bool small = patch && order_ == order && patch->added.size() + patch->removed.size() + patch->changed.size() <= kManyChanges;
  quiet_ = true;
  if (rows_ && before && small) {
    ApplyPatch(*patch, *before);
  } else {
    // A new model instead of Cleared(): with many rows the native list takes seconds over the latter.
    list_->AssociateModel(nullptr);
    if (!patch || list_->GetColumnCount() == 0 || order_ != order) {
      order_ = order;
      ApplyFont(body(), host().zoom());
      BuildColumns();
    }
    rows_.reset(new ListModel(*this));
    rows_->Reset(static_cast<unsigned int>(pages_->Count()));
    list_->AssociateModel(rows_.get());
    // On GTK dragging belongs to the model's side of the control, and goes with it.
    list_->EnableDragSource(EntityFormat());
    list_->EnableDropTarget(EntityFormat());
    SelectKeys(keys, current);
  }
  const auto made = std::exchange(choose_next_, {});
  const auto first = std::find_if(made.begin(), made.end(), [this](const std::string& key) { return pages_->Find(key) < pages_->Count(); });
  if (first != made.end()) {
    list_->SetCurrentItem(rows_->GetItem(static_cast<unsigned int>(pages_->Find(*first))));
    SelectKeys(made, *first);
  }
  quiet_ = false;
  TellSelection();
}

void TableWidget::Arrived(std::size_t first, std::size_t count) {
  if (!rows_ || !pages_) return;
  for (std::size_t row = first; row < first + count; ++row) rows_->RowChanged(static_cast<unsigned int>(row));
  if (const std::size_t current = CurrentRow(); current >= first && current < first + count) ShowDetails();
}

/// Now, or when the row is there.
void TableWidget::WithRow(std::size_t row, std::function<void(const view::Row&)> use) {
  if (!pages_ || row >= pages_->Count()) return;
  pages_->Bring({row}, [this, row, use = std::move(use)] {
    if (const view::Row* shown = pages_->At(row)) use(*shown);
  });
}

void TableWidget::ApplyPatch(const view::Patch& patch, const TablePages& before) {
  std::vector<std::size_t> removed;
  for (const auto& key : patch.removed) removed.push_back(before.Find(key));
  std::sort(removed.rbegin(), removed.rend());
  for (const std::size_t index : removed) {
    if (index < before.Count()) rows_->RowDeleted(static_cast<unsigned int>(index));
  }
  std::vector<std::size_t> added;
  for (const auto& key : patch.added) added.push_back(pages_->Find(key));
  std::sort(added.begin(), added.end());
  for (const std::size_t index : added) {
    if (index < pages_->Count()) rows_->RowInserted(static_cast<unsigned int>(index));
  }
  for (const auto& key : patch.changed) {
    const std::size_t index = pages_->Find(key);
    if (index < pages_->Count()) rows_->RowChanged(static_cast<unsigned int>(index));
  }
}

void TableWidget::RestyleBody() {
  ApplyFont(body(), host().zoom());
  WithRow(0, [this](const view::Row&) {
    BuildColumns();
    list_->Refresh();
    ShowDetails();
  });
}

std::vector<std::size_t> TableWidget::SelectedRows() const {
  std::vector<std::size_t> rows;
  if (!rows_ || !pages_) return rows;
  wxDataViewItemArray items;
  list_->GetSelections(items);
  for (const auto& item : items) rows.push_back(rows_->GetRow(item));
  return rows;
}

std::vector<std::string> TableWidget::SelectedKeys() const {
  std::vector<std::string> keys;
  for (const std::size_t row : SelectedRows()) keys.push_back(pages_->Key(row));
  return keys;
}

void TableWidget::SelectKeys(const std::vector<std::string>& keys, const std::string& current) {
  std::size_t hint = 0;
  wxDataViewItemArray items;
  for (const auto& key : keys) {
    const std::size_t found = pages_->Find(key, hint);
    if (found >= pages_->Count()) continue;
    hint = found;
    items.Add(rows_->GetItem(static_cast<unsigned int>(found)));
  }
  if (!items.empty()) list_->SetSelections(items);
  const std::size_t found = current.empty() ? pages_->Count() : pages_->Find(current, hint);
  ScrollTo(found);
}

std::size_t TableWidget::CurrentRow() const {
  if (!rows_ || !pages_) return 0;
  wxDataViewItem item = list_->GetCurrentItem();
  if (!item.IsOk()) item = list_->GetSelection();
  return item.IsOk() ? rows_->GetRow(item) : pages_->Count();
}

std::size_t TableWidget::CurrentColumn() const {
  const wxDataViewColumn* column = list_->GetCurrentColumn();
  return column ? column->GetModelColumn() : 0;
}

void TableWidget::TellSelection() {
  if (quiet_) return;
  ShowDetails();
  FindSelection();
  host().Selected(selection_);
}

/// What is at hand is selected at once; of rows that are not, a worker reads what they stand for.
void TableWidget::FindSelection() {
  selecting_.reset();
  selection_ = {};
  std::vector<std::size_t> indices = SelectedRows();
  std::sort(indices.begin(), indices.end());
  if (indices.size() <= TablePages::kPageSize) {
    Selection at_hand;
    for (const std::size_t index : indices) {
      const view::Row* row = pages_->At(index);
      if (!row) break;
      at_hand.entities.insert(at_hand.entities.end(), row->entities.begin(), row->entities.end());
      at_hand.rows.push_back(pages_->Key(index));
    }
    if (at_hand.rows.size() == indices.size()) {
      selection_ = std::move(at_hand);
      return;
    }
  }
  auto found = std::make_shared<Selection>();
  selecting_ = host().Ask(
      [rows = std::get<view::Table>(shown_->body).rows, indices, found](Reading& reading, Job& job) {
        ReadRows(*rows, reading, job, indices, [&](const view::Row& row) { found->entities.insert(found->entities.end(), row.entities.begin(), row.entities.end()); });
        for (const std::size_t index : indices) found->rows.push_back(rows->Key(index));
      },
      [this, found](const Error* error) {
        if (error) return;
        selection_ = std::move(*found);
        host().Selected(selection_);
      });
}

void TableWidget::ShowDetails() {
  const std::size_t index = CurrentRow();
  wxString text;
  if (pages_ && !pages_->fault().empty()) text = Words(pages_->fault());
  if (const view::Row* row = pages_ && index < pages_->Count() ? pages_->At(index) : nullptr) {
    const auto& cells = row->cells;
    for (std::size_t i = 0; i < cells.size() && i < columns().size(); ++i) {
      const std::string whole = DescribeCell(cells[i], columns()[i].type, language());
      const bool noted = !cells[i].why.empty() || !cells[i].parts.empty();
      if (!noted && list_->GetTextExtent(ToWx(OneLine(whole))).x < list_->GetColumn(static_cast<unsigned int>(i))->GetWidth() - 12) continue;
      if (!text.empty()) text += wxS("\n");
      const wxString title = Words(columns()[i].title);
      text += title + (title.EndsWith(wxS("?")) ? wxS(" ") : wxS(": ")) + ToWx(whole);
    }
  }
  const bool wanted = !text.empty();
  details_->ChangeValue(text);
  const int height = details_->IsShown() ? details_->GetMinSize().y : 0;
  if (wanted) {
    const int line = details_->GetCharHeight();
    const int lines = std::clamp(static_cast<int>(details_->GetTextExtent(text).x / std::max(1, body()->GetClientSize().x - 24)) + 1 + static_cast<int>(text.Freq('\n')), 1, 5);
    details_->SetMinSize(wxSize(-1, lines * (line + 2) + 14));
  }
  if (details_->IsShown() != wanted || wanted) {
    details_->Show(wanted);
    body()->Layout();
    // What grew may lie now where the row was that it tells of.
    if (wanted && details_->GetMinSize().y > height) followed_ = index;
  }
}

/// The list has its new size.
void TableWidget::ShowFollowed() {
  if (!followed_) return;
  body()->CallAfter([this, row = *std::exchange(followed_, std::nullopt)] { ScrollTo(row); });
}

/// With a column this is more than wxDataViewCtrl::EnsureVisible does, which under GTK keeps to the row.
void TableWidget::ScrollTo(std::size_t row, const wxDataViewColumn* column) {
  if (!pages_ || row >= pages_->Count()) return;
  GtkTreePath* path = gtk_tree_path_new_from_indices(static_cast<int>(row), -1);
  gtk_tree_view_scroll_to_cell(GTK_TREE_VIEW(list_->GtkGetTreeView()), path, column ? GTK_TREE_VIEW_COLUMN(column->GetGtkHandle()) : nullptr, FALSE, 0, 0);
  gtk_tree_path_free(path);
}

void TableWidget::OpenRow(std::size_t row, std::size_t column, bool beside) {
  WithRow(row, [this, column, beside](const view::Row& shown) {
    const bool of_cell = column < shown.cells.size() && shown.cells[column].target;
    Follow(of_cell ? shown.cells[column].target : shown.target, beside);
  });
}

void TableWidget::OnActivated(wxDataViewEvent& event) {
  const std::size_t column = event.GetDataViewColumn() ? event.GetDataViewColumn()->GetModelColumn() : CurrentColumn();
  OpenRow(rows_->GetRow(event.GetItem()), column, wxGetKeyState(WXK_CONTROL));
}

void TableWidget::OnMenu(wxDataViewEvent& event) {
  if (event.GetItem().IsOk() && !list_->IsSelected(event.GetItem())) {
    list_->UnselectAll();
    list_->Select(event.GetItem());
    TellSelection();
  }
  Popup(list_, Current());
}

void TableWidget::OnKey(wxKeyEvent& event) {
  const int key = event.GetKeyCode();
  // The pointer rests; what it tells of moves away from under it.
  if (!std::exchange(hovered_, {}).empty()) list_->UnsetToolTip();
  if (key == WXK_F2) Edit();
  else if (key == WXK_F8 && event.ControlDown()) SortBy(CurrentColumn());
  else if (event.ControlDown() && (key == 'C' || key == WXK_INSERT)) Copy();
  else if ((key == WXK_RETURN || key == WXK_NUMPAD_ENTER) && list_->HasFocus()) OpenRow(CurrentRow(), CurrentColumn(), event.ControlDown());
  else if (key == WXK_MENU || key == WXK_WINDOWS_MENU || (key == WXK_F10 && event.ShiftDown())) Popup(list_, Current());
  else event.Skip();
}

void TableWidget::Edit() {
  const std::size_t row = CurrentRow();
  WithRow(row, [this, row](const view::Row& shown) {
    const auto& cells = shown.cells;
    std::size_t column = CurrentColumn();
    if (column >= cells.size() || !cells[column].edit) {
      // The cursor stands on a cell that cannot be changed: the row's first that can.
      column = static_cast<std::size_t>(std::find_if(cells.begin(), cells.end(), [](const view::Cell& c) { return c.edit.has_value(); }) - cells.begin());
    }
    if (column >= cells.size()) return wxBell();
    const auto item = rows_->GetItem(static_cast<unsigned int>(row));
    ScrollTo(row, list_->GetColumn(static_cast<unsigned int>(column)));
    // The list scrolls there once it comes to it.
    body()->CallAfter([this, item, column, edit = *cells[column].edit, words = EditText(cells[column], language())] {
      if (column >= list_->GetColumnCount()) return;
      wxRect area = list_->GetItemRect(item, list_->GetColumn(static_cast<unsigned int>(column)));
      area.SetPosition(body()->ScreenToClient(list_->ClientToScreen(area.GetPosition())));
      const wxRect list = list_->GetRect();
      area.x = std::clamp(area.x, list.x, std::max(list.x, list.GetRight() - area.width));
      area.y = std::clamp(area.y, list.y, std::max(list.y, list.GetBottom() - area.height));
      EditInPlace(body(), area, host(), edit, words, [this] { list_->SetFocus(); });
    });
  });
}

/// To the clipboard go the headings and the selected rows; when none is, all of them up to a bound.
void TableWidget::Copy() {
  if (!rows_ || !pages_) return;
  std::vector<std::size_t> indices = SelectedRows();
  std::sort(indices.begin(), indices.end());
  if (indices.empty()) {
    indices.resize(std::min(pages_->Count(), kCopyLimit));
    std::iota(indices.begin(), indices.end(), std::size_t{0});
  }
  auto text = std::make_shared<std::string>();
  copying_ = host().Ask(
      [model = shown_, indices, text, language = host().KeptLanguage()](Reading& reading, Job& job) {
        const auto& table = std::get<view::Table>(model->body);
        for (std::size_t i = 0; i < table.columns.size(); ++i) {
          if (i) *text += "\t";
          *text += OneLine((*language)(table.columns[i].title));
        }
        *text += "\n";
        ReadRows(*table.rows, reading, job, indices, [&](const view::Row& row) {
          for (std::size_t i = 0; i < table.columns.size(); ++i) {
            if (i) *text += "\t";
            if (i < row.cells.size()) *text += OneLine(ShowCell(row.cells[i], table.columns[i].type, *language).text);
          }
          *text += "\n";
        });
      },
      [text](const Error* error) {
        if (error || !wxTheClipboard->Open()) return;
        wxTheClipboard->SetData(new wxTextDataObject(ToWx(*text)));
        wxTheClipboard->Close();
      });
}

void TableWidget::OnMotion(wxMouseEvent& event) {
  event.Skip();
  if (!pages_ || event.Dragging()) return;
  wxDataViewColumn* column = nullptr;
  const view::Row* row = RowUnderMouse(&column);
  std::string tip;
  if (row && column) {
    const std::size_t i = column->GetModelColumn();
    if (i < row->cells.size() && i < columns().size()) tip = DescribeCell(row->cells[i], columns()[i].type, language());
  }
  if (tip == hovered_) return;
  hovered_ = tip;
  if (tip.empty()) list_->UnsetToolTip();
  else list_->SetToolTip(ToWx(tip));
}

}  // namespace meerstem::gui
