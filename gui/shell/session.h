#pragma once

#include <functional>
#include <memory>
#include <string>

#include "core/command/engine.h"
#include "core/store/store.h"
#include "gui/shell/jobs.h"
#include "gui/shell/study_drafts.h"

namespace meerstem::gui {

/// The study that is open in the window, with its engine and its workers. Lives on the window thread, which never waits
/// for the disk: what must be known at the beginning is read by `Look` on a worker, and the destructor, which waits for
/// the workers and closes the file, belongs on one too.
class Session {
 public:
  struct Looked {
    std::unique_ptr<Store> store;
    Id actor;
    StudyDrafts::Found drafts;
  };
  static Looked Look(std::unique_ptr<Store> store, const std::string& researcher);
  Session(const Registry& registry, Looked looked);
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
  std::string NameOf(Reading& reading, const view::Entity& entity) const;

  /// A short question to the study: `look` on a worker, then `answered` on the window thread (nullptr: it went well).
  /// Whoever lets go of what this returns is not answered any more.
  [[nodiscard]] std::shared_ptr<void> Ask(Message what, std::function<void(Reading&, Job&)> look, Jobs::Done answered);
  /// The end begins: work is cancelled, and nothing is reported any more.
  void Stop();

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
