#include "core/store/store.h"

#include <algorithm>
#include <set>

#include "core/store/changeset.h"
#include "core/store/message_text.h"
#include "core/store/pool.h"
#include "core/store/writer_lock.h"

namespace meerstem {

Id Writing::NewId() { return store_.options_.ids->Next(); }
std::int64_t Writing::now() const { return store_.options_.clock->Now(); }
const Id& Writing::actor() const { return act_.actor; }

void Change::Add(const Change& other) {
  for (const auto& [table, count] : other.tables) {
    Count& mine = tables[table];
    mine.inserted += count.inserted;
    mine.updated += count.updated;
    mine.deleted += count.deleted;
  }
}

std::unique_ptr<Reading> Store::Read() {
  struct Lease final : Reading {
    Lease(std::unique_ptr<Database> database, std::shared_ptr<Pool> pool)
        : Reading(*database), database_(std::move(database)), pool_(std::move(pool)) {}
    ~Lease() override {
      database_->StopWhen(nullptr);
      database_->ForgetReads();
      std::lock_guard lock(pool_->mutex);
      if (!pool_->closed && pool_->idle.size() < 4) pool_->idle.push_back(std::move(database_));
    }
    std::unique_ptr<Database> database_;
    std::shared_ptr<Pool> pool_;
  };
  std::unique_ptr<Database> database;
  {
    std::lock_guard lock(pool_->mutex);
    if (!pool_->idle.empty()) {
      database = std::move(pool_->idle.back());
      pool_->idle.pop_back();
    }
  }
  if (!database) {
    database = std::make_unique<Database>(path_, Database::Mode::kRead, options_.vfs);
    database->Share(pool_->derived);
  }
  return std::make_unique<Lease>(std::move(database), pool_);
}

std::string Store::SchemaStamp(const Change& change) const {
  std::set<std::string> touched;
  for (const auto& [table, count] : change.tables) {
    const auto owner = owner_of_.find(table);
    touched.insert(owner == owner_of_.end() ? "?" : owner->second);
  }
  std::string stamp;
  for (const auto& name : touched) {
    const auto found = present_.find(name);
    stamp += name + " " + std::to_string(found == present_.end() ? 0 : found->second.version) + "\n";
  }
  return stamp;
}

Changeset Store::Record(const Act& act, const std::function<void(Writing&)>& body) {
  Recorder recorder(*writer_, tracked_);
  current_.reset(new Writing(*writer_, *this, act));
  struct Ended {
    std::unique_ptr<Writing>& current;
    ~Ended() { current.reset(); }
  } ended{current_};
  body(*current_);
  return recorder.Take();
}

Change Store::Run(const Act& act, const std::function<void(Writing&)>& body) {
  std::unique_lock lock(write_mutex_);
  if (options_.read_only) throw Refuse("The study is open for reading only; nothing was changed.");
  if (current_) {
    Savepoint savepoint(*writer_);
    body(*current_);
    savepoint.Release();
    return {};
  }
  Settle();
  const Act& shown = group_ ? group_act_ : act;
  Change change;
  {
    Transaction transaction(*writer_);
    const Changeset changes = Record(shown, body);
    change = changes.Summary();
    if (!change.empty()) {
      const bool undoable = act.undoable || group_;
      if (undoable) writer_->Do("UPDATE journal SET state = 'closed' WHERE kind = 'do' AND state = 'undone'");
      writer_->Do(
          "INSERT INTO journal (at, sitting, actor, command, label, grp, kind, versions, entities, state) "
          "VALUES (?, ?, ?, ?, ?, ?, 'do', ?, ?, ?)",
          options_.clock->Now(), sitting_, shown.actor, act.command, ToStored(shown.label), group_, SchemaStamp(change),
          changes.Entities(), undoable ? "done" : "closed");
      auto insert = writer_->Query("INSERT INTO journal_change VALUES (last_insert_rowid(), ?)");
      insert.BindKept(1, changes.data(), changes.size());
      insert.Finish();
    }
    transaction.Commit();
  }
  lock.unlock();
  Notify(change);
  return change;
}

Change Store::Erase(const Act& act, const std::function<void(Writing&)>& body, const std::function<bool(Reading&, std::int64_t)>& holds) {
  std::unique_lock lock(write_mutex_);
  if (options_.read_only) throw Refuse("The study is open for reading only; nothing was changed.");
  if (current_ || group_) throw Refuse("This cannot be a part of a longer edit; do it on its own.");
  Settle();
  Change change;
  writer_->Script("PRAGMA secure_delete = ON;");
  {
    Transaction transaction(*writer_);
    const Changeset changes = Record(act, body);
    change = changes.Summary();
    std::vector<std::int64_t> kept;
    {
      auto rows = writer_->Query("SELECT seq FROM journal_change");
      while (rows.Step()) kept.push_back(rows.Int(0));
    }
    Reading reading(*writer_);
    for (const auto sequence : kept) {
      if (holds(reading, sequence)) writer_->Do("DELETE FROM journal_change WHERE seq = ?", sequence);
    }
    writer_->Do("UPDATE journal SET state = 'closed' WHERE kind = 'do'");
    writer_->Do(
        "INSERT INTO journal (at, sitting, actor, command, label, grp, kind, versions, entities, state) VALUES (?, ?, ?, ?, ?, NULL, 'do', ?, ?, 'closed')",
        options_.clock->Now(), sitting_, act.actor, act.command, ToStored(act.label), SchemaStamp(change), changes.Entities());
    transaction.Commit();
  }
  try {
    writer_->Script("VACUUM;");
    writer_->Query("PRAGMA wal_checkpoint(TRUNCATE)").Step();
  } catch (const std::exception&) {
    lock.unlock();
    Notify(change);
    throw Error(ErrorCode::kDisk, Say("It was taken out of the study, but the file could not be written anew, so traces may still stand in it; make room on the disk and do it again."));
  }
  lock.unlock();
  Notify(change);
  return change;
}

void Store::Scratch(const std::function<void(Database&)>& body) {
  std::lock_guard lock(write_mutex_);
  if (options_.read_only) return;
  if (current_) {
    body(*writer_);
    return;
  }
  Transaction transaction(*writer_);
  body(*writer_);
  transaction.Commit();
}

std::vector<std::string> Store::Check() {
  std::vector<std::string> faults;
  auto reading = Read();
  {
    auto integrity = reading->Query("PRAGMA integrity_check(20)");
    while (integrity.Step()) {
      if (integrity.View(0) != "ok") faults.push_back(integrity.Text(0));
    }
    auto orphans = reading->Query("PRAGMA foreign_key_check");
    while (orphans.Step()) faults.push_back("foreign key: " + orphans.Text(0) + " → " + orphans.Text(2));
    auto groups = reading->Query("SELECT count(*) FROM journal_group WHERE state <> 'closed'");
    if (groups.Step() && groups.Int(0) > 0 && !in_group_) faults.push_back("journal: a group is unfinished");
    auto lost = reading->Query(
        "SELECT seq FROM journal WHERE kind = 'do' AND state <> 'closed' AND seq NOT IN (SELECT seq FROM journal_change)");
    while (lost.Step()) faults.push_back("journal: entry " + lost.Text(0) + " has lost its changes");
  }
  for (const auto& component : options_.components) {
    for (const auto& sql : component.checks) {
      auto rows = reading->Query(sql);
      while (rows.Step()) faults.push_back(component.name + ": " + rows.Text(0));
    }
  }
  return faults;
}

std::shared_ptr<void> Store::Listen(Listener listener) {
  auto kept = std::make_shared<Listener>(std::move(listener));
  std::lock_guard lock(listeners_mutex_);
  listeners_.push_back(kept);
  return kept;
}

void Store::Notify(const Change& change) {
  if (change.empty()) return;
  std::vector<std::shared_ptr<Listener>> now;
  {
    std::lock_guard lock(listeners_mutex_);
    std::erase_if(listeners_, [](const auto& weak) { return weak.expired(); });
    for (const auto& weak : listeners_) {
      if (auto listener = weak.lock()) now.push_back(std::move(listener));
    }
  }
  for (const auto& listener : now) {
    try {
      (*listener)(change);
    } catch (const std::exception&) {
      // The edit is committed: a view that fails to refresh must not make it look undone.
    }
  }
}

}  // namespace meerstem
