#include "gui/widgets/picture_widget.h"

#include <algorithm>
#include <cmath>

#include <cairo.h>
#include <wx/dcclient.h>
#include <wx/graphics.h>
#include <wx/settings.h>
#include <wx/sizer.h>

#include "gui/widgets/accessible.h"
#include "gui/widgets/cell_editor.h"
#include "gui/widgets/cell_text.h"
#include "gui/widgets/entity_drag.h"
#include "gui/widgets/strings.h"
#include "gui/widgets/theme.h"

namespace meerstem::gui {
namespace {

constexpr double kPoints = 11;
constexpr int kNarrowest = 260;

}  // namespace

PictureWidget::PictureWidget(wxWindow* parent, WidgetHost& host) : PanelWidget(parent, host) {
  canvas_ = new wxScrolledWindow(body(), wxID_ANY, wxDefaultPosition, wxDefaultSize, wxVSCROLL | wxHSCROLL | wxWANTS_CHARS | wxFULL_REPAINT_ON_RESIZE);
  canvas_->SetBackgroundStyle(wxBG_STYLE_PAINT);
  canvas_->SetScrollRate(10, 10);
  table_ = new wxDataViewListCtrl(body(), wxID_ANY, wxDefaultPosition, wxDefaultSize, wxDV_ROW_LINES | wxDV_HORIZ_RULES | wxDV_VERT_RULES);
  table_->Hide();
  details_ = new wxTextCtrl(body(), wxID_ANY, wxString(), wxDefaultPosition, wxDefaultSize, wxTE_MULTILINE | wxTE_READONLY | wxTE_BESTWRAP);
  as_table_ = new wxToggleButton(body(), wxID_ANY, wxString(), wxDefaultPosition, wxDefaultSize, wxBU_EXACTFIT);
  auto* below = new wxBoxSizer(wxHORIZONTAL);
  below->Add(details_, wxSizerFlags(1).Expand());
  below->Add(as_table_, wxSizerFlags().Border(wxLEFT, 4).CentreVertical());
  auto* sizer = new wxBoxSizer(wxVERTICAL);
  sizer->Add(canvas_, wxSizerFlags(1).Expand());
  sizer->Add(table_, wxSizerFlags(1).Expand());
  sizer->Add(below, wxSizerFlags().Expand().Border(wxTOP, 2));
  body()->SetSizer(sizer);

  canvas_->Bind(wxEVT_PAINT, &PictureWidget::Paint, this);
  canvas_->Bind(wxEVT_SIZE, [this](wxSizeEvent& event) {
    event.Skip();
    if (model() && !hits_.empty() && canvas_->GetClientSize().x != measured_) Measure(canvas_->GetClientSize().x);
  });
  canvas_->Bind(wxEVT_KEY_DOWN, &PictureWidget::OnKey, this);
  for (const auto& type : {wxEVT_LEFT_DOWN, wxEVT_LEFT_DCLICK, wxEVT_RIGHT_DOWN, wxEVT_MOTION}) canvas_->Bind(type, &PictureWidget::OnMouse, this);
  canvas_->Bind(wxEVT_CONTEXT_MENU, [this](wxContextMenuEvent&) { Popup(canvas_, Current()); });
  for (const auto& type : {wxEVT_SET_FOCUS, wxEVT_KILL_FOCUS}) {
    canvas_->Bind(type, [this](wxFocusEvent& event) {
      event.Skip();
      canvas_->Refresh();
    });
  }
  const auto under = [this](wxCoord x, wxCoord y) {
    const view::HitArea* hit = model() ? Hit({x, y}) : nullptr;
    return hit ? EntitiesAt({hit->row, hit->column}) : std::vector<view::Entity>();
  };
  canvas_->SetDropTarget(new EntityDropTarget([this, under](wxCoord x, wxCoord y) { return model() && TakesDrops(model()->drops, under(x, y)); },
                                              [this, under](wxCoord x, wxCoord y, const Dragged& dragged) { return model() && TakeDrop(dragged, under(x, y)); }));
  as_table_->Bind(wxEVT_TOGGLEBUTTON, [this](wxCommandEvent&) { ShowTable(as_table_->GetValue()); });
  table_->Bind(wxEVT_DATAVIEW_SELECTION_CHANGED, [this](wxDataViewEvent&) {
    const int row = table_->GetSelectedRow();
    const auto* column = table_->GetCurrentColumn();
    if (row < 0) return;
    MoveTo({static_cast<std::size_t>(row), column && column->GetModelColumn() > 0 ? column->GetModelColumn() - 1 : 0});
  });
  table_->Bind(wxEVT_DATAVIEW_ITEM_ACTIVATED, [this](wxDataViewEvent& event) {
    const int row = table_->ItemToRow(event.GetItem());
    const auto* column = event.GetDataViewColumn();
    if (row >= 0 && column && column->GetModelColumn() > 0) MoveTo({static_cast<std::size_t>(row), column->GetModelColumn() - 1});
    OpenFocus(wxGetKeyState(WXK_CONTROL));
  });
  table_->Bind(wxEVT_DATAVIEW_ITEM_CONTEXT_MENU, [this](wxDataViewEvent&) { Popup(table_, Current()); });
}

const std::vector<view::Heading>& PictureWidget::rows() const {
  if (const auto* matrix = std::get_if<view::Matrix>(&model()->body)) return matrix->rows;
  return As<view::Chart>().categories;
}

const std::vector<view::Heading>& PictureWidget::columns() const {
  if (const auto* matrix = std::get_if<view::Matrix>(&model()->body)) return matrix->columns;
  return As<view::Chart>().series;
}

const view::Chart* PictureWidget::PageShown() const {
  const auto* chart = std::get_if<view::Chart>(&model()->body);
  return chart && chart->kind == view::ChartKind::kPage ? chart : nullptr;
}

const view::Cell* PictureWidget::CellAt(Place place) const {
  const auto* matrix = std::get_if<view::Matrix>(&model()->body);
  const auto& cells = matrix ? matrix->cells : As<view::Chart>().cells;
  if (place.row >= cells.size() || place.column >= cells[place.row].size()) return nullptr;
  return &cells[place.row][place.column];
}

std::string PictureWidget::Describe(Place place) const {
  const view::Cell* cell = CellAt(place);
  if (!cell || place.row >= rows().size() || place.column >= columns().size()) return {};
  const auto named = [this](const view::Heading& heading) {
    return heading.note.empty() ? heading.label : Say("{0} ({1})", heading.label, heading.note);
  };
  const Message row = named(rows()[place.row]), column = named(columns()[place.column]);
  const std::string says = DescribeCell(*cell, view::ColumnType::kReal, language());
  const auto* chart = std::get_if<view::Chart>(&model()->body);
  const bool node = chart && chart->kind == view::ChartKind::kNetwork && place.row == place.column;
  if (node) return language()(Say("{0}: {1}", row, says));
  return language()(Say("{0}, {1}: {2}", row, column, says));
}

void PictureWidget::ShowBody(const view::Patch*) {
  const auto index_of = [](const std::vector<view::Heading>& headings, const std::string& key) {
    const auto found = std::find_if(headings.begin(), headings.end(), [&](const view::Heading& h) { return h.key == key; });
    return found == headings.end() ? std::size_t{0} : static_cast<std::size_t>(found - headings.begin());
  };
  focus_ = {index_of(rows(), focus_row_), index_of(columns(), focus_column_)};
  if (const view::Chart* page = PageShown(); page && page->pictured < rows().size() && rows()[page->pictured].key != page_) {
    // Another page is read from its head, and not from where one came.
    focus_ = {page->pictured, 0};
    focus_row_ = page_ = rows()[page->pictured].key;
    canvas_->Scroll(0, 0);
  }
  const wxString name = Words(model()->alternative.empty() ? model()->title : model()->alternative);
  SetAccessibleName(canvas_, name);
  SetAccessibleName(table_, name);
  SetAccessibleName(details_, Words(Say("The cell at the focus")));
  RestyleBody();
}

void PictureWidget::RestyleBody() {
  as_table_->SetLabel(Words(Say("Show as a table")));
  for (wxWindow* window : {static_cast<wxWindow*>(table_), static_cast<wxWindow*>(details_), static_cast<wxWindow*>(as_table_)}) {
    window->SetFont(ZoomedFont(host().zoom()));
  }
  details_->SetMinSize(wxSize(-1, static_cast<int>(details_->GetCharHeight() * 2.6) + 6));
  FillTable();
  body()->Layout();
  Measure(canvas_->GetClientSize().x);
  details_->ChangeValue(ToWx(Describe(focus_)));
}

int PictureWidget::HeightFor(int width) {
  if (width != measured_) Measure(width);
  return height_ + 2 + std::max(details_->GetMinSize().y, as_table_->GetBestSize().y);
}

void PictureWidget::Measure(int width) {
  hits_.clear();
  measured_ = width;
  view::DrawOptions options;
  options.width = std::max(kNarrowest, width);
  options.font_size = kPoints * 96 / 72 * host().zoom();
  options.title = false;
  width_ = options.width = view::NaturalWidth(*model(), language(), options);
  height_ = static_cast<int>(std::ceil(view::Draw(nullptr, *model(), language(), options, &hits_)));
  double right = options.width;
  for (const auto& hit : hits_) right = std::max(right, hit.area.x + hit.area.width);
  canvas_->SetVirtualSize(static_cast<int>(right), height_);
  canvas_->Refresh();
}

void PictureWidget::Paint(wxPaintEvent&) {
  wxPaintDC dc(canvas_);
  const std::unique_ptr<wxGraphicsContext> context(wxGraphicsContext::Create(dc));
  auto* cairo = context ? static_cast<cairo_t*>(context->GetNativeContext()) : nullptr;
  if (!cairo || !model()) return;
  const Theme theme = Theme::Current();
  cairo_save(cairo);
  cairo_set_source_rgb(cairo, theme.background.Red() / 255.0, theme.background.Green() / 255.0, theme.background.Blue() / 255.0);
  cairo_paint(cairo);
  int x = 0, y = 0;
  canvas_->CalcUnscrolledPosition(0, 0, &x, &y);
  cairo_translate(cairo, -x, -y);
  view::DrawOptions options;
  options.width = width_;
  options.font_size = kPoints * 96 / 72 * host().zoom();
  options.dark = theme.dark;
  options.title = false;
  if (canvas_->HasFocus()) options.focus = std::make_pair(focus_.row, focus_.column);
  view::Draw(cairo, *model(), language(), options);
  cairo_restore(cairo);
}

void PictureWidget::FillTable() {
  table_->DeleteAllItems();
  table_->ClearColumns();
  const auto width = [this](const wxString& title) { return std::min(table_->GetTextExtent(title).x + 5 * table_->GetCharWidth(), 40 * table_->GetCharWidth()); };
  wxString corner;
  if (const auto* matrix = std::get_if<view::Matrix>(&model()->body)) corner = Words(matrix->row_title);
  else corner = Words(As<view::Chart>().category_title);
  int first = width(corner);
  for (const auto& row : rows()) first = std::max(first, width(Words(row.label)));
  table_->AppendTextColumn(corner, wxDATAVIEW_CELL_INERT, first);
  for (const auto& column : columns()) {
    const wxString title = Words(column.label);
    table_->AppendTextColumn(title, wxDATAVIEW_CELL_INERT, width(title), wxALIGN_RIGHT);
  }
  for (std::size_t r = 0; r < rows().size(); ++r) {
    wxVector<wxVariant> values;
    values.push_back(Words(rows()[r].label));
    for (std::size_t c = 0; c < columns().size(); ++c) {
      const view::Cell* cell = CellAt({r, c});
      values.push_back(cell ? ToWx(OneLine(ShowCell(*cell, view::ColumnType::kReal, language()).text)) : wxString());
    }
    table_->AppendItem(values);
  }
}

void PictureWidget::ShowTable(bool table) {
  canvas_->Show(!table);
  table_->Show(table);
  body()->Layout();
  if (table) {
    if (focus_.row < rows().size()) table_->SelectRow(static_cast<unsigned int>(focus_.row));
    table_->SetFocus();
  } else {
    Measure(canvas_->GetClientSize().x);
    canvas_->SetFocus();
  }
}

Selection PictureWidget::Current() const {
  Selection selection;
  if (model() && !view::IsEmpty(*model())) selection.entities = EntitiesAt(focus_);
  return selection;
}

std::vector<view::Entity> PictureWidget::EntitiesAt(Place place) const {
  std::vector<view::Entity> entities;
  const auto add = [&entities](const std::vector<view::Entity>& more) { entities.insert(entities.end(), more.begin(), more.end()); };
  if (const view::Cell* cell = CellAt(place)) add(cell->entities);
  if (place.row < rows().size()) add(rows()[place.row].entities);
  if (place.column < columns().size()) add(columns()[place.column].entities);
  return entities;
}

void PictureWidget::MoveTo(Place place) {
  if (place.row >= rows().size() || place.column >= columns().size()) return;
  focus_ = place;
  focus_row_ = rows()[place.row].key;
  focus_column_ = columns()[place.column].key;
  details_->ChangeValue(ToWx(Describe(place)));
  for (const auto& hit : hits_) {
    if (hit.row != place.row || hit.column != place.column) continue;
    // Into sight, in steps of the scroll rate.
    int left = 0, top = 0;
    canvas_->CalcUnscrolledPosition(0, 0, &left, &top);
    const wxSize view = canvas_->GetClientSize();
    if (hit.area.y < top || hit.area.y + hit.area.height > top + view.y) canvas_->Scroll(-1, std::max(0, static_cast<int>(hit.area.y + hit.area.height / 2) - view.y / 2) / 10);
    if (hit.area.x < left || hit.area.x + hit.area.width > left + view.x) canvas_->Scroll(std::max(0, static_cast<int>(hit.area.x + hit.area.width / 2) - view.x / 2) / 10, -1);
  }
  canvas_->Refresh();
  host().Selected(Current());
}

void PictureWidget::OpenFocus(bool beside) {
  if (const view::Cell* cell = CellAt(focus_)) Follow(cell->target, beside);
}

void PictureWidget::Edit() {
  const view::Cell* cell = CellAt(focus_);
  if (!cell || !cell->edit) {
    wxBell();
    return;
  }
  wxRect area(20, 20, 320, 100);
  for (const auto& hit : hits_) {
    if (hit.row != focus_.row || hit.column != focus_.column) continue;
    int x = 0, y = 0;
    canvas_->CalcScrolledPosition(static_cast<int>(hit.area.x), static_cast<int>(hit.area.y), &x, &y);
    area = wxRect(x, y, static_cast<int>(hit.area.width), static_cast<int>(hit.area.height));
  }
  area.Offset(canvas_->GetPosition());
  EditInPlace(body(), area, host(), *cell->edit, EditText(*cell, language()), [this] { canvas_->SetFocus(); });
}

/// Down a page, and on to the next one from its foot.
bool PictureWidget::PageKey(int key) {
  const view::Chart* page = PageShown();
  const bool whole = key == WXK_PAGEUP || key == WXK_PAGEDOWN, forward = key == WXK_DOWN || key == WXK_PAGEDOWN;
  if (!page || (!whole && key != WXK_UP && key != WXK_DOWN)) return false;
  int unit = 1, top = 0;
  canvas_->GetScrollPixelsPerUnit(nullptr, &unit);
  canvas_->GetViewStart(nullptr, &top);
  const int seen = canvas_->GetClientSize().y / unit, step = whole ? seen * 9 / 10 : 4;
  canvas_->Scroll(-1, std::max(0, forward ? top + step : top - step));
  int now = 0;
  canvas_->GetViewStart(nullptr, &now);
  const std::size_t around = forward ? page->pictured + 1 : page->pictured - 1;   // None before the first: out of range.
  if (!whole || now != top || around >= rows().size()) return true;
  if (const view::Cell* cell = CellAt({around, 0})) Follow(cell->target, false);
  return true;
}

void PictureWidget::OnKey(wxKeyEvent& event) {
  if (event.AltDown() || (event.ControlDown() && event.GetKeyCode() != WXK_RETURN)) {
    event.Skip();
    return;
  }
  if (PageKey(event.GetKeyCode())) return;
  Place to = focus_;
  // A chart's categories stand beside one another, a matrix's rows below one another.
  const bool chart = model()->kind() == view::Kind::kChart;
  const auto step = [](std::size_t& value, bool forward, std::size_t count) {
    if (forward && value + 1 < count) ++value;
    else if (!forward && value > 0) --value;
  };
  switch (event.GetKeyCode()) {
    case WXK_LEFT: case WXK_RIGHT: {
      const bool forward = event.GetKeyCode() == WXK_RIGHT;
      if (!chart) {
        step(to.column, forward, columns().size());
      } else if (forward && to.column + 1 < columns().size()) {
        ++to.column;
      } else if (forward && to.row + 1 < rows().size()) {
        ++to.row;
        to.column = 0;
      } else if (!forward && to.column > 0) {
        --to.column;
      } else if (!forward && to.row > 0) {
        --to.row;
        to.column = columns().size() - 1;
      }
      break;
    }
    case WXK_UP: step(to.row, false, rows().size()); break;
    case WXK_DOWN: step(to.row, true, rows().size()); break;
    case WXK_HOME: to.column = 0; break;
    case WXK_END: to.column = columns().size() - 1; break;
    case WXK_PAGEUP: to.row = 0; break;
    case WXK_PAGEDOWN: to.row = rows().size() - 1; break;
    case WXK_RETURN: case WXK_NUMPAD_ENTER: OpenFocus(event.ControlDown()); return;
    case WXK_F2: Edit(); return;
    case WXK_MENU: case WXK_WINDOWS_MENU: Popup(canvas_, Current()); return;
    case WXK_F10:
      if (event.ShiftDown()) Popup(canvas_, Current());
      else event.Skip();
      return;
    case WXK_TAB: canvas_->Navigate(event.ShiftDown() ? wxNavigationKeyEvent::IsBackward : wxNavigationKeyEvent::IsForward); return;
    default: event.Skip(); return;
  }
  MoveTo(to);
}

const view::HitArea* PictureWidget::Hit(const wxPoint& point) const {
  int x = 0, y = 0;
  canvas_->CalcUnscrolledPosition(point.x, point.y, &x, &y);
  for (auto hit = hits_.rbegin(); hit != hits_.rend(); ++hit) {
    if (hit->Contains({static_cast<double>(x), static_cast<double>(y)})) return &*hit;
  }
  return nullptr;
}

void PictureWidget::OnMouse(wxMouseEvent& event) {
  const view::HitArea* found = Hit(event.GetPosition());
  const std::optional<Place> place = found ? std::optional<Place>({found->row, found->column}) : std::nullopt;
  if (event.Moving()) {
    const view::Cell* cell = place ? CellAt(*place) : nullptr;
    canvas_->SetCursor(wxCursor(cell && cell->target ? wxCURSOR_HAND : wxCURSOR_ARROW));
    const std::string tip = place ? Describe(*place) : std::string();
    if (tip != hovered_) {
      hovered_ = tip;
      if (tip.empty()) canvas_->UnsetToolTip();
      else canvas_->SetToolTip(ToWx(tip));
    }
  } else if (event.LeftDown() || event.RightDown()) {
    canvas_->SetFocus();
    const bool again = place && *place == focus_;
    if (place) MoveTo(*place);
    // In a chart a click follows; in a matrix, where cells are also chosen and edited, a click on the chosen one does.
    if (event.LeftDown() && place && (model()->kind() == view::Kind::kChart || again)) OpenFocus(event.ControlDown());
    if (event.RightDown()) event.Skip();
  } else if (event.LeftDClick() && place) {
    MoveTo(*place);
    OpenFocus(event.ControlDown());
  }
}

}  // namespace meerstem::gui
