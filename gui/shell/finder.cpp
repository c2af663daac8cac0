#include "gui/shell/finder.h"

#include <algorithm>
#include <sstream>

#include <wx/sizer.h>
#include <wx/stattext.h>

#include "core/base/fold.h"
#include "gui/widgets/accessible.h"
#include "gui/shell/tr.h"

namespace meerstem::gui {
namespace {

constexpr std::size_t kShown = 300;  ///< More is never read; typing on narrows it.

}  // namespace

std::vector<std::size_t> FindItems(const std::vector<std::string>& folded, const std::string& query, std::size_t limit) {
  const std::string wanted = FoldText(query);
  std::vector<std::string> words;
  std::istringstream stream(wanted);
  for (std::string word; stream >> word;) words.push_back(word);
  std::vector<std::size_t> first, start, rest;
  for (std::size_t i = 0; i < folded.size(); ++i) {
    const std::string& text = folded[i];
    if (!std::all_of(words.begin(), words.end(), [&](const std::string& word) { return text.find(word) != std::string::npos; })) continue;
    if (words.empty() || text.starts_with(words.front())) first.push_back(i);
    else if (text.find(" " + words.front()) != std::string::npos || text.find("/" + words.front()) != std::string::npos) start.push_back(i);
    else rest.push_back(i);
  }
  first.insert(first.end(), start.begin(), start.end());
  first.insert(first.end(), rest.begin(), rest.end());
  if (first.size() > limit) first.resize(limit);
  return first;
}

Finder::Finder(wxWindow* parent, const wxString& title, const wxString& hint, std::vector<Item> items)
    : wxDialog(parent, wxID_ANY, title, wxDefaultPosition, wxDefaultSize, wxDEFAULT_DIALOG_STYLE | wxRESIZE_BORDER), items_(std::move(items)) {
  bool details = false, remarks = false;
  for (const auto& item : items_) {
    folded_.push_back(FoldText(item.label));
    details |= !item.detail.empty();
    remarks |= !item.remark.empty();
  }
  auto* column = new wxBoxSizer(wxVERTICAL);
  field_ = new wxTextCtrl(this, wxID_ANY, wxString(), wxDefaultPosition, wxDefaultSize, wxTE_PROCESS_ENTER);
  field_->SetHint(hint);
  SetAccessibleName(field_, title, hint);
  list_ = new wxDataViewListCtrl(this, wxID_ANY, wxDefaultPosition, FromDIP(wxSize(details || remarks ? 620 : 460, 360)), wxDV_NO_HEADER | wxDV_SINGLE);
  SetAccessibleName(list_, title);
  const int width = FromDIP(details || remarks ? 380 : 430);
  list_->AppendTextColumn(Tr("Name"), wxDATAVIEW_CELL_INERT, width, wxALIGN_LEFT, wxDATAVIEW_COL_RESIZABLE);
  if (details || remarks) {
    list_->AppendTextColumn(Tr("Shortcut"), wxDATAVIEW_CELL_INERT, FromDIP(120), wxALIGN_LEFT, wxDATAVIEW_COL_RESIZABLE);
    list_->AppendTextColumn(Tr("Remark"), wxDATAVIEW_CELL_INERT, wxCOL_WIDTH_AUTOSIZE, wxALIGN_LEFT, wxDATAVIEW_COL_RESIZABLE);
  }
  count_ = new wxStaticText(this, wxID_ANY, wxString());
  column->Add(field_, wxSizerFlags().Expand().Border(wxALL, FromDIP(10)));
  column->Add(list_, wxSizerFlags(1).Expand().Border(wxLEFT | wxRIGHT, FromDIP(10)));
  column->Add(count_, wxSizerFlags().Expand().Border(wxALL, FromDIP(10)));
  SetSizerAndFit(column);
  CentreOnParent();

  field_->Bind(wxEVT_TEXT, [this](wxCommandEvent&) { Filter(); });
  field_->Bind(wxEVT_TEXT_ENTER, [this](wxCommandEvent&) { Take(); });
  list_->Bind(wxEVT_DATAVIEW_ITEM_ACTIVATED, [this](wxDataViewEvent&) { Take(); });
  Bind(wxEVT_CHAR_HOOK, &Finder::OnKey, this);
  Filter();
  field_->SetFocus();
}

std::optional<std::size_t> Finder::Ask() {
  taken_.reset();
  ShowModal();
  return taken_;
}

void Finder::Filter() {
  shown_ = FindItems(folded_, FromWx(field_->GetValue()), kShown);
  // What can be done now stands before what cannot.
  std::stable_partition(shown_.begin(), shown_.end(), [&](std::size_t i) { return items_[i].remark.empty(); });
  list_->DeleteAllItems();
  const bool wide = list_->GetColumnCount() > 1;
  for (const std::size_t index : shown_) {
    const Item& item = items_[index];
    wxVector<wxVariant> cells;
    cells.push_back(wxVariant(ToWx(item.label)));
    if (wide) {
      cells.push_back(wxVariant(ToWx(item.detail)));
      cells.push_back(wxVariant(ToWx(item.remark)));
    }
    list_->AppendItem(cells);
  }
  if (!shown_.empty()) list_->SelectRow(0);
  count_->SetLabel(shown_.empty() ? Tr("Nothing has that name.") : Shown(SayCount("{0} found", "{0} found", static_cast<std::int64_t>(shown_.size()))));
}

void Finder::Move(int lines) {
  if (shown_.empty()) return;
  const int row = std::clamp(list_->GetSelectedRow() + lines, 0, static_cast<int>(shown_.size()) - 1);
  list_->SelectRow(row);
  list_->EnsureVisible(list_->RowToItem(row));
}

void Finder::Take() {
  const int row = list_->GetSelectedRow();
  if (row == wxNOT_FOUND || row >= static_cast<int>(shown_.size())) return;
  taken_ = shown_[row];
  EndModal(wxID_OK);
}

void Finder::OnKey(wxKeyEvent& event) {
  const bool in_field = FindFocus() == field_;
  switch (event.GetKeyCode()) {
    case WXK_DOWN: if (in_field) return Move(1); break;
    case WXK_UP: if (in_field) return Move(-1); break;
    case WXK_PAGEDOWN: if (in_field) return Move(10); break;
    case WXK_PAGEUP: if (in_field) return Move(-10); break;
    case WXK_RETURN:
    case WXK_NUMPAD_ENTER: return Take();
    case WXK_ESCAPE: EndModal(wxID_CANCEL); return;
    default: break;
  }
  event.Skip();
}

}  // namespace meerstem::gui
