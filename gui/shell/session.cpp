#include "gui/shell/session.h"

#include <filesystem>

#include <wx/app.h>

namespace meerstem::gui {

Session::Session(const Registry& registry, std::unique_ptr<Store> store, const std::string& researcher)
    : store_(std::move(store)),
      engine_(registry, *store_),
      actor_(EnsureResearcher(*store_, researcher)),
      self_(std::make_shared<Session*>(this)),
      jobs_(std::make_unique<Jobs>()),
      drafts_(std::make_unique<StudyDrafts>(*store_, *jobs_)) {
  listening_ = store_->Listen([self = std::weak_ptr(self_)](const Change& change) {
    wxTheApp->CallAfter([self, change] {
      if (const auto session = self.lock(); session && (*session)->on_change) (*session)->on_change(change);
    });
  });
}

Session::~Session() {
  jobs_.reset();
  drafts_->Finish();
  self_.reset();
  listening_.reset();
}

std::string Session::name() const { return std::filesystem::path(store_->path()).stem().string(); }

std::string Session::NameOf(const view::Entity& entity) {
  const EntityKind* kind = registry().FindKind(entity.kind);
  if (!kind || !kind->name) return {};
  const auto reading = store_->Read();
  return kind->name(*reading, entity.id).value_or(std::string());
}

}  // namespace meerstem::gui
