#include "gui/shell/inspector.h"

#include <algorithm>
#include <set>

#include <wx/button.h>
#include <wx/settings.h>
#include <wx/sizer.h>
#include <wx/stattext.h>

#include "gui/widgets/accessible.h"
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
  rest_.Bind(wxEVT_TIMER, [this](wxTimerEvent&) { Ask(); });
  Bind(wxEVT_SIZE, [this](wxSizeEvent& event) {
    event.Skip();
    if (GetClientSize().x != width_) rest_.StartOnce(kRest);
  });
  Fill({}, {});
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

void Inspector::Ask() {
  asking_.reset();
  if (!pane_) return Fill({}, {});
  auto found = std::make_shared<Found>();
  asking_ = shell_.session().Ask(
      Say("Looking at the selection"),
      // Not this panel, which may be gone by then; study and runner outlive their workers.
      [&session = shell_.session(), &runner = runner_, selection = AtHand(), found](Reading& reading, Job& job) {
        *found = Find(session, runner, selection, reading, job);
      },
      [this, found](const Error* error) {
        if (!error) Fill(AtHand(), *found);
      });
}

Selection Inspector::AtHand() const {
  Selection selection = pane_ ? pane_->selection() : Selection();
  if (pane_ && selection.empty()) selection.entities = selection.subjects = pane_->Subjects();
  return selection;
}

/// On a worker: reads the study and nothing of the window.
Inspector::Found Inspector::Find(Session& session, Runner& runner, const Selection& selection, Reading& reading, Job& job) {
  Found found;
  std::set<view::Entity> seen;
  for (const auto& entity : selection.entities) {
    // A cell and its row may stand for the same thing.
    if (!seen.insert(entity).second) continue;
    job.Progress(0);
    std::string name = session.NameOf(reading, entity);
    if (!name.empty()) found.names.emplace_back(entity.kind, std::move(name));
  }
  for (const auto& command : session.registry().commands()) {
    if (TakesSelection(command, selection) && runner.Impossible(command, selection).empty()) found.possible.push_back(&command);
  }
  return found;
}

void Inspector::Fill(const Selection& selection, const Found& found) {
  // The button that was pressed here may be the one with the focus: keep the focus in the panel.
  const bool focused = IsDescendant(FindFocus());
  Freeze();
  column_->Clear(true);
  width_ = GetClientSize().x;
  if (!pane_) {
    Line(Tr("Open a view to see here what is selected and what can be done with it."), true);
  } else {
    FillSelection(selection, found);
    if (const auto model = pane_->model()) FillModel(*model);
  }
  FitInside();
  Layout();
  Thaw();
  if (focused && !GetChildren().empty()) SetFocus();
}

void Inspector::FillSelection(const Selection& selection, const Found& found) {
  Heading(selection.subjects.empty() ? Tr("Selection") : Tr("What this view is about"));
  for (std::size_t i = 0; i < std::min(found.names.size(), kEntities); ++i) {
    const auto& [kind, name] = found.names[i];
    const wxString label = Shown(shell_.session().registry().FindKind(kind)->label);
    Pair(label.Left(1).Upper() + label.Mid(1), ToWx(name));
  }
  if (found.names.size() > kEntities) {
    Line(Shown(SayCount("and {0} more", "and {0} more", static_cast<std::int64_t>(found.names.size() - kEntities))), true);
  }
  if (selection.span && !selection.span->range.empty()) {
    Line(Shown(SayCount("{0} character of text", "{0} characters of text", selection.span->range.size())));
  } else if (found.names.empty()) {
    Line(Tr("Nothing is selected."), true);
  }
  if (!found.possible.empty()) Heading(Tr("What you can do with it"));
  for (const Command* command : found.possible) {
    wxString label = LabelOf(*command, selection);
    const std::string key = shell_.KeyOf(command->id);
    if (!key.empty()) label += wxASCII_STR("   ") + ToWx(key);
    auto* button = new wxButton(this, wxID_ANY, Folded(*this, Plain(label), std::max(width_ - FromDIP(64), FromDIP(100))), wxDefaultPosition,
                                wxDefaultSize, wxBU_LEFT);
    button->SetToolTip(Shown(command->help));
    button->SetMinSize(wxSize(FromDIP(60), -1));
    button->Bind(wxEVT_BUTTON, [this, id = command->id](wxCommandEvent&) {
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
