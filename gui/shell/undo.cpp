#include "gui/shell/undo.h"

#include <utility>

#include <wx/msgdlg.h>
#include <wx/weakref.h>

#include "gui/shell/tr.h"

namespace meerstem::gui {

Undo::Undo(wxWindow* parent, Shell& shell) : parent_(parent), shell_(shell) { Look(); }

void Undo::Look() {
  if (looking_) {
    again_ = true;
    return;
  }
  looking_ = true;
  struct Steps {
    Known undo, redo;
  };
  auto steps = std::make_shared<Steps>();
  Session& session = shell_.session();
  session.jobs().Start(
      Jobs::Lane::kReading, Say("Looking what can be undone"),
      [&session, steps](Job&) {
        steps->undo.step = session.store().NextUndo();
        steps->redo.step = session.store().NextRedo();
        const auto reading = session.store().Read();
        for (Known* known : {&steps->undo, &steps->redo}) {
          if (known->step) known->actor = session.NameOf(*reading, {"researcher", known->step->entry.actor});
        }
      },
      [this, steps](const Error* error) {
        looking_ = false;
        if (std::exchange(again_, false)) Look();
        if (error) return;
        undo_ = steps->undo;
        redo_ = steps->redo;
        if (on_known) on_known();
      });
}

Message Undo::UndoLabel() const { return undo_.step ? Say("Undo: {0}", undo_.step->entry.label) : Say("Undo"); }
Message Undo::RedoLabel() const { return redo_.step ? Say("Redo: {0}", redo_.step->entry.label) : Say("Redo"); }

bool Undo::Agreed(const Known& known, bool undo) {
  const Step& step = *known.step;
  const bool other = step.entry.actor != shell_.session().actor() && !step.entry.actor.IsNil();
  if (!other && !step.earlier_sitting) return true;
  Message question;
  if (other) {
    question = undo ? Say("“{0}” was done by {1}. Undo it all the same?", step.entry.label, known.actor)
                    : Say("“{0}” was done by {1}. Redo it all the same?", step.entry.label, known.actor);
  } else {
    question = undo ? Say("“{0}” is from an earlier sitting. Undo it all the same?", step.entry.label)
                    : Say("“{0}” is from an earlier sitting. Redo it all the same?", step.entry.label);
  }
  wxMessageDialog dialog(parent_, Shown(question), Shown(undo ? UndoLabel() : RedoLabel()), wxYES_NO | wxNO_DEFAULT | wxICON_QUESTION);
  dialog.SetYesNoLabels(undo ? Tr("Undo") : Tr("Redo"), Tr("Leave it"));
  return dialog.ShowModal() == wxID_YES;
}

void Undo::Do(bool undo) {
  const Known known = undo ? undo_ : redo_;
  if (!known.step) {
    shell_.ShowNotice(undo ? Say("There is nothing to undo.") : Say("There is nothing to redo."), NoticeKind::kNote);
    return;
  }
  if (!Agreed(known, undo)) return;
  Session& session = shell_.session();
  const Message label = undo ? UndoLabel() : RedoLabel();
  session.jobs().Start(
      Jobs::Lane::kWriting, label,
      [&session, undo](Job&) {
        if (undo) session.store().Undo(session.actor());
        else session.store().Redo(session.actor());
      },
      [this, label](const Error* error) {
        if (error) shell_.ShowNotice(error->message(), NoticeKind::kRefused);
        else shell_.ShowNotice(Say("{0}: done.", label), NoticeKind::kDone);
      });
}

}  // namespace meerstem::gui
