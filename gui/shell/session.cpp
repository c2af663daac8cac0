#include "gui/shell/session.h"

#include <filesystem>

#include <wx/app.h>

namespace meerstem::gui {

Session::Looked Session::Look(std::unique_ptr<Store> store, const std::string& researcher) {
  const Id actor = EnsureResearcher(*store, researcher);
  auto drafts = StudyDrafts::Find(*store);
  return {std::move(store), actor, std::move(drafts)};
}

Session::Session(const Registry& registry, Looked looked)
    : store_(std::move(looked.store)),
      engine_(registry, *store_),
      actor_(looked.actor),
      self_(std::make_shared<Session*>(this)),
      jobs_(std::make_unique<Jobs>()),
      drafts_(std::make_unique<StudyDrafts>(*store_, *jobs_, std::move(looked.drafts))) {
  listening_ = store_->Listen([self = std::weak_ptr(self_)](const Change& change) {
    wxTheApp->CallAfter([self, change] {
      if (const auto session = self.lock(); session && (*session)->on_change) (*session)->on_change(change);
    });
  });
}

Session::~Session() {
  if (self_) Stop();
  jobs_.reset();
  drafts_->Finish();
  listening_.reset();
}

void Session::Stop() {
  jobs_->Stop();
  self_.reset();
}

std::string Session::name() const { return std::filesystem::path(store_->path()).stem().string(); }

std::string Session::NameOf(Reading& reading, const view::Entity& entity) const {
  const EntityKind* kind = registry().FindKind(entity.kind);
  return kind && kind->name ? kind->name(reading, entity.id).value_or(std::string()) : std::string();
}

std::shared_ptr<void> Session::Ask(Message what, std::function<void(Reading&, Job&)> look, Jobs::Done answered) {
  struct Asked {
    std::shared_ptr<Task> task;
    ~Asked() { task->job.Cancel(); }
  };
  const auto asked = std::make_shared<Asked>();
  asked->task = jobs_->Start(
      Jobs::Lane::kAsking, std::move(what),
      [store = store_.get(), look = std::move(look)](Job& job) {
        const auto reading = store->Read();
        reading->database().StopWhen([&job] { return job.cancelled(); });
        look(*reading, job);
      },
      [answered = std::move(answered), asker = std::weak_ptr(asked)](const Error* error) {
        if (const auto waiting = asker.lock()) answered(error);
      });
  return asked;
}

}  // namespace meerstem::gui
