#include "gui/shell/parameter_bar.h"

#include <algorithm>

#include <wx/sizer.h>
#include <wx/stattext.h>
#include <wx/tglbtn.h>
#include <wx/wrapsizer.h>

#include "core/view/sorted.h"
#include "gui/shell/tr.h"
#include "gui/shell/zoom.h"
#include "gui/widgets/wrapped_text.h"

namespace meerstem::gui {
namespace {

constexpr std::size_t kFew = 4;   ///< As many fields as always show.
constexpr int kRest = 200;  ///< Milliseconds without a key before typing counts as said.

/// In a text a bare number without a default is a place: what one follows to the view binds it, nobody types it.
bool IsPlace(const View& view, const Parameter& parameter) {
  return view.kind == view::Kind::kCodedText && parameter.type == ParameterType::kInteger && !parameter.required && !parameter.live && parameter.fallback.empty();
}

}  // namespace

ParameterBar::ParameterBar(wxWindow* parent, const View& view, Session& session, std::function<void(const Arguments&)> changed)
    : wxPanel(parent), session_(session), changed_(std::move(changed)) {
  auto* column = new wxBoxSizer(wxVERTICAL);
  wrap_ = new wxWrapSizer(wxHORIZONTAL, wxREMOVE_LEADING_SPACES);
  for (const auto& parameter : view.parameters) {
    // The headings of a table say its order.
    if (parameter.name == view::kSort && view.kind == view::Kind::kTable) continue;
    if (!ParameterField::HasControl(parameter) || parameter.type == ParameterType::kOutput || IsPlace(view, parameter)) continue;
    auto* pair = new wxBoxSizer(wxHORIZONTAL);
    if (parameter.type != ParameterType::kBoolean) {
      auto* label = new wxStaticText(this, wxID_ANY, Plain(Shown(parameter.label)));
      labels_.push_back(label);
      pair->Add(label, wxSizerFlags().CentreVertical().Border(wxRIGHT, FromDIP(6)));
    }
    const bool live = parameter.live;
    fields_.push_back(std::make_unique<ParameterField>(this, parameter, session, ParameterField::Room::kBar,
                                                       ParameterField::Told{[this, live](bool typing) { Report(typing, live); }, [this] {
                                                                              Layout();
                                                                              GetParent()->Layout();
                                                                            }}));
    pair->Add(fields_.back()->sizer(), wxSizerFlags().CentreVertical());
    pairs_.push_back(pair);
    wrap_->Add(pair, wxSizerFlags().Border(wxRIGHT | wxBOTTOM, FromDIP(12)).CentreVertical());
  }
  column->Add(wrap_, wxSizerFlags().Expand());
  AddMore();
  error_ = new wxStaticText(this, wxID_ANY, wxString());
  error_->Hide();
  column->Add(error_, wxSizerFlags().Expand().Border(wxBOTTOM, FromDIP(6)));
  SetSizer(column);
  Bind(wxEVT_SIZE, [this](wxSizeEvent& event) {
    event.Skip();
    FoldLabels(event.GetSize().x);
  });
  rest_.Bind(wxEVT_TIMER, [this](wxTimerEvent&) { Send(); });
  // GTK knows how high a list is in a larger font only once it is shown.
  CallAfter([this] {
    LayOutAnew(this);
    GetParent()->Layout();
  });
}

void ParameterBar::Load(const Arguments& arguments) {
  arguments_ = arguments;
  for (const auto& field : fields_) {
    // Not what is being typed in just now: the build that answers is of some letters ago.
    if ((rest_.IsRunning() || reading_) && FindFocus() == field->focus()) continue;
    field->Load(arguments);
  }
  if (more_) ShowFields(more_->GetValue());
  Layout();
}

void ParameterBar::AddMore() {
  std::size_t waiting = 0;
  for (std::size_t i = 0; i < fields_.size(); ++i) waiting += MayWait(i);
  // One or two would take no more room than the button does.
  if (waiting <= 2) return;
  more_ = new wxToggleButton(this, wxID_ANY, Tr("More choices"));
  more_->Bind(wxEVT_TOGGLEBUTTON, [this](wxCommandEvent&) {
    ShowFields(more_->GetValue());
    Layout();
    GetParent()->Layout();
  });
  wrap_->Add(more_, wxSizerFlags().Border(wxRIGHT | wxBOTTOM, FromDIP(12)).CentreVertical());
  ShowFields(false);
}

bool ParameterBar::MayWait(std::size_t field) const { return field >= kFew && !fields_[field]->parameter().required; }

void ParameterBar::ShowFields(bool all) {
  for (std::size_t i = 0; i < fields_.size(); ++i) {
    const bool shown = all || !MayWait(i) || fields_[i]->chosen();
    if (shown == wrap_->IsShown(pairs_[i])) continue;
    wrap_->Show(pairs_[i], shown, true);
    // Which of its own windows show is the field's affair.
    if (shown) fields_[i]->Load(arguments_);
  }
}

void ParameterBar::Reach(const ParameterField& field) {
  if (more_ && !field.focus()->IsShown()) {
    more_->SetValue(true);
    ShowFields(true);
    Layout();
    GetParent()->Layout();
  }
  field.focus()->SetFocus();
}

/// A check box carries its label, which GTK would rather cut off than wrap.
void ParameterBar::FoldLabels(int width) {
  for (const auto& field : fields_) {
    if (!field->labelled()) continue;
    const wxString folded = Plain(Folded(*field->focus(), Shown(field->parameter().label), std::max(width - FromDIP(48), FromDIP(80))));
    if (folded != field->focus()->GetLabel()) field->focus()->SetLabel(folded);
  }
}

void ParameterBar::FocusFirst() {
  for (const auto& field : fields_) {
    if (field->parameter().required) return Reach(*field);
  }
  if (!fields_.empty()) Reach(*fields_.front());
}

bool ParameterBar::FocusLive() {
  for (const auto& field : fields_) {
    const ParameterType type = field->parameter().type;
    if (!field->parameter().live || (type != ParameterType::kText && type != ParameterType::kExpression)) continue;
    Reach(*field);
    return true;
  }
  return false;
}

wxWindow* ParameterBar::Control(const std::string& name) const {
  for (const auto& field : fields_) {
    if (field->parameter().name == name) return field->focus();
  }
  return nullptr;
}

void ParameterBar::Report(bool typing, bool live) {
  if (!typing) Send();
  else if (live) rest_.StartOnce(kRest);
}

void ParameterBar::Send() {
  rest_.Stop();
  reading_.reset();
  Arguments arguments = arguments_;
  Message wrong;
  std::vector<Parameter> expressions;
  for (const auto& field : fields_) {
    const Parameter& parameter = field->parameter();
    const Message message = field->Store(arguments);
    if (!message.empty() && wrong.empty()) wrong = Say("{0}: {1}", parameter.label, message);
    if (parameter.fault && arguments.Has(parameter.name)) expressions.push_back(parameter);
  }
  if (expressions.empty() || !wrong.empty() || arguments == arguments_) return Tell(arguments, wrong);
  auto fault = std::make_shared<Message>();
  reading_ = session_.Ask(
      Say("Reading the query"),
      [expressions, arguments, fault](Reading& reading, Job&) {
        for (const auto& parameter : expressions) {
          const Message message = parameter.fault(reading, arguments.Text(parameter.name));
          if (!message.empty() && fault->empty()) *fault = Say("{0}: {1}", parameter.label, message);
        }
      },
      [this, arguments, fault](const Error* error) {
        reading_.reset();
        Tell(arguments, error ? error->message() : *fault);
      });
}

/// `wrong` empty: nothing is.
void ParameterBar::Tell(const Arguments& arguments, const Message& wrong) {
  error_->SetLabel(Shown(wrong));
  error_->Show(!wrong.empty());
  GetParent()->Layout();
  if (!wrong.empty() || arguments == arguments_) return;
  arguments_ = arguments;
  changed_(arguments);
}

}  // namespace meerstem::gui
