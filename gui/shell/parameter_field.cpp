#include "gui/shell/parameter_field.h"

#include <algorithm>
#include <charconv>

#include <wx/button.h>
#include <wx/checkbox.h>
#include <wx/checklst.h>
#include <wx/choice.h>
#include <wx/dirdlg.h>
#include <wx/filedlg.h>
#include <wx/sizer.h>
#include <wx/textctrl.h>
#include <wx/tokenzr.h>

#include "core/base/text.h"
#include "gui/widgets/accessible.h"
#include "gui/widgets/choice_habits.h"
#include "gui/widgets/wrapped_text.h"
#include "gui/shell/entity_picker.h"
#include "gui/shell/finder.h"
#include "gui/shell/tr.h"

namespace meerstem::gui {
namespace {

/// A typed value back into the words one types.
std::string Typed(const ArgumentValue& value) {
  if (const auto* whole = std::get_if<std::int64_t>(&value)) return std::to_string(*whole);
  if (const auto* real = std::get_if<double>(&value)) {
    char buffer[64];
    std::string text(buffer, std::to_chars(buffer, buffer + sizeof buffer, *real).ptr);
    if (CurrentLanguage()->tag() == "nl") std::replace(text.begin(), text.end(), '.', ',');
    return text;
  }
  if (const auto* text = std::get_if<std::string>(&value)) return *text;
  if (const auto* date = std::get_if<Date>(&value)) return CurrentLanguage()->Day(*date);
  return {};
}

template <class Number>
bool ReadNumber(std::string text, Number& number) {
  std::replace(text.begin(), text.end(), ',', '.');
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size();
}

bool IsFile(ParameterType type) { return type == ParameterType::kFile || type == ParameterType::kFolder || type == ParameterType::kOutput; }

}  // namespace

bool ParameterField::HasControl(const Parameter& parameter) {
  return parameter.type != ParameterType::kSpan && parameter.type != ParameterType::kRows;
}

ParameterField::ParameterField(wxWindow* parent, Parameter parameter, Session& session, Room room, Told told)
    : parameter_(std::move(parameter)), session_(session), told_(std::move(told)) {
  sizer_ = new wxBoxSizer(wxHORIZONTAL);
  if (parameter_.type == ParameterType::kBoolean) {
    check_ = new wxCheckBox(parent, wxID_ANY, Plain(Shown(parameter_.label)));
    check_->Bind(wxEVT_CHECKBOX, [this](wxCommandEvent&) { Changed(false); });
    focus_ = check_;
    sizer_->Add(check_, wxSizerFlags().CentreVertical());
  } else if (parameter_.type == ParameterType::kChoice) {
    MakeChoice(parent);
  } else if (parameter_.type == ParameterType::kEntity) {
    MakeEntity(parent, room);
  } else if (IsFile(parameter_.type)) {
    MakeFile(parent);
  } else if (parameter_.type == ParameterType::kExpression && parameter_.pieces) {
    MakeExpression(parent, room);
  } else {
    MakeText(parent, room);
  }
  SetAccessibleName(focus_, Shown(parameter_.label), Shown(parameter_.help));
  if (!parameter_.help.empty()) focus_->SetToolTip(Shown(parameter_.help));
}

void ParameterField::MakeText(wxWindow* parent, Room room) {
  const bool tall = parameter_.type == ParameterType::kProse || (parameter_.list && room == Room::kDialog);
  const bool small = parameter_.type == ParameterType::kDate || parameter_.type == ParameterType::kInteger || parameter_.type == ParameterType::kNumber;
  const int width = room == Room::kDialog ? 380 : small ? 110 : 200;
  text_ = new wxTextCtrl(parent, wxID_ANY, wxString(), wxDefaultPosition, parent->FromDIP(wxSize(width, tall ? 110 : -1)),
                         tall ? wxTE_MULTILINE : wxTE_PROCESS_ENTER);
  if (parameter_.type == ParameterType::kDate) text_->SetHint(Tr("dd/mm/yyyy"));
  text_->Bind(wxEVT_TEXT, [this](wxCommandEvent&) { Changed(true); });
  if (!tall && room == Room::kBar) text_->Bind(wxEVT_TEXT_ENTER, [this](wxCommandEvent&) { Changed(false); });
  if (room == Room::kBar && !parameter_.live) {
    text_->Bind(wxEVT_KILL_FOCUS, [this](wxFocusEvent& event) {
      event.Skip();
      if (text_->IsModified()) {
        text_->DiscardEdits();
        Changed(false);
      }
    });
  }
  focus_ = text_;
  sizer_->Add(text_, wxSizerFlags(1).CentreVertical());
}

void ParameterField::MakeChoice(wxWindow* parent) {
  if (parameter_.list) {
    checks_ = new wxCheckListBox(parent, wxID_ANY, wxDefaultPosition, wxSize(parent->FromDIP(260), 3 * (parent->GetCharHeight() + parent->FromDIP(12))));
    checks_->Bind(wxEVT_CHECKLISTBOX, [this](wxCommandEvent&) { Changed(false); });
    focus_ = checks_;
  } else {
    none_ = parameter_.fallback.empty() && !parameter_.required;
    choice_ = new wxChoice(parent, wxID_ANY);
    GiveHabits(*choice_);
    choice_->Bind(wxEVT_CHOICE, [this](wxCommandEvent&) { Changed(false); });
    focus_ = choice_;
  }
  sizer_->Add(focus_, wxSizerFlags(parameter_.list ? 1 : 0).CentreVertical());
  choices_ = parameter_.choices;
  awaited_ = parameter_.study_choices != nullptr;
  ShowChoices();
}

void ParameterField::AskChoices() {
  auto found = std::make_shared<std::vector<Choice>>();
  asking_ = session_.Ask(
      Say("Looking for what there is to choose"), [find = parameter_.study_choices, found](Reading& reading, Job&) { *found = find(reading); },
      [this, found](const Error* error) {
        if (error) return focus_->SetToolTip(Shown(error->message()));
        const bool same = std::equal(found->begin(), found->end(), choices_.begin(), choices_.end(),
                                     [](const Choice& one, const Choice& other) { return one.key == other.key && one.label == other.label; });
        if (!awaited_ && same) return;
        awaited_ = false;
        choices_ = *found;
        ShowChoices();
        LoadChoices();
        told_.resized();
      });
}

void ParameterField::ShowChoices() {
  wxArrayString labels;
  if (awaited_) labels.push_back(ToWx("…"));
  else if (none_) labels.push_back(parameter_.live ? Tr("(any)") : Tr("(not chosen)"));
  for (const auto& choice : choices_) labels.push_back(choice.label.empty() ? ToWx(choice.key) : Shown(choice.label));
  if (checks_) {
    checks_->Set(labels);
  } else {
    choice_->Set(labels);
    choice_->InvalidateBestSize();
  }
}

void ParameterField::LoadChoices() {
  if (awaited_) {
    if (choice_) choice_->SetSelection(0);
  } else if (checks_) {
    for (std::size_t i = 0; i < choices_.size(); ++i) {
      checks_->Check(i, std::any_of(values_.begin(), values_.end(), [&](const ArgumentValue& value) { return Typed(value) == choices_[i].key; }));
    }
  } else {
    const std::string key = values_.empty() ? parameter_.fallback : Typed(values_.front());
    int index = none_ ? 0 : wxNOT_FOUND;
    for (std::size_t i = 0; i < choices_.size(); ++i) {
      if (choices_[i].key == key) index = static_cast<int>(i) + (none_ ? 1 : 0);
    }
    choice_->SetSelection(index);
  }
}

void ParameterField::MakeEntity(wxWindow* parent, Room room) {
  pick_ = new wxButton(parent, wxID_ANY, Tr("Choose…"), wxDefaultPosition, wxDefaultSize, wxBU_LEFT | (room == Room::kBar ? wxBU_EXACTFIT : 0));
  if (room == Room::kBar) GiveRoom(*pick_);
  pick_->Bind(wxEVT_BUTTON, [this](wxCommandEvent&) { PickOne(); });
  focus_ = pick_;
  sizer_->Add(pick_, wxSizerFlags(room == Room::kDialog ? 1 : 0).CentreVertical());
  if (!parameter_.required || parameter_.list) {
    clear_ = new wxButton(parent, wxID_ANY, Tr("Clear"), wxDefaultPosition, wxDefaultSize, wxBU_EXACTFIT);
    GiveRoom(*clear_);
    SetAccessibleName(clear_, Tr("Clear {0}", parameter_.label));
    clear_->Bind(wxEVT_BUTTON, [this](wxCommandEvent&) {
      entities_.clear();
      ShowEntities();
      pick_->SetFocus();
      Changed(false);
    });
    sizer_->Add(clear_, wxSizerFlags().CentreVertical().Border(wxLEFT, parent->FromDIP(4)));
  }
  ShowEntities();
}

void ParameterField::MakeFile(wxWindow* parent) {
  text_ = new wxTextCtrl(parent, wxID_ANY, wxString(), wxDefaultPosition, parent->FromDIP(wxSize(300, parameter_.list ? 80 : -1)),
                         parameter_.list ? wxTE_MULTILINE : 0);
  text_->Bind(wxEVT_TEXT, [this](wxCommandEvent&) { Changed(true); });
  pick_ = new wxButton(parent, wxID_ANY, Tr("Browse…"));
  pick_->Bind(wxEVT_BUTTON, [this](wxCommandEvent&) { PickFile(); });
  focus_ = text_;
  sizer_->Add(text_, wxSizerFlags(1).CentreVertical());
  sizer_->Add(pick_, wxSizerFlags().CentreVertical().Border(wxLEFT, parent->FromDIP(6)));
}

void ParameterField::MakeExpression(wxWindow* parent, Room room) {
  MakeText(parent, room);
  text_->SetMinSize(parent->FromDIP(wxSize(420, -1)));
  pick_ = new wxButton(parent, wxID_ANY, Tr("Insert…"), wxDefaultPosition, wxDefaultSize, room == Room::kBar ? wxBU_EXACTFIT : 0);
  if (room == Room::kBar) GiveRoom(*pick_);
  SetAccessibleName(pick_, Tr("Insert into {0}", parameter_.label));
  pick_->SetToolTip(Tr("Operators, codes, people and what else a query can hold (Ctrl+Space)"));
  pick_->Bind(wxEVT_BUTTON, [this](wxCommandEvent&) { InsertPiece(); });
  text_->Bind(wxEVT_KEY_DOWN, [this](wxKeyEvent& event) {
    if (event.GetKeyCode() == WXK_SPACE && event.GetModifiers() == wxMOD_CONTROL) InsertPiece();
    else event.Skip();
  });
  sizer_->Add(pick_, wxSizerFlags().CentreVertical().Border(wxLEFT, parent->FromDIP(4)));
}

void ParameterField::InsertPiece() {
  Finder finder(wxGetTopLevelParent(pick_), Tr("Insert into {0}", parameter_.label), Tr("Type a part of the name"), Finder::Lines::kDetailed);
  auto pieces = std::make_shared<std::vector<Piece>>();
  const auto asked = session_.Ask(
      Say("Looking for what there is to choose"), [find = parameter_.pieces, pieces](Reading& reading, Job&) { *pieces = find(reading); },
      [&finder, pieces](const Error* error) {
        if (error) return finder.Fail(Shown(error->message()));
        std::vector<Finder::Item> items;
        for (const auto& piece : *pieces) items.push_back({FromWx(Shown(piece.label)), FromWx(Shown(piece.group)), {}});
        finder.Fill(std::move(items));
      });
  const auto chosen = finder.Ask();
  text_->SetFocus();
  if (!chosen) return;
  // A word of its own: not glued to what stands before.
  const long at = text_->GetInsertionPoint();
  const wxString before = text_->GetRange(0, at);
  const bool apart = before.empty() || before.Last() == ' ' || before.Last() == '(';
  text_->SetInsertionPoint(at);
  text_->WriteText((apart ? wxString() : wxString(wxASCII_STR(" "))) + ToWx((*pieces)[*chosen].text));
}

void ParameterField::PickFile() {
  wxWindow* parent = pick_->GetParent();
  if (parameter_.type == ParameterType::kFolder) {
    wxDirDialog dialog(parent, Shown(parameter_.label), text_->GetValue());
    if (dialog.ShowModal() == wxID_OK) text_->SetValue(dialog.GetPath());
    return;
  }
  long style = parameter_.type == ParameterType::kOutput ? wxFD_SAVE | wxFD_OVERWRITE_PROMPT : wxFD_OPEN | wxFD_FILE_MUST_EXIST;
  if (parameter_.list) style |= wxFD_MULTIPLE;
  wxFileDialog dialog(parent, Shown(parameter_.label), wxString(), wxString(), wxASCII_STR(wxFileSelectorDefaultWildcardStr), style);
  if (dialog.ShowModal() != wxID_OK) return;
  if (parameter_.list) {
    wxArrayString paths;
    dialog.GetPaths(paths);
    text_->SetValue(wxJoin(paths, '\n', '\0'));
  } else {
    text_->SetValue(dialog.GetPath());
  }
}

void ParameterField::PickOne() {
  const Picked picked = PickEntities(wxGetTopLevelParent(pick_), session_, parameter_.entity_kind, Shown(parameter_.label), {false, false});
  if (picked.there.empty()) return;
  const auto& [id, name] = picked.there.front();
  names_[id] = name;
  if (!parameter_.list) entities_.clear();
  if (std::find(entities_.begin(), entities_.end(), id) == entities_.end()) entities_.push_back(id);
  ShowEntities();
  Changed(false);
}

/// Names change: what is shown may be of before, until the worker has looked.
void ParameterField::AskNames() {
  asking_.reset();
  if (entities_.empty()) return;
  auto found = std::make_shared<std::map<Id, std::string>>();
  asking_ = session_.Ask(
      Say("Looking up names"),
      [&session = session_, kind = parameter_.entity_kind, ids = entities_, found](Reading& reading, Job&) {
        for (const Id& id : ids) (*found)[id] = session.NameOf(reading, {kind, id});
      },
      [this, found](const Error* error) {
        if (error) return;
        for (const auto& [id, name] : *found) names_[id] = name;
        ShowEntities();
      });
}

void ParameterField::ShowEntities() {
  wxString names;
  for (const Id& id : entities_) {
    if (!names.empty()) names += wxASCII_STR(", ");
    const auto name = names_.find(id);
    names += name == names_.end() ? ToWx("…") : ToWx(name->second);
  }
  pick_->SetToolTip(names);
  SetAccessibleName(pick_, Shown(parameter_.label) + wxASCII_STR(": ") + (names.empty() ? Tr("nothing chosen") : names));
  if (names.length() > 40) names = names.Left(38) + ToWx("…");
  const wxString label = names.empty() ? Tr("Choose…") : Plain(names);
  if (clear_) clear_->Show(!entities_.empty());
  if (pick_->GetLabel() == label) return;
  SetEllipsized(*pick_, label);
  told_.resized();
}

void ParameterField::Changed(bool typing) {
  if (!loading_) told_.changed(typing);
}

bool ParameterField::chosen() const { return values_.size() > 1 || (!values_.empty() && Typed(values_.front()) != parameter_.fallback); }

void ParameterField::Load(const Arguments& arguments) {
  loading_ = true;
  const auto found = arguments.all().find(parameter_.name);
  values_ = found == arguments.all().end() ? std::vector<ArgumentValue>{} : found->second;
  if (check_) {
    check_->SetValue(arguments.Flag(parameter_.name));
  } else if (choice_ || checks_) {
    LoadChoices();
    // The study may have others by now.
    if (parameter_.study_choices) AskChoices();
  } else if (parameter_.type == ParameterType::kEntity) {
    entities_.clear();
    for (const auto& value : values_) {
      if (const auto* id = std::get_if<Id>(&value)) entities_.push_back(*id);
    }
    ShowEntities();
    AskNames();
  } else if (text_) {
    std::string joined;
    for (const auto& value : values_) {
      if (!joined.empty()) joined += "\n";
      joined += Typed(value);
    }
    if (values_.empty()) joined = parameter_.fallback;
    // While someone types, the text under their hands is theirs.
    if (FromWx(text_->GetValue()) != joined) text_->ChangeValue(ToWx(joined));
  }
  loading_ = false;
}

Message ParameterField::StoreText(Arguments& into) const {
  std::vector<std::string> texts;
  if (parameter_.list) {
    wxStringTokenizer lines(text_->GetValue(), wxASCII_STR("\n"));
    while (lines.HasMoreTokens()) {
      if (const std::string line = Trim(FromWx(lines.GetNextToken())); !line.empty()) texts.push_back(line);
    }
  } else if (const std::string whole = FromWx(text_->GetValue()); !Trim(whole).empty()) {
    texts.push_back(parameter_.type == ParameterType::kProse || parameter_.live ? whole : Trim(whole));
  }
  for (const auto& text : texts) {
    if (parameter_.type == ParameterType::kDate) {
      const auto date = ParseDate(text);
      if (!date) return Say("“{0}” is not a date; write it as 14/06/2023.", text);
      into.Add(parameter_.name, *date);
    } else if (parameter_.type == ParameterType::kInteger) {
      std::int64_t number = 0;
      if (!ReadNumber(text, number)) return Say("“{0}” is not a whole number.", text);
      into.Add(parameter_.name, number);
    } else if (parameter_.type == ParameterType::kNumber) {
      double number = 0;
      if (!ReadNumber(text, number)) return Say("“{0}” is not a number.", text);
      into.Add(parameter_.name, number);
    } else {
      into.Add(parameter_.name, text);
    }
  }
  return {};
}

Message ParameterField::Store(Arguments& into) const {
  into.Clear(parameter_.name);
  if (check_) {
    into.Set(parameter_.name, std::int64_t{check_->GetValue() ? 1 : 0});
  } else if (awaited_) {
    for (const auto& value : values_) into.Add(parameter_.name, value);
    if (values_.empty() && !parameter_.fallback.empty()) into.Set(parameter_.name, parameter_.fallback);
  } else if (choice_) {
    const int index = choice_->GetSelection() - (none_ ? 1 : 0);
    if (index >= 0 && index < static_cast<int>(choices_.size())) into.Set(parameter_.name, choices_[index].key);
  } else if (checks_) {
    for (std::size_t i = 0; i < choices_.size(); ++i) {
      if (checks_->IsChecked(i)) into.Add(parameter_.name, choices_[i].key);
    }
  } else if (parameter_.type == ParameterType::kEntity) {
    for (const Id& id : entities_) into.Add(parameter_.name, id);
  } else if (text_) {
    if (Message wrong = StoreText(into); !wrong.empty()) return wrong;
  }
  if (parameter_.required && !into.Has(parameter_.name)) return Say("This is needed.");
  return {};
}

}  // namespace meerstem::gui
