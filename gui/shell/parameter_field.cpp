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
#include "gui/shell/entity_picker.h"
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

ParameterField::ParameterField(wxWindow* parent, Parameter parameter, Session& session, Room room, std::function<void(bool)> changed)
    : parameter_(std::move(parameter)), session_(session), changed_(std::move(changed)) {
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
  if (parameter_.study_choices) {
    const auto reading = session_.store().Read();
    choices_ = parameter_.study_choices(*reading);
  } else {
    choices_ = parameter_.choices;
  }
  wxArrayString labels;
  const auto label_of = [](const Choice& choice) { return choice.label.empty() ? ToWx(choice.key) : Shown(choice.label); };
  if (parameter_.list) {
    for (const auto& choice : choices_) labels.push_back(label_of(choice));
    checks_ = new wxCheckListBox(parent, wxID_ANY, wxDefaultPosition, parent->FromDIP(wxSize(260, 90)), labels);
    checks_->Bind(wxEVT_CHECKLISTBOX, [this](wxCommandEvent&) { Changed(false); });
    focus_ = checks_;
  } else {
    none_ = parameter_.fallback.empty() && !parameter_.required;
    if (none_) labels.push_back(Tr("(any)"));
    for (const auto& choice : choices_) labels.push_back(label_of(choice));
    choice_ = new wxChoice(parent, wxID_ANY, wxDefaultPosition, wxDefaultSize, labels);
    choice_->Bind(wxEVT_CHOICE, [this](wxCommandEvent&) { Changed(false); });
    focus_ = choice_;
  }
  sizer_->Add(focus_, wxSizerFlags(parameter_.list ? 1 : 0).CentreVertical());
}

void ParameterField::MakeEntity(wxWindow* parent, Room room) {
  pick_ = new wxButton(parent, wxID_ANY, Tr("Choose…"), wxDefaultPosition, wxDefaultSize, wxBU_LEFT | (room == Room::kBar ? wxBU_EXACTFIT : 0));
  pick_->Bind(wxEVT_BUTTON, [this](wxCommandEvent&) { PickOne(); });
  focus_ = pick_;
  sizer_->Add(pick_, wxSizerFlags(room == Room::kDialog ? 1 : 0).CentreVertical());
  if (!parameter_.required || parameter_.list) {
    clear_ = new wxButton(parent, wxID_ANY, Tr("Clear"), wxDefaultPosition, wxDefaultSize, wxBU_EXACTFIT);
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
  const auto id = PickEntity(wxGetTopLevelParent(pick_), session_, parameter_.entity_kind, Shown(parameter_.label));
  if (!id) return;
  if (!parameter_.list) entities_.clear();
  if (std::find(entities_.begin(), entities_.end(), *id) == entities_.end()) entities_.push_back(*id);
  ShowEntities();
  Changed(false);
}

void ParameterField::ShowEntities() {
  wxString names;
  for (const Id& id : entities_) {
    if (!names.empty()) names += wxASCII_STR(", ");
    names += ToWx(session_.NameOf({parameter_.entity_kind, id}));
  }
  pick_->SetToolTip(names);
  SetAccessibleName(pick_, Shown(parameter_.label) + wxASCII_STR(": ") + (names.empty() ? Tr("nothing chosen") : names));
  if (names.length() > 40) names = names.Left(38) + ToWx("…");
  pick_->SetLabel(names.empty() ? Tr("Choose…") : Plain(names));
  if (clear_) clear_->Show(!entities_.empty());
  if (wxSizer* outer = pick_->GetParent()->GetSizer()) outer->Layout();
}

void ParameterField::Changed(bool typing) {
  if (!loading_ && changed_) changed_(typing);
}

void ParameterField::Load(const Arguments& arguments) {
  loading_ = true;
  const auto found = arguments.all().find(parameter_.name);
  const std::vector<ArgumentValue> values = found == arguments.all().end() ? std::vector<ArgumentValue>{} : found->second;
  if (check_) {
    check_->SetValue(arguments.Flag(parameter_.name));
  } else if (choice_) {
    const std::string key = values.empty() ? parameter_.fallback : Typed(values.front());
    int index = none_ ? 0 : wxNOT_FOUND;
    for (std::size_t i = 0; i < choices_.size(); ++i) {
      if (choices_[i].key == key) index = static_cast<int>(i) + (none_ ? 1 : 0);
    }
    choice_->SetSelection(index);
  } else if (checks_) {
    for (std::size_t i = 0; i < choices_.size(); ++i) {
      checks_->Check(i, std::any_of(values.begin(), values.end(), [&](const ArgumentValue& value) { return Typed(value) == choices_[i].key; }));
    }
  } else if (parameter_.type == ParameterType::kEntity) {
    entities_.clear();
    for (const auto& value : values) {
      if (const auto* id = std::get_if<Id>(&value)) entities_.push_back(*id);
    }
    ShowEntities();
  } else if (text_) {
    std::string joined;
    for (const auto& value : values) {
      if (!joined.empty()) joined += "\n";
      joined += Typed(value);
    }
    if (values.empty()) joined = parameter_.fallback;
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
