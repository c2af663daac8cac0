#include "gui/shell/finder.h"

#include <algorithm>
#include <set>
#include <sstream>
#include <utility>

#include <wx/sizer.h>
#include <wx/stattext.h>

#include "core/base/fold.h"
#include "core/base/text.h"
#include "gui/widgets/accessible.h"
#include "gui/shell/tr.h"

namespace meerstem::gui {
namespace {

constexpr std::size_t kShown = 500;  ///< More is never read; typing on narrows it.

/// How far apart the letters of `word` stand in `text`, in their order, opening letters of words rather than any; nullopt:
/// they do not, or only here and there, which nobody meant.
std::optional<std::size_t> Spread(const std::string& text, const std::string& word) {
  constexpr std::size_t kGaps = 2;
  std::size_t at = 0, first = 0, gaps = 0;
  for (std::size_t i = 0; i < word.size(); ++i) {
    std::size_t found = at;
    if (found >= text.size() || text[found] != word[i] || i == 0) {
      const auto opening = std::min(text.find(std::string(" ") + word[i], at), text.find(std::string("/") + word[i], at));
      found = i == 0 && text.starts_with(word[i]) ? 0 : opening != std::string::npos ? opening + 1 : text.find(word[i], at);
      if (found == std::string::npos) return std::nullopt;
      if (opening == std::string::npos && i > 0) ++gaps;
    }
    if (i == 0) first = found;
    at = found + 1;
  }
  return gaps > kGaps ? std::nullopt : std::optional(gaps * 100 + (at - first));
}

std::vector<std::size_t> FindLetters(const std::vector<std::string>& folded, const std::vector<std::string>& words) {
  std::vector<std::pair<std::size_t, std::size_t>> found;
  for (std::size_t i = 0; i < folded.size(); ++i) {
    std::size_t whole = 0;
    const bool all = std::all_of(words.begin(), words.end(), [&](const std::string& word) {
      const auto spread = Spread(folded[i], word);
      whole += spread.value_or(0);
      return spread.has_value();
    });
    if (all) found.emplace_back(whole, i);
  }
  std::sort(found.begin(), found.end());
  std::vector<std::size_t> indices;
  for (const auto& [whole, i] : found) indices.push_back(i);
  return indices;
}

std::vector<std::string> FoldedWords(const std::string& query) {
  std::vector<std::string> words;
  std::istringstream stream(FoldText(query));
  for (std::string word; stream >> word;) words.push_back(word);
  return words;
}

bool Holds(const std::string& text, const std::vector<std::string>& words) {
  return std::all_of(words.begin(), words.end(), [&](const std::string& word) { return text.find(word) != std::string::npos; });
}

}  // namespace

std::vector<std::size_t> FindItems(const std::vector<std::string>& folded, const std::string& query, std::size_t limit) {
  const auto words = FoldedWords(query);
  std::string phrase;
  for (const auto& word : words) phrase += (phrase.empty() ? "" : " ") + word;
  std::vector<std::size_t> named, first, start, rest;
  for (std::size_t i = 0; i < folded.size(); ++i) {
    const std::string& text = folded[i];
    if (!Holds(text, words)) continue;
    // Words that stand there as they were typed are meant before words here and there.
    if (words.size() > 1 && text.find(phrase) != std::string::npos) named.push_back(i);
    else if (words.empty() || text.starts_with(words.front())) first.push_back(i);
    else if (text.find(" " + words.front()) != std::string::npos || text.find("/" + words.front()) != std::string::npos) start.push_back(i);
    else rest.push_back(i);
  }
  first.insert(first.begin(), named.begin(), named.end());
  first.insert(first.end(), start.begin(), start.end());
  first.insert(first.end(), rest.begin(), rest.end());
  if (first.empty()) first = FindLetters(folded, words);
  if (first.size() > limit) first.resize(limit);
  return first;
}

Finder::Finder(wxWindow* parent, const wxString& title, const wxString& hint, Lines lines, Taking taking)
    : wxDialog(parent, wxID_ANY, title, wxDefaultPosition, wxDefaultSize, wxDEFAULT_DIALOG_STYLE | wxRESIZE_BORDER), taking_(taking) {
  const bool detailed = lines == Lines::kDetailed;
  auto* column = new wxBoxSizer(wxVERTICAL);
  field_ = new wxTextCtrl(this, wxID_ANY, wxString(), wxDefaultPosition, wxDefaultSize, wxTE_PROCESS_ENTER);
  field_->SetHint(hint);
  SetAccessibleName(field_, title, hint);
  // As wide as the letters ask, and no wider than the window behind.
  const auto letters = [this](int count) { return GetCharWidth() * count; };
  const int width = std::min(letters(detailed ? 100 : 60), std::max(FromDIP(460), (parent ? parent->GetClientSize().x : 0) - FromDIP(60)));
  list_ = new wxDataViewListCtrl(this, wxID_ANY, wxDefaultPosition, wxSize(width, FromDIP(360)), wxDV_NO_HEADER | wxDV_SINGLE);
  SetAccessibleName(list_, title);
  auto* names = list_->AppendTextColumn(Tr("Name"), wxDATAVIEW_CELL_INERT, detailed ? width * 3 / 5 : width - FromDIP(30), wxALIGN_LEFT, wxDATAVIEW_COL_RESIZABLE);
  names->GetRenderer()->EnableEllipsize(wxELLIPSIZE_END);
  if (detailed) {
    list_->AppendTextColumn(Tr("Shortcut"), wxDATAVIEW_CELL_INERT, letters(18), wxALIGN_LEFT, wxDATAVIEW_COL_RESIZABLE);
    list_->AppendTextColumn(Tr("Remark"), wxDATAVIEW_CELL_INERT, wxCOL_WIDTH_AUTOSIZE, wxALIGN_LEFT, wxDATAVIEW_COL_RESIZABLE);
  }
  count_ = new wxStaticText(this, wxID_ANY, wxString());
  if (taking_.several) chosen_ = new wxStaticText(this, wxID_ANY, Tr("Shift+Enter takes one and goes on; Enter takes it and is done."));
  column->Add(field_, wxSizerFlags().Expand().Border(wxALL, FromDIP(10)));
  column->Add(list_, wxSizerFlags(1).Expand().Border(wxLEFT | wxRIGHT, FromDIP(10)));
  column->Add(count_, wxSizerFlags().Expand().Border(wxALL, FromDIP(10)));
  if (chosen_) column->Add(chosen_, wxSizerFlags().Expand().Border(wxLEFT | wxRIGHT | wxBOTTOM, FromDIP(10)));
  SetSizerAndFit(column);
  CentreOnParent();

  field_->Bind(wxEVT_TEXT, [this](wxCommandEvent&) {
    pressed_.reset();
    Filter();
  });
  field_->Bind(wxEVT_TEXT_ENTER, [this](wxCommandEvent&) { Take(false); });
  list_->Bind(wxEVT_DATAVIEW_ITEM_ACTIVATED, [this](wxDataViewEvent&) { Take(false); });
  Bind(wxEVT_CHAR_HOOK, &Finder::OnKey, this);
  Filter();
  field_->SetFocus();
}

std::optional<std::size_t> Finder::Ask() {
  const Taken taken = AskSeveral();
  return taken.items.empty() ? std::nullopt : std::optional(taken.items.front());
}

Finder::Taken Finder::AskSeveral() {
  taken_ = {};
  if (ShowModal() != wxID_OK) return {};
  return taken_;
}

void Finder::Fill(std::vector<Item> items) {
  items_ = std::move(items);
  folded_.clear();
  also_.clear();
  for (const auto& item : items_) {
    folded_.push_back(FoldText(item.label));
    also_.push_back(item.also.empty() ? std::string() : FoldText(item.label + " " + item.also));
  }
  filled_ = true;
  Filter();
  if (const auto more = std::exchange(pressed_, std::nullopt)) Take(*more);
}

void Finder::Fail(const wxString& sentence) {
  failed_ = sentence;
  ShowCount();
}

void Finder::SetRemarks(const std::vector<std::string>& remarks) {
  for (std::size_t i = 0; i < std::min(items_.size(), remarks.size()); ++i) items_[i].remark = remarks[i];
  for (std::size_t row = 0; row < shown_.size(); ++row) list_->SetTextValue(ToWx(items_[shown_[row]].remark), static_cast<unsigned int>(row), 2);
}

void Finder::Filter() {
  const std::string query = FromWx(field_->GetValue());
  shown_ = FindItems(folded_, query, kShown);
  if (const auto words = FoldedWords(query); !words.empty()) {
    const std::set<std::size_t> named(shown_.begin(), shown_.end());
    for (std::size_t i = 0; i < also_.size(); ++i) {
      if (!also_[i].empty() && !named.contains(i) && Holds(also_[i], words)) shown_.push_back(i);
    }
  }
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
  const std::string typed = Trim(query);
  const bool there = std::any_of(items_.begin(), items_.end(), [&](const Item& item) { return item.label == typed; });
  // Not before it is known what there is: a second one of the same name would be made.
  new_name_ = taking_.makes && filled_ && !there ? typed : std::string();
  if (!new_name_.empty()) {
    wxVector<wxVariant> cells(list_->GetColumnCount(), wxVariant(wxString()));
    cells[0] = wxVariant(Tr("New: {0}", new_name_));
    list_->AppendItem(cells);
  }
  if (list_->GetItemCount() > 0) list_->SelectRow(0);
  ShowCount();
}

void Finder::ShowCount() {
  if (!failed_.empty()) {
    count_->SetLabel(Plain(ToWx("⚠ ") + failed_));
    count_->Wrap(GetClientSize().x - FromDIP(20));
    Layout();
  } else if (!filled_) {
    count_->SetLabel(Tr("Looking…"));
  } else {
    count_->SetLabel(shown_.empty() ? Tr("Nothing has that name.") : Shown(SayCount("{0} found", "{0} found", static_cast<std::int64_t>(shown_.size()))));
  }
}

void Finder::Move(int lines) {
  if (list_->GetItemCount() == 0) return;
  const int row = std::clamp(list_->GetSelectedRow() + lines, 0, list_->GetItemCount() - 1);
  list_->SelectRow(row);
  list_->EnsureVisible(list_->RowToItem(row));
}

void Finder::Take(bool more) {
  if (!filled_) {
    if (failed_.empty()) pressed_ = more;
    return;
  }
  const int row = list_->GetSelectedRow();
  const bool typed = !FromWx(field_->GetValue()).empty();
  // Everything was taken before: Enter on an empty field only closes.
  if (!more && !typed && !taken_.empty()) return EndModal(wxID_OK);
  if (row == wxNOT_FOUND) return;
  if (row < static_cast<int>(shown_.size())) {
    if (std::find(taken_.items.begin(), taken_.items.end(), shown_[row]) == taken_.items.end()) taken_.items.push_back(shown_[row]);
  } else if (!new_name_.empty()) {
    taken_.made.push_back(new_name_);
  }
  if (!more || !taking_.several) return EndModal(wxID_OK);
  ShowTaken();
  field_->Clear();
}

void Finder::ShowTaken() {
  std::string names;
  for (const std::size_t i : taken_.items) names += (names.empty() ? "" : ", ") + items_[i].label;
  for (const auto& name : taken_.made) names += (names.empty() ? "" : ", ") + name;
  chosen_->SetLabel(Plain(Tr("Taken: {0}", names)));
  chosen_->Wrap(GetClientSize().x - FromDIP(20));
  Layout();
}

void Finder::OnKey(wxKeyEvent& event) {
  const bool in_field = FindFocus() == field_;
  switch (event.GetKeyCode()) {
    case WXK_DOWN: if (in_field) return Move(1); break;
    case WXK_UP: if (in_field) return Move(-1); break;
    case WXK_PAGEDOWN: if (in_field) return Move(10); break;
    case WXK_PAGEUP: if (in_field) return Move(-10); break;
    case WXK_RETURN:
    case WXK_NUMPAD_ENTER: return Take(event.ShiftDown());
    case WXK_ESCAPE: EndModal(wxID_CANCEL); return;
    default: break;
  }
  event.Skip();
}

}  // namespace meerstem::gui
