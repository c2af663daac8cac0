#include "gui/widgets/form_widget.h"

#include <algorithm>

#include <wx/button.h>
#include <wx/checkbox.h>
#include <wx/choice.h>
#include <wx/sizer.h>
#include <wx/textctrl.h>
#include <wx/tglbtn.h>
#include <wx/wrapsizer.h>

#include "gui/widgets/accessible.h"
#include "gui/widgets/cell_text.h"
#include "gui/widgets/choice_habits.h"
#include "gui/widgets/digit_key.h"
#include "gui/widgets/same_field.h"
#include "gui/widgets/strings.h"
#include "gui/widgets/theme.h"
#include "gui/widgets/wrapped_text.h"

namespace meerstem::gui {
namespace {

constexpr int kAround = 14;                 // Beside a field.
constexpr int kUnsized = 120;
constexpr std::size_t kShortChoice = 16;    // Letters of a point that needs no line of its own.
constexpr int kSettle = 30;                 // Milliseconds: GTK forgets sizes that are asked for while it gives them out.
constexpr std::size_t kRatingChoices = 9;   // More than these are a list.
constexpr std::size_t kAtOnce = 8;          // Fields that are made in one go: more than are seen.
constexpr int kBreath = 20;                 // Milliseconds between them, so that what is there is painted and keys are heard.

std::string ChoiceKey(const view::Field& field, const Language& language) {
  if (const auto* whole = std::get_if<std::int64_t>(&field.value.value)) return std::to_string(*whole);
  return language.Show(field.value.value);
}

bool IsRating(const view::Field& field) {
  return field.type == ParameterType::kChoice && field.edit && field.choices.size() >= 3 && field.choices.size() <= kRatingChoices &&
         std::all_of(field.choices.begin(), field.choices.end(), [](const Choice& c) { return c.key.size() == 1 && c.key[0] >= '0' && c.key[0] <= '9'; });
}

/// It may be in the middle of telling of its change: it dies when it has finished. Never inside Freeze: a frozen text of
/// several lines has lost its words for the time, and GTK ends the program when such a one is disabled. Nothing is painted
/// before an event has been handled anyway.
void Retire(wxWindow* window) {
  window->Hide();
  window->Disable();
  window->GetParent()->CallAfter([window] { window->Destroy(); });
}

void Italic(wxWindow* window) { window->SetFont(window->GetFont().Italic()); }

}  // namespace

FormWidget::FormWidget(wxWindow* parent, WidgetHost& host) : PanelWidget(parent, host) {
  scroll_ = new wxScrolledWindow(body(), wxID_ANY, wxDefaultPosition, wxDefaultSize, wxVSCROLL | wxTAB_TRAVERSAL);
  scroll_->SetScrollRate(0, 12);
  auto* sizer = new wxBoxSizer(wxVERTICAL);
  sizer->Add(scroll_, wxSizerFlags(1).Expand());
  body()->SetSizer(sizer);
  scroll_->Bind(wxEVT_SIZE, [this](wxSizeEvent& event) {
    event.Skip();
    if (scroll_->GetClientSize().x != width_) fold_.StartOnce(kSettle);
  });
  fold_.Bind(wxEVT_TIMER, [this](wxTimerEvent&) { FoldAgain(); });
  more_.Bind(wxEVT_TIMER, [this](wxTimerEvent&) { BuildUntil(made_ + kAtOnce); });
}

/// In one of its controls, and not in one that is about to die.
bool FormWidget::HasKeyboard() const {
  const wxWindow* focus = wxWindow::FindFocus();
  return focus && focus->IsEnabled() && scroll_->IsDescendant(const_cast<wxWindow*>(focus));
}

/// Long answers over several lines, as wide as the window is.
wxString FormWidget::FoldedChoice(const wxWindow& button, const wxString& label) const {
  // A window that has no size yet would fold every word.
  return width_ < kUnsized ? label : Folded(button, label, std::max(width_ - 2 * kAround - 44, 80));
}

/// The width has changed. Where a label folds otherwise the controls are made anew: GTK does not always lay out again a
/// button that stood and got another label.
void FormWidget::FoldAgain() {
  width_ = scroll_->GetClientSize().x;
  const bool other = std::any_of(choices_.begin(), choices_.end(), [&](const auto& choice) { return choice.first->GetLabel() != FoldedChoice(*choice.first, choice.second); });
  if (!other) {
    scroll_->FitInside();
    scroll_->Layout();
    return;
  }
  const int top = scroll_->GetViewStart().y;
  const bool inside = HasKeyboard();
  BuildAll();
  if (top > 0) BuildUntil(pieces_.size());
  scroll_->Scroll(0, top);
  if (inside && !current_.empty()) FocusField(current_);
}

const view::Field* FormWidget::Find(const std::string& key) const {
  if (!model()) return nullptr;
  for (const auto& field : As<view::Form>().fields) {
    if (field.key == key) return &field;
  }
  return nullptr;
}

Selection FormWidget::Current() const {
  Selection selection;
  if (const auto* field = Find(current_)) selection.entities = field->entities;
  return selection;
}

void FormWidget::ShowBody(const view::Patch*) {
  const int top = scroll_->GetViewStart().y;
  const bool inside = HasKeyboard();
  const bool first = fields_.empty();
  SetAccessibleName(scroll_, Words(model()->title));
  if (!BuildChanged()) {
    BuildAll();
    if (top > 0) BuildUntil(pieces_.size());
    scroll_->Scroll(0, top);
  }
  const std::string next = sent_ ? NextAfter(current_) : As<view::Form>().next_unanswered;
  if (sent_ && !next.empty()) FocusField(next);
  else if (inside && !HasKeyboard() && !current_.empty()) FocusField(current_);
  else if (first && !next.empty()) current_ = next;
  sent_ = false;
}

/// Where the entering goes on: the first field below that was not entered here, else the first unanswered of all.
std::string FormWidget::NextAfter(const std::string& key) const {
  const auto& form = As<view::Form>();
  const auto here = std::find_if(form.fields.begin(), form.fields.end(), [&](const view::Field& field) { return field.key == key; });
  // What was entered here can be taken back; what does not apply or was unknown earlier has yet to be said again.
  const auto entered = [](const view::Field& field) {
    return std::any_of(field.actions.begin(), field.actions.end(), [](const view::Action& action) { return action.command.ends_with(".clear"); });
  };
  for (auto field = here; field != form.fields.end(); ++field) {
    if (field == here || !field->edit) continue;
    const bool open = field->value.state == view::State::kCarried || field->value.state == view::State::kEmpty;
    if (IsRating(*field) ? !entered(*field) : open) return field->key;
  }
  return form.next_unanswered;
}

/// To the next field as soon as an answer is given and before the study has it: the key that follows is for that one.
void FormWidget::GoOn() {
  const std::string next = NextAfter(current_);
  if (!next.empty()) FocusField(next);
}

void FormWidget::RestyleBody() { BuildAll(); }

/// Where the same questions are asked as before, only the fields that changed are built anew: a form has hundreds of
/// controls, and the next answer must not wait for them. False: nothing was done.
bool FormWidget::BuildChanged() {
  const auto& form = As<view::Form>();
  if (!built_ || !sheet_ || !SameQuestions(std::get<view::Form>(built_->body), form)) return false;
  const auto& before = std::get<view::Form>(built_->body).fields;
  for (std::size_t i = 0; i < form.fields.size(); ++i) {
    const auto made = fields_.find(form.fields[i].key);
    if (made == fields_.end() || SameField(before[i], form.fields[i])) continue;
    wxWindow* old = made->second.panel;
    std::erase_if(choices_, [&](const auto& choice) { return old->IsDescendant(choice.first); });
    remarks_.erase(form.fields[i].key);
    wxWindow* panel = BuildField(form.fields[i]);
    sheet_->GetSizer()->Replace(old, panel);
    panel->MoveAfterInTabOrder(old);
    Retire(old);
  }
  built_ = model();
  pieces_ = PiecesOf(form);
  scroll_->FitInside();
  scroll_->Layout();
  // What was said of a field above may have become shorter or longer.
  const auto current = fields_.find(current_);
  if (current != fields_.end() && current->second.panel->IsDescendant(wxWindow::FindFocus())) Reveal(current->second.panel);
  return true;
}

/// What stands below each other on the sheet: first what belongs to no section.
std::vector<FormWidget::Piece> FormWidget::PiecesOf(const view::Form& form) {
  std::vector<Piece> pieces;
  const auto gather = [&](const view::Section* section) {
    const std::size_t begin = pieces.size();
    for (std::size_t i = 0; i < form.fields.size(); ++i) {
      const auto& key = form.fields[i].section;
      const bool mine = section ? key == section->key : std::none_of(form.sections.begin(), form.sections.end(), [&](const view::Section& known) { return known.key == key; });
      if (mine) pieces.push_back({nullptr, i});
    }
    if (section && pieces.size() > begin && !section->label.empty()) pieces.insert(pieces.begin() + static_cast<std::ptrdiff_t>(begin), {&section->label, {}});
  };
  gather(nullptr);
  for (const auto& section : form.sections) gather(&section);
  pieces.push_back({});
  return pieces;
}

void FormWidget::BuildAll() {
  if (sheet_) Retire(sheet_);
  fields_.clear();
  remarks_.clear();
  choices_.clear();
  width_ = scroll_->GetClientSize().x;
  built_ = model();
  pieces_ = PiecesOf(As<view::Form>());
  made_ = 0;
  sheet_ = new wxPanel(scroll_);
  sheet_->SetFont(ZoomedFont(host().zoom()));
  sheet_->SetSizer(new wxBoxSizer(wxVERTICAL));
  auto* outer = new wxBoxSizer(wxVERTICAL);
  outer->Add(sheet_, wxSizerFlags(1).Expand());
  scroll_->SetSizer(outer);
  BuildUntil(kAtOnce);
}

/// The pieces before `end`; the others come a little later.
void FormWidget::BuildUntil(std::size_t end) {
  if (made_ >= std::min(end, pieces_.size())) return;
  auto* column = sheet_->GetSizer();
  const auto beside = wxSizerFlags().Expand().Border(wxLEFT | wxRIGHT | wxTOP, kAround);
  for (; made_ < std::min(end, pieces_.size()); ++made_) {
    const Piece& piece = pieces_[made_];
    if (piece.title) {
      auto* title = new WrappedText(sheet_, Words(*piece.title));
      title->SetFont(ZoomedFont(host().zoom() * 1.15).Bold());
      column->Add(title, beside);
    } else if (piece.field) {
      column->Add(BuildField(std::get<view::Form>(built_->body).fields[*piece.field]), beside);
    } else {
      column->Add(BuildActions(), wxSizerFlags().Expand().Border(wxALL, 12));
    }
  }
  if (made_ < pieces_.size()) more_.StartOnce(kBreath);
  scroll_->FitInside();
  scroll_->Layout();
}

wxSizer* FormWidget::BuildActions() {
  auto* buttons = new wxWrapSizer(wxHORIZONTAL, wxREMOVE_LEADING_SPACES);
  for (const auto& action : std::get<view::Form>(built_->body).actions) {
    auto* button = new wxButton(sheet_, wxID_ANY, Words(action.label));
    button->Bind(wxEVT_BUTTON, [this, action](wxCommandEvent&) {
      sent_ = true;
      host().Execute(action.command, action.bound);
    });
    buttons->Add(button, wxSizerFlags().Border(wxALL, 4));
  }
  return buttons;
}

wxWindow* FormWidget::BuildField(const view::Field& field) {
  const Theme theme = Theme::Current();
  const double zoom = host().zoom();
  auto* panel = new wxPanel(sheet_);
  panel->SetFont(ZoomedFont(zoom));
  auto* column = new wxBoxSizer(wxVERTICAL);
  const wxString name = Words(field.label);
  if (field.type != ParameterType::kBoolean) {
    auto* label = new WrappedText(panel, name);
    label->SetFont(ZoomedFont(zoom).Bold());
    column->Add(label, wxSizerFlags().Expand());
  }
  if (!field.help.empty()) {
    auto* help = new WrappedText(panel, Words(field.help));
    help->SetForegroundColour(Blend(panel->GetBackgroundColour(), panel->GetForegroundColour(), 0.72));
    column->Add(help, wxSizerFlags().Expand());
  }
  wxWindow* focus = IsRating(field) ? BuildRating(field, panel, column) : BuildControl(field, panel, column);
  // What carries, does not apply or is unknown is said in words, not by colour.
  if (field.value.state != view::State::kValue && field.value.state != view::State::kEmpty) {
    std::string words = language()(view::StateLabel(field.value.state));
    if (!field.value.why.empty()) words = language()(Say("{0}: {1}", words, field.value.why));
    auto* state = new WrappedText(panel, ToWx(words));
    Italic(state);
    column->Add(state, wxSizerFlags().Expand().Border(wxTOP, 2));
  }
  if (!field.error.empty()) {
    auto* error = new WrappedText(panel, Words(Say("⚠ {0}", field.error)));
    error->SetForegroundColour(theme.warning);
    column->Add(error, wxSizerFlags().Expand().Border(wxTOP, 2));
  }
  wxString spoken = name;
  if (!field.error.empty()) spoken += wxS(". ") + Words(field.error);
  const std::string state = DescribeCell(field.value, view::ColumnType::kText, language());
  if (!state.empty()) spoken += wxS(". ") + ToWx(state);
  SetAccessibleName(focus, spoken);
  auto* buttons = new wxWrapSizer(wxHORIZONTAL, wxREMOVE_LEADING_SPACES);
  for (const auto& action : field.actions) {
    auto* button = new wxButton(panel, wxID_ANY, Words(action.label));
    button->Bind(wxEVT_BUTTON, [this, action](wxCommandEvent&) {
      host().Execute(action.command, action.bound);
      GoOn();
    });
    button->Bind(wxEVT_SET_FOCUS, [this, key = field.key](wxFocusEvent& event) {
      event.Skip();
      ToldFocus(key);
    });
    buttons->Add(button, wxSizerFlags().Border(wxRIGHT | wxTOP, 3));
  }
  column->Add(buttons, wxSizerFlags().Expand());
  if (field.remark) {
    auto* remark = new wxButton(panel, wxID_ANY, Words(Say("Remark")));
    remark->Bind(wxEVT_BUTTON, [this, key = field.key](wxCommandEvent&) {
      if (const auto* now = Find(key)) WriteRemark(*now);
    });
    buttons->Add(remark, wxSizerFlags().Border(wxRIGHT | wxTOP, 3));
    if (!language()(field.remark_text).empty() || host().drafts().Recall(DraftKey(field.remark->command, field.remark->bound, field.remark->parameter))) BuildRemark(field, panel, column);
  }
  panel->SetSizer(column);
  fields_[field.key] = {panel, focus};
  return panel;
}

wxWindow* FormWidget::BuildRating(const view::Field& field, wxWindow* parent, wxSizer* sizer) {
  // Points in words stand one below the other, so that the scale is seen; short ones beside each other.
  const bool short_words = std::all_of(field.choices.begin(), field.choices.end(), [this](const Choice& choice) { return Words(choice.label).length() <= kShortChoice; });
  wxSizer* row = short_words ? static_cast<wxSizer*>(new wxWrapSizer(wxHORIZONTAL, wxREMOVE_LEADING_SPACES)) : new wxBoxSizer(wxVERTICAL);
  const std::string chosen = ChoiceKey(field, language());
  const bool answered = field.value.state == view::State::kValue || field.value.state == view::State::kCarried;
  wxWindow* focus = nullptr;
  for (const auto& choice : field.choices) {
    const bool on = answered && choice.key == chosen;
    // A sign and not a bolder font: the width that GTK asks for a button is that of its usual font. What is only carried
    // is not as full as what was entered.
    const wxString label = on ? ToWx(field.value.state == view::State::kCarried ? "○ " : "● ") + Words(choice.label) : Words(choice.label);
    auto* button = new wxToggleButton(parent, wxID_ANY, wxString());
    button->SetLabel(FoldedChoice(*button, label));
    choices_.emplace_back(button, label);
    button->SetValue(on);
    if (on || !focus) focus = button;
    SetAccessibleName(button, Words(field.label) + wxS(": ") + Words(choice.label));
    button->Bind(wxEVT_TOGGLEBUTTON, [this, button, edit = *field.edit, key = choice.key](wxCommandEvent&) { Send(edit, key, button); });
    button->Bind(wxEVT_CHAR_HOOK, [this, key = field.key](wxKeyEvent& event) { OnFieldKey(event, key); });
    button->Bind(wxEVT_SET_FOCUS, [this, key = field.key](wxFocusEvent& event) {
      event.Skip();
      ToldFocus(key);
    });
    row->Add(button, wxSizerFlags().Border(wxRIGHT | wxTOP, 3));
  }
  sizer->Add(row, wxSizerFlags().Expand());
  return focus;
}

wxWindow* FormWidget::BuildControl(const view::Field& field, wxWindow* parent, wxSizer* sizer) {
  const std::string value = EditText(field.value, language());
  const bool editable = field.edit.has_value();
  wxWindow* control = nullptr;
  if (field.type == ParameterType::kChoice && !field.choices.empty()) {
    auto* choice = new wxChoice(parent, wxID_ANY);
    GiveHabits(*choice);
    const std::string key = ChoiceKey(field, language());
    for (std::size_t i = 0; i < field.choices.size(); ++i) {
      choice->Append(Words(field.choices[i].label));
      if (field.choices[i].key == key) choice->SetSelection(static_cast<int>(i));
    }
    if (editable) {
      choice->Bind(wxEVT_CHOICE, [this, choice, edit = *field.edit, choices = field.choices](wxCommandEvent&) {
        if (choice->GetSelection() >= 0) Send(edit, choices[static_cast<std::size_t>(choice->GetSelection())].key, choice);
      });
    }
    choice->Enable(editable);
    control = choice;
  } else if (field.type == ParameterType::kBoolean) {
    auto* check = new wxCheckBox(parent, wxID_ANY, Words(field.label));
    const auto* whole = std::get_if<std::int64_t>(&field.value.value);
    check->SetValue(whole && *whole != 0);
    if (editable) check->Bind(wxEVT_CHECKBOX, [this, check, edit = *field.edit](wxCommandEvent&) { Send(edit, check->GetValue() ? "1" : "0", check); });
    check->Enable(editable);
    control = check;
  } else {
    const bool prose = field.type == ParameterType::kProse || field.type == ParameterType::kExpression;
    auto* text = new wxTextCtrl(parent, wxID_ANY, ToWx(value), wxDefaultPosition, wxDefaultSize,
                                (prose ? wxTE_MULTILINE : wxTE_PROCESS_ENTER) | (editable ? 0 : wxTE_READONLY));
    // GTK leaves a line of large letters no room around it.
    text->SetMinSize(wxSize(-1, prose ? text->GetCharHeight() * 4 : text->GetCharHeight() * 8 / 5));
    if (editable) TakeWords(text, field.key, *field.edit, value);
    control = text;
  }
  control->Bind(wxEVT_SET_FOCUS, [this, key = field.key](wxFocusEvent& event) {
    event.Skip();
    ToldFocus(key);
  });
  sizer->Add(control, wxSizerFlags().Expand().Border(wxTOP, 3));
  return control;
}

wxTextCtrl* FormWidget::BuildRemark(const view::Field& field, wxWindow* parent, wxSizer* sizer) {
  const std::string before = language()(field.remark_text);
  auto* text = new wxTextCtrl(parent, wxID_ANY, ToWx(before), wxDefaultPosition, wxDefaultSize, wxTE_MULTILINE);
  SetAccessibleName(text, Words(Say("Remark on {0}", field.label)));
  text->SetMinSize(wxSize(-1, static_cast<int>(text->GetCharHeight() * 2.6)));
  TakeWords(text, field.key, *field.remark, before);
  sizer->Add(text, wxSizerFlags().Expand().Border(wxTOP, 2));
  remarks_[field.key] = text;
  return text;
}

/// The text of a remark is made when it is first wanted: most fields have none.
void FormWidget::WriteRemark(const view::Field& field) {
  const auto shown = remarks_.find(field.key);
  wxWindow* panel = fields_[field.key].panel;
  wxWindow* text = shown != remarks_.end() ? shown->second : BuildRemark(field, panel, panel->GetSizer());
  scroll_->FitInside();
  scroll_->Layout();
  text->SetFocus();
}

/// What is typed is a draft, kept at every letter, until Enter or the loss of the keyboard sends it. A form that is built
/// anew under someone's hands puts the draft back; one that the end of the program left behind is sent.
void FormWidget::TakeWords(wxTextCtrl* text, const std::string& field, const view::Edit& edit, const std::string& value) {
  const std::string key = DraftKey(edit.command, edit.bound, edit.parameter);
  const auto send = [this, text, edit, value, key] {
    const std::string typed = FromWx(text->GetValue());
    if (typed == value) return host().drafts().Forget(key);
    Send(edit, typed, text);
    // After the command has set out, so that the words are always in one of the two.
    text->CallAfter([this, key] { host().drafts().Forget(key); });
  };
  if (const std::string draft = host().drafts().Recall(key).value_or(value); draft != value) {
    text->ChangeValue(ToWx(draft));
    if (field != current_) text->CallAfter(send);
  }
  text->Bind(wxEVT_TEXT, [this, text, key](wxCommandEvent&) { host().drafts().Keep(key, FromWx(text->GetValue())); });
  if (text->HasFlag(wxTE_PROCESS_ENTER)) text->Bind(wxEVT_TEXT_ENTER, [send](wxCommandEvent&) { send(); });
  text->Bind(wxEVT_KILL_FOCUS, [send](wxFocusEvent& event) {
    event.Skip();
    send();
  });
}

void FormWidget::Send(const view::Edit& edit, const std::string& typed, wxWindow* origin) {
  const auto value = ReadEdit(edit, typed);
  if (!value) {
    wxBell();
    origin->SetForegroundColour(Theme::Current().warning);
    origin->Refresh();
    return;
  }
  Arguments arguments = edit.bound;
  arguments.Set(edit.parameter, *value);
  host().Execute(edit.command, arguments);
  if (dynamic_cast<wxToggleButton*>(origin)) GoOn();
}

void FormWidget::ToldFocus(const std::string& key) {
  if (current_ == key) return;
  current_ = key;
  host().Selected(Current());
}

void FormWidget::FocusField(const std::string& key) {
  const auto piece = std::find_if(pieces_.begin(), pieces_.end(), [&](const Piece& each) { return each.field && std::get<view::Form>(built_->body).fields[*each.field].key == key; });
  BuildUntil(static_cast<std::size_t>(piece - pieces_.begin()) + 1);
  const auto found = fields_.find(key);
  if (found == fields_.end()) return;
  ToldFocus(key);
  found->second.focus->SetFocus();
  Reveal(found->second.panel);
}

/// The whole field, where it fits.
void FormWidget::Reveal(const wxWindow* panel) {
  int x = 0, y = 0, rate = 1, unused = 0;
  scroll_->GetScrollPixelsPerUnit(&unused, &rate);
  scroll_->GetViewStart(&x, &y);
  const wxPoint place = scroll_->ScreenToClient(panel->GetScreenPosition());
  const int height = panel->GetSize().y;
  if (place.y < 0 || place.y + height > scroll_->GetClientSize().y) {
    scroll_->Scroll(0, std::max(0, y + (place.y - 24) / std::max(1, rate)));
  }
}

void FormWidget::OnFieldKey(wxKeyEvent& event, const std::string& key) {
  int code = event.GetKeyCode();
  if (const int digit = DigitOf(event)) code = '0' + digit;
  if (code == WXK_NUMPAD0) code = '0';
  if (event.ControlDown() || event.AltDown() || !Press(code, key)) event.Skip();
}

/// What a key does at a rating; false: nothing.
bool FormWidget::Press(int code, const std::string& key) {
  const view::Field* field = Find(key);
  if (!field) return false;
  const auto run = [&](std::string_view named) {
    for (const auto& action : field->actions) {
      if (action.command.find(named) == std::string::npos) continue;
      const view::Action now = action;
      host().Execute(now.command, now.bound);
      GoOn();
      return true;
    }
    return false;
  };
  if (code >= '0' && code <= '9' && field->edit) {
    for (const auto& choice : field->choices) {
      if (choice.key != std::string(1, static_cast<char>(code))) continue;
      if (const auto shown = fields_.find(key); shown != fields_.end()) Send(*field->edit, choice.key, shown->second.focus);
      return true;
    }
  }
  if (code == WXK_RETURN || code == WXK_NUMPAD_ENTER) return run("confirm");
  if (code == 'N') return run("not-applicable");
  if (code == 'U') return run("unknown");
  if (code == 'R' && field->remark) {
    WriteRemark(*field);
    return true;
  }
  if (code != WXK_UP && code != WXK_DOWN) return false;
  const auto& all = As<view::Form>().fields;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (all[i].key != key) continue;
    if (code == WXK_UP && i > 0) FocusField(all[i - 1].key);
    if (code == WXK_DOWN && i + 1 < all.size()) FocusField(all[i + 1].key);
    break;
  }
  return true;
}

std::vector<WidgetAction> FormWidget::Actions() {
  if (!model()) return {};
  const auto& fields = As<view::Form>().fields;
  if (std::none_of(fields.begin(), fields.end(), IsRating)) return {};
  const auto pressing = [this](int code) { return [this, code] { Press(code, current_); }; };
  return {{Say("Give the answer of that number"), "1 – 9", [this] { FocusField(current_); }},
          {Say("Confirm what is carried"), "Enter", pressing(WXK_RETURN)},
          {Say("Not applicable"), "N", pressing('N')},
          {Say("Unknown"), "U", pressing('U')},
          {Say("Remark"), "R", pressing('R')},
          {Say("Next question"), "Down", pressing(WXK_DOWN)},
          {Say("Previous question"), "Up", pressing(WXK_UP)}};
}

}  // namespace meerstem::gui
