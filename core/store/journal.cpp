// Undo, redo and groups: the half of Store that reads the journal back.
#include "core/store/changeset.h"
#include "core/store/message_text.h"
#include "core/store/store.h"

namespace meerstem {
namespace {

constexpr char kEntryColumns[] =
    "seq, at, sitting, actor, command, label, grp, kind, target, state, entities";

JournalEntry ReadEntry(const Statement& row) {
  return {row.Int(0),      row.Int(1),      row.GetId(2),    row.GetId(3), row.Text(4),
          MessageFromStored(row.Text(5)), row.MaybeId(6), row.Text(7), row.MaybeInt(8), row.Text(9), row.Text(10)};
}

}  // namespace

std::vector<JournalEntry> Store::Journal(std::int64_t limit) {
  std::vector<JournalEntry> entries;
  auto reading = Read();
  auto rows = reading->Query(std::string("SELECT ") + kEntryColumns + " FROM journal ORDER BY seq DESC LIMIT ?", limit);
  while (rows.Step()) entries.push_back(ReadEntry(rows));
  return entries;
}

std::optional<JournalEntry> Store::Entry(Reading& reading, std::int64_t sequence) {
  auto row = reading.Query(std::string("SELECT ") + kEntryColumns + " FROM journal WHERE seq = ?", sequence);
  if (!row.Step()) return std::nullopt;
  return ReadEntry(row);
}

std::optional<Step> Store::NextStep(bool undo) {
  auto reading = Read();
  // The line of redo: what was undone last, which is the oldest that is undone and not yet closed.
  auto row = reading->Query(std::string("SELECT ") + kEntryColumns + " FROM journal WHERE kind = 'do' AND state = ? ORDER BY seq " +
                                (undo ? "DESC" : "ASC") + " LIMIT 1",
                            undo ? "done" : "undone");
  if (!row.Step()) return std::nullopt;
  Step step{ReadEntry(row)};
  step.earlier_sitting = step.entry.sitting != sitting_;
  if (step.entry.group) {
    step.entries = reading->Number("SELECT count(*) FROM journal WHERE grp = ? AND kind = 'do'", *step.entry.group);
  }
  return step;
}

void Store::Seal() {
  std::lock_guard lock(write_mutex_);
  if (options_.read_only) throw Refuse("The study is open for reading only; nothing was changed.");
  writer_->Do("UPDATE journal SET state = 'closed' WHERE kind = 'do'");
}

std::optional<Step> Store::NextUndo() { return NextStep(true); }
std::optional<Step> Store::NextRedo() { return NextStep(false); }

Change Store::Undo(const Id& actor) { return ReplayStep(actor, true); }
Change Store::Redo(const Id& actor) { return ReplayStep(actor, false); }

Change Store::ReplayStep(const Id& actor, bool undo) {
  Change change;
  {
    std::lock_guard lock(write_mutex_);
    if (options_.read_only) throw Refuse("The study is open for reading only; nothing was changed.");
    if (group_ || current_) throw Refuse("An edit is under way; undo when it is done.");
    // What a failing disk left half undone is what this undo is about.
    const Change settled = Settle();
    if (undo && !settled.empty()) return settled;
    const auto step = NextStep(undo);
    if (!step) throw undo ? Refuse("There is nothing to undo.") : Refuse("There is nothing to redo.");
    const Act act{step->entry.command, step->entry.label, actor};
    if (step->entry.group) ReplayGroup(*step->entry.group, undo, act, change);
    else change = ReplayEntry(step->entry.sequence, undo, act, std::nullopt);
  }
  Notify(change);
  return change;
}

std::optional<std::int64_t> Store::NextOfGroup(const Id& group, bool undo) {
  auto row = writer_->Query(std::string("SELECT seq FROM journal WHERE grp = ? AND kind = 'do' AND state = ? ORDER BY seq ") +
                                (undo ? "DESC" : "ASC") + " LIMIT 1",
                            group, undo ? "done" : "undone");
  return row.Step() ? std::optional(row.Int(0)) : std::nullopt;
}

void Store::ReplayGroup(const Id& group, bool undo, const Act& act, Change& change) {
  writer_->Do("INSERT INTO journal_group VALUES (?1, ?2) ON CONFLICT (id) DO UPDATE SET state = ?2", group, undo ? "undoing" : "redoing");
  try {
    while (const auto next = NextOfGroup(group, undo)) change.Add(ReplayEntry(*next, undo, act, group));
  } catch (...) {
    // One step or none: what was replayed of the group goes back the way it came.
    try {
      while (const auto next = NextOfGroup(group, !undo)) ReplayEntry(*next, !undo, act, group);
      writer_->Do("UPDATE journal_group SET state = 'closed' WHERE id = ?", group);
    } catch (...) {
      unsettled_ = true;
    }
    throw;
  }
  writer_->Do("UPDATE journal_group SET state = 'closed' WHERE id = ?", group);
}

Change Store::ReplayEntry(std::int64_t sequence, bool undo, const Act& act, std::optional<Id> group) {
  Transaction transaction(*writer_);
  std::string versions, entities;
  Changeset changes;
  {
    auto row = writer_->Query("SELECT versions, entities, changes FROM journal LEFT JOIN journal_change USING (seq) WHERE seq = ?", sequence);
    if (!row.Step() || row.IsNull(2)) {
      throw Error(ErrorCode::kConflict, Say("The record of this step was purged, so it cannot be undone."));
    }
    versions = row.Text(0);
    entities = row.Text(1);
    const auto [bytes, size] = row.Blob(2);
    changes = Changeset::Copy(bytes, size);
  }
  const Change change = changes.Summary();
  // A changeset names no columns: applied to another schema it would write nonsense in silence.
  if (versions != SchemaStamp(change)) {
    throw Error(ErrorCode::kConflict, Say("This step was made with another version of Meerstem or of a plugin, so it can no longer be undone."));
  }
  if (undo) changes = changes.Inverted();
  changes.ApplyTo(*writer_);
  writer_->Do("UPDATE journal SET state = ? WHERE seq = ?", undo ? "undone" : "done", sequence);
  writer_->Do(
      "INSERT INTO journal (at, sitting, actor, command, label, grp, kind, target, versions, entities, state) "
      "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'done')",
      options_.clock->Now(), sitting_, act.actor, act.command, ToStored(act.label), group, undo ? "undo" : "redo", sequence,
      versions, entities);
  transaction.Commit();
  return changes.Summary();
}

bool Store::FinishGroups(Change& change) {
  std::vector<std::pair<Id, std::string>> unfinished;
  {
    auto rows = writer_->Query("SELECT id, state FROM journal_group WHERE state <> 'closed' ORDER BY rowid DESC");
    while (rows.Step()) unfinished.emplace_back(rows.GetId(0), rows.Text(1));
  }
  bool taken_back = false;
  for (const auto& [group, state] : unfinished) {
    Change mine;
    FinishGroup(group, state == "open", mine);
    taken_back |= state == "open" && !mine.empty();
    change.Add(mine);
  }
  return taken_back;
}

/// Begun and never finished, half undone, or half redone: in each case all of it goes.
void Store::FinishGroup(const Id& group, bool begun, Change& change) {
  try {
    while (const auto next = NextOfGroup(group, true)) {
      JournalEntry entry;
      {
        auto row = writer_->Query(std::string("SELECT ") + kEntryColumns + " FROM journal WHERE seq = ?", *next);
        row.Step();
        entry = ReadEntry(row);
      }
      change.Add(ReplayEntry(*next, true, {entry.command, entry.label, entry.actor}, group));
    }
  } catch (const Error& error) {
    // A failing disk may do better later. A conflict will not, and must not keep the study from opening: what stands,
    // stands.
    if (error.code() != ErrorCode::kConflict) throw;
    notices_.push_back(Say("A long edit was not finished when Meerstem stopped, and a part of it could not be taken back; look at the last entries of the journal."));
    begun = true;
  }
  Transaction transaction(*writer_);
  if (begun) writer_->Do("UPDATE journal SET state = 'closed' WHERE grp = ? AND kind = 'do'", group);
  writer_->Do("UPDATE journal_group SET state = 'closed' WHERE id = ?", group);
  transaction.Commit();
}

Change Store::Settle() {
  Change change;
  if (!unsettled_ || group_) return change;
  FinishGroups(change);
  unsettled_ = false;
  Notify(change);
  return change;
}

Store::Group::Group(Store& store, Act act) : store_(store), lock_(store.write_mutex_) {
  if (store_.options_.read_only) throw Refuse("The study is open for reading only; nothing was changed.");
  if (store_.current_) throw Error(ErrorCode::kInternal, Say("A group cannot begin inside a run."));
  if (store_.group_) return;
  store_.Settle();
  outer_ = true;
  store_.group_spoiled_ = false;
  store_.group_ = store_.options_.ids->Next();
  store_.in_group_ = true;
  store_.group_act_ = std::move(act);
  try {
    store_.writer_->Do("INSERT INTO journal_group VALUES (?, 'open')", *store_.group_);
  } catch (...) {
    store_.group_.reset();
    store_.in_group_ = false;
    throw;
  }
}

void Store::Group::Close() {
  if (outer_ && !closed_) store_.CloseGroup();
  closed_ = true;
}

Store::Group::~Group() {
  if (closed_) return;
  if (outer_) store_.AbandonGroup();
  else store_.group_spoiled_ = true;
}

void Store::CloseGroup() {
  if (group_spoiled_) throw Refuse("A part of this edit failed, so all of it was taken back.");
  writer_->Do("UPDATE journal_group SET state = 'closed' WHERE id = ?", *group_);
  group_.reset();
  in_group_ = false;
}

void Store::AbandonGroup() {
  group_.reset();
  unsettled_ = true;
  Change change;
  try {
    FinishGroups(change);
    unsettled_ = false;
  } catch (const std::exception&) {
    // The disk fails: the next edit or the next opening takes the group back.
  }
  in_group_ = false;
  Notify(change);
}

}  // namespace meerstem
