#pragma once

#include <wx/dataview.h>
#include <wx/scrolwin.h>
#include <wx/textctrl.h>
#include <wx/tglbtn.h>

#include "core/view/draw.h"
#include "gui/widgets/panel_widget.h"

namespace meerstem::gui {

/// A Matrix or a Chart, drawn by the same code as its SVG and PNG: arrow keys and mouse go from cell to cell, Enter or
/// click opens what is behind one, F2 edits its words, things are dropped on one. Below it, natively, all that is known
/// of the cell at the focus; and the whole as a native table, which assistive technology reads, a button away.
class PictureWidget final : public PanelWidget {
 public:
  PictureWidget(wxWindow* parent, WidgetHost& host);
  Selection Current() const override;
  int HeightFor(int width) override;

 protected:
  void ShowBody(const view::Patch* patch) override;
  void RestyleBody() override;

 private:
  static constexpr double kAnyWidth = 400;
  struct Place {
    std::size_t row = 0;
    std::size_t column = 0;
    bool operator==(const Place&) const = default;
  };
  const std::vector<view::Heading>& rows() const;
  const std::vector<view::Heading>& columns() const;
  const view::Cell* CellAt(Place place) const;
  const view::Chart* PageShown() const;
  std::string Describe(Place place) const;
  void Measure(int width);
  void Paint(wxPaintEvent& event);
  void FillTable();
  void MoveTo(Place place);
  void OpenFocus(bool beside);
  void Edit();
  void ShowTable(bool table);
  bool PageKey(int key);
  void OnKey(wxKeyEvent& event);
  void OnMouse(wxMouseEvent& event);
  const view::HitArea* Hit(const wxPoint& point) const;
  std::vector<view::Entity> EntitiesAt(Place place) const;

  wxScrolledWindow* canvas_ = nullptr;
  wxDataViewListCtrl* table_ = nullptr;
  wxToggleButton* as_table_ = nullptr;
  wxTextCtrl* details_ = nullptr;
  std::vector<view::HitArea> hits_;
  int measured_ = 0;           ///< For which width.
  double width_ = kAnyWidth;
  int height_ = 0;
  Place focus_;
  std::string focus_row_;      ///< Keys, so that the focus stays over a refresh.
  std::string focus_column_;
  std::string page_;           ///< The page that is shown.
  std::string hovered_;
};

}  // namespace meerstem::gui
