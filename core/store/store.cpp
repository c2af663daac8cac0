#include "core/store/store.h"

#include <algorithm>
#include <filesystem>

#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include "core/store/changeset.h"
#include "core/store/message_text.h"
#include "core/store/writer_lock.h"

namespace meerstem {
namespace {

namespace fs = std::filesystem;

constexpr int kApplicationId = 0x4D454552;  // "MEER"
constexpr std::size_t kKeptBackups = 5;

/// The tables that the store itself owns. None is tracked: undo must not undo its own record.
constexpr char kStoreSchema[] = R"sql(
CREATE TABLE component (name TEXT NOT NULL PRIMARY KEY, version INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE journal (
  seq INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  sitting BLOB NOT NULL,
  actor BLOB NOT NULL,
  command TEXT NOT NULL,
  label TEXT NOT NULL,
  grp BLOB,
  kind TEXT NOT NULL CHECK (kind IN ('do', 'undo', 'redo')),
  target INTEGER,
  versions TEXT NOT NULL,
  entities TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('done', 'undone', 'closed'))
);
CREATE INDEX journal_state ON journal (kind, state, seq);
CREATE INDEX journal_grp ON journal (grp) WHERE grp IS NOT NULL;
CREATE TABLE journal_change (seq INTEGER PRIMARY KEY, changes BLOB NOT NULL);
CREATE TABLE journal_group (id BLOB NOT NULL PRIMARY KEY, state TEXT NOT NULL CHECK (state IN ('open', 'undoing', 'redoing', 'closed')));
CREATE TABLE draft (key TEXT NOT NULL PRIMARY KEY, text TEXT NOT NULL, at INTEGER NOT NULL) WITHOUT ROWID;
)sql";

void RequireSessions() {
  if (!sqlite3_compileoption_used("ENABLE_SESSION") || !sqlite3_compileoption_used("ENABLE_PREUPDATE_HOOK")) {
    throw Error(ErrorCode::kInternal, Say("This SQLite lacks the session extension, which undo needs; install Debian's libsqlite3-0."));
  }
}

/// Removes a file that was begun here unless it was kept.
struct Unfinished {
  std::string path;
  bool kept = false;
  ~Unfinished() {
    std::error_code ignored;
    if (kept) return;
    for (const char* suffix : {"", "-wal", "-shm", "-journal"}) fs::remove(path + suffix, ignored);
  }
};

}  // namespace

struct Store::Pool {
  std::mutex mutex;
  std::vector<std::unique_ptr<Database>> idle;
};

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

Store::Store(std::string path, Options options) : path_(std::move(path)), options_(std::move(options)), pool_(std::make_shared<Pool>()) {
  RequireSessions();
  sitting_ = options_.ids->Next();
  for (const auto& component : options_.components) {
    tracked_.insert(tracked_.end(), component.tables.begin(), component.tables.end());
  }
}

std::unique_ptr<Store> Store::Create(const std::string& path, Options options) {
  std::error_code error;
  if (fs::exists(path, error)) throw Refuse("“{0}” exists already; choose another name.", path);
  const auto folder = fs::path(path).parent_path();
  if (!folder.empty() && !fs::is_directory(folder, error)) throw Refuse("The folder “{0}” does not exist; make it first.", folder.string());
  std::unique_ptr<Store> store(new Store(path, std::move(options)));
  Unfinished unfinished{path};
  store->OpenFile(true);
  unfinished.kept = true;
  return store;
}

std::unique_ptr<Store> Store::Open(const std::string& path, Options options) {
  std::error_code error;
  if (!fs::exists(path, error)) throw Refuse("“{0}” does not exist; check the name, or make a new study.", path);
  if (!fs::is_regular_file(path, error)) throw Refuse("“{0}” is not a file; a study is one file.", path);
  if (fs::file_size(path, error) == 0) throw Error(ErrorCode::kDamaged, Say("“{0}” is empty, not a study.", path));
  std::unique_ptr<Store> store(new Store(path, std::move(options)));
  store->OpenFile(false);
  return store;
}

void Store::OpenFile(bool create) {
  if (!options_.read_only) {
    std::string holder;
    lock_ = WriterLock::Take(path_, holder);
    if (!lock_ && !holder.empty()) {
      throw Error(ErrorCode::kBusy, Say("“{0}” is being edited by {1}; open it for reading only, or wait.", path_, holder));
    }
    if (!lock_ || (!create && access(path_.c_str(), W_OK) != 0)) {
      if (create) throw Error(ErrorCode::kDisk, Say("“{0}” cannot be made here: the folder can only be read; choose a folder of your own.", path_));
      lock_.reset();
      options_.read_only = true;
      notices_.push_back(Say("This folder or file can only be read, so nothing can be changed; copy the study to a folder of your own to edit it."));
    }
  }
  {
    // Look before anything is written: a file of another program must stay as it is.
    Database probe(path_, create ? Database::Mode::kCreate : Database::Mode::kRead, options_.vfs);
    if (!create && probe.Number("PRAGMA application_id") != kApplicationId) {
      throw Error(ErrorCode::kDamaged, Say("“{0}” is not a Meerstem study.", path_));
    }
    if (!create && probe.Number("SELECT count(*) FROM sqlite_master WHERE name = 'component'") == 0) {
      throw Error(ErrorCode::kDamaged, Say("“{0}” is not a whole study; open one of its backups.", path_));
    }
  }
  if (options_.read_only) {
    Migrate(false);
    return;
  }
  writer_ = std::make_unique<Database>(path_, Database::Mode::kWrite, options_.vfs);
  if (create) {
    writer_->Script("PRAGMA page_size = 4096;");
    Transaction transaction(*writer_);
    writer_->Script("PRAGMA application_id = " + std::to_string(kApplicationId) + ";");
    writer_->Script(kStoreSchema);
    transaction.Commit();
  } else if (options_.backups) {
    const std::string day = ToIso(DayOf(options_.clock->Now()));
    std::error_code error;
    if (!fs::exists(path_ + ".backups/" + day + ".meerstem", error)) Backup(day);
  }
  Migrate(create);
  if (writer_->Query("PRAGMA journal_mode = WAL").Step()) {
    // A file system without shared memory stays with its rollback journal: slower, as safe.
  }
  writer_->Script("PRAGMA synchronous = FULL;");
  FinishGroups();
}

Store::~Store() {
  {
    std::lock_guard lock(pool_->mutex);
    pool_->idle.clear();
  }
  if (!writer_) return;
  try {
    writer_->Query("PRAGMA wal_checkpoint(TRUNCATE)").Step();
    writer_->Query("PRAGMA journal_mode = DELETE").Step();
  } catch (const Error&) {
    // Another reader is still there: the WAL stays beside the file and is folded in at the next opening.
  }
  writer_.reset();
}

void Store::Migrate(bool create) {
  std::map<std::string, std::int64_t> present;
  {
    Database reader(path_, Database::Mode::kRead, options_.vfs);
    auto rows = reader.Query("SELECT name, version FROM component");
    while (rows.Step()) present[rows.Text(0)] = rows.Int(1);
  }
  bool behind = false;
  for (const auto& component : options_.components) {
    const auto latest = static_cast<std::int64_t>(component.migrations.size());
    const auto version = present.contains(component.name) ? present[component.name] : 0;
    if (version > latest) {
      throw Refuse("“{0}” was made by a newer Meerstem (its part “{1}” has version {2}, this program knows {3}); update Meerstem to open it.",
                   path_, component.name, version, latest);
    }
    behind |= version < latest;
  }
  if (!behind) return;
  if (options_.read_only) {
    throw Refuse("“{0}” was made by an older Meerstem and must be brought up to date once, which cannot be done while it is opened for reading only.", path_);
  }
  if (!create && options_.backups) Backup("before-update-" + ToIso(DayOf(options_.clock->Now())));
  writer_->Script("PRAGMA foreign_keys = OFF;");
  {
    Transaction transaction(*writer_);
    for (const auto& component : options_.components) {
      for (auto version = present[component.name]; version < static_cast<std::int64_t>(component.migrations.size()); ++version) {
        writer_->Script(component.migrations[static_cast<std::size_t>(version)]);
      }
      writer_->Do("INSERT INTO component VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET version = ?2", component.name,
                  static_cast<std::int64_t>(component.migrations.size()));
    }
    auto orphans = writer_->Query("PRAGMA foreign_key_check");
    if (orphans.Step()) throw Error(ErrorCode::kDamaged, Say("“{0}” holds references to nothing in “{1}”; nothing was changed.", path_, orphans.Text(0)));
    if (!create) {
      auto integrity = writer_->Query("PRAGMA integrity_check(1)");
      if (integrity.Step() && integrity.View(0) != "ok") {
        throw Error(ErrorCode::kDamaged, Say("“{0}” is damaged ({1}); open one of its backups.", path_, integrity.Text(0)));
      }
    }
    transaction.Commit();
  }
  writer_->Script("PRAGMA foreign_keys = ON;");
}

void Store::Backup(const std::string& suffix) {
  const fs::path folder = path_ + ".backups";
  const fs::path target = folder / (suffix + ".meerstem");
  const fs::path draft = folder / ".unfinished";
  try {
    fs::create_directories(folder);
    fs::remove(draft);
    {
      Database copy(draft.string(), Database::Mode::kCreate);
      sqlite3_backup* backup = sqlite3_backup_init(copy.handle(), "main", writer_->handle(), "main");
      const int code = backup ? sqlite3_backup_step(backup, -1) : SQLITE_ERROR;
      if (backup) sqlite3_backup_finish(backup);
      if (code != SQLITE_DONE) copy.Fail(code);
    }
    fs::rename(draft, target);
    std::vector<fs::path> kept;
    for (const auto& entry : fs::directory_iterator(folder)) {
      const std::string name = entry.path().filename().string();
      if (ParseDate(entry.path().stem().string()) && entry.path().extension() == ".meerstem") kept.push_back(entry.path());
    }
    std::sort(kept.begin(), kept.end());
    for (std::size_t i = 0; i + kKeptBackups < kept.size(); ++i) fs::remove(kept[i]);
  } catch (const std::exception&) {
    std::error_code ignored;
    fs::remove(draft, ignored);
    notices_.push_back(Say("No backup could be made in “{0}”; look whether the disk is full.", folder.string()));
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
      if (pool_->idle.size() < 4) pool_->idle.push_back(std::move(database_));
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
  if (!database) database = std::make_unique<Database>(path_, Database::Mode::kRead, options_.vfs);
  return std::make_unique<Lease>(std::move(database), pool_);
}

std::string Store::SchemaStamp() {
  std::string stamp;
  for (const auto& component : options_.components) {
    stamp += component.name + " " + std::to_string(component.migrations.size()) + "\n";
  }
  return stamp;
}

Change Store::Run(const Act& act, const std::function<void(Writing&)>& body) {
  std::unique_lock lock(write_mutex_);
  if (options_.read_only) throw Refuse("The study is open for reading only; nothing was changed.");
  if (current_) {
    body(*current_);
    return {};
  }
  Change change;
  {
    Transaction transaction(*writer_);
    Recorder recorder(*writer_, tracked_);
    current_.reset(new Writing(*writer_, *this, group_ ? group_act_ : act));
    struct Ended {
      std::unique_ptr<Writing>& current;
      ~Ended() { current.reset(); }
    } ended{current_};
    body(*current_);
    const Changeset changes = recorder.Take();
    change = changes.Summary();
    if (!change.empty()) {
      const Act& shown = group_ ? group_act_ : act;
      writer_->Do("UPDATE journal SET state = 'closed' WHERE kind = 'do' AND state = 'undone'");
      writer_->Do(
          "INSERT INTO journal (at, sitting, actor, command, label, grp, kind, versions, entities, state) "
          "VALUES (?, ?, ?, ?, ?, ?, 'do', ?, ?, 'done')",
          options_.clock->Now(), sitting_, shown.actor, act.command, ToStored(shown.label), group_, SchemaStamp(),
          changes.Entities());
      auto insert = writer_->Query("INSERT INTO journal_change VALUES (last_insert_rowid(), ?)");
      insert.BindBlob(1, changes.data(), changes.size());
      insert.Finish();
    }
    transaction.Commit();
  }
  lock.unlock();
  Notify(change);
  return change;
}

void Store::Scratch(const std::function<void(Database&)>& body) {
  std::lock_guard lock(write_mutex_);
  if (options_.read_only) return;
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
    if (groups.Step() && groups.Int(0) > 0 && !group_) faults.push_back("journal: a group is unfinished");
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
  for (const auto& listener : now) (*listener)(change);
}

}  // namespace meerstem
