#pragma once

#include <set>

#include <wx/dataview.h>
#include <wx/textctrl.h>

#include "gui/widgets/panel_widget.h"
#include "gui/widgets/table_pages.h"

namespace meerstem::gui {

/// A Table as a native list whose rows a worker fetches page by page. Enter or double click opens what is behind a cell or
/// row, F2 edits, Ctrl+C copies as tab-separated text, a click on a heading or Ctrl+F8 in its column puts the rows in its
/// order, rows are dragged and dropped on; below it the whole text of the row at the cursor. A refresh shows itself once the rows in sight are there.
class TableWidget final : public PanelWidget {
 public:
  TableWidget(wxWindow* parent, WidgetHost& host);
  ~TableWidget() override;
  /// While the entities of rows far out of sight are still being read, nothing is selected.
  Selection Current() const override { return selection_; }
  void ChooseNext(std::vector<std::string> keys) override { choose_next_ = std::move(keys); }
  int HeightFor(int width) override;

 protected:
  void ShowBody(const view::Patch* patch) override;
  void RestyleBody() override;

 private:
  class ListModel;
  const std::vector<view::Column>& columns() const { return std::get<view::Table>(shown_->body).columns; }
  std::set<std::size_t> InSight(const TablePages& pages) const;
  void Swap();
  void Arrived(std::size_t first, std::size_t count);
  void WithRow(std::size_t row, std::function<void(const view::Row&)> use);
  void BuildColumns();
  void ApplyPatch(const view::Patch& patch, const TablePages& before);
  void SelectKeys(const std::vector<std::string>& keys, const std::string& current);
  std::vector<std::size_t> SelectedRows() const;
  std::vector<std::string> SelectedKeys() const;
  std::size_t CurrentRow() const;
  std::size_t CurrentColumn() const;
  void OnKey(wxKeyEvent& event);
  void OnActivated(wxDataViewEvent& event);
  void OnMenu(wxDataViewEvent& event);
  void OnMotion(wxMouseEvent& event);
  void BindDrags();
  const view::Row* RowUnderMouse(wxDataViewColumn** column = nullptr) const;
  void OpenRow(std::size_t row, std::size_t column, bool beside);
  void Edit();
  void Copy();
  void SortBy(std::size_t index);
  wxString OrderMark(const std::string& column) const;
  void TellSelection();
  void FindSelection();
  void ShowDetails();
  void ShowFollowed();
  void ScrollTo(std::size_t row, const wxDataViewColumn* column = nullptr);

  wxDataViewCtrl* list_ = nullptr;
  wxTextCtrl* details_ = nullptr;
  wxObjectDataPtr<ListModel> rows_;
  std::unique_ptr<TablePages> pages_;
  std::shared_ptr<const view::Model> shown_;  ///< What the pages are of.
  struct Next {
    std::unique_ptr<TablePages> pages;
    std::shared_ptr<const view::Model> model;
    std::optional<view::Patch> patch;         ///< None: much differs from what is shown.
  };
  Next next_;                                 ///< Not shown before its first rows are there.
  Selection selection_;
  std::shared_ptr<void> selecting_;
  std::shared_ptr<void> copying_;
  std::string hovered_;
  std::optional<std::size_t> followed_;  ///< The row to keep in view when the list has got less room.
  std::vector<std::string> choose_next_;
  std::string order_;   ///< As the columns' headings say.
  bool quiet_ = false;  ///< Selection changes of our own are not told.
};

}  // namespace meerstem::gui
