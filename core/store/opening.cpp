// Making, opening and closing the file: the lock, the look before anything is written, backups and migrations.
#include <algorithm>
#include <filesystem>
#include <iterator>
#include <sstream>

#include <sqlite3.h>
#include <unistd.h>

#include "core/store/header.h"
#include "core/store/pool.h"
#include "core/store/store.h"
#include "core/store/writer_lock.h"

namespace meerstem {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kKeptBackups = 5;

/// The tables that the store itself owns. None is tracked: undo must not undo its own record.
constexpr char kStoreSchema[] = R"sql(
CREATE TABLE component (name TEXT NOT NULL PRIMARY KEY, version INTEGER NOT NULL, tables TEXT NOT NULL) WITHOUT ROWID;
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

/// Removes what was begun of a new study.
void RemoveFile(const std::string& path) {
  std::error_code ignored;
  for (const char* suffix : {"", "-wal", "-shm", "-journal"}) fs::remove(path + suffix, ignored);
}

std::string Joined(const std::vector<std::string>& names) {
  std::string joined;
  for (const auto& name : names) joined += (joined.empty() ? "" : " ") + name;
  return joined;
}

std::vector<std::string> Words(const std::string& joined) {
  std::istringstream stream(joined);
  return {std::istream_iterator<std::string>(stream), {}};
}

}  // namespace

Store::Store(std::string path, Options options) : path_(std::move(path)), options_(std::move(options)), pool_(std::make_shared<Pool>()) {
  RequireSessions();
  sitting_ = options_.ids->Next();
}

std::unique_ptr<Store> Store::Create(const std::string& path, Options options) {
  std::error_code error;
  if (fs::exists(path, error)) throw Refuse("“{0}” exists already; choose another name.", path);
  const auto folder = fs::path(path).parent_path();
  if (!folder.empty() && !fs::is_directory(folder, error)) throw Refuse("The folder “{0}” does not exist; make it first.", folder.string());
  std::unique_ptr<Store> store(new Store(path, std::move(options)));
  store->OpenFile(true);
  return store;
}

std::unique_ptr<Store> Store::Open(const std::string& path, Options options) {
  std::error_code error;
  if (!fs::exists(path, error)) throw Refuse("“{0}” does not exist; check the name, or make a new study.", path);
  if (!fs::is_regular_file(path, error)) throw Refuse("“{0}” is not a file; a study is one file.", path);
  RequireStudy(path);
  std::unique_ptr<Store> store(new Store(path, std::move(options)));
  store->OpenFile(false);
  return store;
}

void Store::TakeLock(bool create) {
  if (options_.read_only) return;
  std::string holder;
  lock_ = WriterLock::Take(path_, holder);
  if (!lock_ && !holder.empty()) {
    throw Error(ErrorCode::kBusy, Say("“{0}” is being edited by {1}; open it for reading only, or wait.", path_, holder));
  }
  if (lock_ && (create || access(path_.c_str(), W_OK) == 0)) return;
  if (create) throw Error(ErrorCode::kDisk, Say("“{0}” cannot be made here: the folder can only be read; choose a folder of your own.", path_));
  lock_.reset();
  options_.read_only = true;
  notices_.push_back(Say("This folder or file can only be read, so nothing can be changed; copy the study to a folder of your own to edit it."));
}

void Store::OpenFile(bool create) {
  TakeLock(create);
  if (options_.read_only) {
    ReadComponents();
    if (IsBehind()) {
      throw Refuse("“{0}” was made by an older Meerstem and must be brought up to date once, which cannot be done while it is opened for reading only; open it once where it may be written.", path_);
    }
    return;
  }
  // Only now, with the lock: another process may have made it since we looked.
  if (create && fs::exists(path_)) throw Refuse("“{0}” exists already; choose another name.", path_);
  try {
    OpenWriter(create);
  } catch (...) {
    if (create) {
      writer_.reset();
      RemoveFile(path_);
    }
    throw;
  }
}

void Store::OpenWriter(bool create) {
  // Mends what a crash left (a hot journal), which a reading connection could not.
  writer_ = std::make_unique<Database>(path_, create ? Database::Mode::kCreate : Database::Mode::kWrite, options_.vfs);
  if (create) {
    Transaction transaction(*writer_);
    writer_->Script("PRAGMA application_id = " + std::to_string(kApplicationId) + ";");
    writer_->Script(kStoreSchema);
    transaction.Commit();
  }
  ReadComponents();
  const bool behind = IsBehind();
  if (!create && options_.backups) {
    const std::string day = ToIso(DayOf(options_.clock->Now()));
    std::error_code error;
    if (!fs::exists(path_ + ".backups/" + day + ".meerstem", error)) {
      try {
        Backup(day);
      } catch (const std::exception&) {
        notices_.push_back(Say("No backup could be made in “{0}”; look whether the disk is full.", path_ + ".backups"));
      }
    }
  }
  // Before migrations: a changeset fits only the schema that it was made with.
  Change mended;
  if (FinishGroups(mended)) notices_.push_back(Say("The last long edit was not finished when Meerstem stopped; it was taken back whole."));
  if (behind) Migrate(create);
  // WAL needs shared memory, which a network share does not have; the rollback journal is slower and as safe.
  const bool network = OnNetworkShare(path_);
  if (network) notices_.push_back(Say("This study lies on a network share, where two people can spoil each other's work unnoticed; work on a copy on this computer."));
  writer_->Query(network ? "PRAGMA journal_mode = DELETE" : "PRAGMA journal_mode = WAL").Step();
  writer_->Script("PRAGMA synchronous = FULL;");
}

Store::~Store() {
  {
    std::lock_guard lock(pool_->mutex);
    pool_->idle.clear();
    pool_->closed = true;
  }
  if (!writer_) return;
  try {
    // A reader that stays must not keep the window from closing.
    writer_->WaitAtMost(200);
    writer_->Query("PRAGMA wal_checkpoint(TRUNCATE)").Step();
    writer_->Query("PRAGMA journal_mode = DELETE").Step();
  } catch (const std::exception&) {
    // Another reader is still there: the WAL stays beside the file and is folded in at the next opening.
  }
  writer_.reset();
}

void Store::ReadComponents() {
  present_.clear();
  owner_of_.clear();
  tracked_.clear();
  Database* reader = writer_.get();
  std::unique_ptr<Database> own;
  if (!reader) {
    own = std::make_unique<Database>(path_, Database::Mode::kRead, options_.vfs);
    reader = own.get();
  }
  if (reader->Number("SELECT count(*) FROM sqlite_master WHERE name IN ('component', 'journal', 'journal_change', 'journal_group')") != 4) {
    throw Error(ErrorCode::kDamaged, Say("“{0}” is not a whole study; open one of its backups.", path_));
  }
  auto rows = reader->Query("SELECT name, version, tables FROM component");
  while (rows.Step()) {
    Present& present = present_[rows.Text(0)];
    present = {rows.Int(1), Words(rows.Text(2))};
    for (const auto& table : present.tables) {
      owner_of_[table] = rows.Text(0);
      tracked_.push_back(table);
    }
  }
}

bool Store::IsBehind() const {
  bool behind = false;
  for (const auto& component : options_.components) {
    const auto latest = static_cast<std::int64_t>(component.migrations.size());
    const auto found = present_.find(component.name);
    const auto version = found == present_.end() ? 0 : found->second.version;
    if (version > latest) {
      throw Refuse("“{0}” was made by a newer Meerstem (its part “{1}” has version {2}, this program knows {3}); update Meerstem to open it.",
                   path_, component.name, version, latest);
    }
    // A component's list of tables may grow without a migration: views and tables of an older version stay as they are.
    behind |= version < latest || found == present_.end() || found->second.tables != component.tables;
  }
  return behind;
}

void Store::Migrate(bool create) {
  if (!create && options_.backups) {
    try {
      Backup("before-update-" + ToIso(DayOf(options_.clock->Now())));
    } catch (const std::exception&) {
      throw Error(ErrorCode::kDisk, Say("“{0}” must be brought up to date, but no backup of it could be made first; free some disk space and try again.", path_));
    }
  }
  writer_->Script("PRAGMA foreign_keys = OFF;");
  {
    Transaction transaction(*writer_);
    for (const auto& component : options_.components) {
      for (auto version = present_[component.name].version; version < static_cast<std::int64_t>(component.migrations.size()); ++version) {
        writer_->Script(component.migrations[static_cast<std::size_t>(version)]);
      }
      writer_->Do("INSERT INTO component VALUES (?1, ?2, ?3) ON CONFLICT (name) DO UPDATE SET version = ?2, tables = ?3", component.name,
                  static_cast<std::int64_t>(component.migrations.size()), Joined(component.tables));
    }
    {
      auto orphans = writer_->Query("PRAGMA foreign_key_check");
      if (orphans.Step()) throw Error(ErrorCode::kDamaged, Say("“{0}” holds references to nothing in “{1}”; nothing was changed.", path_, orphans.Text(0)));
    }
    if (!create) {
      auto integrity = writer_->Query("PRAGMA integrity_check(1)");
      if (integrity.Step() && integrity.View(0) != "ok") {
        throw Error(ErrorCode::kDamaged, Say("“{0}” is damaged ({1}); open one of its backups.", path_, integrity.Text(0)));
      }
    }
    transaction.Commit();
  }
  writer_->Script("PRAGMA foreign_keys = ON;");
  ReadComponents();
}

void Store::Backup(const std::string& suffix) {
  const fs::path folder = path_ + ".backups";
  const fs::path draft = folder / ".unfinished";
  fs::create_directories(folder);
  RemoveFile(draft.string());
  try {
    Database copy(draft.string(), Database::Mode::kCreate, options_.vfs);
    sqlite3_backup* backup = sqlite3_backup_init(copy.handle(), "main", writer_->handle(), "main");
    const int code = backup ? sqlite3_backup_step(backup, -1) : SQLITE_ERROR;
    if (backup) sqlite3_backup_finish(backup);
    if (code != SQLITE_DONE) copy.Fail(code);
  } catch (...) {
    RemoveFile(draft.string());
    throw;
  }
  fs::rename(draft, folder / (suffix + ".meerstem"));
  std::vector<fs::path> kept;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (ParseDate(entry.path().stem().string()) && entry.path().extension() == ".meerstem") kept.push_back(entry.path());
  }
  std::sort(kept.begin(), kept.end());
  for (std::size_t i = 0; i + kKeptBackups < kept.size(); ++i) fs::remove(kept[i]);
}

}  // namespace meerstem
