#include "gui/shell/inspector.h"

#include <algorithm>
#include <set>

#include <wx/button.h>
#include <wx/settings.h>
#include <wx/sizer.h>
#include <wx/stattext.h>

#include "gui/shell/accessible.h"
#include "gui/shell/tr.h"
#include "gui/widgets/wrapped_text.h"

namespace meerstem::gui {
namespace {

constexpr int kRest = 120;            ///< Milliseconds of rest before the panel follows the selection.
constexpr std::size_t kEntities = 12;  ///< More is counted, not listed.

/// A share or a mean as it is read: one decimal. The export has them all.
std::string Shortly(const Value& value, const Language& language) {
  const auto* real = std::get_if<double>(&value);
  return real ? language.Number(*real, 1) : language.Show(value);
}

}  // namespace

Inspector::Inspector(wxWindow* parent, Shell& shell, Runner& runner)
    : wxScrolledWindow(parent, wxID_ANY, wxDefaultPosition, wxDefaultSize, wxVSCROLL | wxTAB_TRAVERSAL), shell_(shell), runner_(runner) {
  SetScrollRate(0, FromDIP(12));
  SetAccessibleName(this, Tr("Inspector"));
  column_ = new wxBoxSizer(wxVERTICAL);
  auto* padding = new wxBoxSizer(wxVERTICAL);
  padding->Add(column_, wxSizerFlags(1).Expand().Border(wxLEFT | wxRIGHT | wxBOTTOM, FromDIP(12)));
  SetSizer(padding);
  rest_.Bind(wxEVT_TIMER, [this](wxTimerEvent&) { Fill(); });
  Bind(wxEVT_SIZE, [this](wxSizeEvent& event) {
    event.Skip();
    if (GetClientSize().x != width_) rest_.StartOnce(kRest);
  });
  Fill();
}

void Inspector::Watch(ViewPane* pane) {
  pane_ = pane;
  rest_.StartOnce(kRest);
}

void Inspector::Heading(const wxString& words) {
  auto* text = new wxStaticText(this, wxID_ANY, Plain(words));
  text->SetFont(GetFont().Bold());
  text->Wrap(std::max(width_ - FromDIP(28), FromDIP(120)));
  column_->Add(text, wxSizerFlags().Border(wxTOP, FromDIP(14)));
}

void Inspector::Line(const wxString& words, bool grey) {
  if (words.empty()) return;
  auto* text = new wxStaticText(this, wxID_ANY, Plain(words));
  if (grey) text->SetForegroundColour(wxSystemSettings::GetColour(wxSYS_COLOUR_GRAYTEXT));
  text->Wrap(std::max(width_ - FromDIP(28), FromDIP(120)));
  column_->Add(text, wxSizerFlags().Border(wxTOP, FromDIP(4)));
}

void Inspector::Pair(const wxString& label, const wxString& value) { Line(Tr("{0}: {1}", FromWx(label), FromWx(value))); }

void Inspector::Fill() {
  // The button that was pressed here may be the one with the focus: keep the focus in the panel.
  const bool focused = IsDescendant(FindFocus());
  Freeze();
  column_->Clear(true);
  width_ = GetClientSize().x;
  if (!pane_) {
    Line(Tr("Open a view to see here what is selected and what can be done with it."), true);
  } else {
    FillSelection(pane_->selection());
    if (const auto model = pane_->model()) FillModel(*model);
  }
  FitInside();
  Layout();
  Thaw();
  if (focused && !GetChildren().empty()) SetFocus();
}

void Inspector::FillSelection(const Selection& selection) {
  Heading(Tr("Selection"));
  std::size_t listed = 0, more = 0;
  std::set<view::Entity> seen;
  for (const auto& entity : selection.entities) {
    // A cell and its row may stand for the same thing.
    if (!seen.insert(entity).second) continue;
    const std::string name = shell_.session().NameOf(entity);
    if (name.empty()) continue;
    if (++listed > kEntities) {
      ++more;
      continue;
    }
    wxString kind = Shown(shell_.session().registry().FindKind(entity.kind)->label);
    Pair(kind.Left(1).Upper() + kind.Mid(1), ToWx(name));
  }
  if (more > 0) Line(Shown(SayCount("and {0} more", "and {0} more", static_cast<std::int64_t>(more))), true);
  if (selection.span && !selection.span->range.empty()) {
    Line(Shown(SayCount("{0} character of text", "{0} characters of text", selection.span->range.size())));
  } else if (listed == 0) {
    Line(Tr("Nothing is selected."), true);
  }
  bool heading = false;
  for (const auto& command : shell_.session().registry().commands()) {
    if (!TakesSelection(command, selection) || !runner_.Impossible(command, selection).empty()) continue;
    if (!heading) Heading(Tr("What you can do with it"));
    heading = true;
    wxString label = LabelOf(command, selection);
    const std::string key = shell_.KeyOf(command.id);
    if (!key.empty()) label += wxASCII_STR("   ") + ToWx(key);
    auto* button = new wxButton(this, wxID_ANY, Folded(*this, Plain(label), std::max(width_ - FromDIP(64), FromDIP(100))), wxDefaultPosition,
                                wxDefaultSize, wxBU_LEFT);
    button->SetToolTip(Shown(command.help));
    button->SetMinSize(wxSize(FromDIP(60), -1));
    button->Bind(wxEVT_BUTTON, [this, id = command.id](wxCommandEvent&) {
      shell_.RunCommand(id, {}, true);
    });
    column_->Add(button, wxSizerFlags().Expand().Border(wxTOP, FromDIP(4)));
  }
}

void Inspector::FillModel(const view::Model& model) {
  const auto& language = *CurrentLanguage();
  if (!model.population.description.empty() || !model.population.facts.empty()) {
    Heading(Tr("About these numbers"));
    Line(Shown(model.population.description));
    for (const auto& fact : model.population.facts) Pair(Shown(fact.label), ToWx(Shortly(fact.value, language)));
  }
  if (!model.alternative.empty()) {
    Heading(Tr("In one sentence"));
    Line(Shown(model.alternative));
  }
  if (!model.notes.empty()) {
    Heading(Tr("Notes"));
    for (const auto& note : model.notes) Line(Shown(note));
  }
}

}  // namespace meerstem::gui
