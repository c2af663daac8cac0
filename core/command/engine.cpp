#include "core/command/engine.h"

#include "core/base/error.h"
#include "core/study/deletion.h"
#include "core/view/sorted.h"

namespace meerstem {

Id EnsureResearcher(Store& store, const std::string& name) {
  {
    auto reading = store.Read();
    auto row = reading->Query("SELECT id FROM researcher WHERE name = ?", name);
    if (row.Step()) return row.GetId(0);
  }
  if (store.read_only()) return {};
  Id id;
  // Not undoable: who only looks, undoes or redoes must not close the line of redo by coming in.
  store.Run({"researcher.add", Say("Add a researcher"), {}, false}, [&](Writing& writing) {
    {
      // Another thread may have been first.
      auto row = writing.Query("SELECT id FROM researcher WHERE name = ?", name);
      if (row.Step()) {
        id = row.GetId(0);
        return;
      }
    }
    id = writing.NewId();
    writing.Do("INSERT INTO researcher (id, name) VALUES (?, ?)", id, name);
  });
  return id;
}

void ForgetResearcher(Store& store, const Id& researcher) {
  store.Run({"researcher.forget", Say("Remove a researcher"), {}, false}, [&](Writing& writing) {
    if (!IsReferenced(writing, "researcher", researcher)) writing.Do("DELETE FROM researcher WHERE id = ?", researcher);
  });
}

const Command& Engine::CommandOf(const std::string& id) const {
  const Command* command = registry_.FindCommand(id);
  if (!command) throw Usage("There is no command “{0}”; `meerstem-cli list` shows them all.", id);
  return *command;
}

const View& Engine::ViewOf(const std::string& id) const {
  const View* view = registry_.FindView(id);
  if (!view) throw Usage("There is no view “{0}”; `meerstem-cli list` shows them all.", id);
  return *view;
}

Arguments Engine::Parse(const std::vector<Parameter>& parameters, const RawArguments& raw) { return ParseArguments(registry_, *store_.Read(), parameters, raw); }

Arguments Engine::Complete(const std::vector<Parameter>& parameters, Arguments arguments) {
  return CompleteArguments(registry_, *store_.Read(), parameters, std::move(arguments));
}

RawArguments Engine::Spell(const std::vector<Parameter>& parameters, const Arguments& arguments) {
  return SpellArguments(registry_, *store_.Read(), parameters, arguments);
}

view::Model Engine::Build(const std::string& id, const Arguments& arguments, Job& job) {
  const View& view = ViewOf(id);
  const Arguments complete = Complete(view.parameters, arguments);
  auto reading = store_.Read();
  reading->database().StopWhen([&job] { return job.cancelled(); });
  reading->database().ForgetReads();
  view::Model model = view.build(*reading, complete, job);
  model.view = id;
  model.arguments = complete;
  if (model.title.empty()) model.title = view.label;
  if (auto* table = std::get_if<view::Table>(&model.body); table && !complete.Text(view::kSort).empty()) view::Sort(*reading, *table, complete.Text(view::kSort), job);
  if (const auto* table = std::get_if<view::Table>(&model.body); table && table->rows && table->rows->Count() > 0) {
    table->rows->Page(*reading, 0, 1);  // So that what the rows read is known too.
  }
  model.reads = reading->database().reads();
  return model;
}

Message Engine::Impossible(const std::string& id, const Arguments& arguments) {
  if (store_.read_only()) return Say("The study is open for reading only.");
  const Command& command = CommandOf(id);
  if (!command.impossible) return {};
  auto reading = store_.Read();
  return command.impossible(*reading, arguments);
}

Plan Engine::Prepare(const std::string& id, const Arguments& arguments, Job& job) {
  const Command& command = CommandOf(id);
  const Arguments complete = Complete(command.parameters, arguments);
  auto reading = store_.Read();
  reading->database().StopWhen([&job] { return job.cancelled(); });
  if (command.impossible) {
    if (Message why = command.impossible(*reading, complete); !why.empty()) throw Error(ErrorCode::kRefused, std::move(why));
  }
  return command.prepare(*reading, complete, job);
}

Outcome Engine::Apply(const std::string& id, Plan& plan, const Id& actor, Job& job) {
  Applying applying(store_, {id, CommandOf(id).label, actor}, job);
  if (plan.group) {
    Store::Group group(store_, applying.act());
    plan.apply(applying);
    group.Close();
  } else {
    plan.apply(applying);
  }
  return std::move(applying.outcome);
}

Outcome Engine::Execute(const std::string& id, const Arguments& arguments, const Id& actor, Job& job) {
  Plan plan = Prepare(id, arguments, job);
  return Apply(id, plan, actor, job);
}

view::Model Engine::Preview(const std::string& id, const Arguments& arguments, const Plan& plan) {
  if (plan.preview) {
    view::Model model = *plan.preview;
    model.view = id;
    if (model.title.empty()) model.title = CommandOf(id).label;
    return model;
  }
  const Command& command = CommandOf(id);
  std::vector<view::Row> rows;
  for (const auto& [name, value] : Spell(command.parameters, arguments)) {
    rows.push_back({name, {{.value = name}, {.value = value}}, {}, {}});
  }
  view::Model model;
  model.view = id;
  model.title = command.label;
  model.body = view::Table{{{"parameter", Say("Parameter")}, {"value", Say("Value")}}, view::MakeRows(std::move(rows))};
  model.notes.push_back(Say("Nothing else would be changed than the label says."));
  return model;
}

}  // namespace meerstem
