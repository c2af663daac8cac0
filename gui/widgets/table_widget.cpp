#include "gui/widgets/table_widget.h"

#include <algorithm>

#include <wx/clipbrd.h>
#include <wx/sizer.h>

#include "core/view/sorted.h"
#include "gui/widgets/accessible.h"
#include "gui/widgets/cell_editor.h"
#include "gui/widgets/cell_text.h"
#include "gui/widgets/strings.h"
#include "gui/widgets/theme.h"

namespace meerstem::gui {
namespace {

constexpr int kNarrowest = 6;   // In characters.
constexpr int kWidest = 46;
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
    return static_cast<unsigned int>(owner_.As<view::Table>().columns.size());
  }
  wxString GetColumnType(unsigned int) const override { return wxS("string"); }
#endif
  void GetValueByRow(wxVariant& value, unsigned int row, unsigned int column) const override {
    const auto& columns = owner_.As<view::Table>().columns;
    wxString text;
    if (owner_.pages_ && column < columns.size()) {
      const auto& cells = owner_.pages_->At(row).cells;
      if (column < cells.size()) text = ToWx(OneLine(ShowCell(cells[column], columns[column].type, owner_.language()).text));
    }
    value = text;
  }
  bool GetAttrByRow(unsigned int row, unsigned int column, wxDataViewItemAttr& attribute) const override {
    if (!owner_.pages_) return false;
    const auto& cells = owner_.pages_->At(row).cells;
    if (column >= cells.size()) return false;
    const view::Cell& cell = cells[column];
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
}

TableWidget::~TableWidget() {
  // The native list may live until its parent dies: nothing of ours may be asked again.
  if (Window() && list_) list_->AssociateModel(nullptr);
}

void TableWidget::BuildColumns() {
  list_->ClearColumns();
  const auto& table = As<view::Table>();
  const int character = list_->GetCharWidth();
  const std::size_t looked_at = std::min<std::size_t>(pages_->Count(), 40);
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    const auto& column = table.columns[i];
    const wxString title = Words(column.title) + OrderMark(column.id);
    int width = HeadingWidth(list_, title);
    if (column.width > 0) {
      width = std::max(width, column.width * character);
    } else {
      int content = 0;
      for (std::size_t row = 0; row < looked_at; ++row) {
        const auto& cells = pages_->At(row).cells;
        if (i < cells.size()) {
          content = std::max(content, list_->GetTextExtent(ToWx(OneLine(ShowCell(cells[i], column.type, language()).text))).x);
        }
      }
      width = std::max(width, std::clamp(content + 3 * character, kNarrowest * character, kWidest * character));
    }
    const wxAlignment side = IsNumeric(column.type) ? wxALIGN_RIGHT : wxALIGN_LEFT;
    auto* renderer = new wxDataViewTextRenderer(wxS("string"), wxDATAVIEW_CELL_INERT, side | wxALIGN_CENTRE_VERTICAL);
    renderer->EnableEllipsize(wxELLIPSIZE_END);
    const int hidden = IsForMachines(column) ? wxDATAVIEW_COL_HIDDEN : 0;
    list_->AppendColumn(new wxDataViewColumn(title, renderer, static_cast<unsigned int>(i), width, side, wxDATAVIEW_COL_RESIZABLE | wxDATAVIEW_COL_REORDERABLE | wxDATAVIEW_COL_SORTABLE | hidden));
  }
}

wxString TableWidget::OrderMark(const std::string& column) const {
  const std::string by = model()->arguments.Text(view::kSort);
  if (by == column) return ToWx(" ▲");
  return by == "-" + column ? ToWx(" ▼") : wxString();
}

/// Up, down, and as it came.
void TableWidget::SortBy(std::size_t index) {
  const auto& columns = As<view::Table>().columns;
  // What a preview shows is in the order in which it will be done.
  if (index >= columns.size() || model()->view.empty()) return;
  const std::string& id = columns[index].id;
  const std::string by = model()->arguments.Text(view::kSort);
  host().Rebuild({{view::kSort, by == id ? "-" + id : by == "-" + id ? std::string() : id}});
}

void TableWidget::ShowBody(const view::Patch* patch) {
  const auto& table = As<view::Table>();
  const auto keys = SelectedKeys();
  const std::size_t row = CurrentRow();
  const std::string current = pages_ && row < pages_->Count() ? pages_->Key(row) : std::string();
  const auto before = shown_rows_;
  shown_rows_ = table.rows;
  SetAccessibleName(list_, Words(model()->title));
  const bool small = patch && order_ == model()->arguments.Text(view::kSort) && patch->added.size() + patch->removed.size() + patch->changed.size() <= kManyChanges;
  if (rows_ && before && small) {
    ApplyPatch(*patch, before);
    TellSelection();
    return;
  }
  quiet_ = true;
  // A new model instead of Cleared(): with many rows the native list takes seconds over the latter.
  list_->AssociateModel(nullptr);
  pages_ = std::make_unique<TablePages>(table.rows, [this] { return host().Read(); });
  if (!patch || list_->GetColumnCount() == 0 || order_ != model()->arguments.Text(view::kSort)) {
    order_ = model()->arguments.Text(view::kSort);
    ApplyFont(body(), host().zoom());
    BuildColumns();
  }
  rows_.reset(new ListModel(*this));
  rows_->Reset(static_cast<unsigned int>(pages_->Count()));
  list_->AssociateModel(rows_.get());
  SelectKeys(keys, current);
  quiet_ = false;
  TellSelection();
}

void TableWidget::ApplyPatch(const view::Patch& patch, const std::shared_ptr<const view::Rows>& before) {
  const TablePages old(before, nullptr);
  std::vector<std::size_t> removed;
  for (const auto& key : patch.removed) removed.push_back(old.Find(key));
  std::sort(removed.rbegin(), removed.rend());
  quiet_ = true;
  pages_ = std::make_unique<TablePages>(shown_rows_, [this] { return host().Read(); });
  for (const std::size_t index : removed) {
    if (index < old.Count()) rows_->RowDeleted(static_cast<unsigned int>(index));
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
  quiet_ = false;
}

void TableWidget::RestyleBody() {
  ApplyFont(body(), host().zoom());
  BuildColumns();
  list_->Refresh();
  ShowDetails();
}

std::vector<std::string> TableWidget::SelectedKeys() const {
  std::vector<std::string> keys;
  if (!rows_ || !pages_) return keys;
  wxDataViewItemArray items;
  list_->GetSelections(items);
  for (const auto& item : items) keys.push_back(pages_->Key(rows_->GetRow(item)));
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
  if (found < pages_->Count()) list_->EnsureVisible(rows_->GetItem(static_cast<unsigned int>(found)));
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

Selection TableWidget::Current() const {
  Selection selection;
  if (!rows_ || !pages_) return selection;
  wxDataViewItemArray items;
  list_->GetSelections(items);
  for (const auto& item : items) {
    const view::Row& row = pages_->At(rows_->GetRow(item));
    selection.entities.insert(selection.entities.end(), row.entities.begin(), row.entities.end());
    selection.rows.push_back(row.key);
  }
  return selection;
}

void TableWidget::TellSelection() {
  if (quiet_) return;
  ShowDetails();
  host().Selected(Current());
}

void TableWidget::ShowDetails() {
  const std::size_t index = CurrentRow();
  wxString text;
  if (pages_ && index < pages_->Count()) {
    const auto& columns = As<view::Table>().columns;
    const auto& cells = pages_->At(index).cells;
    for (std::size_t i = 0; i < cells.size() && i < columns.size(); ++i) {
      const std::string whole = DescribeCell(cells[i], columns[i].type, language());
      const bool noted = !cells[i].why.empty() || !cells[i].parts.empty();
      if (!noted && list_->GetTextExtent(ToWx(OneLine(whole))).x < list_->GetColumn(static_cast<unsigned int>(i))->GetWidth() - 12) continue;
      if (!text.empty()) text += wxS("\n");
      text += Words(columns[i].title) + wxS(": ") + ToWx(whole);
    }
  }
  const bool wanted = !text.empty();
  details_->ChangeValue(text);
  if (wanted) {
    const int line = details_->GetCharHeight();
    const int lines = std::clamp(static_cast<int>(details_->GetTextExtent(text).x / std::max(1, body()->GetClientSize().x - 24)) + 1 + static_cast<int>(text.Freq('\n')), 1, 5);
    details_->SetMinSize(wxSize(-1, lines * (line + 2) + 14));
  }
  if (details_->IsShown() != wanted || wanted) {
    details_->Show(wanted);
    body()->Layout();
  }
}

void TableWidget::OpenRow(std::size_t row, std::size_t column, bool beside) {
  if (!pages_ || row >= pages_->Count()) return;
  const view::Row shown = pages_->At(row);
  if (column < shown.cells.size() && shown.cells[column].target) Follow(shown.cells[column].target, beside);
  else Follow(shown.target, beside);
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
  if (key == WXK_F2) Edit();
  else if (key == WXK_F8 && event.ControlDown()) SortBy(CurrentColumn());
  else if (event.ControlDown() && (key == 'C' || key == WXK_INSERT)) Copy();
  else if ((key == WXK_RETURN || key == WXK_NUMPAD_ENTER) && list_->HasFocus()) OpenRow(CurrentRow(), CurrentColumn(), event.ControlDown());
  else if (key == WXK_MENU || key == WXK_WINDOWS_MENU || (key == WXK_F10 && event.ShiftDown())) Popup(list_, Current());
  else event.Skip();
}

void TableWidget::Edit() {
  const std::size_t row = CurrentRow();
  if (!pages_ || row >= pages_->Count()) return;
  const auto& cells = pages_->At(row).cells;
  std::size_t column = CurrentColumn();
  if (column >= cells.size() || !cells[column].edit) {
    // The cursor stands on a cell that cannot be changed: the row's first that can.
    column = static_cast<std::size_t>(std::find_if(cells.begin(), cells.end(), [](const view::Cell& c) { return c.edit.has_value(); }) - cells.begin());
  }
  if (column >= cells.size()) {
    wxBell();
    return;
  }
  const auto item = rows_->GetItem(static_cast<unsigned int>(row));
  list_->EnsureVisible(item);
  wxRect area = list_->GetItemRect(item, list_->GetColumn(static_cast<unsigned int>(column)));
  area.SetPosition(body()->ScreenToClient(list_->ClientToScreen(area.GetPosition())));
  EditInPlace(body(), area, host(), *cells[column].edit, EditText(cells[column], language()), [this] { list_->SetFocus(); });
}

std::string TableWidget::CopyText() {
  if (!rows_ || !pages_) return {};
  const auto& columns = As<view::Table>().columns;
  std::string text;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (i) text += '\t';
    text += OneLine(language()(columns[i].title));
  }
  text += "\n";
  std::vector<std::size_t> indices;
  wxDataViewItemArray items;
  list_->GetSelections(items);
  for (const auto& item : items) indices.push_back(rows_->GetRow(item));
  std::sort(indices.begin(), indices.end());
  if (indices.empty()) {
    for (std::size_t i = 0; i < std::min(pages_->Count(), kCopyLimit); ++i) indices.push_back(i);
  }
  for (const std::size_t index : indices) {
    const auto& cells = pages_->At(index).cells;
    for (std::size_t i = 0; i < columns.size(); ++i) {
      if (i) text += "\t";
      if (i < cells.size()) text += OneLine(ShowCell(cells[i], columns[i].type, language()).text);
    }
    text += "\n";
  }
  return text;
}

void TableWidget::Copy() {
  if (!wxTheClipboard->Open()) return;
  wxTheClipboard->SetData(new wxTextDataObject(ToWx(CopyText())));
  wxTheClipboard->Close();
}

void TableWidget::OnMotion(wxMouseEvent& event) {
  event.Skip();
  if (!pages_ || event.Dragging()) return;
  wxDataViewItem item;
  wxDataViewColumn* column = nullptr;
  list_->HitTest(event.GetPosition(), item, column);
  std::string tip;
  if (item.IsOk() && column) {
    const auto& columns = As<view::Table>().columns;
    const auto& cells = pages_->At(rows_->GetRow(item)).cells;
    const std::size_t i = column->GetModelColumn();
    if (i < cells.size() && i < columns.size()) tip = DescribeCell(cells[i], columns[i].type, language());
  }
  if (tip == hovered_) return;
  hovered_ = tip;
  if (tip.empty()) list_->UnsetToolTip();
  else list_->SetToolTip(ToWx(tip));
}

}  // namespace meerstem::gui
