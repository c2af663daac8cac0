#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/command/command.h"
#include "core/command/parse.h"
#include "core/plugin/registry.h"
#include "core/store/store.h"

namespace meerstem {

/// Runs commands and builds views of one study: the road from an id and its arguments to the store and back.
/// Used by console and window alike. Thread-safe; a long call belongs on a worker.
class Engine {
 public:
  Engine(const Registry& registry, Store& store) : registry_(registry), store_(store) {}
  const Registry& registry() const { return registry_; }
  Store& store() { return store_; }

  /// As ParseArguments, with a reading of its own; so are the two below.
  Arguments Parse(const std::vector<Parameter>& parameters, const RawArguments& raw);
  RawArguments Spell(const std::vector<Parameter>& parameters, const Arguments& arguments);
  Arguments Complete(const std::vector<Parameter>& parameters, Arguments arguments);

  view::Model Build(const std::string& view, const Arguments& arguments, Job& job);
  /// Empty: possible.
  Message Impossible(const std::string& command, const Arguments& arguments);
  Plan Prepare(const std::string& command, const Arguments& arguments, Job& job);
  /// A plan may be applied once. Waits for other writers.
  Outcome Apply(const std::string& command, Plan& plan, const Id& actor, Job& job);
  /// Prepare and Apply.
  Outcome Execute(const std::string& command, const Arguments& arguments, const Id& actor, Job& job);

  /// The preview of a plan; of one that has none, a table of what it would be done with.
  view::Model Preview(const std::string& command, const Arguments& arguments, const Plan& plan);

  const Command& CommandOf(const std::string& id) const;  ///< kUsage when there is none.
  const View& ViewOf(const std::string& id) const;

 private:
  const Registry& registry_;
  Store& store_;
};

/// The researcher of that name, made when new. The name of coders in the journal and on codings.
Id EnsureResearcher(Store& store, const std::string& name);

/// Takes back a researcher who was made for an edit that then failed; one who has done anything stays.
void ForgetResearcher(Store& store, const Id& researcher);

}  // namespace meerstem
