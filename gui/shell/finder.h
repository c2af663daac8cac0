#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include <wx/dataview.h>
#include <wx/dialog.h>
#include <wx/textctrl.h>
#include <wx/timer.h>

class wxStaticText;

namespace meerstem::gui {

/// A box in which one types to find: a text field above a native list. The palette and every picker are this.
/// Modal; Enter takes the marked line, Esc closes, arrows move the mark without leaving the field.
class Finder : public wxDialog {
 public:
  struct Item {
    std::string label;
    std::string detail;   ///< Second column: a key, a kind.
    std::string remark;   ///< Why it cannot be taken; empty: it can.
  };
  Finder(wxWindow* parent, const wxString& title, const wxString& hint, std::vector<Item> items);
  /// Index into the items; nullopt: closed.
  std::optional<std::size_t> Ask();

 private:
  void Filter();
  void Move(int lines);
  void Take();
  void OnKey(wxKeyEvent& event);

  std::vector<Item> items_;
  std::vector<std::string> folded_;
  std::vector<std::size_t> shown_;
  wxTextCtrl* field_;
  wxDataViewListCtrl* list_;
  wxStaticText* count_;
  std::optional<std::size_t> taken_;
};

/// Indices of `folded` texts that hold every word of the query, those that start with it first. At most `limit`.
std::vector<std::size_t> FindItems(const std::vector<std::string>& folded, const std::string& query, std::size_t limit);

}  // namespace meerstem::gui
