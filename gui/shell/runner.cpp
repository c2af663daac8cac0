#include "gui/shell/runner.h"

#include <algorithm>
#include <set>

#include <wx/weakref.h>

#include "gui/shell/entity_picker.h"
#include "gui/shell/parameter_dialog.h"
#include "gui/shell/preview_dialog.h"
#include "gui/shell/tr.h"

namespace meerstem::gui {
namespace {

/// Fills the parameters that `wanted` says; a kind that filled or fills one parameter does not fill a second.
Arguments Fill(const std::vector<Parameter>& parameters, const Arguments& bound, const Selection& selection,
               const std::function<bool(const Parameter&)>& wanted) {
  Arguments arguments = bound;
  std::set<std::string> given;
  for (const auto& parameter : parameters) {
    if (parameter.type == ParameterType::kEntity && bound.Has(parameter.name)) given.insert(parameter.entity_kind);
  }
  for (const auto& parameter : parameters) {
    if (arguments.Has(parameter.name) || !wanted(parameter)) continue;
    if (parameter.type == ParameterType::kSpan && selection.span && !selection.span->range.empty()) {
      arguments.Set(parameter.name, *selection.span);
    } else if (parameter.type == ParameterType::kEntity && given.insert(parameter.entity_kind).second) {
      for (const auto& entity : selection.entities) {
        if (entity.kind != parameter.entity_kind) continue;
        arguments.Add(parameter.name, entity.id);
        if (!parameter.list) break;
      }
      if (!arguments.Has(parameter.name)) given.erase(parameter.entity_kind);
    }
  }
  return arguments;
}

/// A name for something new belongs to the list in which what is there is chosen: it is not asked for by itself.
bool IsMadeByAnother(const Command& command, const Parameter& parameter) {
  return std::any_of(command.parameters.begin(), command.parameters.end(), [&](const Parameter& other) { return other.makes == parameter.name; });
}

bool HasOptional(const Command& command, const Arguments& known) {
  return std::any_of(command.parameters.begin(), command.parameters.end(), [&](const Parameter& parameter) {
    return !IsMadeByAnother(command, parameter) && !parameter.required && ParameterField::HasControl(parameter) && !known.Has(parameter.name);
  });
}

constexpr char kQuote[] = "quote";

/// Where a quote can be given or words of a text, one of the two is needed.
bool TakesQuoteOrWords(const std::vector<Parameter>& parameters) {
  const auto any = [&](auto is) { return std::any_of(parameters.begin(), parameters.end(), is); };
  return any([](const Parameter& p) { return p.type == ParameterType::kEntity && p.entity_kind == kQuote; }) && any([](const Parameter& p) { return p.type == ParameterType::kSpan; });
}

}  // namespace

Arguments FillFromSelection(const std::vector<Parameter>& parameters, const Arguments& bound, const Selection& selection) {
  return Fill(parameters, bound, selection, [](const Parameter& parameter) { return parameter.required; });
}

Arguments Suggest(const std::vector<Parameter>& parameters, const Arguments& bound, const Selection& selection) {
  // Not the filters: where the cursor stands does not say that only this speaker is meant.
  const bool quotes = TakesQuoteOrWords(parameters);
  Selection offered = selection;
  offered.entities.insert(offered.entities.end(), selection.subjects.begin(), selection.subjects.end());
  return Fill(parameters, bound, offered, [&](const Parameter& parameter) { return parameter.required || !parameter.list || (quotes && parameter.entity_kind == kQuote); });
}

std::vector<const Parameter*> Missing(const std::vector<Parameter>& parameters, const Arguments& arguments) {
  std::vector<const Parameter*> missing;
  for (const auto& parameter : parameters) {
    const bool made = !parameter.makes.empty() && arguments.Has(parameter.makes);
    if (parameter.required && parameter.fallback.empty() && !arguments.Has(parameter.name) && !made) missing.push_back(&parameter);
  }
  return missing;
}

bool TakesSelection(const Command& command, const Selection& selection) {
  if (selection.empty()) return false;
  if (FillFromSelection(command.parameters, {}, selection) != Arguments()) return true;
  if (!TakesQuoteOrWords(command.parameters)) return false;
  return (selection.span && !selection.span->range.empty()) || std::any_of(selection.entities.begin(), selection.entities.end(), [](const view::Entity& e) { return e.kind == kQuote; });
}

bool WillAsk(const Command& command, const Selection& selection) {
  const Arguments known = FillFromSelection(command.parameters, {}, selection);
  if (!Missing(command.parameters, known).empty()) return true;
  return known == Arguments() && HasOptional(command, known);
}

wxString LabelOf(const Command& command, const Selection& selection) {
  const wxString label = Shown(command.label);
  const wxString dots = ToWx("…");
  return WillAsk(command, selection) && !label.EndsWith(dots) ? label + dots : label;
}

Message Runner::Impossible(const Command& command, const Selection& selection) {
  const Arguments known = FillFromSelection(command.parameters, {}, selection);
  for (const Parameter* parameter : Missing(command.parameters, known)) {
    if (parameter->type == ParameterType::kSpan) return Say("Select words in a text first.");
  }
  try {
    return shell_.session().engine().Impossible(command.id, known);
  } catch (const Error& error) {
    return error.message();
  }
}

std::shared_ptr<void> Runner::AskPossible(std::vector<const Command*> commands, const Selection& selection,
                                          std::function<void(const std::vector<Message>&)> answered) {
  auto why = std::make_shared<std::vector<Message>>();
  return shell_.session().Ask(
      Say("Looking what is possible"),
      [this, commands = std::move(commands), selection, why](Reading&, Job& job) {
        for (const Command* command : commands) {
          job.Progress(0);
          why->push_back(Impossible(*command, selection));
        }
      },
      [answered = std::move(answered), why](const Error* error) {
        if (!error) answered(*why);
      });
}

void Runner::Run(const std::string& id, const Arguments& bound, const Selection& selection, bool asking) {
  const Command* command = shell_.session().registry().FindCommand(id);
  if (!command) {
    shell_.ShowNotice(Say("There is no command “{0}”; the plugin that has it may not be loaded.", id), NoticeKind::kRefused);
    return;
  }
  Arguments known = FillFromSelection(command->parameters, bound, selection);
  last_ = id;
  last_arguments_ = bound;
  const auto missing = Missing(command->parameters, known);
  for (const Parameter* parameter : missing) {
    if (parameter->type != ParameterType::kSpan) continue;
    shell_.ShowNotice(Say("“{0}” works on a place in a text: select words in a text first.", command->label), NoticeKind::kRefused);
    return;
  }
  // One thing to choose and nothing more to say: a list to type in, without a dialog around it.
  if (missing.size() == 1 && missing.front()->type == ParameterType::kEntity && !HasOptional(*command, known)) {
    if (!Pick(*command, *missing.front(), known)) return;
  } else if (!missing.empty() || (asking && known == Arguments() && HasOptional(*command, known))) {
    Ask(*command, known, selection);
    return;
  }
  Over over;
  if (asking && HasOptional(*command, known)) {
    // The selection was not enough after all: then what else it can be told is asked for.
    over = [this, command, known, selection](const Error* error) {
      if (!error) return;
      shell_.ShowNotice(error->message(), NoticeKind::kRefused);
      if (error->code() != ErrorCode::kRefused && error->code() != ErrorCode::kUsage) return;
      asking_ = AskPossible({command}, selection, [this, command, known, selection](const std::vector<Message>& why) {
        if (why.front().empty()) Ask(*command, known, selection);
      });
    };
  }
  Submit(*command, known, std::move(over));
}

bool Runner::Pick(const Command& command, const Parameter& asked, Arguments& known) {
  Session& session = shell_.session();
  const Picked picked = PickEntities(parent_, session, asked.entity_kind, Tr("{0}: {1}", command.label, asked.label), {asked.list, !asked.makes.empty()},
                                     [&session, id = command.id, known] { return session.engine().Impossible(id, known); });
  for (Arguments* arguments : {&known, &last_arguments_}) {
    for (const auto& [id, name] : picked.there) arguments->Add(asked.name, id);
    for (const auto& name : picked.made) arguments->Add(asked.makes, name);
  }
  return !picked.empty();
}

void Runner::Repeat(const Selection& selection) {
  if (!last_.empty()) Run(last_, Arguments(last_arguments_), selection, false);
}

void Runner::Ask(const Command& command, const Arguments& known, const Selection& selection) {
  ParameterDialog dialog(parent_, shell_.session(), command, known,
                         {[&](const Arguments& arguments, Over over) {
                            for (const auto& [name, values] : arguments.all()) {
                              if (known.Has(name)) continue;
                              last_arguments_.Clear(name);
                              for (const auto& value : values) last_arguments_.Add(name, value);
                            }
                            return Submit(command, arguments, std::move(over));
                          },
                          [&](const Arguments& arguments, Over over, Chosen chosen) { return Preview(command, arguments, std::move(over), std::move(chosen)); }});
  const Arguments suggested = Suggest(command.parameters, known, selection);
  for (const auto& parameter : command.parameters) {
    if (known.Has(parameter.name) || !suggested.Has(parameter.name)) continue;
    if (ParameterField* field = dialog.Field(parameter.name)) field->Load(suggested);
  }
  auto why = std::make_shared<Message>();
  Session& session = shell_.session();
  const auto asked = session.Ask(
      Say("Looking what is possible"), [&session, id = command.id, known, why](Reading&, Job&) { *why = session.engine().Impossible(id, known); },
      [&dialog, why](const Error* error) {
        if (error) dialog.Refuse(error->message());
        else if (!why->empty()) dialog.Refuse(*why);
      });
  dialog.ShowModal();
}

std::shared_ptr<Task> Runner::Submit(const Command& command, const Arguments& arguments, Over over) {
  auto outcome = std::make_shared<Outcome>();
  Session& session = shell_.session();
  return session.jobs().Start(
      Jobs::Lane::kWriting, command.label,
      [&session, id = command.id, arguments, outcome](Job& job) { *outcome = session.engine().Execute(id, arguments, session.actor(), job); },
      [this, outcome, label = command.label, over = std::move(over)](const Error* error) {
        // In a dialog the sentence belongs in the dialog.
        if (over) over(error);
        if (error) {
          if (!over) shell_.ShowNotice(error->message(), error->code() == ErrorCode::kCancelled ? NoticeKind::kNote : NoticeKind::kRefused);
          return;
        }
        Message report = Say("{0}: done.", label);
        for (const auto& note : outcome->notes) report = Say("{0} {1}", report, note);
        // What went as expected is said below; only what there is to read takes room above the text.
        shell_.ShowNotice(report, outcome->notes.empty() ? NoticeKind::kDone : NoticeKind::kNote);
        shell_.Made(outcome->created);
        if (outcome->show) shell_.OpenTarget(*outcome->show, false, nullptr);
      });
}

std::shared_ptr<Task> Runner::Preview(const Command& command, const Arguments& arguments, Over over, Chosen chosen) {
  const auto rows = std::find_if(command.parameters.begin(), command.parameters.end(), [](const Parameter& p) { return p.type == ParameterType::kRows; });
  const std::string rows_name = rows == command.parameters.end() ? std::string() : rows->name;
  auto model = std::make_shared<view::Model>();
  Session& session = shell_.session();
  return session.jobs().Start(
      Jobs::Lane::kReading, command.label,
      [&session, id = command.id, arguments, model](Job& job) {
        const Plan plan = session.engine().Prepare(id, arguments, job);
        *model = session.engine().Preview(id, arguments, plan);
      },
      [this, model, arguments, rows_name, over = std::move(over), chosen = std::move(chosen)](const Error* error) {
        over(error);
        if (error) return;
        wxWindow* top = wxGetTopLevelParent(wxWindow::FindFocus());
        PreviewDialog dialog(top ? top : parent_, shell_.session(), shell_.zoom(), model, !rows_name.empty());
        if (dialog.ShowModal() != wxID_OK || dialog.rows().empty()) return;
        Arguments only = arguments;
        only.Clear(rows_name);
        for (const auto& key : dialog.rows()) only.Add(rows_name, key);
        chosen(only);
      });
}

}  // namespace meerstem::gui
