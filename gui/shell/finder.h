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
/// Modal; Enter takes the marked line, Esc closes, arrows move the mark without leaving the field. Where several may be
/// taken, Shift+Enter takes one and goes on; where new ones may be made, what was typed is offered as the last line.
/// What there is to find may come later than the first letters: an Enter until then waits for it.
class Finder : public wxDialog {
 public:
  struct Taking {
    bool several = false;
    bool makes = false;
  };
  struct Taken {
    std::vector<std::size_t> items;
    std::vector<std::string> made;   ///< Names of new ones.
    bool empty() const { return items.empty() && made.empty(); }
  };
  struct Item {
    std::string label;
    std::string detail;   ///< Second column: a key, a kind.
    std::string remark;   ///< Why it cannot be taken; empty: it can.
    std::string also;     ///< Other words by which it is found, after what has them in its name.
  };
  enum class Lines { kNames, kDetailed };
  Finder(wxWindow* parent, const wxString& title, const wxString& hint, Lines lines, Taking taking = {false, false});
  void SetHint(const wxString& hint) { field_->SetHint(hint); }
  void Fill(std::vector<Item> items);
  /// Nothing will come: the sentence says why.
  void Fail(const wxString& sentence);
  /// Of all items, in their order. No line moves for it: someone may be about to press Enter.
  void SetRemarks(const std::vector<std::string>& remarks);
  /// Index into the items; nullopt: closed.
  std::optional<std::size_t> Ask();
  Taken AskSeveral();

 private:
  void Filter();
  void ShowCount();
  void Move(int lines);
  void Take(bool more);
  void ShowTaken();
  void OnKey(wxKeyEvent& event);

  bool filled_ = false;
  std::optional<bool> pressed_;     ///< Enter before there was anything; true: and more to take.
  wxString failed_;
  std::vector<Item> items_;
  std::vector<std::string> folded_;
  std::vector<std::string> also_;   ///< Names with their other words; empty where there are none.
  std::vector<std::size_t> shown_;
  wxTextCtrl* field_;
  wxDataViewListCtrl* list_;
  wxStaticText* count_;
  wxStaticText* chosen_ = nullptr;  ///< What was taken so far.
  Taking taking_;
  std::string new_name_;            ///< Offered as the last line; empty: not.
  Taken taken_;
};

/// Indices of `folded` texts that hold every word of the query, those that start with it first; when none does, those
/// that hold the letters of every word in their order ("verwin" finds "Vertrouwen winnen"), the closest first. At most
/// `limit`.
std::vector<std::size_t> FindItems(const std::vector<std::string>& folded, const std::string& query, std::size_t limit);

}  // namespace meerstem::gui
