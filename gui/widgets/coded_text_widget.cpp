#include "gui/widgets/coded_text_widget.h"

#include <algorithm>

#include <wx/sizer.h>

#include "gui/widgets/accessible.h"
#include "gui/widgets/entity_drag.h"
#include "gui/widgets/entity_list.h"
#include "gui/widgets/strings.h"
#include "gui/widgets/theme.h"
#include "gui/widgets/wrapped_text.h"

namespace meerstem::gui {

CodedTextWidget::CodedTextWidget(wxWindow* parent, WidgetHost& host) : PanelWidget(parent, host) {
  canvas_ = new CodedTextCanvas(body(), host,
                                {.moved = [this] { ShowTwin(); },
                                 .menu = [this] { Popup(canvas_, Current()); },
                                 .dropped = [this](Range range, const std::vector<view::Entity>& entities) { Dropped(range, entities); },
                                 .takes_drops = [this] {
                                   return model() && std::any_of(model()->drops.begin(), model()->drops.end(), [](const view::Drop& d) { return d.onto == "span"; });
                                 },
                                 .leave = [this] {
                                   toggle_->SetValue(true);
                                   twin_->Show();
                                   body()->Layout();
                                   words_->SetFocus();
                                 },
                                 .ends = [this](std::size_t mark, Range stored) { MoveEnds(mark, stored); },
                                 .quick = [this](std::size_t place) { ApplyQuick(place); },
                                 .badges = [this](const std::vector<std::size_t>& badges) { PopupBadges(badges); },
                                 .dragged = [this]() -> wxCustomDataObject* {
                                   const Selection selected = Current();
                                   return selected.span ? NewEntityData(selected.entities, selected.span) : nullptr;
                                 }});
  twin_ = new wxPanel(body());
  words_ = new wxTextCtrl(twin_, wxID_ANY, wxString(), wxDefaultPosition, wxDefaultSize, wxTE_MULTILINE | wxTE_READONLY | wxTE_BESTWRAP);
  codes_ = new wxListBox(twin_, wxID_ANY);
  // However long the words of a line are, the two keep their shares.
  for (wxWindow* side : {static_cast<wxWindow*>(words_), static_cast<wxWindow*>(codes_)}) side->SetMinSize(wxSize(60, -1));
  auto* sides = new wxBoxSizer(wxHORIZONTAL);
  sides->Add(words_, wxSizerFlags(3).Expand());
  sides->Add(codes_, wxSizerFlags(2).Expand().Border(wxLEFT, 4));
  twin_->SetSizer(sides);
  toggle_ = new wxToggleButton(body(), wxID_ANY, wxString(), wxDefaultPosition, wxDefaultSize, wxBU_EXACTFIT | wxBORDER_NONE);
  toggle_->SetValue(true);
  quick_ = new wxStaticText(body(), wxID_ANY, wxString(), wxDefaultPosition, wxDefaultSize, wxST_ELLIPSIZE_END | wxST_NO_AUTORESIZE);
  auto* sizer = new wxBoxSizer(wxVERTICAL);
  sizer->Add(canvas_, wxSizerFlags(1).Expand());
  auto* line = new wxBoxSizer(wxHORIZONTAL);
  line->Add(toggle_, wxSizerFlags().CentreVertical());
  line->Add(quick_, wxSizerFlags(1).CentreVertical().Border(wxLEFT, 8));
  sizer->Add(line, wxSizerFlags().Expand());
  sizer->Add(twin_, wxSizerFlags().Expand());
  body()->SetSizer(sizer);
  toggle_->Bind(wxEVT_TOGGLEBUTTON, [this](wxCommandEvent&) {
    twin_->Show(toggle_->GetValue());
    body()->Layout();
    if (twin_->IsShown()) ShowTwin();
  });
  codes_->Bind(wxEVT_LISTBOX, [this](wxCommandEvent&) {
    const int row = codes_->GetSelection();
    if (telling_ || row < 0) return;
    const Listed& listed = listed_[static_cast<std::size_t>(row)];
    telling_ = true;
    if (listed.badge) badge_ = listed.place;
    else canvas_->Choose(listed.place);
    telling_ = false;
    this->host().Selected(Current());
  });
  const auto back = [this](wxKeyEvent& event) {
    const int key = event.GetKeyCode();
    // F6 goes on to the next part of the window.
    if (key == WXK_ESCAPE || (key == WXK_F6 && event.ShiftDown())) canvas_->SetFocus();
    // GTK would go past the list to the next part of the window.
    else if (key == WXK_TAB && words_->HasFocus()) (event.ShiftDown() ? static_cast<wxWindow*>(canvas_) : codes_)->SetFocus();
    else if (key == WXK_TAB && event.ShiftDown()) words_->SetFocus();
    else if (key == WXK_MENU || key == WXK_WINDOWS_MENU || ((key == WXK_RETURN || key == WXK_NUMPAD_ENTER) && codes_->HasFocus())) Popup(codes_, Current());
    else event.Skip();
  };
  words_->Bind(wxEVT_CHAR_HOOK, back);
  codes_->Bind(wxEVT_CHAR_HOOK, back);
}

void CodedTextWidget::ShowBody(const view::Patch*) {
  toggle_->SetLabel(Words(Say("At the cursor")));
  GiveRoom(*toggle_);
  SetAccessibleName(words_, Words(Say("Words at the cursor")));
  SetAccessibleName(codes_, Words(Say("Codes at the cursor")));
  SetAccessibleName(canvas_, Words(model()->title));
  SizeTwin();
  badge_.reset();
  ShowQuick();
  canvas_->SetModel(model());
  ShowTwin();
}

void CodedTextWidget::RestyleBody() {
  toggle_->SetLabel(Words(Say("At the cursor")));
  GiveRoom(*toggle_);
  SizeTwin();
  canvas_->Restyle();
  ShowTwin();
}

void CodedTextWidget::SizeTwin() {
  for (wxWindow* window : {static_cast<wxWindow*>(toggle_), static_cast<wxWindow*>(quick_), static_cast<wxWindow*>(words_), static_cast<wxWindow*>(codes_)}) {
    window->SetFont(ZoomedFont(host().zoom()));
  }
  twin_->SetMinSize(wxSize(-1, static_cast<int>(words_->GetCharHeight() * 3.6) + 8));
  body()->Layout();
}

Selection CodedTextWidget::Current() const {
  Selection selection;
  if (!canvas_->index() || !model()) return selection;
  const auto add = [&selection](const std::vector<view::Entity>& entities) {
    selection.entities.insert(selection.entities.end(), entities.begin(), entities.end());
  };
  const auto& index = *canvas_->index();
  const Range selected = canvas_->selection();
  if (!selected.empty()) selection.span = SourceSpan{text().source.id, index.ToStored(selected)};
  if (badge_) add(text().badges[*badge_].entities);
  if (canvas_->chosen()) {
    const auto& mark = text().marks[*canvas_->chosen()];
    add(mark.entities);
    if (selected.empty()) selection.span = SourceSpan{text().source.id, mark.range};
  }
  if (const auto turn = index.TurnAt(canvas_->caret()); turn >= 0) add(text().turns[static_cast<std::size_t>(turn)].entities);
  const std::int64_t at = index.ToStored(Range{canvas_->caret(), canvas_->caret()}).start;
  for (const auto& place : text().places) {
    if (place.range.Contains(at)) add(place.entities);
  }
  if (!text().source.kind.empty()) selection.entities.push_back(text().source);
  return selection;
}

void CodedTextWidget::ShowTwin() {
  if (!canvas_->index()) return;
  const auto& index = *canvas_->index();
  const Range selected = canvas_->selection();
  if (twin_->IsShown()) {
    std::string who;
    if (!telling_) badge_.reset();
    Range words = index.paragraphs()[index.ParagraphAt(canvas_->caret())].shown;
    if (const auto turn = index.TurnAt(canvas_->caret()); turn >= 0) {
      const auto& shown = text().turns[static_cast<std::size_t>(turn)];
      who = language()(shown.speaker);
      const std::string stakeholder = language()(shown.stakeholder);
      if (!stakeholder.empty()) who += who.empty() ? stakeholder : " (" + stakeholder + ")";
      words = index.TurnWords(static_cast<std::size_t>(turn));
    }
    if (!selected.empty()) words = selected;
    const Range whole = words;
    constexpr std::int64_t kEnough = 4000;  // A whole text selected need not be copied here.
    words.end = std::min(words.end, words.start + kEnough);
    const std::string spoken(index.shown().Slice(words));
    const wxString line = ToWx((who.empty() ? "" : who + ": ") + spoken);
    if (words_->GetValue() != line) words_->ChangeValue(line);

    if (!telling_) ListCodes(whole);
  }
  if (!telling_) host().Selected(Current());
}

/// The quotes in a stretch of shown text with their codes and the memos about them, those at the cursor first.
void CodedTextWidget::ListCodes(Range shown) {
  const auto& index = *canvas_->index();
  std::vector<Listed> listed;
  wxArrayString names;
  auto marks = index.MarksIn(shown);
  std::stable_sort(marks.begin(), marks.end());
  std::stable_partition(marks.begin(), marks.end(), [&](std::size_t mark) { return index.marks()[mark].Contains(canvas_->caret()); });
  for (const std::size_t mark : marks) {
    const auto& each = text().marks[mark];
    std::string name = language()(Say("{0}: “{1}”", each.code, Ends(index.marks()[mark])));
    if (!each.coder.empty()) name += " (" + language()(each.coder) + ")";
    listed.push_back({false, mark});
    names.Add(ToWx(name));
  }
  for (std::size_t i = 0; i < text().badges.size(); ++i) {
    const Range place = index.ToShown(text().badges[i].range);
    if (!place.Overlaps(shown) && !shown.Contains(place.start)) continue;
    listed.push_back({true, i});
    names.Add(ToWx(language()(text().badges[i].words)));
  }
  if (listed != listed_ || names != codes_->GetStrings()) {
    listed_ = std::move(listed);
    codes_->Set(names);
  }
  codes_->SetSelection(wxNOT_FOUND);
  for (std::size_t i = 0; i < listed_.size(); ++i) {
    if (!listed_[i].badge && canvas_->chosen() == listed_[i].place) codes_->SetSelection(static_cast<int>(i));
  }
}

std::string CodedTextWidget::Ends(Range shown) const {
  constexpr std::int64_t kFirst = 44, kLast = 26;
  const auto words = [&](Range part) {
    std::string line(canvas_->index()->shown().Slice(part));
    std::replace(line.begin(), line.end(), '\n', ' ');
    return line;
  };
  if (shown.size() <= kFirst + kLast) return words(shown);
  // Whole words, where there are spaces to cut at.
  std::string first = words({shown.start, shown.start + kFirst}), last = words({shown.end - kLast, shown.end});
  if (const auto space = first.rfind(' '); space != std::string::npos) first.resize(space);
  if (const auto space = last.find(' '); space != std::string::npos) last.erase(0, space + 1);
  return first + " … " + last;
}

void CodedTextWidget::ShowQuick() {
  std::string line;
  for (std::size_t i = 0; i < text().quick.size(); ++i) {
    // The own name is enough to know it by; the whole path is read on hovering.
    const std::string path = language()(text().quick[i].label);
    line += (line.empty() ? "" : "   ") + std::to_string(i + 1) + " " + path.substr(path.rfind('/') + 1);
  }
  quick_->SetLabel(ToWx(line));
  std::string tip;
  for (std::size_t i = 0; i < text().quick.size(); ++i) tip += (i > 0 ? "\n" : "") + std::to_string(i + 1) + "  " + language()(text().quick[i].label);
  quick_->SetToolTip(ToWx(tip));
  SetAccessibleName(quick_, ToWx(line));
}

std::vector<WidgetAction> CodedTextWidget::Actions() {
  if (!model() || !canvas_->index()) return {};
  std::vector<WidgetAction> actions = canvas_->moves();
  for (std::size_t i = 0; i < text().quick.size(); ++i) {
    actions.push_back({Say("Code with {0}", text().quick[i].label), std::to_string(i + 1), [this, i] { ApplyQuick(i); }});
  }
  return actions;
}

void CodedTextWidget::ApplyQuick(std::size_t place) {
  if (place >= text().quick.size()) return;
  const auto& action = text().quick[place];
  host().Execute(action.command, action.bound);
}

void CodedTextWidget::MoveEnds(std::size_t mark, Range stored) {
  const auto& ends = text().ends;
  if (!ends) return;
  for (const auto& entity : text().marks[mark].entities) {
    if (entity.kind != ends->entity_kind) continue;
    Arguments bound;
    bound.Set(ends->parameter, entity.id);
    bound.Set(ends->start, stored.start);
    bound.Set(ends->end, stored.end);
    return host().Execute(ends->command, bound);
  }
}

void CodedTextWidget::PopupBadges(const std::vector<std::size_t>& badges) {
  Selection selection;
  for (const std::size_t i : badges) {
    const auto& entities = text().badges[i].entities;
    selection.entities.insert(selection.entities.end(), entities.begin(), entities.end());
  }
  if (!badges.empty()) badge_ = badges.front();
  host().Selected(Current());
  Popup(canvas_, selection);
}

void CodedTextWidget::Dropped(Range shown, const std::vector<view::Entity>& entities) {
  const SourceSpan span{text().source.id, canvas_->index()->ToStored(shown)};
  const auto bound = MatchDrop(model()->drops, entities, span);
  if (!bound) return;
  // The drag is still under way: the command comes after it.
  canvas_->CallAfter([this, bound = *bound] { host().Execute(bound.command, bound.arguments); });
}

}  // namespace meerstem::gui
