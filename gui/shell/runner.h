#pragma once

#include <optional>
#include <string>
#include <vector>

#include "gui/shell/shell.h"

namespace meerstem::gui {

/// The values that a selection gives to parameters that are not bound yet: a place in a text, and the first parameter
/// of each kind that is selected. Only required ones: what is optional must not be narrowed unseen.
Arguments FillFromSelection(const std::vector<Parameter>& parameters, const Arguments& bound, const Selection& selection);
/// What a dialog may show beforehand, because it can be seen and taken away there.
Arguments Suggest(const std::vector<Parameter>& parameters, const Arguments& bound, const Selection& selection);
/// Required, without value and without default.
std::vector<const Parameter*> Missing(const std::vector<Parameter>& parameters, const Arguments& arguments);
/// Whether the selection gives this command something that it needs.
bool TakesSelection(const Command& command, const Selection& selection);
/// Whether asking comes before doing: the dots behind a label in a menu.
bool WillAsk(const Command& command, const Selection& selection);

/// The label of a command, with dots when it asks first.
wxString LabelOf(const Command& command, const Selection& selection);

/// The road of a command through the window: filled from the selection, asked for what is missing, run on the writer,
/// reported. Owned by the window, one per study. Window thread.
class Runner {
 public:
  Runner(wxWindow* parent, Shell& shell) : parent_(parent), shell_(shell) {}
  void Run(const std::string& command, const Arguments& bound, const Selection& selection, bool asking);
  /// The last command once more, on what is selected now.
  void Repeat(const Selection& selection);
  const std::string& last() const { return last_; }
  /// Why not; empty: possible. On a worker.
  Message Impossible(const Command& command, const Selection& selection);
  /// The same of many, asked of a worker; `answered` on the window thread, unless what this returns was let go of.
  [[nodiscard]] std::shared_ptr<void> AskPossible(std::vector<const Command*> commands, const Selection& selection,
                                                  std::function<void(const std::vector<Message>&)> answered);

 private:
  using Over = std::function<void(const Error*)>;
  std::shared_ptr<Task> Submit(const Command& command, const Arguments& arguments, Over over);
  /// Of one thing to choose and nothing more to say; false: nothing was chosen.
  bool Pick(const Command& command, const Parameter& asked, Arguments& known);
  using Chosen = std::function<void(const Arguments&)>;
  std::shared_ptr<Task> Preview(const Command& command, const Arguments& arguments, Over over, Chosen chosen);
  void Ask(const Command& command, const Arguments& known, const Selection& selection);

  wxWindow* parent_;
  Shell& shell_;
  std::shared_ptr<void> asking_;
  std::string last_;
  Arguments last_arguments_;  ///< Without what the selection gave.
};

}  // namespace meerstem::gui
