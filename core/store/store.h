#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "core/base/clock.h"
#include "core/base/error.h"
#include "core/base/id.h"
#include "core/base/message.h"
#include "core/store/database.h"

namespace meerstem {

class Changeset;
class Store;
class WriterLock;

/// A part of the schema with an owner: core itself or one plugin.
struct Component {
  std::string name;
  std::vector<std::string> migrations;  ///< SQL; number n brings the component from version n to n + 1.
  std::vector<std::string> tables;      ///< Tracked: what undo reaches. Everything else of the component is derived or a draft.
  std::vector<std::string> checks;      ///< SELECTs; every row (one text column) is a fault that `check` reports.
};

/// What a Run, an undo or a redo changed.
struct Change {
  struct Count {
    std::int64_t inserted = 0;
    std::int64_t updated = 0;
    std::int64_t deleted = 0;
    std::int64_t total() const { return inserted + updated + deleted; }
  };
  std::map<std::string, Count> tables;
  bool empty() const { return tables.empty(); }
  void Add(const Change& other);
};

/// Who does what: the label stands in the undo menu and in the journal, and must hold no words of a text.
struct Act {
  std::string command;
  Message label;
  Id actor;
  /// False: journalled, but outside the lines of undo and redo (a researcher who only came to look).
  bool undoable = true;
};

/// A line of the journal.
struct JournalEntry {
  std::int64_t sequence = 0;
  std::int64_t at = 0;
  Id sitting;
  Id actor;
  std::string command;
  Message label;
  std::optional<Id> group;
  std::string kind;  ///< do, undo, redo
  std::optional<std::int64_t> target;
  std::string state; ///< done, undone, closed (a newer edit took its place in the line of redo)
  std::string entities;
};

/// What undo or redo would do next.
struct Step {
  JournalEntry entry;           ///< The newest entry of the step.
  std::int64_t entries = 1;     ///< A group counts all its Runs.
  bool earlier_sitting = false; ///< From before the study was opened.
};

/// Reading access: one connection, leased for a short time by one thread. Everything that reads a study takes this.
class Reading {
 public:
  explicit Reading(Database& database) : database_(&database) {}
  virtual ~Reading() = default;
  Reading(const Reading&) = delete;
  Reading& operator=(const Reading&) = delete;

  template <class... Values>
  Statement Query(std::string_view sql, const Values&... values) {
    return database_->Query(sql, values...);
  }
  template <class... Values>
  std::int64_t Number(std::string_view sql, const Values&... values) {
    return database_->Number(sql, values...);
  }
  Database& database() { return *database_; }

 private:
  Database* database_;
};

/// Writing access, only inside Store::Run.
class Writing final : public Reading {
 public:
  template <class... Values>
  void Do(std::string_view sql, const Values&... values) {
    database().Do(sql, values...);
  }
  Id NewId();
  std::int64_t now() const;
  const Id& actor() const;

 private:
  friend class Store;
  Writing(Database& database, Store& store, const Act& act) : Reading(database), store_(store), act_(act) {}
  Store& store_;
  const Act& act_;
};

/// One open study file. Owns the writer connection, the lock, the journal; lends reading connections.
/// Thread-safe: Runs, undo and redo wait for one another; readings go beside them.
/// Every method throws Error; whatever throws has changed nothing.
class Store {
 public:
  struct Options {
    bool read_only = false;
    bool backups = true;
    std::string vfs;
    std::shared_ptr<const Clock> clock;  ///< Required.
    std::shared_ptr<IdSource> ids;       ///< Required.
    std::vector<Component> components;   ///< In order of need; core first.
  };
  /// Refuses when `path` exists.
  static std::unique_ptr<Store> Create(const std::string& path, Options options);
  static std::unique_ptr<Store> Open(const std::string& path, Options options);
  /// Folds the WAL in, so that one file is the whole study, and frees the lock.
  ~Store();
  Store(const Store&) = delete;

  const std::string& path() const { return path_; }
  bool read_only() const { return options_.read_only; }
  /// Why the study was opened for reading only, or what was mended at opening; shown to the user.
  const std::vector<Message>& notices() const { return notices_; }
  const Clock& clock() const { return *options_.clock; }

  /// A reading connection from the pool; give it back soon, a long-open reader keeps the WAL from being folded in.
  std::unique_ptr<Reading> Read();

  /// The one way to write: an immediate transaction on the writer connection, recorded by SQLite's session extension,
  /// committed and journalled together. A Run inside a Run of the same thread joins it (and returns an empty Change: the
  /// outer one tells all); when it throws, what it did is gone even if the outer one goes on. Durable on return.
  Change Run(const Act& act, const std::function<void(Writing&)>& body);
  /// As Run, for what must not be kept: the journal says that it was done and holds nothing of it; so do the earlier
  /// entries whose changes `holds` says yes to, and undo reaches no further back than this. Then the file is written
  /// anew, so that no freed page holds what was there. When only that fails (a full disk), it throws after the commit
  /// with a sentence that says so; doing it again finishes it.
  Change Erase(const Act& act, const std::function<void(Writing&)>& body, const std::function<bool(Reading&, std::int64_t sequence)>& holds);
  /// Writes to untracked tables (drafts, caches): no journal, no undo.
  void Scratch(const std::function<void(Database&)>& body);

  /// Several Runs that undo as one step; other writers wait while it is open. Without Close, everything is taken back:
  /// by the destructor, or after a crash at the next opening. A group inside a group joins it; one that is left without
  /// Close takes the outer one with it (whose Close then refuses).
  class Group {
   public:
    Group(Store& store, Act act);
    ~Group();
    Group(const Group&) = delete;
    void Close();

   private:
    Store& store_;
    std::unique_lock<std::recursive_mutex> lock_;
    bool outer_ = false;
    bool closed_ = false;
  };

  std::optional<Step> NextUndo();
  std::optional<Step> NextRedo();
  /// Nothing to undo: kRefused. Content changed since: kConflict.
  Change Undo(const Id& actor);
  Change Redo(const Id& actor);
  /// Puts everything so far beyond undo: what a new study starts with.
  void Seal();
  /// Newest first.
  std::vector<JournalEntry> Journal(std::int64_t limit = -1);
  /// One line of the journal, for views that pull them by page.
  static std::optional<JournalEntry> Entry(Reading& reading, std::int64_t sequence);

  /// Every fault in words; empty: the study is whole.
  std::vector<std::string> Check();

  using Listener = std::function<void(const Change&)>;
  /// Called after each commit on the writing thread, outside the transaction; inside a group other writers still wait,
  /// so a listener may read but must not wait for another thread that writes. What it throws is dropped: the edit
  /// stands. The token ends the listening.
  std::shared_ptr<void> Listen(Listener listener);

 private:
  friend class Writing;
  Store(std::string path, Options options);
  void OpenFile(bool create);
  void TakeLock(bool create);
  void OpenWriter(bool create);
  /// Which components the file holds, at which version and with which tracked tables; those of plugins that are not
  /// here count too, so that undo brings their rows back.
  void ReadComponents();
  /// Refuses a newer file; true when a component is behind.
  bool IsBehind() const;
  void Migrate(bool create);
  void Backup(const std::string& suffix);
  /// Takes back what was begun and never finished, finishes what was being undone; true when an edit was taken back.
  bool FinishGroups(Change& change);
  void FinishGroup(const Id& group, bool begun, Change& change);
  /// After a failing disk left something half done: finish that before anything new.
  Change Settle();
  std::string SchemaStamp(const Change& change) const;
  /// The body as the edit that is open; what it changed. In a transaction of the caller's.
  Changeset Record(const Act& act, const std::function<void(Writing&)>& body);
  Change ReplayStep(const Id& actor, bool undo);
  Change ReplayEntry(std::int64_t sequence, bool undo, const Act& act, std::optional<Id> group);
  std::optional<Step> NextStep(bool undo);
  void ReplayGroup(const Id& group, bool undo, const Act& act, Change& change);
  std::optional<std::int64_t> NextOfGroup(const Id& group, bool undo);
  void CloseGroup();
  void AbandonGroup();
  void Notify(const Change& change);

  std::string path_;
  Options options_;
  std::vector<Message> notices_;
  std::unique_ptr<WriterLock> lock_;
  std::unique_ptr<Database> writer_;
  std::recursive_mutex write_mutex_;
  std::unique_ptr<Writing> current_;  ///< The Run that is open, guarded by write_mutex_.
  std::optional<Id> group_;
  std::atomic<bool> in_group_ = false;  ///< The same for readers, who take no lock.
  bool group_spoiled_ = false;
  bool unsettled_ = false;
  Act group_act_;
  Id sitting_;
  struct Present {
    std::int64_t version = 0;
    std::vector<std::string> tables;
  };
  std::map<std::string, Present> present_;       ///< By component.
  std::map<std::string, std::string> owner_of_;  ///< Tracked table to component.
  std::vector<std::string> tracked_;

  struct Pool;
  std::shared_ptr<Pool> pool_;
  std::mutex listeners_mutex_;
  std::vector<std::weak_ptr<Listener>> listeners_;
};

}  // namespace meerstem
