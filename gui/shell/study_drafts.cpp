#include "gui/shell/study_drafts.h"

#include <utility>

namespace meerstem::gui {

namespace {

constexpr std::int64_t kKept = std::int64_t{30} * 24 * 3600 * 1000;  ///< Nobody came back for it in a month.

}  // namespace

StudyDrafts::Found StudyDrafts::Find(Store& store) {
  Found found;
  const auto reading = store.Read();
  auto rows = reading->Query("SELECT key, text, at FROM draft");
  while (rows.Step()) {
    if (rows.Int(2) + kKept < store.clock().Now()) found.forgotten.push_back(rows.Text(0));
    else found.texts[rows.Text(0)] = rows.Text(1);
  }
  return found;
}

StudyDrafts::StudyDrafts(Store& store, Jobs& jobs, Found found)
    : store_(store), jobs_(jobs), texts_(std::move(found.texts)), left_behind_(texts_.size()) {
  for (const auto& key : found.forgotten) Change(key, std::nullopt);
}

std::optional<std::string> StudyDrafts::Recall(const std::string& key) const {
  const auto found = texts_.find(key);
  return found == texts_.end() ? std::nullopt : std::optional(found->second);
}

void StudyDrafts::Keep(const std::string& key, const std::string& text) {
  if (Recall(key) == text) return;
  texts_[key] = text;
  Change(key, text);
}

void StudyDrafts::Forget(const std::string& key) {
  if (texts_.erase(key) > 0) Change(key, std::nullopt);
}

void StudyDrafts::Change(const std::string& key, std::optional<std::string> text) {
  if (store_.read_only()) return;
  bool first = false;
  {
    std::lock_guard lock(waiting_->mutex);
    first = waiting_->changes.empty();
    waiting_->changes[key] = std::move(text);
  }
  // One job takes all that has gathered when its turn comes. A disk that takes no draft takes no edit either, and the
  // edit says so.
  if (first) jobs_.Start(Jobs::Lane::kWriting, Say("Keeping what is being typed"), [&store = store_, waiting = waiting_](Job&) { Write(store, *waiting); }, {});
}

void StudyDrafts::Write(Store& store, Waiting& waiting) {
  decltype(waiting.changes) changes;
  {
    std::lock_guard lock(waiting.mutex);
    changes.swap(waiting.changes);
  }
  if (changes.empty()) return;
  store.Scratch([&](Database& database) {
    for (const auto& [key, text] : changes) {
      if (text) {
        database.Do("INSERT INTO draft (key, text, at) VALUES (?1, ?2, ?3) ON CONFLICT (key) DO UPDATE SET text = ?2, at = ?3", key, *text, store.clock().Now());
      } else {
        database.Do("DELETE FROM draft WHERE key = ?1", key);
      }
    }
  });
}

void StudyDrafts::Finish() {
  try {
    Write(store_, *waiting_);
  } catch (const Error&) {
    // The study is closing and its disk refuses: there is nobody left to tell, and no edit is lost.
  }
}

}  // namespace meerstem::gui
