#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/base/id.h"
#include "core/base/message.h"
#include "core/command/job.h"
#include "core/command/parameters.h"
#include "core/store/store.h"
#include "core/view/model.h"

namespace meerstem {

/// What a command did. `changed` is filled in from the store's own record.
struct Outcome {
  Change changed;
  std::vector<Id> created;
  std::vector<Message> notes;
  std::optional<view::Target> show;  ///< What to show afterwards.
};

/// Handed to Plan::apply: short Runs on the writer, progress, and the outcome to fill in.
class Applying {
 public:
  Applying(Store& store, Act act, Job& job) : store_(store), act_(std::move(act)), job_(job) {}
  Store& store() { return store_; }
  Job& job() { return job_; }
  const Act& act() const { return act_; }
  void Run(const std::function<void(Writing&)>& body) { outcome.changed.Add(store_.Run(act_, body)); }
  Outcome outcome;

 private:
  Store& store_;
  Act act_;
  Job& job_;
};

/// What Prepare found out, ready to be looked at and then done.
struct Plan {
  std::optional<view::Model> preview;        ///< None: the arguments say it all.
  std::function<void(Applying&)> apply;
  bool group = false;                        ///< Several Runs, undone as one step.
};

/// What can be done. Plugins register these; console, menus, palette and dialogs are made from them.
struct Command {
  std::string id;                            ///< `coding.apply`
  Message label;                             ///< In menus, in the palette, in "Undo: ...".
  Message help;
  std::vector<Parameter> parameters;
  std::string key;                           ///< Default shortcut: "Ctrl+K"; empty: none.
  Message group;                             ///< The submenu in which it stands with others; empty: none. Registry::Group sets it.
  /// Why it is not possible now; empty Message: it is. Quick, for menus. Optional.
  std::function<Message(Reading&, const Arguments&)> impossible;
  /// Reads and parses, changes nothing, takes no lock, may be cancelled.
  std::function<Plan(Reading&, const Arguments&, Job&)> prepare;
};

/// A plan of one Run without a preview of its own.
inline Plan Simply(std::function<void(Writing&, Outcome&)> body) {
  Plan plan;
  plan.apply = [body = std::move(body)](Applying& applying) {
    applying.Run([&](Writing& writing) { body(writing, applying.outcome); });
  };
  return plan;
}

/// What can be looked at.
struct View {
  std::string id;                            ///< `indices.transitions`
  view::Kind kind = view::Kind::kTable;
  Message label;                             ///< In the navigator and on the tab.
  Message help;
  std::vector<Parameter> parameters;
  bool in_navigator = true;                  ///< Offered without arguments.
  std::string key;                           ///< Default shortcut.
  std::function<view::Model(Reading&, const Arguments&, Job&)> build;
};

/// Views side by side. `link`: parameters of the pane, commas between, that entities selected in the first pane fill.
struct Workspace {
  struct Pane {
    std::string view;
    std::string link;
  };
  std::string id;
  Message label;
  std::vector<Pane> panes;
};

}  // namespace meerstem
