#pragma once

#include <wx/dataview.h>
#include <wx/textctrl.h>

#include "gui/widgets/panel_widget.h"
#include "gui/widgets/table_pages.h"

namespace meerstem::gui {

/// A Table as a native list whose rows are fetched page by page. Enter or double click opens what is behind a cell or
/// row, F2 edits, Ctrl+C copies as tab-separated text, a click on a heading or Ctrl+F8 in its column puts the rows in its
/// order; below it the whole text of the row at the cursor.
class TableWidget final : public PanelWidget {
 public:
  TableWidget(wxWindow* parent, WidgetHost& host);
  ~TableWidget() override;
  Selection Current() const override;
  /// What the clipboard gets: the headings, then the selected rows, or all at hand up to a bound when none is.
  std::string CopyText();

 protected:
  void ShowBody(const view::Patch* patch) override;
  void RestyleBody() override;

 private:
  class ListModel;
  void BuildColumns();
  void ApplyPatch(const view::Patch& patch, const std::shared_ptr<const view::Rows>& before);
  void SelectKeys(const std::vector<std::string>& keys, const std::string& current);
  std::vector<std::string> SelectedKeys() const;
  std::size_t CurrentRow() const;
  std::size_t CurrentColumn() const;
  void OnKey(wxKeyEvent& event);
  void OnActivated(wxDataViewEvent& event);
  void OnMenu(wxDataViewEvent& event);
  void OnMotion(wxMouseEvent& event);
  void OpenRow(std::size_t row, std::size_t column, bool beside);
  void Edit();
  void Copy();
  void SortBy(std::size_t index);
  wxString OrderMark(const std::string& column) const;
  void TellSelection();
  void ShowDetails();

  wxDataViewCtrl* list_ = nullptr;
  wxTextCtrl* details_ = nullptr;
  wxObjectDataPtr<ListModel> rows_;
  std::unique_ptr<TablePages> pages_;
  std::shared_ptr<const view::Rows> shown_rows_;
  std::string hovered_;
  std::string order_;   ///< As the columns' headings say.
  bool quiet_ = false;  ///< Selection changes of our own are not told.
};

}  // namespace meerstem::gui
