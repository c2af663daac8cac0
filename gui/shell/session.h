#pragma once

#include <functional>
#include <memory>
#include <string>

#include "core/command/engine.h"
#include "core/store/store.h"
#include "gui/shell/jobs.h"
#include "gui/shell/study_drafts.h"

namespace meerstem::gui {

/// The study that is open in the window, with its engine and its workers. Made and destroyed on the window thread;
/// destruction waits for the workers and then closes the file.
class Session {
 public:
  Session(const Registry& registry, std::unique_ptr<Store> store, const std::string& researcher);
  ~Session();
  Session(const Session&) = delete;

  Store& store() { return *store_; }
  Engine& engine() { return engine_; }
  Jobs& jobs() { return *jobs_; }
  StudyDrafts& drafts() { return *drafts_; }
  const Registry& registry() const { return engine_.registry(); }
  const Id& actor() const { return actor_; }
  /// File name without its folder and ending.
  std::string name() const;
  /// The name of an entity; empty when its kind has no name of its own or it is gone.
  std::string NameOf(const view::Entity& entity);

  /// After each commit, on the window thread.
  std::function<void(const Change&)> on_change;

 private:
  std::unique_ptr<Store> store_;
  Engine engine_;
  Id actor_;
  std::shared_ptr<Session*> self_;
  std::shared_ptr<void> listening_;
  std::unique_ptr<Jobs> jobs_;
  std::unique_ptr<StudyDrafts> drafts_;
};

}  // namespace meerstem::gui
