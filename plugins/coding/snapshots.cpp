// Snapshots of the codebook: how it stood on a day, and what became of each code since.
#include <algorithm>

#include "core/base/clock.h"
#include "core/base/error.h"
#include "core/study/deletion.h"
#include "plugins/coding/shared.h"

namespace meerstem::coding {
namespace {

/// A code as it stands in a codebook, of now or of a snapshot.
struct Entry {
  Id code;
  std::optional<Id> parent;
  std::string name, path, colour, definition, include, exclude, example;
  bool deductive = false;
  bool codable = true;
  std::int64_t codings = 0;
};

constexpr const char* kColumns = "name, path, colour, definition, include, exclude, example, deductive, codable, codings";

Entry ReadEntry(const Statement& row) {
  return {row.GetId(0), row.MaybeId(1), row.Text(2), row.Text(3), row.Text(4),    row.Text(5),
          row.Text(6),  row.Text(7),    row.Text(8), row.Int(9) != 0, row.Int(10) != 0, row.Int(11)};
}

std::vector<Entry> SnapshotEntries(Reading& reading, const Id& snapshot) {
  std::vector<Entry> entries;
  auto rows = reading.Query(std::string("SELECT was_id, was_parent_id, ") + kColumns + " FROM codebook_snapshot_code WHERE snapshot_id = ? ORDER BY order_key", snapshot);
  while (rows.Step()) entries.push_back(ReadEntry(rows));
  return entries;
}

std::vector<Entry> PresentEntries(Reading& reading) {
  std::map<Id, Entry> found;
  {
    auto rows = reading.Query("SELECT code.id, parent_id, name, '', colour, definition, include, exclude, example, deductive, codable, "
                              "(SELECT count(*) FROM coding WHERE code_id = code.id) FROM code");
    while (rows.Step()) found.emplace(rows.GetId(0), ReadEntry(rows));
  }
  std::vector<Entry> entries;
  for (const auto& code : Codebook(reading)) {
    entries.push_back(found.at(code.id));
    entries.back().path = code.path;
  }
  return entries;
}

EntityKind SnapshotKind() {
  EntityKind entity{.kind = "codebook-snapshot", .table = "codebook_snapshot", .label = Say("snapshot of the codebook")};
  entity.name = [](Reading& reading, const Id& id) -> std::optional<std::string> {
    auto row = reading.Query("SELECT name FROM codebook_snapshot WHERE id = ?", id);
    return row.Step() ? std::optional(row.Text(0)) : std::nullopt;
  };
  entity.list = [](Reading& reading) {
    std::vector<std::pair<Id, std::string>> all;
    auto rows = reading.Query("SELECT id, name FROM codebook_snapshot ORDER BY at DESC, id DESC");
    while (rows.Step()) all.emplace_back(rows.GetId(0), rows.Text(1));
    return all;
  };
  entity.open = [](const Id& id) { return view::Target{"coding.snapshot", {{"snapshot", id}}}; };
  return entity;
}

Message NoSnapshots(Reading& reading, const Arguments&) {
  if (reading.Number("SELECT EXISTS (SELECT 1 FROM codebook_snapshot)")) return {};
  return Say("There is no snapshot of the codebook yet.");
}

Command Take() {
  Command command{.id = "coding.take-snapshot", .label = Say("Keep the codebook as it stands"), .help = Say("Keeps a copy of the codebook with its definitions and counts, to compare with later.")};
  command.parameters = {{.name = "name", .label = Say("Name of the snapshot"), .required = true}};
  command.impossible = [](Reading& reading, const Arguments&) { return NoCodes(reading); };
  command.prepare = [](Reading& reading, const Arguments& arguments, Job&) {
    const std::string name = Trim(arguments.Text("name"));
    if (name.empty()) throw Refuse("A snapshot needs a name.");
    if (reading.Number("SELECT count(*) FROM codebook_snapshot WHERE name = ?", name) > 0) throw Refuse("There is a snapshot “{0}” already; give another name.", name);
    return Simply([name](Writing& writing, Outcome& outcome) {
      const Id snapshot = writing.NewId();
      writing.Do("INSERT INTO codebook_snapshot (id, name, at, author_id) VALUES (?, ?, ?, ?)", snapshot, name, writing.now(), CoderOf(writing));
      double order = 0;
      for (const auto& entry : PresentEntries(writing)) {
        writing.Do(std::string("INSERT INTO codebook_snapshot_code (id, snapshot_id, was_id, was_parent_id, ") + kColumns + ", order_key) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                   writing.NewId(), snapshot, entry.code, entry.parent, entry.name, entry.path, entry.colour, entry.definition, entry.include, entry.exclude,
                   entry.example, entry.deductive, entry.codable, entry.codings, ++order);
      }
      outcome.created.push_back(snapshot);
    });
  };
  return command;
}

Command Forget() {
  Command command{.id = "coding.delete-snapshot", .label = Say("Delete a snapshot of the codebook"), .help = Say("Takes the snapshot away; the codebook stays as it is.")};
  command.parameters = {EntityParameter("snapshot", "codebook-snapshot", Say("Snapshot"))};
  command.impossible = NoSnapshots;
  command.prepare = [](Reading&, const Arguments& arguments, Job&) {
    return Simply([snapshot = *arguments.Entity("snapshot")](Writing& writing, Outcome&) { DeleteEntity(writing, "codebook_snapshot", snapshot); });
  };
  return command;
}

view::Cell Words(const std::string& text) {
  view::Cell cell{.value = text};
  if (text.empty()) cell.state = view::State::kEmpty;
  return cell;
}

view::Model BuildList(Reading& reading) {
  std::vector<view::Row> lines;
  auto rows = reading.Query("SELECT snapshot.id, snapshot.name, at, researcher.name, (SELECT count(*) FROM codebook_snapshot_code WHERE snapshot_id = snapshot.id) "
                            "FROM codebook_snapshot snapshot LEFT JOIN researcher ON researcher.id = author_id ORDER BY at DESC, snapshot.id DESC");
  while (rows.Step()) {
    const Id id = rows.GetId(0);
    view::Row row{.key = ToString(id)};
    row.cells = {Words(rows.Text(1)), {.value = DayOf(rows.Int(2))}, Words(rows.Text(3)), {.value = rows.Int(4)}};
    row.cells[0].target = view::Target{"coding.compare-codebook", {{"snapshot", id}}};
    row.entities = {{"codebook-snapshot", id}};
    row.target = view::Target{"coding.snapshot", {{"snapshot", id}}};
    lines.push_back(std::move(row));
  }
  view::Model model;
  model.population.facts = {{"snapshots", Say("Snapshots"), static_cast<std::int64_t>(lines.size())}};
  model.body = view::Table{{{"name", Say("Name"), view::ColumnType::kText, 40}, {"day", Say("Kept on"), view::ColumnType::kDate}, {"author", Say("By")}, {"codes", Say("Codes"), view::ColumnType::kInteger}},
                           view::MakeRows(std::move(lines))};
  model.empty = Say("There is no snapshot of the codebook yet.");
  model.actions = {{Say("Keep the codebook as it stands"), "coding.take-snapshot", {}}};
  return model;
}

view::Model BuildSnapshot(Reading& reading, const Arguments& arguments) {
  const Id snapshot = *arguments.Entity("snapshot");
  view::Tree tree;
  tree.label_title = Say("Code");
  tree.columns = {{"codings", Say("Codings"), view::ColumnType::kInteger}, {"definition", Say("Definition"), view::ColumnType::kText, 40},
                  {"include", Say("Include when"), view::ColumnType::kText, 24}, {"exclude", Say("Exclude when"), view::ColumnType::kText, 24},
                  {"example", Say("Example"), view::ColumnType::kText, 24}};
  for (const auto& entry : SnapshotEntries(reading, snapshot)) {
    view::Node node{.key = ToString(entry.code), .label = Verbatim(entry.name)};
    if (entry.parent) node.parent = ToString(*entry.parent);
    node.cells = {{.value = entry.codings}, Words(entry.definition), Words(entry.include), Words(entry.exclude), Words(entry.example)};
    node.colour = entry.colour;
    tree.nodes.push_back(std::move(node));
  }
  view::Model model;
  auto row = reading.Query("SELECT name, at FROM codebook_snapshot WHERE id = ?", snapshot);
  if (!row.Step()) throw Refuse("This snapshot is no longer in the study.");
  model.title = Say("Codebook: {0} ({1})", row.Text(0), DayOf(row.Int(1)));
  model.population.facts = {{"codes", Say("Codes"), static_cast<std::int64_t>(tree.nodes.size())}};
  model.body = std::move(tree);
  model.empty = Say("The codebook was empty then.");
  return model;
}

/// What differs between two states of one code, in words; empty: nothing.
Message Difference(const Entry& before, const Entry& after) {
  Message words;
  const auto add = [&](const Message& next) { words = words.empty() ? next : Say("{0}; {1}", words, next); };
  if (before.name != after.name) add(Say("renamed"));
  if (before.parent != after.parent) add(Say("moved"));
  if (before.definition != after.definition) add(Say("defined anew"));
  if (before.include != after.include || before.exclude != after.exclude) add(Say("rules of use changed"));
  if (before.example != after.example) add(Say("other example"));
  if (before.deductive != after.deductive) add(after.deductive ? Say("now from theory") : Say("now from the data"));
  if (before.codable != after.codable) add(after.codable ? Say("now for coding") : Say("now a heading only"));
  if (before.colour != after.colour) add(Say("other colour"));
  return words;
}

view::Model BuildComparison(Reading& reading, const Arguments& arguments) {
  const auto before = SnapshotEntries(reading, *arguments.Entity("snapshot"));
  const auto with = arguments.Entity("with");
  const auto after = with ? SnapshotEntries(reading, *with) : PresentEntries(reading);
  std::map<Id, const Entry*> old, now;
  for (const auto& entry : before) old.emplace(entry.code, &entry);
  for (const auto& entry : after) now.emplace(entry.code, &entry);
  std::vector<view::Row> lines;
  std::int64_t added = 0, gone = 0, changed = 0;
  const bool all = arguments.Flag("unchanged-too");
  const auto line = [&](const Entry* was, const Entry* is, const Message& what) {
    const Entry& either = is ? *is : *was;
    view::Row row{.key = ToString(either.code)};
    const auto count = [](const Entry* entry) { return entry ? view::Cell{.value = entry->codings} : view::Cell{.state = view::State::kEmpty}; };
    row.cells = {{.value = what}, Words(was ? was->path : ""), Words(is ? is->path : ""), count(was), count(is), Words(was ? was->definition : ""), Words(is ? is->definition : "")};
    if (is && !with) {
      row.entities = {{"code", is->code}};
      row.target = RetrieveOf(is->code);
    }
    lines.push_back(std::move(row));
  };
  for (const auto& entry : after) {
    const auto found = old.find(entry.code);
    if (found == old.end()) {
      ++added;
      line(nullptr, &entry, Say("new"));
      continue;
    }
    const Message what = Difference(*found->second, entry);
    if (!what.empty()) ++changed;
    if (!what.empty() || all) line(found->second, &entry, what.empty() ? Say("as it was") : what);
  }
  for (const auto& entry : before) {
    if (now.contains(entry.code)) continue;
    ++gone;
    line(&entry, nullptr, Say("gone"));
  }
  view::Model model;
  model.population.description = with ? Say("The first snapshot against the second, code by code; a code is the same as long as it was not merged away or deleted.")
                                      : Say("The snapshot against the codebook as it stands, code by code; a code is the same as long as it was not merged away or deleted.");
  model.population.facts = {{"before", Say("Codes then"), static_cast<std::int64_t>(before.size())}, {"after", Say("Codes now"), static_cast<std::int64_t>(after.size())},
                            {"added", Say("New"), added}, {"gone", Say("Gone"), gone}, {"changed", Say("Changed"), changed}};
  model.body = view::Table{{{"what", Say("What happened")}, {"before", Say("Code then")}, {"after", Say("Code now")}, {"codings_before", Say("Codings then"), view::ColumnType::kInteger},
                            {"codings_after", Say("Codings now"), view::ColumnType::kInteger}, {"definition_before", Say("Definition then"), view::ColumnType::kText, 30},
                            {"definition_after", Say("Definition now"), view::ColumnType::kText, 30}},
                           view::MakeRows(std::move(lines))};
  model.empty = Say("Nothing in the codebook differs.");
  return model;
}

}  // namespace

void RegisterSnapshots(Registry& registry) {
  registry.Add(SnapshotKind());
  registry.Add(Take());
  registry.Add(Forget());
  View list{.id = "coding.snapshots", .kind = view::Kind::kTable, .label = Say("Snapshots of the codebook"), .help = Say("The codebook as it stood on earlier days.")};
  list.build = [](Reading& reading, const Arguments&, Job&) { return BuildList(reading); };
  registry.Add(std::move(list));
  View one{.id = "coding.snapshot", .kind = view::Kind::kTree, .label = Say("Codebook of a day"), .help = Say("One snapshot: the codes as they were then.")};
  one.parameters = {EntityParameter("snapshot", "codebook-snapshot", Say("Snapshot"))};
  one.in_navigator = false;
  one.build = [](Reading& reading, const Arguments& arguments, Job&) { return BuildSnapshot(reading, arguments); };
  registry.Add(std::move(one));
  View compare{.id = "coding.compare-codebook", .kind = view::Kind::kTable, .label = Say("What became of the codebook"), .help = Say("A snapshot against the codebook as it stands, or against a later snapshot.")};
  compare.parameters = {EntityParameter("snapshot", "codebook-snapshot", Say("Snapshot")), EntityParameter("with", "codebook-snapshot", Say("Compare with"), false),
                        FlagParameter("unchanged-too", Say("What did not change too"))};
  compare.in_navigator = false;
  compare.build = [](Reading& reading, const Arguments& arguments, Job&) { return BuildComparison(reading, arguments); };
  registry.Add(std::move(compare));
}

}  // namespace meerstem::coding
